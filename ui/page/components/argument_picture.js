// A graph in columns: nodes with a title and an amount, edges as thick as what they carry.
//
// data: { label, narrowest, height, pad, line, headings: [{ title, at }],
//         nodes: [{ key, lines, meaning, amount, share, at, width, height }],
//         edges: [{ key, from, to, title, says, carried, label, strength, width, sign, holdsBack, path }] }
// Everything is laid out by ui/drawn/argument.py. A point (`at`, and those of `path`: start, then two control points and
// the end of each curve) is [x, share, y]: of what the picture is wider than `narrowest` it moves right by the share.
// Edges come in reading order. share and strength are 0 to 1, share is null where a node has no bar, sign is 1
// together, -1 apart, 0 inside.
// sends: trigger "asked" key, when a reader wants to see what an edge rests on.
//
// Keys: Tab comes to one edge; up and down go through all of them in reading order, right and left follow the argument
// to the strongest edge after and before; Home and End; Enter or Space asks.

const pictures = new WeakMap()
const SVG = "http://www.w3.org/2000/svg"
const HIT = 24
const STEP = 4 // from point to point of an edge, to find the nearest
const HINT = "Point at or tap a box or a line; a line opens its source. Keys: Tab, arrows, Enter."

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let picture = pictures.get(parentElement)
  if (!picture) {
    picture = new Picture(parentElement.querySelector(".argument"))
    pictures.set(parentElement, picture)
  }
  picture.ask = (key) => setTriggerValue("asked", key)
  picture.receive(data)
  return () => picture.stop()
}

class Picture {
  constructor(root) {
    this.root = root
    for (const part of ["scroll", "map", "headings", "lines", "hits", "boxes", "status"]) {
      this[part] = root.querySelector(`.${part}`)
    }
    this.watch = new ResizeObserver(() => this.width() !== this.wide && this.draw())
    this.current = null
    this.map.addEventListener("pointermove", (event) => this.point(event))
    this.map.addEventListener("pointerleave", () => this.rest())
    this.map.addEventListener("click", (event) => {
      const edge = this.nearest(event)
      if (!edge) return
      this.step(edge)
      this.ask(edge)
    })
    this.map.addEventListener("keydown", (event) => this.press(event))
  }

  stop() {
    this.watch.disconnect()
  }

  receive(data) {
    this.data = data
    this.root.setAttribute("aria-label", data.label)
    this.label = `${data.label}, scrolls sideways`
    const shape = JSON.stringify([...data.headings, ...data.nodes, ...data.edges].map(({ key }) => key))
    if (shape !== this.shape) this.build()
    this.shape = shape
    this.draw()
    this.watch.observe(this.scroll)
    this.root.setAttribute("data-drawn", String(Number(this.root.dataset.drawn ?? 0) + 1))
  }

  // ---- elements, made once

  build() {
    const { headings, nodes, edges } = this.data
    this.headings.replaceChildren(...headings.map(() => svg("text", { class: "heading" })))
    this.nodes = new Map(nodes.map(({ key }) => {
      const node = parts({ box: "rect", track: "rect", bar: "rect", title: "text", amount: "text" })
      const group = svg("g", { class: "node", role: "img" })
      group.append(...Object.values(node))
      group.addEventListener("pointerenter", () => this.showNode(key))
      return [key, { ...node, group }]
    }))
    this.edges = new Map(edges.map(({ key }) => {
      const edge = parts({ halo: "path", flow: "path", badge: "circle", end: "path" })
      const { line, button, hit } = parts({ line: "g", button: "g", hit: "path" })
      line.append(...Object.values(edge))
      button.append(hit)
      button.dataset.key = key
      set(button, { class: "edge", role: "button", tabindex: -1, "aria-haspopup": "dialog" })
      button.addEventListener("focus", () => this.showEdge(key, button.matches(":focus-visible")))
      button.addEventListener("blur", () => this.rest())
      return [key, { ...edge, line, button, hit }]
    }))
    this.boxes.replaceChildren(...Array.from(this.nodes.values(), ({ group }) => group))
    this.lines.replaceChildren(...Array.from(this.edges.values(), ({ line }) => line))
    this.hits.replaceChildren(...Array.from(this.edges.values(), ({ button }) => button))
    this.order = [...this.edges.keys()]
    this.rest()
  }

  // ---- drawing

  // In the units of the layout, which is made for letters of 16 pixels.
  width() {
    return Math.max((this.scroll.clientWidth - 6) / unit(), this.data.narrowest)
  }

  place([x, share, y]) {
    return [x + share * (this.wide - this.data.narrowest), y]
  }

  draw() {
    const { headings, nodes, edges, height } = this.data
    this.wide = this.width()
    set(this.map, { width: this.wide * unit(), height: height * unit(), viewBox: `0 0 ${this.wide} ${height}` })
    headings.forEach(({ title, at }, i) => write(this.headings.children[i], [title], ...this.place(at), 0))
    nodes.forEach((node) => this.drawNode(node))
    edges.forEach((edge) => this.drawEdge(edge))
    this.stack()
    this.step(this.current ?? this.order[0], false)
    const reachable = { tabindex: 0, role: "region", "aria-label": this.label }
    if (this.wide * unit() > this.scroll.clientWidth) set(this.scroll, reachable)
    else Object.keys(reachable).forEach((name) => this.scroll.removeAttribute(name))
  }

  drawNode({ key, lines, meaning, amount, share, at, width, height }) {
    const { pad, line } = this.data
    const node = this.nodes.get(key)
    const [x, y] = this.place(at)
    const low = { x: x + pad, y: y + height - pad, height: 3, rx: 1.5 }
    set(node.box, { x, y, width, height, rx: 6 })
    set(node.track, { ...low, width: width - 2 * pad })
    set(node.bar, low)
    node.bar.style.width = `${(share ?? 0) * (width - 2 * pad)}px`
    for (const part of [node.track, node.bar]) part.style.display = share === null ? "none" : ""
    const first = y + (share === null ? 20 : 17)
    write(node.title, lines, x + pad, first, line)
    write(node.amount, [amount], x + pad, first + lines.length * line, line)
    node.group.setAttribute("aria-label", `${lines.join(" ")}: ${amount}. ${meaning}`)
  }

  drawEdge({ key, label, strength, width, sign, holdsBack, path }) {
    const at = this.edges.get(key)
    const [start, ...curves] = path.map((point) => this.place(point))
    const d = `M${start}C${curves.join(" ")}`
    set(at.halo, { d })
    at.halo.style.strokeWidth = `${width + 2.5}px`
    at.halo.style.setProperty("--ring", `${width + 8}px`)
    set(at.hit, { d, "stroke-width": Math.max(width, HIT) })
    at.flow.setAttribute("d", d)
    at.flow.style.strokeWidth = `${width}px`
    at.wide = width
    if (d !== at.d) {
      const length = at.flow.getTotalLength()
      at.points = Array.from({ length: length / STEP }, (_, i) => at.flow.getPointAtLength((i + 0.5) * STEP))
      at.d = d
    }

    const [x, y] = curves[curves.length - 1]
    const half = Math.max(5, width / 2 + 3)
    const minus = `M${x + 2.8} ${y}h6.4`
    set(at.badge, { cx: x + 6, cy: y, r: sign ? 6 : 0 })
    set(at.end, { d: sign > 0 ? `${minus}M${x + 6} ${y - 3.2}v6.4` : sign < 0 ? minus : `M${x} ${y - half}v${2 * half}` })
    at.end.style.strokeWidth = sign ? "1.75px" : ""
    at.end.style.display = sign || holdsBack ? "" : "none"
    const some = strength > 0
    const kinds = { nothing: !some, holds: holdsBack, apart: some && sign < 0, together: some && sign > 0 }
    for (const [kind, is] of Object.entries(kinds)) at.line.classList.toggle(kind, is)
    at.button.setAttribute("aria-label", label)
  }

  // Thin lines lie over thick ones; lines move only where the order is another, since moving ends an animation.
  stack() {
    const lines = [...this.edges.values()].sort((a, b) => b.wide - a.wide).map(({ line }) => line)
    if (lines.some((line, i) => line !== this.lines.children[i])) this.lines.replaceChildren(...lines)
  }

  // ---- pointing and walking

  // Hit areas overlap where edges meet; the edge whose middle is nearest is the one that is meant.
  nearest(event) {
    const box = this.map.getBoundingClientRect()
    const scale = this.wide / box.width
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]
    let [best, least] = [null, 1]
    for (const [key, edge] of this.edges) {
      const reach = Math.max(edge.wide, HIT) / 2
      for (const point of edge.points) {
        const away = Math.hypot(x - point.x, y - point.y) / reach
        if (away < least) [best, least] = [key, away]
      }
    }
    return event.target.closest(".node") ? null : best
  }

  point(event) {
    if (event.target.closest(".node")) return
    const key = this.nearest(event)
    event.target.closest(".edge")?.classList.toggle("far", !key)
    if (key) this.showEdge(key)
    else this.rest()
  }

  press(event) {
    if (!event.target.closest(".edge")) return
    const edge = this.edge(this.current)
    const next = {
      ArrowDown: () => this.order[this.order.indexOf(this.current) + 1],
      ArrowUp: () => this.order[this.order.indexOf(this.current) - 1],
      ArrowRight: () => this.strongest((other) => other.from === edge.to),
      ArrowLeft: () => this.strongest((other) => other.to === edge.from),
      Home: () => this.order[0],
      End: () => this.order[this.order.length - 1],
    }[event.key]
    if (next) {
      event.preventDefault()
      const key = next()
      if (key) this.step(key)
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      this.ask(this.current)
    }
  }

  edge(key) {
    return this.data.edges.find((edge) => edge.key === key)
  }

  strongest(fits) {
    const found = this.order.map((key) => this.edge(key)).filter(fits)
    return found.sort((a, b) => b.strength - a.strength)[0]?.key
  }

  // The edge that Tab comes to.
  step(key, focus = true) {
    this.edges.get(this.current)?.button.setAttribute("tabindex", "-1")
    this.current = this.edges.has(key) ? key : this.order[0]
    const { button } = this.edges.get(this.current)
    button.setAttribute("tabindex", "0")
    if (!focus) return
    button.focus({ preventScroll: true })
    this.reveal(this.edge(this.current))
  }

  // Both ends of an edge come into view, or the farther one where there is no room for both.
  reveal({ from, to }) {
    const [start, room] = [this.scroll.scrollLeft, this.scroll.clientWidth]
    const zero = this.scroll.getBoundingClientRect().left - start
    const [near, far] = [from, to].map((key) => this.nodes.get(key).box.getBoundingClientRect())
    this.nodes.get(to).group.scrollIntoView({ block: "nearest", inline: "nearest" })
    this.scroll.scrollLeft = Math.max(far.right - zero + 12 - room, Math.min(near.left - zero - 12, start))
  }

  show(edges, nodes, ring = null) {
    this.map.classList.toggle("some", edges.length > 0)
    for (const [key, { line }] of this.edges) {
      line.classList.toggle("on", edges.includes(key))
      line.classList.toggle("ring", key === ring)
    }
    for (const [key, { group }] of this.nodes) group.classList.toggle("on", nodes.includes(key))
  }

  showEdge(key, ring = false) {
    const edge = this.edge(key)
    const focused = ring || this.edges.get(key).button.matches(":focus-visible")
    this.show([key], [edge.from, edge.to], focused ? key : null)
    this.say(edge.title, `${edge.carried}. ${edge.says}`)
  }

  showNode(key) {
    const touching = this.data.edges.filter((edge) => edge.from === key || edge.to === key)
    this.show(touching.map((edge) => edge.key), [key, ...touching.map((e) => (e.from === key ? e.to : e.from))])
    const node = this.data.nodes.find((other) => other.key === key)
    this.say(node.lines.join(" "), `${node.amount}. ${node.meaning}`)
  }

  // Nothing is pointed at: the focused edge is shown, if there is one.
  rest() {
    const focused = document.activeElement?.dataset?.key
    if (focused && this.edges.get(focused)?.button.matches(":focus-visible")) return this.showEdge(focused)
    this.show([], [])
    this.status.textContent = HINT
  }

  say(title, text) {
    this.status.replaceChildren(Object.assign(document.createElement("b"), { textContent: title }), `: ${text}`)
  }
}

function unit() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
}

function write(text, lines, x, y, step) {
  const spans = lines.map((line, i) => {
    const span = svg("tspan", { x, y: y + i * step })
    span.textContent = line
    return span
  })
  text.replaceChildren(...spans)
}

function parts(tags) {
  return Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, svg(tag, { class: name })]))
}

function svg(tag, attributes = {}) {
  return set(document.createElementNS(SVG, tag), attributes)
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

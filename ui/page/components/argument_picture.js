// A graph in columns: nodes with a title and an amount, edges as thick as what they carry.
//
// data: { label, columns: [{ title, nodes: [{ key, title, meaning, place, amount, share }] }],
//         edges: [{ key, from, to, title, says, carried, label, strength, sign, holdsBack }] }; place, share and
//         strength are 0 to 1, share is null where a node has no bar, sign is 1 together, -1 apart, 0 inside.
// sends: trigger "asked" key, when a reader wants to see what an edge rests on.
//
// Keys: Tab comes to one edge; up and down go through all of them in reading order, right and left follow the argument
// to the strongest edge after and before; Home and End; Enter or Space asks.

const pictures = new WeakMap()
const SVG = "http://www.w3.org/2000/svg"
const INNER_FULL = 24 // pixels that an edge inside the picture is wide at strength 1
const DOMAIN_FULL = 40 // and an edge into the last column
const HIT = 24
const NARROWEST = 49 // rem; below it the picture scrolls sideways
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
    this.scroll = html("div", "scroll")
    this.status = html("p", "status")
    this.map = svg("svg", { class: "map" })
    this.scroll.append(this.map)
    root.append(legend(), this.scroll, this.status)
    this.watch = new ResizeObserver(() => this.width() !== this.drawnWidth && this.layOut())
    this.nodes = new Map()
    this.edges = new Map()
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
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-label", data.label)
    this.label = `${data.label}, scrolls sideways`
    const shape = JSON.stringify([data.columns.map((c) => c.nodes.map((n) => n.key)), data.edges.map((e) => e.key)])
    if (shape !== this.shape) this.build()
    this.shape = shape
    this.layOut()
    this.watch.observe(this.scroll)
    this.root.setAttribute("data-drawn", String(Number(this.root.dataset.drawn ?? 0) + 1))
  }

  // ---- elements, made once

  build() {
    this.nodes.clear()
    this.edges.clear()
    const layers = Object.fromEntries(["headings", "lines", "hits", "boxes"].map((name) => [name, svg("g")]))
    layers.hits.setAttribute("role", "toolbar")
    layers.hits.setAttribute("aria-label", "Edges: arrow keys walk along them, Enter opens the source")
    this.headings = this.data.columns.map(() => svg("text", { class: "heading" }))
    layers.headings.append(...this.headings)
    this.data.columns.forEach((column, c) => {
      for (const { key } of column.nodes) {
        const parts = { box: "rect", track: "rect", bar: "rect", title: "text", amount: "text" }
        for (const [name, tag] of Object.entries(parts)) parts[name] = svg(tag, { class: name })
        const group = svg("g", { class: "node", role: "img" })
        group.append(...Object.values(parts))
        group.addEventListener("pointerenter", () => this.showNode(key))
        layers.boxes.append(group)
        this.nodes.set(key, { ...parts, group, column: c })
      }
    })
    for (const { key } of this.data.edges) {
      const line = svg("g", { class: "line" })
      const parts = { halo: svg("path", { class: "halo" }), flow: svg("path", { class: "flow" }) }
      const [badge, end] = [svg("circle", { class: "badge" }), svg("path", { class: "end" })]
      line.append(parts.halo, parts.flow, badge, end)
      layers.lines.append(line)
      const button = svg("g", { class: "edge", role: "button", tabindex: -1, "aria-haspopup": "dialog" })
      const hit = svg("path", { class: "hit" })
      button.append(hit)
      button.dataset.key = key
      button.addEventListener("focus", () => this.showEdge(key, button.matches(":focus-visible")))
      button.addEventListener("blur", () => this.rest())
      this.edges.set(key, { ...parts, line, badge, end, button, hit, points: [] })
    }
    this.map.replaceChildren(...Object.values(layers))
    this.layer = layers
    this.rest()
  }

  // ---- geometry

  width() {
    return Math.max(this.scroll.clientWidth - 6, NARROWEST * rem())
  }

  layOut() {
    const unit = rem() / 16
    const width = (this.drawnWidth = this.width())
    const { columns, edges } = this.data
    const family = getComputedStyle(this.root).fontFamily
    const small = 12.5 * unit
    const line = 15.5 * unit
    const head = 13.5 * unit

    const bold = `600 ${small + unit}px ${family}`
    const pad = 8 * unit

    // A column is as wide as its words; what is left over goes to the gaps, more to those with more edges.
    const widths = columns.map((column) => 2 * pad + Math.max(...column.nodes.flatMap((node) => {
      const title = measured(node.title, bold)
      return [title > 130 * unit ? 0.62 * title : title, measured(node.amount, bold)]
    })))
    const busy = columns.slice(1).map((_, c) => 14 + edges.filter((edge) => this.spans(edge, c)).length)
    const share = (width - 4 - sum(widths)) / sum(busy)
    const lefts = widths.map((_, c) => 2 + sum(widths.slice(0, c)) + share * sum(busy.slice(0, c)))

    const headings = columns.map((column, c) => {
      const over = c < busy.length ? 0.55 * busy[c] * share : 0
      return wrapped(column.title, widths[c] + over, `650 ${head}px ${family}`)
    })
    const top = Math.max(...headings.map((lines) => lines.length)) * 17 * unit + 18 * unit
    headings.forEach((lines, c) => {
      this.headings[c].setAttribute("font-size", head)
      write(this.headings[c], lines, lefts[c], 14 * unit, 17 * unit)
    })

    const titles = new Map()
    const height = (node) => (titles.get(node.key).length + 1) * line + 19 * unit
    const heights = columns.map((column, c) => {
      for (const node of column.nodes) titles.set(node.key, wrapped(node.title, widths[c] - 2 * pad + 1, bold))
      return sum(column.nodes.map(height))
    })
    const inner = Math.max(...columns.map((column, c) => heights[c] + (column.nodes.length - 1) * 12 * unit))

    columns.forEach((column, c) => {
      let above = top
      for (const node of column.nodes) {
        const at = this.nodes.get(node.key)
        const [x, w, h, lines] = [lefts[c], widths[c], height(node), titles.get(node.key)]
        const y = above + node.place * (inner - heights[c])
        above += h
        Object.assign(at, { x, y, w, h })
        const low = { x: x + pad, y: y + h - pad, height: 3 * unit, rx: 1.5 * unit }
        set(at.box, { x, y, width: w, height: h, rx: 6 * unit })
        set(at.track, { ...low, width: w - 2 * pad })
        set(at.bar, low)
        at.bar.style.width = `${(node.share ?? 0) * (w - 2 * pad)}px`
        for (const part of [at.track, at.bar]) part.style.display = node.share === null ? "none" : ""
        at.title.setAttribute("font-size", small + unit)
        at.amount.setAttribute("font-size", small)
        const first = y + (node.share === null ? 20 : 17) * unit
        write(at.title, lines, x + pad, first, line)
        write(at.amount, [node.amount], x + pad, first + lines.length * line, line)
        at.group.setAttribute("aria-label", `${node.title}: ${node.amount}. ${node.meaning}`)
      }
    })

    const ports = this.ports(unit)
    for (const edge of edges) this.drawEdge(edge, ports, unit, columns, top, inner)
    this.stack()
    const order = edges
      .map((edge) => ({ key: edge.key, column: this.nodes.get(edge.from).column, y: ports.get(`${edge.key}>`) }))
      .sort((a, b) => a.column - b.column || a.y - b.y)
    this.order = order.map(({ key }) => key)
    const buttons = this.order.map((key) => this.edges.get(key).button)
    if (buttons.some((button, i) => button !== this.layer.hits.children[i])) this.layer.hits.replaceChildren(...buttons)
    this.step(this.current ?? this.order[0], false)

    const tall = top + inner + 4
    set(this.map, { width, height: tall, viewBox: `0 0 ${width} ${tall}` })
    const reachable = { tabindex: 0, role: "region", "aria-label": this.label }
    if (width > this.scroll.clientWidth) set(this.scroll, reachable)
    else Object.keys(reachable).forEach((name) => this.scroll.removeAttribute(name))
  }

  // Whether an edge lies in the gap after a column and nowhere else.
  spans(edge, c) {
    return this.nodes.get(edge.from).column === c && this.nodes.get(edge.to).column === c + 1
  }

  // Where each edge leaves and reaches the sides of its nodes: in the order of the other ends, so that few cross.
  ports(unit) {
    const found = new Map()
    const middle = (key) => this.nodes.get(key).y + this.nodes.get(key).h / 2
    for (const [key, node] of this.nodes) {
      for (const [own, other, mark] of [["from", "to", ">"], ["to", "from", "<"]]) {
        const here = this.data.edges.filter((edge) => edge[own] === key)
        here.sort((a, b) => middle(a[other]) - middle(b[other]))
        const gap = Math.min((node.h - 10 * unit) / Math.max(here.length, 1), 15 * unit)
        here.forEach((edge, i) => {
          found.set(edge.key + mark, node.y + node.h / 2 + (i - (here.length - 1) / 2) * gap)
        })
      }
    }
    return found
  }

  drawEdge(edge, ports, unit, columns, top, inner) {
    const at = this.edges.get(edge.key)
    const [from, to] = [this.nodes.get(edge.from), this.nodes.get(edge.to)]
    const last = to.column === columns.length - 1
    const nothing = edge.strength === 0
    const wide = nothing ? 1 : Math.max(1.25, edge.strength * (last ? DOMAIN_FULL : INNER_FULL)) * unit
    const end = { x: to.x - (last ? 13 : edge.holdsBack ? 5 : 0) * unit, y: ports.get(`${edge.key}<`) }
    const start = { x: from.x + from.w, y: ports.get(`${edge.key}>`) }
    const stops = [start]
    for (let c = from.column + 1; c < to.column; c++) {
      const column = columns[c].nodes.map((node) => this.nodes.get(node.key))
      const along = (column[0].x + column[0].w / 2 - start.x) / (end.x - start.x)
      const y = lane(column, start.y + along * (end.y - start.y), top, top + inner, unit)
      stops.push({ x: column[0].x - 4 * unit, y }, { x: column[0].x + column[0].w + 4 * unit, y })
    }
    stops.push(end)
    const d = curve(stops)
    set(at.halo, { d })
    at.halo.style.strokeWidth = `${wide + 2.5 * unit}px`
    at.halo.style.setProperty("--ring", `${wide + 8 * unit}px`)
    set(at.hit, { d, "stroke-width": Math.max(wide, HIT) })
    at.flow.setAttribute("d", d)
    at.flow.style.strokeWidth = `${wide}px`
    at.wide = wide
    if (d !== at.d) {
      const length = at.flow.getTotalLength()
      at.points = Array.from({ length: 41 }, (_, i) => at.flow.getPointAtLength((i / 40) * length))
      at.d = d
    }

    const [x, y, r] = [to.x - 7 * unit, end.y, 6 * unit]
    set(at.badge, { cx: x, cy: y, r: last ? r : 0 })
    const arm = 3.2 * unit
    const minus = `M${x - arm} ${y}h${2 * arm}`
    const bar = `M${end.x} ${y - Math.max(5 * unit, wide / 2 + 3 * unit)}v${2 * Math.max(5 * unit, wide / 2 + 3 * unit)}`
    const plus = `${minus}M${x} ${y - arm}v${2 * arm}`
    at.end.setAttribute("d", last ? (edge.sign > 0 ? plus : minus) : edge.holdsBack ? bar : "M0 0")
    at.end.style.strokeWidth = last ? `${1.75 * unit}px` : ""
    at.end.style.display = last || edge.holdsBack ? "" : "none"
    at.line.classList.toggle("nothing", nothing)
    at.line.classList.toggle("holds", edge.holdsBack)
    at.line.classList.toggle("apart", !nothing && edge.sign < 0)
    at.line.classList.toggle("together", !nothing && edge.sign > 0)
    at.button.setAttribute("aria-label", edge.label)
  }

  // Thin lines lie over thick ones; lines move only where the order is another, since moving ends an animation.
  stack() {
    const lines = [...this.edges.values()].sort((a, b) => b.wide - a.wide).map(({ line }) => line)
    if (lines.some((line, i) => line !== this.layer.lines.children[i])) this.layer.lines.replaceChildren(...lines)
  }

  // ---- pointing and walking

  // Hit areas overlap where edges meet; the edge whose middle is nearest is the one that is meant.
  nearest(event) {
    const box = this.map.getBoundingClientRect()
    const scale = this.drawnWidth / box.width
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]
    let [best, least] = [null, 1]
    for (const [key, edge] of this.edges) {
      const reach = Math.max(edge.wide, HIT) / 2
      for (let i = 1; i < edge.points.length; i++) {
        const away = distance(x, y, edge.points[i - 1], edge.points[i]) / reach
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
    const [left, far] = [this.nodes.get(from).x, this.nodes.get(to)]
    const [start, room] = [this.scroll.scrollLeft, this.scroll.clientWidth]
    const right = far.x + far.w
    this.nodes.get(to).group.scrollIntoView({ block: "nearest", inline: "nearest" })
    this.scroll.scrollLeft = Math.max(right + 12 - room, Math.min(left - 12, start))
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
    const node = this.data.columns.flatMap((column) => column.nodes).find((other) => other.key === key)
    this.say(node.title, `${node.amount}. ${node.meaning}`)
  }

  // Nothing is pointed at: the focused edge is shown, if there is one.
  rest() {
    const focused = document.activeElement?.dataset?.key
    if (focused && this.edges.get(focused)?.button.matches(":focus-visible")) return this.showEdge(focused)
    this.show([], [])
    this.status.textContent = HINT
  }

  say(title, text) {
    this.status.replaceChildren(Object.assign(html("b"), { textContent: title }), `: ${text}`)
  }
}

// The height at which an edge passes a column: as near as can be to where it wants to be, between two nodes.
function lane(column, wanted, top, bottom, unit) {
  const walls = [top - 10 * unit, ...column.flatMap((node) => [node.y, node.y + node.h]), bottom + 2]
  const room = []
  for (let i = 0; i < walls.length; i += 2) if (walls[i + 1] - walls[i] > 6 * unit) room.push([walls[i], walls[i + 1]])
  const best = room.map(([low, high]) => {
    const edge = Math.min((high - low) / 2, 9 * unit)
    return Math.min(Math.max(wanted, low + edge), high - edge)
  })
  return best.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted
}

// A smooth curve that leaves and passes every stop horizontally.
function curve(stops) {
  return stops.slice(1).reduce((d, { x, y }, i) => {
    const bend = (x - stops[i].x) * (stops[i].y === y ? 0.3 : 0.5)
    return `${d}C${stops[i].x + bend} ${stops[i].y} ${x - bend} ${y} ${x} ${y}`
  }, `M${stops[0].x} ${stops[0].y}`)
}

function distance(x, y, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const along = Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy)
}

function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}

let pen
function measured(text, font) {
  pen ??= document.createElement("canvas").getContext("2d")
  pen.font = font
  return pen.measureText(text).width
}

function wrapped(text, width, font) {
  return text.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word
    if (lines.length && measured(longer, font) > width) lines.push(word)
    else lines.splice(-1, 1, longer)
    return lines
  }, [])
}

function write(text, lines, x, y, step) {
  const spans = lines.map((line, i) => {
    const span = svg("tspan", { x, y: y + i * step })
    span.textContent = line
    return span
  })
  text.replaceChildren(...spans)
}

function legend() {
  const list = html("ul", "legend")
  const samples = [
    ["Thickness: what it carries now", '<path class="flow" stroke-width="7" d="M1 8H37"/>'],
    ["nothing now", '<path class="flow" d="M1 8H37"/>', "nothing"],
    ["holds back", '<path class="flow" stroke-width="4" d="M1 8H33"/><path class="end" d="M34 2v12"/>', "holds"],
    ["drives Russia and China apart", `<path class="flow" stroke-width="5" d="M1 8H26"/>${mark("M29 8h7")}`, "apart"],
    ["drives them together", `<path class="flow" stroke-width="5" d="M1 8H26"/>${mark("M29 8h7M32.5 4.5v7")}`, "together"],
  ]
  for (const [words, drawing, kind = ""] of samples) {
    const item = html("li")
    item.innerHTML = `<svg viewBox="0 0 40 16" aria-hidden="true"><g class="line ${kind}">${drawing}</g></svg>`
    item.append(words)
    list.append(item)
  }
  return list
}

function mark(d) {
  return `<circle class="badge" cx="32.5" cy="8" r="6.5"/><path d="${d}" stroke-width="1.75"/>`
}

function html(tag, className = "") {
  return Object.assign(document.createElement(tag), { className })
}

function svg(tag, attributes = {}) {
  return set(document.createElementNS(SVG, tag), attributes)
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

// A bank of sliders: native range inputs with a typed twin and the position in words.
//
// data: { name, lost: address of what would be lost without each lever, or nothing, answered,
//         sliders: [{ key, label, group, low, high, neutral, value, positions: [{ at, label }] }] }
// sends: trigger "asked" key, when a reader wants to know what a slider means, and
//        trigger "moved" { key, value, id } when a thumb or a key rests.
// tells: window event "settings-moving" { source: name, values: { key: value } } with all that is on screen and not yet
//        answered, while a thumb is dragged or a key is held and until the server has answered.
// hears: window event "settings-drawn": charts show what was told; only then, or after PATIENCE, does a resting value go
//        out, because a script run and the charts' own question would slow each other down.
//        window event "settings-shown" { values }: thumbs to show for a moment; null for the server's values again.
// The next value goes out when the last one has been answered (data.answered is its id), so a slow server is never
// flooded. The server owns the values: whatever it sends is shown, except on a slider that is still being moved or
// waits for its answer.

const banks = new WeakMap()
const PATIENCE = 150 // milliseconds
const AT_REST = 700 // after which it is asked what would be lost without each lever

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let bank = banks.get(parentElement)
  if (!bank) {
    bank = new Bank(parentElement.querySelector(".bank"))
    banks.set(parentElement, bank)
  }
  bank.post.deliver = (move) => setTriggerValue("moved", move)
  bank.ask = (key) => setTriggerValue("asked", key)
  bank.receive(data)
  return () => bank.remove()
}

class Bank {
  constructor(root) {
    this.root = root
    this.rows = new Map()
    this.moving = new Map() // key -> value under a dragged thumb or a held key
    this.waiting = new Map() // key -> value that rests and is not sent yet
    this.post = new Post()
    this.onShown = ({ detail: { values } }) => {
      for (const { key, value } of this.data.sliders) this.show(key, values?.[key] ?? value)
    }
    this.onDrawn = () => this.flush()
  }

  remove() {
    this.post.stop()
    clearTimeout(this.resting)
    window.removeEventListener("settings-shown", this.onShown)
    window.removeEventListener("settings-drawn", this.onDrawn)
    this.announce({}) // its last message may be answered by the run that takes it away
  }

  receive(data) {
    this.data = data
    window.addEventListener("settings-shown", this.onShown) // once, however often it is said; again after a removal
    window.addEventListener("settings-drawn", this.onDrawn)
    if (data.sliders.map((s) => s.key).join() !== [...this.rows.keys()].join()) this.build(data.sliders)
    if (this.post.answered(data.answered)) this.tell()
    const busy = this.unanswered()
    for (const slider of data.sliders) if (!(slider.key in busy)) this.show(slider.key, slider.value)
    this.flush()
    this.weigh()
  }

  // What would be lost without each lever is asked for once all rests, and faded as soon as something moves.
  weigh() {
    clearTimeout(this.resting)
    const { lost } = this.data
    const open = Object.keys(this.unanswered()).length > 0
    this.root.classList.toggle("weighed", Boolean(lost))
    this.root.classList.toggle("stale", open || this.shownLost !== lost)
    const narrow = window.matchMedia("(width < 900px)").matches // where the column has no room
    if (!lost || open || narrow || this.shownLost === lost) return
    this.resting = setTimeout(async () => {
      try {
        const response = await fetch(lost)
        if (!response.ok || this.data.lost !== lost) return
        const { levers, reach } = await response.json()
        this.rows.forEach((row, key) => showLost(row.lost, levers[key], reach))
        this.shownLost = lost
        this.root.classList.toggle("stale", Object.keys(this.unanswered()).length > 0)
      } catch (error) {
        console.warn(error) // the column stays faded
      }
    }, AT_REST)
  }

  unanswered() {
    const { open } = this.post
    return { ...(open && { [open.key]: open.value }), ...Object.fromEntries(this.waiting), ...Object.fromEntries(this.moving) }
  }

  tell() {
    this.weigh()
    this.announce(this.unanswered())
  }

  announce(values) {
    const detail = { source: this.data.name, values }
    window.dispatchEvent(new CustomEvent("settings-moving", { detail }))
  }

  move(key, value) {
    this.from(key)
    this.show(key, value)
    this.moving.set(key, value)
    this.tell()
  }

  // Where a lever stood before it moves stays beside its name until another one moves.
  from(key) {
    if (this.moving.has(key) || this.waiting.has(key)) return
    this.rows.forEach((row) => { row.from = null; row.changed.textContent = ""; row.ghost.hidden = true })
    this.rows.get(key).from = this.rows.get(key).shown
  }

  settle(key, value) {
    if (!this.moving.has(key)) this.from(key)
    this.show(key, value)
    this.moving.delete(key)
    this.waiting.set(key, value)
    this.tell()
    clearTimeout(this.patience)
    this.patience = setTimeout(() => this.flush(), PATIENCE)
  }

  // The thumb rests: where it moved, the last value becomes a step of the history.
  release(key, value) {
    if (this.moving.has(key)) this.settle(key, value)
  }

  flush() {
    clearTimeout(this.patience)
    if (this.post.open || !this.waiting.size) return
    const [key, value] = this.waiting.entries().next().value
    this.waiting.delete(key)
    this.post.send({ key, value })
  }

  show(key, value) {
    const row = this.rows.get(key)
    const { slider, range, typed, words, changed, ghost } = row
    row.shown = value
    if (Number(range.value) !== value) range.value = value
    if (!("typing" in typed.dataset) && typed.value !== String(value)) typed.value = value
    const share = (at) => (at - slider.low) / (slider.high - slider.low)
    range.style.setProperty("--from", share(Math.min(value, slider.neutral)))
    range.style.setProperty("--to", share(Math.max(value, slider.neutral)))
    const moved = row.from !== null && row.from !== undefined && row.from !== value
    changed.textContent = moved ? `${row.from} → ${value}` : ""
    ghost.hidden = !moved
    if (moved) ghost.style.setProperty("--at", share(row.from))
    const where = position(slider.positions, value)
    words.textContent = where
    range.setAttribute("aria-valuetext", where ? `${value}: ${where}` : String(value))
  }

  build(sliders) {
    this.root.replaceChildren()
    this.rows.clear()
    let group = null
    sliders.forEach((slider, i) => {
      if (slider.group !== group) {
        group = slider.group
        const count = sliders.filter((other) => other.group === group).length
        const head = element("h2", { textContent: group })
        const which = count > 1 ? `${i + 1} to ${i + count}` : i + 1
        head.append(element("span", { className: "which", textContent: ` ${which} of ${sliders.length}` }))
        if (i === 0) head.append(element("span", { className: "column", textContent: "lost if dropped", title: "How much of the shift goes if this lever alone is back at neutral; levers work together, so it does not add up" }))
        if (group) this.root.append(head)
      }
      this.root.append(this.row(slider))
    })
  }

  row(slider) {
    const { key, low, high } = slider
    const stops = slider.positions.map(({ at }) => at)
    const range = element("input", { type: "range", id: key, min: low, max: high, step: 1 })
    const typed = element("input", { type: "number", min: low, max: high, step: 1, inputMode: "numeric" })
    typed.setAttribute("aria-label", `${slider.label}, typed, ${low} to ${high}`)
    const label = element("label", { htmlFor: key, textContent: slider.label })
    const words = element("p", { className: "words" })
    const ask = element("button", { type: "button", className: "ask" })
    ask.setAttribute("aria-label", `What ${slider.label} means`)
    ask.setAttribute("aria-haspopup", "dialog")
    ask.onclick = () => this.ask(key)

    // A drag or a held key is one step of the history, when it is let go. A finger that lands on a slider may be about
    // to scroll: nothing moves until it goes sideways or lifts, and nothing has moved when the browser takes the touch
    // for scrolling. An input without key or pointer comes from an assistive tool and is a step at once.
    let dragged = false
    let pressed = false
    let landed = null // { x, value } of a finger that has not gone sideways yet
    const value = () => Number(range.value)
    range.onpointerdown = (event) => {
      dragged = true
      if (event.pointerType === "touch") landed = { x: event.clientX, value: this.rows.get(key).shown }
    }
    range.onpointermove = (event) => {
      if (!landed || Math.abs(event.clientX - landed.x) < 6) return
      landed = null
      range.oninput()
    }
    range.onkeydown = (event) => {
      pressed = true
      const next = { PageUp: stops.find((at) => at > value()), PageDown: stops.findLast((at) => at < value()) }[event.key]
      if (next === undefined) return
      event.preventDefault() // a page is from one worded position to the next
      range.value = next
      range.oninput()
    }
    range.oninput = () => {
      if (landed) return
      if (dragged || pressed) this.move(key, value())
      else this.settle(key, value())
    }
    range.onkeyup = range.onblur = () => { pressed = false; this.release(key, value()) }
    range.onpointerup = range.onchange = () => {
      if (pressed) return
      dragged = false
      if (landed) {
        landed = null
        this.settle(key, value())
      } else this.release(key, value())
    }
    range.onpointercancel = () => {
      dragged = false
      if (landed) this.show(key, landed.value)
      else this.release(key, value())
      landed = null
    }
    // What is being typed is the reader's, whatever the server sends meanwhile, until it is entered or left.
    typed.oninput = () => { typed.dataset.typing = "" }
    typed.onchange = () => {
      delete typed.dataset.typing
      const value = Math.round(Number(typed.value))
      if (typed.value === "" || !Number.isFinite(value)) return this.show(key, Number(range.value))
      this.settle(key, Math.min(Math.max(value, low), high))
      this.flush() // what is pressed next may take the bank away
    }

    const changed = element("span", { className: "changed" })
    changed.setAttribute("aria-hidden", "true")
    const head = element("div", { className: "head" })
    head.append(label, changed, ask, typed)
    const track = element("div", { className: "track" })
    const ghost = element("span", { className: "ghost", hidden: true })
    const rings = slider.positions.map(({ at }) => {
      const ring = element("span", { className: "ring" })
      ring.style.setProperty("--at", (at - low) / (high - low))
      return ring
    })
    track.append(range, ...rings, ghost)
    const lost = element("div", { className: "lost" })
    const row = element("div", { className: "row" })
    row.dataset.key = key
    row.append(head, track, words, lost)
    this.rows.set(key, { slider, range, typed, words, changed, ghost, lost, shown: slider.value, from: null })
    return row
  }
}

// A marker a worldview on one axis that all levers share, and the number of the worldview that answers most.
function showLost(place, lever, [low, high]) {
  place.replaceChildren()
  for (const name of ["role", "aria-label"]) place.removeAttribute(name)
  if (!lever) return
  const at = (points) => `${(100 * (points - low)) / (high - low)}%`
  const most = lever.marks.reduce((a, b) => (Math.abs(b.at) > Math.abs(a.at) ? b : a))
  const axis = element("div", { className: "axis" })
  const zero = element("span", { className: "zero" })
  zero.style.left = at(0)
  const reach = element("span", { className: "reach" })
  reach.style.left = at(Math.min(0, most.at))
  reach.style.right = `calc(100% - ${at(Math.max(0, most.at))})`
  reach.style.background = most.colour
  axis.append(zero, reach, ...lever.marks.map(({ at: points, glyph, colour }) => {
    const mark = element("span", { className: "mark", textContent: glyph })
    Object.assign(mark.style, { left: at(points), color: colour })
    return mark
  }))
  const told = element("div", { className: "told" })
  told.textContent = lever.told
  told.setAttribute("aria-hidden", "true")
  place.append(axis, told)
  place.setAttribute("role", "img")
  place.setAttribute("aria-label", lever.alt)
}

function position(positions, value) {
  if (!positions.length) return ""
  const exact = positions.find((p) => p.at === value)
  if (exact) return exact.label
  const above = positions.findIndex((p) => p.at > value)
  return `past “${positions[above - 1].label}”`
}

// A bank of sliders: native range inputs with a typed twin and the position in words.
//
// data: { name, headlines: whether to show them, sliders: [{ key, label, group, low, high, value, positions: [{ at, label }] }], answered }
// sends: trigger "asked" key, when a reader wants to know what a slider means, and
//        trigger "moved" { key, value, id } when a thumb or a key rests.
// tells: window event "settings-moving" { source: name, values: { key: value } } with all that is on screen and not yet
//        answered, while a thumb is dragged or a key is held and until the server has answered.
// hears: window event "settings-drawn": charts show what was told; only then, or after PATIENCE, does a resting value go
//        out, because a script run and the charts' own question would slow each other down.
//        window event "settings-shown" { values }: thumbs to show for a moment; null for the server's values again.
//        window event "headlines-shown": what the charts say now, shown above the sliders where these cover the charts.
// The next value goes out when the last one has been answered (data.answered is its id), so a slow server is never
// flooded. The server owns the values: whatever it sends is shown, except on a slider that is still being moved or
// waits for its answer.

const banks = new WeakMap()
const PATIENCE = 150 // milliseconds

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let bank = banks.get(parentElement)
  if (!bank) {
    bank = new Bank(parentElement.querySelector(".bank"), parentElement.querySelector(".headlines"))
    banks.set(parentElement, bank)
  }
  bank.post.deliver = (move) => setTriggerValue("moved", move)
  bank.ask = (key) => setTriggerValue("asked", key)
  bank.receive(data)
  return () => bank.remove()
}

class Bank {
  constructor(root, headlines) {
    this.root = root
    this.onHeadlines = () => showHeadlines(headlines, (this.data.headlines && window.strategicTriangleHeadlines) || [])
    window.addEventListener("headlines-shown", this.onHeadlines)
    this.rows = new Map()
    this.moving = new Map() // key -> value under a dragged thumb or a held key
    this.waiting = new Map() // key -> value that rests and is not sent yet
    this.post = new Post()
    this.onShown = ({ detail: { values } }) => {
      for (const { key, value } of this.data.sliders) this.show(key, values?.[key] ?? value)
    }
    window.addEventListener("settings-shown", this.onShown)
    this.onDrawn = () => this.flush()
    window.addEventListener("settings-drawn", this.onDrawn)
  }

  remove() {
    this.post.stop()
    window.removeEventListener("settings-shown", this.onShown)
    window.removeEventListener("settings-drawn", this.onDrawn)
    window.removeEventListener("headlines-shown", this.onHeadlines)
  }

  receive(data) {
    this.data = data
    this.onHeadlines()
    if (data.sliders.map((s) => s.key).join() !== [...this.rows.keys()].join()) this.build(data.sliders)
    if (this.post.answered(data.answered)) this.tell()
    const busy = this.unanswered()
    for (const slider of data.sliders) if (!(slider.key in busy)) this.show(slider.key, slider.value)
    this.flush()
  }

  unanswered() {
    const { open } = this.post
    return { ...(open && { [open.key]: open.value }), ...Object.fromEntries(this.waiting), ...Object.fromEntries(this.moving) }
  }

  tell() {
    const detail = { source: this.data.name, values: this.unanswered() }
    window.dispatchEvent(new CustomEvent("settings-moving", { detail }))
  }

  move(key, value) {
    this.show(key, value)
    this.moving.set(key, value)
    this.tell()
  }

  settle(key, value) {
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
    const { slider, range, typed, words } = row
    row.shown = value
    if (Number(range.value) !== value) range.value = value
    if (!("typing" in typed.dataset) && typed.value !== String(value)) typed.value = value
    range.style.setProperty("--filled", `${(100 * (value - slider.low)) / (slider.high - slider.low)}%`)
    const where = position(slider.positions, value)
    words.textContent = where
    range.setAttribute("aria-valuetext", where ? `${value}: ${where}` : String(value))
  }

  build(sliders) {
    this.root.replaceChildren()
    this.rows.clear()
    let group = null
    for (const slider of sliders) {
      if (slider.group !== group) {
        group = slider.group
        if (group) this.root.append(element("h3", { textContent: group }))
      }
      this.root.append(this.row(slider))
    }
  }

  row(slider) {
    const { key, low, high } = slider
    const range = element("input", { type: "range", id: key, min: low, max: high, step: 1 })
    const typed = element("input", { type: "number", min: low, max: high, step: 1, inputMode: "numeric" })
    typed.setAttribute("aria-label", `${slider.label}, typed, ${low} to ${high}`)
    const label = element("label", { htmlFor: key, textContent: slider.label })
    const words = element("p", { className: "words" })
    const ask = element("button", { type: "button", className: "ask", textContent: "?" })
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
    range.onkeydown = () => { pressed = true }
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
    }

    const head = element("div", { className: "head" })
    head.append(label, ask, typed)
    const row = element("div", { className: "row" })
    row.dataset.key = key
    row.append(head, range, words)
    this.rows.set(key, { slider, range, typed, words, shown: slider.value })
    return row
  }
}

function position(positions, value) {
  if (!positions.length) return ""
  const exact = positions.find((p) => p.at === value)
  if (exact) return exact.label
  const above = positions.findIndex((p) => p.at > value)
  return `between “${positions[above - 1].label}” and “${positions[above].label}”`
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

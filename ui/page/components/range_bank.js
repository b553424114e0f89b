// A bank of assumptions: three native range inputs on one track (or one), each with a typed twin, the copied worldview's
// range behind them and what the worldviews assume above them.
//
// data: { answered, tracks: [{ key, values, bound, share }], source: address of a source card without its name,
//         about: address of what never changes of the tracks, by key: { label, group, low, high, step, copied, unit,
//         meaning, grounds, ground, ticks: [{ view, name, glyph, colour, values }] } }
// sends: trigger "moved" { key, values, id } when a handle or a key rests, and
//        trigger "reset" { key, values, id } when a reader wants the copied values back.
// tells: window event "settings-moving" { source: "own", values: { key: values as a link has them } } with all that is on
//        screen and not yet answered, while a handle is dragged or a key is held and until the server has answered;
//        nothing ("") stands for the copied values.
// hears: window event "settings-drawn": charts show what was told; only then, or after PATIENCE, does a message go out,
//        because a script run and the charts' own question would slow each other down.
// The next message goes out when the last one has been answered (data.answered is its id). The server owns the values:
// whatever it sends is shown, except on a track that is still being moved or waits for its answer.
//
// Handles never cross: one that is moved past another takes it along, and gives it back when it returns before it is let
// go. The outer ones stand outside of their values, so that each can be taken where all three are equal.

const banks = new WeakMap()
const known = new Map() // address -> promise of what stands there
const SOURCE = "own"
const PATIENCE = 150 // milliseconds
const AGAIN = 2000 // milliseconds after which what did not come is fetched again
const FINE = 4 // decimals of a typed value
const PAGE_STEPS = 10
const SIDEWAYS = 6 // pixels after which a finger does not scroll
const GLYPH = 14 // pixels between two marks of worldviews
const ENDS = { 1: [["", ""]], 3: [["low", "10th percentile"], ["central", "50th percentile"], ["high", "90th percentile"]] }
const SVG = "http://www.w3.org/2000/svg"

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let bank = banks.get(parentElement)
  if (!bank) {
    bank = new Bank(parentElement.querySelector(".bank"))
    banks.set(parentElement, bank)
  }
  bank.post.deliver = ({ event, ...message }) => setTriggerValue(event, message)
  bank.receive(data)
  return () => bank.remove()
}

class Bank {
  constructor(root) {
    this.root = root
    this.rows = new Map()
    this.waiting = new Map() // key -> message that is not sent yet
    this.post = new Post()
    this.width = new ResizeObserver(() => this.rows.forEach((row) => row.place()))
    this.onDrawn = () => this.flush()
  }

  remove() {
    this.data = null
    this.post.stop()
    clearTimeout(this.patience)
    this.width.disconnect()
    window.removeEventListener("settings-drawn", this.onDrawn)
    this.tell([]) // its last message may be answered by the run that takes it away
  }

  async receive(data) {
    this.data = data
    try {
      const about = await fixed(data.about)
      if (this.data !== data) return // a later run has come, or the bank is gone
      const tracks = data.tracks.map((track) => ({ ...about[track.key], ...track }))
      for (const track of tracks) track.source = data.source + track.ground
      this.follow(tracks, data.answered)
    } catch (error) {
      console.warn(error)
      setTimeout(() => { if (this.data === data) this.receive(data) }, AGAIN)
    }
  }

  follow(tracks, answered) {
    this.width.observe(this.root) // once, however often it is said; again after a removal
    window.addEventListener("settings-drawn", this.onDrawn)
    const built = tracks.map(({ key, group, values }) => [key, group, values.length]).join()
    if (built !== this.built) this.build(tracks)
    this.built = built
    if (this.post.answered(answered)) this.tell()
    for (const track of tracks) this.rows.get(track.key).receive(track)
    this.flush()
  }

  // The reader has the last word on a track until the server has answered.
  waits(key) {
    return this.waiting.has(key) || this.post.open?.key === key
  }

  tell(rows = [...this.rows.values()]) {
    const open = rows.filter((row) => row.from || this.waits(row.key))
    const values = Object.fromEntries(open.map((row) => [row.key, row.linked]))
    window.dispatchEvent(new CustomEvent("settings-moving", { detail: { source: SOURCE, values } }))
  }

  send(message) {
    this.waiting.set(message.key, message)
    clearTimeout(this.patience)
    this.patience = setTimeout(() => this.flush(), PATIENCE)
  }

  flush() {
    clearTimeout(this.patience)
    if (this.post.open || !this.waiting.size) return
    const [key, message] = this.waiting.entries().next().value
    this.waiting.delete(key)
    this.post.send(message)
  }

  build(tracks) {
    const known = ({ key, values }) => this.rows.get(key)?.ranges.length === values.length && this.rows.get(key)
    this.rows = new Map(tracks.map((track) => [track.key, known(track) || new Row(this, track)]))
    const groups = new Map()
    for (const { key, group, values } of tracks) {
      if (!groups.has(group)) {
        const section = element("section")
        const head = element("h3", { textContent: group })
        if (values.length > 1) head.append(order())
        section.append(head)
        groups.set(group, section)
      }
      groups.get(group).append(this.rows.get(key).root)
    }
    this.root.replaceChildren(...groups.values())
  }
}

class Row {
  constructor(bank, track) {
    this.bank = bank
    this.key = track.key
    this.from = null // the values when a handle was taken or a key pressed that is still held
    this.hand = null // what a pointer holds
    const { label } = track
    const name = element("div", { className: "name", id: `name-${track.key}`, textContent: label })
    this.share = element("span", { className: "share" })
    this.fields = ENDS[track.values.length].map((end, i) => this.field(label, end, i))
    this.ranges = ENDS[track.values.length].map((end, i) => this.range(label, end, i))
    const values = element("div", { className: "values" })
    this.fields.forEach((field, i) => values.append(...(i ? [dot()] : []), field))
    const head = element("div", { className: "head" })
    head.append(name, this.share, values)

    this.lane = element("div", { className: "lane" })
    this.lane.setAttribute("role", "img")
    this.low = element("span", { className: "end" })
    this.high = element("span", { className: "end" })
    this.line = element("div", { className: "line" })
    this.line.append(...["band", "copied"].map((className) => element("span", { className })))
    this.track = element("div", { className: "track" })
    this.track.classList.toggle("weight", track.values.length === 1)
    this.track.append(this.line, ...this.ranges)
    this.watch(this.track)
    const scale = element("div", { className: "scale" })
    scale.append(this.lane, this.low, this.track, this.high)

    this.note = element("p", { className: "note" })
    this.note.setAttribute("role", "status")

    this.was = element("span", { className: "was" })
    this.reset = element("button", { type: "button", className: "reset" })
    const arrow = element("span", { textContent: "↺ " })
    arrow.setAttribute("aria-hidden", "true")
    this.reset.append(arrow, "Reset")
    this.reset.onclick = () => this.back()
    this.changed = element("div", { className: "changed", hidden: true })
    this.changed.append(this.was, this.reset)
    this.unit = element("span", { className: "unit" })
    const summary = element("summary")
    summary.append(element("span", { className: "title", textContent: "About" }), this.unit)
    this.meaning = element("p")
    this.admissible = element("p")
    this.grounds = element("span")
    this.card = element("a", { target: "_top", textContent: "Source card" })
    const basis = element("p")
    basis.append(this.grounds, " ", this.card)
    this.bound = element("p")
    this.offers = element("div", { className: "offers" })
    this.offers.setAttribute("role", "group")
    this.offers.setAttribute("aria-label", `${label} as a worldview has it`)
    const about = element("div", { className: "about" })
    about.append(this.meaning, this.admissible, basis, this.bound, this.offers)
    const details = element("details")
    details.append(summary, about)
    const foot = element("div", { className: "foot" })
    foot.append(this.changed, details)

    this.root = element("div", { className: "row" })
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-labelledby", name.id)
    this.root.dataset.key = track.key
    this.root.append(head, scale, this.note, foot)
  }

  // What the server says. Marks and buttons of the worldviews are made anew only where these differ: they may have the
  // focus.
  receive(track) {
    this.told = track
    const views = JSON.stringify([track.ticks, track.low, track.high])
    if (views !== this.views) this.drawViews(track)
    this.views = views
    this.draw(track)
    const busy = this.from || this.bank.waits(this.key)
    this.show((busy && this.values) || track.values)
  }

  draw({ label, low, high, step, copied, unit, meaning, grounds, source, bound, share }) {
    this.decimals = Math.max(decimals(step), decimals(low))
    this.low.textContent = said(low)
    this.high.textContent = said(high)
    for (const range of this.ranges) Object.assign(range, { min: low, max: high })
    for (const field of this.fields) field.inputMode = low < 0 ? "text" : "decimal" // a phone's decimal keys have no minus
    this.root.style.setProperty("--copied-from", this.portion(copied.length > 1 ? copied[0] : low))
    this.root.style.setProperty("--copied-to", this.portion(copied.at(-1)))
    this.was.textContent = `was ${list(copied)}`
    this.reset.setAttribute("aria-label", `Reset ${label} to ${list(copied)}`)
    const told = {
      share, unit, meaning, grounds, bound, admissible: `From ${said(low)} to ${said(high)} is admissible${unit && ` (${unit})`}.`,
    }
    for (const [name, text] of Object.entries(told)) this[name].textContent = text
    this.card.href = source
  }

  drawViews({ ticks }) {
    const stems = document.createElementNS(SVG, "svg")
    this.glyphs = ticks.map(({ name, glyph, colour, values }) => {
      const mark = element("span", { className: "glyph", textContent: glyph, title: `${name} ${list(values)}` })
      mark.style.color = colour
      const stem = document.createElementNS(SVG, "line")
      stem.style.stroke = colour
      stems.append(stem)
      return { mark, stem, at: this.portion(middle(values)) }
    })
    this.lane.replaceChildren(stems, ...this.glyphs.map(({ mark }) => mark))
    this.lane.setAttribute("aria-label", ticks.map(({ name, values }) => `${name} ${list(values)}`).join("; "))
    this.place()
    this.offers.replaceChildren(...ticks.map((tick) => this.offer(tick)))
  }

  offer({ name, glyph, colour, values }) {
    const mark = element("span", { textContent: glyph })
    mark.style.color = colour
    mark.setAttribute("aria-hidden", "true")
    const button = element("button", { type: "button" })
    button.append(mark, ` As ${name} has it `, element("span", { className: "quiet", textContent: list(values) }))
    button.onclick = () => this.settle(values)
    button.values = values
    return button
  }

  // The marks of the worldviews stand above their values, apart from each other; a stem leads to the value.
  place() {
    const width = this.lane.clientWidth
    if (!width) return
    const exact = this.glyphs.map(({ at }) => at * width)
    apart(exact, GLYPH).forEach((x, i) => {
      const { mark, stem } = this.glyphs[i]
      mark.style.left = `${x}px`
      for (const [name, value] of Object.entries({ x1: x, x2: exact[i], y1: 15, y2: 21 })) stem.setAttribute(name, value)
    })
  }

  show(values) {
    const { low, high, step, copied } = this.told
    this.values = values
    const ends = ENDS[values.length]
    values.forEach((value, i) => {
      const [range, field] = [this.ranges[i], this.fields[i]]
      range.step = same(snapped(this.told, this.decimals, value), value) ? step : "any" // else the browser would round it
      if (Number(range.value) !== value) range.value = value
      range.setAttribute("aria-valuetext", ends[i][0] ? `${ends[i].join(", ")}: ${said(value)}` : said(value))
      if ("typing" in field.dataset) return
      field.value = said(value)
      field.style.setProperty("--characters", said(value).length)
    })
    this.root.style.setProperty("--from", this.portion(values.length > 1 ? values[0] : low))
    this.root.style.setProperty("--to", this.portion(values.at(-1)))
    const moved = !alike(values, copied)
    this.changed.hidden = !moved
    this.root.classList.toggle("moved", moved)
    this.root.classList.toggle("open", Boolean(this.from) || this.bank.waits(this.key))
    for (const button of this.offers.children) {
      if (alike(button.values, values)) button.setAttribute("aria-current", "true")
      else button.removeAttribute("aria-current")
    }
  }

  // The values as a link has them: nothing where they are the copied ones.
  get linked() {
    const { copied, values } = this.told
    const shown = alike(this.values, values) ? values : this.values.map(exact)
    return String(shown) === String(copied) ? "" : shown.join("~")
  }

  portion(value) {
    const { low, high } = this.told
    return Math.min(Math.max((value - low) / (high - low), 0), 1)
  }

  // A handle takes along those that it passes.
  move(i, value) {
    const place = (other, j) => (j < i ? Math.min(other, value) : j > i ? Math.max(other, value) : value)
    this.note.textContent = ""
    this.show((this.from ?? this.values).map(place))
    this.bank.tell()
  }

  take() {
    this.from ??= this.values
  }

  release() {
    if (!this.from) return
    const { from, values } = this
    this.from = null
    if (!alike(from, values)) return this.settle(values)
    this.receive(this.told)
    this.bank.tell()
  }

  settle(values) {
    this.note.textContent = ""
    this.bank.send({ event: "moved", key: this.key, values: values.map(exact) })
    this.show(values)
    this.bank.tell()
  }

  back() {
    const { key, told } = this
    this.note.textContent = ""
    this.ranges[Math.floor(this.ranges.length / 2)].focus() // the button goes
    this.bank.send({ event: "reset", key, values: told.copied })
    this.show(told.copied)
    this.bank.tell()
  }

  range(label, [end], i) {
    const range = element("input", { type: "range", className: ENDS[3][this.fields.length > 1 ? i : 1][0] })
    range.setAttribute("aria-label", end ? `${label}, ${end}` : label)
    range.onkeydown = (event) => {
      if (this.hand || event.altKey || event.ctrlKey || event.metaKey) return
      const { low, high } = this.told
      const steps = { ArrowRight: 1, ArrowUp: 1, PageUp: PAGE_STEPS, ArrowLeft: -1, ArrowDown: -1, PageDown: -PAGE_STEPS }[event.key]
      const next = steps ? stepped(this.told, this.decimals, this.values[i], steps) : { Home: low, End: high }[event.key]
      if (next === undefined) return
      event.preventDefault()
      this.take()
      this.move(i, next)
    }
    range.onkeyup = range.onblur = () => { if (!this.hand) this.release() }
    range.oninput = () => { // from an assistive tool: keys and pointers are heard before they come here
      this.take()
      this.move(i, snapped(this.told, this.decimals, Number(range.value)))
      this.release()
    }
    return range
  }

  // What is being typed is the reader's, whatever the server sends meanwhile, until it is entered or left.
  field(label, [end, percentile], i) {
    const field = element("input", { type: "text", autocomplete: "off" })
    field.setAttribute("aria-label", end ? `${label}, ${end} (${percentile})` : `${label}, typed`)
    field.oninput = () => {
      field.dataset.typing = ""
      field.style.setProperty("--characters", field.value.length)
    }
    field.onchange = () => {
      delete field.dataset.typing
      const { low, high } = this.told
      const typed = field.value.trim()
      const value = exact(Number(typed.replace("−", "-").replace(",", ".")))
      const range = `from ${said(low)} to ${said(high)}`
      if (typed === "" || !Number.isFinite(value)) {
        this.show(this.values)
        this.note.textContent = typed && `“${typed}” is no number ${range}. ${said(this.values[i])} is kept.`
        return
      }
      const taken = Math.min(Math.max(value, low), high)
      this.take()
      this.move(i, taken)
      this.release()
      this.bank.flush() // what is pressed next may close the bank
      if (taken !== value) this.note.textContent = `${said(value)} is not ${range}. ${said(taken)} is taken.`
    }
    field.onblur = () => { delete field.dataset.typing; this.show(this.values) }
    return field
  }

  // The pointer moves the nearest handle. A finger that lands may be about to scroll: nothing moves until it goes sideways
  // or lifts, and nothing has moved when the browser takes the touch for scrolling.
  watch(track) {
    track.onmousedown = (event) => event.preventDefault() // it would take the focus from the handle
    track.onpointerdown = ({ button, clientX: x, pointerId, pointerType }) => {
      if (button || this.hand) return
      this.release() // of a key
      track.setPointerCapture(pointerId)
      const landed = pointerType === "touch"
      this.hand = { pointerId, x, landed, ...this.nearest(x) }
      if (!landed) this.press(x)
    }
    track.onpointermove = ({ clientX: x, pointerId }) => {
      const { hand } = this
      if (hand?.pointerId !== pointerId || x === hand.x) return
      if (hand.landed) {
        if (Math.abs(x - hand.x) < SIDEWAYS) return
        hand.landed = false
        this.grasp()
      }
      this.drag(x)
    }
    track.onpointerup = track.onpointercancel = ({ type, clientX: x, pointerId }) => {
      const { hand } = this
      if (hand?.pointerId !== pointerId) return
      if (hand.landed && type === "pointerup") this.press(x)
      this.hand = null
      this.release()
    }
  }

  // A press on a handle takes it as it is, one beside it brings it there.
  press(x) {
    this.grasp()
    if (this.hand.grip === null) this.drag(x)
  }

  grasp() {
    this.ranges[this.hand.i].focus({ preventScroll: true })
    this.take()
  }

  drag(x) {
    const { i, grip } = this.hand
    const { low, high } = this.told
    const line = this.line.getBoundingClientRect()
    const at = (x - (grip ?? 0) - line.left) / line.width
    this.hand.x = x
    this.move(i, snapped(this.told, this.decimals, low + at * (high - low)))
  }

  // { i, grip }: the handle, and how far from its value it was pressed; null where it was pressed beside it.
  nearest(x) {
    const line = this.line.getBoundingClientRect()
    const handles = this.ranges.map((range, i) => {
      const { left, width } = range.getBoundingClientRect()
      const value = this.portion(this.values[i]) * line.width
      const size = width - line.width
      return { i, size, off: Math.abs(x - (left + size / 2 + value)), grip: x - (line.left + value) }
    })
    const { i, off, size, grip } = handles.reduce((a, b) => (b.off < a.off ? b : a))
    return { i, grip: off <= size / 2 ? grip : null }
  }
}

// What stands at an address; asked for once, and again after it did not come.
function fixed(address) {
  if (!known.has(address)) {
    const coming = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`The tracks did not come: ${response.status}`)
      return response.json()
    })
    coming.catch(() => known.delete(address))
    known.set(address, coming)
  }
  return known.get(address)
}

// Places in order of what they mark, moved as little as keeps neighbours a gap apart: those that are too close make a
// heap around their middle.
function apart(places, gap) {
  const heaps = []
  for (const i of places.map((_, i) => i).sort((a, b) => places[a] - places[b])) {
    heaps.push({ members: [i], middle: places[i] })
    for (let last; heaps.length > 1 && crowded(...(last = heaps.slice(-2)), gap);) {
      const members = last.flatMap((heap) => heap.members)
      heaps.splice(-2, 2, { members, middle: members.reduce((sum, one) => sum + places[one], 0) / members.length })
    }
  }
  const moved = []
  for (const { members, middle } of heaps) {
    members.forEach((one, n) => { moved[one] = middle + (n - (members.length - 1) / 2) * gap })
  }
  return moved
}

function crowded(left, right, gap) {
  return right.middle - left.middle < (gap * (left.members.length + right.members.length)) / 2
}

// The value on the grid of a track's steps that is nearest, and the one that is some steps away: the grid begins at the
// low end, and the high end is always on it.
function snapped({ low, high, step }, places, value) {
  return onGrid({ low, high, step }, places, Math.round((value - low) / step))
}

function stepped({ low, high, step }, places, value, steps) {
  const at = (value - low) / step
  const from = steps > 0 ? Math.floor(at + 1e-6) : Math.ceil(at - 1e-6)
  return onGrid({ low, high, step }, places, from + steps)
}

function onGrid({ low, high, step }, places, n) {
  return Math.min(Math.max(Number((low + n * step).toFixed(places)), low), high)
}

function decimals(value) {
  return String(exact(value)).split(".")[1]?.length ?? 0
}

// Without what binary fractions leave behind.
function exact(value) {
  return Number(value.toFixed(FINE))
}

function same(one, other) {
  return exact(one) === exact(other)
}

function alike(some, others) {
  return some.every((one, i) => same(one, others[i]))
}

function middle(values) {
  return values[Math.floor(values.length / 2)]
}

function said(value) {
  return String(exact(value)).replace("-", "−")
}

function list(values) {
  return values.map(said).join(" · ")
}

// What the three numbers at the right are.
function order() {
  const [ends, title] = [0, 1].map((part) => ENDS[3].map((end) => end[part]))
  return element("span", { className: "order", textContent: ends.join(" · "), title: title.join(", ") })
}

function dot() {
  const between = element("span", { textContent: "·" })
  between.setAttribute("aria-hidden", "true")
  return between
}

// Cards with a title, a sentence and a Plotly chart each, updated in place.
//
// data: { theme: light or dark, plotly: address of plotly.min.js, columns: most of them, note,
//         cards: [{ key, glyph, colour, title, sentence, alt, figure, small, below, scale, ranged }],
//         told: what stands around the two pictures (told.js), or nothing,
//         address: where this board stands, or nothing; then the cards may be missing and are fetched from there,
//         eases: whether cards that come with the run pass from one state to the next,
//         opening: the address of the state from which a first visit comes in, or nothing,
//         singles: whether keys without Control are listened to, downloads: { name: address },
//         replay: { number, address, before: { setting: value }, now: { setting: value } } or null }
// sends: trigger "theme" light or dark, when the page's theme is not the one the figures were made for,
//        trigger "play" when a reader wants what is hollow, and
//        trigger "refused" when the address does not answer: from then on the cards come with the run.
// hears: window event "settings-moving" { source, values }: what a bank shows and the server has not answered, as text
//        or number by the name of the setting or of the number of a reader's own worldview (range_bank.js).
// tells: window event "settings-drawn" when what moved is on the charts, and
//        window event "settings-shown" { values } while a change is replayed; values is null at its end.
//
// Streamlit's own chart element is built anew on every change of its data; here only what moved is drawn again. While a
// slider moves the board asks its address for the settings on screen, one question at a time, always the latest. What
// stands at the address that the page's own run gives has the last word once nothing moves; an answer names its own
// address, so what was seen while the slider moved is not asked for again.

const boards = new WeakMap()
const EASE = 250 // milliseconds from one state to the next where no thumb moved
const OPENING = 1000 // from the drift to the package on a first visit
const REPLAY = 1600 // milliseconds from the state before to the state after
const STRIDE = 0.2 // the largest part of it in one step, however slow the server is

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let board = boards.get(parentElement)
  if (!board) {
    board = new Board((name) => parentElement.querySelector(name))
    boards.set(parentElement, board)
  }
  board.receive(data, setTriggerValue)
  return () => {
    boards.delete(parentElement) // Streamlit may take the component away and give it the same place again: drawn anew
    board.remove()
  }
}

class Board {
  constructor(find) {
    this.box = find(".board-box")
    this.root = this.box.firstElementChild // its class is that of what is drawn
    this.note = find(".note")
    this.downloads = find(".downloads")
    this.alone = null // the worldview that is looked at by itself, "" for none
    this.cards = new Map()
    this.moving = new Map() // source -> { setting: value }
    this.turn = 0 // answers to questions of an earlier turn come too late
    this.asking = false
    this.watch = new ResizeObserver(() => this.fit())
    this.onMoving = (event) => this.follow(event.detail)
    window.addEventListener("settings-moving", this.onMoving)
    this.onNarrow = () => this.answer && this.draw(this.answer)
    this.narrow = new Map() // pixels -> whether the page is narrower
    this.onKey = (event) => this.press(event)
    document.addEventListener("keydown", this.onKey)
  }

  remove() {
    window.removeEventListener("settings-moving", this.onMoving)
    document.removeEventListener("keydown", this.onKey)
    this.narrow.forEach((query) => query.removeEventListener("change", this.onNarrow))
    this.watch.disconnect()
    this.told?.remove()
    this.turn++
    this.gone = true
    this.cards.forEach(async (parts) => {
      parts.next = null
      parts.gone = true
      await parts.drawing?.catch(() => {}) // Plotly throws where a chart goes while it moves
      window.Plotly?.purge(parts.chart)
    })
  }

  receive(data, send) {
    const replay = this.data && data.replay?.number > (this.data.replay?.number ?? 0) ? data.replay : null
    this.data = data
    this.alone ??= data.alone ?? ""
    this.send = send
    if (data.cards) this.lay(data)
    this.box.classList.toggle("pictured", Boolean(data.pictured ?? data.told))
    const files = Object.entries(data.downloads)
    this.downloads.hidden = !files.length
    this.downloads.replaceChildren(...(files.length ? ["Download: "] : []), ...files.flatMap(([name, href], i) => [
      i ? " · " : "",
      element("a", { href, textContent: name, download: "" }),
    ]))
    const theme = themeOf(this.root)
    this.box.dataset.theme = theme
    if (theme !== data.theme && this.root.dataset.asked !== theme) {
      this.root.dataset.asked = theme
      send("theme", theme)
    } else if (theme === data.theme) delete this.root.dataset.asked
    if (replay) this.replay(replay)
    else if (this.ahead()) this.ask()
    else this.rest()
  }

  // Makes the cards; what is drawn in them comes later.
  lay({ cards, columns, told }) {
    if (cards.map((c) => c.key).join() === [...this.cards.keys()].join()) return
    this.cards = new Map(cards.map((card) => [card.key, build(card)]))
    this.told?.remove()
    this.told = told && new Told(this)
    const parts = [...this.cards.values()].map((card) => card.root)
    this.root.replaceChildren(...(told ? this.told.around(this.cards) : parts))
    this.root.className = told ? "pictures" : "board"
    this.root.dataset.columns = columns
    this.watch.disconnect()
    this.cards.forEach(({ chart }) => this.watch.observe(chart))
  }

  // Looks at one worldview by itself, or at all again.
  lookAt(view) {
    this.alone = this.alone === view ? "" : view
    this.question = null
    if (this.ahead()) this.ask()
    else this.rest()
  }

  press(event) {
    const views = this.answer?.told?.views
    if (!views || !this.data.singles || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
    const view = views[Number(event.key) - 1]
    if (view) this.lookAt(view.key)
  }

  get address() {
    return this.alone ? `${this.data.address}&alone=${this.alone}` : this.data.address
  }

  isNarrow(below) {
    if (!this.narrow.has(below)) {
      const query = window.matchMedia(`screen and (width < ${below}px)`)
      query.addEventListener("change", this.onNarrow)
      this.narrow.set(below, query)
    }
    return this.narrow.get(below).matches
  }

  fit() {
    this.cards.forEach((parts) => fitFigure(window.Plotly, parts))
  }

  // What is on screen in the side bar and not yet in the page's own data.
  ahead() {
    const settled = settledAt(this.data.address ?? "")
    const values = Object.assign({}, ...this.moving.values())
    const open = Object.entries(values).filter(([key, value]) => (settled.get(key) ?? "") !== String(value))
    return open.length ? Object.fromEntries(open) : null
  }

  async rest() {
    const turn = ++this.turn
    const { cards, opening } = this.data
    const { address } = this
    if (cards) return this.draw(this.data, this.data.eases && this.answer ? EASE : 0)
    if (this.answer?.address === address) return this.draw(this.answer)
    try {
      let ease = this.answer ? EASE : 0
      if (opening && !this.answer && !isCalm()) {
        const before = await this.answerOf(opening, turn)
        if (turn !== this.turn) return
        await this.draw(before)
        ease = OPENING
      }
      const answer = await this.answerOf(address, turn)
      if (turn === this.turn) await this.draw(answer, ease)
    } catch (error) {
      console.warn(error)
      if (turn === this.turn) this.send("refused", true)
    }
  }

  // What stands at an address: one question at a time, and none any more once its turn is over.
  async answerOf(address, turn) {
    const before = this.answering
    let done
    this.answering = new Promise((resolve) => { done = resolve })
    try {
      await before
      if (turn !== this.turn) return null
      const response = await fetch(address)
      if (!response.ok) throw new Error(`The charts could not follow: ${response.status}`)
      return await response.json()
    } finally {
      done()
    }
  }

  follow({ source, values }) {
    const idle = !Object.keys(values).length
    const stood = this.ahead()
    if (idle) this.moving.delete(source)
    else this.moving.set(source, values)
    if (!this.data.address) return
    if (this.ahead()) this.ask()
    else if (!idle && stood) this.rest() // moved back to where it was
  }

  // While an answer is being drawn the next question is on its way, if there is one by then.
  async ask() {
    this.again = this.asking
    if (this.asking) return
    this.asking = true
    const turn = ++this.turn
    let drawing = null
    let asked = this.question
    try {
      do {
        this.again = false
        const values = this.ahead()
        if (!values) break
        const question = moved(this.address, values)
        if (question === asked) break // it is on the charts: a key was held and is let go
        const answer = await this.answerOf(question, turn)
        await drawing
        if (turn !== this.turn) break
        asked = question
        drawing = new Promise((soon) => setTimeout(soon)).then(async () => {
          if (turn === this.turn) await this.draw(answer)
          if (turn === this.turn) this.question = question
        })
        if (!this.again) await drawing
      } while (this.again)
      await drawing
    } catch (error) {
      console.warn(error) // the page's own run comes when the slider rests
    } finally {
      this.asking = false
    }
    if (this.again && this.ahead()) this.ask()
    else window.dispatchEvent(new CustomEvent("settings-drawn"))
  }

  async replay({ address, before, now }) {
    const turn = ++this.turn
    const calm = isCalm()
    let begun = null // once the state before is on the charts
    this.root.dataset.replaying = "true"
    try {
      for (let share = 0; share < 1 && turn === this.turn; ) {
        const values = Object.fromEntries(
          Object.keys(now).map((key) => [key, Math.round(before[key] + share * (now[key] - before[key]))]),
        )
        if ("start" in now) values.start = now.start // years of the axis cannot be in between
        const answer = await this.answerOf(moved(address, values), turn)
        if (turn !== this.turn) break
        window.dispatchEvent(new CustomEvent("settings-shown", { detail: { values } }))
        await this.draw(answer)
        if (calm) await new Promise((done) => setTimeout(done, REPLAY))
        begun ??= performance.now()
        share = calm ? 1 : Math.min((performance.now() - begun) / REPLAY, share + STRIDE)
      }
    } catch (error) {
      console.warn(error)
    } finally {
      delete this.root.dataset.replaying
      window.dispatchEvent(new CustomEvent("settings-shown", { detail: { values: null } }))
      if (turn === this.turn) await this.rest()
    }
  }

  // Draws an answer; with `ease`, what moved passes from where it is in so many milliseconds.
  async draw(answer, ease = 0) {
    const { cards, note, told } = answer
    this.answer = answer
    this.question = null
    this.lay(answer)
    this.drawing = answer
    try {
      if (this.note.textContent !== note) this.note.textContent = note
      this.note.hidden = !note
      this.told?.show(told, this.alone)
      const Plotly = await library(this.data.plotly)
      const passes = ease && !isCalm() && !document.hidden
      const goes = () => this.drawing === answer && !this.gone
      await Promise.all(cards.map((card) => this.drawCard(Plotly, card, passes ? ease : 0, goes)))
      if (goes()) this.root.setAttribute("data-drawn", String(Number(this.root.dataset.drawn ?? 0) + 1))
    } catch (error) {
      if (!this.gone) console.error(error) // else the chart was taken down while it was being drawn
    }
  }

  async drawCard(Plotly, card, ease, goes) {
    const parts = this.cards.get(card.key)
    if (!parts) return
    const small = this.isNarrow(card.below) && card.small
    const figure = widened({ ...card.figure, ...small }, card.scale)
    const [low, high] = rangeOf(figure, card.scale)
    write(parts.sentence, card.ranged ? card.ranged.replace("{low}", low).replace("{high}", high) : card.sentence)
    write(parts.title, card.title)
    if (parts.chart.getAttribute("aria-label") !== card.alt) parts.chart.setAttribute("aria-label", card.alt)
    const from = ease && parts.figure
    const began = performance.now()
    for (let share = from ? 0 : 1; goes(); ) {
      parts.figure = share < 1 ? between(from, figure, 1 - (1 - share) ** 3) : figure
      await drawFigure(Plotly, parts, parts.figure)
      parts.answers ??= answerClicks(parts.chart)
      if (share >= 1) break
      await new Promise((done) => requestAnimationFrame(done))
      share = Math.min((performance.now() - began) / ease, 1)
    }
  }
}

// What is drawn with the name of a source card opens it; elsewhere a click means nothing.
function answerClicks(chart) {
  chart.on("plotly_click", ({ points }) => {
    const name = points.find(({ customdata }) => typeof customdata === "string")?.customdata
    if (name) askForCard(name)
  })
  return true
}

// What the settings are at an address, and the numbers of a reader's own worldview that are not as they were copied.
function settledAt(address) {
  const query = new URLSearchParams(address.split("?")[1])
  const numbers = query.getAll("edit").map((edit) => edit.split("~"))
  return new Map([...query, ...numbers.map(([name, ...values]) => [name, values.map(Number).join("~")])])
}

// The address of the board as it would be if some settings of the one at an address were others.
function moved(address, values) {
  const moves = Object.entries(values).map(([key, value]) => `&move=${encodeURIComponent(`${key}:${value}`)}`)
  return address.replace(/&was=[^&]*/g, "") + moves.join("")
}

// Streamlit tells components of a new theme by running them again, but tells Python of it only with the next run.
function themeOf(root) {
  const probe = element("span", { hidden: true })
  probe.style.color = "var(--st-background-color)"
  root.append(probe)
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
  probe.remove()
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light"
}

function build(card) {
  const root = element("section", { className: "card" })
  root.dataset.key = card.key
  const head = element("div", { className: "head" })
  const glyph = element("span", { className: "glyph", textContent: card.glyph })
  glyph.style.color = card.colour
  glyph.setAttribute("aria-hidden", "true")
  const title = element(card.scale ? "h2" : "h3", { textContent: card.title })
  const sentence = element("p", { className: "sentence" })
  if (card.glyph) head.append(glyph)
  head.append(title)
  if (card.scale) head.append(sentence)
  const chart = element("div", { className: "chart" })
  chart.setAttribute("role", "img")
  root.append(...(card.title ? [head] : []), ...(card.scale ? [] : [sentence]), chart)
  return { root, title, sentence, chart }
}

function write(paragraph, text) {
  if (paragraph.textContent !== text) paragraph.textContent = text
  paragraph.hidden = !text
}

function isCalm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches
}

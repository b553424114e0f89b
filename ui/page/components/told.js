// What stands around the two pictures: the finding above, a row a worldview over the strip, the price below, and the bar
// with the results once the strip has left the screen. Sent to the browser together with chart_board.js.

const STACK = 9 // pixels that one marker of a price stands above another in its place

class Told {
  constructor(board) {
    this.board = board
    this.heading = element("h1", {})
    this.long = this.heading.appendChild(element("span", { className: "long" }))
    this.short = this.heading.appendChild(element("span", { className: "short" }))
    this.caveat = element("p", { className: "caveat" })
    this.views = element("ul", { className: "views" })
    this.views.setAttribute("aria-label", "Look at one view by itself")
    this.about = element("p", { className: "about", hidden: true })
    this.below = element("p", { className: "below" })
    this.belowDrift = element("p", { className: "below" })
    this.priced = element("h2", {})
    this.prices = element("ul", {})
    this.counts = element("ul", { className: "counts", hidden: true })
    this.bar = element("ul", { className: "results-bar", hidden: true })
    this.bar.setAttribute("aria-label", "Results in short")
  }

  // The parts of the board in their order; the strip stays on top of a narrow page with the finding.
  around(cards) {
    const finding = element("div", { className: "finding" })
    finding.append(this.heading, this.caveat)
    const { root: strip, chart } = cards.get("strip")
    chart.before(this.views)
    strip.append(this.about, this.below)
    cards.get("drift").root.append(this.belowDrift)
    const results = element("div", { className: "results" })
    results.append(finding, strip)
    const prices = element("section", { className: "prices" })
    const head = element("div", { className: "head" })
    head.append(this.priced, element("span", { textContent: "0 to 100; dotted: without levers" }))
    prices.append(head, this.prices)
    const more = element("div", { className: "more" })
    more.append(this.counts)
    this.watch = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
      this.bar.hidden = isIntersecting || boundingClientRect.bottom > 0 && boundingClientRect.top > 0
    }, { rootMargin: "-56px 0px 0px 0px" })
    this.watch.observe(strip)
    return [results, cards.get("drift").root, prices, more, this.bar]
  }

  remove() {
    this.watch?.disconnect()
  }

  show(told, alone) {
    const { finding, short, caveat, year, priced, prices, views, drift, strip, plays, counts } = told
    write(this.long, finding)
    write(this.short, short)
    const [first, ...rest] = caveat.split(/(?<=\.) /)
    this.caveat.replaceChildren(first, element("span", { className: "rest", textContent: ` ${rest.join(" ")}` }))
    this.showViews(views, alone)
    const about = views.find(({ key }) => key === alone)
    this.about.hidden = !about
    this.about.replaceChildren(...(about ? [`${about.title}: ${about.about} `, button("All views", () => this.board.lookAt(alone))] : []))
    write(this.belowDrift, drift)
    this.below.replaceChildren(strip)
    this.below.hidden = Boolean(about)
    if (plays) this.below.append(" ", button("Play it", () => this.board.send("play", true)), " or move a lever.")
    this.prices.parentElement.hidden = !prices.length
    write(this.priced, priced)
    const shown = JSON.stringify([prices, views])
    if (shown !== this.shown) this.prices.replaceChildren(...prices.map((price) => priceOf(price, views)))
    this.shown = shown
    this.counts.hidden = !counts.length
    this.counts.replaceChildren(...counts.map((textContent) => element("li", { textContent })))
    this.bar.replaceChildren(
      ...views.map((view) => {
        const item = element("li", {})
        item.append(glyphOf(view), view.short, element("b", { textContent: view.shift }))
        return item
      }),
      element("li", { className: "said", textContent: `points by ${year} against no levers, − further apart` }),
    )
  }

  // A button over each row's name; the strip is made of rows of one height between its margins.
  showViews(views, alone) {
    const names = views.map(({ key }) => key).join()
    if (this.views.dataset.names !== names) {
      this.views.dataset.names = names
      this.views.replaceChildren(...views.map(({ key, title }, i) => {
        const item = element("li", {})
        const look = button(`${title} by itself`, () => this.board.lookAt(key))
        look.title = `${title} by itself, and all again (key ${i + 1})`
        item.append(look)
        return item
      }))
    }
    const { chart } = this.board.cards.get("strip")
    const { t, b } = this.marginOf
    const stands = [names, alone, t, b, window.innerWidth, window.innerHeight].join()
    if (stands === this.stands) return
    this.stands = stands
    const high = (chart.clientHeight - t - b) / views.length
    ;[...this.views.children].forEach((item, i) => {
      item.style.top = `${chart.offsetTop + t + i * high}px`
      item.firstChild.setAttribute("aria-pressed", String(views[i].key === alone))
    })
  }

  get marginOf() {
    const card = this.board.answer.cards.find(({ key }) => key === "strip")
    return (this.board.isNarrow(card.below) ? card.small : card.figure).layout.margin
  }
}

function button(textContent, onclick) {
  return element("button", { type: "button", textContent, onclick })
}

function glyphOf({ glyph, colour }) {
  const mark = element("span", { className: "glyph", textContent: glyph })
  mark.style.color = colour
  mark.setAttribute("aria-hidden", "true")
  return mark
}

// One price: its name, the lowest and the highest with the views that say so, and a marker a worldview on 0 to 100.
function priceOf({ key, title, told, at, reference }, views) {
  const item = element("li", {})
  const line = element("div", { className: "line" })
  const name = element("button", { className: "source", type: "button", textContent: title, title: "Source card: what it rests on" })
  name.onclick = () => askForCard(`outcome-${key}`)
  line.append(name, element("span", { textContent: told }))
  const axis = element("div", { className: "axis" })
  const shown = views.filter(({ key }) => key in at)
  axis.setAttribute("role", "img")
  const without = reference === null ? "" : `, ${reference} without levers`
  axis.setAttribute("aria-label", `${title}: ${shown.map(({ key, short }) => `${short} ${at[key]}`).join(", ") || told}${without}`)
  if (reference !== null) {
    const tick = element("span", { className: "without" })
    tick.style.left = `${reference}%`
    tick.append(element("span", { textContent: reference }))
    axis.append(tick)
  }
  const placed = []
  for (const view of shown) {
    const mark = glyphOf(view)
    mark.className = "mark"
    const level = placed.filter((left) => Math.abs(left - at[view.key]) < 5).length
    placed.push(at[view.key])
    mark.style.left = `${at[view.key]}%`
    mark.style.bottom = `${9 + STACK * level}px`
    mark.title = `${view.short} ${at[view.key]}`
    axis.append(mark)
  }
  item.append(line, axis)
  return item
}

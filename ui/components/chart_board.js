// Cards with a title, a sentence and a Plotly chart each, updated in place.
//
// sends: trigger "theme" light or dark, when the page's theme is not the one the figures were made for.
// data: { theme: light or dark, plotly: address of plotly.min.js, columns: most of them, cards: [{ key, glyph, colour, title, about, headline, sentence, footer,
//         alt, figure: { data, layout } }] }; every text may be empty. Streamlit's own chart element is built anew on
// every change of its data; here only what moved is drawn again.

const boards = new WeakMap()
const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } }
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: true }

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".board")
  let cards = boards.get(parentElement)
  if (!cards || data.cards.map((c) => c.key).join() !== [...cards.keys()].join()) {
    cards = new Map(data.cards.map((card) => [card.key, build(card)]))
    root.replaceChildren(...[...cards.values()].map((card) => card.root))
    root.dataset.columns = data.columns
    boards.set(parentElement, cards)
  }
  const theme = themeOf(root)
  if (theme !== data.theme && root.dataset.asked !== theme) {
    root.dataset.asked = theme
    setTriggerValue("theme", theme)
  } else if (theme === data.theme) delete root.dataset.asked

  const drawn = data.cards.map(async (card) => {
    const parts = cards.get(card.key)
    for (const name of ["headline", "sentence", "footer"]) {
      parts[name].textContent = card[name]
      parts[name].hidden = !card[name]
    }
    parts.chart.setAttribute("aria-label", card.alt)
    await draw(await library(data.plotly), parts, card.figure)
  })
  Promise.all(drawn).then(
    () => root.setAttribute("data-drawn", String(Number(root.dataset.drawn ?? 0) + 1)),
    (error) => console.error(error),
  )
  return () => cards.forEach(({ chart }) => window.Plotly?.purge(chart))
}

// Where the layout stays, traces that changed go in as an animation frame of no length: half the time of Plotly.react,
// which draws axes and labels anew. What is asked for while a chart is being drawn comes after it, the latest only.
async function draw(Plotly, parts, figure) {
  parts.next = figure
  if (parts.drawing) return parts.drawing
  parts.drawing = (async () => {
    while (parts.next) {
      const { data, layout } = parts.next
      parts.next = null
      const shape = JSON.stringify([layout, data.map((trace) => trace.name ?? trace.mode)])
      const traces = data.map((trace) => JSON.stringify(trace))
      if (shape === parts.shape) {
        const changed = traces.flatMap((trace, i) => (trace === parts.traces[i] ? [] : [i]))
        if (changed.length)
          await Plotly.animate(parts.chart, { data: changed.map((i) => data[i]), traces: changed }, AT_ONCE)
      } else await Plotly.react(parts.chart, data, layout, CONFIG)
      Object.assign(parts, { shape, traces })
    }
  })().finally(() => { parts.drawing = null })
  return parts.drawing
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

let loading
function library(address) {
  if (window.Plotly) return window.Plotly
  loading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: address })
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => reject(new Error(`The chart library did not load from ${address}`))
    document.head.append(script)
  })
  return loading
}

function build(card) {
  const root = element("section", { className: "card" })
  root.dataset.key = card.key
  if (card.title) {
    const head = element("div", { className: "head" })
    const glyph = element("span", { className: "glyph", textContent: card.glyph })
    glyph.style.color = card.colour
    glyph.setAttribute("aria-hidden", "true")
    head.append(glyph, element("h3", { textContent: card.title }))
    root.append(head)
    if (card.about) {
      const about = element("p", { className: "about", textContent: card.about, hidden: true })
      const ask = element("button", { type: "button", textContent: "?" })
      ask.setAttribute("aria-label", `What ${card.title} assumes`)
      ask.setAttribute("aria-expanded", "false")
      ask.onclick = () => {
        about.hidden = !about.hidden
        ask.setAttribute("aria-expanded", String(!about.hidden))
      }
      head.append(ask)
      root.append(about)
    }
  }
  const headline = element("p", { className: "headline" })
  const sentence = element("p", { className: "sentence" })
  const chart = element("div", { className: "chart" })
  chart.setAttribute("role", "img")
  const footer = element("p", { className: "footer" })
  root.append(headline, sentence, chart, footer)
  return { root, headline, sentence, chart, footer }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

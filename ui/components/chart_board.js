// Cards with a title, a sentence and a Plotly chart each, updated in place.
//
// data: { plotly: address of plotly.min.js, cards: [{ key, glyph, colour, title, about, headline, sentence, footer,
//         alt, figure: { data, layout } }] }; every text may be empty. Streamlit's own chart element is built anew on
// every change of its data; here Plotly.react changes only what moved.

const boards = new WeakMap()
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: true }

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".board")
  let cards = boards.get(parentElement)
  if (!cards || data.cards.map((c) => c.key).join() !== [...cards.keys()].join()) {
    cards = new Map(data.cards.map((card) => [card.key, build(card)]))
    root.replaceChildren(...[...cards.values()].map((card) => card.root))
    root.dataset.count = data.cards.length
    boards.set(parentElement, cards)
  }
  const drawn = data.cards.map(async (card) => {
    const parts = cards.get(card.key)
    for (const name of ["headline", "sentence", "footer"]) {
      parts[name].textContent = card[name]
      parts[name].hidden = !card[name]
    }
    parts.chart.setAttribute("aria-label", card.alt)
    const Plotly = await library(data.plotly)
    await Plotly.react(parts.chart, card.figure.data, card.figure.layout, CONFIG)
  })
  Promise.all(drawn).then(
    () => root.setAttribute("data-drawn", String(Number(root.dataset.drawn ?? 0) + 1)),
    (error) => console.error(error),
  )
  return () => cards.forEach(({ chart }) => window.Plotly?.purge(chart))
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

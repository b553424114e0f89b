// What tests/browser/drawn.py asks of a page, each a function by its name.

// Each chart is held against what the server answered last, against its data by counting, and against a twin that Plotly
// draws from the same data from nothing.
async function faults() {
  const found = unlikeTheAnswers()
  for (const chart of charts()) {
    const name = nameOf(chart)
    const points = chart.data.filter((t) => t.mode?.includes("markers")).reduce((n, t) => n + t.x.length, 0)
    const dots = chart.querySelectorAll(".scatterlayer .point").length
    if (points !== dots) found.push(`${name}: ${points} points in the data, ${dots} drawn`)
    const texts = [
      ...chart.data.filter((t) => t.mode?.includes("text")).flatMap((t) => t.text),
      ...(chart.layout.annotations ?? []).map((note) => note.text),
    ].map(plain).sort()
    const labels = [...chart.querySelectorAll(".textpoint text, .annotation-text")].map((t) => plain(t.textContent)).sort()
    if (texts.join() !== labels.join()) found.push(`${name}: the data say ${texts}, the labels ${labels}`)
    const [ours, theirs] = [drawing(chart), await asFromNothing(chart)]
    if (ours.length !== theirs.length) found.push(`${name}: ${ours.length} parts drawn instead of ${theirs.length}`)
    ours.forEach((part, i) => {
      if (part !== theirs[i]) found.push(`${name}: part ${i} is ${part}, and should be ${theirs[i]}`)
    })
  }
  return found
}

const charts = () => [...document.querySelectorAll(".js-plotly-plot")].filter((chart) => chart.clientWidth && chart.data)
const nameOf = (chart) => chart.closest(".card").dataset.key
const plain = (text) => text.replace(/<[^>]*>/g, "").trim()

// Charts that follow a thumb and do not hold the figure that the server gave last, as NOTE_ANSWERS has noted it.
function unlikeTheAnswers() {
  const cards = Object.values(window.boards?.answers ?? {}).flatMap((answer) => answer.cards)
  return charts().flatMap((chart) => {
    const card = cards.find(({ key }) => key === nameOf(chart))
    if (!card) return []
    const narrow = matchMedia(`(width < ${card.below}px)`).matches
    const wanted = (narrow && card.small?.data) || card.figure.data
    return wanted.flatMap((trace, i) =>
      JSON.stringify(trace) === JSON.stringify(chart.data[i]) ? [] : [`${card.key}: “${trace.name}” is not the answer's`],
    )
  })
}

// A text for each trace, label and shape: where its points, lines, areas, bars and letters stand.
function drawing(chart) {
  const where = (part) => part.getAttribute("transform") ?? part.querySelector("path")?.getAttribute("d")
  const traces = [...chart.querySelectorAll(".scatterlayer .trace, .barlayer .trace")].map((trace) => {
    const all = (selector, told) => [...trace.querySelectorAll(selector)].map(told)
    return [
      ...all(".point", where),
      ...all(".js-line, .js-fill, .xerror, .yerror", (path) => path.getAttribute("d")),
      ...all(".textpoint text", (text) => [text.textContent, text.getAttribute("x"), text.getAttribute("y")].join(" ")),
    ].join("\n")
  })
  const notes = [...chart.querySelectorAll(".annotation-text-g")].map((g) => `${g.textContent} ${g.getAttribute("transform")}`)
  return [...traces, ...notes, ...[...chart.querySelectorAll(".shapelayer path")].map((path) => path.getAttribute("d"))]
}

async function asFromNothing({ data, layout, clientWidth, clientHeight }) {
  const twin = document.createElement("div")
  const [width, height] = [`${clientWidth}px`, `${clientHeight}px`]
  Object.assign(twin.style, { position: "fixed", left: 0, top: 0, visibility: "hidden", width, height })
  document.body.append(twin)
  await Plotly.newPlot(twin, structuredClone(data), structuredClone(layout), { displayModeBar: false })
  const found = drawing(twin)
  Plotly.purge(twin)
  twin.remove()
  return found
}

// The strip's dots and markers: middle and colour.
function dots() {
  const chart = document.querySelector('.card[data-key="strip"] .chart')
  const groups = chart.querySelectorAll(".subplot.xy .scatterlayer .trace")
  return chart.data.filter(({ xaxis }) => xaxis !== "x2").flatMap(({ name, opacity, marker }, i) => {
    if (!/worlds$|^middle$/.test(name) || opacity === 0) return []
    return [...groups[i].querySelectorAll(".point")].map((point, k) => {
      const { left, right, top, bottom } = point.getBoundingClientRect()
      return { x: (left + right) / 2, y: (top + bottom) / 2, colour: Array.isArray(marker.color) ? marker.color[k] : marker.color }
    }).filter(({ colour }) => !colour.endsWith(",0)")) // what cannot be seen where nothing is moved
  })
}

// No run, no replay, no question to the server, and nothing drawn for a quarter of a second.
function still() {
  if (!window.drawings) {
    window.drawings = new MutationObserver((all) => {
      if (all.some(({ target }) => target.closest?.(".js-plotly-plot"))) window.stillSince = performance.now()
    })
    const attributeFilter = ["d", "transform"]
    window.drawings.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter })
  }
  const app = document.querySelector('[data-testid="stApp"]').dataset
  const boards = [...document.querySelectorAll(".board, .pictures")]
  const drawn = boards.map(({ dataset }) => `${dataset.drawn} ${dataset.replaying}`).join()
  const busy = app.testScriptState !== "notRunning" || app.testConnectionState !== "CONNECTED" || window.boards?.open
  const open = boards.some(({ dataset }) => !dataset.drawn)
  const fits = (chart) => {
    const picture = chart.querySelector(".main-svg")
    return !picture || Math.abs(picture.clientWidth - chart.clientWidth) < 3
  }
  if (busy || open || window.drawnBefore !== drawn || !charts().every(fits)) {
    window.drawnBefore = drawn
    window.stillSince = performance.now()
  }
  const rested = performance.now() - window.stillSince
  return rested > 250 && (rested > 5000 || !unlikeTheAnswers().length) // a busy machine draws late; 5 s is a fault
}

// What tests/browser/drawn.py asks of a page, each a function by its name.

// Each chart is held against its data by counting, and against a twin that Plotly draws from the same data from nothing.
async function faults() {
  const found = []
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const name = chart.closest(".card").dataset.key
    const points = chart.data.filter((t) => t.mode?.includes("markers")).reduce((n, t) => n + t.x.length, 0)
    const dots = chart.querySelectorAll(".scatterlayer .point").length
    if (points !== dots) found.push(`${name}: ${points} points in the data, ${dots} drawn`)
    const texts = chart.data.filter((t) => t.mode?.includes("text")).flatMap((t) => t.text).map(plain).sort()
    const labels = [...chart.querySelectorAll(".textpoint text")].map((t) => plain(t.textContent)).sort()
    if (texts.join() !== labels.join()) found.push(`${name}: the data say ${texts}, the labels ${labels}`)
    const [ours, theirs] = [drawing(chart), await asFromNothing(chart)]
    if (ours.length !== theirs.length) found.push(`${name}: ${ours.length} traces drawn instead of ${theirs.length}`)
    ours.forEach((trace, i) => {
      if (trace !== theirs[i]) found.push(`${name}: trace ${i} is ${trace}, and should be ${theirs[i]}`)
    })
  }
  return found
}

const plain = (text) => text.replace(/<[^>]*>/g, "").trim()

// A text for each trace: where its points, lines, areas, bars and labels stand.
function drawing(chart) {
  const where = (part) => part.getAttribute("transform") ?? part.querySelector("path")?.getAttribute("d")
  return [...chart.querySelectorAll(".scatterlayer .trace, .barlayer .trace")].map((trace) => {
    const all = (selector, told) => [...trace.querySelectorAll(selector)].map(told)
    return [
      ...all(".point", where),
      ...all(".js-line, .js-fill, .xerror, .yerror", (path) => path.getAttribute("d")),
      ...all(".textpoint text", (text) => [text.textContent, text.getAttribute("x"), text.getAttribute("y")].join(" ")),
    ].join("\n")
  })
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

// The dots in sight: middle and colour.
function dots() {
  return [...document.querySelectorAll(".js-plotly-plot")].flatMap((chart) => {
    const { marker } = chart.data.find((t) => t.mode === "markers") ?? {}
    return [...chart.querySelectorAll(".scatterlayer .point")].map((point) => {
      const { left, right, top, bottom } = point.getBoundingClientRect()
      return { x: (left + right) / 2, y: (top + bottom) / 2, colour: marker.color }
    }).filter(({ x, y }) => document.elementFromPoint(x, y)?.closest(".chart") === chart)
  })
}

// No run, no replay, and nothing drawn for a quarter of a second.
function still() {
  const app = document.querySelector('[data-testid="stApp"]').dataset
  const boards = [...document.querySelectorAll(".board")]
  const drawn = boards.map(({ dataset }) => `${dataset.drawn} ${dataset.replaying}`).join()
  const busy = app.testScriptState !== "notRunning" || app.testConnectionState !== "CONNECTED"
  if (busy || window.drawnBefore !== drawn) {
    window.drawnBefore = drawn
    window.stillSince = performance.now()
  }
  return performance.now() - window.stillSince > 250
}

// Drawing a Plotly figure into `parts` { chart, drawing, next, shape, traces }, three ways: from nothing, with new data,
// and lightly while a thumb moves. Sent to the browser together with chart_board.js.

const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } }
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: true }

let loading // the promise of Plotly's script, once for the page
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

// Where the layout stays, traces that changed go in as an animation frame of no length: half the time of Plotly.react,
// which draws axes and labels anew. What is asked for while a chart is being drawn comes after it, the latest only.
async function drawFigure(Plotly, parts, figure) {
  parts.next = figure
  if (parts.drawing) return parts.drawing
  parts.drawing = (async () => {
    while (parts.next) {
      const { data, layout } = parts.next
      const shape = shapeOf(parts.next)
      parts.next = null
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

// Another layout or other traces need a new drawing; other numbers do not.
function shapeOf({ data, layout }) {
  return JSON.stringify([layout, data.map((trace) => [trace.name ?? trace.mode, trace.x.length > 0])])
}

// While a thumb moves, Plotly's own redrawing (20 ms a chart, nearly all of it checking of settings) is too slow for ten
// pictures a second. So the paths that Plotly drew are given new places on its own axes. Whatever does not fit (another
// layout, a trace that was not there) is left to Plotly, which also draws what stays when the thumb rests.
function redrawLightly(parts, figure) {
  const { chart } = parts
  if (parts.drawing || shapeOf(figure) !== parts.shape) return false
  const full = chart._fullLayout
  const moves = []
  for (const [i, trace] of figure.data.entries()) {
    const text = JSON.stringify(trace)
    if (text === parts.traces[i]) continue
    const drawn = chart.querySelector(`.trace${chart._fullData[i].uid}`)
    const axes = [trace.xaxis ?? "x", trace.yaxis ?? "y"].map((id) => full[`${id[0]}axis${id.slice(1)}`])
    const move = drawn && MOVES[trace.mode]?.(trace, drawn, place(trace, ...axes))
    if (!move) return false
    moves.push([move, i, text])
  }
  for (const [move, i, text] of moves) {
    move()
    parts.traces[i] = `lightly: ${text}` // so that Plotly draws it anew, even if nothing changes any more
  }
  return true
}

const place = (trace, xaxis, yaxis) => (i) => [xaxis.l2p(trace.x[i]), yaxis.l2p(trace.y[i])]
const path = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`

// By the mode of a trace: how its drawing is moved, or nothing if the drawing has other parts than the data.
const MOVES = {
  none(trace, drawn, at) {
    const fill = drawn.querySelector(".js-fill")
    return fill && (() => fill.setAttribute("d", `${path(trace.x.map((_, i) => at(i)))}Z`))
  },
  lines(trace, drawn, at) {
    const runs = [[]]
    trace.x.forEach((x, i) => (x === null ? runs.push([]) : runs.at(-1).push(at(i))))
    const filled = runs.filter((run) => run.length)
    const lines = [...drawn.querySelectorAll(".js-line")]
    return lines.length === filled.length && (() => lines.forEach((line, i) => line.setAttribute("d", path(filled[i]))))
  },
  markers(trace, drawn, at) {
    const points = [...drawn.querySelectorAll(".point")]
    if (points.length !== trace.x.length || trace.error_x) return null
    return () => points.forEach((point, i) => point.setAttribute("transform", `translate(${at(i).join(",")})`))
  },
  text(trace, drawn, at) {
    const labels = [...drawn.querySelectorAll("text")]
    if (labels.length !== trace.x.length) return null
    return () => labels.forEach((label, i) => {
      label.setAttribute("y", at(i)[1])
      label.textContent = trace.text[i].replace(/<[^>]*>/g, "")
      label.style.fontWeight = trace.text[i].startsWith("<b>") ? "bold" : "normal"
    })
  },
}

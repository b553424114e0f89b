// Drawing Plotly figures by Plotly's public calls only: what Plotly made in the page is never touched by hand.
// Sent to the browser together with chart_board.js.

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: true }

let loading // the promise of Plotly's script, once for the page
function library(address) {
  if (window.Plotly) return window.Plotly
  loading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: address })
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      loading = null // another try may find it
      reject(new Error(`The chart library did not load from ${address}`))
    }
    document.head.append(script)
  })
  return loading
}

// Draws a figure into `parts` { chart, drawing, next, drawn, width, height }. What is asked for while a chart is being drawn
// comes after it, the latest only; a figure that stands there already costs nothing.
async function drawFigure(Plotly, parts, figure) {
  parts.next = figure
  parts.drawing ??= (async () => {
    while (parts.next) {
      const { data, layout } = parts.next
      const drawn = JSON.stringify(parts.next)
      parts.next = null
      if (drawn === parts.drawn) continue
      if (!parts.drawn) Object.assign(parts, { width: parts.chart.clientWidth, height: parts.chart.clientHeight })
      await Plotly.react(parts.chart, data, layout, CONFIG) // later ones keep the size of the first, or of the last fit
      parts.drawn = drawn
    }
  })().finally(() => {
    parts.drawing = null
    fitFigure(Plotly, parts)
  })
  return parts.drawing
}

// Plotly hears of the window's size only, not of a side bar that goes or a page that is turned.
function fitFigure(Plotly, parts) {
  const { chart, drawn, drawing, width, height, gone } = parts
  if (!drawn || drawing || gone || !chart.clientWidth) return
  if (Math.abs(width - chart.clientWidth) < 2 && Math.abs(height - chart.clientHeight) < 2) return
  const size = { width: chart.clientWidth, height: chart.clientHeight }
  Plotly.Plots.resize(chart).then(() => Object.assign(parts, size)).catch(() => {}) // it is lost if a drawing comes first
}

// A figure on its way from one to another: numbers in between, all else as in the second.
function between(from, to, share) {
  if (typeof to === "number" && typeof from === "number") return from + (to - from) * share
  if (Array.isArray(to)) {
    if (!Array.isArray(from) || from.length !== to.length) return to
    return to.map((item, i) => between(from[i], item, share))
  }
  if (!to || !from || typeof to !== "object" || typeof from !== "object") return to
  return Object.fromEntries(Object.entries(to).map(([key, value]) => [key, between(from[key], value, share)]))
}

// Axes that are the same in every picture of the page; widened where numbers ask for it, and never narrowed.
const AXES = { level: "yaxis", shift: "xaxis" }
const WIDEST = {}

function rangeOf(figure, scale) {
  return scale ? figure.layout[AXES[scale]].range : []
}

function widened(figure, scale) {
  if (!scale) return figure
  const [low, high] = rangeOf(figure, scale)
  const [least, most] = WIDEST[scale] ?? [low, high]
  const range = WIDEST[scale] = [Math.min(low, least), Math.max(high, most)]
  const axis = AXES[scale]
  return { ...figure, layout: { ...figure.layout, [axis]: { ...figure.layout[axis], range } } }
}

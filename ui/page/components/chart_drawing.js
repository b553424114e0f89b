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

// Draws a figure into `parts` { chart, drawing, next, drawn, width }. What is asked for while a chart is being drawn
// comes after it, the latest only; a figure that stands there already costs nothing.
async function drawFigure(Plotly, parts, figure) {
  parts.next = figure
  parts.drawing ??= (async () => {
    while (parts.next) {
      const { data, layout } = parts.next
      const drawn = JSON.stringify(parts.next)
      parts.next = null
      if (drawn === parts.drawn) continue
      await Plotly.react(parts.chart, data, layout, CONFIG)
      Object.assign(parts, { drawn, width: parts.chart.clientWidth })
    }
  })().finally(() => { parts.drawing = null })
  return parts.drawing
}

// Plotly hears of the window's size only, not of a side bar that goes or a page that is turned.
function fitFigure(Plotly, parts) {
  const { chart, drawn, drawing, width } = parts
  if (!drawn || drawing || !chart.clientWidth || Math.abs(width - chart.clientWidth) < 2) return
  parts.width = chart.clientWidth
  Plotly.Plots.resize(chart)
}

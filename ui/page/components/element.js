// Sent to the browser together with slider_bank.js, range_bank.js and chart_board.js.

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

// Opens a source card in place; source_links.js hears it.
function askForCard(name) {
  window.dispatchEvent(new CustomEvent("source-card", { detail: { name } }))
}

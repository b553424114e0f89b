// The headlines of a board in one line, for narrow pages, where cards stand below one another and the side bar covers
// them. Sent to the browser together with chart_board.js, which tells the headlines, and slider_bank.js, which hears them.

// items: [{ glyph, colour, short, headline }]; the window keeps the latest for a component that comes later.
function tellHeadlines(items) {
  window.strategicTriangleHeadlines = items
  window.dispatchEvent(new CustomEvent("headlines-shown", { detail: items }))
}

// Fills a list; the number alone is enough beside a name.
function showHeadlines(list, items) {
  list.hidden = !items.length
  list.replaceChildren(...items.map(({ glyph, colour, short, headline }) => {
    const mark = Object.assign(document.createElement("span"), { textContent: glyph })
    mark.style.color = colour
    mark.setAttribute("aria-hidden", "true")
    const value = Object.assign(document.createElement("b"), { textContent: headline.replace(/ points?$/, "").replace(/^No shift$/, "0") })
    const item = document.createElement("li")
    item.append(mark, ` ${short} `, value)
    return item
  }))
}

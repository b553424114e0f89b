// Scrolling regions that Streamlit leaves out of the tab order: long drawers without a control, wide tables on a phone.
// A reader who has no mouse could not scroll them. They get a place in the tab order for as long as they scroll. And the
// other way round: a closed side bar lies outside the screen but keeps its place in the tab order, so it is made inert.
// A place to drop a file has a name but says that it is none; it is a group.
//
// And the back button: of an opened page the browser may keep two entries, one without a query and one in full, as
// Streamlit's messages happen to meet. Whoever goes back or forward to the first is taken one entry further the same way.
//
// data: { what: CSS selector, number: grows with each time that a reader opened something }; that is brought into view.

const REGIONS = '[data-testid="stTable"] > div, [data-testid="stCode"] pre, [role="dialog"], [role="dialog"] div'
const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]:not([tabindex='-1'])"
const PATIENCE = 3000 // milliseconds
const marked = new Set()
let brought = 0 // the number that was followed last

window.navigation?.addEventListener("currententrychange", ({ navigationType, from }) => {
  const way = Math.sign(window.navigation.currentEntry.index - from.index)
  if (navigationType === "traverse" && !window.location.search) window.history.go(way)
})

export default function ({ data }) {
  if (data.number > brought) bring(data.what, performance.now() + PATIENCE)
  brought = data.number
  let frame
  const look = () => { frame ??= requestAnimationFrame(() => { frame = null; mark() }) }
  const watch = new MutationObserver(look)
  watch.observe(document.body, { subtree: true, childList: true })
  window.addEventListener("resize", look)
  document.fonts.addEventListener("loadingdone", look) // a table may grow wider than its place with its letters
  mark()
  return () => {
    watch.disconnect()
    window.removeEventListener("resize", look)
    document.fonts.removeEventListener("loadingdone", look)
  }
}

// Scrolls to what was opened as soon as it is there.
function bring(what, until) {
  const found = document.querySelector(what)
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  if (found) {
    for (let box = found.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
    found.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" })
  } else if (performance.now() < until) requestAnimationFrame(() => bring(what, until))
}

function mark() {
  const sideBar = document.querySelector('[data-testid="stSidebar"]')
  if (sideBar) sideBar.inert = Boolean(document.querySelector('[data-testid="stExpandSidebarButton"]'))
  for (const zone of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]'))
    zone.setAttribute("role", "group")
  for (const region of document.querySelectorAll(REGIONS)) {
    const needs = scrolls(region) && !region.querySelector(FOCUSABLE)
    if (needs && !region.hasAttribute("tabindex")) {
      region.tabIndex = 0
      marked.add(region)
    } else if (!needs && marked.delete(region)) region.removeAttribute("tabindex")
  }
}

function scrolls(element) {
  const { overflowX, overflowY } = getComputedStyle(element)
  const free = (overflow) => overflow === "auto" || overflow === "scroll"
  return (
    (free(overflowX) && element.scrollWidth > element.clientWidth) ||
    (free(overflowY) && element.scrollHeight > element.clientHeight)
  )
}

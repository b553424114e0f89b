// Scrolls to an element of the page once it is there.
//
// data: { what: CSS selector, number: grows with each time that a reader opened something }

const seen = new WeakMap()
const PATIENCE = 3000 // milliseconds

export default function ({ data, parentElement }) {
  const before = seen.get(parentElement)
  seen.set(parentElement, data.number)
  if (before === undefined || data.number <= before || !data.what) return
  const until = performance.now() + PATIENCE
  const look = () => {
    const found = document.querySelector(data.what)
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches
    if (found) found.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" })
    else if (performance.now() < until) requestAnimationFrame(look)
  }
  look()
}

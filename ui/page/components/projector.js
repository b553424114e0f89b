// What needs no answer of the server: a black screen, the full screen, and the site's navigation out of the way.
//
// data: { singles: whether keys without Control are listened to }
//
// The navigation goes three seconds after the mouse came to rest, and is back when it moves, when a finger touches the
// top of the screen, or with Escape. So Escape first ends what hides something; only then is it the page's own key.

const REST = 3000 // milliseconds without a mouse
const TOP = 100 // pixels
const projectors = new WeakMap()

export default function (component) {
  const { data, parentElement } = component
  if (!projectors.has(parentElement)) projectors.set(parentElement, new Projector(parentElement.querySelector(".projector")))
  const projector = projectors.get(parentElement)
  projector.singles = data.singles
  projector.start()
  return () => projector.stop()
}

class Projector {
  constructor(root) {
    this.black = root.querySelector(".black")
    this.at = {}
  }

  start() {
    if (this.listening) return
    this.listening = new AbortController()
    const how = { capture: true, signal: this.listening.signal } // before the keys of the page hear of it
    addEventListener("keydown", (event) => this.press(event), how)
    addEventListener("pointermove", (event) => this.move(event), { ...how, passive: true })
    addEventListener("pointerdown", (event) => this.touch(event), how)
    this.wake()
  }

  stop() {
    this.listening?.abort()
    this.listening = null
    clearTimeout(this.waiting)
    this.black.hidden = true
    delete document.documentElement.dataset.quiet
  }

  get quiet() {
    return "quiet" in document.documentElement.dataset
  }

  wake() {
    delete document.documentElement.dataset.quiet
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => { document.documentElement.dataset.quiet = "" }, REST)
  }

  // A page that changes below a mouse at rest tells of a move to where it is.
  move({ clientX: x, clientY: y, pointerType }) {
    const moved = x !== this.at.x || y !== this.at.y
    this.at = { x, y }
    if (moved && (pointerType === "mouse" || y < TOP)) this.wake()
  }

  touch(event) {
    if (!this.black.hidden) return this.end(event)
    if (event.clientY < TOP) this.wake()
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!this.black.hidden) return this.end(event)
    if (event.key === "Escape" && this.quiet && !isTaken(event)) {
      event.preventDefault()
      return this.wake()
    }
    const key = event.key.toLowerCase()
    if (!this.singles || !["b", ".", "f"].includes(key) || isTaken(event)) return
    event.preventDefault()
    if (key !== "f") this.black.hidden = false
    else if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen().catch(console.warn) // a browser may refuse it
  }

  // Whatever is pressed while the screen is black does nothing else.
  end(event) {
    event.preventDefault()
    event.stopPropagation()
    this.black.hidden = true
  }
}

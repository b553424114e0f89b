// A ring that follows mouse, pen and finger over the whole window.
//
// data: { on }
// Where the mouse was last is known before the ring is switched on. A finger leaves the ring where it pointed; a mouse
// takes it along when it leaves the window. Readers who asked for less motion get no trail.

const TRAIL = 24 // pixels between two dots of the trail
const rings = new WeakMap()
let last = null // { x, y } of the mouse; of the module, because a page that comes back builds a new ring

addEventListener("pointermove", ({ clientX: x, clientY: y }) => { last = { x, y } }, { capture: true, passive: true })

export default function (component) {
  const { data, parentElement } = component
  if (!rings.has(parentElement)) rings.set(parentElement, new Ring(parentElement.querySelector(".ring")))
  const ring = rings.get(parentElement)
  if (data.on) ring.turnOn()
  else ring.turnOff()
  return () => ring.turnOff()
}

class Ring {
  constructor(root) {
    this.root = root
    this.calm = matchMedia("(prefers-reduced-motion: reduce)")
  }

  turnOn() {
    if (this.listening) return
    this.listening = new AbortController()
    const how = { capture: true, passive: true, signal: this.listening.signal }
    const follow = ({ clientX: x, clientY: y }) => this.show({ x, y })
    addEventListener("pointermove", follow, how)
    addEventListener("pointerdown", follow, how)
    addEventListener("pointercancel", () => this.hide(), how) // the finger scrolls
    const leave = (event) => event.pointerType !== "touch" && this.hide()
    document.documentElement.addEventListener("pointerleave", leave, { signal: this.listening.signal })
    this.show(last ?? { x: innerWidth / 2, y: innerHeight / 2 })
  }

  turnOff() {
    this.listening?.abort()
    this.listening = null
    this.hide()
  }

  hide() {
    this.root.hidden = true
  }

  show(at) {
    if (this.root.hidden) this.dotted = at
    else if (Math.hypot(at.x - this.dotted.x, at.y - this.dotted.y) > TRAIL) this.dot(at)
    this.root.hidden = false
    move(this.root, at)
  }

  dot(at) {
    this.dotted = at
    if (this.calm.matches) return
    const dot = document.createElement("div")
    dot.className = "dot"
    dot.setAttribute("aria-hidden", "true")
    move(dot, at)
    this.root.before(dot)
    dot.animate({ opacity: [0.6, 0] }, 450).finished.finally(() => dot.remove())
  }
}

function move(element, { x, y }) {
  element.style.translate = `${x}px ${y}px`
}

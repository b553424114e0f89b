// A first visit in a few steps: a card that is not modal, and a ring around what a step is about.
//
// data: { steps: [{ title, text, target }], again }; target is a selector, its first visible match gets the ring.
// It opens when `again` has grown, never by itself: it would stand over what a reader came to see.

const EDGE = 80 // pixels from the top of the window to where a target is scrolled: the page's header and some air
const tours = new WeakMap()
let answered = 0 // the `again` that was followed last; of the module, since going to another page unmounts the tour

export default function (component) {
  const { data, parentElement } = component
  if (!tours.has(parentElement)) tours.set(parentElement, new Tour(parentElement))
  const tour = tours.get(parentElement)
  tour.steps = data.steps
  if (data.again > answered) tour.open()
  answered = data.again
  return () => tour.close()
}

class Tour {
  constructor(root) {
    const part = (selector) => root.querySelector(selector)
    this.card = part(".card")
    this.ring = part(".ring")
    this.space = part(".space")
    this.count = part(".count")
    this.title = part("h3")
    this.text = part(".text")
    this.next = part(".next")
    this.place = this.place.bind(this)
    this.remember = this.remember.bind(this)
    this.next.onclick = () => (this.step + 1 < this.steps.length ? this.go(this.step + 1) : this.close())
    part(".back").onclick = () => this.go(this.step - 1)
    part(".skip").onclick = () => this.close()
    this.card.onkeydown = (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      this.close()
    }
  }

  // A screen reader says what changes in an area it already knows, so the words come a moment after the card.
  open() {
    this.close()
    this.before = document.activeElement
    this.card.hidden = false
    this.space.classList.add("open")
    this.starting = setTimeout(() => {
      this.show(0)
      clearance(`${this.card.offsetHeight + 40}px`)
      addEventListener("scroll", this.place, { capture: true, passive: true })
      addEventListener("resize", this.place)
      addEventListener("focusin", this.remember)
      this.following = setInterval(this.place, 250) // the page also moves by itself: a chart drawn, a side bar opened
      this.next.focus({ preventScroll: true })
      this.bring()
    }, 100)
  }

  close() {
    clearTimeout(this.starting)
    clearInterval(this.following)
    removeEventListener("scroll", this.place, { capture: true })
    removeEventListener("resize", this.place)
    removeEventListener("focusin", this.remember)
    const within = this.card.matches(":focus-within")
    this.card.hidden = this.ring.hidden = true
    delete this.card.dataset.step
    this.space.classList.remove("open")
    clearance("")
    if (within) this.before?.focus({ preventScroll: true })
  }

  // Where the focus was before it came to the card, and goes back to; it may be inside another component.
  remember(event) {
    const [element] = event.composedPath()
    if (!this.card.contains(element)) this.before = element
  }

  go(step) {
    this.show(step)
    if (step === 0) this.next.focus({ preventScroll: true }) // Back, which may have had the focus, is gone
    this.bring()
  }

  show(step) {
    const { title, text } = this.steps[step]
    const last = step + 1 === this.steps.length
    this.step = step
    this.card.dataset.step = step + 1
    this.card.toggleAttribute("data-first", step === 0)
    this.card.toggleAttribute("data-last", last)
    this.count.textContent = `${step + 1} of ${this.steps.length}`
    this.title.textContent = title
    this.text.textContent = text
    this.next.textContent = last ? "Done" : "Next"
    this.place()
  }

  target() {
    return [...document.querySelectorAll(this.steps[this.step].target)].find((element) => {
      const box = element.getBoundingClientRect()
      return element.checkVisibility() && box.width && box.right > 0 && box.left < innerWidth
    })
  }

  // Scrolls a target that is out of sight or behind the card to the top of the window.
  bring() {
    const target = this.target()
    if (!target) return
    const { top, bottom } = target.getBoundingClientRect()
    if (top >= EDGE / 2 && bottom <= this.card.getBoundingClientRect().top) return
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth"
    scrollerOf(target)?.scrollBy({ top: top - EDGE, behavior })
  }

  // Lays the ring around the part of the target that is in sight.
  place() {
    const target = this.target()
    const box = target?.getBoundingClientRect()
    const view = target && scrollerOf(target)?.getBoundingClientRect()
    const left = Math.max(box?.left - 6, 3)
    const top = Math.max(box?.top - 6, view?.top ?? 0, 3)
    const right = Math.min(box?.right + 6, innerWidth - 3)
    const bottom = Math.min(box?.bottom + 6, innerHeight - 3)
    this.ring.hidden = !target || bottom - top < 12
    if (this.ring.hidden) return
    const place = { left, top, width: right - left, height: bottom - top }
    for (const [name, pixels] of Object.entries(place)) this.ring.style[name] = `${pixels}px`
  }
}

// What the Tab key reaches is scrolled out from behind the card.
function clearance(height) {
  for (const box of document.querySelectorAll('[data-testid="stMain"], [data-testid="stSidebarContent"]'))
    box.style.scrollPaddingBottom = height
}

function scrollerOf(element) {
  for (let box = element.parentElement; box; box = box.parentElement)
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box
  return null
}

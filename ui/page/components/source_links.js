// Source cards open where a reader asks for them: links to a card are followed in place, without leaving the page.
//
// hears: a click on a link whose address asks for a card (source=NAME), anywhere in the page, in a component or a dialog;
//        one that a reader opens beside the page, with a key or another button, stays a link; and
//        window event "source-card" { name }, by which a picture asks for one.
// data: { aside: CSS selector of what holds links that stay links, answered }
// sends: trigger "asked" { name, id }; data.answered is the id that the server heard last.

const listeners = new WeakMap()

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let listener = listeners.get(parentElement)
  if (!listener) {
    const post = new Post()
    listener = {
      post,
      follow(event) {
        const link = event.composedPath().find((element) => element.matches?.('a[href*="source="]'))
        const name = link && new URL(link.href).searchParams.get("source")
        if (!name || link.closest(listener.aside) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        post.send({ name })
      },
      open: (event) => post.send({ name: event.detail.name }),
    }
    listeners.set(parentElement, listener)
  }
  document.addEventListener("click", listener.follow, true) // once, however often it is said
  window.addEventListener("source-card", listener.open)
  listener.aside = data.aside
  listener.post.deliver = (message) => setTriggerValue("asked", message)
  listener.post.answered(data.answered)
  return () => {
    document.removeEventListener("click", listener.follow, true)
    window.removeEventListener("source-card", listener.open)
    listener.post.stop()
  }
}

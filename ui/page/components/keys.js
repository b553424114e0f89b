// Keyboard shortcuts of a page, without the hint that Streamlit's own puts on every button.
//
// data: { keys: ["Mod+z", "r", …], most, answered }; Mod is Control, or Command on a Mac; one character, or a key's name.
// sends: trigger "pressed" { keys: […], id }: what was pressed since the last answer, in order, at most so many at once,
//        so that no press is lost when they come faster than the server answers (data.answered is the id it heard last).

const listeners = new WeakMap()

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let listener = listeners.get(parentElement)
  if (!listener) {
    listener = { waiting: [], post: new Post() }
    listener.hear = (event) => {
      const keys = pressed(event)
      if (!listener.keys.includes(keys) || isTaken(event)) return
      event.preventDefault()
      listener.waiting.push(keys)
      flush(listener)
    }
    listeners.set(parentElement, listener)
  }
  document.addEventListener("keydown", listener.hear) // once, however often it is said
  listener.keys = data.keys
  listener.most = data.most
  listener.post.deliver = (message) => setTriggerValue("pressed", message)
  listener.post.answered(data.answered)
  flush(listener)
  return () => {
    document.removeEventListener("keydown", listener.hear)
    listener.post.stop()
  }
}

function flush({ post, waiting, most }) {
  if (!post.open && waiting.length) post.send({ keys: waiting.splice(0, most) })
}

function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? "" : key
  return `Mod+${event.shiftKey ? "Shift+" : ""}${key}`
}

// Keyboard shortcuts of a page, without the hint that Streamlit's own puts on every button.
//
// data: { keys: ["Mod+z", "r", …], answered }; Mod is Control, or Command on a Mac; one character, or the name of a key.
// sends: trigger "pressed" { keys: […], number }: what was pressed since the last answer, in order, so that no press is
//        lost when they come faster than the server answers (data.answered === number).
// Keys that a field, a slider, a menu or a dialog needs for itself are left to it.

const FIELDS = "input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]"
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab], [role=option], [role=menuitem], [role=combobox], [role=grid], canvas"
const listeners = new WeakMap()

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let listener = listeners.get(parentElement)
  if (!listener) {
    listener = { waiting: [], sent: 0, number: 0 }
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
  listener.send = (value) => setTriggerValue("pressed", value)
  listener.number = Math.max(listener.number, data.answered)
  if (data.answered >= listener.sent) listener.sent = 0
  flush(listener)
  return () => document.removeEventListener("keydown", listener.hear)
}

function flush(listener) {
  if (listener.sent || !listener.waiting.length) return
  listener.sent = ++listener.number
  listener.send({ keys: listener.waiting.splice(0), number: listener.sent })
}

function isTaken(event) {
  const at = event.composedPath()[0]
  if (event.repeat || event.defaultPrevented || at.matches?.(FIELDS)) return true
  if (document.querySelector("[role=dialog]")) return true
  return /^(Arrow|Home|End|Page)/.test(event.key) && at.matches?.(OWN_ARROWS)
}

function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? "" : key
  return `Mod+${event.shiftKey ? "Shift+" : ""}${key}`
}

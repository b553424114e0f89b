// Keyboard shortcuts of a page, without the hint that Streamlit's own puts on every button.
//
// data: { names: { "Mod+z": name } }; Mod is Control, or Command on a Mac; one character, or the name of a key.
// sends: trigger "pressed" name.
// Keys that a field, a slider, a menu or a dialog needs for itself are left to it.

const FIELDS = "input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]"
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab], [role=option], [role=menuitem], [role=combobox], [role=grid], canvas"
const listeners = new WeakMap()

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  document.removeEventListener("keydown", listeners.get(parentElement))
  const listen = (event) => {
    const at = event.composedPath()[0]
    if (event.defaultPrevented || at.matches?.(FIELDS) || document.querySelector("[role=dialog]")) return
    if (/^Arrow|^Home|^End/.test(event.key) && at.matches?.(OWN_ARROWS)) return
    const name = data.names[pressed(event)]
    if (!name || event.repeat) return
    event.preventDefault()
    setTriggerValue("pressed", name)
  }
  listeners.set(parentElement, listen)
  document.addEventListener("keydown", listen)
  return () => document.removeEventListener("keydown", listen)
}

function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? "" : key
  return `Mod+${event.shiftKey ? "Shift+" : ""}${key}`
}

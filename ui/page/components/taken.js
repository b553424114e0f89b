// Keys that a field, a slider, a menu or a dialog needs for itself are left to it.
// Sent to the browser together with keys.js and chart_board.js.

const FIELDS = "input:not([type=range]):not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]"
const OWN_ARROWS = "input, [role=slider], [role=radio], [role=tab], [role=option], [role=menuitem], [role=combobox], [role=grid], canvas"

function isTaken(event) {
  const at = event.composedPath()[0]
  if (event.repeat || event.defaultPrevented || at.matches?.(FIELDS)) return true
  if (document.querySelector("[role=dialog]")) return true
  return /^(Arrow|Home|End|Page)/.test(event.key) && at.matches?.(OWN_ARROWS)
}

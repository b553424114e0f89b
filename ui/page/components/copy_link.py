"""A button that copies the address bar, which always holds the whole scenario. Streamlit has none of its own."""

from __future__ import annotations

import streamlit as st

HTML = """
<button type="button" aria-live="polite"><span>Copy link</span></button>
"""

CSS = """
button {
  font: inherit; font-size: 0.95rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.4rem 0.9rem; min-height: 2.5rem; white-space: nowrap;
}
button:hover { border-color: var(--st-text-color); }
button:focus-visible { outline: 2px solid var(--st-link-color); outline-offset: 2px; }
@media print { button { display: none; } }
"""

# Outside https and localhost a browser offers no clipboard to pages; then the old command copies a selected text.
JS = """
export default function (component) {
  const button = component.parentElement.querySelector("button")
  const words = button.querySelector("span")

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
    const field = document.createElement("textarea")
    field.value = text
    field.setAttribute("readonly", "")
    field.style.position = "fixed"
    field.style.opacity = "0"
    document.body.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    if (!done) throw new Error("the browser refused")
  }

  let back
  function say(text, seconds) {
    words.textContent = text
    clearTimeout(back)
    back = setTimeout(() => { words.textContent = "Copy link" }, 1000 * seconds)
  }

  button.onclick = () => copy(window.location.href).then(
    () => say("Link copied", 2),
    () => say("Copy it from the address bar", 4),
  )
}
"""

_BUTTON = st.components.v2.component("copy_link", html=HTML, css=CSS, js=JS)


def copy_link() -> None:
    """Show the button."""
    _BUTTON(key="copy_link", width="content")

// Outside https and localhost a browser offers no clipboard to pages; then the old command copies a selected text.
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

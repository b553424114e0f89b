// Tabs at the foot of a narrow page, as radio buttons that page.css looks at.
//
// data: { tabs: { value: label }, first: which is chosen to begin with }

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector("fieldset")
  if (box.querySelector("input")) return
  for (const [value, text] of Object.entries(data.tabs)) {
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "phone-tab", value, checked: value === data.first })
    radio.onchange = () => document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 })
    const label = document.createElement("label")
    label.append(radio, Object.assign(document.createElement("span"), { textContent: text }))
    box.append(label)
  }
}

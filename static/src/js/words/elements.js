/** Making elements without markup in strings: the content security policy allows no inline anything. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/** An element; an attribute with the value false, null or undefined is left out, true makes it empty. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A button of NL Design System; `kind` is primary-action, secondary-action or subtle. */
export function button(text, kind, onClick, attributes = {}) {
  const made = element(
    "button",
    { type: "button", class: `utrecht-button utrecht-button--${kind}`, ...attributes },
    text,
  );
  made.addEventListener("click", onClick);
  return made;
}

import { svg } from "./elements.js";

/** An icon of the sprite, as decoration; nothing when the page names no sprite. */
export function icon(sprite, name, size = "") {
  if (!sprite) return "";
  const kind = size ? `portal-icon portal-icon--${size}` : "portal-icon";
  return svg("svg", { class: kind, "aria-hidden": "true" }, svg("use", { href: `${sprite}#${name}` }));
}

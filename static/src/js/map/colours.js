/** The colours of the map come from the stylesheet, so that a theme and dark mode change the canvas too. */

const NAMES = ["water", "land", "park", "built", "building", "street", "road", "rail", "path"];

/** {water: "#a9cbd8", ...} from the custom properties --map-* of the container. */
export function coloursOf(container) {
  const style = getComputedStyle(container);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
}

/** Calls back whenever the device goes from light to dark or back. */
export function onColourChange(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}

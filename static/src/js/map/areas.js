import L from "leaflet";
import { element } from "../words/elements.js";

/** Areas, each coloured by its `tone` (areas.css) and with its `words` where one points. Gives the layer. */
export function areaLayer(data) {
  const style = ({ properties }) => ({ className: `portal-map-area portal-map-area--${properties.tone}` });
  return L.geoJSON(data, { style, onEachFeature: tell });
}

function tell({ properties }, layer) {
  layer.bindTooltip(() => told(properties), { sticky: true });
  layer.on("add", () => layer.getElement()?.setAttribute("aria-hidden", "true")); // the table says the same
}

function told({ name, state, words }) {
  return element("div", {}, element("strong", {}, `${name}: ${state}`), element("br"), words);
}

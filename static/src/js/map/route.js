import L from "leaflet";
import { element } from "../words/elements.js";
import { namedIcon } from "./pin.js";

/** The stops of a walk, each with its number, and the route unless that is being drawn; the list beside it says the same. */
export function routeLayer(data, { withLine }) {
  return L.geoJSON(data, {
    filter: ({ properties }) => withLine || properties.kind === "stop",
    style: () => ({ className: "portal-route", weight: 5 }),
    pointToLayer: ({ properties }, at) => stopMarker(properties, at),
    onEachFeature: ({ properties }, layer) => {
      if (properties.kind === "stop") layer.bindPopup(() => told(properties));
    },
  });
}

function stopMarker({ number, name }, at) {
  const mark = element("span", { "aria-hidden": "true" }, String(number));
  return L.marker(at, { icon: namedIcon("portal-stop-mark", name, mark) });
}

function told({ name, remark }) {
  return element("div", {}, element("strong", {}, name), remark ? element("p", {}, remark) : "");
}

import L from "leaflet";
import { coloursOf, onColourChange } from "./colours.js";
import { BUILDINGS_FROM_ZOOM, beyondOf, styleOf } from "./style.js";

/**
 * The municipality's own background, drawn on a canvas below everything else: it needs no tiles from elsewhere.
 * The features come in the order in which they are drawn, each with a `kind` (style.js). The map has a view already.
 */
export function drawBackground(map, data) {
  map.createPane("background").classList.add("portal-background");
  const renderer = L.canvas({ pane: "background", padding: 0.5 });
  const layer = (wanted) =>
    L.geoJSON(data, {
      renderer,
      pane: "background",
      interactive: false,
      filter: ({ properties }) => properties.kind !== "place" && wanted(properties.kind),
      style: stylist(map),
    });
  const ground = layer((kind) => kind !== "building").addTo(map);
  const buildings = layer((kind) => kind === "building");
  const showBuildings = () => {
    if (map.getZoom() >= BUILDINGS_FROM_ZOOM) buildings.addTo(map);
    else buildings.remove();
  };
  map.on("zoomend", () => {
    ground.setStyle(stylist(map));
    showBuildings();
  });
  onColourChange(() => [ground, buildings].forEach((part) => part.setStyle(stylist(map))));
  showBuildings();
  map.getContainer().dataset.beyond = beyondOf(data); // ground.css gives it its colour
}

/** The style of any feature at the zoom and in the colours of this moment. */
function stylist(map) {
  const now = {
    zoom: map.getZoom(),
    latitude: map.getCenter().lat,
    colours: coloursOf(map.getContainer()),
  };
  return ({ properties, geometry }) => styleOf(properties.kind, geometry.type.endsWith("LineString"), now);
}

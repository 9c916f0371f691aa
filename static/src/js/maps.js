/**
 * Every map of the portal: all elements with data-map. What such an element may ask for, in data attributes:
 * boundaries, base, reports, areas and route (addresses of GeoJSON), view (the address of reports that the server clusters for
 * what is in view, with the link data-list-of="id of the map" to the same in the list), tiles (a template of an address) with attribution, lat, lon
 * and zoom, bounds ("west,south,east,north"), pin ("52.1,5.2"), picker ("id_lat,id_lon"), drawing ("id_route"), sprite (the icons) and labels.
 *
 * Texts in data-labels, with their English source:
 *   map: Map
 *   zoom_in: Zoom in
 *   zoom_out: Zoom out
 *   pin: The pin. Drag it to the right place.
 *   pin_fixed: The place
 *   pin_middle: Put the pin in the middle of the map
 *   picker_help: Tap the map to put the pin. With a keyboard: move the map with the arrow keys and press Enter, or
 *     use the button below it.
 *   cluster: %(count)s reports close together. Zoom in.
 *   cluster_list: %(count)s reports at one place. Show them in the list.
 *   report: %(category)s, %(status)s: %(title)s
 *   report_link: View report %(number)s
 *   close: Close
 *   failed: The reports can't be shown on the map now. They are in the list.
 */
import { PortalMap } from "./map/portal_map.js";

function startMaps() {
  for (const container of document.querySelectorAll("[data-map]:not([data-started])")) {
    container.dataset.started = "";
    // Before that there is nothing to see: without this script the page has no map at all.
    container.closest(".portal-map-box")?.removeAttribute("hidden");
    new PortalMap(container).start();
  }
}

startMaps();
// A part of the page that was renewed may bring a map.
document.addEventListener("htmx:afterSwap", startMaps);

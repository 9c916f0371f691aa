import L from "leaflet";
import "leaflet.markercluster";
import { element } from "../words/elements.js";
import { clusterIcon, reportIcon } from "./pin.js";

/** Reports as markers, those near each other as one with their number. Gives the layer. */
export function reportLayer({ data, labels, sprite, calm }) {
  const layer = L.markerClusterGroup({
    animate: !calm,
    showCoverageOnHover: false,
    maxClusterRadius: 50,
    iconCreateFunction: (cluster) => {
      const count = cluster.getChildCount();
      return clusterIcon(labels.say("cluster", { count }), count);
    },
  });
  for (const { geometry, properties } of data.features) {
    const [lon, lat] = geometry.coordinates;
    layer.addLayer(marker([lat, lon], properties, { labels, sprite }));
  }
  return layer;
}

function marker(place, report, { labels, sprite }) {
  const name = labels.say("report", {
    category: report.category,
    status: report.status_label,
    title: report.title,
  });
  const icon = reportIcon({ name, tone: report.tone, icon: report.icon, sprite });
  const made = L.marker(place, { icon, riseOnHover: true });
  return made.bindPopup(() => told(report, labels), { autoPanPadding: [16, 16], maxWidth: 260 });
}

function told(report, labels) {
  const link = labels.say("report_link", { number: report.number });
  return element(
    "div",
    { class: "portal-popup" },
    element("p", { class: "portal-popup__title" }, report.title),
    element("p", { class: "portal-popup__state" }, `${report.category}, ${report.status_label}`),
    element("a", { href: report.url }, link),
  );
}

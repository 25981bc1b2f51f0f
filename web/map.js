// map.js: the map of places under oversight. Data come from our own server only; the base is drawn from the
// imported districts, so the map works without Internet. Points are clustered on the server.
// Leaflet is loaded before this module by the page and is the global L (its ES-module file is three times larger).
const L = /** @type {any} */ (globalThis).L;

// What every name ends with ("ауданы", "район") tells nothing on a map.
/** @param {string[]} names */
function short(names) {
  const ending = names[0]?.match(/ \S+$/)?.[0] ?? "";
  return names.length > 1 && ending && names.every((name) => name.endsWith(ending)) ? names.map((name) => name.slice(0, -ending.length)) : names;
}

/** @param {HTMLElement} box */
async function start(box) {
  const lang = document.documentElement.lang;
  const map = L.map(box, { zoomControl: true, attributionControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.25, zoomDelta: 1 });
  const style = getComputedStyle(box);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const districts = await (await fetch("/api/v1/districts.geojson")).json();
  // From below: districts, their names, the dots (Leaflet's overlay pane, 400), the numbers on them.
  map.createPane("districts").style.zIndex = "300";
  map.createPane("names").style.zIndex = "350";
  const base = L.geoJSON(districts, {
    interactive: false, pane: "districts",
    style: { color: colour("--map-line") || "#52706e", weight: 1.5, fillColor: colour("--map-fill") || "#dfeae8", fillOpacity: 0.55 },
  }).addTo(map);
  const names = short(districts.features.map((/** @type {any} */ feature) => feature.properties["name_" + lang] || feature.properties.name_kk));
  for (const [i, feature] of districts.features.entries()) {
    const [x, y] = feature.properties.label ?? [];
    if (x === undefined) continue;
    const name = document.createElement("span"); // an element, so that a name is never markup
    name.textContent = names[i];
    L.marker([y, x], { pane: "names", icon: L.divIcon({ className: "map-label", html: name, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(map);
  }
  if (districts.features.length) map.fitBounds(base.getBounds(), { padding: [8, 8] });
  else map.setView([43.24, 76.92], 11);

  const layer = L.layerGroup().addTo(map);
  let latest = 0;
  const refresh = async () => {
    const turn = ++latest;
    const b = map.getBounds();
    const query = new URLSearchParams({
      bbox: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((n) => n.toFixed(5)).join(","),
      zoom: String(Math.round(map.getZoom())), kind: box.dataset.kind ?? "",
    });
    const reply = await fetch("/api/v1/places.geojson?" + query);
    if (!reply.ok || turn !== latest) return;
    const places = await reply.json();
    if (turn !== latest) return;
    layer.clearLayers();
    for (const { geometry, properties } of places.features) {
      const at = [geometry.coordinates[1], geometry.coordinates[0]];
      const many = properties.count > 1;
      const dot = L.circleMarker(at, {
        radius: many ? Math.min(22, 9 + Math.log2(properties.count) * 2.4) : 7,
        color: colour("--map-dot-line") || "#ffffff", weight: 2, fillOpacity: 0.92,
        fillColor: (properties.findings ? colour("--map-dot-found") : colour("--map-dot")) || "#0b6b63",
      }).addTo(layer);
      if (many) {
        const number = document.createElement("span");
        number.textContent = String(properties.count);
        L.marker(at, { icon: L.divIcon({ className: "map-count", html: number, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(layer);
        dot.on("click", () => map.setView(at, map.getZoom() + 2));
      } else {
        const link = document.createElement("a");
        link.href = `/${lang}/places/${properties.id}`;
        link.textContent = properties["name_" + lang] || properties.name_kk;
        dot.bindPopup(link);
      }
    }
  };
  map.on("moveend", refresh);
  await refresh();
  box.dataset.ready = "yes"; // the browser tests wait for this
}

for (const box of document.querySelectorAll("[data-map]")) start(/** @type {HTMLElement} */ (box));

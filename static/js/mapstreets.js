/** The layers of a street pack in the Protomaps schema, in the colours of one of the map's looks. Pure. */

const ROADS = [
  { id: 'path', kinds: ['path', 'other'], from: 14, width: [[14, 0.5], [18, 2.5]], dash: [2, 1.4] },
  { id: 'minor', kinds: ['minor_road'], from: 12, width: [[12, 0.6], [15, 3], [18, 12]] },
  { id: 'medium', kinds: ['medium_road'], from: 10, width: [[10, 0.6], [14, 4], [18, 16]] },
  { id: 'major', kinds: ['major_road'], from: 8, width: [[8, 0.6], [14, 5.5], [18, 20]], isMajor: true },
  { id: 'highway', kinds: ['highway'], from: 6, width: [[6, 0.6], [10, 2.2], [14, 7], [18, 24]], isMajor: true },
];
const GREEN = ['park', 'forest', 'wood', 'nature_reserve', 'national_park', 'grass', 'meadow', 'golf_course', 'cemetery', 'garden', 'grassland', 'scrub', 'orchard', 'vineyard', 'village_green', 'recreation_ground', 'allotments'];
const BUILT = ['residential', 'commercial', 'industrial', 'railway', 'military', 'school', 'university', 'college', 'hospital', 'aerodrome', 'urban_area', 'pedestrian', 'dam', 'pier'];
const PLAYED = ['pitch', 'playground', 'stadium', 'zoo', 'beach', 'sand'];
/** What is said of a spot, from far to near, and the zoom at which all of its kind may stand. */
const SPOTS = [
  { id: 'far', kinds: ['peak', 'aerodrome', 'national_park', 'lighthouse'], from: 11 },
  { id: 'stops', kinds: ['station', 'ferry_terminal', 'hospital', 'university', 'park', 'zoo', 'stadium'], from: 13 },
  { id: 'sights', kinds: ['museum', 'attraction', 'viewpoint', 'theatre', 'library', 'townhall', 'school', 'castle', 'artwork', 'camp_site', 'beach'], from: 14 },
  { id: 'near', kinds: ['cafe', 'restaurant', 'bar', 'hotel', 'bakery', 'marketplace', 'supermarket', 'bus_stop', 'cinema'], from: 16 },
];

/** @typedef {(name: string, type: string, sourceLayer: string, more: object) => object} Layer */

/** @returns {object[]} layers of MapLibre; `source` is the id of the pack's source */
export function streetLayers(source, palette, font) {
  /** @type {Layer} */
  const layer = (name, type, sourceLayer, more) => ({ id: `${source}-${name}`, type, source, 'source-layer': sourceLayer, ...more });
  return [...ground(layer, palette), ...roads(layer, palette), ...boundaries(layer, palette), ...spots(layer, palette, font), ...names(layer, palette, font)];
}

function ground(layer, { land, water, river, streets }) {
  const isKind = (kinds) => ['in', ['get', 'kind'], ['literal', kinds]];
  return [
    layer('earth', 'fill', 'earth', { minzoom: 7, paint: { 'fill-color': land } }),
    layer('cover', 'fill', 'landcover', { minzoom: 7, maxzoom: 10, filter: isKind(['forest', 'grassland', 'scrub']), paint: { 'fill-color': streets.green, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.7, 10, 0] } }),
    layer('built', 'fill', 'landuse', { minzoom: 9, filter: isKind(BUILT), paint: { 'fill-color': streets.built } }),
    layer('green', 'fill', 'landuse', { minzoom: 8, filter: isKind(GREEN), paint: { 'fill-color': streets.green } }),
    layer('played', 'fill', 'landuse', { minzoom: 12, filter: isKind(PLAYED), paint: { 'fill-color': streets.green, 'fill-opacity': 0.6 } }),
    layer('runways', 'fill', 'landuse', { minzoom: 11, filter: isKind(['runway', 'taxiway', 'apron']), paint: { 'fill-color': streets.casing } }),
    layer('water', 'fill', 'water', { minzoom: 7, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': water } }),
    layer('streams', 'line', 'water', { minzoom: 9, filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': ['match', ['get', 'kind'], 'river', water, river], 'line-width': widths([[9, 0.5], [14, 2]]) } }),
    layer('buildings', 'fill', 'buildings', { minzoom: 13, paint: { 'fill-color': streets.building, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0, 14.5, 1] } }),
  ];
}

function roads(layer, { streets }) {
  const isKind = (kinds) => ['in', ['get', 'kind'], ['literal', kinds]];
  const layout = { 'line-cap': 'round', 'line-join': 'round' };
  const isUnder = ['coalesce', ['==', ['get', 'is_tunnel'], true], false];
  // A tunnel shows through what lies above it.
  const opacity = ['case', isUnder, 0.35, 1];
  const casings = ROADS.filter(({ dash }) => !dash).map(({ id, kinds, from, width }) => layer(`${id}-edge`, 'line', 'roads', {
    minzoom: Math.max(from, 11), filter: isKind(kinds), layout, paint: { 'line-color': streets.casing, 'line-width': widths(width, 1.4), 'line-opacity': opacity },
  }));
  const fills = ROADS.map(({ id, kinds, from, width, dash, isMajor }) => layer(id, 'line', 'roads', {
    minzoom: from, filter: isKind(kinds), layout: dash ? { 'line-join': 'round' } : layout,
    paint: { 'line-color': isMajor ? streets.major : dash ? streets.casing : streets.road, 'line-width': widths(width), 'line-opacity': opacity, ...(dash && { 'line-dasharray': dash }) },
  }));
  const aside = [
    layer('runway', 'line', 'roads', { minzoom: 10, filter: isKind(['aeroway']), paint: { 'line-color': streets.casing, 'line-width': widths([[10, 1], [14, 9], [18, 60]]) } }),
    layer('ferry', 'line', 'roads', { minzoom: 10, filter: isKind(['ferry']), paint: { 'line-color': streets.rail, 'line-width': 1.2, 'line-dasharray': [2, 3] } }),
    layer('aerialway', 'line', 'roads', { minzoom: 12, filter: isKind(['aerialway']), paint: { 'line-color': streets.rail, 'line-width': 1.2, 'line-dasharray': [6, 2] } }),
    layer('transit', 'line', 'transit', { minzoom: 11, paint: { 'line-color': streets.rail, 'line-width': widths([[11, 0.6], [16, 1.6]]) } }),
  ];
  const rail = layer('rail', 'line', 'roads', { minzoom: 10, filter: isKind(['rail']), paint: { 'line-color': streets.rail, 'line-width': widths([[10, 0.6], [16, 2]]), 'line-dasharray': [4, 2] } });
  return [...aside, ...casings, rail, ...fills];
}

function boundaries(layer, { state }) {
  return [layer('boundaries', 'line', 'boundaries', { minzoom: 8, filter: ['>', ['to-number', ['coalesce', ['get', 'min_admin_level'], ['get', 'kind_detail'], 9], 9], 4], paint: { 'line-color': state, 'line-width': 1.2, 'line-dasharray': [4, 2, 1, 2] } })];
}

function spots(layer, { text, halo }, font) {
  return SPOTS.flatMap(({ id, kinds, from }) => {
    const filter = ['in', ['get', 'kind'], ['literal', kinds]];
    return [
      layer(`spots-${id}`, 'circle', 'pois', { minzoom: from, filter, paint: { 'circle-radius': 2.6, 'circle-color': text, 'circle-opacity': 0.75, 'circle-stroke-color': halo, 'circle-stroke-width': 1.4 } }),
      layer(`spot-names-${id}`, 'symbol', 'pois', {
        minzoom: from, filter,
        layout: { 'text-field': ['coalesce', ['get', 'name'], ''], 'text-font': font.regular, 'text-size': 10.5, 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.6, 'text-justify': 'auto', 'text-max-width': 8, 'text-padding': 6 },
        paint: { 'text-color': text, 'text-opacity': 0.85, 'text-halo-color': halo, 'text-halo-width': 1.3 },
      }),
    ];
  });
}

function names(layer, { text, halo, waterText }, font) {
  const field = ['coalesce', ['get', 'name'], ''];
  const paint = { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.4 };
  const along = { 'symbol-placement': 'line', 'text-field': field, 'text-font': font.regular, 'text-size': widths([[13, 10], [18, 13]]) };
  return [
    layer('road-names', 'symbol', 'roads', { minzoom: 13, filter: ['!=', ['get', 'kind'], 'rail'], layout: along, paint }),
    layer('water-names', 'symbol', 'water', { minzoom: 11, filter: ['==', ['geometry-type'], 'Point'], layout: { 'text-field': field, 'text-font': font.italic, 'text-size': 11, 'text-max-width': 7 }, paint: { ...paint, 'text-color': waterText } }),
    layer('town-names', 'symbol', 'places', {
      minzoom: 7, filter: ['in', ['get', 'kind'], ['literal', ['locality', 'neighbourhood', 'macrohood']]],
      layout: { 'text-field': field, 'text-font': font.regular, 'text-size': ['interpolate', ['linear'], ['coalesce', ['get', 'population_rank'], 4], 1, 10, 13, 18], 'text-max-width': 8, 'text-padding': 6 },
      paint,
    }),
  ];
}

function widths(stops, more = 0) {
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flatMap(([zoom, width]) => [zoom, width + more])];
}

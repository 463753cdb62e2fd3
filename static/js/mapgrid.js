/** The grid of degrees, where the ground has no more to show: the nearer, the finer, each line with its number. Pure. */
import { byLinear, world } from './maplayers.js';

/** From which zoom lines stand how many degrees apart. */
const LEVELS = [{ from: 6.5, step: 1 }, { from: 8.5, step: 0.25 }, { from: 10.5, step: 0.05 }];
/** Nearer than this no line of the grid may be in sight: the land becomes squared paper, so that moving is seen. */
const PAPER_FROM = 12.5;
const LAST_LATITUDE = 85;

/** @returns {object} GeoJSON: one line per meridian and parallel, with its `level` and `name` */
export function grid() {
  return { type: 'FeatureCollection', features: LEVELS.flatMap(({ step }, level) => [...lines(level, step, 180, meridian), ...lines(level, step, LAST_LATITUDE, parallel)]) };
}

/** @param {{text: string, halo: string, isDark?: boolean}} palette */
export function gridLayers({ text, halo, isDark }, font) {
  const paper = world('paper', 'fill', 'land', {
    minzoom: PAPER_FROM, paint: { 'fill-pattern': isDark ? 'paper-dark' : 'paper-light', 'fill-opacity': byLinear([PAPER_FROM, 0], [PAPER_FROM + 1, 1]) },
  });
  return [paper, ...degrees(text, halo, font)];
}

function degrees(text, halo, font) {
  return LEVELS.flatMap(({ from }, level) => {
    const until = LEVELS[level + 1]?.from ?? 24;
    const filter = ['<=', ['get', 'level'], level];
    const shared = { source: 'grid', minzoom: from, maxzoom: until, filter };
    return [
      { id: `grid-${level}`, type: 'line', ...shared, paint: { 'line-color': text, 'line-width': 0.6, 'line-opacity': byLinear([from, 0.04], [from + 0.5, 0.11]) } },
      {
        id: `grid-names-${level}`, type: 'symbol', ...shared,
        layout: { 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-field': ['get', 'name'], 'text-font': font.italic, 'text-size': 9.5, 'text-offset': [0, -0.7], 'text-padding': 8 },
        paint: { 'text-color': text, 'text-opacity': 0.5, 'text-halo-color': halo, 'text-halo-width': 0.8 },
      },
    ];
  });
}

function lines(level, step, end, line) {
  const digits = step < 1 ? 2 : 0;
  const count = Math.round((2 * end) / step) + 1;
  return Array.from({ length: count }, (_, at) => -end + at * step)
    .filter((degrees) => !isCoarser(degrees, level))
    .map((degrees) => ({ type: 'Feature', properties: { level, name: `${Math.abs(degrees).toFixed(digits)}°` }, geometry: { type: 'LineString', coordinates: line(degrees) } }));
}

/** Whether a line of a coarser level lies there already. */
function isCoarser(degrees, level) {
  return LEVELS.slice(0, level).some(({ step }) => Math.abs(degrees / step - Math.round(degrees / step)) < 1e-6);
}

function meridian(lng) {
  return [[lng, -LAST_LATITUDE], [lng, LAST_LATITUDE]];
}

function parallel(lat) {
  return [[-180, lat], [180, lat]];
}

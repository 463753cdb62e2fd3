/** The names on the map: countries, states, towns and rivers, which make room for the pictures on it. Pure. */
import { byLinear, world } from './maplayers.js';

/** Side of the square that names keep free around a picture, in px; the size of the image `pin`. */
export const PIN_SIDE = 62;
/** A village may be named this many zooms before that of its size. */
export const NAMED_BEFORE = 3;
/** From this zoom a town is a dot with its name beside it. */
const DOTS_FROM = 4;

export function labels(palette, covered, font) {
  const { text, halo, waterText } = palette;
  const paint = { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.4 };
  return [
    world('river-names', 'symbol', 'rivers', {
      minzoom: 6, filter: ['has', 'name'],
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font.italic, 'text-size': 11, 'symbol-spacing': 400 },
      paint: { 'text-color': waterText, 'text-halo-color': halo, 'text-halo-width': 1 },
    }),
    towns('villages', palette, covered, font, paint),
    world('state-names', 'symbol', 'states', {
      minzoom: 4.5, maxzoom: 11,
      layout: { 'text-field': ['upcase', ['get', 'name']], 'text-font': font.regular, 'text-size': 10, 'text-letter-spacing': 0.15, 'text-max-width': 7, 'symbol-sort-key': ['get', 'rank'] },
      paint: { ...paint, 'text-halo-width': 0.9, 'text-opacity': 0.7 },
    }),
    towns('towns', palette, covered, font, paint),
    {
      id: 'countries', type: 'symbol', source: 'countries', maxzoom: 7, filter: ['<=', ['get', 'mz'], ['+', ['zoom'], 1.3]],
      layout: {
        'text-field': ['get', 'label'], 'text-font': font.bold, 'text-size': byLinear([1, 10], [5, 15]), 'text-max-width': 7, 'text-padding': 4,
        'symbol-sort-key': ['get', 'rank'], 'text-letter-spacing': 0.04,
        // A country is large: its name may step aside for a picture.
        'text-variable-anchor-offset': ['center', [0, 0], 'top', [0, 1.2], 'bottom', [0, -1.2], 'left', [1.6, 0], 'right', [-1.6, 0]],
      },
      paint,
    },
  ];
}

/** Towns go before states, and states before villages: what is named early where there is room. */
function towns(id, { text, halo, fewNames }, covered, font, paint) {
  const isCapital = ['==', ['get', 'cap'], 1];
  const isWanted = fewNames ? ['any', isCapital, ['>', ['get', 'pop'], 800000], ['>', ['zoom'], 9]] : true;
  const isOutside = covered.map((box) => ['any', ['<', ['zoom'], 7], ['!', ['within', box]]]);
  const isTown = ['<=', ['get', 'mz'], ['+', ['zoom'], 1]];
  const isDue = id === 'towns' ? isTown : ['all', ['!', isTown], ['<=', ['get', 'mz'], ['+', ['zoom'], NAMED_BEFORE]]];
  const people = (...sizes) => ['interpolate', ['linear'], ['get', 'pop'], 500, sizes[0], 50000, sizes[1], 1000000, sizes[2]];
  return world(id, 'symbol', 'places', {
    minzoom: 3, filter: ['all', isWanted, isDue, ...isOutside],
    layout: {
      'icon-image': ['step', ['zoom'], '', DOTS_FROM, 'dot'],
      'icon-padding': 0,
      'text-field': ['get', 'name'],
      'text-font': ['case', isCapital, ['literal', font.bold], ['literal', font.regular]],
      'symbol-sort-key': ['get', 'rank'],
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.5,
      'text-justify': 'auto',
      'text-padding': byLinear([5, 6], [6, 16], [8, 14], [10, 6], [12, 1]),
      'text-max-width': 8,
      'text-size': ['interpolate', ['linear'], ['zoom'], 3, ['case', isCapital, 11, 10], 8, people(10, 12, 15), 11, people(10.5, 13, 20), 14, people(13, 16, 26)],
    },
    paint: {
      ...paint, 'icon-color': halo, 'icon-halo-color': text, 'icon-halo-width': 1.1,
      // Close by, a large town's name lies behind those of its quarters.
      'text-opacity': ['interpolate', ['linear'], ['zoom'], 10, 1, 12, ['interpolate', ['linear'], ['get', 'pop'], 200000, 1, 1000000, 0.62]],
    },
  });
}

/** Keeps the place of each picture free of names, and writes below it, or else above, what the town under it is called. */
export function pinLayer({ text, halo }, font) {
  const size = 12.5;
  const reach = (PIN_SIDE / 2 + 1) / size;
  return {
    id: 'pins', type: 'symbol', source: 'pins',
    layout: {
      'icon-image': 'pin', 'icon-allow-overlap': true, 'icon-padding': 0,
      'text-field': ['coalesce', ['get', 'name'], ''], 'text-font': font.regular, 'text-size': size, 'text-max-width': 9,
      'text-variable-anchor-offset': ['top', [0, reach], 'bottom', [0, -reach]], 'text-optional': true, 'text-padding': 1,
    },
    paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.4 },
  };
}

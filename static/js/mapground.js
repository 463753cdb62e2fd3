/** The ground of the map: sea, shallows, land, the picture on it, rivers and lakes, in the colours of a look. Pure. */
import { byLinear, byZoom, world } from './maplayers.js';

/**
 * A picture of the ground is only as sharp as its first zoom; by the second the drawn coast stands alone. Heights are
 * known every nine kilometres: drawn any longer, they would fill the fjords.
 */
const GROUND_FADES = { satellite: [5, 7.2], relief: [4.4, 6.2], heights: [4.4, 6.2] };
/** Of the satellite's picture a breath of colour stays, under the drawn map. */
const SATELLITE_STAYS = 0.25;

/**
 * Px of each band at zoom 13, both sides of the coast, from the sea to the land, and how much of the shore's colour it has.
 * Half a band is less than the 16 px by which tiles overlap: where land is cut off there, no band is seen.
 */
const BANDS = [{ width: 30, share: 0.25 }, { width: 22, share: 0.5 }, { width: 14, share: 0.75 }, { width: 7, share: 1 }];

export function seaAndLand(palette) {
  const { land, water, depths, ground } = palette;
  const layers = [{ id: 'sea', type: 'background', paint: { 'background-color': water } }];
  if (depths) {
    const color = ['interpolate', ['linear'], ['get', 'd'], 200, depths[0], 6000, depths[1]];
    layers.push(world('depths', 'fill', 'bathy', { paint: { 'fill-antialias': false, 'fill-color': color } }));
  }
  return [...layers, ...shallows(palette), world('land', 'fill', 'land', { paint: { 'fill-color': land } }), ...pictureOf(ground)];
}

/**
 * Brighter water along the coast in bands, as on printed charts; the land covers the half of each line that lies on it.
 * Bands are opaque: what is seen through shows where a line crosses itself, and a blur shows its corners.
 */
function shallows({ shore, water, ground }) {
  const from = ground === 'satellite' ? 6 : 5;
  return BANDS.map(({ width, share }, at) => world(`shallows-${at}`, 'line', 'land', {
    minzoom: from, layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': mixed(water, shore, share), 'line-width': byLinear([from, 0], [9, width * 0.6], [13, width]) },
  }));
}

/** @param {string} one and @param {string} other as `#rrggbb` @param {number} share of the other */
function mixed(one, other, share) {
  const parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const [ones, others] = [parts(one), parts(other)];
  return `#${ones.map((part, at) => Math.round(part + (others[at] - part) * share).toString(16).padStart(2, '0')).join('')}`;
}

function pictureOf(ground) {
  if (ground === 'satellite') {
    return [{ id: 'satellite', type: 'raster', source: 'ground', paint: {
      'raster-opacity': fade(ground, 1, SATELLITE_STAYS), 'raster-saturation': 0.15, 'raster-contrast': 0.08, 'raster-brightness-min': 0.03, 'raster-fade-duration': 150,
    } }];
  }
  if (ground === 'relief') {
    return [{ id: 'relief', type: 'raster', source: 'ground', maxzoom: 8, paint: { 'raster-opacity': fade(ground, 0.75, 0), 'raster-saturation': 0.1 } }];
  }
  return ground === 'heights' ? heights() : [];
}

function heights() {
  const color = ['interpolate', ['linear'], ['elevation'], -1, 'rgba(0,0,0,0)', 1, 'rgba(150,190,140,0)', 40, '#cfe3bd', 250, '#e4e8bf',
    600, '#efdfab', 1200, '#e3c08d', 2200, '#cf9f75', 3500, '#bfa79b', 5000, '#f4f1ee', 7000, '#ffffff'];
  return [
    { id: 'heights', type: 'color-relief', source: 'ground', maxzoom: 8, paint: { 'color-relief-opacity': fade('heights', 0.8, 0), 'color-relief-color': color } },
    { id: 'shade', type: 'hillshade', source: 'ground', maxzoom: 8, paint: {
      'hillshade-exaggeration': fade('heights', 0.45, 0), 'hillshade-shadow-color': '#4a4438', 'hillshade-highlight-color': '#fffdf2',
    } },
  ];
}

export function waters(palette) {
  const { river, water, land, ground } = palette;
  const width = ['interpolate', ['linear'], ['zoom'], 2, 0.3, 6, ['interpolate', ['linear'], ['get', 'r'], 1, 1.6, 9, 0.6],
    10, ['interpolate', ['linear'], ['get', 'r'], 1, 6, 11, 0.8], 13, ['interpolate', ['linear'], ['get', 'r'], 1, 44, 11, 12]];
  // Rivers are known to a kilometre: close by a named one is a soft band, and small ones are left out.
  const isNear = ['case', ['has', 'name'], 0.5, 0];
  const opacity = ['interpolate', ['linear'], ['zoom'], 8.5, 1, 10.5, isNear];
  const shown = (far, near) => (ground === 'satellite' ? fade('satellite', far, near) : near);
  const layers = [
    world('coast', 'line', 'land', { paint: { 'line-color': river, 'line-width': byZoom([2, 0.2], [10, 1]), 'line-opacity': 0.8 } }),
    world('rivers', 'line', 'rivers', {
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': river, 'line-width': width, 'line-opacity': opacity, 'line-blur': byLinear([8.5, 0], [10, 3], [13, 22]) },
    }),
    world('lakes', 'fill', 'lakes', { paint: { 'fill-color': water, 'fill-opacity': shown(0.35, 1) } }),
    world('lake-shores', 'line', 'lakes', { minzoom: 6, paint: { 'line-color': river, 'line-width': byZoom([6, 0.2], [10, 1]), 'line-opacity': 0.8 } }),
    world('islands', 'fill', 'islands', { paint: { 'fill-color': land, 'fill-opacity': shown(0, 1) } }),
  ];
  return palette.glow ? [...layers, ...lights(palette.glow)] : layers;
}

/** Where people live, told by population: lights at night, no outline of any town. */
function lights(color) {
  const people = ['sqrt', ['coalesce', ['get', 'pop'], 0]];
  const radius = ['interpolate', ['exponential', 1.5], ['zoom'], 2, ['min', 9, ['/', people, 300]], 8, ['min', 100, ['/', people, 15]]];
  const layer = (id, share, opacity) => world(id, 'circle', 'places', {
    minzoom: 2, maxzoom: 10, filter: ['>', ['coalesce', ['get', 'pop'], 0], 20000],
    paint: { 'circle-color': color, 'circle-blur': 1, 'circle-opacity': byLinear([2, opacity], [6, opacity * 0.8], [10, 0]), 'circle-radius': scaled(radius, share) },
  });
  return [layer('glow', 1, 0.4), layer('lights', 0.36, 0.75)];
}

/** The same stops, each value times `share`: what depends on the zoom cannot be multiplied as a whole. */
function scaled([kind, curve, zoom, ...stops], share) {
  return [kind, curve, zoom, ...stops.map((stop, at) => (at % 2 ? ['*', share, stop] : stop))];
}

/** From one value to the other over the zooms in which a picture of the ground loses its sharpness. */
function fade(ground, near, far) {
  const [first, last] = GROUND_FADES[ground];
  return byLinear([first, near], [last, far]);
}

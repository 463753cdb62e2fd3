/** The six looks of the map: a palette each, drawn by one function into a MapLibre style. Pure. */
import { grid, gridLayers } from './mapgrid.js';
import { seaAndLand, waters } from './mapground.js';
import { labels, pinLayer } from './maplabels.js';
import { byZoom, world } from './maplayers.js';
import { streetLayers } from './mapstreets.js';

/**
 * @typedef {object} Palette
 * @property {string} land
 * @property {string} water
 * @property {[string, string] | null} depths shallow and deep sea
 * @property {string} shore the shallow sea along a coast
 * @property {string} river
 * @property {string} border
 * @property {string} state
 * @property {string} text
 * @property {string} halo
 * @property {string} waterText
 * @property {string} [glow] colour of towns at night
 * @property {'relief' | 'satellite' | 'heights'} [ground]
 * @property {boolean} [fewNames]
 * @property {boolean} [isDark] what lies on it must be light to be read
 * @property {{green: string, built: string, building: string, road: string, casing: string, major: string, rail: string}} streets
 */

/** @type {Record<string, Palette>} in the order in which they are offered */
export const PALETTES = {
  streets: {
    land: '#f5f2eb', water: '#a9d3e8', depths: ['#a3cfe5', '#93c3de'], shore: '#c6e4f1', river: '#8fc3df', border: '#94809f', state: '#cbc1d1',
    text: '#3a3843', halo: '#fffdf8', waterText: '#46799a',
    streets: { green: '#d5e5c4', built: '#ebe6dc', building: '#e0d9cd', road: '#ffffff', casing: '#d8cfc2', major: '#fbe3a6', rail: '#c3bcc6' },
  },
  dark: {
    land: '#262b36', water: '#10141c', depths: ['#0f131b', '#0b0e15'], shore: '#1a2230', river: '#1b2331', border: '#7c89a1', state: '#414b5c',
    text: '#d6dde9', halo: '#171b23', waterText: '#6f88a8', glow: '#eba84b', isDark: true,
    streets: { green: '#26332d', built: '#2b313d', building: '#333a48', road: '#4a5364', casing: '#1a1e27', major: '#6f7a8e', rail: '#586276' },
  },
  topo: {
    land: '#ebe9d5', water: '#9fc8de', depths: ['#93c0da', '#5f95ba'], shore: '#c2e0ec', river: '#5f9fc6', border: '#7a5c58', state: '#a38f88',
    text: '#33312c', halo: '#fbf8ef', waterText: '#235a80', ground: 'heights',
    streets: { green: '#c3dba8', built: '#e2dccb', building: '#d3c7b4', road: '#fffefa', casing: '#b9a896', major: '#f4c982', rail: '#9d938c' },
  },
  outdoors: {
    land: '#d9e6c6', water: '#b3d7e6', depths: ['#a9d0e2', '#9ac5db'], shore: '#cfe7f0', river: '#6fb0d2', border: '#8b6f64', state: '#b3a08f',
    text: '#2f3a2b', halo: '#f6f9ee', waterText: '#2d6c92', ground: 'relief',
    streets: { green: '#bcd8a0', built: '#e3ddcc', building: '#d6ccb9', road: '#fffdf5', casing: '#c2b59d', major: '#f6d491', rail: '#a59c8f' },
  },
  minimal: {
    land: '#f7f7f7', water: '#e3e6e9', depths: null, shore: '#eff1f2', river: '#dbdfe3', border: '#b3b8be', state: '#d9dbde',
    text: '#5f656d', halo: '#ffffff', waterText: '#868e97', fewNames: true,
    streets: { green: '#e9efe4', built: '#f2f2f2', building: '#e5e5e6', road: '#ffffff', casing: '#d6d7d9', major: '#ffffff', rail: '#d0d1d4' },
  },
  satellite: {
    land: '#2c3f2c', water: '#0b2140', depths: null, shore: '#1d4a6b', river: '#2b5878', border: '#f2e9c8', state: '#9aa28b',
    text: '#ffffff', halo: '#10160d', waterText: '#bcd9ef', ground: 'satellite', isDark: true,
    streets: { green: '#2f4a26', built: '#3a4433', building: '#48513f', road: '#878c7b', casing: '#20291b', major: '#c8b98a', rail: '#6d7266' },
  },
};

const FONT = { regular: ['Noto Sans Regular'], bold: ['Noto Sans Bold'], italic: ['Noto Sans Italic'] };
/** The lines of control in Kashmir and Western Sahara: the archive marks as disputed only what is called so in Natural Earth. */
const CONTROLLED = {
  type: 'MultiPolygon', coordinates: [[73, 32.6, 77.9, 36], [-17.3, 20.7, -8.6, 27.8]].map((box) => boxOf(box).coordinates),
};
const NOTHING = { type: 'FeatureCollection', features: [] };

export function isDarkLook(name) {
  return Boolean(PALETTES[name]?.isDark);
}

/**
 * @param {string} name a key of PALETTES
 * @param {{sources: Record<string, any>, packs: Record<string, any>, glyphs: string, countries: object, origin: string}} data
 *   as /api/v1/map/sources answers; `countries` are label points with `label` in the reader's language
 * @returns {object} a style of MapLibre's version 8; its source `pins` takes the pictures that names make room for
 */
export function makeStyle(name, { sources, packs, glyphs, countries, origin }) {
  const palette = PALETTES[name] ?? PALETTES.streets;
  const covered = Object.values(packs).map(({ bounds }) => boxOf(bounds));
  return {
    version: 8,
    name,
    glyphs: origin + glyphs,
    sources: {
      world: vector(sources.world, origin),
      countries: { type: 'geojson', data: countries },
      pins: { type: 'geojson', data: NOTHING },
      grid: { type: 'geojson', data: grid(), tolerance: 0 },
      ...groundSource(palette.ground, sources, origin),
      ...Object.fromEntries(Object.entries(packs).map(([id, pack]) => [`pack-${id}`, vector(pack, origin)])),
    },
    layers: [
      ...seaAndLand(palette),
      ...waters(palette),
      ...gridLayers(palette, FONT),
      ...Object.keys(packs).flatMap((id) => streetLayers(`pack-${id}`, palette, FONT)),
      ...borders(palette),
      ...labels(palette, covered, FONT),
      pinLayer(palette, FONT),
    ],
  };
}

function vector(source, origin) {
  const { tiles, minzoom, maxzoom, bounds, attribution } = source;
  return { type: 'vector', tiles: [origin + tiles], minzoom, maxzoom, bounds, attribution };
}

function groundSource(ground, sources, origin) {
  const archive = { relief: sources.relief, satellite: sources.satellite, heights: sources.dem }[ground];
  if (!archive) return {};
  const { tiles, maxzoom, attribution } = archive;
  const shared = { tiles: [origin + tiles], tileSize: 512, maxzoom, attribution };
  return { ground: ground === 'heights' ? { ...shared, type: 'raster-dem', encoding: 'terrarium' } : { ...shared, type: 'raster' } };
}

function borders({ border, state }) {
  const line = { 'line-color': border, 'line-width': byZoom([1, 0.5], [6, 1.3], [10, 2.4]) };
  const isCountry = ['==', ['get', 'l'], 2];
  const isDisputed = ['any', ['==', ['get', 'd'], 1], ['within', CONTROLLED]];
  const layout = { 'line-join': 'round', 'line-cap': 'butt' };
  return [
    world('states', 'line', 'borders', { filter: ['==', ['get', 'l'], 4], minzoom: 3, paint: { 'line-color': state, 'line-dasharray': [3, 2], 'line-width': byZoom([3, 0.4], [10, 1.4]) } }),
    world('borders', 'line', 'borders', { filter: ['all', isCountry, ['!', isDisputed]], layout, paint: line }),
    world('disputed', 'line', 'borders', { filter: ['all', isCountry, isDisputed], layout, paint: { ...line, 'line-dasharray': [2.5, 2] } }),
  ];
}

function boxOf([west, south, east, north]) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: 'Polygon', coordinates: [ring] };
}

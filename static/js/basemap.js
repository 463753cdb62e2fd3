/** What every map here starts from: the sources, the names of countries, the look that was chosen. */
import { setWorkerUrl } from '../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { get } from './api.js';
import { makeStyle, PALETTES } from './mapstyles.js';
import { config, element, t } from './page.js';

const STYLE = 'map-style';
const language = document.documentElement.lang || 'en';

/** @type {Promise<object> | null} */
let loaded = null;

/** Sources, packs and countries, asked for once a page. */
export function mapData() {
  loaded ??= load();
  loaded.catch(() => { loaded = null; });
  return loaded;
}

/** The look of the address, else of the last time, else that of the page. */
export function chosenLook() {
  const asked = new URLSearchParams(location.search).get('style') ?? localStorage.getItem(STYLE) ?? '';
  if (asked in PALETTES) return asked;
  return isDark() ? 'dark' : 'streets';
}

export function rememberLook(name) {
  localStorage.setItem(STYLE, name);
}

/** A style for MapLibre: ours, or the hosted one that the operator named. */
export function styleFor(name, data) {
  return data.style || makeStyle(name, data);
}

export function mapTexts() {
  return {
    'Map.Title': t('Map'), 'AttributionControl.ToggleAttribution': t('Credits'),
    'CooperativeGesturesHandler.WindowsHelpText': t('Hold Ctrl and scroll to zoom'),
    'CooperativeGesturesHandler.MacHelpText': t('Hold ⌘ and scroll to zoom'),
    'CooperativeGesturesHandler.MobileHelpText': t('Move the map with two fingers'),
  };
}

/** The accent of the page as MapLibre reads colours, which knows neither variables nor `light-dark()`. */
export function accentColor() {
  const probe = element('span', { className: 'place-pin', hidden: true });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export function prefersStill() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

async function load() {
  const { worker, countries } = config.map;
  setWorkerUrl(new URL(worker, location.href).href);
  const [data, places] = await Promise.all([get('map/sources'), fetch(countries).then((answer) => answer.json())]);
  return { ...data, countries: withNames(places), origin: location.origin };
}

/** Names of countries come with the browser, in every language. */
function withNames(places) {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  for (const { properties } of places.features) {
    const known = /^[A-Z]{2}$/.test(properties.iso) ? names.of(properties.iso) : '';
    properties.label = known || properties.name;
  }
  return places;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** The map itself: MapLibre in one of six looks, with photos of clusters on it, and its place in the address. */
import { AttributionControl, Map as MapLibre, Marker, ScaleControl } from '../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { get } from './api.js';
import { chosenLook, mapData, mapTexts, prefersStill, rememberLook, styleFor } from './basemap.js';
import { drawImages } from './mapimages.js';
import { NAMED_BEFORE } from './maplabels.js';
import { isDarkLook } from './mapstyles.js';
import { config, element, isRtl, t, tn } from './page.js';
import { CAPTIONS_FROM, captioned } from './pincaptions.js';

const MAX_ZOOM = 18;
const WORLD = { centre: [10, 30], zoom: 1.4 };
const compact = new Intl.NumberFormat(document.documentElement.lang || 'en', { notation: 'compact', maximumFractionDigits: 1 });

/** Tells `moved` after the map came to rest, `open` with a cluster that was chosen. */
export class PhotoMap extends EventTarget {
  /**
   * @param {HTMLElement} box @param {import('./mapclusters.js').Clusters} clusters
   * @param {{inAddress?: boolean}} [options] `inAddress`: whether the place of the map is kept in the page's address
   */
  constructor(box, clusters, { inAddress = true } = {}) {
    super();
    this.inAddress = inAddress;
    this.box = box;
    this.clusters = clusters;
    /** @type {Map<string, Marker>} by key of the cluster */
    this.markers = new Map();
    /** @type {Map<number, {uid: string, hash: string, title: string}>} by id of the photo */
    this.covers = new Map();
    this.chosen = '';
    this.drawn = 0;
    this.told = '';
  }

  /** Draws the map where the address says, else around `bounds`. */
  async start(bounds) {
    this.data = await mapData();
    const place = this.inAddress ? placeInAddress() : null;
    this.map = new MapLibre({
      container: this.box.querySelector('.map-canvas'), style: styleFor(chosenLook(), this.data), attributionControl: false,
      maxZoom: MAX_ZOOM, minZoom: 0.6, center: place?.centre ?? WORLD.centre, zoom: place?.zoom ?? WORLD.zoom,
      ...(!place && bounds && { bounds: spread(bounds), fitBoundsOptions: { padding: 80, maxZoom: 11 } }),
      dragRotate: false, pitchWithRotate: false, fadeDuration: prefersStill() ? 0 : 200, locale: mapTexts(),
    });
    this.map.touchZoomRotate.disableRotation();
    this.#tellTone(chosenLook());
    drawImages(this.map);
    this.map.addControl(new AttributionControl({ compact: false }), isRtl ? 'bottom-left' : 'bottom-right');
    this.map.addControl(new ScaleControl({ maxWidth: 90 }), isRtl ? 'bottom-right' : 'bottom-left');
    this.map.on('moveend', () => this.#rested());
    this.map.on('style.load', () => { this.told = ''; });
    this.map.on('idle', () => this.#makeRoom());
    this.map.on('error', ({ error }) => this.dispatchEvent(new CustomEvent('problem', { detail: error })));
    await new Promise((resolve) => { this.map.once('load', resolve); });
    await this.redraw();
  }

  setStyle(name) {
    rememberLook(name);
    this.map.setStyle(styleFor(name, this.data), { diff: false });
    this.#tellTone(name);
    writeAddress({ style: name });
  }

  /** West, south, east, north of what is seen; the world once around if more is. */
  get view() {
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    if (east - west >= 360) return [-180, bounds.getSouth(), 180, bounds.getNorth()];
    return [wrap(west), bounds.getSouth(), wrap(east), bounds.getNorth()];
  }

  get zoom() {
    return this.map.getZoom();
  }

  fit(bounds) {
    this.map.fitBounds(spread(bounds), { padding: 80, maxZoom: 11, animate: !prefersStill() });
  }

  go(centre, zoom) {
    this.map.easeTo({ center: centre, zoom: Math.min(zoom, MAX_ZOOM), animate: !prefersStill() });
  }

  zoomBy(step) {
    this.map.easeTo({ zoom: this.zoom + step, animate: !prefersStill() });
  }

  /** Puts the markers of what is seen on the map, and takes the others away. */
  async redraw() {
    this.drawn += 1;
    const turn = this.drawn;
    const found = await this.clusters.inside(this.view, Math.round(this.zoom));
    if (turn !== this.drawn) return;
    await this.#learnCovers(found);
    if (turn !== this.drawn) return;
    const keys = new Set(found.map(({ key }) => key));
    for (const [key, marker] of this.markers) {
      if (keys.has(key)) continue;
      marker.remove();
      this.markers.delete(key);
    }
    for (const cluster of found) if (!this.markers.has(cluster.key)) this.#place(cluster);
    this.#makeRoom();
    this.dispatchEvent(new Event('drawn'));
  }

  /** Marks one cluster as the one whose photos are shown. */
  choose(key) {
    this.chosen = key;
    for (const [other, marker] of this.markers) marker.getElement().toggleAttribute('aria-current', other === key);
  }

  /** Names on the map leave room for the pictures; what a town is called that lies under one is written below it. */
  #makeRoom() {
    const source = this.map.getSource('pins');
    if (!source) return;
    const pins = [...this.markers.values()].map((marker) => ({ position: marker.getLngLat().toArray() }));
    const features = captioned(pins, this.#towns(), this.zoom, (position) => this.map.project(position)).map(({ position, name }) => (
      { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: position } }));
    const told = JSON.stringify(features);
    // Each telling ends in another `idle`.
    if (told === this.told) return;
    this.told = told;
    source.setData({ type: 'FeatureCollection', features });
  }

  /** The towns of the tiles in view that the map names by now. */
  #towns() {
    if (!this.map.getSource('world') || this.zoom < CAPTIONS_FROM || !this.markers.size) return [];
    const filter = ['<=', ['get', 'mz'], Math.floor(this.zoom) + NAMED_BEFORE];
    return this.map.querySourceFeatures('world', { sourceLayer: 'places', filter }).map(({ properties, geometry }) => ({ ...properties, position: geometry.coordinates }));
  }

  /** What lies on the map and has no ground of its own is drawn light or dark by this. */
  #tellTone(look) {
    this.box.dataset.tone = isDarkLook(look) && !this.data.style ? 'dark' : 'light';
  }

  #rested() {
    const { lng, lat } = this.map.getCenter();
    if (this.inAddress) writeAddress({ at: `${this.zoom.toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}` });
    this.dispatchEvent(new Event('moved'));
    return this.redraw();
  }

  async #learnCovers(found) {
    const unknown = found.map(({ cover }) => cover).filter((id) => !this.covers.has(id)).slice(0, 300);
    if (!unknown.length) return;
    const covers = await get(`map/covers?ids=${unknown.join(',')}`).catch(() => ({}));
    for (const [id, cover] of Object.entries(covers)) this.covers.set(Number(id), cover);
  }

  #place(cluster) {
    const pin = this.#pin(cluster);
    const marker = new Marker({ element: pin, anchor: 'center' }).setLngLat(cluster.position).addTo(this.map);
    this.markers.set(cluster.key, marker);
  }

  #pin(cluster) {
    const cover = this.covers.get(cluster.cover);
    const image = element('img', { alt: '', width: 50, height: 50, decoding: 'async', draggable: false });
    if (cover) image.src = `/api/v1/t/${cover.hash}/${config.previewToken}/tile_100`;
    const label = cluster.count > 1 ? tn('{n} photo', '{n} photos', cluster.count) : cover?.title || t('One photo');
    const count = cluster.count > 1 && element('b', { 'aria-hidden': 'true' }, compact.format(cluster.count));
    const pin = element('button', { className: 'pinned', type: 'button', 'aria-label': label, title: label }, image, count);
    pin.toggleAttribute('aria-current', cluster.key === this.chosen);
    pin.addEventListener('click', (event) => {
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent('open', { detail: cluster }));
    });
    return pin;
  }
}

/** Changes some of the address's parameters; "" takes one away. */
export function writeAddress(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, '', address);
}

function placeInAddress() {
  const [zoom, lat, lng] = (new URLSearchParams(location.search).get('at') ?? '').split('/').map(Number);
  if (![zoom, lat, lng].every(Number.isFinite) || Math.abs(lat) > 90) return null;
  return { zoom: Math.min(Math.max(zoom, 0), MAX_ZOOM), centre: [wrap(lng), lat] };
}

/** A single place is no area. */
function spread([west, south, east, north]) {
  const more = west === east && south === north ? 0.05 : 0;
  return [[west - more, Math.max(south - more, -85)], [east + more, Math.min(north + more, 85)]];
}

function wrap(lng) {
  return ((((lng + 180) % 360) + 360) % 360) - 180;
}

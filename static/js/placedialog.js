/** Asks where photos were taken: on a map, by the name of a place, or by coordinates; all answered by our own server. */
import { Map as MapLibre, Marker } from '../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { get } from './api.js';
import { chosenLook, mapData, mapTexts, prefersStill, styleFor } from './basemap.js';
import { drawImages } from './mapimages.js';
import { config, element, icon, iconButton, t } from './page.js';
import { toastError } from './toast.js';

const TYPING = 120;
const NEAR = 12;

let number = 0;

/**
 * `more` is shown below the map, `other` is a way to do without it; `wire` gets the map once it is there, and what is to be called with a position that
 * something else than map and field chose; `moved` hears of every choice.
 * @param {{title: string, start?: {lat: number, lng: number} | null, canRemove?: boolean, save?: string, zoom?: number, more?: Node | null,
 *   other?: {label: string, icon: string, act: () => unknown} | null,
 *   wire?: (view: object, choose: (place: {lat: number, lng: number}) => void) => void, moved?: (place: {lat: number, lng: number}) => void}} options
 * @returns {Promise<{lat: number, lng: number} | null>} 0 and 0 to take the place away; null if nothing was chosen
 */
export async function choosePlace({ title, start = null, canRemove = Boolean(start), ...more }) {
  needMapSheet();
  const dialog = new PlaceDialog(title, start, canRemove, more);
  return dialog.ask();
}

class PlaceDialog {
  constructor(title, start, canRemove, { save = t('Set place'), more = null, other = null, wire = () => {}, moved = () => {}, zoom = NEAR - 2 }) {
    number += 1;
    this.wire = wire;
    this.moved = moved;
    this.zoom = zoom;
    this.chosen = start;
    this.list = element('ul', { className: 'menu suggest', role: 'listbox', id: `places-${number}`, hidden: true, 'aria-label': t('Places') });
    this.input = element('input', {
      className: 'input', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: false, placeholder: t('Place, coordinates or plus code'),
      'aria-label': t('Place, coordinates or plus code'), 'aria-controls': this.list.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list',
    });
    this.map = element('div', { className: 'place-map' });
    this.told = element('p', { className: 'muted small', role: 'status' });
    this.save = element('button', { className: 'btn primary', type: 'button', disabled: !start, textContent: save, onclick: () => this.#end(this.chosen) });
    const remove = canRemove && element('button', { className: 'btn quiet', type: 'button', textContent: t('Remove place'), onclick: () => this.#end({ lat: 0, lng: 0 }) });
    this.dialog = element('dialog', { className: 'dialog wide place-dialog', 'aria-label': title },
      element('header', {}, element('h2', { textContent: title }), iconButton('x', t('Close'), { onclick: () => this.#end(null) })),
      element('div', { className: 'body' }, element('div', { className: 'place-search' }, icon('search'), this.input, this.list), this.map, this.told, ...(more ? [more] : [])),
      element('footer', {}, remove, other && element('button', { className: 'btn quiet', type: 'button', onclick: () => this.#leave(other.act) }, icon(other.icon), other.label), element('span', { className: 'spacer' }),
        element('button', { className: 'btn', type: 'button', textContent: t('Cancel'), onclick: () => this.#end(null) }), this.save));
  }

  ask() {
    document.body.append(this.dialog);
    this.dialog.addEventListener('cancel', () => this.#end(null));
    this.dialog.addEventListener('keydown', (event) => event.stopPropagation());
    this.input.addEventListener('input', () => this.#typed());
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.list.addEventListener('click', (event) => this.#pick(event.target.closest('[role=option]')));
    this.dialog.showModal();
    this.input.focus();
    void this.#draw();
    return new Promise((resolve) => { this.resolve = resolve; });
  }

  async #draw() {
    try {
      const data = await mapData();
      if (!this.dialog.isConnected) return;
      this.view = new MapLibre({
        container: this.map, style: styleFor(chosenLook(), data), attributionControl: { compact: true }, locale: mapTexts(), dragRotate: false,
        center: this.chosen ? [this.chosen.lng, this.chosen.lat] : [10, 30], zoom: this.chosen ? this.zoom : 1, maxZoom: 18, fadeDuration: prefersStill() ? 0 : 200,
      });
      drawImages(this.view);
      this.view.touchZoomRotate.disableRotation();
      this.view.on('click', ({ lngLat }) => this.#choose({ lat: lngLat.lat, lng: lngLat.wrap().lng }));
      if (this.chosen) this.#mark(this.chosen);
      this.wire(this.view, (place) => this.#choose(place, { move: true }));
      if (this.chosen) this.moved(this.chosen);
    } catch (problem) {
      toastError(problem);
    }
  }

  // ---------- choosing ----------

  async #choose(place, { label = '', move = false } = {}) {
    this.chosen = { lat: round(place.lat), lng: round(place.lng) };
    this.save.disabled = false;
    this.#mark(this.chosen);
    this.moved(this.chosen);
    if (move) this.view?.easeTo({ center: [place.lng, place.lat], zoom: Math.max(this.view.getZoom(), NEAR), animate: !prefersStill() });
    this.told.textContent = label || written(this.chosen);
    if (!label) await this.#name(this.chosen);
  }

  async #name({ lat, lng }) {
    const found = await get(`places/reverse?lat=${lat}&lng=${lng}`).catch(() => null);
    if (found && this.chosen.lat === lat && this.chosen.lng === lng) this.told.textContent = `${found.label} · ${written(this.chosen)}`;
  }

  #mark({ lat, lng }) {
    if (!this.view) return;
    this.pin ??= this.#makePin();
    this.pin.setLngLat([lng, lat]).addTo(this.view);
  }

  #makePin() {
    const pin = new Marker({ element: element('span', { className: 'place-pin' }, icon('map-pin')), anchor: 'bottom', draggable: true });
    pin.on('dragend', () => {
      const { lat, lng } = pin.getLngLat().wrap();
      void this.#choose({ lat, lng });
    });
    return pin;
  }

  // ---------- searching ----------

  #typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#search(), TYPING);
  }

  async #search() {
    const text = this.input.value.trim();
    this.asked?.abort();
    if (!text) return this.#show([]);
    this.asked = new AbortController();
    const { signal } = this.asked;
    try {
      const { places } = await get(`places/search?${new URLSearchParams({ q: text, count: '8' })}`, { signal });
      this.#show(places);
    } catch (problem) {
      if (problem.name !== 'AbortError') toastError(problem);
    }
    return undefined;
  }

  #show(places) {
    this.places = places;
    this.listed = this.input.value.trim();
    this.at = -1;
    this.list.replaceChildren(...places.map((place, at) => option(place, `${this.list.id}-${at}`)));
    if (!places.length && this.input.value.trim()) this.list.append(element('li', { className: 'muted small', textContent: t('No place of this name is known') }));
    this.list.hidden = !this.list.childElementCount;
    this.input.setAttribute('aria-expanded', String(places.length > 0));
    this.input.removeAttribute('aria-activedescendant');
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.places?.length) {
      event.preventDefault();
      this.#walk(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void this.#enter();
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.preventDefault();
      this.#show([]);
      this.list.hidden = true;
    }
  }

  /** The first place of what is typed by now, not of what was typed before. */
  async #enter() {
    const text = this.input.value.trim();
    if (this.listed !== text) {
      clearTimeout(this.waiting);
      await this.#search();
    }
    if (this.listed === text) this.#pick(this.list.children[Math.max(0, this.at)]);
  }

  #walk(step) {
    this.at = (this.at + step + this.places.length) % this.places.length;
    for (const [at, item] of [...this.list.children].entries()) item.setAttribute('aria-selected', String(at === this.at));
    this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.at}`);
  }

  #pick(item) {
    const place = item && this.places?.[[...this.list.children].indexOf(item)];
    if (!place) return;
    this.input.value = place.label;
    this.#show([]);
    this.list.hidden = true;
    void this.#choose(place, { label: `${place.label} · ${written(place)}`, move: true });
  }

  /** Something else is done instead. */
  #leave(act) {
    this.#end(null);
    void act();
  }

  #end(answer) {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.view?.remove();
    this.dialog.close();
    this.dialog.remove();
    this.resolve(answer);
  }
}

function option({ label, lat, lng }, id) {
  return element('li', { role: 'option', id, 'aria-selected': 'false' }, icon('map-pin'),
    element('span', { className: 'truncate', textContent: label }), element('span', { className: 'hint num', textContent: written({ lat, lng }, 2) }));
}

function written({ lat, lng }, digits = 5) {
  return `${lat.toFixed(digits)}, ${lng.toFixed(digits)}`.replaceAll('-', '−');
}

function round(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}

/** MapLibre's sheet is loaded with the first map. */
export function needMapSheet() {
  if (document.querySelector(`link[href="${config.map.css}"]`)) return;
  document.head.append(element('link', { rel: 'stylesheet', href: config.map.css }));
}

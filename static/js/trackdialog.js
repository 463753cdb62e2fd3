/** Puts photos where a GPX track says that somebody was at their time: files, the camera's clock, what would be placed. */
import { Map as MapLibre, LngLatBounds } from '../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { call } from './api.js';
import { accentColor, chosenLook, mapData, mapTexts, prefersStill, styleFor } from './basemap.js';
import { clockText, readClock } from './clock.js';
import { fullDate } from './dates.js';
import { errorLine, field, openDialog } from './dialog.js';
import { drawImages } from './mapimages.js';
import { config, element, icon, iconButton, t, tn } from './page.js';
import { needMapSheet } from './placedialog.js';

const MOST_FILES = 10;
const TYPING = 350;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const SHOWN = 8;
const STEPS = [[-HOUR, '−1 h'], [-MINUTE, '−1 min'], [MINUTE, '+1 min'], [HOUR, '+1 h']];

/**
 * @param {string[] | null} uids the photos that are meant, null for all
 * @returns {Promise<FormData | null>} what is to be sent, null if nothing was chosen
 */
export function askTrack(uids) {
  needMapSheet();
  return new TrackDialog(uids).ask();
}

class TrackDialog {
  constructor(uids) {
    this.uids = uids;
    this.files = [];
    this.ahead = 0;
    this.error = errorLine();
    this.input = element('input', { type: 'file', className: 'sr', accept: '.gpx,application/gpx+xml', multiple: true, onchange: () => this.#add(this.input) });
    this.drop = element('label', { className: 'track-drop' }, icon('route'), element('span', {},
      element('strong', { textContent: t('Choose GPX files') }), element('span', { className: 'muted small', textContent: t('or drop them here') })), this.input);
    this.list = element('ul', { className: 'track-files' });
    this.clock = element('input', { className: 'input num', type: 'text', inputMode: 'text', value: clockText(0), autocomplete: 'off', spellcheck: false,
      oninput: () => this.#typed(), onchange: () => this.#setAhead(this.ahead) });
    this.found = element('div', { className: 'track-found', hidden: true, 'aria-live': 'polite' });
    this.place = element('button', { className: 'btn primary', type: 'button', disabled: true, textContent: t('Place photos'), onclick: () => this.#end(this.#form()) });
    this.options = element('div', { className: 'track-options', hidden: true },
      field(t('The camera’s clock was ahead by'), element('div', { className: 'track-clock' }, this.clock, element('div', { className: 'track-steps' }, ...STEPS.map(([seconds, label]) => element('button', {
        className: 'btn', type: 'button', textContent: label, onclick: () => this.#setAhead(this.ahead + seconds),
      })))), { help: t('Hours, minutes and seconds; with a minus if it was slow.') }));
  }

  ask() {
    const title = this.uids ? tn('Place {n} photo by a track', 'Place {n} photos by a track', this.uids.length) : t('Place photos by a track');
    const told = this.uids ? t('Of the selected photos, those without a position of their own are put where the track was at their time.')
      : t('Photos without a position of their own are put where the track was at their time.');
    this.dialog = openDialog(title, {
      body: [element('p', { className: 'muted', textContent: told }), this.drop, this.list, this.options, this.error.line, this.found],
      footer: [element('span', { className: 'spacer' }), element('button', { className: 'btn', type: 'button', textContent: t('Cancel'), 'data-close': '' }), this.place],
    });
    this.dialog.classList.add('track-dialog');
    for (const name of ['dragenter', 'dragover']) this.dialog.addEventListener(name, (event) => this.#dragged(event, true));
    this.dialog.addEventListener('dragleave', (event) => this.#dragged(event, false));
    this.dialog.addEventListener('drop', (event) => {
      this.#dragged(event, false);
      this.#add(event.dataTransfer);
    });
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.dialog.addEventListener('close', () => this.#end(null));
    });
  }

  // ---------- files and clock ----------

  #dragged(event, isOver) {
    event.preventDefault();
    this.drop.classList.toggle('over', isOver);
  }

  #add({ files }) {
    const known = new Set(this.files.map(({ name, size }) => `${name} ${size}`));
    this.files.push(...[...files].filter(({ name, size }) => !known.has(`${name} ${size}`)));
    this.input.value = '';
    this.#showFiles();
  }

  #showFiles() {
    this.list.replaceChildren(...this.files.map((file) => element('li', {}, icon('route', 's'), element('span', { className: 'truncate', textContent: file.name }),
      iconButton('x', t('Remove {name}', { name: file.name }), { onclick: () => {
        this.files = this.files.filter((one) => one !== file);
        this.#showFiles();
      } }))));
    this.options.hidden = !this.files.length;
    void this.#preview();
  }

  #typed() {
    const seconds = readClock(this.clock.value);
    this.clock.setAttribute('aria-invalid', String(seconds === null));
    if (seconds === null || seconds === this.ahead) return;
    this.ahead = seconds;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#preview(), TYPING);
  }

  #setAhead(seconds) {
    this.clock.value = clockText(seconds);
    this.clock.setAttribute('aria-invalid', 'false');
    if (seconds === this.ahead) return;
    this.ahead = seconds;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#preview(), TYPING);
  }

  // ---------- what would be placed ----------

  async #preview() {
    this.asked?.abort();
    this.place.disabled = true;
    this.error.tell(null);
    if (!this.files.length) {
      this.found.hidden = true;
      return;
    }
    if (this.files.length > MOST_FILES) {
      this.error.tell({ message: t('At most {n} files at once.', { n: MOST_FILES }) });
      return;
    }
    const asked = new AbortController();
    this.asked = asked;
    const form = this.#form();
    form.append('preview', 'true');
    try {
      const plan = await call('POST', 'places/track', { form, signal: asked.signal });
      if (!asked.signal.aborted) this.#show(plan);
    } catch (problem) {
      if (problem.name === 'AbortError' || asked.signal.aborted) return;
      this.found.hidden = true;
      this.error.tell(problem);
    }
  }

  #show(plan) {
    const isTooMany = plan.placed > plan.most;
    this.place.disabled = !plan.placed || isTooMany;
    this.place.textContent = plan.placed ? tn('Place {n} photo', 'Place {n} photos', plan.placed) : t('Place photos');
    if (isTooMany) this.error.tell({ message: t('At most {n} photos are placed at once; choose fewer files.', { n: plan.most }) });
    this.map ??= element('div', { className: 'track-map' });
    this.found.replaceChildren(this.map, element('p', { className: 'track-sum' }, element('strong', { textContent: summary(plan) }), ' ',
      element('span', { className: 'muted', textContent: reasons(plan) })),
    thumbs(plan), days(plan));
    this.found.hidden = false;
    void this.#draw(plan);
  }

  async #draw(plan) {
    const data = await mapData().catch(() => null);
    if (!data || !this.map.isConnected) return;
    if (!this.view) {
      this.view = new MapLibre({
        container: this.map, style: styleFor(chosenLook(), data), attributionControl: { compact: true }, locale: mapTexts(), dragRotate: false, maxZoom: 16,
        fadeDuration: prefersStill() ? 0 : 200,
      });
      drawImages(this.view);
      // Told once; later the style counts as not loaded whenever tiles are on their way.
      this.loaded = new Promise((resolve) => { this.view.once('load', resolve); });
    }
    await this.loaded;
    if (!this.view) return;
    this.view.resize();
    const color = accentColor();
    const line = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: plan.line } };
    const spots = { type: 'MultiPoint', coordinates: plan.places.map(({ Lat: lat, Lng: lng }) => [lng, lat]) };
    const shown = { type: 'Feature', properties: {}, geometry: spots };
    if (this.view.getSource('track')) {
      this.view.getSource('track').setData(line);
      this.view.getSource('track-photos').setData(shown);
    } else {
      this.view.addSource('track', { type: 'geojson', data: line });
      this.view.addSource('track-photos', { type: 'geojson', data: shown });
      const round = { 'line-cap': 'round', 'line-join': 'round' };
      this.view.addLayer({ id: 'track-edge', type: 'line', source: 'track', layout: round, paint: { 'line-color': '#fff', 'line-width': 7, 'line-opacity': 0.85 } });
      this.view.addLayer({ id: 'track', type: 'line', source: 'track', layout: round, paint: { 'line-color': color, 'line-width': 3.5 } });
      this.view.addLayer({ id: 'track-photos', type: 'circle', source: 'track-photos',
        paint: { 'circle-radius': 5, 'circle-color': '#fff', 'circle-stroke-color': color, 'circle-stroke-width': 2.5 } });
    }
    const bounds = plan.line.reduce((box, point) => box.extend(point), new LngLatBounds());
    this.view.fitBounds(bounds, { padding: 28, maxZoom: 15, animate: false });
  }

  #form() {
    const form = new FormData();
    for (const file of this.files) form.append('files', file);
    form.append('ahead', String(this.ahead));
    if (this.uids) form.append('photos', this.uids.join(','));
    return form;
  }

  #end(answer) {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.view?.remove();
    this.view = undefined;
    this.resolve(answer);
    if (this.dialog.open) this.dialog.close();
  }
}

function summary(plan) {
  if (!plan.photos) return t('No photo was taken in the time of this track.');
  if (!plan.placed) return t('The track tells no new position.');
  return tn('{n} photo gets a place.', '{n} photos get a place.', plan.placed);
}

function reasons({ known, beyond }) {
  return [known && tn('{n} has a position already.', '{n} have a position already.', known),
    beyond && tn('For {n} the track tells none.', 'For {n} the track tells none.', beyond)].filter(Boolean).join(' ');
}

function thumbs({ places, placed }) {
  const some = places.filter(({ Hash: hash }) => hash).slice(0, SHOWN);
  const more = placed - some.length;
  return element('div', { className: 'track-thumbs', hidden: !some.length },
    ...some.map(({ Hash: hash }) => element('img', { src: `/api/v1/t/${hash}/${config.previewToken}/tile_224`, width: 56, height: 56, alt: '' })),
    more > 0 && element('span', { className: 'muted small num', textContent: `+${more}` }));
}

function days(plan) {
  return element('ul', { className: 'track-days' }, ...plan.days.map(({ day, photos, placed }) => element('li', {},
    element('span', { textContent: fullDate(day) }), element('meter', { min: 0, max: photos, value: placed, 'aria-hidden': 'true' }),
    element('span', { className: 'muted small num', textContent: t('{n} of {all}', { n: placed, all: photos }) }))));
}

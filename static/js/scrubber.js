/** The date scrubber: the scrollbar of the timeline, labelled with years. */
import { isBest, lastAtMost, monthOf } from './buckets.js';
import { monthTitle, shortMonthTitle } from './dates.js';
import { element, t } from './page.js';

/** A year's label needs this much of the height, px. */
const LABEL = 22;

/** On a phone the handle shows while scrolling and this long after, ms. */
const SHOWN = 1500;

export class Scrubber {
  /** @param {HTMLElement} slider @param {import('./timeline.js').Timeline} timeline */
  constructor(slider, timeline) {
    Object.assign(this, { slider, timeline, source: timeline.source });
    this.years = slider.querySelector('ol');
    this.handle = slider.querySelector('.now');
    this.caption = this.handle.querySelector('span');
    slider.addEventListener('pointerdown', (event) => this.#grab(event));
    slider.addEventListener('keydown', (event) => this.#key(event));
    timeline.addEventListener('scrolled', () => this.#follow());
    addEventListener('scroll', () => this.#showHandle(), { passive: true });
    timeline.addEventListener('rebuilt', () => this.build());
    new ResizeObserver(() => this.build()).observe(slider);
  }

  /** Labels the years; a position is a share of all photos, so it does not move while heights become known. */
  build() {
    // The best matches stand in no order of dates.
    this.slider.hidden = !this.source.total || isBest(this.source.buckets[0].key);
    if (this.slider.hidden) {
      this.months = null;
      return;
    }
    this.months = monthsOf(this.source);
    this.shown = -1;
    this.years.replaceChildren(...labelYears(this.months, this.source.total, this.slider.clientHeight));
    this.slider.setAttribute('aria-valuemin', '0');
    this.slider.setAttribute('aria-valuemax', String(this.months.length - 1));
    this.#follow();
  }

  #follow() {
    if (!this.months) return;
    const position = this.timeline.positionNow();
    const number = this.#monthAt(position);
    const share = position / this.source.total;
    this.handle.style.insetBlockStart = `${share * (this.slider.clientHeight - this.handle.offsetHeight)}px`;
    if (number === this.shown) return;
    this.shown = number;
    const { key } = this.months[number];
    this.caption.textContent = shortMonthTitle(key) || t('Date unknown');
    this.slider.setAttribute('aria-valuenow', String(number));
    this.slider.setAttribute('aria-valuetext', monthTitle(key) || t('Date unknown'));
  }

  #showHandle() {
    this.slider.classList.add('moving');
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.slider.classList.remove('moving'), SHOWN);
  }

  #monthAt(position) {
    return lastAtMost(this.months.map(({ start }) => start), position);
  }

  #grab(event) {
    if (event.button) return;
    event.preventDefault();
    this.slider.setPointerCapture(event.pointerId);
    this.slider.classList.add('dragging');
    const drag = (moved) => this.#goToPointer(moved);
    const release = () => {
      this.slider.classList.remove('dragging');
      this.slider.removeEventListener('pointermove', drag);
    };
    this.slider.addEventListener('pointermove', drag);
    this.slider.addEventListener('lostpointercapture', release, { once: true });
    if (!event.target.closest('.now')) drag(event);
  }

  #goToPointer({ clientY }) {
    const { top, height } = this.slider.getBoundingClientRect();
    const grip = this.handle.offsetHeight;
    const share = Math.max(0, Math.min(1, (clientY - top - grip / 2) / (height - grip)));
    if (share === 0) this.timeline.goTo(-this.timeline.canvasTop);
    else this.timeline.goToPosition(share * this.source.total);
  }

  #key(event) {
    const number = this.#monthAt(this.timeline.positionNow() + 0.5);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const wanted = Math.max(0, Math.min(this.months.length - 1, number + step));
    if (wanted === 0) this.timeline.goTo(-this.timeline.canvasTop);
    else this.timeline.goToPosition(this.months[wanted].start);
  }
}

/** Months newest first, each with the index of its first photo. */
function monthsOf({ buckets, starts }) {
  const months = [];
  for (const [number, { key }] of buckets.entries()) {
    if (monthOf(key) !== months.at(-1)?.key) months.push({ key: monthOf(key), start: starts[number] });
  }
  return months;
}

/** One item per year, as tall as its share of the photos; small years join the one before. */
function labelYears(months, total, height) {
  const years = [];
  for (const { key, start } of months) {
    const last = years.at(-1);
    const isNew = key.slice(0, 4) !== last?.year;
    if (isNew && (!last || ((start - last.start) / total) * height >= LABEL)) years.push({ year: key.slice(0, 4), start });
  }
  return years.map(({ year, start }, at) => {
    const item = element('li', {}, element('b', { textContent: Number(year) >= 1000 ? year : '–' }));
    item.style.flexGrow = String((years[at + 1]?.start ?? total) - start);
    return item;
  });
}

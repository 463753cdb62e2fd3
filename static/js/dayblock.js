/** The elements around the photos of a month and a day: headings, lists, and their places. */
import { isBest, sharedByHalf } from './buckets.js';
import { dayTitle, monthTitle } from './dates.js';
import { element, icon, isRtl, t } from './page.js';

/** @param {string} key of the bucket @param {{opensMonth: boolean}} options */
export function makeSection(key, { opensMonth }) {
  const section = element('section', { className: 'bucket' });
  if (opensMonth) section.append(element('h2', { className: 'month', textContent: isBest(key) ? t('Best matches') : monthTitle(key) || t('Date unknown') }));
  return section;
}

/**
 * @param {import('./photosource.js').Bucket} bucket
 * @param {import('./daylayout.js').DayBlock} block
 * @returns {{box: HTMLElement, list: HTMLElement}}
 */
export function makeDay(bucket, block) {
  const list = element('ul', { className: 'grid placed' });
  const box = element('div', { className: 'dayblock' });
  if (block.titled) box.append(makeHeading(bucket, block));
  box.append(list);
  return { box, list };
}

/** Places a box by its distance from the inline start and the top, px. */
export function moveTo(box, x, y, height) {
  const transform = `translate(${isRtl ? -x : x}px, ${y}px)`;
  const place = `${transform} ${height}`;
  if (box.place === place) return;
  box.place = place;
  box.style.transform = transform;
  box.style.blockSize = `${height}px`;
}

function makeHeading({ columns }, { day, from, to }) {
  const title = dayTitle(day) || t('Date unknown');
  const button = element('button', {
    className: 'pick-day', type: 'button', 'aria-label': t('Select all of {day}', { day: title }),
  }, icon('circle-check'));
  button.uids = () => columns.uid.slice(from, to);
  return element('div', { className: 'day' },
    element('h3', { textContent: title }),
    element('span', { className: 'where truncate', textContent: sharedByHalf(columns.place, from, to) }),
    button);
}

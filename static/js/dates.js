/** Dates and numbers in the words of the page's language. */

const language = globalThis.document?.documentElement.lang || 'en';
const number = new Intl.NumberFormat(language);
const formats = {
  month: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  shortMonth: new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }),
  weekday: new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }),
  date: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }),
  time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }),
  clock: new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }),
};

/** @param {string} key "2026-11" or longer; "" when the date is unknown */
export function monthTitle(key) {
  return isKnown(key) ? formats.month.format(dateOf(`${key.slice(0, 7)}-01`)) : '';
}

export function shortMonthTitle(key) {
  return isKnown(key) ? formats.shortMonth.format(dateOf(`${key.slice(0, 7)}-01`)) : '';
}

/** "Saturday 14": the month is said by the heading above. */
export function dayTitle(day) {
  if (!isKnown(day)) return '';
  return `${formats.weekday.format(dateOf(day))} ${number.format(Number(day.slice(8, 10)))}`;
}

/** "Saturday, 14 November 2026"; takes "2026-11-14" or a wall clock time. */
export function fullDate(local) {
  return isKnown(local) ? formats.date.format(dateOf(local)) : '';
}

/** "17:42" of a wall clock time. */
export function timeOfDay(local) {
  return isKnown(local) ? formats.time.format(dateOf(local)) : '';
}

/** "16:04:31", now. */
export function clockTime(when = new Date()) {
  return formats.clock.format(when);
}

export function count(value) {
  return number.format(value);
}

/** Seconds as "0:42" or "1:02:07". */
export function duration(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, at) => (at ? String(part).padStart(2, '0') : String(part))).join(':');
}

/** Bytes as "9.4 MB". */
export function fileSize(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = powerOf(bytes);
  return new Intl.NumberFormat(language, {
    style: 'unit', unit: units[power], unitDisplay: power ? 'short' : 'long', maximumSignificantDigits: power ? 3 : 21,
  }).format(bytes / 1000 ** power);
}

/** How much of a size, as a number in its unit: "9.4" of 12 MB. */
export function partOfSize(bytes, whole) {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(bytes / 1000 ** powerOf(whole));
}

function powerOf(bytes) {
  return bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
}

/** Photos without a date carry a year below 1000. */
function isKnown(local) {
  return Number(local.slice(0, 4)) >= 1000;
}

/** A wall clock time is read as if it were UTC and shown as UTC, so no zone shifts it. */
function dateOf(local) {
  const time = local.length > 10 ? local.slice(0, 19).replace(/Z$/, '') : `${local}T00:00:00`;
  return new Date(`${time}Z`);
}

/** How much a clock was ahead, as text: "1:02:03", "-0:00:30". Pure. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Hours, minutes and seconds of a number of seconds. */
export function clockText(seconds) {
  const rest = Math.abs(seconds);
  const parts = [Math.floor(rest / HOUR), Math.floor(rest / MINUTE) % 60, rest % 60];
  return (seconds < 0 ? '−' : '') + parts.map((part, at) => (at ? String(part).padStart(2, '0') : part)).join(':');
}

/**
 * The seconds of a text: "1:30" is an hour and a half, "2" two hours; null for what is no time.
 * @param {string} text
 * @returns {number | null}
 */
export function readClock(text) {
  const found = /^\s*([+−-]?)\s*(\d{1,4})(?:\s*[:h]\s*(\d{1,2}))?(?:\s*:\s*(\d{1,2}))?\s*$/.exec(text);
  if (!found) return null;
  const [, sign, hours, minutes = '0', seconds = '0'] = found;
  if (Number(minutes) > 59 || Number(seconds) > 59) return null;
  const total = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds);
  return sign && sign !== '+' ? -total : total;
}

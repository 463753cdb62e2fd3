/** Bucket keys and the index of all buckets: which photo is in which bucket. Pure. */

/**
 * A key is a month "2026-11", a day "2026-11-14", a chunk of a day "2026-11-14.2", or a chunk of the best matches "best.2".
 * @param {string} key
 */
export function monthOf(key) {
  return isBest(key) ? 'best' : key.slice(0, 7);
}

/** Whether the photos of a bucket stand in the order of how well they match, whenever they were taken. */
export function isBest(key) {
  return key.startsWith('best.');
}

/** @param {string} key the day of a day or chunk key, "" for a month */
export function dayOf(key) {
  return !isBest(key) && key.length >= 10 ? key.slice(0, 10) : '';
}

/** Whether a bucket goes on with the day the bucket before it ended with, so that it needs no heading. */
export function continuesDay(key, before) {
  return isBest(key) || (Boolean(before) && key.includes('.') && dayOf(key) === dayOf(before));
}

/** The largest index whose value is at most `value`; `values` rises. */
export function lastAtMost(values, value) {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Running start of each count: [3, 2, 5] gives [0, 3, 5]. */
export function startsOf(counts) {
  const starts = new Float64Array(counts.length);
  for (let at = 1; at < counts.length; at += 1) starts[at] = starts[at - 1] + counts[at - 1];
  return starts;
}

/** Runs of equal days: [{day, from, to}], `to` exclusive. */
export function daysOf(days) {
  const runs = [];
  for (let at = 0; at < days.length; at += 1) {
    const last = runs.at(-1);
    if (last && last.day === days[at]) last.to = at + 1;
    else runs.push({ day: days[at], from: at, to: at + 1 });
  }
  return runs;
}

/** The value that at least half of a range share, "" without one. */
export function sharedByHalf(values, from, to) {
  const counts = new Map();
  for (let at = from; at < to; at += 1) {
    if (values[at]) counts.set(values[at], (counts.get(values[at]) ?? 0) + 1);
  }
  let best = '';
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return (counts.get(best) ?? 0) * 2 >= to - from ? best : '';
}

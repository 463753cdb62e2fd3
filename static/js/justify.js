/** Justified rows: photos keep their shape, rows fill the width. Pure. */

/** A last row is stretched to the full width only if its height stays below this many targets. */
const STRETCH = 1.25;

/**
 * Lays out photos in rows that fill `width` exactly, each row as near to `target` high as it can be. O(n).
 *
 * @param {ArrayLike<number>} ratios width divided by height, per photo
 * @param {{width: number, target: number, gap: number, from?: number, to?: number}} frame lengths in px;
 *   `from` and `to` bound the photos that are laid out
 * @param {Float32Array} [boxes] x, y, width, height per photo; written at 4 * index
 * @returns {{boxes: Float32Array, height: number, rows: number}}
 */
export function justify(ratios, frame, boxes = new Float32Array(ratios.length * 4)) {
  const { width, target, gap, from = 0, to = ratios.length } = frame;
  let top = 0;
  let rows = 0;
  for (let first = from; first < to; rows += 1) {
    const { end, sum } = takeRow(ratios, first, to, frame);
    const full = (width - gap * (end - first - 1)) / sum;
    const height = end === to && full > target * STRETCH ? target : full;
    placeRow(ratios, first, end, { top, height, gap, boxes });
    top += height + gap;
    first = end;
  }
  return { boxes, height: Math.max(0, top - gap), rows };
}

/** How many photos from `first` make the row whose height is closest to the target. */
function takeRow(ratios, first, to, { width, target, gap }) {
  let end = first;
  let sum = 0;
  while (end < to) {
    const wider = sum + ratios[end];
    const height = (width - gap * (end - first)) / wider;
    if (height <= target) {
      const before = end > first ? (width - gap * (end - first - 1)) / sum : Infinity;
      if (before - target < target - height) break;
      return { end: end + 1, sum: wider };
    }
    sum = wider;
    end += 1;
  }
  return { end, sum };
}

function placeRow(ratios, first, end, { top, height, gap, boxes }) {
  let x = 0;
  for (let at = first; at < end; at += 1) {
    const width = ratios[at] * height;
    boxes[at * 4] = x;
    boxes[at * 4 + 1] = top;
    boxes[at * 4 + 2] = width;
    boxes[at * 4 + 3] = height;
    x += width + gap;
  }
}

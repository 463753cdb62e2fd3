/** Where the days of a bucket and their photos stand: big days alone, runs of small days side by side. Pure. */
import { justify } from './justify.js';

/** Shapes beyond these are cropped in the grid: a panorama would leave no room for its neighbours. */
const NARROWEST = 0.5;
const WIDEST = 2.8;

/**
 * @typedef {object} DayBlock
 * @property {string} day "2026-11-14"
 * @property {number} from first photo of the bucket in this day
 * @property {number} to one past the last
 * @property {number} x px from the inline start
 * @property {number} y px from the top of the bucket
 * @property {number} width px
 * @property {number} height px, heading included
 * @property {boolean} titled whether the heading is shown
 */

/**
 * @param {{day: string, from: number, to: number}[]} days
 * @param {ArrayLike<number>} ratios
 * @param {{width: number, target: number, gap: number, head: number, dayGap: number, narrowest: number,
 *   continues?: boolean, inLine?: boolean, top?: number}} frame px; `head` height of a day heading, `dayGap` below a day,
 *   `narrowest` width of a heading, `top` room for the month heading; `continues` drops the first heading;
 *   `inLine` keeps all to the target height, as other months stand beside this one
 * @returns {{blocks: DayBlock[], boxes: Float32Array, height: number}} boxes are relative to their day block
 */
export function layOutDays(days, ratios, frame) {
  const shapes = clampRatios(ratios);
  const boxes = new Float32Array(ratios.length * 4);
  const blocks = [];
  let y = frame.top ?? 0;
  for (let at = 0; at < days.length;) {
    const untitled = at === 0 && Boolean(frame.continues);
    const strip = untitled ? [days[at]] : takeStrip(days, at, shapes, frame);
    const height = strip.length > 1 || frame.inLine
      ? placeStrip(strip, shapes, { ...frame, y, boxes, blocks })
      : placeDay(strip[0], shapes, { ...frame, y, boxes, blocks, head: untitled ? 0 : frame.head });
    y += height + frame.dayGap;
    at += strip.length;
  }
  return { blocks, boxes, height: y };
}

/** Width over height as the grid shows it. */
export function clampRatios(ratios) {
  return Float32Array.from(ratios, (ratio) => Math.min(WIDEST, Math.max(NARROWEST, ratio || 1)));
}

/** The height of a bucket nobody has loaded yet, from its count alone. */
export function estimateHeight(count, { width, target, gap, head, dayGap, top = 0 }) {
  const rows = Math.ceil((count * 1.4 * target) / width);
  const days = Math.max(1, Math.round(Math.min(count / 8, 14)));
  return top + rows * (target + gap) + days * (head + dayGap);
}

/** The width that days need to stand side by side at the target height. */
export function widthOf(days, ratios, frame) {
  const shapes = clampRatios(ratios);
  return days.reduce((sum, day) => sum + dayWidth(day, shapes, frame), stripGap(frame) * (days.length - 1));
}

function dayWidth({ from, to }, shapes, { target, gap, narrowest }) {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += shapes[at];
  return Math.max(narrowest, sum * target + gap * (to - from - 1));
}

/** Days from `at` on that fit into one row at the target height. */
function takeStrip(days, at, shapes, frame) {
  const strip = [days[at]];
  let used = dayWidth(days[at], shapes, frame);
  for (let next = at + 1; next < days.length; next += 1) {
    used += stripGap(frame) + dayWidth(days[next], shapes, frame);
    if (used > frame.width) break;
    strip.push(days[next]);
  }
  return strip;
}

function stripGap({ gap }) {
  return gap * 4;
}

/** Small days side by side; one height for all, so that their headings and photos align. */
function placeStrip(strip, shapes, { width, target, gap, head, narrowest, inLine, y, boxes, blocks }) {
  const wanted = strip.map((day) => dayWidth(day, shapes, { target, gap, narrowest }));
  const free = width - wanted.reduce((sum, each) => sum + each, stripGap({ gap }) * (strip.length - 1));
  const scale = Math.min(1.2, 1 + free / (width - free));
  const height = free < width * 0.25 && !inLine ? target * scale : target;
  let x = 0;
  for (const day of strip) {
    placeRow(day, shapes, { height, gap, head, boxes });
    const dayWide = dayWidth(day, shapes, { target: height, gap, narrowest });
    blocks.push({ ...day, x, y, width: dayWide, height: head + height, titled: true });
    x += dayWide + stripGap({ gap });
  }
  return head + height;
}

function placeRow({ from, to }, shapes, { height, gap, head, boxes }) {
  let x = 0;
  for (let at = from; at < to; at += 1) {
    boxes.set([x, head, shapes[at] * height, height], at * 4);
    x += shapes[at] * height + gap;
  }
}

function placeDay(day, shapes, { width, target, gap, head, y, boxes, blocks }) {
  const { from, to } = day;
  const { height } = justify(shapes, { width, target, gap, from, to }, boxes);
  for (let at = from; at < to; at += 1) boxes[at * 4 + 1] += head;
  blocks.push({ ...day, x: 0, y, width, height: head + height, titled: head > 0 });
  return head + height;
}

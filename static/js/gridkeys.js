/** The keyboard in the grid: arrows move, Enter opens, Space selects, Shift extends, Ctrl A takes all. */
import { isRtl, t, tn } from './page.js';
import { toast, toastError } from './toast.js';

/** More than this cannot be selected at once: every one of them is a name in a request. */
export const MOST_SELECTED = 10_000;

/**
 * @param {import('./timeline.js').Timeline} timeline
 * @param {{open: (index: number) => void, toggleFavorite: (photo: object) => void}} act
 */
export function handleKeys(timeline, { open, toggleFavorite }) {
  const { canvas, source, selection } = timeline;
  canvas.addEventListener('focusin', ({ target }) => {
    const cell = target.closest?.('.cell')?.cell;
    if (cell) timeline.setFocused(cell.index);
  });
  canvas.addEventListener('keydown', (event) => {
    if (!event.target.closest('.cell')) return;
    const moved = targetOf(event, timeline);
    if (moved !== undefined) {
      event.preventDefault();
      void move(timeline, moved, { extend: event.shiftKey });
    } else if (event.key === ' ' && event.target.tagName === 'A') {
      event.preventDefault();
      selection.toggle(source.photo(timeline.focused).uid, timeline.focused);
    } else if (event.key === 'Enter' && event.target.tagName === 'A') {
      event.preventDefault();
      open(timeline.focused);
    } else if (event.key === 'l') {
      toggleFavorite(source.photo(timeline.focused));
    }
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open], .pswp')) selection.clear();
    const isAll = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
    if (!isAll || event.target.closest('input, textarea, select, dialog, .pswp') || !source.total) return;
    event.preventDefault();
    void selectAll(timeline);
  });
}

/** Selects everything between the anchor and `index`, loading what lies between. */
export async function extendTo(timeline, index) {
  const { source, selection } = timeline;
  const from = selection.anchor < 0 ? index : selection.anchor;
  if (Math.abs(from - index) >= MOST_SELECTED) return tellLimit();
  return addRange(timeline, from, index);
}

async function addRange({ source, selection }, from, to) {
  try {
    selection.add(await source.uidsBetween(from, to));
  } catch (problem) {
    toastError(problem);
  }
}

function targetOf({ key, ctrlKey, metaKey }, timeline) {
  if (ctrlKey || metaKey) return undefined;
  const { focused, source } = timeline;
  const forward = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const backward = isRtl ? 'ArrowRight' : 'ArrowLeft';
  if (key === forward) return Math.min(focused + 1, source.total - 1);
  if (key === backward) return Math.max(focused - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return source.total - 1;
  if (key === 'ArrowDown') return neighbour(timeline, 1);
  if (key === 'ArrowUp') return neighbour(timeline, -1);
  return undefined;
}

/** The photo in the next row (`step` 1) or the row before (-1) whose middle is nearest. */
function neighbour(timeline, step) {
  const { focused, source } = timeline;
  const here = timeline.boxOf(focused);
  if (!here) return focused;
  const middle = here.x + here.width / 2;
  let best = focused;
  let nearest = Infinity;
  let row = null;
  for (let index = focused + step; index >= 0 && index < source.total; index += step) {
    const box = timeline.boxOf(index);
    if (!box) return best === focused ? index : best;
    if (Math.abs(box.y - here.y) < 1) continue;
    row ??= box.y;
    if (Math.abs(box.y - row) > 1) break;
    const distance = Math.abs(box.x + box.width / 2 - middle);
    if (distance < nearest) [best, nearest] = [index, distance];
  }
  return best;
}

async function move(timeline, index, { extend }) {
  const from = timeline.focused;
  if (extend && timeline.selection.anchor < 0) timeline.selection.anchor = from;
  await timeline.reveal(index).catch(toastError);
  timeline.setFocused(index);
  timeline.cellOf(index)?.link.focus({ preventScroll: true });
  if (extend) await extendTo(timeline, index);
}

/** First the bucket around the focus, the second time the whole view. */
async function selectAll(timeline) {
  const { source, selection } = timeline;
  const { number, bucket } = source.where(timeline.focused);
  const from = source.starts[number];
  const isWhole = bucket.columns?.uid.every((uid) => selection.has(uid));
  if (!isWhole) return addRange(timeline, from, from + bucket.count - 1);
  if (source.total > MOST_SELECTED) return tellLimit();
  return addRange(timeline, 0, source.total - 1);
}

function tellLimit() {
  toast(tn('At most {n} photos can be selected at once', 'At most {n} photos can be selected at once', MOST_SELECTED),
    { icon: 'circle-alert', action: t('OK') });
}

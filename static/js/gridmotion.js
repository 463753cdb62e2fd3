/** Live Photos in the grid: they move under a resting mouse and under a finger that is held. */
import { Motion, moves } from './motion.js';

const RESTED = 140;
const HELD = 300;
const SLIP = 10;

/** @param {HTMLElement} canvas the element that holds the cells */
export function moveUnderPointer(canvas) {
  let motion = null;
  let cell = null;
  let timer = 0;
  let start = { x: 0, y: 0 };

  const stop = () => {
    clearTimeout(timer);
    motion?.stop();
    motion = null;
    cell = null;
  };
  const begin = (wanted, delay) => {
    stop();
    cell = wanted;
    timer = setTimeout(() => {
      const { photo } = wanted;
      if (photo && cell === wanted) motion = new Motion(wanted.link, photo);
    }, delay);
  };
  const cellAt = ({ target }) => {
    const found = target.closest?.('.cell')?.cell;
    return found?.photo && moves(found.photo) ? found : null;
  };

  canvas.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    const found = cellAt(event);
    if (found !== cell) found ? begin(found, RESTED) : stop();
  });
  canvas.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && stop());
  canvas.addEventListener('pointerdown', (event) => {
    start = { x: event.clientX, y: event.clientY };
    const found = event.pointerType === 'touch' && cellAt(event);
    if (found) begin(found, HELD);
  });
  canvas.addEventListener('pointermove', ({ pointerType, clientX, clientY }) => {
    if (pointerType === 'touch' && Math.hypot(clientX - start.x, clientY - start.y) > SLIP) stop();
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, ({ pointerType }) => pointerType === 'touch' && stop());
  canvas.addEventListener('click', stop, { capture: true });
  // The keyboard has no pointer to rest: what it reaches moves.
  canvas.addEventListener('focusin', ({ target }) => {
    const found = target.matches?.(':focus-visible') ? cellAt({ target }) : null;
    if (found) begin(found, RESTED);
  });
  canvas.addEventListener('focusout', stop);
  addEventListener('scroll', () => motion && cell && !cell.photo && stop(), { passive: true });
  return { stop };
}

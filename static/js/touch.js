/** Touch: holding a finger on a photo selects it; one that stays on a Live Photo watches it instead. */
import { moves } from './motion.js';

const HELD = 450;
const WATCHED = 1000;
const SLIP = 10;

/**
 * @param {HTMLElement} canvas
 * @param {(cell: import('./cell.js').Cell) => void} select
 */
export function holdToSelect(canvas, select) {
  let timer = 0;
  let start = { x: 0, y: 0 };
  let held = false;
  let meant = null;
  const stop = () => {
    clearTimeout(timer);
    meant = null;
  };
  canvas.addEventListener('pointerdown', (event) => {
    const cell = event.target.closest('.cell')?.cell;
    held = false;
    if (event.pointerType !== 'touch' || !cell) return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      held = true;
      navigator.vibrate?.(10);
      if (!cell.photo || !moves(cell.photo)) return select(cell);
      meant = cell;
      timer = setTimeout(stop, WATCHED - HELD);
      return undefined;
    }, HELD);
  });
  canvas.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (Math.hypot(clientX - start.x, clientY - start.y) > SLIP) stop();
  });
  canvas.addEventListener('pointerup', () => {
    const cell = meant;
    stop();
    if (cell?.photo) select(cell);
  });
  canvas.addEventListener('pointercancel', stop);
  canvas.addEventListener('contextmenu', (event) => held && event.preventDefault());
  // The click that follows a held finger would undo what holding did.
  canvas.addEventListener('click', (event) => {
    if (!held) return;
    held = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}

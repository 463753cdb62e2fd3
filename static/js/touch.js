/** Touch: holding a finger on a photo selects it. */

const HELD = 450;
const SLIP = 10;

/**
 * @param {HTMLElement} canvas
 * @param {(cell: import('./cell.js').Cell) => void} select
 */
export function holdToSelect(canvas, select) {
  let timer = 0;
  let start = { x: 0, y: 0 };
  let held = false;
  const stop = () => clearTimeout(timer);
  canvas.addEventListener('pointerdown', (event) => {
    const cell = event.target.closest('.cell')?.cell;
    held = false;
    if (event.pointerType !== 'touch' || !cell) return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      held = true;
      navigator.vibrate?.(10);
      select(cell);
    }, HELD);
  });
  canvas.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (Math.hypot(clientX - start.x, clientY - start.y) > SLIP) stop();
  });
  canvas.addEventListener('pointerup', stop);
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

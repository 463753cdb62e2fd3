/** The buttons on the map: nearer and farther, all photos, its looks, and the panel beside it. */
import { chosenLook } from './basemap.js';

const SIDE = 'map-side';

/** @param {HTMLElement} box @param {import('./photomap.js').PhotoMap} photoMap @param {number[] | null} bounds of all photos */
export function wireControls(box, photoMap, bounds) {
  const side = wireSide();
  const styles = wireStyles(box, photoMap);
  box.addEventListener('click', (event) => {
    const button = event.target.closest('[data-map]');
    const control = button?.dataset.map;
    if (control === 'in') photoMap.zoomBy(1);
    if (control === 'out') photoMap.zoomBy(-1);
    if (control === 'all' && bounds) photoMap.fit(bounds);
    if (control === 'side') side.show();
    if (control === 'styles') button.setAttribute('aria-expanded', String(styles.classList.toggle('open')));
  });
}

function wireStyles(box, photoMap) {
  const styles = box.querySelector('.styles');
  const press = () => {
    for (const button of styles.children) button.setAttribute('aria-pressed', String(button.value === chosenLook()));
  };
  styles.addEventListener('click', (event) => {
    const name = event.target.closest('button')?.value;
    if (!name) return;
    photoMap.setStyle(name);
    press();
  });
  press();
  return styles;
}

/** The panel is hidden until it is asked for again, on every later visit too. */
function wireSide() {
  const page = document.getElementById('main');
  const hide = document.getElementById('hide-side');
  const show = document.getElementById('show-side');
  const tell = (isShown) => {
    page.classList.toggle('map-alone', !isShown);
    show.hidden = isShown;
  };
  const change = (isShown) => {
    localStorage.setItem(SIDE, isShown ? 'on' : 'off');
    tell(isShown);
    (isShown ? hide : show.firstElementChild).focus({ preventScroll: true });
  };
  hide.addEventListener('click', () => change(false));
  tell(localStorage.getItem(SIDE) !== 'off');
  return { show: () => change(true) };
}

/** A full panorama to look around in; the program for it is loaded with the first one. */
import { config, element, iconButton, t } from './page.js';
import { toastError } from './toast.js';

const FOLDER = '../vendor/pannellum-2.5.7/';
const SIZE = 'fit_4096';

/** Whether a photo is one that surrounds the viewer. */
export function surrounds({ Files: files = [] }) {
  return files.some(({ Primary: isPrimary, Projection: projection }) => isPrimary && projection === 'equirectangular');
}

export class Panorama {
  /** @param {HTMLElement} root where it is laid over the viewer */
  constructor(root) {
    this.root = root;
  }

  get isOpen() {
    return Boolean(this.box);
  }

  /** @param {{hash: string, title: string}} photo */
  async open({ hash, title }) {
    if (this.box) return;
    const stage = element('div', { className: 'stage' });
    this.box = element('div', { className: 'panorama', role: 'group', 'aria-label': t('Panorama') }, stage,
      iconButton('x', t('Close panorama'), { onclick: () => this.close() }));
    // Turning the panorama is no swipe, and a click in it closes nothing.
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'mousedown', 'touchstart', 'touchmove', 'wheel', 'click']) {
      this.box.addEventListener(kind, (event) => event.stopPropagation(), { passive: true });
    }
    // Its keys turn the panorama; but for Escape none of them is one of the viewer's.
    this.box.addEventListener('keydown', (event) => event.stopPropagation());
    this.box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    }, { capture: true });
    this.root.append(this.box);
    try {
      const pannellum = await load();
      if (!this.box) return;
      this.scene = pannellum.viewer(stage, {
        type: 'equirectangular', panorama: `/api/v1/t/${hash}/${config.previewToken}/${SIZE}`, title, autoLoad: true, showZoomCtrl: true,
        showFullscreenCtrl: false, keyboardZoom: true, compass: false, hfov: 100,
      });
      stage.querySelector('.pnlm-container')?.focus();
    } catch (problem) {
      this.close();
      toastError(problem);
    }
  }

  close() {
    this.scene?.destroy();
    this.scene = null;
    if (!this.box) return;
    this.box.remove();
    this.box = null;
    this.root.focus();
  }
}

async function load() {
  if (!document.getElementById('pannellum-style')) {
    const href = new URL(`${FOLDER}pannellum.css`, import.meta.url).href;
    document.head.append(element('link', { id: 'pannellum-style', rel: 'stylesheet', href }));
  }
  // A classic script that leaves its name on the window.
  await import('../vendor/pannellum-2.5.7/pannellum.js');
  return window.pannellum;
}

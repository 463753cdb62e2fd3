/** Short messages at the bottom edge, with at most one action. */
import { element, icon, iconButton, t } from './page.js';

const SHOWN = 6000;
const LEAVING = 160;

/**
 * Shows a message for six seconds; it stays while hovered or focused.
 *
 * @param {string} message
 * @param {{icon?: string, action?: string, onAction?: () => void}} [options]
 * @returns {() => void} takes the message away
 */
export function toast(message, { icon: name = 'circle-check', action, onAction } = {}) {
  const box = element('div', { className: 'toast' }, icon(name), element('span', { textContent: message }));
  const dismiss = () => leave(box);
  if (action) box.append(element('button', { className: 'btn', type: 'button', textContent: action, onclick: act }));
  box.append(iconButton('x', t('Dismiss'), { onclick: dismiss }));
  holder().append(box);
  leaveWhenUnwatched(box, dismiss);
  return dismiss;

  function act() {
    dismiss();
    onAction?.();
  }
}

/** A toast for something that went wrong. */
export function toastError(problem) {
  // Signed out: the dialog says it.
  if (problem.status === 401) return () => {};
  return toast(problem.message ?? String(problem), { icon: 'circle-alert' });
}

/** Over a viewer, messages must lie in its layer: `host` holds them until null is given. */
export function moveToasts(host) {
  (host ?? document.body).append(holder());
}

function holder() {
  return document.getElementById('toasts');
}

function leaveWhenUnwatched(box, dismiss) {
  let timer = setTimeout(dismiss, SHOWN);
  const stay = () => clearTimeout(timer);
  const go = () => {
    clearTimeout(timer);
    timer = setTimeout(dismiss, SHOWN / 2);
  };
  box.addEventListener('pointerenter', stay);
  box.addEventListener('pointerleave', go);
  box.addEventListener('focusin', stay);
  box.addEventListener('focusout', go);
}

function leave(box) {
  box.classList.add('leaving');
  setTimeout(() => box.remove(), LEAVING);
}

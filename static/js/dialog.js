/** Dialogs that are made when they are needed and gone when they are closed. */
import { element, iconButton, t } from './page.js';

let made = 0;

/**
 * Opens a dialog over the page.
 * @param {string} title
 * @param {{body: (Node | null)[], footer?: (Node | null)[]}} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, { body, footer = [] }) {
  made += 1;
  const id = `dialog-${made}`;
  const dialog = element('dialog', { className: 'dialog', 'aria-labelledby': id },
    element('header', {}, element('h2', { id, tabIndex: -1, textContent: title }), iconButton('x', t('Close'), { 'data-close': '' })),
    element('div', { className: 'body' }, ...body));
  if (footer.length) dialog.append(element('footer', {}, ...footer.filter(Boolean)));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A labelled field; `control` is an input, textarea or select. */
export function field(label, control, { optional = false, help = '' } = {}) {
  return element('label', { className: 'field' },
    element('span', { className: 'lab' }, label, optional && element('span', { className: 'src', textContent: t('optional') })),
    control, help && element('p', { className: 'help', textContent: help }));
}

/** A row with its control, such as a switch, at the end. */
export function switchRow(label, help, control) {
  (control.querySelector('select') ?? control).setAttribute('aria-label', label);
  return element('div', { className: 'item' },
    element('div', { className: 'what' }, element('strong', { textContent: label }), help && element('span', { textContent: help })), control);
}

export function switchInput(checked, onchange) {
  return element('input', { className: 'switch', type: 'checkbox', role: 'switch', checked, onchange });
}

/** What went wrong, beside what caused it. */
export function errorLine() {
  const line = element('p', { className: 'error', role: 'alert', hidden: true });
  return { line, tell: (problem) => { line.textContent = problem?.message ?? ''; line.hidden = !problem; } };
}

/** Runs what a button starts, once at a time. */
export async function busy(button, act) {
  if (button.disabled) return undefined;
  button.disabled = true;
  try {
    return await act();
  } finally {
    button.disabled = false;
  }
}

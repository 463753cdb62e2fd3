/** The dialog that appears when the session has ended: sign in and go on where you were. */
import { config, element, icon, loginUrl, t } from './page.js';

let dialog = null;

/** Shows the dialog once, however many calls were refused. */
export function askToSignIn() {
  // What a link opens has no sign-in; the page itself says why it is closed now.
  if (config.authToken) return void location.reload();
  if (dialog?.open) return;
  dialog ??= makeDialog();
  document.body.append(dialog);
  dialog.showModal();
}

function makeDialog() {
  const here = encodeURIComponent(location.pathname + location.search + location.hash);
  return element('dialog', { className: 'dialog', 'aria-labelledby': 'signed-out' },
    element('header', {}, element('h2', { id: 'signed-out', textContent: t('You are signed out') })),
    element('div', { className: 'body' },
      element('p', { className: 'muted', textContent: t('Your session has ended. Sign in to go on where you were.') })),
    element('footer', {},
      element('a', { className: 'btn primary', href: `${loginUrl}?next=${here}` }, icon('log-in'), t('Sign in'))));
}

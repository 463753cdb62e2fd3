/** Every page: theme, search box, menus, shortcuts, uploads, live counts and progress in the rail. */
import { get } from './api.js';
import { count } from './dates.js';
import { changeIcon } from './page.js';
import { startSearchBox } from './searchbox.js';
import { startShortcuts } from './shortcuts.js';
import { toggleTheme } from './theme.js';
import { startUpload } from './upload.js';
import { connect, on } from './ws.js';

/** PhotoPrism's names of the counts beside ours. */
const COUNTS = { archived: 'archive', hidden: 'errors' };

/** The server keeps its counts for five seconds; asked for later, they know of the event. ms */
const RECOUNT = 5500;

let recounting = 0;
let isOutdated = false;

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-theme-switch]')) toggleTheme();
  target.closest('[data-close]')?.closest('dialog').close();
  const reveal = target.closest('[data-reveal]');
  if (reveal) revealPassword(reveal);
});

startShortcuts();
startSearchBox();
startUpload();
tidyCounts();

if ('live' in document.body.dataset) {
  on('count.updated', recount);
  on('index.indexing', showProgress);
  on('index.completed', hideProgress);
  on('reconnected', recount);
  connect();
}

/** The event only says that counts changed; they are asked for once things have calmed down. */
function recount() {
  isOutdated = true;
  recounting ||= setTimeout(async () => {
    isOutdated = false;
    const answer = await get('config').catch(() => ({}));
    for (const [name, value] of Object.entries(answer.count ?? {})) showCount(COUNTS[name] ?? name, value);
    recounting = 0;
    if (isOutdated) recount();
  }, RECOUNT);
}

function showCount(name, value) {
  document.dispatchEvent(new CustomEvent('counted', { detail: { name, value } }));
  for (const shown of document.querySelectorAll(`[data-count="${CSS.escape(name)}"]`)) {
    shown.textContent = count(value);
    if (shown.classList.contains('count')) shown.hidden = value === 0;
  }
}

function tidyCounts() {
  for (const shown of document.querySelectorAll('[data-count], [data-tidy]')) shown.textContent = count(Number(shown.textContent));
}

function revealPassword(button) {
  const field = document.getElementById(button.dataset.reveal);
  const isShown = field.type === 'text';
  field.type = isShown ? 'password' : 'text';
  button.setAttribute('aria-pressed', String(!isShown));
  changeIcon(button.firstElementChild, isShown ? 'eye' : 'eye-off');
}

function showProgress({ done = 0, total = 0 }) {
  const foot = document.getElementById('rail-progress');
  if (!foot) return;
  foot.hidden = false;
  const bar = foot.querySelector('progress');
  bar.max = total || 1;
  bar.value = done;
  foot.querySelector('.num').textContent = total ? `${Math.floor((done / total) * 100)} %` : '';
}

function hideProgress() {
  const foot = document.getElementById('rail-progress');
  if (foot) foot.hidden = true;
}

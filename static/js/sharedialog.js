/** The dialog in which an album is shared by link: make, copy, limit and take back links. */
import { call, get, post, put } from './api.js';
import { busy, errorLine, openDialog, switchInput, switchRow } from './dialog.js';
import { fullDate } from './dates.js';
import { element, icon, iconButton, t, tn } from './page.js';

const DAY = 24 * 60 * 60;

/** Days until a link ends; 0 = never. PhotoPrism's choices. */
const EXPIRIES = [0, 1, 3, 7, 14, 31, 60, 365];

/** Letters of a made password that nobody mistakes for others. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** @param {{uid: string, title: string}} album */
export async function shareAlbum({ uid, title }) {
  const list = element('div', {});
  const error = errorLine();
  const make = element('button', { className: 'btn primary', type: 'button' }, icon('link'), t('Make a link'));
  const done = element('button', { className: 'btn', type: 'button', textContent: t('Done'), 'data-close': '' });
  const dialog = openDialog(t('Share “{title}”', { title }), {
    body: [element('p', { className: 'muted', textContent: t('Anyone with a link sees the photos of this album, and nothing else. Private and archived photos are left out.') }), list, error.line],
    footer: [make, element('span', { className: 'spacer' }), done],
  });
  make.addEventListener('click', () => busy(make, async () => {
    try {
      show(await post(`albums/${uid}/links`, {})).querySelector('[data-copy]').focus();
    } catch (problem) {
      error.tell(problem);
    }
  }));
  try {
    for (const link of await get(`albums/${uid}/links`)) show(link);
  } catch (problem) {
    error.tell(problem);
  }
  return new Promise((resolve) => dialog.addEventListener('close', resolve));

  function show(link) {
    const box = linkBox(uid, link, { tell: error.tell, removed: rename });
    list.append(box);
    rename();
    return box;
  }

  function rename() {
    make.lastChild.textContent = list.childElementCount ? t('Make another link') : t('Make a link');
    make.classList.toggle('primary', !list.childElementCount);
  }
}

/** One link with its address and its limits, each of which acts at once. */
function linkBox(uid, link, { tell, removed }) {
  const path = `albums/${uid}/links/${link.UID}`;
  const address = element('input', { className: 'input', readOnly: true, 'aria-label': t('Link') });
  const facts = element('span', { className: 'muted small num' });
  const remove = element('button', { className: 'btn danger', type: 'button' }, icon('trash-2'), t('Remove link'));
  const box = element('section', { className: 'share-link stack-4' },
    element('div', { className: 'linkbox' }, address, copyButton(address)),
    terms(), element('div', { className: 'row between' }, facts, remove));
  let changing = Promise.resolve();
  update();
  remove.addEventListener('click', () => busy(remove, async () => {
    try {
      await call('DELETE', path);
      box.remove();
      removed();
    } catch (problem) {
      tell(problem);
    }
  }));
  return box;

  function terms() {
    return element('div', { className: 'group' }, ...passwordRows(link, change), expiryRow(link, change),
      switchRow(t('Originals can be downloaded'), t('Otherwise the web size only'),
        switchInput(link.CanDownload, ({ target }) => change({ CanDownload: target.checked }))),
      switchRow(t('Hide places'), t('No map, position, city or country; downloads are copies without metadata. Titles and names that you wrote stay.'),
        switchInput(link.HidePlaces, ({ target }) => change({ HidePlaces: target.checked }))));
  }

  /** One change after the other, as the last of two must be the one that holds. */
  function change(values) {
    changing = changing.then(() => send(values));
    return changing;
  }

  async function send(values) {
    try {
      Object.assign(link, await put(path, values));
      tell(null);
      update();
    } catch (problem) {
      // Nothing may look protected that is not: the limits are shown as they are.
      box.querySelector('.group').replaceWith(terms());
      tell(problem);
    }
  }

  function update() {
    address.value = `${location.origin}/s/${link.Token}/${link.Slug}`;
    const ends = link.ExpiresAt && t('ends on {day}', { day: fullDate(link.ExpiresAt.slice(0, 10)) });
    facts.textContent = [tn('opened {n} time', 'opened {n} times', link.Views), ends].filter(Boolean).join(' · ');
  }
}

function copyButton(address) {
  const word = document.createTextNode(t('Copy'));
  const button = element('button', { className: 'btn primary', type: 'button', 'data-copy': '' }, icon('copy'), word);
  button.addEventListener('click', async () => {
    address.select();
    // Without HTTPS there is no clipboard for scripts; then the selection is copied.
    await (navigator.clipboard?.writeText(address.value) ?? Promise.reject(new Error('none'))).catch(() => document.execCommand('copy'));
    word.textContent = t('Copied');
    setTimeout(() => { word.textContent = t('Copy'); }, 2000);
  });
  return button;
}

function passwordRows(link, change) {
  const input = element('input', { className: 'input', type: 'text', maxLength: 256, autocomplete: 'off', spellcheck: false });
  const again = iconButton('refresh-cw', t('Make another'), { onclick: () => choose(madePassword()) });
  const row = element('div', { className: 'item', hidden: true },
    element('label', { className: 'field what' }, element('span', { className: 'sr', textContent: t('Password') }), element('span', { className: 'with-icon' }, input, again)));
  input.addEventListener('change', () => input.value && change({ Password: input.value }));
  const toggle = switchInput(link.VerifyPassword, ({ target }) => {
    row.hidden = !target.checked;
    if (target.checked) choose(madePassword());
    else void change({ VerifyPassword: false });
  });
  if (link.VerifyPassword) {
    row.hidden = false;
    input.placeholder = t('Only who knows it can tell it');
  }
  return [switchRow(t('Password'), t('Asked once per visit'), toggle), row];

  function choose(password) {
    input.value = password;
    void change({ Password: password });
  }
}

function expiryRow(link, change) {
  const days = Math.round(link.Expires / DAY);
  const choices = EXPIRIES.includes(days) ? EXPIRIES : [...EXPIRIES, days].sort((a, b) => a - b);
  const select = element('select', { className: 'input', onchange: () => change({ Expires: Number(select.value) * DAY }) },
    ...choices.map((n) => element('option', { value: String(n), selected: n === days, textContent: n ? tn('In {n} day', 'In {n} days', n) : t('Never') })));
  return switchRow(t('Ends'), '', element('span', { className: 'select' }, select, icon('chevrons-up-down', 's')));
}

function madePassword() {
  const numbers = crypto.getRandomValues(new Uint32Array(10));
  return [...numbers].map((number) => LETTERS[number % LETTERS.length]).join('');
}

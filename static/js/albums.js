/** The page of albums: make, rename, favour, share and delete them; sort and search the list. */
import { newAlbum } from './albumactions.js';
import { startAlbumMenu } from './albummenu.js';
import { on } from './ws.js';

const form = document.getElementById('albums-form');

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-new-album]')) void newAlbum();
});
form?.order.addEventListener('change', () => form.requestSubmit());
form?.addEventListener('submit', () => {
  // An empty field has no place in the address.
  form.q.disabled = !form.q.value.trim();
});

startAlbumMenu((button) => button.closest('.card'), {
  changed: showChange,
  gone: (card) => { card.hidden = true; },
  back: (card) => { card.hidden = false; },
});

// What was deleted elsewhere goes, and comes back with an Undo, whichever page it was asked for on.
on('albums.deleted', ({ entities = [] }) => showCards(entities, false));
on('albums.created', ({ entities = [] }) => showCards(entities, true));

function showCards(uids, isThere) {
  for (const card of uids.map(cardOf)) card?.toggleAttribute('hidden', !isThere);
}

function cardOf(uid) {
  return document.querySelector(`.card[data-uid="${CSS.escape(uid)}"]`);
}

function showChange(card, { Title: title, Description: description, Filter: filter, Private: isPrivate, Favorite: favorite }) {
  const before = card.dataset.filter;
  Object.assign(card.dataset, { title, description, filter, private: isPrivate ? 'yes' : '', favorite: favorite ? 'yes' : '' });
  const name = card.querySelector('[data-shown-title]');
  name.textContent = title;
  name.title = title;
  card.querySelector('[data-shown-heart]').hidden = !favorite;
  card.querySelector('[data-shown-lock]').hidden = !isPrivate;
  // Other photos are in it now.
  if (filter !== before) location.reload();
}

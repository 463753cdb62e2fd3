/** Puts selected photos into an album: one that is chosen from a list, a new one, or the one that is being filled. */
import { albumUrl } from './albumurl.js';
import { get, post, remove } from './api.js';
import { chooseOne, literal } from './chooser.js';
import { element, icon, t, tn } from './page.js';
import { note, noted } from './tabnotes.js';
import { toast, toastError } from './toast.js';

/** The album for which photos are being looked for, kept while one goes from page to page. */
const FILLING = 'album-to-fill';
const SHOWN = 50;

/** @returns {{uid: string, title: string} | null} */
export function albumToFill() {
  return noted(FILLING);
}

/** Goes to the photos to choose some for this album. */
export function lookForPhotos({ uid, title }) {
  note(FILLING, { uid, title });
  location.assign('/library/browse');
}

/** The note that says for which album photos are being chosen; nothing where none is. */
export function noteAlbumToFill(main) {
  const album = albumToFill();
  if (!album) return;
  const end = element('button', { className: 'btn', type: 'button', textContent: t('Done') });
  const told = element('p', { className: 'note acc adding-note' }, icon('album'),
    element('span', { textContent: t('Select photos and add them to “{title}”', { title: album.title }) }), end);
  end.addEventListener('click', () => {
    sessionStorage.removeItem(FILLING);
    location.assign(albumUrl({ UID: album.uid }));
  });
  main.prepend(told);
}

/** @param {string[]} uids of photos */
export async function addToAlbum(uids) {
  const filling = albumToFill();
  if (filling) return add({ UID: filling.uid, Title: filling.title }, uids);
  const album = await chooseAlbum(uids.length);
  return album && add(album, uids);
}

/** Takes photos out of an album; they vanish from the page at once and come back if the server refuses. */
export async function removeFromAlbum(source, album, uids) {
  const putBack = source.remove(uids);
  try {
    await remove(`albums/${album.uid}/photos`, { photos: uids });
  } catch (problem) {
    putBack();
    return void toastError(problem);
  }
  const undo = async () => {
    await post(`albums/${album.uid}/photos`, { photos: uids }).then(putBack, toastError);
  };
  return void toast(tn('{n} photo removed from the album', '{n} photos removed from the album', uids.length), { icon: 'minus', action: t('Undo'), onAction: undo });
}

async function add(album, uids) {
  try {
    const { added } = await post(`albums/${album.UID}/photos`, { photos: uids });
    const told = added.length ? tn('{n} photo added to “{title}”', '{n} photos added to “{title}”', added.length, { title: album.Title }) : t('Already in “{title}”', { title: album.Title });
    toast(told, { icon: 'album', action: t('Open'), onAction: () => location.assign(albumUrl(album)) });
  } catch (problem) {
    toastError(problem);
  }
}

/** @returns {Promise<{UID: string, Title: string} | null>} */
function chooseAlbum(n) {
  return chooseOne({
    title: tn('Add {n} photo to an album', 'Add {n} photos to an album', n),
    find: t('Find or name an album'),
    none: t('There is no album yet. Type a name to make one.'),
    ask: (words, signal) => get(`albums?${new URLSearchParams({ count: String(SHOWN), type: 'album', smart: 'no', order: 'edited', title: words ? `*${literal(words)}*` : '' })}`, { signal }),
    show: ({ Title: name, Thumb: thumb, PhotoCount: photos }) => ({ name, thumb, photos }),
    make: { label: (title) => t('New album “{title}”', { title }), create: (title) => post('albums', { Title: title }) },
  });
}

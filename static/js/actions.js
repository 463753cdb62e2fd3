/** What can be done to photos: each acts at once, says so, and offers to undo it. */
import { call, get, post } from './api.js';
import { config, t, tn } from './page.js';
import { detailsOf, forgetDetails } from './photodetails.js';
import { settleAll } from './pool.js';
import { toast, toastError } from './toast.js';

/** Batch changes that take photos out of the current view, each with its way back. */
const MOVES = {
  archive: { icon: 'archive', back: 'restore', one: '{n} photo archived', many: '{n} photos archived' },
  restore: { icon: 'archive-restore', back: 'archive', one: '{n} photo restored', many: '{n} photos restored' },
  approve: { icon: 'circle-check', back: null, one: '{n} photo approved', many: '{n} photos approved' },
  private: { icon: 'lock', back: 'private', one: '{n} photo made private', many: '{n} photos made private' },
  unprivate: { path: 'private', icon: 'lock-open', back: 'private', one: '{n} photo no longer private', many: '{n} photos no longer private' },
};

/** UIDs whose going was caused here, so that the event that follows is not news. */
const ours = new Set();

/** @param {string} uid */
export function isOurs(uid) {
  return ours.has(uid);
}

/**
 * Moves photos out of the view: they vanish at once and come back if the server refuses.
 *
 * @param {import('./photosource.js').PhotoSource} source
 * @param {string[]} uids
 * @param {keyof typeof MOVES} name
 */
export async function movePhotos(source, uids, name) {
  const { path = name, icon, back, one, many } = MOVES[name];
  const putBack = source.remove(uids);
  for (const uid of uids) ours.add(uid);
  try {
    await post(`batch/photos/${path}`, { photos: uids });
  } catch (problem) {
    putBack();
    toastError(problem);
    return;
  }
  const undo = back && { action: t('Undo'), onAction: () => takeBack(uids, back, putBack) };
  toast(tn(one, many, uids.length), { icon, ...undo });
}

/** Marks photos as favourites or not; four requests at a time. */
export async function setFavorites(source, uids, favorite) {
  for (const uid of uids) source.setFavorite(uid, favorite);
  const results = await settleAll(uids, 4, (uid) => call(favorite ? 'POST' : 'DELETE', `photos/${uid}/like`));
  const refused = uids.filter((_, at) => results[at].status === 'rejected');
  for (const uid of refused) source.setFavorite(uid, !favorite);
  if (refused.length) toastError(results.find(({ status }) => status === 'rejected').reason);
  return uids.length - refused.length;
}

/** Favourites a whole selection and says so; taking it back leaves those that were favourites before. */
export async function favoriteSelection(source, uids) {
  const others = uids.filter((uid) => !source.photo(source.indexOf(uid))?.favorite);
  const done = await setFavorites(source, others, true);
  if (!done && others.length) return;
  const undo = done && { action: t('Undo'), onAction: () => setFavorites(source, others, false) };
  toast(tn('{n} photo added to favourites', '{n} photos added to favourites', done), { icon: 'heart', ...undo });
}

/** Makes one photo of a selection; the files stay what they are. */
export async function stackPhotos(source, uids) {
  if (uids.length < 2) return void toast(t('Select at least two photos to stack them'), { icon: 'circle-alert' });
  try {
    const { undo } = await post('batch/photos/stack', { photos: uids });
    forgetDetails(uids);
    await source.open();
    const unstack = () => void takeStackBack(source, uids, undo);
    toast(tn('{n} photo stacked', '{n} photos stacked', uids.length), { icon: 'layers-2', action: t('Undo'), onAction: unstack });
  } catch (problem) {
    toastError(problem);
  }
}

/** Shows another file of a stack from now on; whether it worked. `afterUndo` is called once that was taken back. */
export async function makePrimary(source, uid, fileUid, afterUndo) {
  const { Files: files = [] } = await detailsOf(uid).catch(() => ({}));
  const before = files.find(({ Primary: isPrimary }) => isPrimary);
  const back = before && (async () => (await choosePrimary(source, uid, before.UID)) && afterUndo?.());
  return Boolean(await choosePrimary(source, uid, fileUid, { done: t('Now shown first'), back }));
}

/** Takes a file out of a stack: it becomes a photo of its own; whether it worked. */
export async function unstackFile(source, uid, fileUid, afterUndo) {
  const answer = await changeStack(source, uid, `photos/${uid}/files/${fileUid}/unstack`);
  const back = async () => (await takeStackBack(source, [uid], answer.Undo)) && afterUndo?.();
  if (answer) toast(t('Taken out of the stack'), { icon: 'layers-2', action: t('Undo'), onAction: back });
  return Boolean(answer);
}

async function choosePrimary(source, uid, fileUid, { done, back } = {}) {
  const answer = await changeStack(source, uid, `photos/${uid}/files/${fileUid}/primary`);
  if (answer && done) toast(done, { icon: 'layers-2', ...(back && { action: t('Undo'), onAction: back }) });
  return answer;
}

async function takeStackBack(source, uids, token) {
  try {
    await post('batch/photos/stack/undo', { undo: token });
    forgetDetails(uids);
    await source.open();
    return true;
  } catch (problem) {
    toastError(problem);
    return false;
  }
}

/** The photo as it is then, null if it could not be changed. */
async function changeStack(source, uid, path) {
  try {
    const photo = await post(path);
    forgetDetails([uid]);
    await source.open();
    return photo;
  } catch (problem) {
    toastError(problem);
    return null;
  }
}

/** Downloads one photo as it is, several as a ZIP. */
export async function downloadPhotos(uids) {
  try {
    save(uids.length === 1 ? await originalUrl(uids[0]) : await zipUrl(uids));
  } catch (problem) {
    toastError(problem);
  }
}

async function originalUrl(uid) {
  const { Files: files = [] } = await get(`photos/${uid}`);
  // The original, not the preview that was made of it: a RAW or HEIC is downloaded as itself.
  const original = files.find(({ Root, Primary }) => Root === '/' && Primary) ?? files.find(({ Root }) => Root === '/') ?? files[0];
  return `/api/v1/dl/${original.Hash}?t=${encodeURIComponent(config.downloadToken)}`;
}

async function zipUrl(uids) {
  const done = toast(tn('Packing {n} photo', 'Packing {n} photos', uids.length), { icon: 'download' });
  try {
    const { filename } = await post('zip', { photos: uids });
    return `/api/v1/zip/${filename}?t=${encodeURIComponent(config.downloadToken)}`;
  } finally {
    done();
  }
}

function save(url) {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}

async function takeBack(uids, name, putBack) {
  try {
    await post(`batch/photos/${name}`, { photos: uids });
    for (const uid of uids) ours.delete(uid);
    putBack();
  } catch (problem) {
    toastError(problem);
  }
}

/** Puts photos in their place: one, a selection, or by a GPX track; and takes it back. */
import { call, get, post } from './api.js';
import { element, t, tn } from './page.js';
import { forgetDetails } from './photodetails.js';
import { toast, toastError } from './toast.js';

/** @returns {Promise<boolean>} whether anything changed */
export async function placePhotos(uids) {
  const start = uids.length === 1 ? await positionOf(uids[0]) : null;
  const { choosePlace } = await import('./placedialog.js');
  const title = uids.length === 1 ? t('Where was this taken?') : tn('Where was this {n} photo taken?', 'Where were these {n} photos taken?', uids.length);
  const other = { label: t('By a GPX track'), icon: 'route', act: () => placeByTrack(uids) };
  const place = await choosePlace({ title, start, canRemove: uids.length > 1 || Boolean(start), other });
  if (!place) return false;
  return send(post('batch/photos/place', { photos: uids, Lat: place.lat, Lng: place.lng }), 'map-pin');
}

/** Asks for GPX files, and places those of the photos that they tell a position for; null means all photos. */
export async function placeByTrack(uids = null) {
  const { askTrack } = await import('./trackdialog.js');
  const form = await askTrack(uids);
  return form ? send(call('POST', 'places/track', { form }), 'route') : false;
}

async function send(sent, name) {
  try {
    const { changed, before } = await sent;
    forgetDetails(before.map(({ UID }) => UID));
    const undo = changed && { action: t('Undo'), onAction: () => takeBack(before) };
    toast(changed ? tn('Place of {n} photo changed', 'Place of {n} photos changed', changed) : t('No photo was moved'), { icon: name, ...undo });
    if (changed) dispatchEvent(new CustomEvent('placed', { detail: before.map(({ UID }) => UID) }));
    return changed > 0;
  } catch (problem) {
    toastError(problem);
    return false;
  }
}

async function takeBack(before) {
  try {
    await post('batch/photos/place', { places: before });
    forgetDetails(before.map(({ UID }) => UID));
    dispatchEvent(new CustomEvent('placed', { detail: before.map(({ UID }) => UID) }));
  } catch (problem) {
    toastError(problem);
  }
}

async function positionOf(uid) {
  const { Lat: lat, Lng: lng } = await get(`photos/${uid}`).catch(() => ({}));
  return lat || lng ? { lat, lng } : null;
}

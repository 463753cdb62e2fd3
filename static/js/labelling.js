/** Puts labels on a photo and takes them away, each with its way back. */
import { post, put, remove } from './api.js';
import { t } from './page.js';
import { keepDetails } from './photodetails.js';
import { toast, toastError } from './toast.js';

/**
 * @param {() => {uid: string} | undefined} photo the one at hand
 * @param {(uid: string) => void} changed called with the photo that has other labels now
 * @returns {import('./photolabels.js').Change}
 */
export function labelChanges(photo, changed) {
  return { add, remove: takeAway };

  async function add(name) {
    const { uid } = photo();
    await send(uid, post(`photos/${uid}/label`, { Name: name, Uncertainty: 0 }));
  }

  async function takeAway({ LabelID: id, Label: { Name: name } }) {
    const { uid } = photo();
    const details = await send(uid, remove(`photos/${uid}/label/${id}`));
    if (details) toast(t('Label “{name}” removed', { name }), { icon: 'tag', action: t('Undo'), onAction: () => putBack(uid, details, id, name) });
  }

  /** What a program has seen is still noted, and confirmed by that; what a person said is said again. */
  async function putBack(uid, { Labels: left }, id, name) {
    const isNoted = left.some(({ LabelID: noted }) => noted === id);
    await send(uid, isNoted ? put(`photos/${uid}/label/${id}`, { Uncertainty: 0 }) : post(`photos/${uid}/label`, { Name: name, Uncertainty: 0 }));
  }

  async function send(uid, asked) {
    try {
      const details = await asked;
      keepDetails(details);
      changed(uid);
      return details;
    } catch (problem) {
      toastError(problem);
      return null;
    }
  }
}

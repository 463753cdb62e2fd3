/** What can be done to a label: each acts at once, says so, and offers to undo it. */
import { call, get, post, put, remove } from './api.js';
import { chooseOne, literal } from './chooser.js';
import { busy, errorLine, field, openDialog } from './dialog.js';
import { element, t } from './page.js';
import { toast, toastError } from './toast.js';

const SHOWN = 50;

/** Where a label is shown; takes its JSON. */
export function labelUrl({ UID: uid, CustomSlug: slug = '' }) {
  return `/library/labels/${uid}/${slug || 'view'}`;
}

/** Labels of which a word begins so or is in the name, those of many photos first. */
export function findLabels(words, signal, count = SHOWN) {
  const name = words ? { name: `*${literal(words)}*` } : {};
  return get(`labels?${new URLSearchParams({ count: String(count), all: 'true', order: 'count', ...name })}`, { signal });
}

export function setLabelFavorite(uid, favorite) {
  return call(favorite ? 'POST' : 'DELETE', `labels/${uid}/like`);
}

/**
 * Asks for another name and description.
 * @param {DOMStringMap} label uid, name, description
 * @returns {Promise<{label?: any, merged?: any} | null>} the changed label, or that which it was merged into
 */
export function editLabel({ uid, name, description = '' }) {
  const title = element('input', { className: 'input', name: 'name', value: name, maxLength: 160, required: true, autocomplete: 'off' });
  const about = element('textarea', { className: 'input', name: 'description', value: description, maxLength: 4096 });
  const error = errorLine();
  const form = element('form', { id: 'label-form', className: 'stack-4', noValidate: true },
    field(t('Name'), title, { help: t('Searches for the old name still find it.') }), field(t('Description'), about, { optional: true }), error.line);
  const save = submitButton(form, t('Save'));
  const merge = element('button', { className: 'btn', type: 'button', hidden: true, textContent: t('Merge the two') });
  const cancel = element('button', { className: 'btn quiet', type: 'button', textContent: t('Cancel'), 'data-close': '' });
  const dialog = openDialog(t('Rename “{name}”', { name }), { body: [form], footer: [cancel, merge, save] });
  let other = null;
  title.focus();
  title.select();
  return new Promise((resolve) => {
    let done = null;
    dialog.addEventListener('close', () => resolve(done));
    title.addEventListener('input', () => { merge.hidden = true; });
    merge.addEventListener('click', () => busy(merge, () => finish(async () => ({ merged: await mergeInto({ uid, name }, other, () => location.reload()) }))));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void busy(save, () => finish(async () => ({ label: await put(`labels/${uid}`, { Name: title.value, Description: about.value }) })));
    });

    async function finish(act) {
      try {
        done = await act();
        dialog.close();
      } catch (problem) {
        error.tell(problem);
        if (problem.status === 409) await offerMerge();
      }
    }

    async function offerMerge() {
      const wanted = title.value.trim();
      const named = await get(`labels?${new URLSearchParams({ count: '2', all: 'true', name: literal(wanted) })}`).catch(() => []);
      other = named.find((each) => each.UID !== uid) ?? null;
      merge.hidden = !other;
    }
  });
}

/** Asks for the label that this one becomes part of. @returns {Promise<any>} that label, null if nothing was merged */
export async function mergeLabel({ uid, name }, onUndone) {
  const other = await chooseOne({
    title: t('Merge “{name}” with', { name }),
    help: t('All its photos get the other label, and its name finds that one from then on.'),
    find: t('Find a label'),
    none: t('No label is called so.'),
    ask: async (words, signal) => (await findLabels(words, signal)).filter((label) => label.UID !== uid),
    show: ({ Name, Thumb, PhotoCount }) => ({ name: Name, thumb: Thumb, photos: PhotoCount }),
  });
  if (!other) return null;
  try {
    return await mergeInto({ uid, name }, other, onUndone);
  } catch (problem) {
    toastError(problem);
    return null;
  }
}

async function mergeInto({ uid, name }, other, onUndone) {
  const into = await post(`labels/${uid}/merge`, { Into: other.UID });
  toast(t('“{name}” is part of “{other}” now', { name, other: into.Name }), { icon: 'merge', action: t('Undo'), onAction: () => splitLabel(uid, onUndone) });
  return into;
}

/** Takes a merge back. @returns {Promise<any>} the label that is there again, null if it could not be */
export async function splitLabel(uid, onDone) {
  try {
    const label = await remove(`labels/${uid}/merge`);
    onDone?.(label);
    return label;
  } catch (problem) {
    toastError(problem);
    return null;
  }
}

/** Hides a label; `gone` is called at once, `back` if it is undone or refused. */
export async function hideLabel({ uid, name }, { gone, back }) {
  gone();
  try {
    await post('batch/labels/delete', { labels: [uid] });
  } catch (problem) {
    back();
    return void toastError(problem);
  }
  return void toast(t('“{name}” is hidden', { name }), { icon: 'eye-off', action: t('Undo'), onAction: () => showLabel(uid).then((shown) => shown && back()) });
}

/** Shows a hidden label again. @returns {Promise<boolean>} whether it is there */
export async function showLabel(uid) {
  try {
    await post('batch/labels/restore', { labels: [uid] });
    return true;
  } catch (problem) {
    toastError(problem);
    return false;
  }
}

function submitButton(form, textContent) {
  const button = element('button', { className: 'btn primary', type: 'submit', textContent });
  button.setAttribute('form', form.id);
  return button;
}

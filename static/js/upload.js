/** Uploading from every page: the button, the key U, files that are dropped or pasted. */
import { config, element, may, t } from './page.js';
import { toastError } from './toast.js';
import { watchDrops } from './uploaddrop.js';
import { readEarlier } from './uploadearlier.js';

/** @typedef {import('./uploadfiles.js').Chosen} Chosen */

/** Starts listening, where the account may upload. */
export function startUpload() {
  if (!config.uploadUrl) return;
  const input = element('input', { type: 'file', multiple: true, hidden: true, accept: accepted() });
  input.id = 'upload-files';
  input.addEventListener('change', () => {
    void take(Promise.resolve([...input.files].map((file) => ({ file, folder: '' }))));
    input.value = '';
  });
  document.body.append(input);
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-upload]');
    if (!button) return;
    button.closest('[popover]')?.hidePopover();
    input.click();
  });
  watchDrops(albumHere, (found) => void take(found));
  if (readEarlier().batches.length) void load().then((uploads) => uploads.followEarlier(), () => {});
}

/** Pictures and films first: with them a phone offers its gallery. */
function accepted() {
  return ['image/*', 'video/*', ...(config.uploadTypes ?? []).map((type) => `.${type}`)].join(',');
}

/** @param {Promise<Chosen[]>} found */
async function take(found) {
  const album = albumHere();
  const uploads = await load().catch(() => null);
  if (uploads) uploads.upload(await found, album);
  else toastError(t('The server cannot be reached'));
}

/** Most pages are left without an upload. */
function load() {
  return import('./uploading.js');
}

/** The album of this page, if files can be put into it: not one that fills itself. */
function albumHere() {
  const head = document.getElementById('album');
  if (!head || head.dataset.filter || 'made' in head.dataset || !may('albums.update_album')) return null;
  return { uid: head.dataset.uid, title: head.dataset.title };
}

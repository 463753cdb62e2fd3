/** The dialog in which an album is made or changed: title, description, kind, search, privacy. */
import { post, put } from './api.js';
import { busy, errorLine, field, openDialog, switchInput, switchRow } from './dialog.js';
import { element, t } from './page.js';

/**
 * @typedef {object} AlbumValues
 * @property {string} [uid] of an album that is changed
 * @property {string} title
 * @property {string} description
 * @property {string} filter the stored search of a smart album
 * @property {boolean} private
 * @property {boolean} [made] whether it makes itself, so that its search is not changed
 */

/**
 * @param {AlbumValues} album
 * @param {{heading: string, action: string, kinds?: boolean, anew?: string}} words `kinds`: whether the kind can be chosen;
 *   `anew`: the name of a second button, which makes another album of what was entered
 * @returns {Promise<any>} the album as the server has it, null if the dialog was closed
 */
export function askForAlbum(album, { heading, action, kinds = false, anew = '' }) {
  const title = element('input', { className: 'input', name: 'title', value: album.title, maxLength: 160, required: true, autocomplete: 'off' });
  const description = element('textarea', { className: 'input', name: 'description', value: album.description, maxLength: 4096, placeholder: t('What holds these photos together?') });
  const search = element('input', { className: 'input', name: 'filter', value: album.filter, maxLength: 4000, autocomplete: 'off', spellcheck: false, placeholder: 'label:cat 2024', required: true });
  const searchField = field(t('Search'), search, { help: t('As in the search box. The album always shows what it finds.') });
  const hidden = switchInput(album.private);
  const error = errorLine();
  let isSmart = Boolean(album.filter);
  const kind = kinds && kindChoice(isSmart, (smart) => {
    isSmart = smart;
    showSearch();
  });
  const form = element('form', { id: 'album-form', className: 'stack-4', noValidate: true },
    field(t('Title'), title), field(t('Description'), description, { optional: true }), kind, searchField,
    element('div', { className: 'group' }, switchRow(t('Private'), t('Only you, until you share it'), hidden)), error.line);
  const save = submitButton(form, 'btn primary', action);
  const another = anew ? submitButton(form, 'btn', anew) : null;
  const cancel = element('button', { className: 'btn quiet', type: 'button', textContent: t('Cancel'), 'data-close': '' });
  showSearch();

  const dialog = openDialog(heading, { body: [form], footer: [cancel, another, save] });
  title.focus();
  title.select();
  return new Promise((resolve) => {
    let saved = null;
    dialog.addEventListener('close', () => resolve(saved));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void busy(save, () => submit(event.submitter === another ? undefined : album.uid));
    });

    async function submit(uid) {
      const missing = [title, search].find((input) => !input.disabled && !input.value.trim());
      if (missing) {
        error.tell(new Error(missing === title ? t('An album needs a title.') : t('A smart album needs a search.')));
        return missing.focus();
      }
      try {
        saved = await send(uid, { Title: title.value, Description: description.value, Filter: isSmart ? search.value : '', Private: hidden.checked });
        return dialog.close();
      } catch (problem) {
        return error.tell(problem);
      }
    }
  });

  function showSearch() {
    searchField.hidden = !isSmart || Boolean(album.made);
    search.disabled = searchField.hidden;
  }
}

function submitButton(form, className, textContent) {
  const button = element('button', { className, type: 'submit', textContent });
  button.setAttribute('form', form.id);
  return button;
}

function send(uid, values) {
  return uid ? put(`albums/${uid}`, values) : post('albums', { ...values, Type: 'album' });
}

function kindChoice(isSmart, choose) {
  const radio = (label, checked, smart) => element('label', {},
    element('input', { type: 'radio', name: 'kind', checked, onchange: () => choose(smart) }), label);
  return element('div', { className: 'field' }, element('span', { className: 'lab', textContent: t('Kind') }),
    element('div', { className: 'seg', role: 'radiogroup', 'aria-label': t('Kind') },
      radio(t('Album'), !isSmart, false), radio(t('Smart album'), isSmart, true)));
}

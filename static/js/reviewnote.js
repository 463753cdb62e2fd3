/** The note above the timeline that most new pictures may wait in Review. */
import { tn } from './page.js';

/** How many waited when the note was dismissed. */
const DISMISSED = 'review-note';

/** Fewer than this are no news. */
const FEW = 5;

/** Watches the count of Review; the note appears only where it moves nothing that is being read. */
export function watchReviewNote() {
  const note = document.getElementById('review-note');
  if (!note) return;
  let waiting = Number(note.dataset.waiting);
  const show = () => {
    const isNews = waiting > FEW && waiting > 2 * Number(localStorage.getItem(DISMISSED) ?? 0);
    if (note.hidden && (!isNews || scrollY > 0)) return;
    note.hidden = !isNews;
    note.querySelector('[data-text]').textContent = reviewSentence(waiting);
  };
  document.addEventListener('counted', ({ detail }) => {
    if (detail.name !== 'review') return;
    waiting = detail.value;
    show();
  });
  note.querySelector('[data-dismiss]').addEventListener('click', () => {
    localStorage.setItem(DISMISSED, String(waiting));
    note.hidden = true;
  });
  show();
}

/** @param {number} waiting @returns {string} for more than a few, else "" */
export function reviewSentence(waiting) {
  if (waiting <= FEW) return '';
  return tn('{n} picture waits in Review: too little is known about it', '{n} pictures wait in Review: too little is known about them', waiting);
}

/** The timeline page: puts source, timeline, scrubber, selection, keyboard and viewer together. */
import { isOurs, setFavorites } from './actions.js';
import { get } from './api.js';
import { extendTo, handleKeys } from './gridkeys.js';
import { moveUnderPointer } from './gridmotion.js';
import { element, icon, t, tn } from './page.js';
import { PhotoSource } from './photosource.js';
import { watchReviewNote } from './reviewnote.js';
import { Scrubber } from './scrubber.js';
import { Selection } from './selection.js';
import { showSelectionBar } from './selectionbar.js';
import { holdToSelect } from './touch.js';
import { Timeline } from './timeline.js';
import { toast, toastError } from './toast.js';
import { on } from './ws.js';

const DENSITY = 'row-height';
const NEWS_DELAY = 1500;

const main = document.getElementById('main');
const canvas = document.getElementById('timeline');
const { view, query, photoUrl } = canvas.dataset;
const source = new PhotoSource({ view, query });
const selection = new Selection();
const timeline = new Timeline(canvas, source, selection, {
  rowHeight: startingRowHeight(), photoUrl: (uid) => photoUrl.replace('UID', uid),
});

let arrived = 0;

await start();

async function start() {
  try {
    await source.open();
  } catch (problem) {
    return showState(problem.status === 400 ? 'not-understood' : 'failed', problem);
  }
  document.getElementById('waiting').remove();
  watchReviewNote();
  timeline.start();
  new Scrubber(document.getElementById('scrubber'), timeline).build();
  showSelectionBar(document.querySelector('.bar'), main, { selection, source, view });
  handleKeys(timeline, { open: openViewer, toggleFavorite });
  canvas.addEventListener('click', clicked);
  moveUnderPointer(canvas);
  holdToSelect(canvas, (cell) => selection.toggle(cell.photo.uid, cell.index));
  timeline.addEventListener('failed', ({ detail }) => retryLater(detail));
  source.addEventListener('change', showEmptyOrNot);
  listenForNews();
  watchDensity();
  showEmptyOrNot();
  addEventListener('popstate', openFromAddress);
  await openFromAddress();
}

// ---------- pointer ----------

function clicked(event) {
  const cell = event.target.closest('.cell')?.cell;
  const day = event.target.closest('.pick-day');
  if (day) return selection.toggleAll(day.uids());
  if (!cell || event.ctrlKey || event.metaKey) return undefined;
  event.preventDefault();
  if (event.target.closest('.retry')) return cell.retry();
  if (event.target.closest('.fav')) return toggleFavorite(cell.photo);
  if (event.shiftKey && selection.anchor >= 0) return extendTo(timeline, cell.index);
  if (event.target.closest('.pick') || selection.size) return selection.toggle(cell.photo.uid, cell.index);
  return openViewer(cell.index);
}

function toggleFavorite({ uid, favorite }) {
  return setFavorites(source, [uid], !favorite);
}

// ---------- viewer: #uid in the address is the open photo ----------

async function openViewer(index) {
  const photo = source.photo(index);
  history.pushState({ viewer: true }, '', `#${photo.uid}`);
  await showViewer(index);
}

async function openFromAddress() {
  const uid = location.hash.slice(1);
  if (!uid || document.querySelector('.pswp')) return;
  try {
    const { TakenAtLocal: taken } = await get(`photos/${uid}`);
    const index = await source.locate(uid, taken);
    if (index < 0) return void toast(t('This photo is not in this view'), { icon: 'circle-alert' });
    await timeline.reveal(index, { centre: true });
    await showViewer(index);
  } catch (problem) {
    toastError(problem);
  }
}

async function showViewer(index) {
  const { openViewer: open } = await import('./viewer.js');
  open(timeline, index, { view });
}

// ---------- news ----------

function listenForNews() {
  on('photos.created', ({ entities = [] }) => {
    if (!source.total) return void scheduleReload();
    // What was made by unstacking on this page is in it a moment later, and no news.
    setTimeout(() => {
      const news = entities.filter((uid) => source.indexOf(uid) < 0);
      arrived += news.length;
      if (news.length && view === '' && !query) offerNewer();
    }, NEWS_DELAY);
  });
  for (const topic of ['photos.archived', 'photos.deleted']) {
    on(topic, ({ entities = [] }) => source.remove(entities.filter((uid) => !isOurs(uid))));
  }
}

let reloading = 0;

/** An empty page fills itself, at most every two seconds. */
function scheduleReload() {
  reloading ||= setTimeout(async () => {
    await source.open().catch(toastError);
    reloading = 0;
  }, 2000);
}

function offerNewer() {
  const button = document.getElementById('newer') ?? makeNewer();
  button.lastChild.textContent = tn('{n} new photo', '{n} new photos', arrived);
}

function makeNewer() {
  const button = element('button', { id: 'newer', className: 'btn primary newer', type: 'button' }, icon('arrow-up'), '');
  button.addEventListener('click', async () => {
    button.remove();
    arrived = 0;
    await source.open().catch(toastError);
    timeline.goTo(-timeline.canvasTop);
  });
  main.append(button);
  return button;
}

// ---------- states ----------

function showEmptyOrNot() {
  const state = document.querySelector('.state');
  if (source.total) state?.remove();
  else if (!state) showState(query ? 'nothing-found' : 'nothing-yet');
  document.documentElement.classList.toggle('scrubbed', source.total > 0);
}

/** Shows one of the page's prepared texts in place of the grid. */
function showState(name, problem) {
  document.getElementById('waiting')?.remove();
  const state = document.getElementById(name).content.firstElementChild.cloneNode(true);
  state.classList.add('state');
  if (problem?.message) state.querySelector('[data-reason]').textContent = problem.message;
  state.querySelector('[data-retry]')?.addEventListener('click', () => location.reload());
  canvas.after(state);
}

let telling = false;

function retryLater(problem) {
  if (telling) return;
  telling = true;
  setTimeout(() => { telling = false; }, 6000);
  toast(problem.message, { icon: 'circle-alert', action: t('Retry'), onAction: () => timeline.retry() });
}

// ---------- size of rows ----------

function startingRowHeight() {
  return Number(localStorage.getItem(DENSITY)) || parseFloat(getComputedStyle(canvas).getPropertyValue('--row')) || 190;
}

function watchDensity() {
  const range = document.getElementById('density');
  range.value = String(timeline.rowHeight);
  range.addEventListener('input', () => {
    localStorage.setItem(DENSITY, range.value);
    timeline.setRowHeight(Number(range.value));
  });
}

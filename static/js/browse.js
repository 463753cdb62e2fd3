/** The timeline page: its photos with search, filters, news and the size of rows. */
import { FilterPanel } from './filterpanel.js';
import { element, icon, readJson, tn } from './page.js';
import { PhotoGrid, usualRow } from './photogrid.js';
import { showResultsHead } from './resultshead.js';
import { watchReviewNote } from './reviewnote.js';
import { Searching } from './searching.js';
import { showSelectionBar } from './selectionbar.js';
import { TimelineStates } from './timelinestates.js';
import { toastError } from './toast.js';
import { showReasons } from './why.js';
import { on } from './ws.js';

const DENSITY = 'row-height';
const NEWS_DELAY = 1500;

/** Where one is in the photos is noted in the history when the scrolling rests, ms. */
const RESTING = 200;

const main = document.getElementById('main');
const canvas = document.getElementById('timeline');
const grid = new PhotoGrid(canvas, { rowHeight: startingRowHeight(), ready: () => search.finding });
const { source, selection, timeline, view } = grid;
const search = new Searching(source, readJson('understood'));
const states = new TimelineStates(canvas, search);

let arrived = 0;
let resting = 0;
let reloading = 0;

await start();

async function start() {
  grid.listen();
  showSelectionBar(document.querySelector('.bar'), main, { selection, source, view });
  startSearch();
  listenForNews();
  watchDensity();
  const opened = search.start();
  addEventListener('popstate', () => grid.openFromAddress());
  await opened;
  // The browser itself finds the place only where the page is as high at once as it was.
  if (history.state?.place && scrollY === 0) timeline.restart(history.state.place);
  watchReviewNote();
  await grid.openFromAddress();
}

// ---------- search ----------

function startSearch() {
  states.start();
  showResultsHead(search, canvas);
  showReasons(search, timeline);
  new FilterPanel(search).start();
  search.addEventListener('found', ({ detail }) => arrive(detail));
  search.addEventListener('finding', () => canvas.setAttribute('aria-busy', 'true'));
  for (const topic of ['found', 'failed']) search.addEventListener(topic, () => canvas.removeAttribute('aria-busy'));
  search.addEventListener('understood', () => document.dispatchEvent(new CustomEvent('searched', { detail: search.understood })));
  timeline.addEventListener('scrolled', notePlace);
}

/** Other photos begin at their top, or where one was when one comes back to them. */
function arrive({ isOther }) {
  document.getElementById('waiting')?.remove();
  if (!isOther) return;
  selection.clear();
  document.getElementById('newer')?.remove();
  arrived = 0;
  timeline.restart(history.state?.place);
}

function notePlace() {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (!location.hash && source.query === search.asked.query) history.replaceState({ ...history.state, place: timeline.place }, '');
  }, RESTING);
}

// ---------- news ----------

function listenForNews() {
  on('photos.created', ({ entities = [] }) => {
    if (!source.total) return void scheduleReload();
    // What was made by unstacking on this page is in it a moment later, and no news.
    setTimeout(() => {
      const news = entities.filter((uid) => source.indexOf(uid) < 0);
      arrived += news.length;
      if (news.length && view === '' && !source.query) offerNewer();
    }, NEWS_DELAY);
  });
}

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

// ---------- size of rows ----------

function startingRowHeight() {
  return Number(localStorage.getItem(DENSITY)) || usualRow(canvas);
}

function watchDensity() {
  const range = document.getElementById('density');
  range.value = String(timeline.rowHeight);
  range.addEventListener('input', () => {
    localStorage.setItem(DENSITY, range.value);
    timeline.setRowHeight(Number(range.value));
  });
}

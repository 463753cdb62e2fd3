/** The index page: starts and stops the job, follows it live. */
import { get, post, remove } from './api.js';
import { clockTime, count } from './dates.js';
import { element, t, tn } from './page.js';
import { reviewSentence } from './reviewnote.js';
import { toast, toastError } from './toast.js';
import { on } from './ws.js';

/** Lines the log keeps. */
const LINES = 200;

/** A run of which nothing was heard for so long is asked after: a message may be lost on its way, ms. */
const SILENCE = 5000;

const job = document.getElementById('job');
const log = document.getElementById('log');
const part = (name) => job.querySelector(`[data-${name}]`);
const title = part('title');
const start = part('start');
const stop = part('stop');

let waiting = Number(job.dataset.waiting);
let before = { added: 0, updated: 0, failed: 0 };
let heard = 0;

start.addEventListener('click', begin);
stop.addEventListener('click', cancel);
on('index.indexing', (progress) => {
  follow(progress);
  note(progress);
});
on('index.completed', finish);
setInterval(askAfter, SILENCE);
document.addEventListener('counted', ({ detail }) => {
  if (detail.name !== 'review') return;
  waiting = detail.value;
  tellReview();
});
await get('index').then((progress) => (progress.running ? follow(progress) : showIdle(progress)), toastError);

async function begin() {
  const { path, rescan, cleanup } = document.getElementById('options').elements;
  setRunning(true);
  heard = performance.now();
  title.textContent = t('Starting');
  showNumbers({});
  part('current').textContent = path.value;
  try {
    await post('index', { path: path.value, rescan: rescan.checked, cleanup: cleanup.checked });
    write('g', t('start'), path.value);
  } catch (problem) {
    setRunning(false);
    showIdle({});
    toastError(problem);
  }
}

async function askAfter() {
  if (!start.hidden || performance.now() - heard < SILENCE) return;
  const progress = await get('index').catch(() => null);
  if (!progress || !start.hidden || performance.now() - heard < SILENCE) return;
  if (!progress.running) finish({ ...progress, files: progress.done });
  else if (progress.total) follow(progress);
}

async function cancel() {
  stop.disabled = true;
  try {
    title.textContent = t('Stopping');
    await remove('index');
    // What had not begun is over at once, and no event tells of it.
    const progress = await get('index');
    if (!progress.running && start.hidden) finish({ ...progress, files: progress.done });
  } catch (problem) {
    stop.disabled = false;
    toastError(problem);
  }
}

function follow({ done = 0, total = 0, rate = 0, remaining = null, current = '', step = '', ...numbers }) {
  heard = performance.now();
  setRunning(true);
  if (!stop.disabled) title.textContent = t('Indexing originals');
  part('current').textContent = [step, current].filter(Boolean).join(' · ');
  const bar = job.querySelector('progress');
  if (total) {
    bar.max = total;
    bar.value = done;
  } else {
    bar.removeAttribute('value');
  }
  part('done').textContent = t('{done} of {total} files', { done: count(done), total: count(total) });
  part('left').textContent = [timeLeft(remaining), rate && t('{n} per second', { n: count(Math.round(rate)) })].filter(Boolean).join(' · ');
  showNumbers(numbers);
}

function showNumbers(numbers) {
  for (const shown of job.querySelectorAll('[data-number]')) shown.textContent = count(numbers[shown.dataset.number] ?? 0);
}

/** Progress comes twice a second and names one file; the log tells what came since. */
function note({ added = 0, updated = 0, failed = 0, current = '' }) {
  if (failed > before.failed) write('e', t('error'), tn('{n} file could not be read', '{n} files could not be read', failed - before.failed));
  if (added > before.added) write('g', t('added'), `${current} (+${count(added - before.added)})`);
  else if (updated > before.updated) write('', t('updated'), `${current} (+${count(updated - before.updated)})`);
  else if (current) write('', t('checked'), current);
  before = { added, updated, failed };
}

function finish({ state, added = 0, updated = 0, failed = 0, files = 0, seconds = 0, message = '' }) {
  const words = {
    done: t('Finished'), cancelled: t('Stopped'), failed: t('Failed'),
  };
  setRunning(false);
  before = { added: 0, updated: 0, failed: 0 };
  title.textContent = words[state] ?? t('Finished');
  part('current').textContent = message || tn('{n} file in {time}', '{n} files in {time}', files, { time: span(seconds) });
  if (state === 'done') {
    const bar = job.querySelector('progress');
    bar.value = bar.max;
    part('done').textContent = t('{done} of {total} files', { done: count(files), total: count(files) });
  }
  part('left').textContent = '';
  for (const [name, value] of Object.entries({ added, updated, failed })) {
    job.querySelector(`[data-number=${name}]`).textContent = count(value);
  }
  write(state === 'failed' ? 'e' : 'g', t('end'), t('{added} added, {updated} updated, {failed} failed', { added: count(added), updated: count(updated), failed: count(failed) }));
  toast(words[state] ?? t('Finished'), { icon: state === 'failed' ? 'circle-alert' : 'circle-check' });
}

function showIdle({ done = 0, ...numbers }) {
  setRunning(false);
  title.textContent = t('Ready to index');
  if (done) {
    part('numbers').hidden = false;
    showNumbers(numbers);
  }
}

/** Why Photos may show fewer than were added. */
function tellReview() {
  const sentence = reviewSentence(waiting);
  part('review').hidden = !sentence || start.hidden;
  part('review').querySelector('[data-text]').textContent = sentence;
}

function setRunning(running) {
  start.hidden = running;
  stop.hidden = !running;
  if (!running) stop.disabled = false;
  tellReview();
  if (running) {
    part('bar').hidden = false;
    part('numbers').hidden = false;
  }
  document.getElementById('options').inert = running;
}

function timeLeft(seconds) {
  return seconds ? t('about {time} left', { time: span(seconds) }) : '';
}

function span(seconds) {
  if (seconds < 90) return tn('{n} second', '{n} seconds', Math.max(1, Math.round(seconds)));
  if (seconds < 5400) return tn('{n} minute', '{n} minutes', Math.round(seconds / 60));
  return tn('{n} hour', '{n} hours', Math.round(seconds / 3600));
}

function write(kind, level, text) {
  log.querySelector('.quiet')?.remove();
  const isAtTop = log.scrollTop < 24;
  log.prepend(element('li', { className: kind },
    element('time', { textContent: clockTime() }), element('span', { className: 'lv', textContent: level }),
    element('span', { className: 'truncate', textContent: text, title: text })));
  while (log.childElementCount > LINES) log.lastElementChild.remove();
  if (isAtTop) log.scrollTop = 0;
}

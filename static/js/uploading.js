/** The uploads of this page: one queue, its tray, and what has to be minded while they run. */
import { albumUrl } from './albumurl.js';
import { config, t, tn } from './page.js';
import { writeAddress } from './searchaddress.js';
import { toast } from './toast.js';
import { EARLIER, readEarlier } from './uploadearlier.js';
import { UploadQueue } from './uploadqueue.js';
import { server } from './uploadsend.js';
import { UploadTray } from './uploadtray.js';

/** @typedef {import('./uploadqueue.js').Album} Album */

const queue = new UploadQueue(server, { types: new Set(config.uploadTypes), limit: config.uploadLimit });
new UploadTray(queue, { addressOf });

/** The server's clock when it got the first of these files: what was added is what came since. */
let since = '';
let kept = '';
/** @type {Promise<WakeLockSentinel | null> | null} */
let lock = null;

/** @param {import('./uploadfiles.js').Chosen[]} chosen @param {Album | null} album */
export function upload(chosen, album) {
  if (!chosen.length) return void toast(t('There is nothing to upload in it'), { icon: 'circle-alert' });
  if (queue.isOver) since = server.clock = '';
  // The viewer covers the tray.
  if (document.querySelector('.pswp')) toast(tn('Uploading {n} file', 'Uploading {n} files', chosen.length), { icon: 'upload' });
  queue.add(chosen, album);
}

/** Goes on telling of what an earlier page of this tab has sent. */
export function followEarlier() {
  const earlier = readEarlier();
  since = earlier.since;
  for (const { token, album } of earlier.batches) queue.follow(token, album);
}

queue.addEventListener('change', () => {
  since ||= server.clock;
  keep();
  mindScreen();
});
document.addEventListener('visibilitychange', mindScreen);
addEventListener('online', () => queue.halted && queue.goOn());
addEventListener('beforeunload', (event) => queue.isNeeded && event.preventDefault());
addEventListener('pagehide', () => {
  // The answers come to nobody; whether it worked is seen by the next page.
  for (const { token, album } of queue.leave()) server.put(token, album ? [album.uid] : []).catch(() => {});
  keep();
});
addEventListener('pageshow', ({ persisted }) => persisted && queue.comeBack());

function keep() {
  const batches = queue.batches.filter(({ state }) => state === 'put' || state === 'putting').map(({ token, album }) => ({ token, album }));
  const text = batches.length ? JSON.stringify({ since, batches }) : '';
  if (text === kept) return;
  kept = text;
  if (text) sessionStorage.setItem(EARLIER, text);
  else sessionStorage.removeItem(EARLIER);
}

/** A phone that falls asleep stops sending. */
function mindScreen() {
  const isWanted = queue.isNeeded && !queue.isPaused && document.visibilityState === 'visible';
  if (isWanted && !lock) {
    // Refused when the battery is low; not there without HTTPS.
    lock = navigator.wakeLock?.request('screen').catch(() => null) ?? Promise.resolve(null);
  } else if (!isWanted && lock) {
    void lock.then((held) => held?.release());
    lock = null;
  }
}

function addressOf(album, isInReview) {
  if (album) return document.getElementById('album')?.dataset.uid === album.uid ? '' : albumUrl({ UID: album.uid });
  if (isInReview) return '/library/review';
  const moment = new Date(since);
  if (Number.isNaN(moment.getTime())) return '';
  return writeAddress('/library/browse', { query: `added:"${moment.toISOString().slice(0, 19)}Z"`, panel: false, why: false, order: '' });
}

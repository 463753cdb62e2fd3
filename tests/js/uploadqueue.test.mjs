/** The queue of an upload: batches, tries, pauses, and what the server says of the files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canRetry, isPassing, pauseOf, UploadQueue } from '../../static/js/uploadqueue.js';

const RULES = { types: new Set(['jpg', 'mov', 'xmp']), limit: 1000 };

/** A server that takes all and adds all at once; `fails` are what the next posts of a file come to. */
class Played {
  constructor({ fails = {}, outcomes = {}, holds = false } = {}) {
    Object.assign(this, { fails, outcomes, holds });
    this.batches = new Map();
    this.albums = new Map();
    this.waited = [];
    this.held = [];
    this.most = 0;
    this.running = 0;
    this.putFails = [];
    this.askFails = [];
  }

  async send(token, { name, size }, { signal, progress }) {
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    try {
      progress(size / 2);
      await (this.holds ? new Promise((go, stop) => {
        this.held.push(go);
        signal.addEventListener('abort', () => stop(problem(0)));
      }) : Promise.resolve());
      const failed = this.fails[name]?.shift();
      if (failed) throw failed;
      this.batches.set(token, [...(this.batches.get(token) ?? []), name]);
    } finally {
      this.running -= 1;
    }
  }

  async put(token, albums) {
    const failed = this.putFails.shift();
    if (failed) throw failed;
    this.albums.set(token, albums);
  }

  async ask(token) {
    const failed = this.askFails.shift();
    if (failed) throw failed;
    const files = (this.batches.get(token) ?? []).map((name) => ({ name, reason: '', photo: `p${name}`, state: 'added', ...this.outcomes[name] }));
    return { running: false, state: 'done', message: '', files, ...this.answer };
  }

  async wait(milliseconds) {
    this.waited.push(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  }

  letGo() {
    this.holds = false;
    for (const go of this.held.splice(0)) go();
  }
}

function problem(status, retryAfter = null) {
  return Object.assign(new Error(`status ${status}`), { status, retryAfter });
}

function files(...names) {
  return names.map((name) => {
    const at = name.lastIndexOf('/');
    return { file: { name: name.slice(at + 1), size: 10 }, folder: name.slice(0, Math.max(0, at)) };
  });
}

function queueOf(server) {
  return new UploadQueue(server, RULES);
}

async function over(queue) {
  for (let turn = 0; turn < 2000 && !(queue.isOver && !queue.isAsking); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(queue.isOver, 'The queue comes to no end.');
}

async function turns(n = 5) {
  for (let turn = 0; turn < n; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const states = (queue) => Object.fromEntries(queue.items.map(({ name, state }) => [name, state]));

test('two are sent at a time, and all of a batch taken in at once', async () => {
  const server = new Played();
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'), { uid: 'as1', title: 'Lakes' });
  await over(queue);
  assert.equal(server.most, 2);
  assert.deepEqual([...server.batches.values()], [['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']]);
  assert.deepEqual([...server.albums.values()], [['as1']]);
  assert.deepEqual(new Set(Object.values(states(queue))), new Set(['added']));
  assert.equal(queue.items[0].photo, 'pa.jpg');
});

test('a batch ends at 200 files, but never within a picture', async () => {
  const server = new Played();
  const queue = queueOf(server);
  const names = Array.from({ length: 199 }, (_, at) => `IMG_${1000 + at}.jpg`);
  queue.add(files(...names, 'IMG_2000.jpg', 'IMG_2000.mov', 'IMG_2000.xmp', 'IMG_2001.jpg'));
  await over(queue);
  assert.deepEqual([...server.batches.values()].map(({ length }) => length), [202, 1]);
});

test('pictures of one name from different folders go apart', async () => {
  const server = new Played();
  const queue = queueOf(server);
  queue.add(files('/a/IMG_1.jpg', '/a/IMG_1.mov', '/b/IMG_1.xmp', '/b/IMG_2.jpg'));
  await over(queue);
  assert.deepEqual([...server.batches.values()], [['IMG_1.jpg', 'IMG_1.mov'], ['IMG_1.xmp', 'IMG_2.jpg']]);
});

test('each album has its own batch', async () => {
  const server = new Played({ holds: true });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg'), { uid: 'as1', title: 'One' });
  queue.add(files('c.jpg'));
  server.letGo();
  await over(queue);
  assert.deepEqual([...server.albums.values()], [['as1'], []]);
});

test('what is not taken is refused and never sent', async () => {
  const server = new Played();
  const queue = queueOf(server);
  queue.add([...files('a.exe'), { file: { name: 'b.jpg', size: 1001 }, folder: '' }]);
  await over(queue);
  assert.deepEqual(queue.items.map(({ state, rule }) => [state, rule]), [['refused', 'type'], ['refused', 'size']]);
  assert.equal(server.batches.size, 0);
});

test('what may pass is tried three times more, with growing pauses', async () => {
  const server = new Played({ fails: { 'a.jpg': [problem(0), problem(503, '20'), problem(500)] } });
  const queue = queueOf(server);
  queue.add(files('a.jpg'));
  await over(queue);
  assert.equal(states(queue)['a.jpg'], 'added');
  assert.deepEqual(server.waited.slice(0, 3), [1000, 20_000, 15_000]);
});

test('after the last try a file has failed, and the others go on', async () => {
  const server = new Played({ fails: { 'a.jpg': Array.from({ length: 4 }, () => problem(500)) } });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg'));
  await over(queue);
  assert.deepEqual(states(queue), { 'a.jpg': 'failed', 'b.jpg': 'added' });
  assert.equal(queue.items[0].reason, 'status 500');
});

test('a refusal is not tried again, but by hand', async () => {
  const server = new Played({ fails: { 'a.jpg': [problem(415)] } });
  const queue = queueOf(server);
  queue.add(files('a.jpg'));
  await over(queue);
  assert.equal(server.waited.length, 0);
  assert.ok(canRetry(queue.items[0]));
  queue.retry(queue.items[0]);
  await over(queue);
  assert.equal(states(queue)['a.jpg'], 'added');
});

test('when nothing gets through any more, the rest waits', async () => {
  const down = () => Array.from({ length: 4 }, () => problem(0));
  const server = new Played({ fails: { 'a.jpg': down(), 'b.jpg': down(), 'c.jpg': down(), 'd.jpg': down() } });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'));
  await turns(60);
  assert.ok(queue.isPaused);
  assert.equal(queue.halted, 'status 0');
  assert.equal(Object.values(states(queue)).filter((state) => state === 'failed').length, 3);
  queue.goOn();
  await over(queue);
  assert.equal(states(queue)['e.jpg'], 'added');
});

test('the line of an upload that is over says nothing about the next one', async () => {
  const down = () => Array.from({ length: 4 }, () => problem(0));
  const server = new Played({ fails: { 'a.jpg': down(), 'b.jpg': down(), 'c.jpg': down() } });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg'));
  await over(queue);
  assert.ok(queue.isPaused);
  queue.add(files('d.jpg'));
  await over(queue);
  assert.equal(states(queue)['d.jpg'], 'added');
});

test('a full disk and a session that has ended stop all at once', async () => {
  for (const [status, state] of [[507, 'failed'], [401, 'waiting']]) {
    const server = new Played({ fails: { 'a.jpg': [problem(status)] } });
    const queue = queueOf(server);
    queue.add(files('a.jpg', 'b.jpg', 'c.jpg'));
    await turns();
    assert.ok(queue.isPaused, String(status));
    assert.equal(states(queue)['a.jpg'], state);
    assert.equal(states(queue)['c.jpg'], 'waiting');
    queue.goOn();
    await over(queue);
    assert.equal(states(queue)['c.jpg'], 'added');
  }
});

test('paused files begin anew in their batch', async () => {
  const server = new Played({ holds: true });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg'));
  await turns();
  assert.deepEqual(states(queue), { 'a.jpg': 'sending', 'b.jpg': 'sending', 'c.jpg': 'waiting' });
  queue.pause();
  await turns();
  assert.deepEqual(queue.items.map(({ state, sent }) => [state, sent]), Array(3).fill(['waiting', 0]));
  assert.ok(queue.isNeeded);
  server.letGo();
  queue.goOn();
  await over(queue);
  assert.deepEqual([...server.batches.values()], [['a.jpg', 'b.jpg', 'c.jpg']]);
});

test('what is cancelled is gone, and all of it', async () => {
  const server = new Played({ holds: true });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'));
  await turns();
  queue.cancel(queue.items[0]);
  await turns();
  assert.deepEqual(Object.keys(states(queue)), ['b.jpg', 'c.jpg', 'd.jpg']);
  queue.cancelWaiting();
  await over(queue);
  assert.deepEqual(queue.items, []);
  assert.equal(server.albums.size, 0);
});

test('what the server says of each file is kept, whatever letters it writes the name with', async () => {
  const server = new Played({ outcomes: { 'u\u0308ber.jpg': { name: '\u00fcber.JPG', state: 'known' }, 'b.jpg': { state: 'refused', reason: 'It may show nudity.' } } });
  const queue = queueOf(server);
  queue.add(files('u\u0308ber.jpg', 'b.jpg'));
  await over(queue);
  assert.deepEqual(queue.items.map(({ state, reason }) => [state, reason]), [['refused', 'It may show nudity.'], ['known', '']]);
});

test('files of which the server says nothing share the end of their batch', async () => {
  for (const [state, end] of [['done', 'added'], ['failed', 'failed'], ['cancelled', 'failed']]) {
    const server = new Played();
    server.answer = { files: [], state, message: 'It ended.' };
    const queue = queueOf(server);
    queue.add(files('a.jpg'));
    await over(queue);
    assert.equal(states(queue)['a.jpg'], end);
  }
});

test('the last word is tried again, and by hand without sending anything twice', async () => {
  const server = new Played();
  server.putFails = [problem(0), problem(409)];
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg'));
  await over(queue);
  assert.deepEqual(states(queue), { 'a.jpg': 'failed', 'b.jpg': 'failed' });
  queue.retry(queue.items[1]);
  await over(queue);
  assert.deepEqual(states(queue), { 'a.jpg': 'added', 'b.jpg': 'added' });
  assert.deepEqual([...server.batches.values()], [['a.jpg', 'b.jpg']]);
});

test('a server that cannot be reached is asked later, one that knows nothing is asked no more', async () => {
  const server = new Played();
  server.askFails = [problem(0), problem(503), problem(404)];
  const queue = queueOf(server);
  queue.add(files('a.jpg'));
  await over(queue);
  assert.deepEqual(server.waited, [1000, 2000, 4000]);
  assert.equal(states(queue)['a.jpg'], 'failed');
});

test('a page that is left hands over what the server has, and keeps the rest', async () => {
  const server = new Played();
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg', 'c.jpg'));
  server.holds = true;
  await turns();
  const [batch] = queue.leave();
  assert.deepEqual(batch.items.map(({ name }) => name), ['a.jpg', 'b.jpg']);
  assert.deepEqual(states(queue), { 'a.jpg': 'adding', 'b.jpg': 'adding', 'c.jpg': 'waiting' });
  server.letGo();
  queue.comeBack();
  await over(queue);
  assert.deepEqual([...server.batches.values()], [['a.jpg', 'b.jpg'], ['c.jpg']]);
});

test('a last word that was lost with its page is said again, once', async () => {
  const server = new Played();
  server.batches.set('t', ['a.jpg']);
  const { ask } = server;
  server.ask = async (token) => (server.albums.has('t') ? ask.call(server, token) : { running: false, state: 'receiving', message: '', files: [] });
  const queue = queueOf(server);
  queue.follow('t', { uid: 'as1', title: 'Lakes' });
  await over(queue);
  assert.deepEqual(server.albums.get('t'), ['as1']);
  assert.deepEqual(states(queue), { 'a.jpg': 'added' });
});

test('a batch that stays untold of comes to an end', async () => {
  const server = new Played();
  server.answer = { running: false, state: 'receiving', message: 'Nobody takes it in.' };
  const queue = queueOf(server);
  queue.follow('t');
  await over(queue);
  assert.deepEqual(server.waited, [1000, 1000]);
});

test('what an earlier page sent is followed to its end', async () => {
  const server = new Played();
  server.batches.set('t', ['a.jpg']);
  const queue = queueOf(server);
  queue.follow('t');
  await over(queue);
  assert.deepEqual(states(queue), { 'a.jpg': 'added' });
  assert.equal(canRetry({ ...queue.items[0], state: 'failed' }), false);
});

test('a new upload takes the place of a finished one', async () => {
  const server = new Played({ fails: { 'a.jpg': [problem(415)] } });
  const queue = queueOf(server);
  queue.add(files('a.jpg', 'b.jpg'));
  await over(queue);
  queue.add(files('c.jpg'));
  await over(queue);
  assert.deepEqual(states(queue), { 'a.jpg': 'failed', 'c.jpg': 'added' });
  queue.clear();
  assert.deepEqual(queue.items, []);
});

test('the server says how long to wait, in seconds or by its clock', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  assert.equal(pauseOf(0, { retryAfter: null }, now), 1000);
  assert.equal(pauseOf(0, { retryAfter: '7' }, now), 7000);
  assert.equal(pauseOf(0, { retryAfter: 'Fri, 20 Nov 2026 10:00:09 GMT' }, now), 9000);
  assert.equal(pauseOf(0, { retryAfter: '86400' }, now), 120_000);
  assert.equal(pauseOf(0, { retryAfter: 'soon' }, now), 1000);
});

test('what is wrong with a file does not pass', () => {
  assert.deepEqual([0, 429, 500, 503].map((status) => isPassing({ status })), [true, true, true, true]);
  assert.deepEqual([400, 401, 403, 413, 415, 507].map((status) => isPassing({ status })), Array(6).fill(false));
});

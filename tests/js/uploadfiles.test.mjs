/** What is taken, what belongs together, what a dropped folder holds, which rows are shown, how long it takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { extensionOf, groupOf, inOrder, isClutter, newToken, whyNotSent } from '../../static/js/uploadfiles.js';
import { filesBelow, filesOf } from '../../static/js/uploadfolders.js';
import { Pace } from '../../static/js/uploadpace.js';
import { countItems, pickRows } from '../../static/js/uploadrows.js';

const TYPES = new Set(['jpg', 'heic', 'mov', 'xmp', 'json']);

test('an extension is what follows the last dot of a name', () => {
  assert.deepEqual(['IMG_1.JPG', 'a.tar.GZ', 'name', '.name', 'name.'].map(extensionOf), ['jpg', 'gz', '', '', '']);
});

test('what is not taken is known before it is sent', () => {
  const why = (name, size) => whyNotSent({ name, size }, { types: TYPES, limit: 100 });
  assert.deepEqual([why('a.JPG', 100), why('a.jpg', 101), why('a.exe', 1), why('a.jpg', 0), why('jpg', 1)], ['', 'size', 'type', 'empty', 'type']);
});

test('files of one picture are one group', () => {
  const group = (name) => groupOf(name, TYPES);
  for (const name of ['IMG_1234.MOV', 'IMG_1234.jpg.xmp', 'IMG_E1234.HEIC', 'img_1234.xmp', 'IMG_1234-edited.jpg']) assert.equal(group(name), 'img_1234', name);
  assert.equal(group('2024.05.01 lake.jpg'), '2024.05.01 lake');
  assert.notEqual(group('IMG_1235.jpg'), group('IMG_1234.jpg'));
});

test('what belongs together stands side by side, folder by folder', () => {
  const item = (folder, name) => ({ folder, name, group: groupOf(name, TYPES) });
  const items = inOrder([item('/b', 'IMG_2.jpg'), item('/a', 'IMG_2.mov'), item('/a', 'IMG_1.jpg'), item('/a', 'IMG_2.jpg')]);
  assert.deepEqual(items.map(({ folder, name }) => `${folder}/${name}`), ['/a/IMG_1.jpg', '/a/IMG_2.jpg', '/a/IMG_2.mov', '/b/IMG_2.jpg']);
});

test('what systems leave behind is clutter', () => {
  assert.deepEqual(['.DS_Store', 'Thumbs.db', '@eaDir', '__MACOSX', 'desktop.ini'].map(isClutter), [true, true, true, true, true]);
  assert.equal(isClutter('IMG_1.jpg'), false);
});

test('a token has 24 letters and digits, and comes once', () => {
  const tokens = Array.from({ length: 50 }, newToken);
  assert.equal(new Set(tokens).size, 50);
  for (const token of tokens) assert.match(token, /^[a-z0-9]{24}$/);
});

// ---------- folders ----------

function entry(name, path, inside = null) {
  if (!inside) return { name, fullPath: `${path}/${name}`, isDirectory: false, file: (take) => take({ name, size: 1 }) };
  const parts = [];
  for (let at = 0; at < inside.length; at += 100) parts.push(inside.slice(at, at + 100));
  return { name, fullPath: `${path}/${name}`, isDirectory: true, createReader: () => ({ readEntries: (take) => take(parts.shift() ?? []) }) };
}

test('a folder is read to its end, in its order, with what is below it', async () => {
  const many = Array.from({ length: 250 }, (_, at) => entry(`${1000 + at}.jpg`, '/trip/day'));
  const found = await filesBelow([entry('trip', '', [entry('day', '/trip', many), entry('.DS_Store', '/trip'), entry('last.jpg', '/trip')])]);
  assert.equal(found.length, 251);
  assert.deepEqual([found[0].folder, found[0].file.name], ['/trip/day', '1000.jpg']);
  assert.deepEqual([found[250].folder, found[250].file.name], ['/trip', 'last.jpg']);
});

test('a file that cannot be read costs no other', async () => {
  const locked = { ...entry('locked.jpg', ''), file: (_, fail) => fail(new Error('locked')) };
  assert.deepEqual((await filesBelow([locked, entry('a.jpg', '')])).map(({ file }) => file.name), ['a.jpg']);
});

test('without entries the plain files are taken', async () => {
  const transfer = { items: [{ kind: 'string' }, { kind: 'file', webkitGetAsEntry: () => null }], files: [{ name: 'a.jpg' }] };
  assert.deepEqual(await filesOf(transfer), [{ file: { name: 'a.jpg' }, folder: '' }]);
});

// ---------- rows ----------

function items(states, more = () => ({})) {
  return states.map((state, id) => ({ id, name: `${id}.jpg`, folder: '', group: `${id}`, state, size: 10, sent: 0, photo: '', ...more(id) }));
}

test('few files are shown as they were chosen', () => {
  const few = items(['added', 'sending', 'waiting']);
  assert.deepEqual(pickRows(few), { rows: few, more: 0 });
});

test('of many files those are shown that matter', () => {
  const states = [...Array(5000).fill('added'), 'failed', 'sending', 'sending', ...Array(5000).fill('waiting')];
  const { rows, more } = pickRows(items(states));
  assert.equal(rows.length, 100);
  assert.equal(more, states.length - 100);
  const shown = [...Array(2).fill('sending'), 'failed', ...Array(20).fill('added'), ...Array(77).fill('waiting')];
  assert.deepEqual(rows.map(({ state }) => state), shown);
  assert.deepEqual([rows[3].id, rows[22].id, rows[23].id], [4999, 4980, 5003]);
});

test('a picture of several files is added once', () => {
  const files = items(['added', 'added', 'added', 'known'], (id) => ({ group: id < 3 ? 'a' : 'b', photo: ['pa', 'pa', '', 'pb'][id] }));
  assert.deepEqual([countItems(files).added, countItems(files).known, countItems(files).settled], [1, 1, 4]);
});

test('the bar counts bytes of what is sent, not of what is refused', () => {
  const counted = countItems(items(['refused', 'sent', 'sending', 'waiting'], (id) => ({ sent: id === 2 ? 4 : 0 })));
  assert.deepEqual([counted.bytes, counted.sentBytes, counted.gone, counted.isSending], [30, 14, 2, true]);
});

// ---------- time left ----------

test('the time that is left follows the pace', () => {
  const pace = new Pace();
  for (let second = 0; second <= 10; second += 1) pace.note(second * 100, second * 1000);
  assert.equal(pace.left(1000), 10);
});

test('nothing is foretold before something was seen, nor when nothing moves', () => {
  const pace = new Pace();
  assert.equal(pace.left(1000), null);
  pace.note(0, 0);
  pace.note(500, 1000);
  assert.equal(pace.left(1000), null);
  pace.forget();
  pace.note(500, 2000);
  pace.note(500, 9000);
  assert.equal(pace.left(1000), null);
});

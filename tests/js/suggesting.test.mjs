/** While somebody types: only the latest question counts, older answers stay only where they still fit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittingSearches, fittingSuggestions, matchOf, withNewest } from '../../static/js/fitting.js';
import { Latest } from '../../static/js/latest.js';

const ANSWERED = { text: '2024 wa', suggestions: [{ label: 'Waterfall', match: [0, 2] }, { label: 'Derwentwater', match: [7, 9] }, { label: 'Wales', match: [0, 2] }] };

/** Questions that are answered when the test says so. */
function questions() {
  const asked = [];
  const ask = (question, signal) => new Promise((resolve, reject) => asked.push({ question, signal, resolve, reject }));
  return { asked, ask };
}

test('an older answer never comes after a later question', async () => {
  const { asked, ask } = questions();
  const latest = new Latest(ask);
  const [first, second] = [latest.about('a'), latest.about('ab')];
  asked[0].resolve('old');
  asked[1].resolve('new');
  assert.deepEqual(await Promise.all([first, second]), [undefined, 'new']);
  assert.ok(asked[0].signal.aborted && !asked[1].signal.aborted);
});

test('of letters typed quickly only the last is asked about', async () => {
  const { asked, ask } = questions();
  const latest = new Latest(ask, { delay: 1 });
  const answers = [...'abc'].map((letter) => latest.about(letter));
  assert.deepEqual(await Promise.all(answers.slice(0, 2)), [undefined, undefined]);
  while (!asked.length) await new Promise((resolve) => { setImmediate(resolve); });
  asked[0].resolve('answer');
  assert.equal(await answers[2], 'answer');
  assert.deepEqual(asked.map(({ question }) => question), ['c']);
});

test('what goes wrong with an older question is no news, with the latest it is', async () => {
  const { asked, ask } = questions();
  const latest = new Latest(ask);
  const [first, second] = [latest.about('a'), latest.about('b')];
  asked[0].reject(new Error('stopped'));
  asked[1].reject(new Error('broken'));
  assert.equal(await first, undefined);
  await assert.rejects(second, /broken/);
});

test('suggestions stay while their word goes on, and are marked anew', () => {
  assert.deepEqual(fittingSuggestions('2024 wat', ANSWERED), [{ label: 'Waterfall', match: [0, 3] }, { label: 'Derwentwater', match: [7, 10] }]);
  assert.deepEqual(fittingSuggestions('2024 wa', ANSWERED), ANSWERED.suggestions);
});

test('suggestions for something else are not shown', () => {
  for (const text of ['2024 w', '2025 wat', '2024 wa x', '2024 ', '']) assert.deepEqual(fittingSuggestions(text, ANSWERED), []);
});

test('earlier searches are found by any part, but not by themselves', () => {
  assert.deepEqual(fittingSearches(['dogs on the beach', 'Beach', 'cat'], 'beach', 5), ['dogs on the beach']);
  assert.deepEqual(fittingSearches(['a', 'b', 'c'], '', 2), ['a', 'b']);
});

test('a search that goes on from the last takes its place, an older one comes to the front', () => {
  assert.deepEqual(withNewest(['italy', 'cat'], 'italy 2024 '), ['italy 2024', 'cat']);
  assert.deepEqual(withNewest(['italy', 'cat'], 'cat'), ['cat', 'italy']);
  assert.deepEqual(withNewest(['italy'], 'italyx'), ['italyx', 'italy']);
  assert.equal(Array.from({ length: 40 }, (_, at) => `s${at}`).reduce(withNewest, []).length, 12);
});

test('the part of a label that was typed', () => {
  assert.deepEqual([matchOf('Derwentwater', 'WATER'), matchOf('Lake', 'x'), matchOf('Lake', ' ')], [[7, 12], [0, 0], [0, 0]]);
});

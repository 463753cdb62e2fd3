/** The title that a kept search is offered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleFor } from '../../static/js/searchtitle.js';

test('the names of filters are left out, and what is typed stays', () => {
  const titles = {
    'sunset in tuscany': 'Sunset in tuscany', 'country:it 2024': 'It 2024', 'label:cat|dog': 'Cat dog',
    'title:"Lake Como" -raw:yes': 'Lake Como yes', 'taken:last-summer': 'Last-summer', '(anna | ben) & beach': 'Anna ben beach', '': '',
  };
  for (const [query, title] of Object.entries(titles)) assert.equal(titleFor(query), title);
});

test('a long search makes a title of a bearable length', () => {
  assert.ok(titleFor('word '.repeat(100)).length <= 60);
});

/** Filters written as text, values with quotes and escapes; which address says what. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatives, escapeValue, printAny, printFilter, replaceFilters, toggleValue, unescapeValue, valuesOf } from '../../static/js/query.js';
import { readAddress, writeAddress } from '../../static/js/searchaddress.js';

function term(key, value, more = {}) {
  return { kind: key || 'text', key, value, label: value, negated: false, text: key ? printFilter(key, value) : value, without: '', ...more };
}

test('a value with blanks, colons or parentheses stands in quotes', () => {
  assert.equal(printFilter('camera', 'Canon EOS 6D'), 'camera:"Canon EOS 6D"');
  assert.equal(printFilter('title', 'a:b (c)'), 'title:"a:b (c)"');
  assert.equal(printFilter('label', '!cat'), 'label:"!cat"');
  assert.equal(printFilter('color', 'red|blue'), 'color:red|blue');
});

test('quotes in a value are escaped, straight and curly ones', () => {
  assert.equal(printFilter('title', 'the "big" one'), 'title:"the \\"big\\" one"');
  assert.equal(printFilter('title', '“big”'), 'title:\\“big\\”');
});

test('a text with operators means itself', () => {
  assert.equal(escapeValue('a|b & c*'), 'a\\|b \\& c\\*');
  for (const text of ['a|b', 'c*d', '50%', 'back\\slash', 'a&b', '\\|']) {
    assert.equal(unescapeValue(escapeValue(text)), text);
    assert.deepEqual(alternatives(escapeValue(text)), [text]);
  }
});

test('alternatives are split at bars that are not escaped', () => {
  assert.deepEqual(alternatives('cat| dog |a\\|b||'), ['cat', 'dog', 'a|b']);
  assert.deepEqual(alternatives(''), []);
});

test('several texts of a filter make one filter, none make nothing', () => {
  assert.equal(printAny('person', ['Anna Smith', 'Bob|Rob']), 'person:"Anna Smith|Bob\\|Rob"');
  assert.equal(printAny('person', []), '');
});

test('a value comes in and goes out of its filter', () => {
  const terms = [term('', 'beach'), term('label', 'cat')];
  assert.equal(toggleValue(terms, 'label', 'dog'), 'beach label:cat|dog');
  assert.equal(toggleValue(terms, 'label', 'Cat'), 'beach');
  assert.equal(toggleValue(terms, 'color', 'red'), 'beach label:cat color:red');
});

test('a word that was understood as a filter is replaced by it', () => {
  const terms = [term('country', 'it', { text: 'italy' }), term('', 'wine')];
  assert.equal(toggleValue(terms, 'country', 'de'), 'wine country:it|de');
  assert.equal(toggleValue(terms, 'country', 'it'), 'wine');
});

test('what is negated stays as it is', () => {
  const terms = [term('label', 'cat', { negated: true, text: '-label:cat' })];
  assert.deepEqual(valuesOf(terms, 'label'), []);
  assert.equal(toggleValue(terms, 'label', 'cat'), '-label:cat label:cat');
});

test('filters of several keys are replaced together', () => {
  const terms = [term('year', '2024'), term('month', '7'), term('taken', 'last-week'), term('', 'x')];
  assert.equal(replaceFilters(terms, ['year', 'taken'], 'after:2024-01-01', ''), 'month:7 x after:2024-01-01');
});

test('the address holds query, order, panel and reasons, and gives them back', () => {
  const asked = { query: 'a+b label:"x, y" 50% ü|&=#', panel: true, why: true, order: 'relevance' };
  const address = writeAddress('/library/browse', asked);
  assert.deepEqual(readAddress(new URL(address, 'http://host').search), asked);
  assert.equal(writeAddress('/library/browse', { query: '2024 color:red' }), '/library/browse?q=2024+color:red');
  assert.equal(writeAddress('/library/browse', { query: '' }), '/library/browse');
});

test('several parts of an address are one query, as on the server', () => {
  assert.deepEqual(readAddress('?q=label:cat&q=&q=red+car&panel'), { query: 'label:cat red car', panel: true, why: false, order: '' });
});

test('an order that does not exist is none', () => {
  assert.equal(readAddress('?q=puppy&order=newest').order, 'newest');
  assert.equal(readAddress('?q=puppy&order=sideways').order, '');
});

/** No module leads back to itself: the names of files are hashes of what they hold, and such a circle has none. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const FOLDER = join(import.meta.dirname, '../../static/js');
const MODULES = new Map(readdirSync(FOLDER).filter((name) => name.endsWith('.js')).map((name) => [name, named(name)]));

/** Modules that a module names, types in comments included: those too are replaced by hashed names. */
function named(name) {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return [...text.matchAll(/(?:from |import |import\()'\.\/([\w-]+\.js)'/g)].map(([, path]) => path);
}

function circleFrom(name, path = []) {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  return (MODULES.get(name) ?? []).map((next) => circleFrom(next, [...path, name])).find((circle) => circle.length) ?? [];
}

test('modules name each other in no circle', () => {
  assert.deepEqual([...MODULES.keys()].map((name) => circleFrom(name)).filter((circle) => circle.length), []);
});

test('every module that is named is there', () => {
  const missing = [...MODULES].flatMap(([name, others]) => others.filter((other) => !MODULES.has(other)).map((other) => `${name}: ${other}`));
  assert.deepEqual(missing, []);
});

/** Every text of the modules can be translated; nothing breaks the content security policy. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = filesOf('static/js', '.js');
const TEMPLATES = filesOf('templates', '.html');

function filesOf(folder, ending) {
  const names = readdirSync(join(ROOT, folder), { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => [name, readFileSync(join(ROOT, folder, name), 'utf8')]);
}

test('every text of the modules is in the catalogue', () => {
  const catalogue = readFileSync(join(ROOT, 'templates/_texts.html'), 'utf8');
  const missing = MODULES.flatMap(([, code]) => [...code.matchAll(/\btn?\('([^']+)'(?:,\s*'([^']+)')?/g)])
    .flatMap(([, one, many]) => [one, many])
    .filter((text) => text && !catalogue.includes(`"${text}":`));
  assert.deepEqual(missing, []);
});

test('no template carries an inline style, script or handler', () => {
  const guilty = TEMPLATES.filter(([, text]) => /\sstyle=|<style|\son\w+=|<script(?![^>]*(src=|application\/json))/.test(text));
  assert.deepEqual(guilty.map(([name]) => name), []);
});

test('every icon a page names is in the sprite', () => {
  const sprite = readFileSync(join(ROOT, 'static/img/icons.svg'), 'utf8');
  const named = TEMPLATES.flatMap(([, text]) => [...text.matchAll(/_icon\.html" with name="([\w-]+)"/g)].map(([, name]) => name));
  const called = MODULES.flatMap(([, code]) => [...code.matchAll(/\bicon(?:Button)?\('([\w-]+)'|\bicon: '([\w-]+)'/g)].map(([, a, b]) => a ?? b));
  const missing = [...new Set([...named, ...called])].filter((name) => !sprite.includes(`id="${name}"`));
  assert.deepEqual(missing, []);
});

test('modules import by relative path', () => {
  const foreign = MODULES.flatMap(([, code]) => [...code.matchAll(/from '([^']+)'/g)].map(([, path]) => path)).filter((path) => !path.startsWith('.'));
  assert.deepEqual(foreign, []);
});

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { words as da } from '../../../www/words/da.js';
import { words as en } from '../../../www/words/en.js';
import { catalogue } from '../../../www/engine/catalogue.js';
import { partsOf } from '../../../www/result/explain.js';

const top = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, top), 'utf8');
const html = read('index.html');
const all = readdirSync(new URL('www/', top), { recursive: true }).filter((name) => name.endsWith('.js'));
const scripts = all.filter((name) => !name.startsWith('words/'));
const code = scripts.map((name) => read(`www/${name}`)).join('\n');
/** The self-check tries to connect, to see it refused. */
const silent = scripts
  .filter((name) => name !== 'shell/self-check.js')
  .map((name) => read(`www/${name}`))
  .join('\n');

test('both languages have the same keys, in the same order', () => {
  assert.deepEqual(Object.keys(da), Object.keys(en));
});

test('both languages fill in the same things and mark the same parts', () => {
  const marks = (text) => ({ filled: (text.match(/\{\w+\}/g) ?? []).sort(), parts: text.split('|').length });
  for (const key of Object.keys(en)) assert.deepEqual(marks(da[key]), marks(en[key]), key);
});

test('no text is left in the other language', () => {
  const same = [
    'record.stop',
    'pages.menu',
    'list.pause',
    'emotion.neutral',
    'unit.cepstral',
    'theme.system',
    'working.file',
    'alt.plus',
    'alt.minus',
    'learn.ms',
    'learn.seconds',
    'model',
  ];
  for (const key of Object.keys(en))
    if (da[key] === en[key] && en[key])
      assert.ok(same.includes(key) || /^\W*$/.test(en[key].replace(/\{\w+\}/g, '')), `${key}: ${en[key]}`);
});

test('every key that the page asks for exists', () => {
  const asked = [
    ...html.matchAll(/data-t(?:-name)?="([^"]+)"/g),
    ...code.matchAll(/\bt\(\s*'([^']+)'/g),
    ...code.matchAll(/key: '([^']+)'/g),
  ].map(([, key]) => key);
  assert.ok(asked.length > 150);
  for (const key of asked) assert.ok(Object.hasOwn(en, key), `no words for ${key}`);
});

test('every key is used', () => {
  const prefixes = [...new Set([...code.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map(([, prefix]) => prefix))];
  const { features, groups, families, llds } = catalogue;
  const names = [
    ...features.flatMap(({ name, unit, statistic }) => [name, unit, statistic]),
    ...llds.flatMap(({ name, unit }) => [name, unit]),
    ...groups,
    ...families,
  ];
  // What is composed: contours and places of the official names, and what of a resonance they follow.
  const composed = names
    .flatMap((name) => Object.values(partsOf(name)))
    .flatMap((part) => [part, ...(/^F(\d)([a-z]+)/.exec(part)?.slice(1) ?? [])]);
  const known = new Set([...names, ...composed.filter(Boolean)]);
  const isUsed = (key) =>
    html.includes(`"${key}"`) ||
    code.includes(`'${key}'`) ||
    prefixes.some((prefix) => {
      if (!key.startsWith(prefix)) return false;
      const rest = key.slice(prefix.length);
      return (
        known.has(rest) ||
        code.includes(`'${rest}'`) ||
        html.includes(`"${rest}"`) ||
        html.includes(`${rest} '`) ||
        new RegExp(`\\b${rest.replace(/[^\w]/g, '\\$&')}[:(]`).test(code)
      );
    });
  assert.deepEqual(
    Object.keys(en).filter((key) => !isUsed(key)),
    [],
  );
});

test('every name of the catalogue has words', () => {
  for (const group of catalogue.groups) assert.ok(en[`group.${group}`], group);
  for (const family of catalogue.families) assert.ok(en[`family.${family}`], family);
  for (const { statistic } of catalogue.features)
    assert.ok(Object.hasOwn(en, `statistic.${statistic}`), statistic);
});

test('the page reads the same before and after its scripts run', () => {
  const plain = (text) =>
    text
      .replace(/<[^>]+>/g, '')
      .replace(/\*/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  for (const [, key, text] of html.matchAll(
    /data-t="([^"]+)"[^>]*>(.*?)<\/(?:a|p|h1|h2|span|button|label|summary|option)>/g,
  )) {
    if (key.startsWith('map.by.')) continue;
    assert.equal(plain(text), plain(en[key]), key);
  }
  assert.ok(plain(html).includes(en.noscript) && plain(html).includes(da.noscript));
});

test('nothing inline and nothing from elsewhere', () => {
  assert.doesNotMatch(html, /\sstyle=|<style|<script>|\son\w+="|https?:\/\//);
  assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  assert.doesNotMatch(silent, /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/);
});

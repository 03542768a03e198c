import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { partsOf } from '../../../www/result/explain.js';
import { CODES, LANGUAGES } from '../../../www/words/index.js';

const top = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, top), 'utf8');
const html = read('index.html');
const en = LANGUAGES.en.words;
const all = readdirSync(new URL('www/', top), { recursive: true }).filter((name) => name.endsWith('.js'));
const scripts = all.filter((name) => !name.startsWith('words/'));
const code = scripts.map((name) => read(`www/${name}`)).join('\n');
/** The self-check tries to connect, to see it refused. */
const silent = scripts
  .filter((name) => name !== 'privacy/self-check.js')
  .map((name) => read(`www/${name}`))
  .join('\n');
const catalogue = read('src/egemaps/catalogue.rs');

test('every language has the same keys, in the same order', () => {
  assert.ok(CODES.length > 1);
  for (const code of CODES) assert.deepEqual(Object.keys(LANGUAGES[code].words), Object.keys(en), code);
});

test('every language fills in the same things and marks the same parts', () => {
  const marks = (text) => ({ filled: (text.match(/\{\w+\}/g) ?? []).sort(), parts: text.split('|').length });
  for (const code of CODES)
    for (const [key, text] of Object.entries(LANGUAGES[code].words))
      assert.deepEqual(marks(text), marks(en[key]), `${code}: ${key}`);
});

test('no text is left in English', () => {
  const hasWords = (text) => /\w/.test(text.replace(/\{\w+\}/g, ''));
  for (const code of CODES.filter((code) => LANGUAGES[code].words !== en)) {
    const { words, sameInEnglish = [] } = LANGUAGES[code];
    const same = Object.keys(en).filter((key) => words[key] === en[key] && hasWords(en[key]));
    assert.deepEqual(same, sameInEnglish, code);
  }
});

test('numbers are written as in a language that the runtime knows', () => {
  for (const code of CODES) {
    const { locale, name, also = [] } = LANGUAGES[code];
    assert.deepEqual(Intl.NumberFormat.supportedLocalesOf(locale), [locale], code);
    assert.ok(name);
    for (const other of also) assert.ok(!Object.hasOwn(LANGUAGES, other), `${other} has words of its own`);
  }
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
  const kebab = (name) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  const statistics = [...catalogue.matchAll(/Statistic::(\w+)/g)].map(([, name]) => kebab(name));
  const names = [...catalogue.matchAll(/"([^"]+)"/g)].map(([, text]) => text);
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
        statistics.includes(rest) ||
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
  for (const [, group] of catalogue.matchAll(/Group::\w+ => "([^"]+)"/g))
    assert.ok(en[`group.${group}`], group);
  for (const [, name] of catalogue.matchAll(/Statistic::(\w+)/g))
    assert.ok(Object.hasOwn(en, `statistic.${name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()}`), name);
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
  // Where no script runs no language can be chosen: English first, then those that the page has room for.
  const [, noscript] = /<noscript>(.*?)<\/noscript>/s.exec(html);
  const others = [...noscript.matchAll(/<span lang="(\w+)">(.*?)<\/span>/g)];
  const said = [en.noscript, ...others.map(([, code]) => LANGUAGES[code].words.noscript)];
  assert.equal(plain(noscript.replace('<br>', ' ')), said.join(' '));
});

test('nothing inline and nothing from elsewhere', () => {
  assert.doesNotMatch(html, /\sstyle=|<style|<script>|\son\w+="|https?:\/\//);
  assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  assert.doesNotMatch(silent, /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/);
});

// The words of every language: complete, used, and the same in the page before its scripts run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../../../www/result/explain.js';
import { CODES, LANGUAGES, loadAllWords, wordsOf as loaded } from '../../../www/words/index.js';
import { catalogue, filesIn, found, read } from './sources.mjs';

/**
 * The words of a language, by any key.
 * @param {import('../../../www/words/index.js').Language} code
 * @returns {Record<string, string>}
 */
const wordsOf = (code) => loaded(code);

await loadAllWords();
const en = wordsOf('en');
const html = read('index.html');
const scripts = filesIn('www/', '.js').filter((name) => !name.startsWith('words/'));
const codeOf = (/** @type {string[]} */ names) => names.map((name) => read(`www/${name}`)).join('\n');
const code = codeOf(scripts);

test('every language has the same keys, in the same order', () => {
  assert.ok(CODES.length > 1);
  for (const code of CODES) assert.deepEqual(Object.keys(wordsOf(code)), Object.keys(en), code);
});

test('every language fills in the same things and marks the same parts', () => {
  const marks = (/** @type {string} */ text) => ({
    filled: (text.match(/\{\w+\}/g) ?? []).sort(),
    parts: text.split('|').length,
  });
  for (const code of CODES)
    for (const [key, text] of Object.entries(wordsOf(code)))
      assert.deepEqual(marks(text), marks(en[key]), `${code}: ${key}`);
});

test('no text is left in English', async () => {
  const hasWords = (/** @type {string} */ text) => /\w/.test(text.replace(/\{\w+\}/g, ''));
  for (const code of CODES.filter((code) => code !== 'en')) {
    const words = wordsOf(code);
    const { sameInEnglish = [] } = await LANGUAGES[code].load();
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
  // What is composed: LLDs and places of the official names, and what of a resonance they follow.
  const composed = catalogue.names
    .flatMap((name) => Object.values(partsOf(name)))
    .flatMap((part) => [part, ...(/^F(\d)([a-z]+)/.exec(part)?.slice(1) ?? [])]);
  const known = new Set([...catalogue.names, ...catalogue.statistics, ...composed.filter(Boolean)]);
  const isNamed = (/** @type {string} */ name) =>
    known.has(name) ||
    code.includes(`'${name}'`) ||
    html.includes(`"${name}"`) ||
    html.includes(`; ${name} `) ||
    html.includes(`${name} '`) ||
    new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}[:(]`).test(code);
  const isUsed = (/** @type {string} */ key) =>
    html.includes(`"${key}"`) ||
    code.includes(`'${key}'`) ||
    prefixes.some((prefix) => key.startsWith(prefix) && isNamed(key.slice(prefix.length)));
  const unused = Object.keys(en).filter((key) => !isUsed(key));
  assert.deepEqual(unused, []);
});

test('every name of the catalogue has words', () => {
  assert.deepEqual([catalogue.groups.length, catalogue.families.length], [27, 4]);
  for (const group of catalogue.groups) assert.ok(en[`group.${group}`], group);
  for (const name of catalogue.statistics) assert.ok(Object.hasOwn(en, `statistic.${name}`), name);
  assert.equal(catalogue.emotions.length, 9);
  for (const name of catalogue.emotions) assert.ok(en[`emotion.${name}`], name);
});

test('the page reads the same before and after its scripts run', () => {
  const plain = (/** @type {string} */ text) =>
    text
      .replace(/<[^>]+>/g, '')
      .replace(/\*/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  // The page leaves them as they are where its language is that of the document.
  const [, language] = found(/<html lang="(\w+)">/, html);
  assert.equal(language, 'en');
  const texts = [
    ...html.matchAll(/data-t="([^"]+)"[^>]*>(.*?)<\/(?:a|p|h1|h2|span|button|label|summary|option)>/g),
  ];
  assert.equal(texts.length, html.match(/data-t="/g)?.length);
  for (const [, key, text] of texts) assert.equal(plain(text), plain(en[key]), key);
  const names = [...html.matchAll(/aria-label="([^"]*)"[^>]*data-t-name="([^"]+)"/g)];
  assert.equal(names.length, html.match(/data-t-name="/g)?.length);
  for (const [, name, key] of names) assert.equal(name, en[key], key);
  // Where no script runs no language can be chosen: English first, then those that the page has room for.
  const [, noscript] = found(/<noscript>(.*?)<\/noscript>/s, html);
  const others = [...noscript.matchAll(/<span lang="(\w+)">(.*?)<\/span>/g)];
  const said = [
    en.noscript,
    ...others.map(([, code]) => wordsOf(/** @type {typeof CODES[number]} */ (code)).noscript),
  ];
  assert.equal(plain(noscript.replaceAll('<br>', ' ')), said.join(' '));
});

test('nothing inline and nothing from elsewhere', () => {
  assert.doesNotMatch(html, /\sstyle=|<style|<script>|\son\w+="|https?:\/\//);
  assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  // The self-check tries to connect, to see it refused: with these, and no other script.
  const SENDING = /\bfetch\(|\b(?:XMLHttpRequest|WebSocket|sendBeacon|EventSource)\b/g;
  const named = scripts.filter((name) => codeOf([name]).match(SENDING));
  assert.deepEqual(named, ['privacy/self-check.js']);
  assert.deepEqual(
    new Set(codeOf(named).match(SENDING)),
    new Set(['fetch(', 'XMLHttpRequest', 'WebSocket', 'sendBeacon', 'EventSource']),
  );
  assert.doesNotMatch(code, /RTCPeerConnection|WebTransport|fetchLater/);
});

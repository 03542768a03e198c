// The design tokens of the style sheets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMOTION_MARKS } from '../../../www/engine/catalogue.js';
import { EMOTIONS, emotionToken } from '../../../www/result/emotions.js';
import { filesIn, found, read } from './sources.mjs';

const sheets = filesIn('www/style/', '.css').filter((name) => name !== 'tokens.css');
const [light, rest] = read('www/style/tokens.css').split('@media (prefers-color-scheme: dark)');
const [dark] = rest.split('@media');
/** The tokens that a part of the sheet sets. @param {string} text */
function tokensIn(text) {
  const rows = text.matchAll(/^\s+(--[\w-]+):\s*([^;]+);/gm);
  return new Map([...rows].map(([, name, value]) => [name, value]));
}
const inLight = tokensIn(light);
const inDark = tokensIn(dark);
/** @param {[string, string]} token */
const isColour = ([, value]) => value.startsWith('#');

test('every colour is there in light and in dark, as #rrggbb, which the sound picture reads', () => {
  assert.ok(inDark.size > 25);
  assert.deepEqual(
    [...inLight].filter(isColour).map(([name]) => name),
    [...inDark.keys()],
  );
  for (const [name, value] of [...inLight, ...inDark].filter(isColour))
    assert.match(value, /^#[0-9a-f]{6}$/, name);
});

test('no other sheet names a colour, and every token is used', () => {
  const css = sheets.map((name) => read(`www/style/${name}`)).join('\n');
  assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b(?![^{};]*\{)|\brgba?\(|\bhsla?\(/i);
  const code = filesIn('www/', '.js')
    .map((name) => read(`www/${name}`))
    .join('\n');
  const named = [...css.matchAll(/var\((--[\w-]+)/g), ...code.matchAll(/'(--[a-z-]+)'/g)].map(
    ([, name]) => name,
  );
  const used = new Set([...named, ...EMOTIONS.map(emotionToken)]);
  const unused = [...inLight.keys()].filter((name) => !used.has(name));
  assert.deepEqual(unused, []);
});

test('an emotion has the colour in the page that it has in the figures of the command line', () => {
  const drawn = EMOTION_MARKS.map((mark) => [emotionToken(mark.name), mark.light.toLowerCase()]);
  const shown = [...inLight].filter(([name]) => name.startsWith('--emotion-'));
  assert.deepEqual(shown, drawn);
});

test('the window around the page has its background', () => {
  const around = (/** @type {string} */ scheme) => {
    const tag = new RegExp(`theme-color" content="(#\\w+)" media="\\(prefers-color-scheme: ${scheme}\\)`);
    return found(tag, read('index.html'))[1].toLowerCase();
  };
  const background = inLight.get('--background');
  assert.equal(around('light'), background);
  assert.equal(around('dark'), inDark.get('--background'));
  const { background_color: ground, theme_color: theme } = JSON.parse(read('www/undertone.webmanifest'));
  assert.deepEqual([ground.toLowerCase(), theme.toLowerCase()], [background, background]);
});

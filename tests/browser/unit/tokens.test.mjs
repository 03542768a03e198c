import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { EMOTIONS, emotionToken } from '../../../www/result/emotions.js';

const top = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, top), 'utf8');
const sheets = readdirSync(new URL('www/style/', top)).filter((name) => name !== 'tokens.css');
const scripts = readdirSync(new URL('www/', top), { recursive: true }).filter((name) => name.endsWith('.js'));
const [light, rest] = read('www/style/tokens.css').split('@media (prefers-color-scheme: dark)');
const [dark] = rest.split('@media');
const tokens = (text) =>
  new Map([...text.matchAll(/^\s+(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value]));
const inLight = tokens(light);
const inDark = tokens(dark);
const isColour = (value) => value.startsWith('#');

test('every colour is there in light and in dark, as #rrggbb, which the sound picture reads', () => {
  const colours = (all) => [...all].filter(([, value]) => isColour(value)).map(([name]) => name);
  assert.ok(inDark.size > 25);
  assert.deepEqual(colours(inLight), [...inDark.keys()]);
  for (const [name, value] of [...inLight, ...inDark].filter(([, value]) => isColour(value)))
    assert.match(value, /^#[0-9a-f]{6}$/, name);
});

test('no other sheet names a colour, and every token is used', () => {
  const css = sheets.map((name) => read(`www/style/${name}`)).join('\n');
  assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(/i);
  const code = scripts.map((name) => read(`www/${name}`)).join('\n');
  const named = new Set(
    [...css.matchAll(/var\((--[\w-]+)/g), ...code.matchAll(/'(--[a-z-]+)'/g)].map(([, name]) => name),
  );
  for (const name of EMOTIONS) named.add(emotionToken(name));
  assert.deepEqual(
    [...inLight.keys()].filter((name) => !named.has(name)),
    [],
  );
});

test('the window around the page has its background', () => {
  const html = read('index.html');
  const around = (scheme) =>
    new RegExp(`theme-color" content="(#\\w+)" media="\\(prefers-color-scheme: ${scheme}\\)`)
      .exec(html)?.[1]
      .toLowerCase();
  assert.equal(around('light'), inLight.get('--background'));
  assert.equal(around('dark'), inDark.get('--background'));
  const { background_color: ground, theme_color: theme } = JSON.parse(read('www/undertone.webmanifest'));
  assert.deepEqual(
    [ground, theme].map((colour) => colour.toLowerCase()),
    [inLight.get('--background'), inLight.get('--background')],
  );
});

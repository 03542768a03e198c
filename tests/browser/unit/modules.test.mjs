import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const top = new URL('../../../', import.meta.url);
const folder = new URL('www/', top);
const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'));
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
/** What a module imports, as paths within the folder. */
const importsOf = (name) => {
  const found = [...read(name).matchAll(/^import [^;]*?from '(\.[^']+)';$/gm)].map(
    ([, other]) => new URL(other, new URL(name, folder)).href,
  );
  return found.flatMap((address) =>
    address.startsWith(folder.href) ? [address.slice(folder.href.length)] : [],
  );
};
const imports = new Map(names.map((name) => [name, importsOf(name)]));

test('no module needs itself', () => {
  assert.ok([...imports.values()].flat().length > 250);
  for (const other of [...imports.values()].flat()) assert.ok(names.includes(other), other);
  const done = new Set();
  const walk = (name, path) => {
    assert.ok(!path.includes(name), [...path, name].join(' → '));
    if (done.has(name)) return;
    for (const other of imports.get(name) ?? []) walk(other, [...path, name]);
    done.add(name);
  };
  for (const name of names) walk(name, []);
});

test('the page knows no code that nobody throws', () => {
  const rust = ['src/', 'crates/egemaps/src/'].flatMap((folder) =>
    readdirSync(new URL(folder, top), { recursive: true }).map((name) => `${folder}${name}`),
  );
  const sources = rust.filter((name) => name.endsWith('.rs'));
  const thrown = sources.map((name) => readFileSync(new URL(name, top), 'utf8')).join('\n');
  const [, table] = /UNUSABLE = .*?\({([^}]*)}\);/s.exec(read('shell/errors.js'));
  const [, damaged] = /DAMAGED = \/\^\(([^)]*)\)/.exec(read('shell/errors.js'));
  const codes = [...[...table.matchAll(/(\w+): /g)].map(([, code]) => code), ...damaged.split('|')];
  assert.ok(codes.length >= 6);
  for (const code of codes) assert.ok(thrown.includes(`"${code}"`), code);
});

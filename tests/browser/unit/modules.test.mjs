// The modules of the page: what they import, and what they say of themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesIn, found, read } from './sources.mjs';

const names = filesIn('www/', '.js');
/** The folder, as the address that imports are resolved against. */
const WWW = 'file:///www/';

/** What a module imports of the page, as paths within the folder. @param {string} name */
function importsOf(name) {
  const source = read(`www/${name}`);
  const specifiers = [
    ...source.matchAll(/^import [^;]*?from '(\.[^']+)';$/gm),
    // What is loaded later; types in comments are not.
    ...source.matchAll(/^(?!\s*(?:\/|\*)).*\bimport\('(\.[^']+)'\)/gm),
  ];
  const addresses = specifiers.map(([, specifier]) => new URL(specifier, WWW + name).href);
  return addresses.flatMap((address) => (address.startsWith(WWW) ? [address.slice(WWW.length)] : []));
}

const imports = new Map(names.map((name) => [name, importsOf(name)]));

test('every module that is imported is there, and none needs itself', () => {
  const all = [...imports.values()].flat();
  assert.ok(all.length > 300);
  assert.deepEqual(
    all.filter((name) => !names.includes(name)),
    [],
  );
  /** @type {Set<string>} */
  const done = new Set();
  const walk = (/** @type {string} */ name, /** @type {string[]} */ path) => {
    assert.ok(!path.includes(name), [...path, name].join(' → '));
    if (done.has(name)) return;
    for (const other of imports.get(name) ?? []) walk(other, [...path, name]);
    done.add(name);
  };
  for (const name of names) walk(name, []);
});

test('every module is part of the page, and says first what it is for', () => {
  // The worklet is loaded by its address, types.js has only types.
  const apart = ['app.js', 'types.js', 'sound/capture-worklet.js'];
  const used = new Set([...imports.values()].flat());
  assert.deepEqual(
    names.filter((name) => !used.has(name) && !apart.includes(name)),
    [],
  );
  for (const name of names) assert.match(read(`www/${name}`), /^\/\/ .{15,}/, name);
});

test('the page knows no code that nobody throws', () => {
  const thrown = ['src/', 'crates/egemaps/src/']
    .flatMap((folder) => filesIn(folder, '.rs').map((name) => read(`${folder}${name}`)))
    .join('\n');
  const [, table] = found(/UNUSABLE = .*?\({([^}]*)}\);/s, read('www/shell/errors.js'));
  const [, damaged] = found(/DAMAGED = \/\^\(([^)]*)\)/, read('www/sound/file-messages.js'));
  const codes = [...[...table.matchAll(/(\w+): /g)].map(([, code]) => code), ...damaged.split('|')];
  assert.ok(codes.length >= 6);
  for (const code of codes) assert.ok(thrown.includes(`"${code}"`), code);
});

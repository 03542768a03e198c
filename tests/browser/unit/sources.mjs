// What tests of the sources as text need: the files of the page, and the catalogue of the features.
import { readFileSync, readdirSync } from 'node:fs';

const top = new URL('../../../', import.meta.url);

/** A file of the repository. @param {string} path */
export const read = (path) => readFileSync(new URL(path, top), 'utf8');

/**
 * Files in a folder and all below it, as paths within it.
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
export function filesIn(folder, ending) {
  const names = readdirSync(new URL(folder, top), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending));
}

/**
 * What a pattern finds in a text; a source that has changed so that it finds nothing is named.
 * @param {RegExp} pattern
 * @param {string} text
 */
export function found(pattern, text) {
  const parts = pattern.exec(text);
  if (!parts) throw new Error(`nothing is like ${pattern}`);
  return parts;
}

/** @param {string} name in the manner of Rust */
const kebab = (name) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();

const rust = read('crates/egemaps/src/catalogue.rs');
const groups = new Map([...rust.matchAll(/Group::(\w+) => "([^"]+)"/g)].map(([, id, name]) => [id, name]));
const feature = /feature\(\s*"([^"]+)",\s*Statistic::(\w+),\s*Unit::\w+,\s*Group::(\w+)/g;
const quoted = (/** @type {string} */ text) => [...text.matchAll(/"([^"]+)"/g)].map(([, name]) => name);

/** The names of the catalogue, as the page gets them from the measuring part. */
export const catalogue = {
  groups: [...groups.values()],
  families: [...rust.matchAll(/Family::\w+ => "([^"]+)"/g)].map(([, name]) => name),
  statistics: [...new Set([...rust.matchAll(/Statistic::(\w+)/g)].map(([, name]) => kebab(name)))],
  contours: quoted(found(/CONTOUR_NAMES[^=]*= \[([^\]]*)\]/, rust)[1]),
  features: [...rust.split('pub const FEATURES')[1].matchAll(feature)].map(([, name, statistic, group]) => ({
    name,
    statistic: kebab(statistic),
    group: groups.get(group) ?? '',
    unit: '',
    family: '',
  })),
  /** Everything that stands in quotes there: units, too. */
  names: quoted(rust),
};

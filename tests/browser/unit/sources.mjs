// What tests of the sources as text need: the files of the page, and the catalogue of the features.
import { readFileSync, readdirSync } from 'node:fs';
import { EMOTION_MARKS, catalogue as generated } from '../../../www/engine/catalogue.js';

const top = new URL('../../..', import.meta.url);

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

const { features, llds, groups, families } = generated;

/** The catalogue of the features as the page has it, with the names of the statistics, and every name in it. */
export const catalogue = {
  ...generated,
  statistics: [...new Set(features.map(({ statistic }) => statistic))],
  emotions: EMOTION_MARKS.map(({ name }) => name),
  names: [
    ...features.flatMap(({ name, unit, statistic }) => [name, unit, statistic]),
    ...llds.flatMap(({ name, unit }) => [name, unit]),
    ...groups,
    ...families,
    ...EMOTION_MARKS.map(({ name }) => name),
  ],
};

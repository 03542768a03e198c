// The languages that the page speaks. A further one is a file beside this one, and a line here.
import * as da from './da.js';
import * as en from './en.js';

/** @typedef {keyof typeof en.words} Key  of a text; the same in every language */
/**
 * @typedef {object} Entry
 * @property {string} name     in the language itself, as its button says it
 * @property {string} locale   how numbers are written
 * @property {string[]} [also] languages whose readers are best served by this one
 * @property {Record<Key, string>} words
 * @property {Key[]} [sameInEnglish]  texts that are the same in English, and rightly so
 */

/** @template {string} Code @param {Record<Code, Entry>} entries */
const checked = (entries) => entries;

/** By their code, in the order of the buttons. The first one is spoken where the browser asks for none of them. */
export const LANGUAGES = checked({
  en: { name: 'English', locale: 'en', ...en },
  da: { name: 'Dansk', locale: 'da', also: ['nb', 'nn', 'no'], ...da },
});

/** @typedef {keyof typeof LANGUAGES} Language */

export const CODES = /** @type {Language[]} */ (Object.keys(LANGUAGES));

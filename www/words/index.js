// The languages that the page speaks. A further one is a file beside this one, and a line here. The words of one are
// loaded first, those of the others when the page stands.

/** @typedef {keyof typeof import('./en.js')['words']} Key  of a text; the same in every language */
/**
 * @typedef {object} Spoken  what a language's file exports
 * @property {Record<Key, string>} words
 * @property {Key[]} [sameInEnglish]  texts that are the same in English, and rightly so
 */
/**
 * @typedef {object} Entry
 * @property {string} name     in the language itself, as its button says it
 * @property {string} locale   how numbers are written
 * @property {string} [dates]  how days are, if otherwise
 * @property {string[]} [also] languages whose readers are best served by this one
 * @property {() => Promise<Spoken>} load
 */

/** @template {string} Code @param {Record<Code, Entry>} entries */
const checked = (entries) => entries;

/** By their code, in the order of the buttons. The first one is spoken where the browser asks for none of them. */
export const LANGUAGES = checked({
  en: { name: 'English', locale: 'en', dates: 'en-GB', load: () => import('./en.js') },
  da: { name: 'Dansk', locale: 'da', also: ['nb', 'nn', 'no'], load: () => import('./da.js') },
  de: { name: 'Deutsch', locale: 'de', load: () => import('./de.js') },
});

/** @typedef {keyof typeof LANGUAGES} Language */

export const CODES = /** @type {Language[]} */ (Object.keys(LANGUAGES));

/** What was loaded. @type {Partial<Record<Language, Spoken>>} */
const loaded = {};

/** Loads the words of a language. @param {Language} language */
export async function loadWords(language) {
  loaded[language] ??= await LANGUAGES[language].load();
}

/** The words of a language that was loaded. @param {Language} language */
export function wordsOf(language) {
  const spoken = loaded[language];
  if (!spoken) throw new Error(`the words of ${language} are not loaded`);
  return spoken.words;
}

/** Loads the words of all languages; one that does not come is no harm before it is wanted. */
export const loadAllWords = () => Promise.allSettled(CODES.map(loadWords));

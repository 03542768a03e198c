// Words and numbers in the chosen language, the page's standing text, and the buttons that choose.
/** @import {Message} from '../types.js' */
/** @import {Key, Language} from '../words/index.js' */
import { CODES, LANGUAGES, loadWords, wordsOf } from '../words/index.js';
export { loadAllWords } from '../words/index.js';
import { make, query, queryAll, rich } from './dom.js';
import { format, formatMeasure, formatShort, tenths } from './format.js';
import { recall, remember } from './preferences.js';
import { get, set, watch } from './state.js';

const chosen = () => LANGUAGES[get().language];
const words = () => wordsOf(get().language);

/** @param {string} key @returns {key is Key} */
export const has = (key) => Object.hasOwn(words(), key);

/**
 * @param {Key} key
 * @param {Record<string, string|number>} [params]
 */
export function t(key, params = {}) {
  return words()[key].replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/** @param {Message} message */
export const say = ({ key, params }) => (has(key) ? t(key, params) : key);

/** As a sentence begins. @param {string} text */
export const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** @param {string} text without soft hyphens, for places that do not break lines */
export const unbroken = (text) => text.replaceAll('\u00AD', '');

/** A number in the chosen language. @param {number} value @param {number} digits @param {boolean} [sign] */
export const number = (value, digits, sign) => format(chosen().locale, value, digits, sign);

/** A score, or the distance of two, as it stands everywhere but in the sum of reasons. @param {number} score */
export const scoreText = (score) => number(tenths(score), 1);

/** A measure in the chosen language, to four significant digits. @param {number} value */
export const measureNumber = (value) => formatMeasure(chosen().locale, value);

/** A measure as it stands beside words. @param {number} value */
export const shortNumber = (value) => formatShort(chosen().locale, value);

/** A day and time, in the chosen language. @param {Date} when */
export function moment(when) {
  const { locale, dates = locale } = chosen();
  return new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeStyle: 'short' }).format(when);
}

/** A day, with its month in short or in full. @param {Date} when @param {'short'|'long'} month */
export function dayOf(when, month) {
  const { locale, dates = locale } = chosen();
  return new Intl.DateTimeFormat(dates, { day: 'numeric', month }).format(when);
}

/** A share in percent, or a dash where it is not known. @param {number|null} share @param {number} digits */
export const percent = (share, digits) => number(share === null ? NaN : share * 100, digits);

/** Languages that the reference voices speak, by the name that the model gives them. */
const SPOKEN = /** @type {Record<string, Key>} */ ({ German: 'language.german', Bangla: 'language.bangla' });

/** @param {string} name  in English, as the model has it */
export const spoken = (name) => (Object.hasOwn(SPOKEN, name) ? t(SPOKEN[name]) : name);

/** The language that serves a reader of this one, if there is one. @param {string} tag  such as `da-DK` */
function servedBy(tag) {
  const code = tag.slice(0, 2).toLowerCase();
  return CODES.find((own) => own === code) ?? CODES.find((own) => LANGUAGES[own].also?.includes(code));
}

/**
 * The one that was chosen before, else the first of the browser's that the page speaks.
 * @returns {Language}
 */
function preferred() {
  for (const tag of [recall('language') ?? '', ...navigator.languages]) {
    const found = servedBy(tag);
    if (found) return found;
  }
  return CODES[0];
}

/** A button that chooses a language, named in that language. @param {Language} language */
function languageButton(language) {
  const attributes = { type: 'button', lang: language, 'data-language': language };
  const press = make(
    'button',
    attributes,
    make('span', { class: 'long' }, LANGUAGES[language].name),
    // Where there is less room.
    make('span', { class: 'short', 'aria-hidden': 'true' }, language.toUpperCase()),
  );
  press.addEventListener('click', async () => {
    await loadWords(language);
    remember('language', language);
    set({ language });
  });
  return press;
}

/**
 * Chooses the language and loads its words; where they do not come, another one, as the page can say nothing without
 * any.
 */
export async function prepare() {
  let language = preferred();
  try {
    await loadWords(language);
  } catch {
    language = CODES.find((code) => code !== language) ?? language;
    await loadWords(language);
  }
  set({ language });
}

/** Keeps standing text and switches in step with the language. */
export function start() {
  query('#languages').replaceChildren(...CODES.map(languageButton));
  watch([], () => {
    const { language } = get();
    for (const press of queryAll('[data-language]'))
      press.setAttribute('aria-current', String(press.dataset.language === language));
    // The document comes with the words of one language; the same words again would only be laid out again.
    if (language === document.documentElement.lang) return;
    document.documentElement.lang = language;
    for (const element of queryAll('[data-t]')) rich(element, t(/** @type {Key} */ (element.dataset.t)));
    for (const element of queryAll('[data-t-name]'))
      element.setAttribute('aria-label', t(/** @type {Key} */ (element.dataset.tName)));
  });
}

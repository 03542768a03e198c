// Words of the chosen language, and the page's standing text.
/** @import {Message, State} from '../types.js' */
import { words as en } from '../words/en.js';
import { words as da } from '../words/da.js';
import { format } from './format.js';
import { get, set, watch } from './state.js';
import { all, rich } from './dom.js';
import { recall, remember } from './preferences.js';

/** @typedef {keyof typeof en} Key */
const books = { en, da };

/** @param {string} key @returns {key is Key} */
export const has = (key) => Object.hasOwn(en, key);

/**
 * @param {Key} key
 * @param {Record<string, string|number>} [params]
 */
export function t(key, params = {}) {
  return books[get().language][key].replace(/\{(\w+)\}/g, (whole, name) =>
    name in params ? String(params[name]) : whole,
  );
}

/** @param {Message} message */
export const say = ({ key, params }) => (has(key) ? t(key, params) : key);

/** @param {string} text without soft hyphens, for places that do not break lines */
export const unbroken = (text) => text.replaceAll('\u00AD', '');

/** A number in the chosen language. @param {number} value @param {number} digits @param {boolean} [sign] */
export const number = (value, digits, sign) => format(get().language, value, digits, sign);

/** A share in percent, or a dash where it is not known. @param {number|null} share @param {number} digits */
export const percent = (share, digits) => number(share === null ? NaN : share * 100, digits);

/** Languages that the reference voices speak, by the name that the model gives them. */
const SPOKEN = /** @type {Record<string, Key>} */ ({ German: 'language.german', Bangla: 'language.bangla' });

/** @param {string} name  in English, as the model has it */
export const spoken = (name) => (Object.hasOwn(SPOKEN, name) ? t(SPOKEN[name]) : name);

/** The first of the browser's languages that the page speaks. @returns {State['language']} */
function preferred() {
  const kept = recall('language');
  for (const tag of [kept ?? '', ...navigator.languages]) {
    const code = tag.slice(0, 2).toLowerCase();
    if (code === 'da' || code === 'en') return code;
    if (code === 'nb' || code === 'nn' || code === 'no') return 'da';
  }
  return 'en';
}

/** Chooses the language and keeps standing text and switches in step with it. */
export function start() {
  set({ language: preferred() });
  for (const button of all('[data-language]')) {
    button.addEventListener('click', () => {
      const language = button.dataset.language === 'da' ? 'da' : 'en';
      remember('language', language);
      set({ language });
    });
  }
  watch([], () => {
    const { language } = get();
    document.documentElement.lang = language;
    for (const one of all('[data-t]')) rich(one, t(/** @type {Key} */ (one.dataset.t)));
    for (const one of all('[data-t-name]'))
      one.setAttribute('aria-label', t(/** @type {Key} */ (one.dataset.tName)));
    for (const one of all('[data-language]'))
      one.setAttribute('aria-current', String(one.dataset.language === language));
  });
}

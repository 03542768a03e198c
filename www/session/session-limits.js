// What a session's file may hold: numbers and lists up to these limits, texts without what is no letter. A file can hold
// anything, and the page loops over what it has taken. Pure.
import { cleanName } from '../shell/names.js';

/** A sound is no longer: the command line reads up to 24 h unless it is told otherwise, the page half an hour. */
const MOST_SECONDS = 90_000;
/** No format of a sound file that is read counts more channels. */
export const MOST_CHANNELS = 65_535;
/** Calm voices of a session, and lines of each: the page has four lines read, of one voice or of each that is named. */
export const MOST_CALM = 1_000;
export const MOST_CALM_LINES = 100;
/** A further recording counts on from the highest number of a list; a file's may be no higher. */
export const MOST_NUMBER = 1e9;
/** Numbers are kept up to here: what comes after them may be counted and saved, too. */
const MOST_KEPT_NUMBER = MOST_NUMBER - 1e6;

export const isNumber = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value);
export const isText = (/** @type {unknown} */ value) => typeof value === 'string';

/** A length or a place in a sound. @param {unknown} value */
export const isSeconds = (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= MOST_SECONDS;

/** Whether a single-precision number can hold it: infinity would be written as nothing. @param {unknown} value */
export const isSingle = (value) => isNumber(value) && Number.isFinite(Math.fround(Number(value)));

/**
 * Whether it is a list of some of these names, none of them twice.
 * @param {any} value
 * @param {readonly string[]} names
 * @param {(name: string) => string} [nameNow]  what a name of the list is called among these
 */
export const areSome = (value, names, nameNow = (name) => name) =>
  Array.isArray(value) &&
  value.length <= names.length &&
  value.every((name) => names.includes(nameNow(name))) &&
  new Set(value.map(nameNow)).size === value.length;

/** A list with something in it, and with no more than that. @param {any} value @param {number} most */
export const isList = (value, most) => Array.isArray(value) && value.length > 0 && value.length <= most;

/** When something was, as a text says it; not a time where it does not. @param {any} value */
export const timeOf = (value) => new Date(isText(value) ? value : NaN);

/**
 * A text of a file as it may be shown: every one of them goes through here. Empty where there is none.
 * @param {unknown} value
 * @param {number} [most]  letters
 */
export const textOf = (value, most) => (typeof value === 'string' ? cleanName(value, most) : '');

/**
 * Numbers for those that come back: their own into an empty list, as long as further ones can follow, else the next ones.
 * @param {number[]} wanted
 * @param {boolean} isEmpty
 * @param {number} last
 */
export const numbersFor = (wanted, isEmpty, last) =>
  isEmpty && new Set(wanted).size === wanted.length && wanted.every((number) => number <= MOST_KEPT_NUMBER)
    ? wanted
    : wanted.map((_, i) => last + 1 + i);

/** The lines of a text that are not empty; more than the most need not be looked at. @param {string} text @param {number} most */
export function* linesOf(text, most) {
  let left = most;
  for (let from = 0; from < text.length && left > 0;) {
    const at = text.indexOf('\n', from);
    const line = text.slice(from, at < 0 ? text.length : at).trim();
    from = at < 0 ? text.length : at + 1;
    if (!line) continue;
    left -= 1;
    yield line;
  }
}

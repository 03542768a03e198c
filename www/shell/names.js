// How recordings are called.
/** @import {Course, Recording} from '../types.js' */
import { hexadecimal } from './format.js';
import { t } from './i18n.js';

/** Names from files are as long as a line at most. */
const MOST_LETTERS = 200;

/**
 * A name that came from elsewhere, without what is no letter: control characters, and marks that turn the direction of what follows.
 * @param {string} text
 * @param {number} [most]  letters
 */
export const cleanName = (text, most = MOST_LETTERS) =>
  // Of a text of any length no more is looked at than may stay; a letter has one unit or two.
  [...text.slice(0, 2 * most).replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')]
    .slice(0, most)
    .join('');

/**
 * The name that it was given, else its file's, else its number.
 * @param {Pick<Recording, 'name'|'file'|'number'>} recording
 */
export const nameOf = ({ name, file, number }) => name || file || t('list.voice', { n: number });

/**
 * What a voice of a course is called; empty where it was given no name.
 * @param {Pick<Course, 'voices'>} course
 * @param {number} voice  0 nobody's
 */
export const voiceName = ({ voices }, voice) => voices[voice - 1] ?? '';

/**
 * With its number, where the name does not say it.
 * @param {Pick<Recording, 'name'|'file'|'number'>} recording
 */
export const fullName = (recording) =>
  [t('list.voice', { n: recording.number }), recording.name || recording.file].filter(Boolean).join(', ');

/** Bytes of an identity: none is given twice. */
const ID_BYTES = 12;

/** An identity for a recording: it says nothing of it. */
export const newId = () => hexadecimal(crypto.getRandomValues(new Uint8Array(ID_BYTES)));

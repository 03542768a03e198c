// The notices of a saved recording: those that the page makes, filled as it fills them, so that no other text stands as its own words. Pure.
/** @import {Message} from '../types.js' */
import { isText, textOf } from './session-limits.js';

/** What is filled in: a time as a clock shows it, a number in any language of the page, the name of the recording's own file. */
const CLOCK = /^\d{1,4}:\d\d$/;
const NUMBER = /^[\d.,\u2212]{1,20}$/;
const FILE = null;

/**
 * What is remarked of a recording while it is made or read; only this stands under a result.
 * @type {Record<string, Record<string, RegExp|null>>}
 */
const NOTICES = {
  'notice.limit': {},
  'course.full': {},
  'notice.unplugged': { t: CLOCK },
  'notice.interrupted': { t: CLOCK },
  'notice.wasMuted': { t: CLOCK },
  'file.long': { file: FILE, m: NUMBER, l: CLOCK },
  'file.longer': { file: FILE, l: CLOCK },
  'file.cut': { file: FILE, p: NUMBER, d: NUMBER },
  'file.cutOff': { file: FILE, p: NUMBER },
};

/**
 * @param {any} notice
 * @param {string} file
 * @returns {Message|null} null where the page could not have made it
 */
function noticeOf(notice, file) {
  const key = notice?.key;
  if (!isText(key) || !Object.hasOwn(NOTICES, key)) return null;
  const given = notice.params ?? {};
  /** @type {Record<string, string>} */
  const params = {};
  for (const [name, form] of Object.entries(NOTICES[key])) {
    // Asterisks would make words bold.
    const value = form ? textOf(Object.hasOwn(given, name) ? given[name] : '') : file.replaceAll('*', '∗');
    if (form ? !form.test(value) : !value) return null;
    params[name] = value;
  }
  return Object.keys(params).length ? { key, params } : { key };
}

/**
 * The notices of a recording, each once; others are left out.
 * @param {any} value
 * @param {string} file  the recording's own, cleaned
 * @returns {Message[]}
 */
export function noticesOf(value, file) {
  /** @type {Map<string, Message>} */
  const found = new Map();
  for (const one of Array.isArray(value) ? value : []) {
    const notice = noticeOf(one, file);
    if (notice) found.set(notice.key, notice);
  }
  return [...found.values()];
}

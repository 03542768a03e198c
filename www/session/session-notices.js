// The notices of a saved recording. Pure.
/** @import {Message} from '../types.js' */
import { isNumber, isText } from './session-limits.js';

/** @param {any} value @returns {Message[]} */
export function noticesOf(value) {
  if (!Array.isArray(value)) return [];
  const isObject = (/** @type {any} */ one) => typeof one === 'object' && one !== null && !Array.isArray(one);
  const isFilled = (/** @type {any} */ params) =>
    params === undefined ||
    (isObject(params) && Object.values(params).every((param) => isText(param) || isNumber(param)));
  return value.filter(
    (notice) =>
      isObject(notice) &&
      isText(notice.key) &&
      /^(notice|file)\.[a-z]+$/i.test(notice.key) &&
      isFilled(notice.params),
  );
}

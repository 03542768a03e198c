// What would be lost with this tab: recordings that are in no file yet. While there are any, the browser asks before it
// closes or reloads the page, in its own words.
/** @import {Recording} from '../types.js' */
import { get, watch } from '../shell/state.js';

/** What of a recording a file holds: with another name it is another. @param {Recording} recording */
const markOf = ({ when, seconds, name }) => [when.getTime(), seconds, name].join('|');

/** @type {Set<string>} */
const saved = new Set();

/** These are in a file now, or came from one. @param {Recording[]} recordings */
export function keepMark(recordings) {
  for (const recording of recordings) saved.add(markOf(recording));
  follow();
}

/** @param {Recording[]} recordings */
export const unsaved = (recordings) => recordings.filter((recording) => !saved.has(markOf(recording)));

/** @param {BeforeUnloadEvent} event */
const ask = (event) => event.preventDefault();

/** A page that asks for nothing can be brought back at once by the browser, so it is not asked in vain. */
function follow() {
  if (unsaved(get().recordings).length) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}

export const start = () => watch(['recordings'], follow);

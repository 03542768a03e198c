// What would be lost with this tab: recordings that are in no file yet, nor kept on this device. While there are any, the browser asks before it
// closes or reloads the page, in its own words.
/** @import {Recording} from '../types.js' */
import { calmVoices } from '../result/calm.js';
import { get, watch } from '../shell/state.js';
import { courseMark } from './session-course.js';

/** What of a recording a file holds: with another name or channel, or a course that was changed, it is another. @param {Recording} recording */
const markOf = ({ id, name, channels, course }) =>
  [id, name, channels?.taken ?? '', courseMark(course)].join('|');

/** A calm voice among what is to be saved. @param {{when: Date}} calm */
const calmMark = ({ when }) => `calm|${when.getTime()}`;

/** @type {Set<string>} */
const saved = new Set();
/** In this browser, until it is deleted there. @type {Set<string>} */
const kept = new Set();

/** These are in a file now, or came from one. @param {Recording[]} recordings */
export function keepMark(recordings) {
  for (const recording of recordings) saved.add(markOf(recording));
  for (const calm of calmVoices(recordings)) saved.add(calmMark(calm));
  follow();
}

/** These are kept on this device; null: nothing is any more. @param {Recording[]|null} recordings */
export function markKept(recordings) {
  if (!recordings) kept.clear();
  for (const recording of recordings ?? []) kept.add(markOf(recording));
  for (const calm of calmVoices(recordings ?? [])) kept.add(calmMark(calm));
  follow();
}

/** These are kept no more. @param {Recording[]} recordings */
export function markNotKept(recordings) {
  for (const recording of recordings) kept.delete(markOf(recording));
  follow();
}

/** These came from what is kept, and are in no file. @param {Recording[]} recordings */
export function markOnlyKept(recordings) {
  for (const recording of recordings) saved.delete(markOf(recording));
  markKept(recordings);
}

/** @param {Recording[]} recordings */
const unsaved = (recordings) =>
  [...recordings.map(markOf), ...calmVoices(recordings).map(calmMark)].filter(
    (mark) => !saved.has(mark) && !kept.has(mark),
  );

/** @param {BeforeUnloadEvent} event */
const ask = (event) => event.preventDefault();

/** A page that asks for nothing can be brought back at once by the browser, so it is not asked in vain. */
function follow() {
  if (unsaved(get().recordings).length) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}

export const start = () => watch(['recordings', 'calm'], follow);

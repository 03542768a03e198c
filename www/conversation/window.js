// Which part of a course is seen: all of it, or, of many utterances, a window that is moved.
/** @import {Course, Recording} from '../types.js' */
import { byRecording } from '../shell/by-recording.js';

/** An utterance needs so much room for its range, CSS px. */
export const ROOMY_PX = 14;
/** With less it is a dot. */
export const TIGHT_PX = 6;
/** A window begins with so many utterances, and is at most so long. */
const FIRST = { wide: 60, narrow: 25 };
const LONGEST_S = 300;
/** It is at least so long. */
const SHORTEST_S = 2;

/** @type {Map<string, [number, number]>} */
const windows = byRecording();
/** Whose window somebody has moved. @type {Map<string, true>} */
const own = byRecording();

/**
 * @param {Recording} recording
 * @param {Course} course
 * @param {number} width  of the plot, CSS px
 * @returns {[number, number]} in s
 */
export function windowOf(recording, { utterances }, width) {
  const known = windows.get(recording.id);
  const fits = utterances.length * ROOMY_PX <= width;
  // A window that came of its own accord goes where there is room for all.
  if (fits && !own.has(recording.id)) windows.delete(recording.id);
  else if (known && known[1] <= recording.seconds + 1e-6) return known;
  if (fits) return [0, recording.seconds];
  const last = utterances[Math.min(utterances.length, width < 560 ? FIRST.narrow : FIRST.wide) - 1];
  const first = /** @type {[number, number]} */ ([0, Math.min(LONGEST_S, last.end + 0.5, recording.seconds)]);
  windows.set(recording.id, first);
  return first;
}

/** Called when the window has moved by itself. @type {() => void} */
let followed = () => {};
/** @param {() => void} follow */
export const onReveal = (follow) => void (followed = follow);

/** Whether there is more than can be seen at once. @param {Course} course @param {number} width */
export const needsOverview = ({ utterances }, width) => utterances.length * ROOMY_PX > width;

/**
 * @param {Recording} recording
 * @param {number} from
 * @param {number} to
 */
export function setWindow(recording, from, to) {
  own.set(recording.id, true);
  place(recording, from, to);
}

/** @param {Recording} recording @param {number} from @param {number} to */
function place(recording, from, to) {
  const length = Math.min(recording.seconds, Math.max(SHORTEST_S, to - from));
  const start = Math.min(Math.max(0, from), recording.seconds - length);
  windows.set(recording.id, [start, start + length]);
}

/**
 * Moves the window so that a stretch is seen.
 * @param {Recording} recording
 * @param {number} start
 * @param {number} end
 */
export function reveal(recording, start, end) {
  const known = windows.get(recording.id);
  if (!known) return;
  const [from, to] = known;
  const length = to - from;
  if (start >= from && end <= to) return;
  place(recording, (start + end - length) / 2, (start + end + length) / 2);
  followed();
}

/** Of a recording that is cut anew. @param {string} recording  its id */
export function forgetWindow(recording) {
  windows.delete(recording);
  own.delete(recording);
}

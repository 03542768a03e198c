// One store. Views subscribe to the parts that they show; whoever changes something calls `set`.
/** @import {Course, State, Recording, Utterance} from '../types.js' */

/** @type {State} */
const state = {
  page: 'record',
  phase: 'idle',
  nextTake: 'closed',
  progress: 0,
  long: false,
  covered: false,
  engine: null,
  recordings: [],
  current: null,
  problem: null,
  cannot: null,
  notice: null,
  deleted: null,
  queue: [],
  devices: [],
  device: '',
  playing: null,
  dotsBy: 'emotion',
  single: null,
  step: 1,
  ticked: null,
  twoSpeakers: false,
  calm: [],
  fromAverage: false,
  keeps: false,
  renaming: null,
  acoustics: false,
  sumBy: 'groups',
  trueMap: false,
  opened: [],
  language: 'en',
  theme: 'system',
  keys: true,
  pauseStops: false,
  offline: 'unknown',
  update: 'none',
};

/** @type {{parts: (keyof State)[], view: () => void}[]} */
const views = [];

/** @returns {Readonly<State>} */
export const get = () => state;

/** @param {Partial<State>} patch */
export function set(patch) {
  const changed = /** @type {(keyof State)[]} */ (Object.keys(patch)).filter(
    (part) => patch[part] !== state[part],
  );
  if (!changed.length) return;
  Object.assign(state, patch);
  for (const { parts, view } of views) if (parts.some((part) => changed.includes(part))) view();
}

/**
 * Calls `view` now and whenever one of the parts changes. The language belongs to every view's parts.
 * @param {(keyof State)[]} parts
 * @param {() => void} view
 */
export function watch(parts, view) {
  views.push({ parts: [...parts, 'language'], view });
  view();
}

/** Recordings that the list takes: a session with more would be refused when it is opened. */
export const MOST_RECORDINGS = 5_000;

/** Whether the list takes no further recording. */
export const isFull = () => state.recordings.length >= MOST_RECORDINGS;

/** The recordings, and the one whose deletion can still be undone. @returns {Recording[]} */
export const withDeleted = () => [...state.recordings, ...(state.deleted ? [state.deleted] : [])];

/** @returns {Recording|null} the recording that is shown */
export const current = () => state.recordings.find((one) => one.number === state.current) ?? null;

/** The course that is shown; null where the recording is shown as one sound. @returns {Course|null} */
export function currentCourse() {
  const course = current()?.course;
  return course && !course.asOne && state.engine?.info.map.axis === 'score' ? course : null;
}

/** The utterance that is shown. @returns {Utterance|null} */
export function currentUtterance() {
  const course = currentCourse();
  return course?.utterances.find(({ number }) => number === course.chosen) ?? null;
}

/** What the result is of: a recording, or an utterance of it. @returns {Recording|null} */
export const currentSound = () => (currentCourse() ? currentUtterance() : current());

/**
 * Changes the course of a recording, if it has one.
 * @param {number} recording  its number
 * @param {Partial<Course>} patch
 */
export function changeCourse(recording, patch) {
  const change = (/** @type {Recording} */ one) =>
    one.number === recording && one.course ? { ...one, course: { ...one.course, ...patch } } : one;
  set({ recordings: state.recordings.map(change) });
}

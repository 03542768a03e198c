// One store. Views subscribe to the parts that they show; whoever changes something calls `set`.
/** @import {State, Recording} from '../types.js' */

/** @type {State} */
const state = {
  page: 'record',
  phase: 'idle',
  nextTake: 'closed',
  progress: 0,
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

/** @returns {Recording|null} the recording that is shown */
export const current = () => state.recordings.find((one) => one.number === state.current) ?? null;

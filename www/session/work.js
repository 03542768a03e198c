// The work that is under way on incoming sounds. There is one piece of it at a time, and it can be given up.
import { get, set } from '../shell/state.js';

/** Why work is given up when everything is forgotten: nothing more is said of it. */
const FORGOTTEN = new DOMException('forgotten', 'AbortError');

/** @type {AbortController|null} */
let work = null;

/** Begins a recording that was wanted meanwhile: recording stands above this part. */
let beginNext = () => {};

/** @param {() => void} begin */
export const onNext = (begin) => {
  beginNext = begin;
};

/** Work begins: it can be given up from now on. @returns {AbortSignal} */
export function begin() {
  work = new AbortController();
  set({ phase: 'working', progress: 0, nextTake: 'closed' });
  return work.signal;
}

/** @param {AbortSignal} signal @param {boolean} added whether something came of it */
export function end(signal, added) {
  work = null;
  const { nextTake, problem } = get();
  // What went wrong is to be read first, and no microphone opens behind a page that nobody sees.
  const goesOn = nextTake === 'wanted' && !signal.aborted && !problem && !document.hidden;
  // Going on leaves focus and the result's announcement out.
  set(goesOn ? { nextTake: 'closed' } : { nextTake: 'closed', phase: 'idle' });
  if (signal.aborted && signal.reason !== FORGOTTEN && !added) set({ notice: { key: 'cancelled' } });
  else if (get().notice?.key === 'notice.busy') set({ notice: null });
  if (goesOn) beginNext();
}

/** Gives up what is being measured. */
export const cancel = () => work?.abort();

/** Gives it up without a word. */
export const abandon = () => work?.abort(FORGOTTEN);

// What the figure tells: the way from the average voice, or from another recording, to the recording that is shown.
/** @import {Analysis, Recording} from './types.js' */
import { current, get } from './state.js';

/**
 * @typedef {Recording & {analysis: Analysis}} Scored
 * @typedef {object} Story
 * @property {Scored|null} from   null: the average voice
 * @property {Scored} to
 * @property {number} start
 * @property {number} end
 * @property {{features: ArrayLike<number>, groups: Record<string, number>, families: Record<string, number>}} contributions
 */

/** @param {Recording|null|undefined} recording @returns {recording is Scored} */
export const scored = (recording) => Boolean(recording?.analysis);

/** @param {number} wanted */
const numbered = (wanted) => get().recordings.find((one) => one.number === wanted);

/** The two that are compared, start first; null while there is no comparison. @returns {[Scored, Scored]|null} */
export function pair() {
  const [a, b] = (get().ticked ?? []).map(numbered);
  return scored(a) && scored(b) ? [a, b] : null;
}

/** @type {Story|null} the last comparison: it is asked for in every frame */
let last = null;

/** @returns {Story|null} */
export function story() {
  const { engine } = get();
  const two = pair();
  if (two && engine) {
    const [from, to] = two;
    if (last?.from?.analysis === from.analysis && last.to.analysis === to.analysis) return { ...last, from, to };
    const { baseline, activation, ...contributions } = engine.model.compare(from.analysis.model_features, to.analysis.model_features);
    last = { from, to, start: baseline, end: activation, contributions };
    return last;
  }
  const shown = current();
  if (!scored(shown)) return null;
  const { baseline, activation, contributions } = shown.analysis;
  return { from: null, to: shown, start: baseline, end: activation, contributions };
}

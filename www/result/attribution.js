// What the figure tells: the way from the average voice, or from another recording, to the recording that is
// shown.
/** @import {Analysis, Contributions, Recording} from '../types.js' */
import { averageAcross, kind } from '../engine/map-axis.js';
import { inputs } from '../engine/predict.js';
import { currentSound, get } from '../shell/state.js';

/**
 * @typedef {Recording & {analysis: Analysis}} Scored
 * @typedef {object} Attribution
 * @property {Scored|null} from   null: the average voice
 * @property {Scored} to
 * @property {number} start    in marks of the axis
 * @property {number} end
 * @property {number} zero     the mark that counts as 0 in the reasons' numbers
 * @property {Contributions} contributions
 */

/** @param {Recording|null|undefined} recording @returns {recording is Scored} */
export const scored = (recording) => Boolean(recording?.analysis);

/** @param {number} wanted */
const numbered = (wanted) => get().recordings.find((one) => one.number === wanted);

/**
 * The two that are compared, start first; null while there is no comparison.
 * @returns {[Scored, Scored]|null}
 */
export function pair() {
  const [a, b] = (get().ticked ?? []).map(numbered);
  return scored(a) && scored(b) ? [a, b] : null;
}

/** @type {Attribution|null} the last comparison: it is asked for in every frame */
let last = null;

/** @param {Scored|null} from @param {Scored} to @returns {Attribution|null} */
function between(from, to) {
  const { engine } = get();
  if (!engine) return null;
  if (last && last.from?.analysis === from?.analysis && last.to.analysis === to.analysis)
    return { ...last, from, to };
  const { baseline, activation, contributions } = engine.model.compare(
    from ? inputs(from.analysis) : undefined,
    inputs(to.analysis),
  );
  last = {
    from,
    to,
    start: baseline,
    end: activation,
    zero: kind() === 'valence' ? averageAcross() : 0,
    contributions,
  };
  return last;
}

/** @returns {Attribution|null} */
export function currentAttribution() {
  const two = pair();
  if (two) return between(...two);
  const shown = currentSound();
  if (!scored(shown)) return null;
  // What the model was taught is no score: its reasons lead from left to right in the map.
  if (kind() === 'valence') return between(null, shown);
  const { baseline, activation, contributions } = shown.analysis;
  return { from: null, to: shown, start: baseline, end: activation, zero: 0, contributions };
}

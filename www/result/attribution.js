// What the figure tells: the way from the average voice, or from another recording, to the recording that is
// shown.
/** @import {Analysis, Contributions, Recording} from '../types.js' */
/** @import {CalmVoice} from './calm.js' */
import { averageAcross, kind } from '../engine/map-axis.js';
import { inputs } from '../engine/predict.js';
import { currentSound, get } from '../shell/state.js';
import { calmOf } from './calm.js';

/**
 * @typedef {Recording & {analysis: Analysis}} Scored
 * @typedef {object} Attribution
 * @property {Scored|null} from   null: the average voice, or the calm one
 * @property {CalmVoice} [calm]   the speaker's calm voice, if it starts there
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

/** @type {Attribution|null} the last way from the calm voice */
let lastCalm = null;

/**
 * From the calm voice: the mean of the ways from each of its lines, so that the parts add up.
 * @param {CalmVoice} calm
 * @param {Scored} to
 * @returns {Attribution|null}
 */
function fromCalm(calm, to) {
  const { engine } = get();
  if (!engine) return null;
  const lines = calm.lines.map((line, i) => line === lastCalm?.calm?.lines[i]);
  if (
    lastCalm &&
    lastCalm.to.analysis === to.analysis &&
    lines.length === lastCalm.calm?.lines.length &&
    lines.every(Boolean)
  )
    return { ...lastCalm, to };
  const ways = calm.lines.map(
    (line) => engine.model.compare(inputs(line), inputs(to.analysis)).contributions,
  );
  const mean = (/** @type {keyof Contributions} */ by) =>
    Object.fromEntries(
      Object.keys(ways[0][by]).map((name) => [
        name,
        ways.reduce((sum, way) => sum + /** @type {Record<string, number>} */ (way[by])[name], 0) /
          ways.length,
      ]),
    );
  const contributions = /** @type {Contributions} */ (
    /** @type {unknown} */ ({
      features: mean('features'),
      groups: mean('groups'),
      families: mean('families'),
    })
  );
  lastCalm = { from: null, calm, to, start: calm.score, end: to.analysis.activation, zero: 0, contributions };
  return lastCalm;
}

/** @returns {Attribution|null} */
export function currentAttribution() {
  const two = pair();
  if (two) return between(...two);
  const shown = currentSound();
  if (!scored(shown)) return null;
  // What the model was taught is no score: its reasons lead from left to right in the map.
  if (kind() === 'valence') return between(null, shown);
  const calm = calmOf(shown);
  // What is shown early has no measures yet: the way is asked for again when they are there.
  if (calm) return fromCalm(calm, shown);
  const { baseline, activation, contributions } = shown.analysis;
  return { from: null, to: shown, start: baseline, end: activation, zero: 0, contributions };
}

// What a score says in one sentence, and what is to be said with care. Pure: numbers in, message keys out.
/** @import {Captured, Measures, Message, OrderEstimate} from '../types.js' */

/** Nearer than this to the average voice is "about the same". */
const SAME = 0.3;
/** One or two measures lie outside in a harmless recording; this many do not. */
const MANY_LIMITED = 4;

/** Remarks that speak of the score, and what is said where there is none. */
const PLACED = new Map([
  ['unlike_reference', 'flag.unlikePlace'],
  ['not_spoken', 'flag.notSpokenPlace'],
  ['telephone_band', 'flag.telephonePlace'],
  ['short', 'flag.shortPlace'],
]);

/**
 * @param {number} score
 * @param {[number, number]} interval
 * @param {number} average
 * @returns {'above'|'below'|'probablyAbove'|'probablyBelow'|'same'}
 */
export function choose(score, [low, high], average) {
  if (low > average) return 'above';
  if (high < average) return 'below';
  if (score - average >= SAME) return 'probablyAbove';
  return average - score >= SAME ? 'probablyBelow' : 'same';
}

/**
 * A range as the scale shows it: cut at 1 and 5, and open there.
 * @param {[number, number]} interval
 * @returns {{as: 'between'|'atLeast'|'atMost'|'all', lo: number, hi: number}}
 */
export function cut([low, high]) {
  const as = low < 1 ? (high > 5 ? 'all' : 'atMost') : high > 5 ? 'atLeast' : 'between';
  return { as, lo: Math.min(5, Math.max(1, low)), hi: Math.min(5, Math.max(1, high)) };
}

/** The distance of two scores, of those that the sum of reasons shows. @param {number} from @param {number} to */
export const distance = (from, to) => (Math.round(to * 100) - Math.round(from * 100)) / 100;

/**
 * Whether a second score lies above the first. Where it lies too near, or listeners too often hear the two the other way
 * round, that is not said.
 * @param {number} from
 * @param {number} to
 * @param {OrderEstimate|undefined} [order]  of two recordings of one voice, where it is known
 * @returns {'more'|'less'|'same'}
 */
export function change(from, to, order) {
  const difference = distance(from, to);
  if (Math.abs(difference) < SAME || order?.verdict === 'alike') return 'same';
  return difference > 0 ? 'more' : 'less';
}

/**
 * How sure the order of two recordings is: of 100 such pairs, how many listeners heard in the order of their scores, and
 * how many the other way.
 * @param {OrderEstimate|undefined} order  undefined where the model does not know
 * @param {{isNoisy: boolean, areTwoSpeakers: boolean}} pair
 * @returns {Message|null}
 */
export function sureness(order, { isNoisy, areTwoSpeakers }) {
  if (areTwoSpeakers) return { key: 'compare.speakers' };
  if (!order) return null;
  if (isNoisy) return { key: 'compare.orderNoisy' };
  const k = Math.round(order.probability * 100);
  return k > 99 ? { key: 'compare.orderMost' } : { key: 'compare.order', params: { k, o: 100 - k } };
}

/**
 * The part that moved the score most in the direction in which it moved.
 * @param {Record<string, number>} parts
 * @param {number} difference
 */
export function countedMost(parts, difference) {
  const [name, value] = Object.entries(parts).sort(([, a], [, b]) => (b - a) * Math.sign(difference))[0] ?? [
    '',
    0,
  ];
  return value * difference > 0 ? name : null;
}

/**
 * @param {ReturnType<typeof choose>} choice
 * @returns {'lead.above'|'lead.below'|null}
 */
export function leadOf(choice) {
  if (choice === 'same') return null;
  return choice === 'above' || choice === 'probablyAbove' ? 'lead.above' : 'lead.below';
}

/**
 * Remarks under the sentence, the most serious first.
 * @param {Measures & {limited?: string[]}} measures  `limited` where a model was asked
 * @param {(value: number, digits: number) => string} number
 * @param {boolean} [isScored]  whether there is a score that could be wrong
 * @returns {Message[]}
 */
export function remarks(measures, number, isScored = true) {
  const order = [
    'not_spoken',
    'unlike_reference',
    'clipped',
    'short',
    'little_voice',
    'telephone_band',
    'noisy',
    'reverberant',
    'too_quiet',
  ];
  const { signal, limited = [] } = measures;
  const flags = [...measures.flags].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  /** @type {Message[]} */
  const lines = flags.map((flag) => ({
    key: isScored ? `flag.${flag}` : (PLACED.get(flag) ?? `flag.${flag}`),
    params: { d: number(signal.active_speech_s, 1), p: number((signal.voiced_share ?? 0) * 100, 0) },
  }));
  if (limited.length >= MANY_LIMITED) lines.push({ key: 'flag.extremes', params: { n: limited.length } });
  return lines;
}

/**
 * What the browser did to the sound, by name, only where it is known to be on.
 * @param {Captured|null} captured
 * @returns {('echo'|'noise'|'gain')[]}
 */
export const applied = (captured) =>
  /** @type {const} */ (['echo', 'noise', 'gain']).filter((what) => captured?.[what] === true);

// The course of a recording in a saved session: written, and read again with every part looked at.
/** @import {Catalogue, Course, Measures, Utterance} from '../types.js' */
import { unmeasured } from '../engine/utterances.js';
import { areSome, isList, isNumber, isText, textOf } from './session-limits.js';

/** What may stand in the place of a certainty, and its reasons beside the flags. */
const CERTAINTIES = ['none', 'uncertain', 'sure'];
const REASONS = ['too_short', 'too_noisy', 'no_tone', 'unmeasured'];
/** A voice's name is no longer. */
export const MOST_VOICE_LETTERS = 24;
/** So many are read at most: a recording of half an hour has some hundreds. */
const MOST = 5_000;
/** An utterance may end so much after its sound, in s: rounding. */
const SLACK_S = 0.01;

/** What may change of a course: one that was changed by hand, or measured further, since it was saved is to be saved again. @param {Course|null} course */
export const courseMark = (course) =>
  course
    ? JSON.stringify([
        course.pauseS,
        course.voices,
        course.utterances.length,
        course.utterances.filter(({ isMeasured }) => !isMeasured).length,
        course.utterances.flatMap(({ start, end, voice, isOut, isByHand }) =>
          voice || isOut || isByHand ? [[start, end, voice, isOut]] : [],
        ),
      ])
    : '';

/** A course without its utterances. @param {Course} course */
export const courseWritten = ({ pauseS, voices, chosen, asOne }) => ({
  pause_s: pauseS,
  voices,
  chosen,
  as_one: asOne,
});

/**
 * @param {Utterance} one
 * @param {boolean} acoustics
 * @param {<T extends Measures>(measured: T) => T} shortened
 */
export function utteranceWritten(one, acoustics, shortened) {
  const { measures, analysis } = one;
  const isRead = analysis && !acoustics;
  return {
    start: one.start,
    end: one.end,
    seconds: one.seconds,
    voiced_s: one.voicedS,
    above_background_db: one.aboveDb,
    measured: one.isMeasured,
    certainty: one.certainty,
    reasons: one.reasons,
    voice: one.voice,
    left_out: one.isOut,
    by_hand: one.isByHand,
    pause_inside_s: one.pauseInsideS,
    before: acoustics ? null : one.before,
    failed: one.failed,
    windows: acoustics ? [] : one.windows.map(([start, end, activation]) => ({ start, end, activation })),
    ...(measures && !isRead
      ? { measures: shortened(measures) }
      : { analysis: isRead ? shortened(analysis) : null }),
  };
}

/**
 * The course of a saved recording; null where there is none. Numbers follow time.
 * @param {any} value
 * @param {number} seconds  of the recording
 * @param {Catalogue} catalogue
 * @param {(value: any) => boolean} isWhole     whether it is everything that is measured
 * @param {(value: any) => Measures} plain      without what a model predicted
 * @param {() => Error} refuse
 * @returns {Course|null}
 */
export function courseOf(value, seconds, catalogue, isWhole, plain, refuse) {
  if (value === undefined || value === null) return null;
  const { pause_s: pauseS, voices, chosen, as_one: asOne, utterances } = value;
  const isCourse =
    isNumber(pauseS) &&
    pauseS >= 0.1 &&
    pauseS <= 5 &&
    Array.isArray(voices) &&
    voices.length <= 4 &&
    voices.every(isText) &&
    typeof asOne === 'boolean' &&
    isList(utterances, MOST);
  if (!isCourse) throw refuse();
  let last = 0;
  const read = utterances.map((/** @type {any} */ one, /** @type {number} */ i) => {
    const isOne =
      one !== null &&
      typeof one === 'object' &&
      [one.start, one.end, one.voiced_s, one.above_background_db, one.pause_inside_s].every(isNumber) &&
      one.start >= last - 1e-9 &&
      one.end > one.start &&
      one.end <= seconds + SLACK_S &&
      CERTAINTIES.includes(one.certainty) &&
      areSome(one.reasons, [...REASONS, ...catalogue.flags]) &&
      Number.isInteger(one.voice) &&
      one.voice >= 0 &&
      one.voice <= voices.length &&
      (one.failed === null || isText(one.failed)) &&
      (one.before === null || isNumber(one.before)) &&
      Array.isArray(one.windows) &&
      // One a second.
      one.windows.length <= Math.ceil(one.end - one.start) &&
      one.windows.every((/** @type {any} */ window) =>
        [window?.start, window?.end, window?.activation].every(isNumber),
      );
    if (!isOne) throw refuse();
    last = one.end;
    const measured = one.analysis ?? one.measures ?? null;
    // Measures of another list of features are left out, and what was measured is measured again where the sound is there.
    const isOther = isText(measured?.catalogue) && measured.catalogue !== catalogue.version;
    if (measured && !isOther && !isWhole(measured)) throw refuse();
    const place = { start: one.start, end: one.end, voicedS: one.voiced_s, aboveDb: one.above_background_db };
    return /** @type {Utterance} */ ({
      ...unmeasured(place, i + 1),
      measures: measured && !isOther ? plain(measured) : null,
      isMeasured: one.measured === true && !isOther,
      certainty: one.certainty,
      reasons: one.reasons,
      voice: one.voice,
      isOut: one.left_out === true,
      isByHand: one.by_hand === true,
      pauseInsideS: one.pause_inside_s,
      before: one.before,
      failed: one.failed === null ? null : textOf(one.failed),
      windows: one.windows.map((/** @type {any} */ window) => [window.start, window.end, window.activation]),
      // Those of a model that is not named are no model's that is chosen.
      windowsBy:
        one.windows.length && isText(one.analysis?.model?.hash) ? textOf(one.analysis.model.hash) : '',
    });
  });
  const isThere = Number.isInteger(chosen) && chosen >= 1 && chosen <= read.length;
  return {
    pauseS,
    voices: voices.map((/** @type {string} */ name) => textOf(name, MOST_VOICE_LETTERS)),
    asOne,
    chosen: isThere ? chosen : 1,
    utterances: read,
  };
}

/**
 * A course as far as its sound goes: what lies beyond its end is left out. Null where nothing is left; the sound is then cut anew.
 * @param {Course|null} course
 * @param {number} seconds  of the sound
 * @returns {Course|null}
 */
export function courseWithin(course, seconds) {
  const isIn = (/** @type {Utterance} */ { end }) => end <= seconds + SLACK_S;
  if (!course || course.utterances.every(isIn)) return course;
  const utterances = course.utterances.filter(isIn);
  if (!utterances.length) return null;
  return { ...course, utterances, chosen: Math.min(course.chosen ?? 1, utterances.length) };
}

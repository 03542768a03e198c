// What is said of a course and of an utterance. Words in the chosen language; nothing is shown here.
/** @import {Course, Recording, Utterance} from '../types.js' */
import { channelCare, rangeText } from '../result/message-texts.js';
import { say, number, scoreText, t } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { get } from '../shell/state.js';
import { scoreOf, summary } from './utterances.js';

/** Where the middle half of the scores spans no more, they lie near one value. */
const NEAR = 0.6;
/** Where more of the utterances are noisy, the course is. */
const NOISY_SHARE = 1 / 3;

/** A time in the sound: 1:06.6. @param {number} seconds @param {number} [digits] */
export function time(seconds, digits = 1) {
  const steps = Math.round(seconds * 10 ** digits) / 10 ** digits;
  const rest = number(steps % 60, digits);
  return `${Math.floor(steps / 60)}:${steps % 60 < 10 ? '0' : ''}${rest}`;
}

/** @param {number} seconds */
export const minutes = (seconds) => {
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : t('course.minutes', { m: Math.floor(whole / 60), s: String(whole % 60).padStart(2, '0') });
};

/** @param {Utterance} utterance */
export const span = ({ start, end }) => t('course.span', { a: time(start), b: time(end) });

/** A text, and in parts: each other one, [so], is the number of an utterance. @param {string} text */
const withNumbers = (text) => ({ lead: text.replace(/[[\]]/g, ''), parts: text.split(/[[\]]/) });

/**
 * The sentence and its lead; `parts` and `numbers` where the lead names utterances.
 * @param {Recording} recording
 * @param {Course} course
 * @returns {{sentence: string, lead: string, parts?: string[], numbers?: number[]}}
 */
export function courseWords({ seconds }, { utterances }) {
  const length = minutes(seconds);
  const n = utterances.filter(({ isOut }) => !isOut).length;
  const whole = summary(utterances);
  if (utterances.some(({ isMeasured }) => !isMeasured))
    return { sentence: t('course.acoustics', { n }), lead: t('working') };
  if (get().acoustics)
    return { sentence: t('course.acoustics', { n }), lead: t('course.leadPlain', { t: length }) };
  if (!whole) return { sentence: t('course.noScores', { n }), lead: t('course.leadPlain', { t: length }) };
  const { count, low, middle, high, lowest, highest, areAlike } = whole;
  const m = scoreText(middle);
  if (count === 1) return { sentence: t('course.one', { m }), lead: t('course.leadPlain', { t: length }) };
  const isNear = high - low <= NEAR;
  const sentence = isNear
    ? t('course.near', { n, m })
    : t('course.between', { n, a: scoreText(low), b: scoreText(high) });
  if (areAlike) return { sentence, lead: t('course.leadAlike', { t: length }) };
  const when = (/** @type {Utterance} */ { start, certainty }) =>
    [time(start, 0), ...(certainty === 'sure' ? [] : [t('course.uncertain')])].join(', ');
  return {
    sentence,
    ...withNumbers(
      t('course.lead', {
        t: length,
        i: highest.utterance.number,
        s: scoreText(highest.score),
        at: when(highest.utterance),
        j: lowest.utterance.number,
        r: scoreText(lowest.score),
        from: when(lowest.utterance),
      }),
    ),
    numbers: [highest.utterance.number, lowest.utterance.number],
  };
}

/** What is to be taken with care of the whole. @param {Recording} recording @param {Course} course */
export function courseCare(recording, { utterances }) {
  const { notices, take } = recording;
  // The choice of a channel stands right below.
  const lines = [...notices.map(say), ...channelCare(recording, '')];
  if (!take) lines.push(t('take.noSound'));
  const noisy = utterances.filter(
    ({ reasons }) => reasons.includes('noisy') || reasons.includes('too_noisy'),
  );
  if (utterances.length && utterances.every(({ reasons }) => reasons.includes('too_noisy')))
    lines.push(t('course.none'));
  else if (noisy.length > utterances.length * NOISY_SHARE) lines.push(t('course.noisy'));
  return lines;
}

/** The course for those who cannot see it. @param {Recording} recording @param {Course} course */
export function courseAlt({ seconds }, { utterances }) {
  const whole = summary(utterances);
  if (!whole) return t('course.noScores', { n: utterances.length });
  const { count, low, high, lowest, highest, without } = whole;
  return t('course.alt', {
    k: count,
    t: minutes(seconds),
    a: scoreText(low),
    b: scoreText(high),
    i: highest.utterance.number,
    s: scoreText(highest.score),
    j: lowest.utterance.number,
    r: scoreText(lowest.score),
    o: without,
  });
}

/** Why an utterance is uncertain or has no score, in few words. @param {Utterance} utterance */
export function reasonsOf({ isOut, reasons }) {
  if (isOut) return t('why.out');
  return reasons.map((reason) => say({ key: `why.${reason}` })).join(', ');
}

/** What is said in the place of the sentence where there is no score. @param {Utterance} utterance */
export function withoutScore({ isOut, reasons }) {
  const reason = isOut ? 'out' : (reasons[0] ?? 'unmeasured');
  return { sentence: say({ key: `none.${reason}` }), lead: t('none.lead') };
}

/** What is to be taken with care of an utterance, beside the flags. @param {Utterance} utterance */
export function handCare({ pauseInsideS, isByHand, before }) {
  const lines = [];
  if (pauseInsideS > 2) lines.push(t('course.pauseInside', { d: number(pauseInsideS, 1) }));
  if (isByHand) {
    const was = before === null ? '' : ` ${t('course.wasBefore', { s: scoreText(before) })}`;
    lines.push(t('course.byHand') + was);
  }
  return lines;
}

/**
 * An utterance's name for screen readers, and where it is pointed at.
 * @param {Course} course
 * @param {Utterance} utterance
 */
export function utteranceName(course, utterance) {
  const score = scoreOf(utterance);
  const uncertain = score !== null && utterance.certainty === 'uncertain';
  return [
    String(utterance.number),
    voiceName(course, utterance.voice),
    t('course.at', { t: time(utterance.start, 0) }),
    `${number(utterance.seconds, 1)} s`,
    score === null ? '' : scoreText(score),
    score === null || !utterance.analysis ? '' : rangeText(utterance.analysis.interval),
    uncertain ? t('course.uncertain') : '',
    score === null || uncertain ? reasonsOf(utterance) : '',
  ]
    .filter(Boolean)
    .join(', ');
}

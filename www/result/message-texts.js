// What is said of a recording, of two that are compared, or of none: the sentence, what leads on from it,
// what is to be taken with care. Words in the chosen language; nothing is shown here.
/** @import {Analysis, Channels, Measures, Recording} from '../types.js' */
/** @import {Scored} from './attribution.js' */
import { kind } from '../engine/map-axis.js';
import { placeWords } from '../engine/model-choice.js';
import { number, percent, say, scoreText, t, unbroken } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { currentAttribution } from './attribution.js';
import { calmName, calmOf } from './calm.js';
import { groupName } from './explain.js';
import {
  applied,
  change,
  choose,
  countedMost,
  cut,
  distance,
  leadOf,
  remarks,
  sureness,
} from './message-keys.js';

/**
 * Why the mean of a file's channels may say little; nothing where it does not, or one was chosen.
 * @param {Recording} recording
 * @param {string} where  a channel can be chosen, while the file is at hand
 */
export const channelCare = ({ channels, source }, where) =>
  channels?.taken === 'mean' && channels.difference
    ? [
        [t(`channels.${channels.difference}`), source ? where : t('channels.reopen')]
          .filter(Boolean)
          .join(' '),
      ]
    : [];

/** What is to be said with care, as lines. @param {Recording} recording */
export function careOf(recording) {
  const lines = recording.notices.map(say);
  lines.push(...channelCare(recording, t('channels.choose')));
  const said = recording.analysis ?? recording.measures;
  if (said) lines.push(...remarks(said, number, Boolean(recording.analysis) && kind() === 'score').map(say));
  const changed = applied(recording.captured).map((what) => t(`processing.${what}`));
  if (changed.length) lines.push(t('processing', { what: changed.join(', ') }));
  return lines;
}

/** A channel of a file by its name; the first is 1. @param {number|'mean'} channel @param {number} count */
export function channelName(channel, count) {
  if (channel === 'mean') return t('channels.mean');
  if (count > 2) return t('channels.number', { k: channel });
  return t(channel === 1 ? 'channels.left' : 'channels.right');
}

/** How several channels were taken, in as few words. @param {Channels} channels */
export const takenOf = ({ count, taken }) => t('channels.taken', { n: count, c: channelName(taken, count) });

/** Length and level in three words. @param {Recording} recording */
export function lengthOf({ seconds, measures }) {
  const length = `${number(seconds, 1)} s`;
  return measures ? `${length}, ${levelOf(measures)}` : length;
}

/** @param {Measures} measures */
function levelOf({ flags }) {
  if (flags.includes('clipped')) return t('level.clipped');
  return flags.includes('too_quiet') ? t('level.quiet') : t('level.good');
}

/** While there is no recording. */
export function emptyWords() {
  if (get().acoustics) return { sentence: t('acoustics.empty'), lead: t('acoustics.emptyLead') };
  return kind() === 'score' ? { sentence: t('empty.sentence'), lead: t('empty.lead') } : placeWords();
}

/** What was measured, in words that judge nothing. @param {Measures} measures @param {number} [seconds]  of an utterance */
export function acousticWords({ pitch, signal }, seconds = Infinity) {
  const filled = {
    d: number(Math.min(signal.duration_s, seconds), 1),
    p: percent(signal.voiced_share, 0),
    mid: number(pitch?.median_hz ?? NaN, 0),
    lo: number(pitch?.low_hz ?? NaN, 0),
    hi: number(pitch?.high_hz ?? NaN, 0),
  };
  return { sentence: t('acoustics.sentence', filled), lead: t('acoustics.lead', filled) };
}

/** A range as a sentence. @param {[number, number]} interval */
function rangeSentence(interval) {
  const { as, lo, hi } = cut(interval);
  return t(`range.${as}`, { lo: scoreText(lo), hi: scoreText(hi) });
}

/** A range in few words. @param {[number, number]} interval */
export function rangeText(interval) {
  const { as, lo, hi } = cut(interval);
  return t(`span.${as}`, { lo: scoreText(lo), hi: scoreText(hi) });
}

/**
 * One recording.
 * @param {Scored} recording
 * @param {string} [voice]  how the speaker's calm voice is called
 */
export function resultOf(recording, voice = calmName()) {
  if (kind() !== 'score') return placeWords();
  const { activation, interval, baseline } = recording.analysis;
  const calm = calmOf(recording);
  if (calm) {
    const { way, d, sure } = orderOf([calm.score, activation], [...calm.lines, recording.analysis]);
    const lead = way === 'same' ? [t('compare.near', { d })] : [t('compare.by', { d }), sure];
    const said = [...lead, rangeSentence(interval)].filter(Boolean).join(' ');
    return { sentence: t(`own.${way}`, { voice }), lead: said };
  }
  const choice = choose(activation, interval, baseline);
  const lead = leadOf(choice);
  const range = rangeSentence(interval);
  return { sentence: t(`sentence.${choice}`, { avg: t('avg') }), lead: lead ? `${t(lead)} ${range}` : range };
}

/**
 * How two scores of one voice lie to each other, and how sure that is. What is known was found on pairs of single recordings; for a
 * mean of several nothing better is said.
 * @param {[number, number]} scores
 * @param {Analysis[]} analyses
 * @param {boolean} [areTwoSpeakers]
 */
export function orderOf([from, to], analyses, areTwoSpeakers = false) {
  const speech = Math.min(...analyses.map(({ signal }) => signal.active_speech_s));
  const order = get().engine?.model.order(from, to, speech);
  const difference = distance(from, to);
  const isNoisy = analyses.some(({ flags }) => flags.includes('noisy'));
  const sure = sureness(order, { isNoisy, areTwoSpeakers });
  return {
    difference,
    d: scoreText(Math.abs(difference)),
    way: change(from, to, areTwoSpeakers ? undefined : order),
    sure: sure ? say(sure) : '',
  };
}

/** What two recordings have to say about each other. @param {[Scored, Scored]} two */
export function changeOf([a, b]) {
  if (kind() !== 'score') {
    const { sentence, lead } = placeWords();
    return { sentence: t('compare.places', { a: a.number, b: b.number }), lead: `**${sentence}** ${lead}` };
  }
  const groups = currentAttribution()?.contributions.groups ?? {};
  const two = [a.analysis, b.analysis];
  const [from, to] = two.map(({ activation }) => activation);
  const { way, d, sure, difference } = orderOf([from, to], two, get().twoSpeakers);
  const most = countedMost(groups, difference);
  const lead =
    way === 'same'
      ? [t('compare.near', { d })]
      : [t('compare.by', { d }), sure, most ? t('compare.most', { group: groupName(most) }) : ''];
  // Of a course all of the sound is compared.
  const whole = [a, b]
    .filter(({ course }) => course && !course.asOne)
    .map(({ number: n }) => t('compare.asOne', { n }));
  const sentence = t(`compare.${way}`, { a: a.number, b: b.number });
  return { sentence, lead: [...lead, ...whole].filter(Boolean).join(' ') };
}

/** A recording as it is said aloud when it arrives. @param {Recording & {measures: Measures}} recording */
export function spokenResult(recording) {
  const { number: n, analysis, measures } = recording;
  const count = careOf(recording).length;
  const cared = count > 1 ? t('say.remarks', { n: count }) : t(count ? 'say.remark' : 'say.noRemarks');
  const { sentence } = analysis ? resultOf({ ...recording, analysis }) : acousticWords(measures);
  const said = { n, sentence: unbroken(sentence), remarks: cared };
  if (!analysis || kind() !== 'score') return t('say.noScore', said);
  const { activation, interval } = analysis;
  return t('say.result', { ...said, s: scoreText(activation), range: rangeText(interval) });
}

// A course as files: a row for each utterance, and tiers for Praat.
/** @import {Course, Engine, Recording, Utterance} from '../types.js' */
import { counts, scoreOf } from '../conversation/utterances.js';
import { ownDifference } from '../result/calm.js';
import { voiceName } from '../shell/names.js';
import { get } from '../shell/state.js';
import { csv } from './csv.js';

/** Before the 88, named as the command line names them; empty cells where there is nothing to say. */
const BEFORE = [
  'utterance',
  'start_s',
  'end_s',
  'seconds',
  'voice',
  'left_out',
  'certainty',
  'reasons',
  'activation',
  'low',
  'high',
  'own_difference',
  'voiced_s',
  'above_background_db',
  'pitch_median_hz',
  'by_hand',
];
const SCORES = ['activation', 'low', 'high', 'own_difference'];
const AFTER = ['model', 'model_sha256'];

/** Seconds without the noise of binary fractions. @param {number} seconds */
const plain = (seconds) => Number(seconds.toFixed(6));

/**
 * @param {Recording} recording
 * @param {Course} course
 * @param {Engine} engine
 */
export function utterancesCsv(recording, course, { catalogue }) {
  const { acoustics } = get();
  const names = catalogue.features.map(({ name }) => name);
  const before = BEFORE.filter((name) => !acoustics || !SCORES.includes(name));
  const rows = course.utterances.map((one) => {
    const { measures, analysis } = one;
    const isScored = counts(one) && analysis;
    const voice = voiceName(course, one.voice);
    /** @type {Record<string, string|number|boolean|undefined>} */
    const cells = {
      utterance: one.number,
      start_s: plain(one.start),
      end_s: plain(one.end),
      seconds: plain(one.seconds),
      voice,
      left_out: one.isOut,
      certainty: one.certainty,
      reasons: one.reasons.join(' '),
      activation: scoreOf(one) ?? undefined,
      low: isScored ? analysis.interval[0] : undefined,
      high: isScored ? analysis.interval[1] : undefined,
      own_difference: isScored && voice ? ownDifference(recording, analysis, voice) : undefined,
      voiced_s: plain(one.voicedS),
      above_background_db: plain(one.aboveDb),
      pitch_median_hz: measures?.pitch.median_hz,
      by_hand: one.isByHand,
      model: isScored ? analysis.model.objective : undefined,
      model_sha256: isScored ? analysis.model.hash : undefined,
    };
    const values = names.map((name) => measures?.features[name]);
    const of = (/** @type {string[]} */ columns) => columns.map((name) => cells[name] ?? '');
    return { name: soundName(recording), before: of(before), values, given: acoustics ? [] : of(AFTER) };
  });
  return csv([...before, ...names, ...(acoustics ? [] : AFTER)], rows);
}

/** A label as Praat reads it. @param {string} text */
const quoted = (text) => `"${text.replace(/"/g, '""').replace(/[\u0000-\u001f]/g, ' ')}"`;

/** How far a score can be relied on, and why not further. @param {Utterance} utterance */
const certainty = ({ isOut, certainty: how, reasons }) =>
  isOut ? 'left_out' : [how, reasons.join(' ')].filter(Boolean).join(': ');

/**
 * The long text form of Praat's TextGrid (Praat's manual, “TextGrid file formats”).
 * @param {number} seconds
 * @param {Course} course
 */
export function textGrid(seconds, course) {
  const score = (/** @type {Utterance} */ one) => scoreOf(one)?.toFixed(2) ?? '';
  /** @type {[string, (one: Utterance) => string][]} */
  const tiers = [
    ['utterance', (one) => String(one.number)],
    ['voice', (one) => voiceName(course, one.voice)],
    ...(get().acoustics
      ? []
      : /** @type {[string, (one: Utterance) => string][]} */ ([['activation', score]])),
    ['certainty', certainty],
  ];
  const end = plain(seconds);
  const lines = [
    'File type = "ooTextFile"',
    'Object class = "TextGrid"',
    '',
    'xmin = 0',
    `xmax = ${end}`,
    'tiers? <exists>',
    `size = ${tiers.length}`,
    'item []:',
  ];
  tiers.forEach(([name, label], i) => {
    const intervals = filled(seconds, course.utterances, label);
    lines.push(
      `    item [${i + 1}]:`,
      '        class = "IntervalTier"',
      `        name = ${quoted(name)}`,
      '        xmin = 0',
      `        xmax = ${end}`,
      `        intervals: size = ${intervals.length}`,
    );
    intervals.forEach(([from, to, text], k) =>
      lines.push(
        `        intervals [${k + 1}]:`,
        `            xmin = ${plain(from)}`,
        `            xmax = ${plain(to)}`,
        `            text = ${quoted(text)}`,
      ),
    );
  });
  return `${lines.join('\n')}\n`;
}

/**
 * Intervals that fill the sound.
 * @param {number} seconds
 * @param {Utterance[]} utterances
 * @param {(one: Utterance) => string} label
 */
function filled(seconds, utterances, label) {
  /** @type {[number, number, string][]} */
  const all = [];
  let at = 0;
  for (const one of utterances) {
    if (one.start > at) all.push([at, one.start, '']);
    all.push([one.start, one.end, label(one)]);
    at = one.end;
  }
  if (seconds > at) all.push([at, seconds, '']);
  return all;
}

/** What a course's file is called after. @param {Recording} recording */
export const soundName = ({ file, name, number }) => file || name || `recording-${number}`;

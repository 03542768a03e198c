// How the sound came through, and the 88 values with their units.
/** @import {Captured, Measures, Recording, Utterance} from '../types.js' */
import { kind } from '../engine/map-axis.js';
import { inputs } from '../engine/predict.js';
import { make, query } from '../shell/dom.js';
import { measureNumber, number, percent, t } from '../shell/i18n.js';
import { currentSound, get, watch } from '../shell/state.js';
import { explanation, measureName, unitName } from './explain.js';

/** So much on either side of an utterance is measured with it, in s. */
const MARGIN_S = 0.1;

export function start() {
  watch(['current', 'recordings', 'engine', 'acoustics'], () => {
    const shown = currentSound();
    query('#measures').hidden = !shown?.measures;
    if (!shown?.measures) return;
    checks(shown, shown.measures);
    if (/** @type {HTMLDetailsElement} */ (query('#values')).open) values();
  });
  query('#values').addEventListener('toggle', values);
}

/**
 * How the sound came through, as names and values.
 * @param {Pick<Recording, 'captured'|'analysis'|'seconds'>} recording  or an utterance
 * @param {Measures} measures  of an utterance: of a little more than it, on either side
 */
export function checksOf({ captured, analysis, seconds }, { signal, flags, pitch }) {
  const care = (/** @type {string} */ flag) => t(flags.includes(flag) ? 'check.care' : 'check.good');
  // These have no figure, and without their flag it is not known whether they were judged at all.
  const found = /** @type {const} */ ([
    ['check.room', 'reverberant'],
    ['check.line', 'telephone_band'],
    ['check.manner', 'not_spoken'],
  ]).filter(([, flag]) => flags.includes(flag));
  /** @type {[string, string][]} */
  const rows = [
    [t('check.duration'), `${number(Math.min(signal.duration_s, seconds), 2)} s`],
    [t('check.speech'), `${number(Math.min(signal.active_speech_s, seconds), 2)} s, ${care('short')}`],
    [t('check.level'), `${number(signal.active_speech_level_dbfs, 1)} dBFS, ${care('too_quiet')}`],
    [t('check.peak'), `${number(signal.peak_dbfs, 1)} dBFS`],
    [t('check.clipped'), `${percent(signal.clipped_share, 2)} %, ${care('clipped')}`],
    [
      t('check.snr'),
      Number.isFinite(signal.snr_db)
        ? `${number(/** @type {number} */ (signal.snr_db), 0)} dB, ${care('noisy')}`
        : t('check.noNoise'),
    ],
    ...found.map(([name]) => /** @type {[string, string]} */ ([t(name), t('check.care')])),
    [t('check.voiced'), `${percent(signal.voiced_share, 0)} %, ${care('little_voice')}`],
    [t('check.dc'), `${percent(signal.dc, 2)} %`],
  ];
  if (analysis) rows.push([t('check.limited'), t('check.of88', { n: analysis.limited.length })]);
  if (pitch)
    rows.push([
      t('check.pitch'),
      t('check.pitchValue', {
        lo: number(pitch.low_hz, 0),
        hi: number(pitch.high_hz, 0),
        mid: number(pitch.median_hz, 0),
      }),
    ]);
  if (captured) rows.push(...microphone(captured));
  return rows;
}

/** @param {Recording} recording @param {Measures} measures */
function checks(recording, measures) {
  const { region } = measures;
  const rows = checksOf(recording, measures);
  // Of an utterance the region counts from where its measuring began.
  const { start } = /** @type {Partial<Utterance>} */ (recording);
  const before = start === undefined ? 0 : Math.min(start, MARGIN_S);
  const [from, to] = region.map((at) => Math.min(recording.seconds, Math.max(0, at - before)));
  const cut = make('p', { class: 'note' }, t('take.region', { a: number(from, 2), b: number(to, 2) }));
  query('#checks').replaceChildren(
    ...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
  );
  query('#region').replaceChildren(...(recording.seconds - (to - from) > 0.05 ? [cut] : []));
}

/**
 * What the browser really applied; where it does not say, that is said.
 * @param {Captured} captured
 * @returns {[string, string][]}
 */
function microphone({ device, rate, echo, noise, gain }) {
  const word = (/** @type {boolean|undefined} */ on) =>
    t(on === undefined ? 'check.unknown' : on ? 'check.on' : 'check.off');
  return [
    [t('check.microphone'), device || t('mic.default')],
    [t('check.rate'), rate ? `${number(rate, 0)} Hz` : t('check.unknown')],
    [t('check.echo'), word(echo)],
    [t('check.noise'), word(noise)],
    [t('check.gain'), word(gain)],
  ];
}

/** A long name that may break after its underscores. @param {string} name */
const breakable = (name) => name.split(/(?<=_)/).flatMap((part, i) => (i ? [make('wbr'), part] : [part]));

function values() {
  const { engine } = get();
  const { measures, analysis } = currentSound() ?? {};
  if (!engine || !measures) return;
  const ranks = analysis?.ranks ?? engine.model.ranks(inputs(measures));
  const limited = new Set(analysis?.limited);
  const moves = analysis && kind() === 'score' ? analysis.contributions.features : null;
  /** @type {[string, boolean][]} */
  const head = [
    [t('table.measure'), false],
    [t('table.value'), true],
    [t('table.unit'), false],
    [t('table.rank'), true],
    ...(moves ? /** @type {[string, boolean][]} */ ([[t('table.moves'), true]]) : []),
    [t('table.name'), false],
  ];
  const rows = engine.catalogue.features.map((feature) =>
    make(
      'tr',
      {},
      make(
        'th',
        { scope: 'row' },
        measureName(feature),
        make('span', { class: 'explained' }, explanation(feature)),
      ),
      make('td', { class: 'figure' }, measureNumber(measures.features[feature.name])),
      make(
        'td',
        {},
        (unitName(feature.unit) || '–') + (limited.has(feature.name) ? ` (${t('table.limited')})` : ''),
      ),
      make('td', { class: 'figure' }, percent(ranks[feature.name], 0)),
      ...(moves ? [make('td', { class: 'figure' }, number(moves[feature.name], 3, true))] : []),
      make('td', {}, make('code', {}, ...breakable(feature.name))),
    ),
  );
  query('#values-table').replaceChildren(
    make(
      'table',
      { class: 'data values' },
      make('caption', { class: 'unseen' }, t('heading.values')),
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          ...head.map(([cell, isFigure]) =>
            make('th', { scope: 'col', class: isFigure ? 'figure' : '' }, cell),
          ),
        ),
      ),
      make('tbody', {}, ...rows),
    ),
  );
}

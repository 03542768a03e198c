// What leaves the page, and only by the person's own hand: numbers, everything, the sound, the figure.
/** @import {Recording} from '../types.js' */
import { announce, button, make, one } from '../shell/dom.js';
import { close, open } from '../shell/dialog.js';
import { figurePng, figureSvg } from './export-figure.js';
import { t } from '../shell/i18n.js';
import { scoreOf } from '../engine/map-axis.js';
import { exact } from '../shell/format.js';
import { write as writeSession } from './session-file.js';
import { current, get, set } from '../shell/state.js';
import { pair, scored } from '../result/attribution.js';

/** @typedef {'csv'|'json'|'wav'|'svg'|'png'} Kind */

/** A name that every file system takes. @param {string} text */
export function slug(text) {
  const plain = text
    .toLowerCase()
    .replace(/\.\w{2,4}$/, '')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'oe')
    .replace(/å/g, 'aa')
    .normalize('NFKD');
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/**
 * `undertone-2026-11-23-3-the-dog.csv`; two that are compared give both numbers; none: all.
 * @param {Pick<Recording, 'number'|'name'|'file'>[]} recordings
 * @param {Date} when
 * @param {string} kind
 */
export function fileName(recordings, when, kind) {
  const day = `${when.getFullYear()}-${String(when.getMonth() + 1).padStart(2, '0')}-${String(when.getDate()).padStart(2, '0')}`;
  const [first, second] = recordings;
  const named = second
    ? recordings.map(({ number }) => number)
    : first
      ? [first.number, slug(first.name || first.file)]
      : ['all'];
  return `${['undertone', day, ...named].filter(Boolean).join('-')}.${kind}`;
}

/** A cell of a CSV file. @param {string} text */
const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/**
 * openSMILE's column names, one row per recording, full precision; what a model gives stands in columns of its own at the end.
 * @param {string[]} names
 * @param {{name: string, values: ArrayLike<number>, given?: string[]}[]} rows
 */
export function csv(names, rows) {
  const lines = rows.map(({ name, values, given = [] }) =>
    [cell(name), ...Array.from(values, exact), ...given.map(cell)].join(','),
  );
  return `${[['file', ...names].join(','), ...lines].join('\n')}\n`;
}

/** @param {BlobPart} content @param {string} type @param {string} name */
function hand(content, type, name) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  one('#saved').textContent = t('save.done', { name });
  announce(t('save.done', { name }));
}

/** What of the session a kind of file can hold. @param {Kind} kind @param {boolean} whole */
function chosen(kind, whole) {
  const shown = current();
  const wanted = whole ? get().recordings : shown ? [shown] : [];
  if (kind === 'json') return wanted;
  return wanted.filter((recording) =>
    kind === 'wav' ? recording.take : kind === 'csv' ? recording.measures : scored(recording),
  );
}

/** Columns after the 88: the score, where the model gives one, and which model it is. */
const GIVEN = ['score', 'model', 'model_sha256'];

/** Their cells: empty where there is nothing to say, so that a row is as long as its head. @param {Pick<Recording, 'analysis'>} recording @returns {string[]} */
export function given(recording) {
  const { analysis } = recording;
  if (get().acoustics) return [];
  const score = scoreOf(recording);
  return analysis
    ? [score === null ? '' : String(score), analysis.model.objective, analysis.model.hash]
    : GIVEN.map(() => '');
}

/** @param {Kind} kind @param {boolean} whole all recordings @param {boolean} withSound */
async function write(kind, whole, withSound) {
  const { engine } = get();
  const recordings = chosen(kind, whole);
  if (!engine || !recordings.length) return;
  const name = fileName(whole ? [] : recordings, new Date(), kind);
  if (kind === 'csv') {
    const rows = recordings.flatMap((recording) =>
      recording.measures
        ? [
            {
              name: recording.file || fileName([recording], recording.when, 'wav'),
              values: Object.values(recording.measures.features),
              given: given(recording),
            },
          ]
        : [],
    );
    hand(
      csv(
        [...engine.catalogue.features.map((feature) => feature.name), ...(get().acoustics ? [] : GIVEN)],
        rows,
      ),
      'text/csv',
      name,
    );
  } else if (kind === 'json') {
    hand(writeSession(recordings, engine, withSound, new Date(), get().acoustics), 'application/json', name);
  } else if (kind === 'wav') {
    for (const recording of recordings)
      if (recording.take)
        hand(new Uint8Array(recording.take.wav()), 'audio/wav', fileName([recording], recording.when, kind));
  } else await figures(kind, whole ? recordings : null);
}

/** The figure as it tells now, or each recording's own. @param {'svg'|'png'} kind @param {Recording[]|null} recordings */
async function figures(kind, recordings) {
  const put = async (/** @type {Recording[]} */ told) => {
    const svg = figureSvg();
    if (!svg) return;
    const name = fileName(told, told[0].when, kind);
    if (kind === 'svg') hand(svg.text, 'image/svg+xml', name);
    else hand(await figurePng(svg), 'image/png', name);
  };
  const shown = current();
  if (!recordings) return put(pair() ?? (shown ? [shown] : []));
  const { current: before, ticked, problem, notice } = get();
  for (const recording of recordings) {
    set({ ticked: null, current: recording.number });
    await put([recording]);
  }
  set({ ticked, current: before, problem, notice });
}

export function openSave() {
  const { recordings } = get();
  if (!current()) return;
  let whole = false;
  let withSound = false;
  const kinds = /** @type {Kind[]} */ (['csv', 'json', 'wav', 'svg', 'png'])
    .filter((kind) => !get().acoustics || (kind !== 'svg' && kind !== 'png'))
    .map((kind) => ({ kind, press: button(t(`save.${kind}`), 'word', () => write(kind, whole, withSound)) }));
  const offer = () => {
    for (const { kind, press } of kinds) press.disabled = !chosen(kind, whole).length;
  };
  const choice = (/** @type {boolean} */ all, /** @type {string} */ words) => {
    const input = make('input', { type: 'radio', name: 'which' });
    input.checked = whole === all;
    input.addEventListener('change', () => {
      whole = all;
      offer();
    });
    return make('label', { class: 'option' }, input, ` ${words}`);
  };
  const which =
    recordings.length > 1
      ? [
          make(
            'fieldset',
            { class: 'options', 'aria-label': t('save.title') },
            choice(false, t('save.this')),
            choice(true, t('save.all')),
          ),
        ]
      : [];
  const sound = make('input', { type: 'checkbox' });
  sound.addEventListener('change', () => {
    withSound = sound.checked;
  });
  offer();
  open(
    t('save.title'),
    [
      ...which,
      make(
        'ul',
        { class: 'kinds' },
        ...kinds.map(({ kind, press }) =>
          make(
            'li',
            {},
            press,
            ...(kind === 'json'
              ? [
                  make('label', { class: 'option' }, sound, ` ${t('save.sound')}`),
                  make('p', { class: 'note' }, t('save.again')),
                ]
              : []),
          ),
        ),
      ),
      make('p', { class: 'note', id: 'saved' }),
    ],
    [button(t('table.close'), 'word', close)],
  );
}

export const start = () => one('#save').addEventListener('click', openSave);

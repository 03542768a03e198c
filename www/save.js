// What leaves the page, and only by the person's own hand: numbers, everything, the sound.
/** @import {Recording} from './types.js' */
import { announce, button, make, one } from './dom.js';
import { close, open } from './dialog.js';
import { t } from './i18n.js';
import { exact } from './numbers.js';
import { current, get } from './state.js';

/** A name that every file system takes. @param {string} text */
export function slug(text) {
  const plain = text.toLowerCase().replace(/\.\w{2,4}$/, '').replace(/æ/g, 'ae').replace(/ø/g, 'oe').replace(/å/g, 'aa').normalize('NFKD');
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
}

/** `undertone-2026-11-23-3-the-dog.csv` @param {Recording|null} recording  null for all @param {Date} when @param {string} kind */
export function fileName(recording, when, kind) {
  const day = `${when.getFullYear()}-${String(when.getMonth() + 1).padStart(2, '0')}-${String(when.getDate()).padStart(2, '0')}`;
  const name = recording ? [recording.number, slug(recording.file)].filter(Boolean) : ['all'];
  return `${['undertone', day, ...name].join('-')}.${kind}`;
}

/** A cell of a CSV file. @param {string} text */
const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** openSMILE's column names, one row per recording, full precision. @param {string[]} names @param {{name: string, values: ArrayLike<number>}[]} rows */
export function csv(names, rows) {
  const lines = rows.map(({ name, values }) => [cell(name), ...Array.from(values, exact)].join(','));
  return `${[['file', ...names].join(','), ...lines].join('\n')}\n`;
}

/** @param {Recording} recording */
function everything({ number, file, when, seconds, analysis, captured, notices, problem }) {
  const plain = analysis && { ...analysis, features: Array.from(analysis.features), model_features: Array.from(/** @type {any} */ (analysis).model_features ?? []),
    contributions: { ...analysis.contributions, features: Array.from(analysis.contributions.features) } };
  return { number, file: file || null, when: when.toISOString(), seconds, captured, remarks: notices.map(({ key }) => key), problem: problem?.kind ?? null, analysis: plain };
}

/** @param {BlobPart} content @param {string} type @param {string} name */
function hand(content, type, name) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(t('save.done', { name }));
}

/** @param {'csv'|'json'|'wav'} kind @param {boolean} whole all recordings */
function write(kind, whole) {
  const { engine, recordings } = get();
  const shown = current();
  if (!engine || !shown) return;
  const chosen = whole ? recordings : [shown];
  const name = fileName(whole ? null : shown, new Date(), kind);
  if (kind === 'csv') {
    const rows = chosen.flatMap((recording) => (recording.analysis ? [{ name: recording.file || fileName(recording, recording.when, 'wav'), values: recording.analysis.features }] : []));
    hand(csv(engine.catalogue.features.map((feature) => feature.name), rows), 'text/csv', name);
  } else if (kind === 'json') {
    const { info, catalogue } = engine;
    const all = { undertone: 1, saved: new Date().toISOString(), rate_hz: 16_000, catalogue: catalogue.version, model: info, recordings: chosen.map(everything) };
    hand(JSON.stringify(all, null, 1), 'application/json', name);
  } else {
    for (const recording of chosen) hand(new Uint8Array(recording.take.wav()), 'audio/wav', fileName(recording, recording.when, kind));
  }
}

export function openSave() {
  const { recordings } = get();
  if (!current()) return;
  let whole = false;
  const choice = (/** @type {boolean} */ all, /** @type {string} */ words) => {
    const input = make('input', { type: 'radio', name: 'which' });
    input.checked = whole === all;
    input.addEventListener('change', () => {
      whole = all;
    });
    return make('label', { class: 'option' }, input, ` ${words}`);
  };
  const kinds = /** @type {const} */ (['csv', 'json', 'wav']).map((kind) => make('li', {}, button(t(`save.${kind}`), 'word', () => write(kind, whole))));
  const which = recordings.length > 1 ? [make('fieldset', { 'class': 'options', 'aria-label': t('save.title') }, choice(false, t('save.this')), choice(true, t('save.all')))] : [];
  open(t('save.title'), [...which, make('ul', { class: 'kinds' }, ...kinds)], [button(t('table.close'), 'word', close)]);
}

export const start = () => one('#save').addEventListener('click', openSave);

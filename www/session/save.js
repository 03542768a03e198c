// What leaves the page, and only by the person's own hand: numbers, everything, the sound, the figure.
/** @import {Engine, Recording} from '../types.js' */
import { scoreOf } from '../engine/map-axis.js';
import { pair, scored } from '../result/attribution.js';
import { calmVoices, ownDifference } from '../result/calm.js';
import { close, open } from '../shell/dialog.js';
import { announce, button, make, query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { current, currentCourse, currentUtterance, get, set } from '../shell/state.js';
import { fileOfPieces, wavPieces } from '../sound/wav-file.js';
import { courseSvg } from './course-figure.js';
import { textGrid, utterancesCsv } from './course-files.js';
import { csv } from './csv.js';
import { figurePng, figureSvg } from './export-figure.js';
import { writeFile } from './session-file.js';
import { keepMark } from './unsaved.js';

/** @typedef {typeof KINDS[number]} Kind */
const KINDS = /** @type {const} */ (['csv', 'session', 'json', 'wav', 'svg', 'png']);
/** Of a course that is shown, besides. */
const COURSE_KINDS = /** @type {const} */ (['csv', 'textGrid']);
/** Not in acoustics only: there is no figure. @type {Kind[]} */
const FIGURES = ['svg', 'png'];

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

/** Which channel of a file it is; nothing for the mean of all. @param {Recording['channels']} [channels] */
function channelPart(channels) {
  if (!channels || channels.taken === 'mean') return '';
  return (channels.count === 2 && ['left', 'right'][channels.taken - 1]) || `channel-${channels.taken}`;
}

/**
 * `undertone-2026-11-23-3-the-dog.csv`; two that are compared give both numbers; none: all.
 * @param {(Pick<Recording, 'number'|'name'|'file'> & Partial<Pick<Recording, 'channels'>>)[]} recordings
 * @param {Date} when
 * @param {string} kind
 * @param {string} [part]  what of them is in it, if not everything
 */
export function fileName(recordings, when, kind, part = '') {
  const [month, date] = [when.getMonth() + 1, when.getDate()].map((part) => String(part).padStart(2, '0'));
  const day = `${when.getFullYear()}-${month}-${date}`;
  const [first, second] = recordings;
  const named = second
    ? recordings.map(({ number }) => number)
    : first
      ? [first.number, slug(first.name || first.file), channelPart(first.channels)]
      : ['all'];
  return `${['undertone', day, ...named, part].filter(Boolean).join('-')}.${kind}`;
}

/** Hands a file to the browser, and says so; also in the dialog, if it was asked for there. @param {BlobPart} content @param {string} type @param {string} name */
export function hand(content, type, name) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  const line = document.querySelector('#saved');
  if (line) line.textContent = t('save.done', { name });
  announce(t('save.done', { name }));
}

/** What of the session a kind of file can hold. @param {Kind} kind @param {boolean} whole */
function chosen(kind, whole) {
  const shown = current();
  const isMeasured = (/** @type {Recording} */ { measures, problem }) => measures ?? problem;
  const wanted = (whole ? get().recordings : shown ? [shown] : []).filter(isMeasured);
  if (kind === 'json') return wanted;
  if (kind === 'session') return wanted.some(({ take }) => take) ? wanted : [];
  return wanted.filter((recording) =>
    kind === 'wav' ? recording.take : kind === 'csv' ? recording.measures : scored(recording),
  );
}

/**
 * Columns after the 88, named as the command line names them: the score with its range and how far it lies above the speaker's calm
 * voice, where the model gives one, what is to be taken with care, length and name, and which model it is.
 */
const GIVEN = [
  'activation',
  'low',
  'high',
  'own_difference',
  'flags',
  'seconds',
  'name',
  'model',
  'model_sha256',
];
/** What of them is measured, and not read from the measures by a model. */
const MEASURED = ['flags', 'seconds', 'name'];

/** Those that are written now. */
export const columns = () => (get().acoustics ? MEASURED : GIVEN);

/**
 * Their cells: empty where there is nothing to say, so that a row is as long as its head.
 * @param {Pick<Recording, 'analysis'|'measures'|'seconds'|'name'|'when'|'origin'>} recording
 */
export function given(recording) {
  const { analysis, measures, seconds, name } = recording;
  const activation = scoreOf(recording);
  const read = activation === null ? null : analysis;
  const [low, high] = read?.interval ?? [];
  const cells = /** @type {Record<string, string|number|null|undefined>} */ ({
    activation,
    low,
    high,
    own_difference: read ? ownDifference(recording, read) : undefined,
    flags: (analysis ?? measures)?.flags.join(' '),
    seconds,
    name,
    model: analysis?.model.objective,
    model_sha256: analysis?.model.hash,
  });
  return columns().map((column) => cells[column] ?? '');
}

/** Columns at the end where one of the recordings is of a file with several channels, as the command line names them. */
const CHANNELS = ['channels', 'channel', 'channel_difference'];

/** Their cells. @param {Pick<Recording, 'channels'>} recording */
const channelsGiven = ({ channels }) =>
  channels ? [channels.count, channels.taken, channels.difference ?? ''] : [1, '', ''];

/** The numbers of recordings as a table. @param {Recording[]} recordings @param {Engine} engine */
function tableOf(recordings, { catalogue }) {
  const names = catalogue.features.map((feature) => feature.name);
  const several = recordings.some(({ channels }) => channels);
  const rows = recordings.flatMap((recording) => {
    const { file, when, measures } = recording;
    const name = file || fileName([recording], when, 'wav');
    const last = [...given(recording), ...(several ? channelsGiven(recording) : [])];
    return measures ? [{ name, values: Object.values(measures.features), given: last }] : [];
  });
  return csv([...names, ...columns(), ...(several ? CHANNELS : [])], rows);
}

/** @param {Recording[]} recordings */
async function handSounds(recordings) {
  for (const recording of recordings) {
    const { take, when } = recording;
    const type = 'audio/wav';
    if (take) hand(await fileOfPieces(wavPieces(take), type), type, fileName([recording], when, 'wav'));
  }
}

/** @param {Kind} kind @param {boolean} whole all recordings */
async function write(kind, whole) {
  const { engine, acoustics } = get();
  const recordings = chosen(kind, whole);
  if (!engine || !recordings.length) return;
  const now = new Date();
  const named = whole ? [] : recordings;
  const name =
    kind === 'json' || kind === 'session'
      ? fileName(named, now, 'json', kind === 'json' ? 'results' : '')
      : fileName(named, now, kind);
  if (kind === 'csv') hand(tableOf(recordings, engine), 'text/csv', name);
  else if (kind === 'json' || kind === 'session') {
    const calm = calmVoices(recordings);
    const withSound = kind === 'session';
    hand(await writeFile(recordings, engine, withSound, now, acoustics, calm), 'application/json', name);
    // A recording without its sound is in no file yet; that of an opened file is.
    keepMark(recordings.filter(({ take, source }) => withSound || !take || source));
  } else if (kind === 'wav') await handSounds(recordings);
  else await figures(kind, whole ? recordings : null);
}

/**
 * The figure as it tells now, or each recording's own.
 * @param {'svg'|'png'} kind
 * @param {Recording[]|null} recordings
 */
async function figures(kind, recordings) {
  const put = async (/** @type {Recording[]} */ those) => {
    const svg = figureSvg();
    if (!svg) return;
    await putSvg(svg, kind, fileName(those, those[0].when, kind));
  };
  const shown = current();
  if (!recordings && !pair() && currentCourse() && shown) {
    const course = courseSvg(shown);
    const when = new Date();
    if (course) await putSvg(course, kind, fileName([shown], when, kind));
    const one = currentUtterance();
    const svg = one?.analysis ? figureSvg() : null;
    if (svg)
      await putSvg(svg, kind, fileName([shown], when, kind).replace(/\.\w+$/, `-${one?.number}.${kind}`));
    return;
  }
  if (!recordings) return put(pair() ?? (shown ? [shown] : []));
  const { current: before, ticked, problem, notice } = get();
  for (const recording of recordings) {
    set({ ticked: null, current: recording.number });
    await put([recording]);
  }
  set({ ticked, current: before, problem, notice });
}

/** @param {import('./export-figure.js').Svg} svg @param {'svg'|'png'} kind @param {string} name */
async function putSvg(svg, kind, name) {
  if (kind === 'svg') hand(svg.text, 'image/svg+xml', name);
  else hand(await figurePng(svg), 'image/png', name);
}

/** The course that is shown, for tables and for Praat. @param {typeof COURSE_KINDS[number]} kind */
function writeCourse(kind) {
  const [recording, course] = [current(), currentCourse()];
  const { engine } = get();
  if (!recording || !course || !engine) return;
  const now = new Date();
  if (kind === 'csv')
    hand(
      utterancesCsv(recording, course, engine),
      'text/csv',
      fileName([recording], now, 'csv').replace(/\.csv$/, '-utterances.csv'),
    );
  else hand(textGrid(recording.seconds, course), 'text/plain', fileName([recording], now, 'TextGrid'));
}

/** Opens the browser's own dialog, above the page. */
function print() {
  close();
  window.print();
}

/** Asks what is to be saved: this recording or all, and as which kind of file. */
export function openSave() {
  const { recordings, acoustics } = get();
  if (!current()) return;
  let whole = false;
  const kinds = KINDS.filter((kind) => !acoustics || !FIGURES.includes(kind)).map((kind) => {
    const words = kind === 'csv' && currentCourse() ? 'save.csvWhole' : /** @type {const} */ (`save.${kind}`);
    const press = button(t(words), 'word', async () => {
      // Half an hour takes seconds: it is said, and not begun twice.
      press.disabled = true;
      const line = document.querySelector('#saved');
      if (line) line.textContent = t('save.writing');
      try {
        await write(kind, whole);
      } finally {
        offer();
      }
    });
    return { kind, press };
  });
  const offer = () => {
    for (const { kind, press } of kinds) press.disabled = !chosen(kind, whole).length;
  };
  const choose = (/** @type {boolean} */ all) => {
    whole = all;
    offer();
  };
  offer();
  const again = () => make('p', { class: 'note' }, t('save.again'));
  const list = kinds.map(({ kind, press }) =>
    make('li', {}, press, ...(kind === 'session' ? [again()] : [])),
  );
  if (currentCourse())
    list.unshift(
      ...COURSE_KINDS.map((kind) =>
        make(
          'li',
          {},
          button(t(`course.${kind}`), 'word', () => writeCourse(kind)),
        ),
      ),
    );
  const body = [
    ...(recordings.length > 1 ? [thisOrAll(choose)] : []),
    make(
      'ul',
      { class: 'kinds' },
      ...list,
      make('li', {}, button(t(currentCourse() ? 'save.printCourse' : 'save.print'), 'word', print)),
    ),
    make('p', { class: 'note', id: 'saved' }),
  ];
  open(t('save.title'), body, [button(t('table.close'), 'word', close)]);
}

/** @param {(all: boolean) => void} choose */
function thisOrAll(choose) {
  const option = (/** @type {boolean} */ all, /** @type {string} */ words) => {
    const input = make('input', { type: 'radio', name: 'which' });
    input.checked = !all;
    input.addEventListener('change', () => choose(all));
    return make('label', { class: 'option' }, input, ` ${words}`);
  };
  const options = [option(false, t('save.this')), option(true, t('save.all'))];
  return make('fieldset', { class: 'options', 'aria-label': t('save.title') }, ...options);
}

export const start = () => query('#save').addEventListener('click', openSave);

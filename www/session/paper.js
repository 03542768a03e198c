// One printed page of a recording, or of two that are compared: black on white whatever the theme, nothing to press on it,
// the figure drawn again for the paper's width. It is made when the browser is about to print, by a button or not.
/** @import {Palette} from '../../pkg/undertone.js' */
/** @import {Recording} from '../types.js' */
/** @import {Attribution} from '../result/attribution.js' */
import { kind } from '../engine/map-axis.js';
import { currentAttribution, pair } from '../result/attribution.js';
import { checksOf } from '../result/measures.js';
import { acousticWords, careOf, changeOf, lengthOf, resultOf } from '../result/message-texts.js';
import { palette } from '../result/palette.js';
import { drawPitch } from '../result/pitch-line.js';
import { rowsToSave } from '../result/reasons.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { make, query, rich } from '../shell/dom.js';
import { drawingOf } from '../shell/svg.js';
import { moment, number, t, unbroken } from '../shell/i18n.js';
import { nameOf } from '../shell/names.js';
import { current, currentCourse, get } from '../shell/state.js';
import { courseParts, courseSaid } from './course-paper.js';
import { partsOf } from './export-figure.js';
import { marginNotes, partLabels } from './figure-labels.js';
import { PAPER, paperLayout } from './figure-layout.js';
import { fileName } from './save.js';

/** What the charts are drawn with. @returns {Palette} */
const inks = () => ({
  ...palette(),
  paper: '#ffffff',
  field: '#ffffff',
  mark: '#ffffff',
  wash: '#f2f2f2',
  markline: '#000000',
  ink: '#000000',
  ink2: '#333333',
  line: '#b0b0b0',
  line2: '#555555',
  calm: '#000000',
  exc: '#000000',
});

/** The map's height, and where remarks need some of it, in px: with it the page also fits on a sheet of US letter. */
const MAP_PX = { most: 200, least: 140 };
/** What a remark more takes, in px. */
const CARE_PX = 20;
const PICTURE = { height: 84, tall: 190, ratio: 3 };

/** What is to be printed: one, or the two that are compared. @returns {Recording[]} */
function wanted() {
  if (get().page !== 'record' || get().problem) return [];
  const shown = current();
  return pair() ?? (shown?.measures || (shown && currentCourse()) ? [shown] : []);
}

/** @param {string} text with **bold** words */
function paragraph(text, look = '') {
  const made = make('p', { class: look });
  rich(made, unbroken(text));
  return made;
}

/** @param {Recording[]} recordings */
function head(recordings) {
  const [first] = recordings;
  const names = recordings.map((one) => `${one.number}, ${nameOf(one)}`).join(' → ');
  const title = make('b', {}, recordings.length > 1 ? names : `${t('list.voice', { n: first.number })}`);
  const about = make('p', { class: 'paper-about' }, make('span', {}, title));
  if (recordings.length === 1) {
    if (first.name || first.file)
      about.firstChild?.appendChild(document.createTextNode(`, ${nameOf(first)}`));
    about.append(make('span', {}, [lengthOf(first), aboveRoom(first)].filter(Boolean).join(', ')));
  }
  about.append(make('span', { class: 'paper-name' }, `${t('paper.name')}: `, make('i')));
  return [
    make('header', {}, make('p', { class: 'brand' }, 'Undertone'), make('p', {}, moment(first.when))),
    about,
  ];
}

/** @param {Recording} recording */
function aboveRoom({ measures }) {
  const snr = measures?.signal.snr_db;
  return Number.isFinite(snr) ? t('paper.above', { d: number(/** @type {number} */ (snr), 0) }) : '';
}

/** @param {Recording[]} recordings */
function words([first, second]) {
  const { analysis, measures } = first;
  if (second) return changeOf(/** @type {NonNullable<ReturnType<typeof pair>>} */ ([first, second]));
  if (analysis) return resultOf({ ...first, analysis }, t('own.speaker'));
  return acousticWords(/** @type {NonNullable<typeof measures>} */ (measures));
}

/**
 * Scale, map and reasons.
 * @param {Attribution} attribution
 * @param {number} mapHeight
 */
function figure(attribution, mapHeight) {
  const { engine } = get();
  const reasons = rowsToSave();
  if (!engine || !reasons) return [];
  const colours = inks();
  const layout = paperLayout(reasons.rows.length, mapHeight);
  const isScored = kind() === 'score';
  const { from } = attribution;
  const notes = {
    scale: isScored ? [from ? t('paper.two', { a: from.number }) : t('paper.range')] : [],
    map: [t('paper.map'), t('map.flat')],
  };
  const spec = {
    width: PAPER.width,
    height: layout.height,
    palette: colours,
    title: t('figure'),
    description: t('purpose'),
    labels: [...partLabels(attribution, reasons, layout, colours), ...marginNotes(layout, colours, notes)],
    ...partsOf(attribution, reasons, layout, colours, { dotsBy: 'none', maxDots: 0, hatched: true }),
  };
  const text = engine.wasm.chartSvg('figure', engine.model, spec);
  return [drawingOf(text)];
}

/** @param {Recording} recording @param {number} width @param {number} height */
function picture({ picture: sound, seconds, number: n }, width, height) {
  const canvas = make('canvas', { class: 'paper-picture' });
  const ratio = PICTURE.ratio;
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext('2d');
  if (!sound || !context) return [];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingQuality = 'high';
  context.drawImage(spectrogramImage(sound, '#ffffff', '#222222'), 0, 0, width, height);
  drawPitch(context, sound.f0Hz, (at) => (at / sound.f0Hz.length) * width, height, {
    line: '#000000',
    casing: '#ffffff',
  });
  const ends = [`${t('list.voice', { n })}: 0`, `${number(seconds, 1)} s`].map((text) =>
    make('span', {}, text),
  );
  return [make('div', {}, canvas, make('p', { class: 'paper-times' }, ...ends))];
}

/** @param {Recording[]} recordings */
function sounds(recordings) {
  const seen = recordings.filter((one) => one.picture);
  if (!seen.length) return [];
  const width = Math.floor((PAPER.width - (seen.length - 1) * 16) / seen.length);
  const height = get().acoustics ? PICTURE.tall : PICTURE.height;
  return [
    make(
      'p',
      { class: 'paper-heading' },
      make('b', {}, t('paper.sound')),
      make('span', {}, t('paper.soundNote')),
    ),
    make('div', { class: 'paper-sounds' }, ...seen.flatMap((one) => picture(one, width, height))),
  ];
}

/** @param {Recording} recording */
const measured = (recording) =>
  make(
    'dl',
    { class: 'paper-checks' },
    ...(recording.measures ? checksOf({ ...recording, captured: null }, recording.measures) : []).map(
      ([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    ),
  );

/** @param {Recording} recording @param {boolean} [isCourse]  then pages are not counted */
function foot({ analysis: own, measures, course }, isCourse = false) {
  const analysis = own ?? (isCourse ? course?.utterances.find((one) => one.analysis)?.analysis : null);
  const version = (analysis ?? measures)?.version ?? '';
  const made = [
    analysis ? `${t('model')} ${analysis.model.objective}, ${analysis.model.hash.slice(0, 12)}` : '',
    `Undertone ${version}`,
    t('paper.device'),
    ...(isCourse ? [] : [t('paper.page')]),
  ];
  const learned = analysis ? `${t('paper.learned')} ` : '';
  return make(
    'footer',
    {},
    make('p', {}, make('b', {}, t('purpose'))),
    make('p', {}, `${learned}${made.filter(Boolean).join(' · ')}`),
  );
}

/** Makes the page anew. @returns {boolean} whether there is something to print */
function fill() {
  const recordings = wanted();
  if (!recordings.length) return false;
  const course = recordings.length > 1 ? null : currentCourse();
  query('#paper').classList.toggle('of-course', Boolean(course));
  if (course) {
    const [recording] = recordings;
    const said = courseSaid(recording, course);
    query('#paper').replaceChildren(
      ...head(recordings),
      make('h1', {}, unbroken(said.sentence)),
      paragraph(said.lead, 'paper-lead'),
      make('ul', {}, ...said.care.map((text) => make('li', {}, paragraph(text)))),
      ...courseParts(recording, course),
      foot(recording, true),
    );
    return true;
  }
  const { sentence, lead } = words(recordings);
  const isOneOfTwo = recordings.length > 1;
  const care = recordings.flatMap((recording) =>
    careOf(recording).map((text) => (isOneOfTwo ? t('compare.care', { n: recording.number, text }) : text)),
  );
  const attribution = currentAttribution();
  const mapHeight = Math.max(MAP_PX.least, MAP_PX.most - CARE_PX * Math.max(0, care.length - 1));
  query('#paper').replaceChildren(
    ...head(recordings),
    make('h1', {}, unbroken(sentence)),
    paragraph(lead, 'paper-lead'),
    make('ul', {}, ...care.map((text) => make('li', {}, paragraph(text)))),
    ...(attribution ? figure(attribution, mapHeight) : [measured(recordings[0])]),
    ...sounds(recordings),
    foot(recordings[recordings.length - 1]),
  );
  return true;
}

export function start() {
  const { documentElement: root } = document;
  let title = document.title;
  window.addEventListener('beforeprint', () => {
    const there = fill();
    root.classList.toggle('paper-only', there);
    if (!there) return;
    title = document.title;
    // What the browser proposes as the name of a file.
    document.title = fileName(wanted(), wanted()[0].when, 'pdf').replace(/\.pdf$/, '');
  });
  window.addEventListener('afterprint', () => {
    if (root.classList.contains('paper-only')) document.title = title;
    root.classList.remove('paper-only');
    query('#paper').replaceChildren();
  });
  query('#print').addEventListener('click', () => window.print());
}

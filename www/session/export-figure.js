// The figure as a picture to keep: the same three panels, with the words that stand beside them on the page. It has a
// layout of its own, so that it comes out the same from a phone and from a desk.
/** @import {FigureSpec} from '../../pkg/undertone.js' */
/** @import {Story} from '../result/attribution.js' */
import { entries } from '../result/map.js';
import { careOf, changeOf, resultOf } from '../result/result.js';
import { number, t, unbroken } from '../shell/i18n.js';
import { endWords, kind, markName, ownNotes } from '../engine/map-axis.js';
import { nameOf } from './names.js';
import { palette } from '../shell/canvas.js';
import { heading, rowsToSave } from '../result/reasons.js';
import { get } from '../shell/state.js';
import { story } from '../result/attribution.js';

const WIDTH = 960;
const MARGIN = 40;
/** Where scores 1 and 5 stand; left of it the names, right of it the values. */
const AXIS = { left: 320, right: 820 };
const SCALE = { top: 126, height: 92, y: 58 };
const MAP = { top: 218, least: 200, most: 720 };
/** The dots' shapes as letters, for the legend. */
const SHAPES = /** @type {Record<string, string>} */ ({
  anger: '▲',
  happiness: '●',
  surprise: '◆',
  neutral: '■',
  sadness: '○',
  fear: '▼',
  disgust: '✚',
  boredom: '▬',
  calm: '◐',
});
const ROW_PX = 28;
const LETTERS_PER_LINE = 100;
const NOTE_LETTERS = 130;
const NOTE_PX = 18;
const PNG_SCALE = 2;

/** @typedef {NonNullable<FigureSpec['labels']>[number]} Label */

/** Text in lines of some length. @param {string} text @param {number} length */
export function wrap(text, length) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && `${last} ${word}`.length > length) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/** @param {number} score */
const x = (score) => AXIS.left + ((Math.min(5, Math.max(1, score)) - 1) / 4) * (AXIS.right - AXIS.left);

/** What stands above the panels. @param {Story} told */
function headOf(told) {
  const { sentence, lead } = told.from ? changeOf([told.from, told.to]) : resultOf(told.to.analysis);
  const whose = told.from ? '' : `${told.to.number} ${nameOf(told.to)}`;
  return { sentence: unbroken(sentence), lead: unbroken(lead).replaceAll('**', ''), whose };
}

/** @returns {{text: string, width: number, height: number}|null} an SVG document of what the figure tells */
export function figureSvg() {
  const { engine, dotsBy } = get();
  const told = story();
  const reasons = rowsToSave();
  if (!engine || !told || !reasons) return null;
  const isScored = kind() === 'score';
  const colours = palette();
  const { from, to } = told;
  const { sentence, lead, whose } = headOf(told);
  const leadLines = wrap(lead, LETTERS_PER_LINE);
  const shift = (leadLines.length - 1) * 22;
  const care = (from ? [from, to] : [to]).flatMap((one) =>
    careOf(one).map((line) => wrap(line.replaceAll('**', ''), LETTERS_PER_LINE).join(' ')),
  );
  const careHeight = care.length * 20;
  const [scaleTop, mapTop] = [SCALE.top + shift + careHeight, MAP.top + shift + careHeight];
  const mapHeight = Math.round(Math.min(MAP.most, Math.max(MAP.least, engine.model.naturalHeight(AXIS))));
  const whyTop = mapTop + mapHeight + 40;
  const whyHeight = (reasons.rows.length + 2) * ROW_PX;
  // Without a score the picture says itself what its axis and its reasons are.
  const notes = isScored
    ? []
    : [`${t('heading.axis')}: ${t('axis.note')}.`, ownNotes().map, ownNotes().why].flatMap((text) =>
        wrap(unbroken(text), NOTE_LETTERS),
      );
  const height = whyTop + whyHeight + 84 + notes.length * NOTE_PX;
  const panel = { width: WIDTH, ratio: 1, axis: AXIS, palette: colours };
  const guides = isScored
    ? [
        { score: told.start, dashed: true },
        { score: told.end, dashed: false },
      ]
    : [];
  const middle = (/** @type {number} */ i) => (i + 0.5) * ROW_PX;
  /** @type {Label[]} */
  const labels = [
    { x: MARGIN, y: 48, text: sentence, size: 30, face: 'serif' },
    ...leadLines.map(
      (text, i) => /** @type {Label} */ ({ x: MARGIN, y: 84 + i * 22, text, size: 15.5, face: 'serif' }),
    ),
    ...care.map(
      (text, i) => /** @type {Label} */ ({ x: MARGIN, y: 108 + shift + i * 20, text: `! ${text}`, size: 13 }),
    ),
    {
      x: MARGIN,
      y: scaleTop + SCALE.y,
      text: t(isScored ? 'heading.scale' : 'heading.axis'),
      size: 17,
      face: 'serif',
    },
    { x: MARGIN, y: mapTop + 14, text: t(from ? 'heading.mapTwo' : 'heading.map'), size: 17, face: 'serif' },
    { x: MARGIN, y: whyTop - 14, text: t(heading(told)), size: 17, face: 'serif' },
    ...axisLabels(colours, scaleTop, whyTop),
    ...(isScored ? scoreLabels(told, scaleTop) : []),
    ...legendLabels(colours, mapTop + 40),
    ...[
      from ? `${from.number} ${nameOf(from)}` : t('why.average'),
      ...reasons.rows.map(({ name }) => name),
      from ? `${to.number} ${nameOf(to)}` : t('why.voice'),
    ].map(
      (text, i, all) =>
        /** @type {Label} */ ({
          x: MARGIN,
          y: whyTop + middle(i),
          text: shorten(text),
          size: 13.5,
          face: i === all.length - 1 ? 'sans-bold' : 'sans',
          colour: i ? undefined : colours.ink2,
        }),
    ),
    ...[
      number(reasons.start, 2),
      ...reasons.rows.map(({ shown }) => number(shown, 2, true)),
      number(reasons.end, 2),
    ].map(
      (text, i, all) =>
        /** @type {Label} */ ({
          x: WIDTH - MARGIN,
          y: whyTop + middle(i),
          text,
          size: 13.5,
          face: i ? 'sans-bold' : 'sans',
          anchor: 'end',
          colour: inkOf(i, all.length, reasons.rows[i - 1]?.shown),
        }),
    ),
    ...notes.map(
      (text, i) =>
        /** @type {Label} */ ({
          x: MARGIN,
          y: whyTop + whyHeight + 36 + i * NOTE_PX,
          text,
          size: 12,
          colour: colours.ink2,
        }),
    ),
    {
      x: MARGIN,
      y: height - 44,
      text: [
        whose,
        `Undertone ${to.analysis.version}`,
        `${to.analysis.model.objective} ${engine.info.hash.slice(0, 12)}`,
      ]
        .filter(Boolean)
        .join(' · '),
      size: 12,
      colour: colours.ink2,
    },
    { x: MARGIN, y: height - 24, text: t('purpose'), size: 12, colour: colours.ink2 },
  ];
  /** @param {number} i @param {number} count @param {number|undefined} shown */
  function inkOf(i, count, shown) {
    if (i === 0) return colours.ink2;
    return i === count - 1 || !shown ? undefined : shown < 0 ? colours.calm : colours.exc;
  }
  /** @type {FigureSpec & {title: string, description: string}} */
  const spec = {
    width: WIDTH,
    height,
    palette: colours,
    title: sentence,
    description: [lead, t('purpose')].join(' '),
    labels,
    scale: {
      top: scaleTop,
      spec: {
        ...panel,
        height: SCALE.height,
        y: SCALE.y,
        average: from || !isScored ? null : told.start,
        guides,
        marks: isScored ? marksOf(told) : [],
      },
    },
    embedding: {
      top: mapTop,
      spec: {
        ...panel,
        height: mapHeight,
        dotsBy,
        maxDots: 800,
        faded: Boolean(from),
        guides,
        interval: from || !isScored ? null : to.analysis.interval,
        utterances: utterancesOf(told),
      },
    },
    contributions: {
      top: whyTop,
      spec: {
        ...panel,
        height: whyHeight,
        start: told.start,
        end: told.end,
        guides,
        startMark: from ? 'recording' : 'average',
        startY: middle(0),
        endY: middle(reasons.rows.length + 1),
        rows: reasons.rows.map(({ value }, i) => ({ top: middle(i + 1) - 7.5, height: 15, value })),
      },
    },
    guides: guides.map(({ score, dashed }) => ({
      x: x(score),
      top: mapTop + mapHeight,
      bottom: whyTop,
      dashed,
    })),
  };
  return { text: engine.wasm.chartSvg('figure', engine.model, spec), width: WIDTH, height };
}

/** The marks of the axis and its ends; those of a line that was fitted afterwards stand above the reasons. @param {ReturnType<typeof palette>} colours @param {number} top @param {number} whyTop @returns {Label[]} */
function axisLabels(colours, top, whyTop) {
  const marks = [1, 2, 3, 4, 5];
  const name = (/** @type {string} */ text, /** @type {number} */ mark, /** @type {number} */ y) =>
    /** @type {Label} */ ({ x: x(mark), y, text, size: 12, anchor: 'middle', colour: colours.ink2 });
  const sides = /** @type {const} */ ([
    { x: AXIS.left - 14, anchor: 'end' },
    { x: AXIS.right + 12, anchor: 'start' },
  ]);
  const ends = endWords(kind()).map(
    (text, i) =>
      /** @type {Label} */ ({ ...sides[i], y: top + SCALE.y, text, size: 16, face: 'serif-italic' }),
  );
  return [
    ...marks.map((mark) => name(markName(mark), mark, top + SCALE.y + 22)),
    ...ends,
    ...(kind() === 'free' ? marks.map((mark) => name(String(mark), mark, whyTop - 12)) : []),
  ];
}

/** @param {string} text a name that must end before the axis begins */
const shorten = (text) => (text.length > 38 ? `${text.slice(0, 37)}…` : text);

/** @param {Story} told */
function marksOf({ from, to }) {
  const style = to.analysis.flags.includes('unlike_reference')
    ? /** @type {const} */ ('unlike')
    : /** @type {const} */ ('current');
  const own = {
    score: to.analysis.activation,
    interval: to.analysis.interval,
    style,
    number: from ? to.number : null,
  };
  return from
    ? [
        {
          score: from.analysis.activation,
          interval: from.analysis.interval,
          style: /** @type {const} */ ('start'),
          number: from.number,
        },
        own,
      ]
    : [own];
}

/** @param {Story} told */
const utterancesOf = ({ from, to }) =>
  (from ? [from, to] : [to]).map((one) => ({
    u: one.analysis.score_axis,
    v: one.analysis.other_axis,
    number: one.number,
    current: one === to,
  }));

/** What the dots are. @param {ReturnType<typeof palette>} colours @param {number} top @returns {Label[]} */
function legendLabels(colours, top) {
  const all = entries();
  if (!all.length) return [];
  const by = get().dotsBy === 'corpus' ? t('map.by.corpus') : t('map.by.emotion');
  return [
    { x: MARGIN, y: top, text: `${t('map.by')} ${by}`, size: 12, colour: colours.ink2 },
    ...all.flatMap(({ mark, name }, i) => {
      const y = top + 22 + i * 19;
      return /** @type {Label[]} */ ([
        {
          x: MARGIN + 6,
          y,
          text: SHAPES[mark] ?? '●',
          size: 12,
          anchor: 'middle',
          colour: /** @type {Record<string, string>} */ (colours.emotions)[mark],
        },
        { x: MARGIN + 20, y, text: name, size: 13 },
      ]);
    }),
  ];
}

/** The scores above the scale; two that would touch stand aside. @param {Story} told @param {number} top @returns {Label[]} */
function scoreLabels({ from, to }, top) {
  const places = (from ? [from, to] : [to])
    .map(({ analysis }) => ({ at: x(analysis.activation), text: number(analysis.activation, 1) }))
    .sort((a, b) => a.at - b.at);
  const [a, b] = places;
  const push = b ? Math.max(0, 52 - (b.at - a.at)) / 2 : 0;
  const scores = places.map(
    ({ at, text }, i) =>
      /** @type {Label} */ ({
        x: at + (b ? (i ? push : -push) : 0),
        y: top + 10,
        text,
        size: 28,
        face: 'serif',
        anchor: 'middle',
      }),
  );
  if (from) return scores;
  // The words stand on the side where the guide line does not fall.
  const right = to.analysis.activation < to.analysis.baseline;
  return [
    ...scores,
    {
      x: x(to.analysis.baseline) + (right ? -6 : 6),
      y: top + 34,
      text: t('scale.average', { s: number(to.analysis.baseline, 1) }),
      size: 12,
      anchor: right ? 'start' : 'end',
      colour: palette().ink2,
    },
  ];
}

/** @param {{text: string, width: number, height: number}} svg @returns {Promise<Blob>} */
export async function figurePng({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width * PNG_SCALE, height * PNG_SCALE);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: width * PNG_SCALE, height: Math.ceil(height) * PNG_SCALE });
    /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).drawImage(
      image,
      0,
      0,
      canvas.width,
      canvas.height,
    );
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

// The words of a saved figure, each at its place: a picture has no HTML around it.
/** @import {FigureSpec, Palette} from '../../pkg/undertone.js' */
/** @import {Attribution} from '../result/attribution.js' */
/** @import {Reasons} from '../result/reasons.js' */
/** @import {Layout, Parts} from './figure-layout.js' */
import { endWords, kind, markName } from '../engine/map-axis.js';
import { isEmotion } from '../result/emotions.js';
import { markLetter } from '../result/legend-marks.js';
import { legendEntries } from '../result/legend.js';
import { heading, startWords } from '../result/reasons.js';
import { startLabel } from '../result/scale.js';
import { number, scoreText, t } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { CARE_PX, LEAD_PX, NOTE_PX, middleOf, place, wrap } from './figure-layout.js';
import { nameOf } from '../shell/names.js';

/** @typedef {NonNullable<FigureSpec['labels']>[number]} Label */
/** @typedef {Pick<Label, 'x'|'y'|'size'> & Partial<Label>} Look */

/** Two scores stand at least this far apart. */
const SCORE_PX = 52;

/** @param {string} text @param {Look} look @returns {Label} */
const label = (text, look) => ({ ...look, text });

/** @param {string} text @param {number} letters */
const shorten = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

/**
 * All labels.
 * @param {Attribution} attribution
 * @param {Reasons} reasons
 * @param {Layout} layout
 * @param {Palette} colours
 * @param {string} hash  of the model
 */
export function labelsOf(attribution, reasons, layout, colours, hash) {
  return [
    ...headLabels(layout),
    ...partLabels(attribution, reasons, layout, colours),
    ...legendLabels(layout, colours),
    ...footLabels(attribution, layout, colours, hash),
  ];
}

/**
 * Those of scale, map and reasons.
 * @param {Attribution} attribution
 * @param {Reasons} reasons
 * @param {Parts} parts
 * @param {Palette} colours
 */
export const partLabels = (attribution, reasons, parts, colours) => [
  ...headingLabels(attribution, parts),
  ...axisLabels(parts, colours),
  ...(kind() === 'score' ? scoreLabels(attribution, parts, colours) : []),
  ...nameLabels(attribution, reasons, parts, colours),
  ...valueLabels(reasons, parts, colours),
];

/**
 * Notes in the margin beside scale and map.
 * @param {Parts} parts
 * @param {Palette} colours
 * @param {{scale: string[], map: string[]}} notes
 */
export function marginNotes({ sheet, scaleTop, mapTop }, { ink2: colour }, { scale, map }) {
  const { note } = sheet.size;
  const step = note * 1.3;
  const from = (/** @type {string[]} */ texts, /** @type {number} */ top) =>
    texts
      .flatMap((text) => wrap(text, sheet.letters))
      .map((text, i) => label(text, { x: sheet.margin, y: top + i * step, size: note, colour }));
  return [...from(scale, scaleTop + sheet.scale.y + 17), ...from(map, mapTop + 32)];
}

/** The sentence, what leads on from it, and what is to be taken with care. @param {Layout} layout */
function headLabels({ sheet, sentence, leadLines, care, careTop }) {
  const at = (/** @type {number} */ y) => ({ x: sheet.margin, y });
  return [
    label(sentence, { ...at(48), size: 30, face: 'serif' }),
    ...leadLines.map((text, i) => label(text, { ...at(84 + i * LEAD_PX), size: 15.5, face: 'serif' })),
    ...care.map((text, i) => label(`! ${text}`, { ...at(careTop + i * CARE_PX), size: 13 })),
  ];
}

/** The names of the three parts. @param {Attribution} attribution @param {Parts} layout */
function headingLabels(attribution, { sheet, scaleTop, mapTop, whyTop }) {
  const look = (/** @type {number} */ y) => ({
    x: sheet.margin,
    y,
    size: sheet.size.heading,
    face: /** @type {const} */ ('serif'),
  });
  return [
    label(t(kind() === 'score' ? 'heading.scale' : 'heading.axis'), look(scaleTop + sheet.scale.y)),
    label(t(attribution.from ? 'heading.mapTwo' : 'heading.map'), look(mapTop + 14)),
    label(t(heading(attribution)), look(whyTop - 14)),
  ];
}

/**
 * The marks of the axis and its ends; those of a line that was fitted afterwards stand above the reasons.
 * @param {Parts} layout
 * @param {Palette} colours
 */
function axisLabels({ sheet, scaleTop, whyTop }, { ink2: colour }) {
  const { axis, size } = sheet;
  const marks = [1, 2, 3, 4, 5];
  const atMark = (/** @type {string} */ text, /** @type {number} */ mark, /** @type {number} */ y) =>
    label(text, { x: place(sheet, mark), y, size: size.note, anchor: 'middle', colour });
  const y = scaleTop + sheet.scale.y;
  const sides = /** @type {const} */ ([
    { x: axis.left - 12, anchor: 'end' },
    { x: axis.right + 12, anchor: 'start' },
  ]);
  return [
    ...marks.map((mark) => atMark(markName(mark), mark, y + 22)),
    ...endWords(kind()).map((text, i) =>
      label(text, { ...sides[i], y, size: size.end, face: 'serif-italic' }),
    ),
    ...(kind() === 'free' ? marks.map((mark) => atMark(String(mark), mark, whyTop - 12)) : []),
  ];
}

/**
 * The scores above the scale; two that would touch stand aside.
 * @param {Attribution} attribution
 * @param {Parts} layout
 * @param {Palette} colours
 */
function scoreLabels({ from, to, calm }, { sheet, scaleTop }, { ink2: colour }) {
  const places = (from ? [from, to] : [to])
    .map(({ analysis }) => ({ at: place(sheet, analysis.activation), text: scoreText(analysis.activation) }))
    .sort((a, b) => a.at - b.at);
  const [a, b] = places;
  const push = b ? Math.max(0, SCORE_PX - (b.at - a.at)) / 2 : 0;
  const look = {
    y: scaleTop + sheet.scale.y - 48,
    size: sheet.size.score,
    face: /** @type {const} */ ('serif'),
    anchor: /** @type {const} */ ('middle'),
  };
  const scores = places.map(({ at, text }, i) =>
    label(text, { x: at + (b ? (i ? push : -push) : 0), ...look }),
  );
  if (from) return scores;
  // The words stand on the side where the line through this voice does not fall.
  const { activation, baseline } = to.analysis;
  const named = calm?.score ?? baseline;
  const isLower = activation < named;
  const average = label(startLabel(calm?.score ?? null, baseline), {
    x: place(sheet, named) + (isLower ? -6 : 6),
    y: scaleTop + sheet.scale.y - 24,
    size: sheet.size.note,
    anchor: isLower ? 'start' : 'end',
    colour,
  });
  return [...scores, average];
}

/** What the dots are. @param {Layout} layout @param {Palette} colours @returns {Label[]} */
function legendLabels({ sheet, mapTop }, { ink2, emotions }) {
  const entries = legendEntries();
  if (!entries.length) return [];
  const top = mapTop + 40;
  const by = get().dotsBy === 'corpus' ? t('map.by.corpus') : t('map.by.emotion');
  const rows = entries.flatMap(({ mark, name }, i) => {
    const y = top + 22 + i * 19;
    const colour = isEmotion(mark) ? emotions[mark] : ink2;
    return [
      label(markLetter(mark), { x: sheet.margin + 6, y, size: 12, anchor: 'middle', colour }),
      label(name, { x: sheet.margin + 20, y, size: 13 }),
    ];
  });
  return [label(`${t('map.by')} ${by}`, { x: sheet.margin, y: top, size: 12, colour: ink2 }), ...rows];
}

/**
 * The names of the reasons, from the start to the voice.
 * @param {Attribution} attribution
 * @param {Reasons} reasons
 * @param {Parts} layout
 * @param {Palette} colours
 */
function nameLabels({ from, to, calm }, { rows }, { sheet, whyTop }, { ink2 }) {
  const start = from ? `${from.number} ${nameOf(from)}` : startWords(calm);
  const end = from ? `${to.number} ${nameOf(to)}` : t('why.voice');
  const names = [start, ...rows.map(({ name }) => name), end];
  return names.map((text, i) =>
    label(shorten(text, sheet.letters), {
      x: sheet.margin,
      y: whyTop + middleOf(sheet, i),
      size: sheet.size.name,
      face: i === names.length - 1 ? 'sans-bold' : 'sans',
      colour: i ? undefined : ink2,
    }),
  );
}

/**
 * What each reason moves, between the two scores.
 * @param {Reasons} reasons
 * @param {Parts} layout
 * @param {Palette} colours
 */
function valueLabels({ start, rows, end }, { sheet, whyTop }, { ink2, calm, exc }) {
  const moves = rows.map(({ shown }) => ({
    text: number(shown, 2, true),
    colour: shown ? (shown < 0 ? calm : exc) : undefined,
  }));
  const values = [
    { text: number(start, 2), colour: ink2 },
    ...moves,
    { text: number(end, 2), colour: undefined },
  ];
  return values.map(({ text, colour }, i) =>
    label(text, {
      x: sheet.width - sheet.margin,
      y: whyTop + middleOf(sheet, i),
      size: sheet.size.name,
      face: i ? 'sans-bold' : 'sans',
      anchor: 'end',
      colour,
    }),
  );
}

/**
 * Notes, what made the figure, and what it is not for.
 * @param {Attribution} attribution
 * @param {Layout} layout
 * @param {Palette} colours
 * @param {string} hash
 */
function footLabels({ to }, { sheet, notes, notesTop, whose, height }, { ink2: colour }, hash) {
  const look = (/** @type {number} */ y) => ({ x: sheet.margin, y, size: 12, colour });
  const { version, model } = to.analysis;
  const made = [whose, `Undertone ${version}`, `${model.objective} ${hash.slice(0, 12)}`];
  return [
    ...notes.map((text, i) => label(text, look(notesTop + i * NOTE_PX))),
    label(made.filter(Boolean).join(' · '), look(height - 44)),
    label(t('purpose'), look(height - 24)),
  ];
}

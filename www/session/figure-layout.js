// How a saved figure is laid out, in px: scale, map and reasons beneath each other, with the words that stand
// beside them on the page. It has a layout of its own, so that it comes out the same from a phone and from a
// desk.
/** @import {Attribution} from '../result/attribution.js' */
import { kind, ownNotes } from '../engine/map-axis.js';
import { careOf, changeOf, resultOf } from '../result/message-texts.js';
import { t, unbroken } from '../shell/i18n.js';
import { nameOf } from '../shell/names.js';

export const WIDTH = 960;
export const MARGIN = 40;
/** Where scores 1 and 5 stand; left of it the names, right of it the values. */
export const AXIS = { left: 320, right: 820 };
/** The height of the scale, and where its line lies in it. */
export const SCALE = { height: 92, y: 58 };
export const LEAD_PX = 22;
export const CARE_PX = 20;
export const NOTE_PX = 18;
const ROW_PX = 28;
const TOP_PX = 126;
/** Beneath the map, before the reasons. */
const GAP_PX = 40;
const FOOT_PX = 84;
const MAP_HEIGHT = { least: 200, most: 720 };
/** Letters in a line. */
const LINE = 100;
const NOTE_LINE = 130;

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

/** Where a score stands. @param {number} score */
export const x = (score) =>
  AXIS.left + ((Math.min(5, Math.max(1, score)) - 1) / 4) * (AXIS.right - AXIS.left);

/** The middle of a row of the reasons, from their top. @param {number} row */
export const middleOf = (row) => (row + 0.5) * ROW_PX;

/** What stands above the scale. @param {Attribution} attribution */
function headOf({ from, to }) {
  const { sentence, lead } = from ? changeOf([from, to]) : resultOf(to.analysis);
  const whose = from ? '' : `${to.number} ${nameOf(to)}`;
  return { sentence: unbroken(sentence), lead: unbroken(lead).replaceAll('**', ''), whose };
}

/** What is to be taken with care, a line each. @param {Attribution} attribution */
function careLines({ from, to }) {
  const lines = (from ? [from, to] : [to]).flatMap(careOf);
  return lines.map((line) => wrap(line.replaceAll('**', ''), LINE).join(' '));
}

/** Without a score the picture says itself what its axis and its reasons are. */
function noteLines() {
  if (kind() === 'score') return [];
  const { map, why } = ownNotes();
  const texts = [`${t('heading.axis')}: ${t('axis.note')}.`, map, why];
  return texts.flatMap((text) => wrap(unbroken(text), NOTE_LINE));
}

/**
 * The words around the parts, and where each part begins.
 * @param {Attribution} attribution
 * @param {number} rows  of the reasons, without their start and end
 * @param {number} naturalHeight  at which all of the map is seen
 */
export function layoutOf(attribution, rows, naturalHeight) {
  const head = headOf(attribution);
  const leadLines = wrap(head.lead, LINE);
  const care = careLines(attribution);
  const notes = noteLines();
  const careTop = 108 + (leadLines.length - 1) * LEAD_PX;
  const scaleTop = TOP_PX + (leadLines.length - 1) * LEAD_PX + care.length * CARE_PX;
  const mapTop = scaleTop + SCALE.height;
  const mapHeight = Math.round(Math.min(MAP_HEIGHT.most, Math.max(MAP_HEIGHT.least, naturalHeight)));
  const whyTop = mapTop + mapHeight + GAP_PX;
  const whyHeight = (rows + 2) * ROW_PX;
  const notesTop = whyTop + whyHeight + 36;
  const height = whyTop + whyHeight + FOOT_PX + notes.length * NOTE_PX;
  return {
    ...head,
    leadLines,
    care,
    notes,
    careTop,
    scaleTop,
    mapTop,
    mapHeight,
    whyTop,
    whyHeight,
    notesTop,
    height,
  };
}

/** @typedef {ReturnType<typeof layoutOf>} Layout */

// How a saved figure is laid out, in px: scale, map and reasons beneath each other, with the words that stand
// beside them on the page. It has a layout of its own, so that it comes out the same from a phone and from a
// desk.
/** @import {Attribution} from '../result/attribution.js' */
import { kind, ownNotes } from '../engine/map-axis.js';
import { shareOfScale } from '../shell/format.js';
import { careOf, changeOf, resultOf } from '../result/message-texts.js';
import { t, unbroken } from '../shell/i18n.js';
import { nameOf } from '../shell/names.js';

/**
 * What a figure is drawn on, in px.
 * @typedef {object} Sheet
 * @property {number} width
 * @property {number} margin
 * @property {{left: number, right: number}} axis  where scores 1 and 5 stand; left of it the names, right of it the values
 * @property {{height: number, y: number}} scale   the height of the scale, and where its line lies in it
 * @property {number} row                          the height of a row of the reasons
 * @property {{score: number, heading: number, end: number, name: number, note: number}} size  of letters
 * @property {number} letters                      of a name that ends before the axis begins
 */

/** A file of its own. @type {Sheet} */
export const SCREEN = {
  width: 960,
  margin: 40,
  axis: { left: 320, right: 820 },
  scale: { height: 92, y: 58 },
  row: 28,
  size: { score: 28, heading: 17, end: 16, name: 13.5, note: 12 },
  letters: 38,
};
/** A printed page of 180 mm: 4 px are little more than a millimetre, and 11 px eight points. @type {Sheet} */
export const PAPER = {
  width: 680,
  margin: 0,
  axis: { left: 197, right: 597 },
  scale: { height: 84, y: 50 },
  row: 22,
  size: { score: 26, heading: 14, end: 14, name: 12, note: 11 },
  letters: 29,
};
export const LEAD_PX = 22;
export const CARE_PX = 20;
export const NOTE_PX = 18;
const TOP_PX = 126;
/** Beneath the map, before the reasons. */
const GAP_PX = 40;
const PAPER_GAP_PX = 26;
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

/** Where a score stands. @param {Sheet} sheet @param {number} score */
export const place = ({ axis }, score) => axis.left + shareOfScale(score) * (axis.right - axis.left);

/** The middle of a row of the reasons, from their top. @param {Sheet} sheet @param {number} row */
export const middleOf = (sheet, row) => (row + 0.5) * sheet.row;

/** What stands above the scale. @param {Attribution} attribution */
function headOf({ from, to }) {
  const { sentence, lead } = from ? changeOf([from, to]) : resultOf(to);
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
  const sheet = SCREEN;
  const mapTop = scaleTop + sheet.scale.height;
  const mapHeight = Math.round(Math.min(MAP_HEIGHT.most, Math.max(MAP_HEIGHT.least, naturalHeight)));
  const whyTop = mapTop + mapHeight + GAP_PX;
  const whyHeight = (rows + 2) * sheet.row;
  const notesTop = whyTop + whyHeight + 36;
  const height = whyTop + whyHeight + FOOT_PX + notes.length * NOTE_PX;
  return {
    ...head,
    sheet,
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

/**
 * The same on a printed page, where sentence, remarks and notes stand around it.
 * @param {number} rows
 * @param {number} mapHeight
 */
export function paperLayout(rows, mapHeight) {
  const sheet = PAPER;
  const mapTop = sheet.scale.height;
  const whyTop = mapTop + mapHeight + PAPER_GAP_PX;
  const whyHeight = (rows + 2) * sheet.row;
  return { sheet, scaleTop: 0, mapTop, mapHeight, whyTop, whyHeight, height: whyTop + whyHeight };
}

/** @typedef {ReturnType<typeof layoutOf>} Layout */
/** @typedef {ReturnType<typeof paperLayout>} Parts */

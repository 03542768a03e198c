// The marks of the legend, the same shapes as in the map: as small drawings for the page, as letters for a
// saved figure.
import { EMOTION_MARKS, MARK_BOX } from '../engine/catalogue.js';
import { emotionToken } from './emotions.js';

const NS = 'http://www.w3.org/2000/svg';

/** @param {string} name  one that is not known has the mark of happiness */
const markOf = (name) =>
  EMOTION_MARKS.find((mark) => mark.name === name) ??
  /** @type {typeof EMOTION_MARKS[number]} */ (EMOTION_MARKS.find((mark) => mark.name === 'happiness'));

/** The letter that looks most like the mark. @param {string} name */
export const markLetter = (name) => markOf(name).letter;

/** The mark as a drawing in its colour. @param {string} name */
export function markDrawing(name) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', `0 0 ${MARK_BOX} ${MARK_BOX}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.style.setProperty('color', `var(${emotionToken(name)})`);
  const path = document.createElementNS(NS, 'path');
  path.setAttribute('d', markOf(name).path);
  svg.append(path);
  return svg;
}

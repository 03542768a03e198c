// The marks of the legend, the same shapes as in the map: as small drawings for the page, as letters for a
// saved figure.
/** @import {Emotion} from './emotions.js' */
import { emotionToken, isEmotion } from './emotions.js';

const NS = 'http://www.w3.org/2000/svg';

/** Paths in a box of 14. @type {Record<Exclude<Emotion, 'sadness'>, string>} */
const PATHS = {
  anger: 'M7 1.5l6 11H1z',
  happiness: 'M7 1.7a5.3 5.3 0 1 1 0 10.6a5.3 5.3 0 1 1 0-10.6z',
  surprise: 'M7 .5l6 6.5-6 6.5-6-6.5z',
  neutral: 'M2.2 2.2h9.6v9.6H2.2z',
  fear: 'M7 12.5l6-11H1z',
  disgust: 'M5.2 1h3.6v4.2H13v3.6H8.8V13H5.2V8.8H1V5.2h4.2z',
  boredom: 'M.8 4.6h12.4v4.8H.8z',
  calm: 'M7 1.4a5.6 5.6 0 0 0 0 11.2z',
};
/**
 * Sadness is a ring; calm has one around its half disc.
 * @type {Partial<Record<Emotion, {r: string, width: string}>>}
 */
const RINGS = {
  sadness: { r: '4.4', width: '2.8' },
  calm: { r: '5.2', width: '1.4' },
};
/** @type {Record<Emotion, string>} */
const LETTERS = {
  anger: '▲',
  happiness: '●',
  surprise: '◆',
  neutral: '■',
  sadness: '○',
  fear: '▼',
  disgust: '✚',
  boredom: '▬',
  calm: '◐',
};

/** What is drawn for a name that is not known, as in the map. @param {string} name */
const known = (name) => (isEmotion(name) ? name : 'happiness');

/** The letter that looks most like the mark. @param {string} name */
export const markLetter = (name) => LETTERS[known(name)];

/** @param {string} tag @param {Record<string, string>} attributes */
function shape(tag, attributes) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** The mark as a drawing in its colour. @param {string} name */
export function markDrawing(name) {
  const mark = known(name);
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 14 14');
  svg.setAttribute('aria-hidden', 'true');
  svg.style.setProperty('color', `var(${emotionToken(name)})`);
  if (mark !== 'sadness') svg.append(shape('path', { d: PATHS[mark] }));
  const ring = RINGS[mark];
  if (ring) {
    const place = { cx: '7', cy: '7', r: ring.r };
    svg.append(
      shape('circle', { ...place, fill: 'none', stroke: 'currentColor', 'stroke-width': ring.width }),
    );
  }
  return svg;
}

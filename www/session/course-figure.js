// The course as a picture to be saved: what is seen of it, with the sound picture, in the colours of the page.
/** @import {Recording} from '../types.js' */
import { token } from '../shell/canvas.js';
import { query, shape } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { nameOf } from '../shell/names.js';

/** What of its look a shape needs where there is no style sheet. */
const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'text-anchor', 'paint-order'];
const FONT = ['font-family', 'font-size', 'font-style', 'font-weight'];
const MARGIN = 16;
/** Room above and below what is written, and how wide a letter is on average, as a share of its height. */
const GAP = 10;
const LETTER = 0.56;
const LINE = 1.3;

/** A text in lines of at most so many CSS px. @param {string} text @param {number} size @param {number} width */
function lines(text, size, width) {
  const most = Math.max(12, Math.floor(width / (size * LETTER)));
  const found = [''];
  for (const word of text.split(' ')) {
    const last = found[found.length - 1];
    if (last && last.length + 1 + word.length > most) found.push(word);
    else found[found.length - 1] = [last, word].filter(Boolean).join(' ');
  }
  return found;
}

/**
 * @param {Recording} recording
 * @returns {{text: string, width: number, height: number}|null}
 */
export function courseSvg(recording) {
  const version = recording.measures?.version ?? '';
  const drawn = query('#stave').querySelector('.stave-drawing');
  const canvas = query('#stave').querySelector('canvas');
  if (!(drawn instanceof SVGSVGElement) || !canvas) return null;
  /** Lines one under the other from a height on, and where they end. @type {(top: number, text: string, size: number) => [SVGElement[], number]} */
  const words = (top, text, size) => {
    const look = { x: 0, fill: token('--foreground'), 'font-family': 'sans-serif', 'font-size': size };
    const found = lines(text, size, drawn.clientWidth);
    const at = (/** @type {number} */ i) => top + (i + 0.8) * LINE * size;
    return [
      found.map((line, i) => shape('text', { ...look, y: at(i) }, line)),
      top + found.length * LINE * size,
    ];
  };
  const name = nameOf(recording);
  const legend = [...query('#course-legend').children].map((one) => one.textContent).join(' · ');
  const copy = /** @type {SVGSVGElement} */ (drawn.cloneNode(true));
  const originals = drawn.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of element.localName === 'text' ? [...LOOKS, ...FONT] : LOOKS)
      element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute('class');
  });
  const [title, titleEnd] = words(GAP, `${name}: ${query('#course-sentence').textContent}`, 16);
  const [key, head] = words(titleEnd, legend, 13);
  const [purpose, foot] = words(drawn.clientHeight, `${t('purpose')} Undertone ${version}`, 12);
  const above = head + GAP;
  const [width, height] = [drawn.clientWidth + 2 * MARGIN, above + foot + GAP];
  const [left, top] = [canvas.offsetLeft, canvas.offsetTop];
  const picture = shape('image', {
    x: left,
    y: top,
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    preserveAspectRatio: 'none',
    href: canvas.toDataURL('image/png'),
  });
  const sheet = shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `${-MARGIN} ${-above} ${width} ${height}`,
    },
    shape('title', {}, query('#course-sentence').textContent ?? ''),
    shape('desc', {}, query('#course-alt').textContent ?? ''),
    shape('rect', { x: -MARGIN, y: -above, width, height, fill: token('--background') }),
    shape('g', { transform: `translate(0 ${-above})` }, ...title, ...key),
    ...purpose,
    picture,
    ...copy.childNodes,
  );
  return { text: new XMLSerializer().serializeToString(sheet), width, height };
}

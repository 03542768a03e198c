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
/** Room for what it is of above, and for what it is not for below. */
const [HEAD, FOOT] = [48, 30];

/**
 * @param {Recording} recording
 * @returns {{text: string, width: number, height: number}|null}
 */
export function courseSvg(recording) {
  const version = recording.measures?.version ?? '';
  const drawn = query('#stave').querySelector('.stave-drawing');
  const canvas = query('#stave').querySelector('canvas');
  if (!(drawn instanceof SVGSVGElement) || !canvas) return null;
  const [width, height] = [drawn.clientWidth + 2 * MARGIN, drawn.clientHeight + HEAD + FOOT];
  const words = (/** @type {number} */ y, /** @type {string} */ text, /** @type {string} */ size) =>
    shape(
      'text',
      { x: 0, y, fill: token('--foreground'), 'font-family': 'sans-serif', 'font-size': size },
      text,
    );
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
      viewBox: `${-MARGIN} ${-HEAD} ${width} ${height}`,
    },
    shape('title', {}, query('#course-sentence').textContent ?? ''),
    shape('desc', {}, query('#course-alt').textContent ?? ''),
    shape('rect', { x: -MARGIN, y: -HEAD, width, height, fill: token('--background') }),
    words(-28, `${name}: ${query('#course-sentence').textContent}`, '16'),
    words(-10, legend, '13'),
    words(drawn.clientHeight + 18, `${t('purpose')} Undertone ${version}`, '12'),
    picture,
    ...copy.childNodes,
  );
  return { text: new XMLSerializer().serializeToString(sheet), width, height };
}

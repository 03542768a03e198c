// A drawing that comes as the text of an SVG, built element by element: the page's rules forbid the browser's own parsers, since what they
// make of a text might be a script.
import { shape } from './dom.js';

/** What the charts draw with; anything else is no drawing of ours. */
const TAGS = [
  'svg',
  'title',
  'desc',
  'g',
  'rect',
  'path',
  'line',
  'circle',
  'ellipse',
  'polygon',
  'polyline',
  'text',
  'tspan',
];
const ENTITIES = /** @type {Record<string, string>} */ ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });

/** @param {string} text */
const plain = (text) =>
  text.replace(/&(#?)(\w+);/g, (whole, isNumber, name) =>
    isNumber ? String.fromCodePoint(Number(name)) : (ENTITIES[name] ?? whole),
  );

/** @param {string} text of an SVG as the charts write it @returns {SVGElement} */
export function drawingOf(text) {
  /** @type {SVGElement[]} */
  const open = [];
  /** @type {SVGElement|null} */
  let root = null;
  for (const [, end, tag, attributes = '', closes, words] of text.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    if (words !== undefined) open.at(-1)?.append(plain(words));
    else if (end) open.pop();
    else {
      if (!TAGS.includes(tag)) throw new TypeError(`no part of a drawing: ${tag}`);
      const found = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].filter(
        ([, name]) => !name.startsWith('xmlns'),
      );
      const made = shape(tag, Object.fromEntries(found.map(([, name, value]) => [name, plain(value)])));
      open.at(-1)?.append(made);
      root ??= made;
      if (!closes) open.push(made);
    }
  }
  if (!root) throw new TypeError('no drawing');
  return root;
}

// A step's figure as a picture to keep: what its canvases show, and its words and lines where they stand on the page.
import { hand } from '../session/save.js';
import { query, queryAll } from '../shell/dom.js';
import { unbroken } from '../shell/i18n.js';
import { get } from '../shell/state.js';

/** Pixels of the picture per CSS px. */
const SCALE = 2;
const MARGIN_PX = 24;
/** What is to be operated is no part of the figure. */
const CONTROLS = '.sliders, .control, button, input, select, label';

/** @param {Element} element */
const isSeen = (element) => !element.closest('.unseen, [hidden]') && !element.closest(CONTROLS);

/**
 * An element's ground and rim.
 * @param {CanvasRenderingContext2D} context
 * @param {Element} element
 * @param {DOMRect} box
 */
function paintBox(context, element, { x, y, width, height }) {
  const style = getComputedStyle(element);
  const rim = parseFloat(style.borderTopWidth);
  const isRound = style.borderTopLeftRadius === '50%';
  context.globalAlpha = Number(style.opacity);
  context.beginPath();
  if (isRound) context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 7);
  else context.rect(x, y, width, height);
  context.fillStyle = style.backgroundColor;
  context.fill();
  if (rim && style.borderTopStyle !== 'none' && width > rim && height > rim) {
    context.lineWidth = rim;
    context.strokeStyle = style.borderTopColor;
    // A rim all around, or a line above.
    if (parseFloat(style.borderLeftWidth)) context.stroke();
    else context.strokeRect(x, y, width, 0);
  }
  context.globalAlpha = 1;
}

/**
 * A text, word by word, each where it stands.
 * @param {CanvasRenderingContext2D} context
 * @param {Text} node
 */
function paintWords(context, node) {
  const style = getComputedStyle(/** @type {Element} */ (node.parentElement));
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  // Not in every browser.
  if ('letterSpacing' in context) context.letterSpacing = style.letterSpacing;
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const { x, y, height } = range.getBoundingClientRect();
    context.fillText(unbroken(word), x, y + height / 2);
  }
}

/**
 * A mark of the legend.
 * @param {CanvasRenderingContext2D} context
 * @param {SVGPathElement} path
 */
function paintMark(context, path) {
  const { viewBox } = /** @type {SVGSVGElement} */ (path.ownerSVGElement);
  const { x, y, width } = /** @type {SVGSVGElement} */ (path.ownerSVGElement).getBoundingClientRect();
  context.save();
  context.translate(x, y);
  context.scale(width / viewBox.baseVal.width, width / viewBox.baseVal.width);
  context.fillStyle = getComputedStyle(path).fill;
  context.fill(new Path2D(path.getAttribute('d') ?? ''));
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Element} host */
function paint(context, host) {
  const walk = document.createTreeWalker(host, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node instanceof Element ? node : /** @type {Element} */ (node.parentElement);
    if (!isSeen(element)) continue;
    const box = element.getBoundingClientRect();
    if (node instanceof Text) paintWords(context, node);
    else if (node instanceof HTMLCanvasElement && box.width && node.width)
      context.drawImage(node, box.x, box.y, box.width, box.height);
    else if (node instanceof SVGPathElement) paintMark(context, node);
    else if (node instanceof HTMLElement && box.width) paintBox(context, node, box);
  }
}

/** Saves the figure of the step that is shown, under its sentence. */
export async function saveFigure() {
  const parts = [query('#learn-sentence'), query('#learn-figure')];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  // The controls stand at the end, and take no room.
  const ends = queryAll('#learn-figure *')
    .filter((element) => isSeen(element) && !element.children.length && element.clientWidth)
    .map((element) => element.getBoundingClientRect().bottom);
  const [head, figure] = boxes;
  const height = head.height + Math.max(...ends) - figure.top + 3 * MARGIN_PX;
  const width = figure.width + 2 * MARGIN_PX;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(width * SCALE), height: Math.round(height * SCALE) });
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, width, height);
  let top = MARGIN_PX;
  parts.forEach((part, i) => {
    context.save();
    context.translate(MARGIN_PX - boxes[i].x, top - boxes[i].y);
    paint(context, part);
    context.restore();
    top += boxes[i].height + MARGIN_PX;
  });
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) hand(blob, 'image/png', `undertone-${get().page}-${get().step}.png`);
}

// Few helpers for the document. Text goes in as text, never as markup.

/**
 * The one element that a selector names; its absence is a fault of the page itself.
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function query(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`index.html lacks ${selector}`);
  return found;
}

/** @template {Element} T @param {string} selector @param {new () => T} type @returns {T} */
export function queryAs(selector, type) {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`index.html lacks ${selector}`);
  return found;
}

/** @param {string} selector @returns {HTMLElement[]} */
export const queryAll = (selector) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]  `class`, `aria-…`, and so on
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * A shape of a drawing.
 * @param {string} tag
 * @param {Record<string, string|number>} [attributes]
 * @param {...(Node|string)} children
 */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * A button with words.
 * @param {string} text
 * @param {string} look  its class
 * @param {() => void} press
 */
export function button(text, look, press) {
  const made = make('button', { type: 'button', class: look }, text);
  made.addEventListener('click', press);
  return made;
}

/**
 * Sets a text in which **bold** and *italic* stand.
 * @param {Element} target
 * @param {string} text
 */
export function rich(target, text) {
  const parts = text.split(/(\*\*[^*]+\*\*|\*[^*]+\*)/);
  target.replaceChildren(
    ...parts.filter(Boolean).map((part) => {
      if (part.startsWith('**')) return make('b', {}, part.slice(2, -2));
      return part.startsWith('*') && part.length > 2 ? make('i', {}, part.slice(1, -1)) : part;
    }),
  );
}

/**
 * A table in which the first cell of each row names it. Columns of numbers stand to the right.
 * @param {string} caption
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(caption, head, rows) {
  const looks = head.map((_, i) =>
    i && rows.length && rows.every((cells) => /^[+−]?\d[\d.,]*$/.test(cells[i])) ? 'figure' : '',
  );
  const row = (/** @type {string[]} */ cells) =>
    make(
      'tr',
      {},
      ...cells.map((cell, i) =>
        i ? make('td', { class: looks[i] }, cell) : make('th', { scope: 'row' }, cell),
      ),
    );
  return make(
    'table',
    { class: 'data' },
    make('caption', { class: 'unseen' }, caption),
    make(
      'thead',
      {},
      make('tr', {}, ...head.map((cell, i) => make('th', { scope: 'col', class: looks[i] }, cell))),
    ),
    make('tbody', {}, ...rows.map(row)),
  );
}

/** Scrolls a list, and nothing else, so that one of its rows is in sight. @param {HTMLElement} list @param {Element|null|undefined} row */
export function bringIntoSight(list, row) {
  if (!row) return;
  const [box, item] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (item.top < box.top) list.scrollTop -= box.top - item.top;
  else if (item.bottom > box.bottom) list.scrollTop += item.bottom - box.bottom;
}

/** Lets the browser breathe: resolves in a new task, without a timer's delay. */
export const breathe = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });

/** The next frame is painted at most this much later, or the page is not seen, in ms. */
const FRAME_MS = 50;

/** Lets the browser paint what has been changed, unless the page is not seen. */
export const painted = () =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      breathe().then(resolve);
    });
  });

/** Speaks to screen readers. @param {string} text @param {boolean} [urgent] */
export function announce(text, urgent = false) {
  const region = query(urgent ? '#alert' : '#said');
  // Emptied first, so that the same words are said again the next time.
  region.textContent = '';
  setTimeout(() => {
    region.textContent = text.replaceAll('\u00AD', '');
  }, 50);
}

// The level meter while the microphone is open: its bar, its peak, and which word holds.
import { query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { SCALE } from '../sound/level.js';

/** @typedef {ReturnType<typeof import('../sound/level.js').createLevel>} Level */

/** Where a level lies on the meter, 0 to 1. @param {number} db */
const share = (db) => Math.min(1, Math.max(0, (db - SCALE.low) / (SCALE.high - SCALE.low))).toFixed(3);

/** Writes what has changed: what stays as it is costs no layout. */
export function createOnce() {
  /** What was written last, by name. @type {Map<string, string>} */
  const written = new Map();
  return (
    /** @type {string} */ name,
    /** @type {string} */ value,
    /** @type {(value: string) => void} */ write,
  ) => {
    if (written.get(name) === value) return;
    written.set(name, value);
    write(value);
  };
}

/** A further meter like the page's own. @returns {HTMLElement} */
export function anotherMeter() {
  const made = /** @type {HTMLElement} */ (query('#meter').cloneNode(true));
  for (const one of [made, ...made.querySelectorAll('[id]')]) one.removeAttribute('id');
  return made;
}

/** @param {HTMLElement} meter @param {Level} level @returns {() => void} shows the level of now */
export function followLevel(meter, level) {
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (meter.querySelector(`.meter-${name}`));
  const [bar, peak] = [part('bar'), part('peak')];
  const loud = /** @type {HTMLElement} */ (meter.querySelector('[data-zone="loud"]'));
  const once = createOnce();
  return () => {
    // Set on the elements themselves: a custom property would have the styles beneath computed anew.
    once('level', share(level.shown()), (at) => (bar.style.transform = `scaleX(${at})`));
    once('held', share(level.held()), (at) => (peak.style.left = `${Number(at) * 100}%`));
    const zone = level.clipped() ? 'loud' : level.zone();
    const words = level.clipped() ? t('meter.clipped') : t(`meter.${zone}`);
    once('words', words, () => {
      meter.setAttribute('aria-valuetext', words);
      loud.textContent = level.clipped() ? words : t('meter.loud');
      for (const word of meter.querySelectorAll('[data-zone]'))
        word.classList.toggle('here', word.getAttribute('data-zone') === zone);
    });
    once('value', String(Math.round(Math.max(SCALE.low, level.shown()))), (value) =>
      meter.setAttribute('aria-valuenow', value),
    );
  };
}

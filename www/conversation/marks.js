// The marks of voices: a shape and a colour each, hollow where a score is uncertain.
import { shape } from '../shell/dom.js';

/**
 * @param {number} voice  0 nobody's
 * @param {number} x
 * @param {number} y
 * @param {number} size  across, in CSS px
 * @param {string} [look]  further classes
 */
export function mark(voice, x, y, size, look = '') {
  const r = size / 2;
  const name = `voice-mark voice-${voice} ${look}`.trim();
  if (voice === 2) return shape('rect', { class: name, x: x - r, y: y - r, width: size, height: size });
  if (voice === 3) {
    const d = r * 1.25;
    return shape('path', { class: name, d: `M${x} ${y - d}L${x + d} ${y}L${x} ${y + d}L${x - d} ${y}Z` });
  }
  if (voice === 4) {
    const d = r * 1.2;
    return shape('path', {
      class: name,
      d: `M${x} ${y - d}L${x + d} ${y + d * 0.8}L${x - d} ${y + d * 0.8}Z`,
    });
  }
  return shape('circle', { class: name, cx: x, cy: y, r });
}

/** A mark beside words. @param {number} voice @param {string} [look] */
export function markIcon(voice, look = '') {
  const icon = shape('svg', { class: 'mark-icon', viewBox: '0 0 14 14', 'aria-hidden': 'true' });
  icon.append(mark(voice, 7, 7, 9, look));
  return icon;
}

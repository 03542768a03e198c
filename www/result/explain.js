// What each measure is called and what it means, composed from the catalogue: contour word and statistic
// word. Only measures without a contour have a sentence of their own.
/** @import {Feature} from '../types.js' */
import { has, t } from '../shell/i18n.js';

/** Contours whose average can be below zero: their variation takes its sign. */
const SIGNED = /^(logRelF0|F\damplitude|alphaRatio|hammarbergIndex|slope|mfcc|HNR)/;

/**
 * Contour and place of an official name: `mfcc1V_sma3nz_amean` is mfcc1 in the tones.
 * @param {string} name
 */
export function partsOf(name) {
  const [stem] = name.split('_');
  const place = name.includes('_sma3') ? (/(?:UV|V)(?=\d|$)/.exec(stem)?.[0] ?? '') : '';
  return { contour: name.includes('_sma3') ? stem.replace(/(?:UV|V)(?=\d|$)/, '') : '', place };
}

/** @param {string} text */
const upper = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** @param {string} key @param {Record<string, string>} [params] */
const ask = (key, params) => (has(key) ? t(key, params) : '');

/** @param {string} group @returns {string} */
export const groupName = (group) => ask(`group.${group}`) || ask(`family.${group}`) || group;

/** What a group or a family is, as the second half of a sentence. @param {string} group */
export const groupNote = (group) => upper(ask(`about.${group}`));

/** Which resonance a contour follows, and what of it. @param {string} contour */
function resonance(contour) {
  const [, which = '', what = ''] = /^F(\d)(frequency|bandwidth|amplitude)/.exec(contour) ?? [];
  return { which, what };
}

/** What is measured of it and how it is summed up. @param {Feature} feature */
function detail({ name, statistic }) {
  const { contour } = partsOf(name);
  return [ask(`part.${resonance(contour).what || contour}`), ask(`statistic.${statistic}`)]
    .filter(Boolean)
    .join(', ');
}

/** What a contour follows. @param {string} contour */
function follows(contour) {
  const { which, what } = resonance(contour);
  return ask(`contour.${what || contour}`, { which: ask(`resonance.${which}`) });
}

/** A measure's name within its group. @param {Feature} feature */
export const shortName = (feature) => upper(detail(feature)) || groupName(feature.group);

/** A measure's name on its own. @param {Feature} feature */
export const measureName = (feature) =>
  [groupName(feature.group), detail(feature)].filter(Boolean).join(', ');

/** What a measure means, as a sentence. @param {Feature} feature */
export function explanation({ name, statistic }) {
  const { contour, place } = partsOf(name);
  if (!contour) return ask(`explain.${name}`);
  const key = statistic === 'variation-coefficient' && SIGNED.test(contour) ? 'signed' : statistic;
  return upper(
    ask(`meaning.${key}`, { x: follows(contour), it: ask(`noun.${contour}`), where: ask(`place.${place}`) }),
  );
}

/** @param {string} unit */
export const unitName = (unit) => ask(`unit.${unit}`) || unit;

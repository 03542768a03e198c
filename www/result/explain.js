// What each measure is called and what it means, composed from the catalogue: a word for the low-level
// descriptor (LLD) and one for the statistic. Only measures that no LLD is behind have a sentence of their own.
/** @import {Feature} from '../types.js' */
import { capital, has, t } from '../shell/i18n.js';

/** LLDs whose average can be below zero: their variation takes its sign. */
const SIGNED = /^(logRelF0|F\damplitude|alphaRatio|hammarbergIndex|slope|mfcc|HNR)/;

/**
 * The LLD in an official name, without its smoothing, and the frames that it is kept to: `mfcc1V_sma3nz_amean` is mfcc1 in
 * the tones.
 * @param {string} name
 */
export function partsOf(name) {
  const [stem] = name.split('_');
  const place = name.includes('_sma3') ? (/(?:UV|V)(?=\d|$)/.exec(stem)?.[0] ?? '') : '';
  return { lld: name.includes('_sma3') ? stem.replace(/(?:UV|V)(?=\d|$)/, '') : '', place };
}

/** @param {string} key @param {Record<string, string>} [params] */
const ask = (key, params) => (has(key) ? t(key, params) : '');

/** @param {string} group @returns {string} */
export const groupName = (group) => ask(`group.${group}`) || ask(`family.${group}`) || group;

/** What a group or a family is, as the second half of a sentence. @param {string} group */
export const groupNote = (group) => capital(ask(`about.${group}`));

/** Which resonance an LLD follows, and what of it. @param {string} lld */
function resonance(lld) {
  const [, which = '', what = ''] = /^F(\d)(frequency|bandwidth|amplitude)/.exec(lld) ?? [];
  return { which, what };
}

/** What is measured of it and how it is summed up. @param {Feature} feature */
function detail({ name, statistic }) {
  const { lld } = partsOf(name);
  return [ask(`part.${resonance(lld).what || lld}`), ask(`statistic.${statistic}`)]
    .filter(Boolean)
    .join(', ');
}

/** What an LLD follows. @param {string} lld */
function follows(lld) {
  const { which, what } = resonance(lld);
  return ask(`lld.${what || lld}`, { which: ask(`resonance.${which}`) });
}

/** A measure's name within its group. @param {Feature} feature */
export const shortName = (feature) => capital(detail(feature)) || groupName(feature.group);

/** A measure's name on its own. @param {Feature} feature */
export const measureName = (feature) =>
  [groupName(feature.group), detail(feature)].filter(Boolean).join(', ');

/** What a measure means, as a sentence. @param {Feature} feature */
export function explanation({ name, statistic }) {
  const { lld, place } = partsOf(name);
  if (!lld) return ask(`explain.${name}`);
  const key = statistic === 'variation-coefficient' && SIGNED.test(lld) ? 'signed' : statistic;
  return capital(
    ask(`meaning.${key}`, { x: follows(lld), it: ask(`noun.${lld}`), where: ask(`place.${place}`) }),
  );
}

/** Quantities without a unit. */
const NO_UNIT = ['1', 'magnitude', 'cepstral', 'loudness'];

/** A unit's name; empty where there is none. @param {string} unit */
export function unitName(unit) {
  if (NO_UNIT.includes(unit)) return '';
  return ask(`unit.${unit.replace(/^\w+(?=\/s$)/, (one) => (NO_UNIT.includes(one) ? '1' : one))}`) || unit;
}

/** What a value of some unit looks like beside words. @param {string} value @param {string} unit */
export const withUnit = (value, unit) => [value, unitName(unit)].filter(Boolean).join(' ');

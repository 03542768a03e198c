// One measure of an opened group: its name and meaning, its value with unit, and how unusual it is among the
// reference recordings, as a strip: a line from the lowest to the highest, thick in the middle half, a disc
// for this voice.
/** @import {Feature} from '../types.js' */
/** @import {Row} from './reason-rows.js' */
/** @import {Attribution} from './attribution.js' */
import { make } from '../shell/dom.js';
import { hertz } from '../shell/format.js';
import { number, shortNumber, t } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { explanation, groupNote, measureName, shortName, withUnit } from './explain.js';
import { DIGITS } from './reason-rows.js';

/** What an opened group is, before its measures. @param {string} group */
export const about = (group) =>
  make(
    'tr',
    { role: 'row', class: 'about' },
    make(
      'td',
      { role: 'cell' },
      make('p', {}, make('span', {}, groupNote(group))),
      make('p', { class: 'note' }, make('span', {}, `${t('why.strip')} ${t('why.values')}`)),
    ),
  );

/** @param {Row} row @param {Attribution} attribution */
export function featureRow(row, attribution) {
  const { engine, sumBy } = get();
  const feature = /** @type {Feature} */ (engine?.catalogue.features[row.feature]);
  const name = sumBy === 'families' ? measureName(feature) : shortName(feature);
  const of = (/** @type {Attribution['to']} */ { analysis }) => ({
    value: analysis.model_features[feature.name],
    rank: analysis.ranks[feature.name],
  });
  const voices = (attribution.from ? [attribution.from, attribution.to] : [attribution.to]).map(of);
  return make(
    'tr',
    { role: 'row', class: `nested feature ${row.shown < 0 ? 'down' : row.shown > 0 ? 'up' : 'still'}` },
    make(
      'th',
      { role: 'rowheader', scope: 'row' },
      make('span', { class: 'feature-name' }, name),
      make('span', { class: 'explained' }, explanation(feature)),
    ),
    make('td', { role: 'presentation', class: 'bar', 'aria-hidden': 'true' }),
    make(
      'td',
      { role: 'cell', class: 'rank' },
      ...strip(voices.map(({ rank }) => rank)),
      values(
        feature,
        voices.map(({ value }) => value),
      ),
    ),
    make('td', { role: 'cell', class: 'value' }, number(row.shown, DIGITS, true)),
  );
}

/** A share as one of a hundred. @param {number} share */
const percentile = (share) => Math.round(share * 100);

/** @param {(number|null)[]} ranks of the start, if there is one, and of this voice */
function strip(ranks) {
  const known = ranks.filter((rank) => rank !== null);
  if (known.length < ranks.length) return [];
  const places = known.map(percentile);
  const [p, q] = places;
  const line = make(
    'span',
    { class: 'strip', 'aria-hidden': 'true' },
    ...places.map((place, i) => {
      const disc = make('span', { class: i === places.length - 1 ? 'strip-disc' : 'strip-disc start' });
      disc.style.setProperty('--at', String(place / 100));
      return disc;
    }),
  );
  const seen = q === undefined ? t('why.rank', { p }) : t('why.rankTwo', { p, q });
  const said = q === undefined ? t('why.lower', { p }) : t('why.lowerTwo', { p, q });
  return [
    line,
    make('span', { class: 'rank-words', 'aria-hidden': 'true' }, seen),
    make('span', { class: 'unseen' }, said),
  ];
}

/** The values with their unit; a pitch in Hz, too. @param {Feature} feature @param {number[]} values */
function values({ unit, statistic }, values) {
  const text = withUnit(values.map(shortNumber).join(' → '), unit);
  const isHeight = unit === 'st' && /^(mean|percentile\d+)$/.test(statistic);
  const inHertz = values.map((value) => number(hertz(value), 0)).join(' → ');
  return make('span', { class: 'measured' }, isHeight ? `${text} (${inHertz} Hz)` : text);
}

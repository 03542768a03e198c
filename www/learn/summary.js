// Step 6: one low-level descriptor over time, its histogram and the functionals that summarise it; then the percentile
// rank of each of the 88 features among the training voices.
/** @import {Feature} from '../types.js' */
/** @import {Figure, FigureContext} from './parts.js' */
import { explanation, groupName, measureName, withUnit } from '../result/explain.js';
import { button, make } from '../shell/dom.js';
import { percent, shortNumber, t } from '../shell/i18n.js';
import { board, slider, surfaceOf } from './parts.js';

/** Index of the feature that is the chosen descriptor's mean. */
let meanIndex = -1;
/** Index of the chosen feature, and the sound that it was chosen for. */
let chosen = -1;
let of = 0;

/** @param {Feature} feature a mean: what is left of its name is its descriptor's */
const lldName = (feature) => measureName(feature).replace(`, ${t('statistic.mean')}`, '');

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound, engine }) {
  const { catalogue, model, wasm } = engine;
  const { features, lesson } = sound;
  if (meanIndex < 0)
    meanIndex = catalogue.features.findIndex(
      ({ lld, statistic }) => lld === 'Loudness_sma3' && statistic === 'mean',
    );
  const write = (/** @type {number} */ value, /** @type {string} */ unit) =>
    withUnit(shortNumber(value), unit);

  const turned = board('tall turned');
  const labels = make('div', { class: 'turned-labels', 'aria-hidden': 'true' });
  turned.box.append(labels);
  const words = make('p', { class: 'reading' });
  const choice = make(
    'select',
    {},
    ...Array.from(wasm.Lesson.summaries(), (index) => {
      const option = make('option', { value: String(index) }, lldName(catalogue.features[index]));
      option.selected = index === meanIndex;
      return option;
    }),
  );
  choice.addEventListener('change', () => {
    meanIndex = Number(choice.value);
    draw();
  });

  const ranks = Object.values(model.ranks(features));
  // From far below to far above what is usual.
  const order = features.length
    ? [...features.keys()].sort((a, b) => (ranks[a] ?? 0.5) - (ranks[b] ?? 0.5))
    : [];
  const unusual = [order[0], order[order.length - 1]].reduce((a, b) =>
    Math.abs((ranks[b] ?? 0.5) - 0.5) > Math.abs((ranks[a] ?? 0.5) - 0.5) ? b : a,
  );
  if (of !== sound.id || chosen < 0) [of, chosen] = [sound.id, order[Math.floor(order.length / 2)]];
  const rows = catalogue.families.map((family) => ({
    family,
    members: order.filter((index) => catalogue.features[index].family === family),
  }));
  const among = board('ranks');
  among.box.style.setProperty('--rows', String(rows.length));
  const familyNames = make(
    'div',
    { class: 'rank-names', 'aria-hidden': 'true' },
    ...rows.map(({ family }) => make('span', {}, groupName(family))),
  );
  const place = (/** @type {number} */ index) => t('learn.numbers.place', { p: percent(ranks[index], 0) });
  const through = slider({
    name: t('learn.numbers.through'),
    min: 0,
    max: order.length - 1,
    step: 1,
    value: order.indexOf(chosen),
    say: (value) => `${measureName(catalogue.features[order[value]])}: ${place(order[value])}`,
    show: () => '',
    move: (value) => {
      chosen = order[value];
      draw();
    },
  });
  const number88 = make('p', { class: 'reading tall' });
  const find = button(t('learn.numbers.find'), 'word', () => {
    chosen = unusual;
    through.set(order.indexOf(chosen));
    draw();
  });
  host.append(
    make('label', { class: 'choice' }, t('learn.numbers.lld'), choice),
    turned.box,
    words,
    make('p', { class: 'figure-name spaced' }, t('learn.numbers.among')),
    make(
      'div',
      { class: 'ranks-sheet' },
      familyNames,
      make(
        'div',
        {},
        among.box,
        make(
          'p',
          { class: 'ends', 'aria-hidden': 'true' },
          make('span', {}, t('learn.numbers.low')),
          make('span', {}, t('learn.numbers.high')),
        ),
      ),
    ),
    make('div', { class: 'sliders one' }, through.element),
    number88,
    make('p', { class: 'figure-way' }, find),
  );

  function draw() {
    const surface = surfaceOf(turned.canvas);
    const lldRight = surface.width * 0.68;
    const { unit } = catalogue.features[meanIndex];
    const sum = lesson.drawSummary(turned.canvas, {
      ...surface,
      feature: meanIndex,
      lldRight,
      histogramLeft: lldRight + 16,
    });
    const marks = [
      { y: sum.meanY, text: t('statistic.mean'), bold: true },
      ...(sum.percentilesY ?? []).map((y, k) => ({
        y,
        text: t(/** @type {const} */ (['learn.numbers.p20', 'learn.numbers.p50', 'learn.numbers.p80'])[k]),
        bold: false,
      })),
    ];
    labels.replaceChildren(
      ...apart(marks, parseFloat(getComputedStyle(labels).lineHeight), surface.height).map(
        ({ y, text, bold }) => {
          const label = make(bold ? 'b' : 'span', {}, text);
          label.style.setProperty('--y', String(y));
          return label;
        },
      ),
    );
    const name = lldName(catalogue.features[meanIndex]);
    const parts = [t('learn.numbers.mean', { x: write(sum.mean, unit) })];
    if (sum.spread !== null) parts.push(t('learn.numbers.spread', { x: write(sum.spread, unit) }));
    if (sum.percentiles)
      parts.push(
        t('learn.numbers.ends', { lo: write(sum.percentiles[0], unit), hi: write(sum.percentiles[2], unit) }),
      );
    words.textContent = `${name}: ${parts.join('; ')}.`;
    turned.box.setAttribute('aria-label', words.textContent);

    const ranksSurface = surfaceOf(among.canvas);
    const rowHeight = ranksSurface.height / rows.length;
    wasm.drawRanks(among.canvas, {
      ...ranksSurface,
      rows: rows.map(({ members }, k) => ({
        top: k * rowHeight,
        height: rowHeight,
        ticks: members.map((index) => ranks[index] ?? NaN),
        marked: members.includes(chosen) ? members.indexOf(chosen) : null,
      })),
    });
    const feature = catalogue.features[chosen];
    number88.replaceChildren(
      make('b', {}, measureName(feature)),
      `: ${write(features[chosen], feature.unit)}. ${place(chosen)} ${explanation(feature)}`,
    );
    among.box.setAttribute(
      'aria-label',
      t('learn.numbers.alt', {
        n: order.filter((index) => (ranks[index] ?? 0.5) < 0.05 || (ranks[index] ?? 0.5) > 0.95).length,
        number: number88.textContent ?? '',
      }),
    );
  }
  return { draw };
}

/**
 * Moves labels apart that would lie on each other.
 * @template {{y: number}} T
 * @param {T[]} marks
 * @param {number} room
 * @param {number} height
 * @returns {T[]}
 */
export function apart(marks, room, height) {
  const sorted = marks.map((mark) => ({ ...mark })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < sorted.length; k += 1) sorted[k].y = Math.max(sorted[k].y, sorted[k - 1].y + room);
  for (let k = sorted.length - 1, limit = height - room / 2; k >= 0; k -= 1) {
    sorted[k].y = Math.min(sorted[k].y, limit);
    limit = sorted[k].y - room;
  }
  return sorted;
}

// Step 7: the network narrows 88 numbers down to two; a slider per group shows how the place on the map
// depends on it.
/** @import {Figure, FigureContext} from './parts.js' */
import { endWords } from '../engine/map-axis.js';
import { groupName } from '../result/explain.js';
import { heightOf } from '../result/map.js';
import { button, make } from '../shell/dom.js';
import { number, scoreText, t } from '../shell/i18n.js';
import { board, slider, surfaceOf } from './parts.js';

const MOST = 3;
/** How many sliders are shown at first. */
const FEW = 6;
const INSET_PX = 20;
let all = false;
/** Standard deviations per group, in the catalogue's order, and whose they are. */
let shifts = new Float64Array(0);
let of = 0;
let last = '';

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound, engine }) {
  const { model, catalogue, wasm } = engine;
  if (of !== sound.id) {
    shifts = new Float64Array(catalogue.groups.length);
    [of, last] = [sound.id, ''];
  }
  const network = board('network');
  const counts = make('div', { class: 'layer-counts', 'aria-hidden': 'true' });
  const map = board('small-map');
  const words = make('p', { class: 'reading' });
  // Where the voice lands as it was recorded.
  const start = model.drawLayers(
    document.createElement('canvas'),
    sound.features,
    new Float64Array(shifts.length),
    { ...surfaceOf(network.canvas), width: 300, height: 200 },
  );
  let landed = start;
  // Those that move this voice's score most come first.
  const { baseline } = engine.info;
  const { groups: reasons } = model.predict(sound.features).contributions;
  const order = catalogue.groups
    .map((group, i) => ({ group, i }))
    .sort((a, b) => Math.abs(reasons[b.group]) - Math.abs(reasons[a.group]));
  const sliders = order.map(({ group, i }) => {
    const one = slider({
      name: groupName(group),
      min: -MOST,
      max: MOST,
      step: 0.25,
      value: shifts[i],
      say: (value) => t('learn.layers.shift', { d: number(value, 2, true), s: scoreText(landed.activation) }),
      show: (value) => number(value, 2, true),
      move: (value) => {
        shifts[i] = value;
        last = group;
        draw();
      },
    });
    return { ...one, i };
  });
  const list = make(
    'div',
    { class: 'sliders groups' },
    ...sliders.map(({ element }, at) => {
      element.hidden = at >= FEW && !all;
      return element;
    }),
  );
  const more = button(t(all ? 'learn.layers.fewer' : 'learn.layers.all'), 'word', () => {
    all = !all;
    sliders.forEach(({ element }, at) => {
      element.hidden = at >= FEW && !all;
    });
    more.textContent = t(all ? 'learn.layers.fewer' : 'learn.layers.all');
  });
  const back = button(t('learn.layers.back'), 'word', () => {
    shifts.fill(0);
    last = '';
    draw();
    for (const one of sliders) one.set(0);
  });
  host.append(
    make(
      'div',
      { class: 'side-by-side map-stays' },
      make('div', {}, make('p', { class: 'figure-name' }, t('learn.layers.network')), network.box, counts),
      make(
        'div',
        {},
        make('p', { class: 'figure-name' }, t('map.name')),
        map.box,
        make(
          'p',
          { class: 'ends', 'aria-hidden': 'true' },
          ...endWords('score').map((word) => make('i', {}, word)),
        ),
      ),
    ),
    words,
    make('p', { class: 'figure-name control' }, t('learn.layers.turn')),
    list,
    make('p', { class: 'figure-way' }, more, back),
  );

  function draw() {
    landed = model.drawLayers(network.canvas, sound.features, shifts, {
      ...surfaceOf(network.canvas),
      group: last || null,
    });
    counts.replaceChildren(
      ...landed.layers.map(([from, to], k) => {
        const count = make('span', {}, number(LAYERS[k], 0));
        count.style.setProperty('--at', String((from + to) / 2));
        return count;
      }),
    );
    const { width } = surfaceOf(map.canvas);
    const axis = { left: INSET_PX, right: width - INSET_PX };
    map.box.style.setProperty('--map-height', String(heightOf(engine, axis)));
    const moved = shifts.some((shift) => shift !== 0);
    const n = sound.number || 1;
    const here = { u: landed.score_axis, v: landed.other_axis, number: n, current: true };
    wasm.drawEmbedding(map.canvas, model, {
      ...surfaceOf(map.canvas),
      axis,
      dotsBy: 'none',
      hidden: [],
      maxDots: 400,
      utterances: moved
        ? [{ u: start.score_axis, v: start.other_axis, number: n, current: false }, here]
        : [here],
      guides: [{ score: baseline, dashed: true }, { score: landed.activation }],
    });
    const at = {
      s: scoreText(landed.activation),
      avg: scoreText(baseline),
      before: scoreText(start.activation),
    };
    words.textContent = t(moved ? 'learn.layers.moved' : 'learn.layers.still', at);
    network.box.setAttribute(
      'aria-label',
      t('learn.layers.alt', { a: number(landed.from_average[0], 2), b: number(landed.from_average[1], 2) }),
    );
    map.box.setAttribute('aria-label', `${t('map.name')}. ${words.textContent}`);
  }
  return { draw };
}

const LAYERS = [88, 40, 20, 10, 2];

// Step 8: the four training objectives: the same voices in the map of each model; only one has the guide line.
/** @import {Figure, FigureContext} from './parts.js' */
import { endWords } from '../engine/map-axis.js';
import { modelWords } from '../engine/model-choice.js';
import { emotionName } from '../result/emotions.js';
import { markDrawing } from '../result/legend-marks.js';
import { PLACES, heightOf } from '../result/map.js';
import { breathe, make, rich } from '../shell/dom.js';
import { scoreText, t } from '../shell/i18n.js';
import { board, surfaceOf } from './parts.js';

const INSET_PX = 18;

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound, engines }) {
  const n = sound.number || 1;
  const maps = engines.map((engine) => {
    const { title, text } = modelWords(engine.info.objective);
    const { box, canvas } = board('small-map');
    const name = make('h2', {}, title.replace(/\.$/, ''));
    const what = make('p', { class: 'note' });
    rich(what, text);
    const ends = make(
      'p',
      { class: 'ends', 'aria-hidden': 'true' },
      ...endWords(engine.info.map.axis).map((word) => make('i', {}, word)),
    );
    return {
      engine,
      title,
      box,
      canvas,
      landed: engine.model.predict(sound.features),
      element: make('div', {}, name, what, box, ends),
    };
  });
  const kinds = [...new Set(maps.flatMap(({ engine }) => engine.cloud.emotions))];
  const key = make(
    'ul',
    { class: 'key' },
    ...kinds.map((emotion) => make('li', {}, markDrawing(emotion), ` ${emotionName(emotion)}`)),
  );
  host.append(
    make('div', { class: 'four-maps' }, ...maps.map(({ element }) => element)),
    make('p', { class: 'note key-name' }, t('learn.models.key')),
    key,
  );

  let turn = 0;
  async function draw() {
    const mine = (turn += 1);
    for (const { engine, title, box, canvas, landed } of maps) {
      // The first look at each map estimates how densely its voices lie: one at a time, so that the page
      // never stands still.
      await breathe();
      if (mine !== turn || !canvas.clientWidth) return;
      const axis = { left: INSET_PX, right: surfaceOf(canvas).width - INSET_PX };
      box.style.setProperty('--map-height', String(heightOf(engine, axis)));
      const isScored = engine.info.map.axis === 'score';
      const start = { score: engine.info.baseline, dashed: true };
      engine.wasm.drawEmbedding(canvas, engine.model, {
        ...surfaceOf(canvas),
        axis,
        dotsBy: 'emotion',
        hidden: [],
        maxDots: 400,
        utterances: [{ u: landed.score_axis, v: landed.other_axis, number: n, current: true }],
        guides: isScored ? [start, { score: landed.activation }] : [],
      });
      const place = t(PLACES[engine.model.densityClass(landed.score_axis, landed.other_axis)]);
      const seen = isScored
        ? t('learn.models.altScore', { s: scoreText(landed.activation), place })
        : t('learn.models.alt', { place });
      box.setAttribute('aria-label', `${title} ${seen}`);
    }
  }
  return { draw: () => void draw() };
}

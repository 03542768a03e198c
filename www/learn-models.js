// Step 8: four ways to teach the network. The same voices lie in four small maps; only one has the plumb line.
/** @import {Figure, Stage} from './learn-parts.js' */
import { make, rich } from './dom.js';
import { number, t } from './i18n.js';
import { board, surfaceOf } from './learn-parts.js';

const INSET_PX = 16;
const MAP_PX = 210;

/** @param {Stage} stage @returns {Figure} */
export function show({ host, sound, engine }) {
  const { box, canvas } = board('tall');
  const words = make('p', { class: 'reading' });
  host.append(box, words);
  function draw() {
    void [sound, engine, canvas, INSET_PX, MAP_PX, number, rich, surfaceOf, t];
  }
  return { draw };
}

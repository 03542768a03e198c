// Choosing a model, and saying what its training was. Choosing reads every recording anew from its 88
// measures; nothing is measured again. The choice stands in the address, so that a link can carry it; nothing
// is stored.
/** @import {Objective} from '../types.js' */
import { announce, breathe, make, query, queryAs, rich } from '../shell/dom.js';
import { fail } from '../shell/errors.js';
import { t } from '../shell/i18n.js';
import { get, set, watch } from '../shell/state.js';
import { use, withModel } from './engine.js';
import { kind } from './map-axis.js';
import { DEFAULT, OBJECTIVES, modelNamed } from './models.js';
import { shownBy } from './predict.js';

/** The model that the address asks for. */
export const wanted = () => modelNamed(new URLSearchParams(location.search).get('model'));

/** What a model is called, and what its training was. @param {string} objective */
export function modelWords(objective) {
  const [title, text] = t(`model.${modelNamed(objective)}`).split('|');
  return { title, text };
}

/** Its name within a sentence. @param {string} objective */
function shortName(objective) {
  const { title } = modelWords(objective);
  return title.charAt(0).toLocaleLowerCase() + title.slice(1).replace(/\.$/, '');
}

/** The sentence and the lead where the model gives no score. */
export function placeWords() {
  const { title, text } = modelWords(get().engine?.info.objective ?? DEFAULT);
  return { sentence: title, lead: kind() === 'free' ? `${text} ${t('model.noScore')}` : text };
}

/** Of two choices in quick succession the last one counts. */
let turn = 0;

/** @param {Objective} objective */
async function choose(objective) {
  const { engine } = get();
  if (!engine) {
    // Another model did not load, and nothing has been measured: the page begins anew with this one.
    keep(objective);
    return location.reload();
  }
  if (engine.info.objective === objective) return;
  const mine = (turn += 1);
  try {
    const next = await withModel(engine.wasm, objective);
    // Many recordings are read one by one, so that the page never stands still.
    const read = new Map();
    for (const recording of get().recordings) {
      if (turn !== mine) return;
      read.set(recording, shownBy(recording, next, get().acoustics));
      await breathe();
    }
    if (turn !== mine) return;
    const { recordings, deleted, acoustics } = get();
    const anew = (/** @type {import('../types.js').Recording} */ recording) =>
      read.get(recording) ?? shownBy(recording, next, acoustics);
    use(Promise.resolve(next));
    set({
      engine: next,
      recordings: recordings.map(anew),
      deleted: deleted && anew(deleted),
      single: null,
      opened: [],
    });
    keep(objective);
    const n = recordings.filter(({ measures }) => measures).length;
    const { title, text } = modelWords(objective);
    announce(`${title} ${text} ${t(n === 1 ? 'say.readOne' : 'say.read', { n })}`);
  } catch (error) {
    fail(error);
    show();
  }
}

/** @param {Objective} objective */
function keep(objective) {
  const address = new URL(location.href);
  if (objective === DEFAULT) address.searchParams.delete('model');
  else address.searchParams.set('model', objective);
  history.replaceState(history.state, '', address);
}

function show() {
  const choice = queryAs('#model-choice', HTMLSelectElement);
  const objective = get().engine?.info.objective ?? wanted();
  choice.replaceChildren(...OBJECTIVES.map((one) => make('option', { value: one }, shortName(one))));
  choice.value = objective;
  // Elsewhere the headline says it.
  const { title, text } = modelWords(objective);
  query('#model-note').hidden = kind() !== 'score';
  rich(query('#model-note'), `**${title}** ${text}`);
}

export function start() {
  const choice = queryAs('#model-choice', HTMLSelectElement);
  choice.addEventListener('change', () => void choose(modelNamed(choice.value)));
  watch(['engine'], show);
}

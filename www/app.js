// Starts the page: one store, views that subscribe. What records and scores is loaded at once, the rest after it.
import { fetchAll, load, use } from './engine/engine.js';
import * as modelChoice from './engine/model-choice.js';
import { fetchReader } from './engine/reader.js';
import * as acoustics from './result/acoustics.js';
import * as figure from './result/figure.js';
import { offer } from './result/problem.js';
import * as result from './result/result.js';
import { addFiles } from './session/incoming.js';
import * as progressLines from './session/progress-lines.js';
import { breathe, query, queryAs } from './shell/dom.js';
import { CodedError, cannotListen, fail, nameOf } from './shell/errors.js';
import * as i18n from './shell/i18n.js';
import * as router from './router.js';
import { get, set, watch } from './shell/state.js';
import * as theme from './shell/theme.js';
import * as capture from './sound/capture.js';
import { accept } from './sound/files.js';
import * as microphoneChoice from './record/microphone-choice.js';
import { followDevices, press } from './record/record.js';
import * as recorder from './record/recorder.js';

/**
 * What a recording and its score need. In this order: the address says which page is shown before the pages fill
 * themselves.
 */
const PARTS = [i18n, theme, acoustics, router, recorder, microphoneChoice, result, progressLines, figure];

/**
 * On a wide screen what stands beside the result belongs to the voice's column, and the legend to the map's margin; tab
 * order follows what is seen.
 */
function arrange() {
  const [wide, narrow] = [matchMedia('(min-width: 1100px)'), matchMedia('(max-width: 599.98px)')];
  const [side, voice, page] = [query('#side'), query('#voice'), query('#page-record')];
  const [legend, map, why, notes] = [
    query('#legend-part'),
    query('#panel-map'),
    query('#why'),
    query('#map-notes'),
  ];
  const [inputs, ways, flags] = [query('#inputs'), query('#ways-in'), query('#flags')];
  let placed = '';
  const place = () => {
    // What has the focus would lose it by being moved, so nothing is moved in vain.
    const isFirst = narrow.matches && !get().recordings.length;
    const wanted = [wide.matches, narrow.matches, isFirst].join();
    if (wanted === placed) return;
    placed = wanted;
    (wide.matches ? voice : page).append(side);
    // Nothing that can be pressed stands between the map and the reasons, where the lines fall; on a phone no words.
    if (wide.matches) map.append(legend);
    else why.after(legend);
    if (narrow.matches) why.after(notes);
    else map.prepend(notes);
    // There the options come last, and the ways to a first sound under the sentence.
    if (narrow.matches) side.append(inputs);
    else side.prepend(inputs);
    if (isFirst) flags.after(ways);
    else inputs.prepend(ways);
  };
  for (const size of [wide, narrow]) size.addEventListener('change', place);
  watch(['recordings'], place);
  const sized = new ResizeObserver(([{ contentRect }]) => {
    page.style.setProperty('--voice-height', `${contentRect.height}px`);
  });
  sized.observe(voice);
}

/** Fewer letters' heights across are too few for two texts beside each other. */
const NARROWEST_REM = 18;

/** Says to the style sheets when text is large for the window, and how much of the window the bar at the foot covers. */
function followText() {
  const root = document.documentElement;
  const bar = query('#recorder');
  const follow = () => {
    const rem = parseFloat(getComputedStyle(root).fontSize);
    root.classList.toggle('large-text', root.clientWidth < NARROWEST_REM * rem);
    root.style.setProperty('--bar-height', `${bar.offsetHeight}px`);
  };
  const sized = new ResizeObserver(follow);
  // The name's size is that of the text.
  for (const one of [root, bar, query('#top .brand')]) sized.observe(one);
}

/** Whether and how this device can record. */
async function readyToRecord() {
  const impossible = capture.impossible();
  if (impossible) return set({ cannot: cannotListen(impossible) });
  try {
    await capture.prepare();
  } catch (error) {
    set({ cannot: cannotListen(error instanceof CodedError ? 'worklet' : 'unsupported', nameOf(error)) });
  }
  await followDevices();
}

/** @type {Promise<void>|undefined} */
let lesson;

/** Loads the lesson. That it does not come is said where it is wanted. */
const loadLesson = () =>
  (lesson ??= import('./learn/lesson.js').then(
    ({ arrive, start }) => {
      start();
      router.onLearn(arrive);
    },
    (error) =>
      watch(['page'], () => {
        if (get().page !== 'learn') return;
        // There is nothing to be seen of it, so it is said where everything is said.
        fail(new CodedError('load', { part: 'lesson.js' }, error));
        set({ page: 'record' });
      }),
  ));

/**
 * Loads and starts the parts that no recording waits for, and keeps the page once everything else is loaded.
 * @returns {Promise<boolean>} whether everything is there
 */
async function loadRest() {
  // First what buttons wait for that can already be seen.
  const further = import('./further-parts.js').catch((error) => {
    throw new CodedError('load', { part: 'further-parts.js' }, error);
  });
  const others = [fetchAll(), fetchReader(), loadLesson(), i18n.loadAllWords()];
  const started = further.then(({ start }) => start());
  const parts = await Promise.allSettled([started, ...others]);
  const failed = parts.find((part) => part.status === 'rejected');
  if (failed) {
    fail(failed.reason);
    return false;
  }
  await (await further).keep();
  return true;
}

/**
 * Makes the page ready to record and to score, then loads everything else that is ever loaded.
 * @param {ReturnType<typeof load>} engine
 */
async function loadAll(engine) {
  use(engine);
  try {
    set({ engine: await engine });
  } catch (error) {
    fail(error);
  }
  await breathe();
  await readyToRecord();
  performance.mark('ready to record');
  const complete = await loadRest();
  // For whoever drives the page from outside: everything that is ever loaded has been.
  document.documentElement.dataset.ready = String(complete && get().engine !== null);
}

async function start() {
  // Both at once: the page cannot say what is wrong before it has words.
  const engine = load(modelChoice.wanted());
  engine.catch(() => {});
  await i18n.prepare();
  document.documentElement.classList.add('on');
  for (const part of PARTS) part.start();
  offer({ again: press });
  arrange();
  followText();
  accept(addFiles, queryAs('#files', HTMLInputElement));
  query('#open').addEventListener('click', () => query('#files').click());
  window.addEventListener('error', ({ error }) => error && fail(error));
  window.addEventListener('unhandledrejection', ({ reason }) => fail(reason));
  watch(['page'], () => {
    if (get().page === 'learn') void loadLesson();
  });
  void loadAll(engine);
}

void start();

// Starts the page: one store, views that subscribe, the measuring part loaded at once.
import { fetchAll, load, use } from './engine/engine.js';
import * as modelChoice from './engine/model-choice.js';
import * as modelCard from './privacy/model-card.js';
import * as policyRules from './privacy/policy-rules.js';
import * as selfCheck from './privacy/self-check.js';
import * as acoustics from './result/acoustics.js';
import * as compare from './result/compare.js';
import * as figure from './result/figure.js';
import * as measures from './result/measures.js';
import * as picture from './result/picture.js';
import { offer } from './result/problem.js';
import * as result from './result/result.js';
import * as tables from './result/tables.js';
import { addFiles } from './session/incoming.js';
import * as list from './session/list.js';
import * as progressLines from './session/progress-lines.js';
import * as save from './session/save.js';
import { breathe, query, queryAs } from './shell/dom.js';
import { CodedError, cannotListen, fail, nameOf } from './shell/errors.js';
import * as i18n from './shell/i18n.js';
import * as offline from './shell/offline.js';
import * as router from './router.js';
import * as shortcuts from './shortcuts.js';
import { get, set, watch } from './shell/state.js';
import * as theme from './shell/theme.js';
import * as capture from './sound/capture.js';
import * as examples from './record/examples.js';
import { accept } from './sound/files.js';
import * as microphoneChoice from './record/microphone-choice.js';
import { discard, followDevices, press } from './record/record.js';
import * as recorder from './record/recorder.js';

/** In this order: the address says which page is shown before the pages fill themselves. */
const PARTS = [
  i18n,
  theme,
  acoustics,
  router,
  policyRules,
  modelCard,
  recorder,
  microphoneChoice,
  result,
  progressLines,
  picture,
  list,
  compare,
  measures,
  figure,
  tables,
  modelChoice,
  save,
  shortcuts,
  examples,
  selfCheck,
  offline,
];

/**
 * On a wide screen what stands beside the result belongs to the voice's column; tab order follows what is
 * seen.
 */
function arrange() {
  const wide = matchMedia('(min-width: 1100px)');
  const [side, voice, page] = [query('#side'), query('#voice'), query('#page-record')];
  const place = () => (wide.matches ? voice : page).append(side);
  wide.addEventListener('change', place);
  place();
  const sized = new ResizeObserver(([{ contentRect }]) => {
    page.style.setProperty('--voice-height', `${contentRect.height}px`);
  });
  sized.observe(voice);
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
        if (get().page === 'learn') fail(new CodedError('load', { part: 'lesson.js' }, error));
      }),
  ));

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
  await Promise.all([fetchAll(), loadLesson(), i18n.loadAllWords()]);
  await offline.keep();
  // For whoever drives the page from outside: everything that is ever loaded has been.
  document.documentElement.dataset.ready = String(get().engine !== null);
}

async function start() {
  // Both at once: the page cannot say what is wrong before it has words.
  const engine = load(modelChoice.wanted());
  engine.catch(() => {});
  await i18n.prepare();
  document.documentElement.classList.add('on');
  for (const part of PARTS) part.start();
  offer({ again: press, example: examples.choose });
  list.onForget(discard);
  arrange();
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

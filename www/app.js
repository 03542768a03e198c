// Starts the page: one store, views that subscribe, the measuring part loaded at once.
import * as capture from './sound/capture.js';
import * as compare from './result/compare.js';
import { breathe, one, table, typed } from './shell/dom.js';
import { open as openDialog } from './shell/dialog.js';
import { Trouble, cannotListen, cannotLoad, nameOf } from './shell/errors.js';
import * as acoustics from './result/acoustics.js';
import { fetchAll, load } from './engine/engine.js';
import * as examples from './sound/examples.js';
import * as figure from './result/figure.js';
import { accept } from './sound/files.js';
import * as i18n from './shell/i18n.js';
import * as keys from './shell/shortcuts.js';
import * as learn from './learn/lesson.js';
import * as list from './session/list.js';
import { rows as mapRows } from './result/map.js';
import * as measures from './result/measures.js';
import { kind } from './engine/map-axis.js';
import * as models from './engine/models.js';
import * as offline from './shell/offline.js';
import * as pages from './shell/router.js';
import * as picture from './result/picture.js';
import { rowsOf } from './result/reasons.js';
import * as recorder from './sound/recorder.js';
import { followDevices } from './sound/record.js';
import * as result from './result/result.js';
import * as save from './session/save.js';
import * as selfCheck from './shell/self-check.js';
import { addFiles, fail, use } from './session/session.js';
import { get, set } from './shell/state.js';
import * as theme from './shell/theme.js';

const { t } = i18n;

/** On a wide screen what stands beside the result belongs to the voice's column; tab order follows what is seen. */
function arrange() {
  const wide = matchMedia('(min-width: 1100px)');
  const place = () =>
    wide.matches ? one('#voice').append(one('#side')) : one('#page-record').append(one('#side'));
  wide.addEventListener('change', place);
  place();
  new ResizeObserver(([entry]) =>
    one('#page-record').style.setProperty('--voice-height', `${entry.contentRect.height}px`),
  ).observe(one('#voice'));
}

function tables() {
  one('#figure-table').addEventListener('click', () => {
    const head = [
      t('table.voice'),
      t(kind() === 'score' ? 'table.score' : 'table.across'),
      t('table.other'),
      t('table.emotion'),
      t('table.set'),
      t('table.speaker'),
    ];
    openDialog(t('heading.map'), [table(t('heading.map'), head, mapRows())], []);
  });
  one('#why-table').addEventListener('click', () => {
    const title = one('#heading-why').textContent ?? '';
    openDialog(title, [table(title, [t('table.measure'), t('table.name'), t('table.moves')], rowsOf())], []);
  });
}

/** Whether and how this device can record. */
async function readyToRecord() {
  const impossible = capture.impossible();
  if (impossible) return set({ cannot: cannotListen(impossible) });
  try {
    await capture.prepare();
  } catch (error) {
    set({ cannot: cannotListen(error instanceof Trouble ? 'worklet' : 'unsupported', nameOf(error)) });
  }
  await followDevices();
}

function start() {
  document.documentElement.classList.add('on');
  i18n.start();
  for (const part of [
    theme,
    acoustics,
    pages,
    learn,
    recorder,
    result,
    picture,
    list,
    compare,
    measures,
    figure,
    models,
    save,
    keys,
    examples,
    selfCheck,
    offline,
  ])
    part.start();
  recorder.startPicker();
  arrange();
  tables();
  accept(addFiles, typed('#files', HTMLInputElement));
  one('#open').addEventListener('click', () => one('#files').click());
  window.addEventListener('error', ({ error }) => error && fail(error));
  window.addEventListener('unhandledrejection', ({ reason }) => fail(reason));

  const engine = load(models.wanted());
  use(engine);
  engine.then(
    (loaded) => set({ engine: loaded }),
    (error) => {
      console.error(error);
      set({ problem: cannotLoad(error) });
    },
  );
  engine
    .catch(() => {})
    .then(breathe)
    .then(readyToRecord)
    .then(fetchAll)
    .then(offline.keep)
    .then(() => {
      // For whoever drives the page from outside: everything that is ever loaded has been.
      document.documentElement.dataset.ready = String(get().engine !== null);
    });
}

start();

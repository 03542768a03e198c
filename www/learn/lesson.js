// The lesson: eight steps from the air to two numbers, with one's own voice. A link leads to each: #learn/5.
/** @import {Figure} from './parts.js' */
import { withModel } from '../engine/engine.js';
import { DEFAULT, OBJECTIVES } from '../engine/models.js';
import { fullName } from '../shell/names.js';
import { select } from '../session/session.js';
import { onChange } from '../shell/canvas.js';
import { announce, make, query, rich } from '../shell/dom.js';
import { t, unbroken } from '../shell/i18n.js';
import { current, get, set, watch } from '../shell/state.js';
import * as layers from './layers.js';
import * as llds from './llds.js';
import * as modelMaps from './model-maps.js';
import * as pitch from './pitch.js';
import { saveFigure } from './save.js';
import * as sound from './sound.js';
import * as spectrum from './spectrum.js';
import { STEP_COUNT, count } from './steps.js';
import * as summary from './summary.js';
import * as wave from './wave.js';
import * as windows from './windows.js';

/** The steps in their order, each with its words: name, headline, text, what to try. */
export const STEPS = /** @type {const} */ ([
  ['learn.wave', wave],
  ['learn.windows', windows],
  ['learn.spectrum', spectrum],
  ['learn.pitch', pitch],
  ['learn.lines', llds],
  ['learn.numbers', summary],
  ['learn.layers', layers],
  ['learn.models', modelMaps],
]);
const MODELS = STEP_COUNT;

/** @type {Figure|null} */
let figure = null;

/** @param {number} step 1–8 */
const wordsOf = (step) => t(STEPS[step - 1][0]).split('|');

/** @param {number} step */
const link = (step) => `#learn/${step}`;

export function start() {
  const redraw = onChange(query('#learn-figure'), draw);
  steps();
  arrange();
  query('#learn-link').addEventListener('click', () => void copyLink());
  query('#learn-save').addEventListener('click', () => void saveFigure());
  watch(['step', 'acoustics'], () => {
    if (get().step > count()) set({ step: count() });
    words();
  });
  watch(['current', 'recordings', 'page', 'step', 'engine'], () => whose());
  watch(['recordings', 'deleted'], () => {
    if (!sound.forgetGone()) return;
    figure = null;
    query('#learn-figure').replaceChildren();
  });
  watch(['page', 'step', 'engine', 'current', 'recordings', 'acoustics'], () => void build());
  watch(['theme', 'page'], redraw);
  document.fonts?.ready.then(redraw);
}

function draw() {
  if (get().page !== 'learn' || !figure || !query('#learn-figure').clientWidth) return;
  figure.draw();
}

/** Builds the figure of the step for the sound that is followed. */
async function build() {
  const { page, engine } = get();
  if (page !== 'learn' || !engine) return;
  const host = query('#learn-figure');
  if (!sound.ready()) {
    figure = null;
    host.replaceChildren(make('p', { class: 'note', role: 'status' }, t('learn.wait')));
  }
  const asked = get().step;
  let ready;
  /** @type {import('../types.js').Engine[]} */
  let engines;
  try {
    ready = await sound.prepare();
    // The one that gives a score, whichever the page has chosen; for the last step all.
    const wanted = asked === MODELS ? OBJECTIVES : [DEFAULT];
    engines = await Promise.all(wanted.map((objective) => withModel(engine.wasm, objective)));
  } catch (error) {
    // A recording that came to a result comes to a lesson; whatever else it is, nobody foresaw it.
    figure = null;
    host.replaceChildren(make('p', { class: 'reading' }, t('learn.failed')));
    console.error(error);
    return;
  }
  const { step, page: now } = get();
  // Something else was asked for in the meantime, and will be built.
  if (!ready || now !== 'learn' || step !== asked || ready !== sound.ready()) return;
  const main = engines.find(({ info }) => info.objective === DEFAULT) ?? engine;
  host.replaceChildren();
  host.dataset.step = String(step);
  figure = STEPS[step - 1][1].show({ host, sound: ready, engine: main, engines });
  rich(query('#learn-try'), figure.attempt ?? wordsOf(step)[3]);
  draw();
}

/** Whose voice it is, and a way to another. */
function whose() {
  const line = query('#learn-whose');
  const followed = sound.followed();
  const shown = current();
  const { recordings } = get();
  const others = recordings.filter(({ take, measures }) => take && measures);
  // Where one is chosen among several, its name stands in the choice.
  if (followed)
    rich(line, others.length > 1 ? t('learn.with') : t('learn.own', { name: fullName(followed) }));
  else line.textContent = shown ? t('learn.noSound', { n: shown.number }) : t('learn.example');
  if (others.length > 1) {
    const choose = make(
      'select',
      { 'aria-label': t('learn.choose') },
      ...others.map((recording) => {
        const option = make('option', { value: String(recording.number) }, fullName(recording));
        option.selected = recording.number === followed?.number;
        return option;
      }),
    );
    choose.addEventListener('change', () => select(Number(choose.value)));
    line.append(' ', choose);
  } else
    line.append(' ', make('a', { href: '#record' }, t(recordings.length ? 'learn.another' : 'learn.record')));
}

/** The words of the step, the list of steps, the ways on. */
function words() {
  const { step } = get();
  const [, title, lead, attempt] = wordsOf(step);
  query('#learn-title').textContent = t(get().acoustics ? 'learn.titleMeasured' : 'learn.title');
  query('#learn-sentence').textContent = title;
  rich(query('#learn-lead'), lead);
  rich(query('#learn-try'), attempt);
  query('#learn-count').textContent = t('learn.count', { n: step, of: count() });
  for (const at of STEPS.keys()) {
    const entry = query(`#learn-steps [href="${link(at + 1)}"]`);
    entry.hidden = at >= count();
    const name = entry.querySelector('.step-name');
    if (name) [name.textContent] = wordsOf(at + 1);
    if (at + 1 === step) entry.setAttribute('aria-current', 'step');
    else entry.removeAttribute('aria-current');
  }
  const [back, next] = [query('#learn-back'), query('#learn-next')];
  back.hidden = step === 1;
  back.setAttribute('href', link(Math.max(1, step - 1)));
  const last = step === count();
  next.setAttribute('href', last ? '#record' : link(step + 1));
  const name = last ? '' : `: ${lower(wordsOf(step + 1)[0])}`;
  const way = t(last ? 'learn.end' : 'learn.next');
  // On a phone the name is only said.
  next.replaceChildren(make('span', {}, way, make('span', { class: 'next-name' }, name)));
  next.setAttribute('aria-label', way + name);
}

/** @param {string} text */
const lower = (text) => text.charAt(0).toLocaleLowerCase() + text.slice(1);

/** The list of steps: links, and ← → from one to the next. */
function steps() {
  const list = query('#learn-steps');
  list.replaceChildren(
    ...STEPS.map((_, at) =>
      make(
        'li',
        {},
        make(
          'a',
          { href: link(at + 1) },
          make('span', { class: 'step-number' }, String(at + 1)),
          make('span', { class: 'step-name' }),
        ),
      ),
    ),
  );
  list.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const { step } = get();
    const to = Math.min(count(), Math.max(1, step + way));
    if (to === step) return;
    keepFocus = true;
    location.hash = link(to);
  });
}

/** A step that was reached by an arrow key leaves the focus in the list. */
let keepFocus = false;

/** The page has gone to a step: its sentence, or its entry in the list, is what is read next. */
export function arrive() {
  const { step } = get();
  if (keepFocus) query(`#learn-steps [href="${link(step)}"]`).focus();
  else {
    scrollTo(0, 0);
    query('#learn-sentence').focus({ preventScroll: true });
  }
  keepFocus = false;
}

/** On a wide screen what is to be tried stands below the steps; tab order follows what is seen. */
function arrange() {
  const wide = matchMedia('(min-width: 1100px)');
  const parts = [query('#page-learn .try'), query('#page-learn .learn-share')];
  const place = () =>
    wide.matches ? query('.learn-side').append(...parts) : query('.learn-foot').before(...parts);
  wide.addEventListener('change', place);
  place();
}

async function copyLink() {
  const address = new URL(link(get().step), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    announce(unbroken(t('way.copied')));
    query('#learn-link').textContent = t('way.copied');
    setTimeout(() => {
      query('#learn-link').textContent = t('learn.link');
    }, 2000);
  } catch {
    // Without a clipboard the address is shown to be copied by hand.
    query('#learn-address').textContent = address;
  }
}

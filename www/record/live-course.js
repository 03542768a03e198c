// A conversation while it is recorded: cut at its pauses, and its utterances measured as they end.
/** @import {Engine, Take, Utterance} from '../types.js' */
import { measureUtterances, splitterOf } from '../engine/utterances.js';
import { breathe } from '../shell/dom.js';
import { SLICE_MS } from '../shell/slices.js';
import { get } from '../shell/state.js';
import { withNames } from '../conversation/edit.js';

/** When somebody said whose an utterance was. @typedef {{at: number, voice: number}} Said */

/**
 * Utterances with the voices that were said: each is of the last one that had begun by then. What was said of one that goes on, or that has
 * not been cut yet, waits for it.
 * @param {Utterance[]} utterances
 * @param {Said[]} said
 * @param {number|null} open  where one began that goes on, in s
 */
export function withVoices(utterances, said, open) {
  return utterances.map((one, i) => {
    const next = utterances[i + 1]?.start ?? open ?? Infinity;
    const mine = said.filter(({ at }) => at >= one.start && at < next).at(-1);
    const voice = mine?.voice ?? 0;
    return voice === one.voice ? one : { ...one, voice };
  });
}

/**
 * @param {Engine} engine
 * @param {Take} take  that grows
 * @param {number} pauseS  that ends an utterance
 */
export async function liveCourse(engine, take, pauseS) {
  const splitter = await splitterOf(pauseS);
  const work = new AbortController();
  /** @type {Utterance[]} */
  let utterances = [];
  /** @type {string[]} */
  let voices = [];
  /** @type {Said[]} */
  const said = [];
  /** @type {Promise<void>|null} */
  let working = null;

  /** Everything that is known by now is cut and measured. */
  async function catchUp() {
    for (;;) {
      const share = splitter.step(take, SLICE_MS);
      const found = splitter.found.slice(utterances.length);
      if (found.length) utterances = withVoices([...utterances, ...found], said, splitter.open());
      const at = utterances.findIndex(({ isMeasured }) => !isMeasured);
      if (at < 0 && share === 1) return;
      await breathe();
      work.signal.throwIfAborted();
      if (at < 0) continue;
      const one = [utterances[at]];
      const [measured] = await measureUtterances(engine, take, one, get().acoustics, work.signal, () => {});
      // Whose it is may have been said meanwhile.
      utterances = utterances.with(at, { ...measured, voice: utterances[at].voice });
    }
  }

  return {
    /** All so far. */
    all: () => utterances,
    voices: () => voices,
    /** Where one began that is still going on, in s. */
    open: splitter.open,
    /** Further samples have come. */
    heard() {
      working ??= catchUp()
        .catch((error) => {
          if (!work.signal.aborted) throw error;
        })
        .finally(() => (working = null));
    },
    /** Whose the utterance is that goes on, or has just ended. @param {number} voice  0 nobody's */
    say(voice) {
      voices = withNames(voices, voice);
      said.push({ at: take.seconds, voice });
      utterances = withVoices(utterances, said, splitter.open());
    },
    /** The sound has ended: the rest is cut and measured. */
    async finish() {
      await working;
      await catchUp();
      splitter.finish();
      await catchUp();
      splitter.free();
      return {
        pauseS,
        utterances,
        voices,
        asOne: utterances.length < 2,
        chosen: utterances.length ? 1 : null,
      };
    },
    /** Gives up. */
    cancel() {
      work.abort();
      // What is under way still looks at it.
      void Promise.resolve(working).finally(() => splitter.free());
    },
  };
}
/** @typedef {Awaited<ReturnType<typeof liveCourse>>} LiveCourse */

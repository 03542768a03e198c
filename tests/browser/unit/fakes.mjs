// Stand-ins for what the page's modules ask of a browser: microphone, sound hardware, document, measuring
// part. Import it before them. Each test decides when a promise of the browser is settled; nothing here waits
// for a clock.
/** @import {Engine} from '../../../www/types.js' */
import { useReader } from '../../../www/engine/reader.js';
import { loadAllWords } from '../../../www/words/index.js';
import { standIn } from './fixtures.mjs';

await loadAllWords();

/** A promise that is settled from outside. @template [T=void] */
export function later() {
  /** @type {(value: T) => void} */
  let resolve = () => {};
  /** @type {Promise<T>} */
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Lets everything that is already due happen. */
export const due = () =>
  new Promise((resolve) => setTimeout(resolve, 0)).then(
    () => new Promise((resolve) => setImmediate(resolve)),
  );

/**
 * Lets things happen until it is so; a test that waits in vain goes on and finds it.
 * @param {() => boolean} so
 */
export async function until(so) {
  for (let i = 0; i < 200 && !so(); i += 1) await due();
}

class FakeElement {
  textContent = '';
}

/** What the next microphone does, and what was done with it. */
export const device = {
  /** @type {FakeTrack[]} */
  tracks: [],
  asked: 0,
  /** @type {() => Promise<unknown>} */
  answer: async () => undefined,
};

class FakeTrack extends EventTarget {
  live = true;
  label = 'Fake microphone';
  stop() {
    this.live = false;
  }
  getSettings() {
    return {};
  }
}

export class FakeContext extends EventTarget {
  /** @type {FakeContext|null} */
  static last = null;
  sampleRate = 48_000;
  currentTime = 0;
  state = 'running';
  started = 0;
  stopped = 0;
  destination = {};
  audioWorklet = { addModule: async () => undefined };
  /** @type {() => Promise<void>} */
  resuming = async () => undefined;
  constructor() {
    super();
    FakeContext.last = this;
  }
  resume() {
    return this.resuming();
  }
  async suspend() {}
  createMediaStreamSource() {
    return { connect: (/** @type {unknown} */ node) => node, disconnect() {} };
  }
  /** @param {number} _ @param {number} length */
  createBuffer(_, length) {
    return { getChannelData: () => new Float32Array(length) };
  }
  createBufferSource() {
    const source = Object.assign(new EventTarget(), {
      buffer: null,
      connect() {},
      disconnect() {},
      start: () => {
        this.started += 1;
      },
      stop: () => {
        this.stopped += 1;
      },
    });
    return source;
  }
}

export class FakeNode {
  /** @type {FakeNode} */
  static last;
  static answers = true;
  port = {
    /** What the page listens with. @type {(message: {data: Float32Array|null}) => void} */
    onmessage: () => {},
    /** The worklet answers the end with an end, unless a test holds it back. */
    postMessage: () => {
      if (FakeNode.answers) queueMicrotask(() => this.port.onmessage({ data: null }));
    },
  };
  constructor() {
    FakeNode.last = this;
  }
  /** @param {unknown} node */
  connect(node) {
    return node;
  }
  disconnect() {}
}

const mediaDevices = Object.assign(new EventTarget(), {
  async getUserMedia() {
    device.asked += 1;
    await device.answer();
    const track = new FakeTrack();
    device.tracks.push(track);
    return { getTracks: () => [track], getAudioTracks: () => [track] };
  },
  async enumerateDevices() {
    return [];
  },
});

const elements = new Map();
const page = Object.assign(new EventTarget(), {
  isSecureContext: true,
  AudioContext: FakeContext,
  AudioWorkletNode: FakeNode,
});
const put = (/** @type {string} */ name, /** @type {unknown} */ value) =>
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
put('window', page);
put('navigator', { mediaDevices, permissions: { query: async () => ({ state: '' }) } });
put('AudioContext', FakeContext);
put('AudioWorkletNode', FakeNode);
put('HTMLElement', FakeElement);
put('document', {
  querySelector: (/** @type {string} */ name) =>
    elements.get(name) ?? elements.set(name, new FakeElement()).get(name),
});

/** The sound file that is read next, of 16 kHz: what is known of it, and how often it was freed. */
export const soundFile = {
  seconds: 1,
  channels: 1,
  freed: 0,
  /** @type {{presentS: number, declaredS?: number}|undefined} */
  cut: undefined,
  /** @type {string|undefined} */
  difference: undefined,
  /** The channel that was chosen last, counted from 0. @type {number|undefined} */
  chosen: undefined,
};

class FakeSoundFile {
  rateHz = 16_000;
  channels = soundFile.channels;
  seconds = soundFile.seconds;
  left = soundFile.seconds;
  pushed = 0;
  static open() {
    soundFile.chosen = undefined;
    return new FakeSoundFile();
  }
  /** @param {number} channel */
  choose(channel) {
    soundFile.chosen = channel;
  }
  wanted() {
    return this.left > 0 ? [0, 4] : undefined;
  }
  /** @param {Uint8Array} bytes */
  push(bytes) {
    if (!(bytes instanceof Uint8Array)) throw new Error('no bytes');
    this.pushed += 1;
  }
  next() {
    if (!this.pushed) return undefined;
    this.pushed -= 1;
    this.left -= 1;
    return new Float32Array(this.rateHz);
  }
  cut() {
    return soundFile.cut;
  }
  difference() {
    return soundFile.difference;
  }
  free() {
    soundFile.freed += 1;
  }
}

class FakeMixer {
  /** @param {number} channels */
  constructor(channels) {
    this.channels = channels;
  }
  /** @param {Float32Array} planes */
  mix(planes) {
    return planes.subarray(0, planes.length / this.channels);
  }
  difference() {
    return soundFile.difference;
  }
  free() {}
}

/** Finds no utterance. */
class FakeUtterances {
  push() {}
  finish() {}
  next() {
    return undefined;
  }
  free() {}
}

/** The part that reads files. What begins as a WAV file is one. */
export const reader = {
  /** @type {(bytes: Uint8Array) => {kind: string, rateHz?: number}} */
  sniff: (bytes) =>
    String.fromCharCode(...bytes.subarray(0, 4)) === 'RIFF'
      ? { kind: 'wav', rateHz: 16_000 }
      : { kind: 'unknown' },
  SoundFile: FakeSoundFile,
  Mixer: FakeMixer,
  Utterances: FakeUtterances,
};
useReader(Promise.resolve(standIn(reader)));

/** A take that remembers how often it was freed. */
export class FakeTake {
  /** @type {FakeTake[]} */
  static all = [];
  freed = 0;
  closed = false;
  heard = 0;
  /** @param {number} rate */
  constructor(rate) {
    this.rate = rate;
    FakeTake.all.push(this);
  }
  expect() {}
  /** @param {Float32Array} samples */
  push(samples) {
    if (this.freed) throw new Error('a take was used after it was freed');
    this.heard += samples.length;
  }
  close() {
    this.closed = true;
  }
  get seconds() {
    return this.heard / this.rate;
  }
  samplesBetween() {
    return new Float32Array(0);
  }
  samples() {
    return new Float32Array(16_000);
  }
  free() {
    this.freed += 1;
  }
}

/**
 * The measuring part; `step` is called until it says 1, `levelled` after it.
 * @type {{step: () => number, levelled: () => unknown}}
 */
export const measuring = { step: () => 1, levelled: () => undefined };
/** @type {Engine} */
export const engine = standIn({
  model: {},
  wasm: {
    Take: FakeTake,
    Analyser: class {
      step() {
        return measuring.step();
      }
      levelled() {
        return measuring.levelled();
      }
      measures() {
        return { flags: [], signal: {}, model_features: {} };
      }
      picture() {
        return { columns: 0 };
      }
      free() {}
    },
  },
});

/** Sound from the microphone. @param {number} seconds */
export function speak(seconds) {
  FakeNode.last.port.onmessage({ data: new Float32Array(seconds * 48_000).fill(0.1) });
}

// The microphone: opened on a click (one made while measures follow counts when they are there), closed at stop, cancel, error and when the page goes away.
/** @import {Captured} from '../types.js' */
import { unlessAborted } from '../shell/abort.js';
import { CodedError } from '../shell/errors.js';

/** The sound hardware has this long to start once the microphone is open. */
export const START_MS = 4_000;

/**
 * One context for capture and replay, at the device's own rate: Firefox refuses a microphone at another one.
 */
/** @type {AudioContext|null} */
let context = null;
/** @type {Promise<void>|null} */
let ready = null;

/** Why this page can never record here, or null. @returns {'insecure'|'unsupported'|null} */
export function impossible() {
  if (!window.isSecureContext) return 'insecure';
  const needed = /** @type {unknown[]} */ ([
    navigator.mediaDevices,
    window.AudioContext,
    window.AudioWorkletNode,
  ]);
  return needed.every(Boolean) ? null : 'unsupported';
}

/** @returns {AudioContext} */
export function audio() {
  context ??= new AudioContext({ latencyHint: 'interactive' });
  return context;
}

/**
 * Firefox on a machine without loudspeakers never starts its sound, and never says so.
 * @param {Promise<void>} resumed
 * @returns {Promise<void>}
 */
const inTime = (resumed) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DOMException('the sound hardware does not start', 'TimeoutError')),
      START_MS,
    );
    resumed.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Loads the worklet once, at start, so that nothing is loaded later. */
export function prepare() {
  ready ??= audio()
    .audioWorklet.addModule(new URL('./capture-worklet.js', import.meta.url).href)
    .catch((error) => {
      throw new CodedError('worklet', {}, error);
    });
  return ready;
}

/** @returns {Promise<string>} state of the permission, '' where the browser does not tell */
export async function permission() {
  try {
    return (await navigator.permissions.query({ name: /** @type {PermissionName} */ ('microphone') })).state;
  } catch {
    return '';
  }
}

/** Microphones; without names until the browser may tell them. */
export async function devices() {
  if (impossible()) return [];
  const found = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return found
    .filter(
      ({ kind, deviceId }) =>
        kind === 'audioinput' && deviceId && deviceId !== 'default' && deviceId !== 'communications',
    )
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * @typedef {object} Listener
 * @property {(samples: Float32Array) => void} heard
 * @property {(why: 'unplugged'|'interrupted') => void} lost  the sound ended by itself; `stop` comes later
 * @property {(isMuted: boolean) => void} [muted]  the system, the browser or a key on the device has taken the sound away, or given it back
 */
/**
 * @typedef {object} Capturing
 * @property {number} rate
 * @property {Captured} captured
 * @property {() => Promise<void>} stop  hands over what is left, then closes the microphone
 * @property {() => void} cancel  closes the microphone at once
 */

/**
 * @param {string} deviceId  '' for the browser's choice
 * @param {AbortSignal} signal  given up while the browser was asking
 * @param {Listener} listener
 * @returns {Promise<Capturing>}
 */
export async function open(deviceId, signal, listener) {
  const sound = audio();
  const resumed = sound.resume();
  // Awaited below; if the microphone stays closed, that is what is told.
  resumed.catch(() => {});
  await unlessAborted(prepare(), signal);
  const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: deviceId ? { ...off, deviceId } : off });
  const close = () => stream.getTracks().forEach((track) => track.stop());
  try {
    await unlessAborted(inTime(resumed), signal);
    signal.throwIfAborted();
    return listen(sound, stream, close, listener);
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * @param {AudioContext} sound
 * @param {MediaStream} stream
 * @param {() => void} close
 * @param {Listener} listener
 * @returns {Capturing}
 */
function listen(sound, stream, close, { heard, lost, muted }) {
  const [track] = stream.getAudioTracks();
  const source = sound.createMediaStreamSource(stream);
  // The node mixes to mono; its silent output keeps it running in engines that only pull what is connected.
  const node = new AudioWorkletNode(sound, 'undertone-capture', {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [1],
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  let open = true;
  /** @type {() => void} */
  let flushed = () => {};
  const end = (/** @type {'unplugged'|'interrupted'} */ why) => open && lost(why);
  const changed = () => String(sound.state) !== 'running' && end('interrupted');
  // A page that comes back from the browser's memory has lost its microphone: what was heard until then is
  // kept.
  const hidden = () => {
    finish();
    lost('interrupted');
  };
  node.port.onmessage = ({ data }) => (data ? open && heard(data) : flushed());
  track.addEventListener('ended', () => end('unplugged'));
  const silenced = () => open && muted?.(track.muted);
  for (const change of ['mute', 'unmute']) track.addEventListener(change, silenced);
  sound.addEventListener('statechange', changed);
  window.addEventListener('pagehide', hidden);
  source.connect(node).connect(sound.destination);

  function finish() {
    if (!open) return;
    open = false;
    close();
    source.disconnect();
    node.disconnect();
    node.port.postMessage(null);
    sound.removeEventListener('statechange', changed);
    window.removeEventListener('pagehide', hidden);
  }
  return {
    rate: sound.sampleRate,
    captured: readBack(track, sound.sampleRate),
    cancel: finish,
    async stop() {
      if (!open) return;
      // The last message is empty; a context that stands still never sends it.
      const last = new Promise((resolve) => {
        flushed = () => resolve(undefined);
        setTimeout(resolve, 200);
      });
      node.port.postMessage(null);
      await last;
      finish();
    },
  };
}

/**
 * What was really applied. A setting that the browser does not name is unknown, not off.
 * @param {MediaStreamTrack} track
 * @param {number} rate
 * @returns {Captured}
 */
function readBack(track, rate) {
  const settings = track.getSettings();
  /** @type {Captured} */
  const captured = { device: track.label, rate };
  const known = (/** @type {unknown} */ value) => (value === undefined ? undefined : value !== false);
  captured.echo = known(settings.echoCancellation);
  captured.noise = known(settings.noiseSuppression);
  captured.gain = known(settings.autoGainControl);
  return captured;
}

/** Lets the sound hardware rest when nothing is heard or recorded. */
export const rest = () => context?.suspend().catch(() => {});

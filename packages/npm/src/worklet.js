// `undertone/worklet`: the samples of a Web Audio graph as they are played, for `Extractor` and `UtteranceScorer`. Needs the types of
// the DOM.
import { UndertoneError, kind } from './errors.js';

/**
 * A node to connect sources to, and what ends it.
 * @typedef {object} Tap
 * @property {AudioWorkletNode} node  takes one input, mixed down to mono, and plays nothing
 * @property {() => Promise<void>} stop  resolves when the last samples were handed over
 */

/**
 * Hands over the samples of a context, mono and at its `sampleRate`, about 20 ms at a time.
 * @param {BaseAudioContext} context
 * @param {(samples: Float32Array) => void} onSamples  the array is the callee's: it may be kept, or transferred to a worker
 * @param {{processorUrl?: string|URL}} [options]  where `undertone/worklet-processor.js` lies, for bundlers that do not follow
 *   `new URL(…, import.meta.url)`, and for policies that do not admit it
 * @returns {Promise<Tap>}
 */
export async function createTap(context, onSamples, { processorUrl } = {}) {
  if (typeof onSamples !== 'function')
    throw new UndertoneError('bad_argument', `onSamples must be a function, not ${kind(onSamples)}`);
  if (!context?.audioWorklet)
    throw new UndertoneError(
      'bad_argument',
      'this context has no AudioWorklet: it needs a page over https, or on localhost',
    );
  const url = processorUrl ?? new URL('./worklet-processor.js', import.meta.url);
  try {
    await context.audioWorklet.addModule(url);
  } catch (error) {
    throw new UndertoneError('load', `a part of the package could not be loaded: ${url}`, error);
  }
  const node = new AudioWorkletNode(context, 'undertone-tap', {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [1],
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    node.port.onmessage = ({ data }) => {
      if (data) onSamples(data);
      else resolve();
    };
  });
  // Only what leads to the destination is asked for sound; the node puts out silence.
  node.connect(context.destination);
  return {
    node,
    async stop() {
      node.port.postMessage(null);
      // The worklet of a closed context may answer nobody.
      const patience = context.state === 'closed' ? new Promise((go) => setTimeout(go, 100)) : ended;
      await Promise.race([ended, patience]);
      node.disconnect();
      node.port.close();
    },
  };
}

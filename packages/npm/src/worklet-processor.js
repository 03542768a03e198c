// Runs beside the sound, in an AudioWorklet: copies samples and hands them over. It imports nothing.

/** Samples per message: about 20 ms, in whole blocks of 128. */
const BATCH = Math.max(1, Math.round((sampleRate * 0.02) / 128)) * 128;

class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.batch = new Float32Array(BATCH);
    this.filled = 0;
    this.running = true;
    // Not in `process`, which a context that stands still does not call.
    this.port.onmessage = () => {
      this.running = false;
      this.hand();
      this.port.postMessage(null);
    };
  }

  hand() {
    if (!this.filled) return;
    const part = this.batch.slice(0, this.filled);
    this.filled = 0;
    this.port.postMessage(part, [part.buffer]);
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    if (!this.running) return false;
    const samples = inputs[0][0];
    if (samples) {
      // A block is 128 samples in every engine of today; a larger one must not be lost either.
      for (let from = 0; from < samples.length;) {
        const part = samples.subarray(from, from + BATCH - this.filled);
        this.batch.set(part, this.filled);
        this.filled += part.length;
        from += part.length;
        if (this.filled === BATCH) this.hand();
      }
    }
    return true;
  }
}

registerProcessor('undertone-tap', Tap);

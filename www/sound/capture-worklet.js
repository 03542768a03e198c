// Runs beside the sound: copies samples and hands them over. It has no network, no wasm, and imports nothing.

/** Samples per message: about 20 ms, in whole blocks of 128. */
const BATCH = Math.max(1, Math.round((sampleRate * 0.02) / 128)) * 128;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.batch = new Float32Array(BATCH);
    this.filled = 0;
    this.running = true;
    this.port.onmessage = () => {
      this.running = false;
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
    if (!this.running) {
      this.hand();
      this.port.postMessage(null);
      return false;
    }
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

registerProcessor('undertone-capture', Capture);

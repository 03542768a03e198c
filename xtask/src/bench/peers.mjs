// Times of programs in Node, for `cargo xtask bench`: `node peers.mjs meyda|essentia|ours FOLDER`, where FOLDER holds
// node_modules, or our own module for Node. Lines come in on standard input, `time`, rate and WAV file separated by tabs; each is answered by CPU time and
// wall time, s. The first line out is the program's name and version, or why it cannot be timed.
//
// Meyda and Essentia.js work on single frames: 10 ms apart, as ours, and as long as their transform needs.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [program, folder] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const version = (name) =>
  JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

const powerOfTwo = (length) => 2 ** Math.ceil(Math.log2(length));

/** Loudness, MFCC and descriptors of the spectrum; it has neither pitch nor formants. */
function meyda() {
  const Meyda = require('meyda');
  const features = ['rms', 'loudness', 'mfcc', 'spectralSlope', 'spectralCentroid', 'zcr'];
  const work = (samples, rate) => {
    Meyda.sampleRate = rate;
    Meyda.bufferSize = powerOfTwo(0.02 * rate);
    for (let at = 0; at + Meyda.bufferSize <= samples.length; at += Math.round(rate / 100)) {
      Meyda.extract(features, samples.subarray(at, at + Meyda.bufferSize));
    }
  };
  return [`Meyda ${version('meyda')}`, work];
}

/** Pitch, MFCC and flux; it has no formants, jitter and shimmer. */
function essentia() {
  const { Essentia, EssentiaWASM } = require('essentia.js');
  const essentia = new Essentia(EssentiaWASM);
  const work = (samples, rate) => {
    const length = powerOfTwo(0.06 * rate);
    for (let at = 0; at + length <= samples.length; at += Math.round(rate / 100)) {
      const frame = essentia.arrayToVector(samples.subarray(at, at + length));
      const windowed = essentia.Windowing(frame, true, length, 'hann').frame;
      const { spectrum } = essentia.Spectrum(windowed, length);
      essentia.PitchYinFFT(spectrum, length, true, 500, 75, rate);
      const { bands, mfcc } = essentia.MFCC(
        spectrum,
        2,
        rate / 2,
        length / 2 + 1,
        0,
        'dbamp',
        0,
        'unit_sum',
        26,
        13,
        rate,
      );
      essentia.Flux(spectrum);
      for (const vector of [frame, windowed, spectrum, bands, mfcc]) {
        vector.delete();
      }
    }
  };
  return [`Essentia.js ${version('essentia.js')}`, work];
}

/** Our own functionals in wasm. */
async function ours() {
  const { functionals } = await import(join(folder, 'vectors.js'));
  const work = (samples, rate) => {
    if (functionals(samples, rate).length !== 88) throw new Error('no 88 functionals');
  };
  return ['ours, wasm with simd128', work];
}

let title, work;
try {
  [title, work] = await { meyda, essentia, ours }[program]();
} catch (error) {
  console.log(`not here: ${String(error).replaceAll('\n', ' ')}`);
  process.exit();
}
console.log(title);

let last, samples;
for await (const line of createInterface({ input: process.stdin })) {
  const [, rate, name] = line.split('\t');
  if (last !== name) {
    const bytes = readFileSync(name).subarray(44);
    samples = new Float32Array(bytes.length / 2);
    samples.forEach((_, i) => (samples[i] = bytes.readInt16LE(2 * i) / 32768));
    last = name;
  }
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  try {
    work(samples, Number(rate));
  } catch (error) {
    console.log(`failed: ${String(error).slice(0, 200).replaceAll('\n', ' ')}`);
    continue;
  }
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${(user + system) * 1e-6}\t${(performance.now() - wall) * 1e-3}`);
}

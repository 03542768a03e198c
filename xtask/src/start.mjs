// Starts a built page's measuring part as the page does (www/engine/engine.js: script modules of bytes, `initSync`), measures a
// synthetic voice with it and lets every model score that. Then the part that reads files (www/sound/reader.js) reads the voice.
//
//   node start.mjs FOLDER MODEL...
//
// Exit status: 0 it works, with a line about what came out; 1 it does not, with the reason on standard error; 2 this Node is too
// old to tell. Reads files and prints, nothing else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reference types and `import()` of a `data:` address as current browsers have them. */
const OLDEST_NODE = 20;
const RATE_HZ = 16_000;
const PITCH_HZ = 130;
/** The analysis works in small units; a sound of two seconds has a few hundred. */
const MOST_STEPS = 100_000;

const [folder, ...models] = process.argv.slice(2);

/** A page's script as a module, whatever Node makes of its name and of the folder that it lies in. @param {string} name */
async function script(name) {
  const text = readFileSync(join(folder, name));
  try {
    return await import(`data:text/javascript;base64,${text.toString('base64')}`);
  } catch (error) {
    // Node's own report would print the whole address.
    throw new Error(`${name} is not a script that can be run: ${reason(error)}`);
  }
}

/** @param {string} text  an alphabet of 256 characters, then one for each byte, as www/engine/engine.js reads them */
function bytes(text) {
  const byte = new Map(Array.from(text.slice(0, 256), (letter, at) => [letter, at]));
  return Uint8Array.from(text.slice(256), (letter) => byte.get(letter) ?? 0);
}

/** @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new Error(what);
}

/** @param {ArrayLike<number>} values @param {string} what */
function mustBeNumbers(values, what) {
  must(values.length === 88, `${what}: ${values.length} values instead of 88`);
  must(Array.from(values).every(Number.isFinite), `${what}: not all are numbers`);
}

/** Two seconds of harmonics, louder and softer six times. */
function voice() {
  return Float32Array.from({ length: 2 * RATE_HZ }, (_, index) => {
    const t = index / RATE_HZ;
    let sum = 0;
    for (let k = 1; k < 20; k += 1) sum += Math.sin(2 * Math.PI * k * PITCH_HZ * t) / k;
    return 0.2 * sum * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * t));
  });
}

/** @param {any} wasm what the glue exports */
function measure(wasm) {
  const take = new wasm.Take(RATE_HZ);
  take.push(voice());
  take.close();
  const analyser = new wasm.Analyser(take);
  let steps = 0;
  while (analyser.step(1) < 1) {
    steps += 1;
    must(steps < MOST_STEPS, 'the analysis does not come to an end');
  }
  const measures = analyser.measures();
  mustBeNumbers(Object.values(measures.features), 'the features');
  mustBeNumbers(Object.values(measures.model_features), 'the models’ inputs');
  const { median_hz: pitch } = measures.pitch;
  must(Math.abs(pitch - PITCH_HZ) < 5, `a voice of ${PITCH_HZ} Hz was measured at ${pitch} Hz`);
  return measures;
}

/** The bytes that a script carries. @param {string} name */
const carried = async (name) => bytes((await script(name)).default);

/** @param {any} wasm @param {string} name @param {Float32Array} features @returns {Promise<number>} the score */
async function score(wasm, name, features) {
  const model = new wasm.Model(await carried('models-shared.js'), await carried(`model-${name}.js`));
  const { activation, baseline, contributions } = model.predict(features);
  must(Number.isFinite(activation), `the score by ${name} is not a number`);
  const shares = Object.values(contributions.features);
  mustBeNumbers(shares, `the contributions by ${name}`);
  const sum = shares.reduce((/** @type {number} */ all, /** @type {number} */ one) => all + one, baseline);
  must(
    Math.abs(sum - activation) < 1e-6,
    `the contributions by ${name} lead to ${sum}, its score is ${activation}`,
  );
  return activation;
}

/** A part of the page, started. @param {string} name */
async function started(name) {
  const wasm = await script(`${name}.js`);
  wasm.initSync({ module: await WebAssembly.compile(await carried(`${name}-wasm.js`)) });
  return wasm;
}

/** The voice as a file of the measuring part's is read by the other part. @param {any} wasm @param {any} reader */
function readBack(wasm, reader) {
  const take = new wasm.Take(RATE_HZ);
  take.push(voice());
  take.close();
  const pieces = [0, 1].map((number) => take.wavPiece(number));
  must(take.wavPiece(2).length === 0, 'a WAV file does not end');
  const file = Buffer.concat(pieces);
  const { kind, rateHz } = reader.sniff(file);
  must(kind === 'wav' && rateHz === RATE_HZ, `a WAV file is taken for ${kind} of ${rateHz} Hz`);
  const sound = reader.SoundFile.open(file, file.length);
  const read = [];
  for (let wanted = sound.wanted(); wanted; wanted = sound.wanted()) {
    sound.push(file.subarray(...wanted));
    for (let samples = sound.next(); samples; samples = sound.next()) read.push(...samples);
  }
  const samples = take.samples();
  const isSame = read.length === samples.length && read.every((sample, at) => sample === samples[at]);
  must(isSame, 'a WAV file is not read as it was written');
}

async function start() {
  const wasm = await started('undertone');
  const names = wasm.catalogue().features.length;
  must(names === 88, `the catalogue has ${names} features instead of 88`);
  const features = Float32Array.from(Object.values(measure(wasm).model_features));
  const scores = [];
  for (const name of models) scores.push(`${name} ${(await score(wasm, name, features)).toFixed(2)}`);
  readBack(wasm, await started('reader'));
  return `started in Node ${process.versions.node}: ${names} features of a synthetic voice; ${scores.join(', ')}`;
}

/** Ours are errors; the measuring part also throws objects with a code and a message. @param {any} error */
const reason = (error) =>
  error?.code && !(error instanceof Error)
    ? `${error.code}: ${error.message}`
    : `${error?.name ?? 'Error'}: ${error?.message ?? error}`;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `Node ${process.versions.node} is too old to start the page: ${OLDEST_NODE} or newer is needed`,
  );
  process.exitCode = 2;
} else {
  try {
    console.log(await start());
  } catch (error) {
    console.error(reason(error));
    process.exitCode = 1;
  }
}

// The package's types, by the oldest TypeScript that is tried and the newest: in strict mode, with ES2022 alone and with the DOM, and against
// the JSON Schemas. The checkers of packages have nothing to say either.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { consumer, node, peer, tarball } from './lib.mjs';

const COMPILERS = {
  'TypeScript 5.4': peer('typescript/bin/tsc'),
  'TypeScript 7': fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)),
};

/** A user's code without the DOM. What must not compile says so. */
const PLAIN = `
import { extract, explain, score, utterances, Extractor, UtteranceScorer, UndertoneError, FEATURES, LLDS, MODELS } from 'undertone';
import type { Analysis, ErrorCode, FeatureName, Features, LldName, Measures, Signal, Utterance } from 'undertone';
import { extract as alone, type Features as Alone } from 'undertone/features';

const samples = new Float32Array(16_000);
const signal: Signal = { aborted: false };
export async function all(): Promise<number> {
  const features: Features = await extract(samples, 16_000, { llds: true, signal });
  const same: Alone = await alone(samples, 16_000);
  const pitch: number = features.features['F0semitoneFrom27.5Hz_sma3nz_amean'];
  const loudness: Float32Array = same.llds.Loudness_sma3;
  const analysis: Analysis = await score(samples, 16_000, { model: 'metric-act', signal });
  const measures: Measures = analysis;
  const shares = (await explain(samples, 16_000, { method: 'shapley' })).contributions;
  const energy: number = shares.families.energy;
  const features88: number | undefined = shares.features?.loudness_sma3_amean;
  const spoken: Utterance[] = await utterances(samples, 16_000, { pauseSeconds: 0.4, onUtterance: (one) => one.start });
  const extractor = await Extractor.create(16_000);
  extractor.push(samples);
  const end: Features = extractor.finish();
  const scorer: UtteranceScorer = await UtteranceScorer.create(16_000);
  const names: FeatureName[] = FEATURES.map(({ name }) => name);
  const llds: readonly LldName[] = LLDS.map((lld) => lld.name);
  // @ts-expect-error: no such feature
  features.features.nothing;
  // @ts-expect-error: samples are single-precision
  await extract([0, 1], 16_000);
  // @ts-expect-error: no such model
  await score(samples, 16_000, { model: 'metric-mood' });
  // @ts-expect-error: made by create alone
  new Extractor();
  const sum = pitch + loudness.length + energy + (features88 ?? 0) + end.hopSeconds + measures.region[0];
  return sum + spoken.length + scorer.push(samples).length + names.length + llds.length + MODELS.length;
}
export function why(error: unknown): ErrorCode | null {
  return error instanceof UndertoneError ? error.code : null;
}
`;

const DOM = `
import { Extractor, score } from 'undertone';
import { createTap, type Tap } from 'undertone/worklet';

export async function listen(context: AudioContext, source: AudioNode): Promise<Tap> {
  const extractor = await Extractor.create(context.sampleRate);
  const tap = await createTap(context, (samples) => extractor.push(samples), { processorUrl: new URL('https://example.org/p.js') });
  source.connect(tap.node);
  const controller = new AbortController();
  await score(new Float32Array(9), 16_000, { signal: controller.signal });
  return tap;
}
`;

/** @type {string} */
let folder;
before(async () => {
  folder = await consumer('types');
  await writeFile(join(folder, 'plain.ts'), PLAIN);
  await writeFile(join(folder, 'dom.ts'), DOM);
  await writeFile(join(folder, 'schema.ts'), await againstSchemas());
});

/** Code that compiles only if the types have the members that the schemas have, but those of files. */
async function againstSchemas() {
  /** @param {string} name */
  const read = async (name) =>
    JSON.parse(await readFile(new URL(`../../../docs/schema/${name}.json`, import.meta.url), 'utf8'));
  const ofFiles = ['file', 'channel', 'channels', 'cut_off', 'damaged', 'background'];
  /** @param {object} properties @param {string[]} [less] */
  const members = (properties, less = []) =>
    Object.keys(properties)
      .filter((name) => !ofFiles.includes(name) && !less.includes(name))
      .map((name) => `'${name}': true`)
      .join(', ');
  const [analysis, explanation, utterance] = await Promise.all(
    ['analysis', 'explanation', 'utterance'].map(read),
  );
  const { $defs } = analysis;
  // Start and end of a segment of a file are no part of what the package gives.
  const segment = ['start', 'end'];
  /** @param {{oneOf: {const: string}[]}} list */
  const names = (list) => list.oneOf.map((one) => `'${one.const}'`).join(' | ');
  return `
import type { Analysis, Contributions, Explanation, FlagName, Measures, Method, ModelSummary, Utterance } from 'undertone';
type All<T> = { [Name in keyof T]-?: true };
export const analysis: All<Analysis> = { ${members(analysis.properties, segment)} };
export const measures: All<Measures> = { ${members($defs.measures.properties)} };
export const signal: All<Measures['signal']> = { ${members($defs.signal.properties)} };
export const pitch: All<Measures['pitch']> = { ${members($defs.pitch.properties)} };
export const model: All<ModelSummary> = { ${members($defs.model.properties)} };
export const contributions: All<Contributions> = { ${members($defs.contributions.properties)} };
export const features: All<Measures['features']> = { ${members($defs.by_feature.properties)} };
export const groups: All<Contributions['groups']> = { ${members($defs.by_group.properties)} };
export const families: All<Contributions['families']> = { ${members($defs.by_family.properties)} };
export const explanation: All<Explanation> = { ${members(explanation.properties)} };
export const utterance: All<Utterance> = { ${members(utterance.properties)} };
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
export const flags: Same<FlagName, ${names($defs.flag)}> = true;
export const methods: Same<Method, ${explanation.properties.method.enum.map((/** @type {string} */ one) => `'${one}'`).join(' | ')}> = true;
export const certainty: Same<Utterance['certainty'], ${utterance.properties.certainty.enum.map((/** @type {string} */ one) => `'${one}'`).join(' | ')}> = true;
`;
}

for (const [name, compiler] of Object.entries(COMPILERS)) {
  for (const [files, lib] of /** @type {[string[], string[]][]} */ ([
    [['plain.ts', 'schema.ts'], ['es2022']],
    [
      ['plain.ts', 'dom.ts'],
      ['es2022', 'dom'],
    ],
  ])) {
    for (const [module, moduleResolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      test(`${name}, strict, lib ${lib.join(' and ')}, ${moduleResolution}`, async () => {
        const config = `tsconfig-${lib.length}-${moduleResolution}.json`;
        const compilerOptions = {
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          target: 'es2022',
          module,
          moduleResolution,
          lib,
          types: [],
          noEmit: true,
        };
        await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files }));
        await node(folder, compiler, '-p', config).catch(({ stdout }) => assert.fail(stdout));
      });
    }
  }
}

test('publint and Are The Types Wrong find nothing', async () => {
  const failed = (/** @type {{stdout: string}} */ { stdout }) => assert.fail(stdout);
  const lint = await node(folder, peer('publint/src/cli.js'), tarball, '--strict').catch(failed);
  assert.match(lint.stdout, /All good!/);
  // An ES module and nothing else: it cannot be `require`d before Node.js 22, and needs no resolution of before 2022.
  const types = peer('@arethetypeswrong/cli/dist/index.js');
  const { stdout } = await node(folder, types, tarball, '--profile', 'esm-only').catch(failed);
  assert.equal(stdout.match(/bundler: 🟢/g)?.length, 5, stdout);
});

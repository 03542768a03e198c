// What the page and the command line write, against the schemas that describe it.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  // A condition names members that stand beside it.
  strictRequired: false,
  formats: { 'date-time': (text) => new Date(text).toISOString() === text },
});
for (const name of ['analysis.json', 'comparison.json', 'explanation.json', 'utterance.json', 'session.json'])
  ajv.addSchema(
    JSON.parse(readFileSync(new URL(`../../docs/schema/${name}`, import.meta.url), 'utf8')),
    name,
  );

/**
 * What is wrong with a value, as `place: what`; nothing if it is what the schema describes.
 * @param {'analysis.json'|'comparison.json'|'explanation.json'|'session.json'|'utterance.json'} name
 * @param {unknown} value
 * @returns {string[]}
 */
export function faults(name, value) {
  ajv.validate(name, value);
  return (ajv.errors ?? []).map(({ instancePath, message, params }) =>
    [`${instancePath}: ${message}`, ...Object.values(params)].join(' '),
  );
}

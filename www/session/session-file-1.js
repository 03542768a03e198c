// Sessions that were saved in version 1 of the format, where measures and what comes from them were lists without names.
// Pure: an object of version 1 in, its recordings as version 2 has them out; the reader of version 2 looks whether they are
// whole.

const isObject = (/** @type {unknown} */ value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A list as an object by name; what is not a list of that length has no names.
 * @param {unknown} values
 * @param {readonly string[]} names
 */
const byName = (values, names) =>
  Array.isArray(values) && values.length === names.length
    ? Object.fromEntries(names.map((name, i) => [name, values[i]]))
    : null;

/**
 * @param {any} old  measures or an analysis
 * @param {unknown} catalogue  version of the list of features
 * @param {readonly string[]} names  of the features, as version 1 listed them
 */
function measured(old, catalogue, names) {
  if (!isObject(old)) return old;
  return {
    ...old,
    schema: 1,
    catalogue,
    features: byName(old.features, names),
    model_features: byName(old.model_features, names),
  };
}

/** @param {any} old @param {unknown} catalogue @param {readonly string[]} names */
function analysed(old, catalogue, names) {
  if (!isObject(old)) return old;
  const { flags, limited, contributions } = old;
  return {
    ...measured(old, catalogue, names),
    unlike_reference: Array.isArray(flags) && flags.includes('unlike_reference'),
    ranks: byName(old.ranks, names),
    limited: Array.isArray(limited) ? limited.map((/** @type {number} */ index) => names[index]) : null,
    contributions: isObject(contributions)
      ? { ...contributions, features: byName(contributions.features, names) }
      : null,
  };
}

/**
 * @param {any} all  with `undertone` 1
 * @param {readonly string[]} names  official names of the features in the catalogue's order
 */
export function fromVersion1(all, names) {
  const { catalogue, recordings } = all;
  if (!Array.isArray(recordings)) return all;
  return {
    undertone: 1,
    recordings: recordings.map((one) =>
      isObject(one)
        ? {
            ...one,
            analysis: analysed(one.analysis ?? null, catalogue, names),
            measures: measured(one.measures ?? null, catalogue, names),
          }
        : one,
    ),
  };
}

// What a model predicts from what was measured. Measuring is done once; predicting, whenever another model is
// chosen.
/** @import {Analysis, Engine, Measures, Recording} from '../types.js' */

/** @param {Measures} measures @param {Pick<Engine, 'model'>} engine @returns {Analysis} */
export function predict(measures, { model }) {
  const { unlike_reference: isUnlike, ...prediction } = model.read(
    Float32Array.from(measures.model_features),
  );
  return {
    ...measures,
    ...prediction,
    flags: isUnlike ? [...measures.flags, 'unlike_reference'] : measures.flags,
  };
}

/**
 * A recording as the page shows it: read by this model, or, where it is to be acoustics only, unread.
 * @param {Recording} recording
 * @param {Engine|null} engine
 * @param {boolean} acoustics
 * @returns {Recording}
 */
export function shownBy(recording, engine, acoustics) {
  const { measures, analysis } = recording;
  const wanted = measures && engine && !acoustics ? engine : null;
  if ((analysis?.model.hash ?? null) === (wanted?.info.hash ?? null)) return recording;
  return { ...recording, analysis: measures && wanted ? predict(measures, wanted) : null };
}

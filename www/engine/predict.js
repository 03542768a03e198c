// What a model predicts from what was measured. Measuring is done once; predicting, whenever another model is
// chosen.
/** @import {Engine, Levelled, Prediction, Recording} from '../types.js' */

/** A model's inputs, in the catalogue's order. @param {Levelled} measures */
export const inputs = ({ model_features: values }) => Float32Array.from(Object.values(values));

/**
 * @template {Levelled} M
 * @param {M} measures  all of them, or those that are there first
 * @param {Pick<Engine, 'model'>} engine
 * @returns {M & Prediction}
 */
export function predict(measures, { model }) {
  const { active_speech_s: speech, snr_db: snr } = measures.signal;
  const prediction = model.predict(inputs(measures), speech, snr ?? undefined);
  const { flags } = measures;
  return {
    ...measures,
    ...prediction,
    flags: prediction.unlike_reference ? [...flags, 'unlike_reference'] : flags,
  };
}

/**
 * A recording as the page shows it: with this model's prediction, or, where it is to be acoustics only, without any.
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

// What the chosen model's figure can say: a score with its guide line, or only where a voice lies.
/** @import {Analysis, Recording} from '../types.js' */
import { number, t } from '../shell/i18n.js';
import { get } from '../shell/state.js';

/** `score`: the map's axis is the score; `valence`: the valence that the model was trained on; `free`: no trained direction. */
export const kind = () => get().engine?.info.map.axis ?? 'score';

/** The score that the page gives, if it gives one. @param {Pick<Recording, 'analysis'>} recording */
export const scoreOf = ({ analysis }) => (analysis && kind() === 'score' ? analysis.activation : null);

/** Words at the two ends of a direction, where it has a name. @param {ReturnType<typeof kind>} what */
export function endWords(what) {
  if (what === 'free') return [];
  return what === 'valence'
    ? [t('axis.unpleasant'), t('axis.pleasant')]
    : [t('scale.calm'), t('scale.excited')];
}

/** What a map without a score, and the reasons beneath it, show. */
export const ownNotes = () =>
  kind() === 'valence'
    ? { map: t('map.noteValence'), why: t('why.noteValence') }
    : { map: t('map.noteFree'), why: t('why.noteRead') };

/** Where the average voice lies from left to right, in marks. @param {Analysis|null} [analysis] */
export function averageAcross(analysis) {
  const { engine } = get();
  if (!engine) return 3;
  const { axis, centre, step } = engine.info.map;
  return axis === 'score' ? (analysis?.baseline ?? engine.info.baseline) : 3 - centre / step;
}

/** A place from left to right in the map's own units. @param {number} mark */
export function across(mark) {
  const { axis, centre, step } = get().engine?.info.map ?? { axis: 'score', centre: 0, step: 1 };
  return axis === 'score' ? mark : centre + (mark - 3) * step;
}

/** A place upwards in the map's own units. @param {number} steps */
export const upwards = (steps) => steps * (get().engine?.info.map.step ?? 1);

/** A mark of the axis, with as many digits as the steps need. @param {number} mark */
export function markName(mark) {
  const step = get().engine?.info.map.step ?? 1;
  const digits = [0, 1, 2].find((digits) => Math.abs(step - Number(step.toFixed(digits))) < 1e-9) ?? 3;
  const value = across(mark);
  return number(value, Math.abs(value) < 1e-9 ? 0 : digits);
}

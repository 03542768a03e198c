// The emotions that the training recordings' actors were asked to play: their order, names and colours.
import { EMOTION_MARKS } from '../engine/catalogue.js';
import { has, t } from '../shell/i18n.js';

/** @typedef {typeof EMOTION_MARKS[number]['name']} Emotion */

/** In the order of the legend. Corpora take the colours and marks of the first ones. */
export const EMOTIONS = EMOTION_MARKS.map(({ name }) => name);

/** @param {string} name @returns {name is Emotion} */
export const isEmotion = (name) => /** @type {readonly string[]} */ (EMOTIONS).includes(name);

/** @param {string} name  as the model's file has it @returns {string} */
export function emotionName(name) {
  const key = `emotion.${name}`;
  return has(key) ? t(key) : name;
}

/** The name of an emotion's colour token. @param {string} name */
export const emotionToken = (name) => `--emotion-${isEmotion(name) ? name : 'neutral'}`;

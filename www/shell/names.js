// How recordings are called.
/** @import {Recording} from '../types.js' */
import { t } from './i18n.js';

/**
 * The name that it was given, else its file's, else its number.
 * @param {Pick<Recording, 'name'|'file'|'number'>} recording
 */
export const nameOf = ({ name, file, number }) => name || file || t('list.voice', { n: number });

/**
 * With its number, where the name does not say it.
 * @param {Pick<Recording, 'name'|'file'|'number'>} recording
 */
export const fullName = (recording) =>
  [t('list.voice', { n: recording.number }), recording.name || recording.file].filter(Boolean).join(', ');

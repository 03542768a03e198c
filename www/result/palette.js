// The colours that the charts are drawn with: the tokens of the style sheet, by the names that the charts
// give them.
/** @import {Palette} from '../../pkg/undertone.js' */
import { token } from '../shell/canvas.js';
import { EMOTIONS, emotionToken } from './emotions.js';

/** A chart's colour and the token that it is. */
const TOKENS = /** @type {const} @satisfies {Record<Exclude<keyof Palette, 'emotions'>, string>} */ ({
  paper: '--background',
  field: '--picture-background',
  mark: '--range',
  wash: '--range-faint',
  markline: '--range-edge',
  ink: '--foreground',
  ink2: '--foreground-soft',
  line: '--line',
  line2: '--line-strong',
  calm: '--scale-low',
  exc: '--scale-high',
});

/** The page's own colours, as the style sheet has them now. @returns {Palette} */
export function palette() {
  const colours = Object.fromEntries(Object.entries(TOKENS).map(([name, from]) => [name, token(from)]));
  const emotions = Object.fromEntries(EMOTIONS.map((name) => [name, token(emotionToken(name))]));
  return /** @type {Palette} */ (/** @type {unknown} */ ({ ...colours, emotions }));
}

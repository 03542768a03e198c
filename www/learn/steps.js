// How many steps the lesson has: what the address needs to know before the lesson itself is loaded.
import { get } from '../shell/state.js';

export const STEP_COUNT = 8;
/** Of these there are neither score nor map: what remains in acoustics only. */
export const MEASURED = 6;
/** How many steps there are to go. */
export const count = () => (get().acoustics ? MEASURED : STEP_COUNT);

// Whether the page is used by finger: words then name no keys.

/** Whether a finger is what points here. */
export const isTouched = () => matchMedia('(hover: none), (pointer: coarse)').matches;

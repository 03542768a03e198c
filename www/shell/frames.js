// Drawing spread over frames: where much has changed at once, each frame draws a part of it, so that the page answers in between.

/** After so long the rest of what is to be drawn waits for the next frame, ms. */
const FRAME_MS = 8;

/** What is to be drawn, in the order in which it was asked for. @type {(() => void)[]} */
const waiting = [];
let isAsked = false;
/** Laying out what has changed took long, so drawing has waited for a frame already. */
let hasWaited = false;

/** Draws in the next frame, or in one after it if there is much to draw. @param {() => void} draw */
export function inFrames(draw) {
  waiting.push(draw);
  askForFrame();
}

function askForFrame() {
  if (isAsked || !waiting.length) return;
  isAsked = true;
  requestAnimationFrame(() => {
    const begin = performance.now();
    // What is drawn has its size from the page: that is laid out first, in a frame of its own where it takes long.
    document.documentElement.getBoundingClientRect();
    const until = performance.now() + FRAME_MS;
    hasWaited = !hasWaited && until - begin > 2 * FRAME_MS;
    try {
      if (!hasWaited)
        do waiting.shift()?.();
        while (waiting.length && performance.now() < until);
    } finally {
      // Also where a drawing has failed.
      isAsked = false;
      askForFrame();
    }
  });
}

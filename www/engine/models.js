// The models that the page brings along. A further one is a line here, its words `model.NAME` in www/words/,
// and its weights in models/, of which `cargo xtask build` makes the script modules.

/**
 * The modules with the weights of each, as text with a character per byte, by what it was trained for, in the order
 * in which they are offered.
 */
const WEIGHTS = {
  unsupervised: () => import('../../pkg/model-unsupervised.js'),
  'metric-cluster': () => import('../../pkg/model-metric-cluster.js'),
  'metric-act': () => import('../../pkg/model-metric-act.js'),
  'metric-val': () => import('../../pkg/model-metric-val.js'),
};

/** @typedef {keyof typeof WEIGHTS} Objective */

export const OBJECTIVES = /** @type {Objective[]} */ (Object.keys(WEIGHTS));

/** The one that gives a score, and that the page begins with. @type {Objective} */
export const DEFAULT = 'metric-act';

/** A model of that name, else the one that the page begins with. @param {string|null} [name] */
export const modelNamed = (name) => OBJECTIVES.find((objective) => objective === name) ?? DEFAULT;

/** @param {Objective} objective @returns {Promise<string>} */
export const weightsOf = async (objective) => (await WEIGHTS[objective]()).default;

/** What all models share, in the same form. @returns {Promise<string>} */
export const sharedWeights = async () => (await import('../../pkg/models-shared.js')).default;

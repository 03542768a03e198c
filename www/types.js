// Shapes of the data that the page handles. Only types: nothing here is loaded by the page.
/**
 * What the model says about one sound; the same object as the command line's JSON, and more.
 * @typedef {object} Analysis
 * @property {number} activation        1 calm … 5 excited, not limited
 * @property {[number, number]} interval
 * @property {[number, number]} latent
 * @property {number} score_axis        place from left to right, in score units
 * @property {number} other_axis        place up and down, in the same units
 * @property {number} baseline          score of the average voice
 * @property {string[]} flags
 * @property {[number, number]} region  the part that was measured, in seconds
 * @property {Signal} signal
 * @property {ArrayLike<number>} features  88 values of the region as recorded
 * @property {{features: ArrayLike<number>, groups: Record<string, number>}} contributions
 * @property {number[]} limited         indices of features held at the model's limits
 * @property {{low_hz: number, median_hz: number, high_hz: number}|null} pitch
 *
 * @typedef {object} Signal
 * @property {number} duration_s
 * @property {number} active_speech_s
 * @property {number} active_speech_level_dbfs
 * @property {number} peak_dbfs
 * @property {number} clipped_share
 * @property {number} dc
 * @property {number|null} snr_db
 * @property {number|null} voiced_share
 *
 * @typedef {object} SoundPicture
 * @property {number} columns
 * @property {number} rows
 * @property {Uint8Array} tones         columns × rows, 0–9, row 0 = 0 Hz
 * @property {Float32Array} f0Hz        0 = no tone
 * @property {number} seconds
 *
 * @typedef {{name: string, statistic: string, unit: string, group: string, family: string}} Feature
 * @typedef {{version: string, features: Feature[], groups: string[]}} Catalogue
 *
 * @typedef {object} Cloud  the reference recordings; all arrays have one entry per recording
 * @property {Float32Array} score
 * @property {Float32Array} other
 * @property {Uint8Array} emotion
 * @property {Uint8Array} corpus
 * @property {string[]} speaker
 * @property {string[]} emotions
 * @property {{id: string, name: string, language: string}[]} corpora
 *
 * @typedef {object} ModelInfo
 * @property {string} objective
 * @property {string} family
 * @property {number} baseline
 * @property {number} intervalLevel
 * @property {string} hash
 *
 * @typedef {import('../pkg/undertone.js').Take} Take
 * @typedef {object} Engine
 * @property {typeof import('../pkg/undertone.js')} wasm
 * @property {import('../pkg/undertone.js').Model} model
 * @property {ModelInfo} info
 * @property {Cloud} cloud
 * @property {Catalogue} catalogue
 *
 * What the browser really applied to the microphone's sound; absent means that it does not say.
 * @typedef {object} Captured
 * @property {string} [device]
 * @property {number} [rate]
 * @property {boolean} [echo]
 * @property {boolean} [noise]
 * @property {boolean} [gain]
 *
 * A message key with what is to be filled in.
 * @typedef {{key: string, params?: Record<string, string|number>}} Message
 *
 * Something that went wrong, with its message and ways out.
 * @typedef {object} Problem
 * @property {string} kind              part of the message key: `problem.<kind>`
 * @property {'A'|'B'|'D'} family       cannot listen, cannot use this sound, the page itself
 * @property {string} [name]            the error's own name, for asking for help
 * @property {Record<string, string|number>} [params]
 * @property {('again'|'file'|'reload'|'copy')[]} ways
 *
 * @typedef {object} Recording
 * @property {number} number
 * @property {string} file              name of the file, empty for the microphone
 * @property {Date} when
 * @property {Take} take
 * @property {number} seconds
 * @property {Analysis|null} analysis
 * @property {SoundPicture|null} picture
 * @property {Captured|null} captured
 * @property {Message[]} notices
 * @property {Problem|null} problem
 *
 * @typedef {{id: number, text: Message, progress: number|null}} QueueLine
 *
 * @typedef {object} State
 * @property {'record'|'privacy'} page
 * @property {'idle'|'asking'|'recording'|'working'} phase
 * @property {number} progress          of the analysis, 0–1
 * @property {Engine|null} engine
 * @property {Recording[]} recordings   in the order in which they were made
 * @property {number|null} current      number of the recording that is shown
 * @property {Problem|null} problem     shown in the place of the sentence
 * @property {Problem|null} cannot      why recording is impossible here
 * @property {Message|null} notice      one line above the sentence
 * @property {Recording|null} deleted   can still be undone
 * @property {QueueLine[]} queue
 * @property {{id: string, label: string}[]} devices
 * @property {string} device            chosen microphone, '' for the browser's choice
 * @property {number|null} playing      number of the recording that is heard
 * @property {'emotion'|'corpus'|'none'} dotsBy
 * @property {string|null} single       legend entry that is singled out
 * @property {'en'|'da'} language
 * @property {'system'|'light'|'dark'} theme
 * @property {boolean} keys             single keys are on
 */
export {};

// Shapes of the data that the page handles. Only types: nothing here is loaded by the page.
/**
 * What comes from the measuring part is described where it is made.
 * @typedef {import('../pkg/undertone.js').Analysis} Analysis
 * @typedef {import('../pkg/undertone.js').Levelled} Levelled
 * @typedef {import('../pkg/undertone.js').Measures} Measures
 * @typedef {import('../pkg/undertone.js').Prediction} Prediction
 * @typedef {import('../pkg/undertone.js').Contributions} Contributions
 * @typedef {import('../pkg/undertone.js').OrderEstimate} OrderEstimate
 * @typedef {import('../pkg/undertone.js').SoundPicture} SoundPicture
 * @typedef {import('../pkg/undertone.js').Lld} Lld
 * @typedef {import('../pkg/undertone.js').Feature} Feature
 * @typedef {import('../pkg/undertone.js').Catalogue} Catalogue
 * @typedef {import('../pkg/undertone.js').Cloud} Cloud
 * @typedef {import('../pkg/undertone.js').ModelInfo} ModelInfo
 * @typedef {import('../pkg/undertone.js').Take} Take
 * @typedef {import('./engine/models.js').Objective} Objective
 * @typedef {import('../pkg/reader.js').Difference} Difference
 * @typedef {typeof import('../pkg/reader.js')} Reader  the part that reads files
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
 * How several channels of a file were taken.
 * @typedef {object} Channels
 * @property {number} count             at least 2
 * @property {'mean'|number} taken      of all, or one of them; the first is 1
 * @property {Difference|null} difference  why their mean says little
 *
 * A message key with what is to be filled in, and what can be done about it.
 * @typedef {{key: string, params?: Record<string, string|number>, way?: {key: string, take: () => void}}} Message
 *
 * Something that went wrong, with its message and ways out.
 * @typedef {object} Problem
 * @property {string} kind              part of the message key: `problem.<kind>`
 * @property {'A'|'B'|'D'} family       cannot listen, cannot use this sound, the page itself
 * @property {string} [name]            the error's own name, for asking for help
 * @property {Record<string, string|number>} [params]
 * @property {('again'|'file'|'example'|'reload'|'copy')[]} ways
 *
 * @typedef {object} Recording
 * @property {string} id                tells it apart for good, also where it is saved and kept: no other has it, whatever its number; empty for an utterance
 * @property {number} number
 * @property {string} name              given by the person, empty at first
 * @property {string} file              name of the file, empty for the microphone
 * @property {File|null} source         the file itself where it is at hand: a reference, its bytes are not kept
 * @property {Channels|null} channels   of a file with more than one
 * @property {Date} when
 * @property {string} [origin]          what tells apart the saved sessions that it came from; absent or empty: made here
 * @property {Take|null} take           null where it was saved without its sound
 * @property {number} seconds
 * @property {Measures|null} measures   null where the sound could not be used, and as long as it is being measured
 * @property {Analysis|null} analysis   with what the chosen model predicts from the measures; null in acoustics only
 * @property {SoundPicture|null} picture
 * @property {Captured|null} captured
 * @property {Message[]} notices
 * @property {Problem|null} problem
 * @property {Course|null} course       cut at its pauses, where there is more than one utterance
 *
 * The course of a conversation: its utterances in time.
 * @typedef {object} Course
 * @property {number} pauseS            the pause that ended an utterance
 * @property {Utterance[]} utterances   by time; their numbers follow it
 * @property {string[]} voices          names that were given, the first is voice 1
 * @property {boolean} asOne            shown as one sound
 * @property {number|null} chosen       number of the utterance that is shown
 *
 * An utterance is shown as a recording is; its number is its place in time.
 * @typedef {Recording & UtterancePart} Utterance
 * @typedef {object} UtterancePart
 * @property {number} start             in s
 * @property {number} end
 * @property {number} voicedS           how long there is voice in it
 * @property {number} aboveDb           how far its speech stands above the background
 * @property {string|null} failed       code of what its analysis ended with
 * @property {boolean} isMeasured
 * @property {'sure'|'uncertain'|'none'} certainty
 * @property {string[]} reasons         flags, or why there is no score
 * @property {[number, number, number][]} windows  start, end and score of 3 s each, where it is long
 * @property {string} windowsBy         hash of the model that gave these scores; empty where there are none
 * @property {WindowInputs[]} windowInputs  what a model predicts them from, in their order; not saved, so empty for what comes from a file
 * @property {number} voice             whose it is: 0 nobody's, else one of the course's voices
 * @property {boolean} isOut            left out by hand
 * @property {boolean} isByHand         its edges were changed by hand
 * @property {number} pauseInsideS      the longest pause that a join by hand took in
 * @property {number|null} before       its score before its edges were changed
 *
 * What a model predicts the score of a window from.
 * @typedef {{start: number, end: number, features: Float32Array, speechS: number, snrDb: number|undefined}} WindowInputs
 *
 * A line that was read calmly; its sound is not kept.
 * @typedef {{text: string, seconds: number, measures: Measures}} CalmLine
 * The speaker's calm voice of a session.
 * `voice` is the name that it was given in a conversation; empty where one person speaks.
 * @typedef {{when: Date, origin: string, voice: string, lines: CalmLine[]}} Calm
 *
 * @typedef {{id: number, text: Message, progress: number|null}} QueueLine
 *
 * @typedef {object} State
 * @property {'record'|'learn'|'privacy'} page
 * @property {number} step              of the lesson, from 1
 * @property {'idle'|'asking'|'recording'|'working'|'reading'} phase  `reading`: a surface of its own has the microphone
 * @property {'closed'|'open'|'wanted'} nextTake  while sounds are measured: whether a recording can be wanted, and is
 * @property {number} progress          of the analysis, 0–1
 * @property {boolean} long             what is recorded is a conversation
 * @property {boolean} covered          scores are covered while one is recorded
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
 * @property {number[]|null} ticked     numbers of recordings to compare, start first; null: no comparison
 * @property {boolean} twoSpeakers      the two that are compared are different people
 * @property {Calm[]} calm             the calm voices that were read here or came with sessions
 * @property {boolean} fromAverage      scores are compared with the average voice although there is a calm one
 * @property {boolean} keeps            recordings are kept on this device
 * @property {number|null} renaming     number of the recording whose name is being edited
 * @property {boolean} acoustics        no network hears the voice: no score, no map, no reasons
 * @property {'groups'|'families'} sumBy
 * @property {boolean} trueMap          the map is as high as it is wide, also where the window is lower
 * @property {string[]} opened          rows of the reasons that are open
 * @property {import('./words/index.js').Language} language
 * @property {'system'|'light'|'dark'} theme
 * @property {boolean} keys             single keys are on
 * @property {boolean} pauseStops       a long pause ends the recording
 * @property {'unknown'|'ready'|'none'|'file'} offline  whether the page also opens without a network
 * @property {'none'|'ready'|'later'} update     whether a newer version waits
 */
export {};

// Sentences to read aloud: plain words, five to eight of them, no feeling in them. From no speech corpus.

/** Their languages, each by its own name. */
export const LANGUAGES = { en: 'English', da: 'Dansk', de: 'Deutsch' };

/** @typedef {keyof typeof LANGUAGES} Spoken */

/** @param {string} code @returns {code is Spoken} */
export const isSpoken = (code) => Object.hasOwn(LANGUAGES, code);

/** The four of the calm voice first, then ten to say in any way. @type {Record<Spoken, string[]>} */
const SENTENCES = {
  en: [
    'The train leaves at eight.',
    'There is a newspaper on the table.',
    'We eat when everyone is home.',
    'It will probably rain tomorrow.',
    'The parcel is by the door.',
    'The painter comes on Monday.',
    'My blue mug is in the cupboard.',
    'Grandma is making lemon tea.',
    'The little boat lies in the harbour.',
    'Our dog is under the big table.',
    'Now the whole room is yellow.',
    'I am looking for my other boot.',
    'Emil and Maya are in the garden.',
    'There are seven pears in the bowl.',
  ],
  da: [
    'Toget kører klokken otte.',
    'Der ligger en avis på bordet.',
    'Vi spiser, når alle er hjemme.',
    'I morgen bliver det nok regnvejr.',
    'Pakken ligger ved døren.',
    'Maleren kommer på mandag.',
    'Min blå kop står i skabet.',
    'Mormor laver te med citron.',
    'Den lille båd ligger i havnen.',
    'Vores hund ligger under det store bord.',
    'Nu er hele værelset gult.',
    'Jeg leder efter min anden støvle.',
    'Emil og Maja er i haven.',
    'Der ligger syv pærer i skålen.',
  ],
  de: [
    'Der Zug fährt um acht.',
    'Auf dem Tisch liegt eine Zeitung.',
    'Wir essen, wenn alle zu Hause sind.',
    'Morgen regnet es wahrscheinlich.',
    'Das Paket liegt vor der Tür.',
    'Am Montag kommt der Maler.',
    'Meine blaue Tasse steht im Schrank.',
    'Oma macht Tee mit Zitrone.',
    'Das kleine Boot liegt im Hafen.',
    'Unser Hund liegt unter dem großen Tisch.',
    'Jetzt ist das ganze Zimmer gelb.',
    'Ich suche meinen anderen Stiefel.',
    'Emil und Maja sind im Garten.',
    'In der Schale liegen sieben Birnen.',
  ],
};

/** So many lines make up the calm voice. */
export const CALM = 4;
/** All sentences of a language. */
export const COUNT = SENTENCES.en.length;

/** @param {Spoken} language @param {number} index  beyond the last one begins again with those to say in any way */
export const sentence = (language, index) =>
  SENTENCES[language][index < COUNT ? index : CALM + ((index - CALM) % (COUNT - CALM))];

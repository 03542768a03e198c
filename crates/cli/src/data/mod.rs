//! Labelled speech as numbers, and the sounds that are made from it or instead of it.
//!
//! | module | what it does |
//! |---|---|
//! | [`corpora`] | labelled speech: folder layouts, ratings, feature tables, a cache of features |
//! | [`emotion`] | the emotions that labels name |
//! | [`dataset`] | utterances as numbers; scaler; stratified and speaker-grouped folds |
//! | [`augment`] | versions of training utterances: randomly degraded, seeded by their content |
//! | [`conditions`] | noise, rooms, telephones: sound under fixed conditions |
//! | [`sound_sets`] | synthetic sounds that are no speech, and voices of adults and children |

pub mod augment;
pub mod conditions;
pub mod corpora;
pub mod dataset;
pub mod emotion;
pub mod sound_sets;

//! Labelled speech as features, and sounds to train and to test on.
//!
//! | module | what it does |
//! |---|---|
//! | [`corpora`] | corpora: folder layouts, ratings, feature tables, a cache of features |
//! | [`emotion`] | the emotion classes |
//! | [`dataset`] | data sets; scaler; stratified and speaker-independent folds |
//! | [`augment`] | augmentation: randomly degraded versions of training recordings, seeded by their content |
//! | [`conditions`] | sound under fixed conditions: noise, rooms, telephones |
//! | [`novelty_sounds`] | synthetic sounds that are no speech, and voices of adults and children |

pub mod augment;
pub mod conditions;
pub mod corpora;
pub mod dataset;
pub mod emotion;
pub mod novelty_sounds;
#[cfg(test)]
pub(crate) mod testing;

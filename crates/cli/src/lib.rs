//! The command `undertone`: eGeMAPSv02 features and activation (arousal) scores of recordings, training and evaluation of
//! the models, the replication of Das et al. (2022).
//!
//! The folders are layers; each uses only those below it:
//!
//! | layer | what is in it |
//! |---|---|
//! | [`commands`] | the command line: one file per command |
//! | [`experiments`] | the replication of Das et al. (2022), ablations, attribution analysis, robustness, their tables and figures |
//! | [`release`] | the final model: interval, novelty thresholds, held-out evaluation, weights file and card |
//! | [`learn`] | objectives, gradients, optimiser, the training recipe, baselines |
//! | [`data`] | corpora and their labels, data sets, augmentation, conditions, synthetic sounds |
//! | [`io`] | sound files, many files at once, output files, progress bars |
//! | [`numeric`] | random numbers, statistics |
//!
//! Everything is deterministic for a seed on any machine: sums run in a fixed order, transcendental functions come
//! from `libm`, random numbers from one documented generator. Parallel threads compute separate runs only.
//!
//! “Das et al. (2022)” are Das, Lønfeldt, Pagsberg and Clemmensen
//! ([`experiments::replication::published::CITATION`]); the corpus BanglaSER is by another Das et al. (2022).
#![forbid(unsafe_code)]

pub mod commands;
pub mod data;
pub mod experiments;
pub mod io;
pub mod learn;
pub mod numeric;
pub mod release;

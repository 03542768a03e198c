//! The command `undertone`: features and scores of recordings, training and evaluation of the models, the replication
//! of Das et al. (2022).
//!
//! The folders are layers; each uses only those below it:
//!
//! | layer | what is in it |
//! |---|---|
//! | [`commands`] | the command line: one file per command |
//! | [`experiments`] | the replication of Das et al., ablations, attribution study, robustness, their tables and figures |
//! | [`release`] | the final model: interval, novelty thresholds, held-out evaluation, weights file and card |
//! | [`learn`] | objectives, gradients, optimiser, the training recipe, baselines |
//! | [`data`] | corpora and their labels, data sets, augmentation, conditions, synthetic sounds |
//! | [`io`] | sound files, many files at once, output files |
//! | [`numeric`] | random numbers, statistics |
//!
//! Everything is deterministic for a seed on any machine: sums run in a fixed order, transcendental functions come
//! from `libm`, random numbers from one documented generator. Threads only ever work on separate runs.
#![forbid(unsafe_code)]

pub mod commands;
pub mod data;
pub mod experiments;
pub mod io;
pub mod learn;
pub mod numeric;
pub mod release;

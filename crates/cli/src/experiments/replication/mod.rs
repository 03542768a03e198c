//! The replication of Das et al. (2022): objectives, architectures and baselines side by side over seeds and folds, on the
//! source itself and on target corpora that are not trained on (method §5).
//!
//! | module | what |
//! |---|---|
//! | [`corpora`] | source and targets |
//! | [`plan`] | what is compared: seeds, folds, objectives, architectures, recipes; the list of runs |
//! | [`check`] | whether the corpora are fit for the plan |
//! | [`run`] | one run: train on all folds but one, measure on that one and on every target |
//! | [`measures`] | adjusted R², Bhattacharyya distance, balanced accuracy, bootstrap |
//! | [`run_store`] | finished runs on disk, by fingerprint |
//! | [`replicate`] | does the runs that are not stored yet |
//! | [`summary`] | mean and deviation over runs, intervals over speakers, oracle and chance |
//! | [`report`] | Markdown, CSV and JSON |
//! | [`published`] | the values published by Das et al. |
//! | [`error`] | why a replication cannot be done |

pub mod check;
pub mod corpora;
pub mod error;
pub mod measures;
pub mod plan;
pub mod published;
pub mod replicate;
pub mod report;
pub mod run;
pub mod run_store;
pub mod summary;
#[cfg(test)]
pub(crate) mod testing;

//! Conversations built of single utterances: whether these are found again, and whether their scores stay.
//!
//! Utterances of one voice are put one behind the other with pauses of random length and the same pink noise over all of it. What
//! [`Splitter`](undertone::analysis::utterances::Splitter) finds is compared with where they were put.

mod build;
mod measure;
mod report;

pub use build::{Clip, Noise, Setting, build, settings};
pub use measure::{Outcome, measure};
pub use report::markdown;

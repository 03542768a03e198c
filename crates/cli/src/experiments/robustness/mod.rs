//! How a model's scores change with the conditions under which speech was recorded, and what it makes of sounds that are no
//! speech.
//!
//! | module | what |
//! |---|---|
//! | [`plan`] | which conditions are measured |
//! | [`compare`] | scores under conditions beside the clean ones |
//! | [`novelty`] | rates at which sets of sounds are refused or flagged |
//! | [`personal`] | what a speaker's own calm utterances gain as a baseline |
//! | [`report`] | all of it as Markdown and CSV |

pub mod compare;
pub mod novelty;
pub mod personal;
pub mod plan;
pub mod report;

use serde::Serialize;

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Robustness {
    /// SHA-256 of the weights file.
    pub model: String,
    /// Per corpus: scores under conditions.
    pub corpora: Vec<compare::CorpusReport>,
    /// Sets of synthetic sounds; empty unless asked for.
    pub novelty: Vec<novelty::SetReport>,
    /// Personal baselines; empty unless asked for.
    pub personal: Vec<personal::Gain>,
}

//! Robustness: scores under conditions, novelty detection on sounds that are no speech, personal baselines.
//!
//! | module | what |
//! |---|---|
//! | [`plan`] | which conditions are measured |
//! | [`compare`] | scores under conditions beside the clean ones |
//! | [`novelty`] | how often sets of sounds, and recordings, are refused or flagged |
//! | [`personal`] | rank correlation with a personal baseline from a speaker's neutral utterances |
//! | [`report`] | Markdown and CSV |

pub mod compare;
pub mod novelty;
pub mod personal;
pub mod plan;
pub mod report;

use serde::Serialize;

use crate::release::scored_takes::{IntervalCell, OrderCell};

/// All results.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Robustness {
    /// SHA-256 of the weights file.
    pub model: String,
    /// Per corpus: scores under conditions.
    pub corpora: Vec<compare::CorpusReport>,
    /// Sets of synthetic sounds; empty unless asked for.
    pub novelty: Vec<novelty::SetReport>,
    /// Flags of recordings under conditions; empty unless asked for.
    pub flags: Vec<novelty::FlagReport>,
    /// How often the interval holds, by corpus, duration of the speech and background; empty unless asked for.
    pub intervals: Vec<IntervalCell>,
    /// How often two recordings of a voice come in the order of their labels; empty unless asked for.
    pub orders: Vec<OrderCell>,
    /// Personal baselines; empty unless asked for.
    pub personal: Vec<personal::BaselineGain>,
}

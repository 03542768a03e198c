//! One utterance from 16 kHz samples to its score and reasons: always the same way for microphone, file and training.
//!
//! ```text
//! samples ─ checks ─ speech region ─┬─ as recorded ──────────── extract ─▶ the 88 values that are shown
//!                                   └─ no DC, −26 dBFS active level ─ extract ─▶ the model's inputs ─▶ score, reasons
//! ```
//!
//! The level comes before the 16-bit step, because the voicing gate, floors and compressions of the features do not
//! scale with gain; so it cannot be done while a person still speaks, and the score is computed at the end.
//!
//! | module | what it does |
//! |---|---|
//! | [`live_pitch`] | the provisional pitch of a sound that is still being recorded |
//! | [`prepare`] | region, level, both extractions, in slices that a page can run between two frames of its display |
//! | [`progress`] | how much of the work is done |
//! | [`reading`] | the answer's two halves: what was measured, and what a model reads from it |
//! | [`result`] | the complete answer about one utterance, as page and command line hand it out |

pub mod live_pitch;
pub mod prepare;
pub mod progress;
pub mod reading;
pub mod result;

pub use prepare::{Preparation, Prepared, levelled_speech, model_features, recorded_features};
pub use reading::{Measures, Reading};
pub use result::{Analysis, PitchSpan};

use crate::audio::AudioError;
use egemaps::ExtractError;

/// Why an utterance has no score.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(untagged)]
pub enum AnalysisError {
    /// The sound itself: empty, too short, silent, without voice, not numbers.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The extraction.
    #[error(transparent)]
    Extract(#[from] ExtractError),
}

impl AnalysisError {
    /// A name that does not change with the wording: what messages are looked up by.
    pub fn code(&self) -> &'static str {
        match self {
            AnalysisError::Audio(error) => error.code(),
            AnalysisError::Extract(ExtractError::UnsupportedRate { .. }) => "unsupported_rate",
            AnalysisError::Extract(ExtractError::TooShort { .. }) => "too_short",
            AnalysisError::Extract(ExtractError::NotFinite { .. }) => "not_finite",
        }
    }
}

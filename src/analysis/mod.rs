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
//! | file | what it does |
//! |---|---|
//! | `live_pitch` | the provisional pitch of a sound that is still being recorded |
//! | `speech` | where the speech of one utterance is |
//! | `prepare` | region, level, both extractions, the model's inputs first, in slices that a page can run between two frames of its display |
//! | [`progress`] | how much of the work is done |
//! | `bands` | the levelled speech in frequency bands, frame by frame |
//! | `channel` | what a telephone or a room did to it |
//! | `manner` | whether it was spoken, or laughed, cried, sung |
//! | `describe` | both of them, in pieces |
//! | `measures` | what was measured, whatever the model |
//! | `prediction` | what one model predicts from the 88 inputs |
//! | `result` | both as one object, as page and command line hand it out |
//! | `pitch` | the span of a voice's pitch |
//! | [`utterances`] | where the utterances of a longer recording start and end |
//!
//! [`score()`] does all of it in one call, with the model that comes with the program. Step by step, with any model:
//!
//! ```
//! use undertone::analysis::{Analysis, Preparation};
//! use undertone::model::{Objective, built_in};
//!
//! # // A voice of pulses at 150 Hz, each ringing out at 700 Hz.
//! # let samples: Vec<f32> = (0..16_000)
//! #     .map(|k| (k as f32 / 16_000.0) % (1.0 / 150.0))
//! #     .map(|t| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin())
//! #     .collect();
//! let prepared = Preparation::new(&samples)?.finish()?;
//! let analysis = Analysis::new(&prepared, &built_in(Objective::MetricAct)?);
//! assert!((analysis.measures.pitch.median_hz - 150.0).abs() < 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bands;
mod channel;
mod describe;
mod live_pitch;
mod manner;
mod measures;
mod pitch;
mod prediction;
mod prepare;
pub mod progress;
mod result;
#[cfg(not(target_arch = "wasm32"))]
mod score;
mod speech;
pub mod utterances;

pub use live_pitch::LivePitch;
pub use measures::{LevelledMeasures, Measures};
pub use pitch::PitchSpan;
pub use prediction::{ModelSummary, Prediction};
pub use prepare::{Levelled, Preparation, Prepared, levelled_speech, model_features, recorded_features};
pub use result::Analysis;
#[cfg(not(target_arch = "wasm32"))]
pub use score::{ScoreError, score};

use crate::audio::AudioError;
use egemaps::ExtractError;

/// Version of the form in which results are written, `schema` in each of them. It counts up when a field changes its
/// meaning or goes; `docs/schema/analysis.json` describes the fields.
pub const SCHEMA: u32 = 1;

/// Why an utterance has no score.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
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
            AnalysisError::Extract(error) => error.code(),
        }
    }
}

//! What can go wrong in an extraction.

use super::limits::{MAX_RATE_HZ, MIN_RATE_HZ};

/// Why no features could be computed.
///
/// ```
/// use egemaps::{ExtractError, extract};
///
/// assert_eq!(extract(&[0.1; 800], 16_000), Err(ExtractError::TooShort { duration_s: 0.05 }));
/// assert_eq!(extract(&[0.1; 9_600], 96_000), Err(ExtractError::UnsupportedRate { rate_hz: 96_000 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "code", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ExtractError {
    /// The sampling rate is outside 8–48 kHz.
    #[error(
        "a sampling rate of {rate_hz} Hz is outside {MIN_RATE_HZ} to {MAX_RATE_HZ} Hz; resample the sound first"
    )]
    UnsupportedRate {
        /// The rate that was asked for, Hz.
        rate_hz: u32,
    },
    /// Less than one 60 ms frame.
    #[error("the sound is {} ms long; at least 60 ms are needed", (duration_s * 1000.0).round() as u64)]
    TooShort {
        /// Duration of the input, s.
        duration_s: f64,
    },
    /// A sample is NaN or infinite.
    #[error("sample {index} is not a number; the file or its decoder is broken")]
    NotFinite {
        /// Position of the first such sample.
        index: u64,
    },
}

impl ExtractError {
    /// A name that does not change with the wording; with the feature `serde`, the field `code`.
    pub const fn code(&self) -> &'static str {
        match self {
            ExtractError::UnsupportedRate { .. } => "unsupported_rate",
            ExtractError::TooShort { .. } => "too_short",
            ExtractError::NotFinite { .. } => "not_finite",
        }
    }
}

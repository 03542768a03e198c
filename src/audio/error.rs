//! Why a sound cannot be analysed.

use serde::Serialize;

use crate::number::Decimal;

/// Why a sound cannot be analysed.
///
/// Serialises to a flat object `{ code, …data }`, which is what the page looks its words up by; the text of `Display`
/// says what happened and what to do, for the command line.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AudioError {
    /// There is not one sample.
    #[error("the recording is empty: record again, or choose another file")]
    Empty,
    /// Shorter than [`super::MIN_DURATION_S`].
    #[error("the recording lasts {} ms, and at least 60 ms are needed: record a sentence", (duration_s * 1000.0).round() as u64)]
    TooShort {
        /// What there is, in seconds.
        duration_s: f64,
    },
    /// Less speech than [`super::SHORTEST_ACTIVE_S`]. Raised by the analysis.
    #[serde(rename = "too_short")]
    #[error(
        "only {} s of speech were found, and at least {} s are needed: say a whole sentence",
        Decimal((active_s * 100.0).round() / 100.0),
        Decimal(super::SHORTEST_ACTIVE_S)
    )]
    LittleSpeech {
        /// Active time of the speech, in seconds.
        active_s: f64,
    },
    /// Nothing rises above [`super::region::SILENCE_FLOOR_DBFS`].
    #[error(
        "the recording is silent (its loudest 20 ms reach {} dBFS): check that the right microphone \
         was chosen and that it is not muted",
        loudest_dbfs.round() as i64
    )]
    Silent {
        /// Level of the loudest 20 ms, in dBFS.
        loudest_dbfs: f64,
    },
    /// There is sound, but no frame of it has a pitch. Raised by the analysis.
    #[error("no voiced sound was found: speak a sentence aloud, nearer to the microphone")]
    NoVoice,
    /// A sample is NaN or infinite.
    #[error("sample {index} is not a finite number: the file is damaged, export it again")]
    NotFinite {
        /// The first such sample, counted from 0.
        index: usize,
    },
    /// The sampling rate is outside [`super::MIN_RATE_HZ`] … [`super::MAX_RATE_HZ`].
    #[error("a sampling rate of {rate_hz} Hz is not supported: use 8000 to 192000 Hz")]
    UnsupportedRate {
        /// The rate that was given, in Hz.
        rate_hz: u32,
    },
}

impl AudioError {
    /// A name that does not change with the wording: what messages are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooShort { .. } | Self::LittleSpeech { .. } => "too_short",
            Self::Silent { .. } => "silent",
            Self::NoVoice => "no_voice",
            Self::NotFinite { .. } => "not_finite",
            Self::UnsupportedRate { .. } => "unsupported_rate",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_error() -> Vec<AudioError> {
        vec![
            AudioError::Empty,
            AudioError::TooShort { duration_s: 0.03 },
            AudioError::LittleSpeech { active_s: 0.31 },
            AudioError::Silent { loudest_dbfs: -90.0 },
            AudioError::NoVoice,
            AudioError::NotFinite { index: 7 },
            AudioError::UnsupportedRate { rate_hz: 7_999 },
        ]
    }

    #[test]
    fn audio_error_serialises_flat_with_the_same_code() {
        for error in every_error() {
            let json = serde_json::to_value(&error).unwrap();
            assert_eq!(json["code"], error.code(), "{json}");
            assert!(json.as_object().unwrap().values().all(|v| !v.is_object()), "{json}");
        }
    }

    #[test]
    fn audio_error_serialises_its_data_beside_the_code() {
        let json = serde_json::to_value(AudioError::UnsupportedRate { rate_hz: 4_000 }).unwrap();
        assert_eq!(json, serde_json::json!({ "code": "unsupported_rate", "rate_hz": 4_000 }));
    }

    #[test]
    fn audio_error_texts_say_what_to_do() {
        for error in every_error() {
            let text = error.to_string();
            assert!(text.contains(": "), "no advice in: {text}");
            assert!(!text.contains("  "), "{text}");
        }
    }
}

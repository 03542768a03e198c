//! Samples to result in one call.

use std::sync::OnceLock;

use super::{Analysis, AnalysisError, Preparation};
use crate::audio::{AudioError, resample};
use crate::model::{Model, ModelError, Objective, built_in};

/// Why [`score`] has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// The sound: its rate is not supported, or it is empty, too short, silent, without voice, not numbers.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// The model that comes with the program was damaged before the build.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl From<AudioError> for ScoreError {
    fn from(error: AudioError) -> ScoreError {
        ScoreError::Analysis(error.into())
    }
}

/// Scores a whole utterance by the metric-act model that comes with the program: mono samples in −1 … 1 at a rate of 8 to
/// 192 kHz. The way is that of the page and of `undertone score`: to 16 kHz, speech found, levelled, features, model.
///
/// The model is read at the first call and kept.
///
/// ```
/// use undertone::ScoreError;
///
/// # // A voice of pulses at 150 Hz, each ringing out at 700 Hz.
/// # let samples: Vec<f32> = (0..48_000)
/// #     .map(|k| (k % 320) as f32 / 48_000.0)
/// #     .map(|t| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin())
/// #     .collect();
/// let analysis = undertone::score(&samples, 48_000)?;
/// assert!((0.0..6.0).contains(&analysis.prediction.activation));
/// assert!(analysis.measures.signal.voiced_share > Some(0.9));
///
/// let silence = undertone::score(&[0.0; 48_000], 48_000);
/// assert!(matches!(silence, Err(ScoreError::Analysis(error)) if error.code() == "silent"));
/// # Ok::<(), ScoreError>(())
/// ```
///
/// # Errors
/// [`ScoreError::Analysis`] says what is wrong with the sound; [`ScoreError::Model`] only if the program was damaged.
pub fn score(samples: &[f32], rate_hz: u32) -> Result<Analysis, ScoreError> {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let samples = resample::to_16k(samples, rate_hz)?;
    let prepared = Preparation::new(&samples)?.finish()?;
    if let Some(model) = MODEL.get() {
        return Ok(Analysis::new(&prepared, model));
    }
    let model = built_in(Objective::MetricAct)?;
    Ok(Analysis::new(&prepared, MODEL.get_or_init(|| model)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use test_signals::Voice;

    fn voice(rate_hz: u32) -> Vec<f32> {
        Voice { rate_hz, ..Voice::default() }.samples()
    }

    #[test]
    fn one_call_gives_what_the_steps_give_and_so_does_the_next() {
        let samples = resample::to_16k(&voice(44_100), 44_100).unwrap();
        let prepared = Preparation::new(&samples).unwrap().finish().unwrap();
        let expected = Analysis::new(&prepared, &built_in(Objective::MetricAct).unwrap());
        for _ in 0..2 {
            assert_eq!(score(&voice(44_100), 44_100).unwrap(), expected);
        }
    }

    #[test]
    fn what_has_no_score_says_why() {
        let code = |samples: &[f32], rate_hz| match score(samples, rate_hz) {
            Err(ScoreError::Analysis(error)) => error.code(),
            other => panic!("{other:?}"),
        };
        assert_eq!(code(&voice(16_000), 4_000), "unsupported_rate");
        assert_eq!(code(&[], 16_000), "empty");
        assert_eq!(code(&[0.1; 100], 16_000), "too_short");
        assert_eq!(code(&[0.0; 16_000], 16_000), "silent");
        assert_eq!(code(&[f32::NAN; 16_000], 16_000), "not_finite");
    }
}

//! From the content of a sound file to the 88 functionals that models take.
//!
//! [`model_features`] goes the same way as `score` and the page; the others change the samples on that way, or leave out
//! a step of it.

use std::io;

use crate::io::decode::{self, DecodeError};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::analysis::{self, AnalysisError};
use undertone::audio::{AudioError, resample};

/// Why a sound file gives no features.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeatureError {
    /// The file cannot be read from disk.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// Its content cannot be decoded.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Its samples cannot be resampled or changed.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// Its samples cannot be analysed: too short, silent, without voice.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// A feature is NaN or infinite.
    #[error("{feature} is not finite")]
    NotFinite {
        /// Official name of the feature.
        feature: &'static str,
    },
}

/// Content of a sound file → the 88 functionals of its speech at the fixed level.
pub type FeatureFunction<'a> = dyn Fn(&[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> + Sync + 'a;

/// The model's inputs: the speech region at the fixed level.
///
/// # Errors
/// [`FeatureError`] if the file cannot be decoded or has no features.
pub fn model_features(bytes: &[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    features_by(bytes, resample::to_16k)
}

/// The model's inputs for other samples: `change` makes them, at 16 kHz, from the file's samples at 16 kHz.
///
/// # Errors
/// As [`model_features`]; also if `change` fails.
pub fn features_of_changed(
    bytes: &[u8],
    change: impl Fn(&[f32]) -> Result<Vec<f32>, AudioError>,
) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    features_by(bytes, |samples, rate_hz| change(&resample::to_16k(samples, rate_hz)?))
}

/// The functionals of the speech region at the level as recorded.
///
/// # Errors
/// As [`model_features`].
pub fn features_at_recorded_level(bytes: &[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    let samples = decoded(bytes, resample::to_16k)?;
    Ok(analysis::recorded_features(&samples)?)
}

fn features_by(
    bytes: &[u8],
    to_16k: impl Fn(&[f32], u32) -> Result<Vec<f32>, AudioError>,
) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    let samples = decoded(bytes, to_16k)?;
    Ok(analysis::model_features(&samples)?)
}

/// The samples of a sound file's content, at 16 kHz.
fn decoded(
    bytes: &[u8],
    to_16k: impl Fn(&[f32], u32) -> Result<Vec<f32>, AudioError>,
) -> Result<Vec<f32>, FeatureError> {
    let sound = decode::decode(bytes.to_vec())?;
    Ok(to_16k(&sound.samples, sound.rate_hz)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::corpora::FeatureCache;

    #[test]
    fn features_from_the_cache_are_not_found_after_a_change_to_the_resampler() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [1.0; FEATURE_COUNT];
        FeatureCache::open(folder.path(), &model_features).unwrap().put(b"sound", &kept);
        let by = |resampler: fn(&[f32], u32) -> Result<Vec<f32>, AudioError>| {
            let changed = move |bytes: &[u8]| {
                let result = features_by(bytes, resampler);
                assert!(result.is_ok(), "a test sound must have features: {result:?}");
                result
            };
            FeatureCache::open(folder.path(), &changed).unwrap().get(b"sound")
        };
        assert_eq!(by(resample::to_16k), Some(kept));
        // What comes in at 16 kHz is left as it is, everything else is 0.01 % louder at some places.
        let other: fn(&[f32], u32) -> Result<Vec<f32>, AudioError> = |samples, rate_hz| {
            let mut out = resample::to_16k(samples, rate_hz)?;
            if rate_hz != 16_000 {
                out.iter_mut().skip(5_000).step_by(97).for_each(|v| *v *= 1.0001);
            }
            Ok(out)
        };
        assert_eq!(by(other), None);
    }

    #[test]
    fn features_of_what_is_no_sound_are_refused_with_the_reason() {
        assert!(
            model_features(b"no sound at all").is_err_and(|e| e.to_string().contains("not a sound file"))
        );
    }
}

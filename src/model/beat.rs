//! Short, equally long pieces of voice in quick succession: laughter and its like.
//!
//! Spectrum and pitch of laughter are those of a voice, so neither its distance from training voices nor the reconstruction
//! error tells it from speech. Its beat does: calls of 0.1 s, four to six a second, one like the other, where
//! syllables of speech run together into longer and uneven pieces.
//!
//! The limits were set by hand on synthetic laughter-like sound, with an eye on how rarely speech is flagged in Emo-DB,
//! BanglaSER, EmoTale and SAVEE (features only, no labels); no recorded laughter was at hand.
//! `undertone robustness --novelty` gives the rates.

use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// More pieces of voice a second than this,
const PER_SECOND: f32 = 3.3;
/// shorter on average than this, in seconds,
const MEAN_LENGTH_S: f32 = 0.15;
/// their lengths deviating by less than this share of the mean.
const DEVIATION_SHARE: f32 = 0.35;

/// Whether the features (catalogue order and units) are those of a steady beat of voice. A single piece of voice, whose
/// length has no deviation, is none.
pub(super) fn is_steady(features: &[f32; FEATURE_COUNT]) -> bool {
    let value = |name: &str| {
        let place = FEATURES.iter().position(|feature| feature.name == name);
        place.map_or(f32::NAN, |i| features[i])
    };
    let mean = value("MeanVoicedSegmentLengthSec");
    let deviation = value("StddevVoicedSegmentLengthSec");
    let even = deviation > 0.0 && deviation < DEVIATION_SHARE * mean;
    even && mean < MEAN_LENGTH_S && value("VoicedSegmentsPerSec") > PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(per_second: f32, mean: f32, deviation: f32) -> [f32; FEATURE_COUNT] {
        std::array::from_fn(|i| match FEATURES[i].name {
            "VoicedSegmentsPerSec" => per_second,
            "MeanVoicedSegmentLengthSec" => mean,
            "StddevVoicedSegmentLengthSec" => deviation,
            _ => 1e9,
        })
    }

    #[test]
    fn a_beat_is_quick_short_and_even() {
        assert!(is_steady(&features(4.5, 0.1, 0.02)));
        for other in
            [(2.8, 0.1, 0.02), (4.5, 0.2, 0.02), (4.5, 0.1, 0.05), (4.5, 0.1, 0.0), (4.5, f32::NAN, 0.02)]
        {
            assert!(!is_steady(&features(other.0, other.1, other.2)), "{other:?}");
        }
    }
}

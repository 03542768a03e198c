//! The rhythm of laughter: short voiced segments of equal length in quick succession.
//!
//! Spectrum and pitch of laughter are those of a voice, so neither the distance from the training voices nor the
//! reconstruction error tells it from speech. Its rhythm does: calls of 0.1 s, four to six a second, all alike, whereas
//! syllables of speech join into longer voiced segments of unequal length.
//!
//! The limits were set by hand on synthetic laughter-like sound, such that speech is rarely flagged in Emo-DB, BanglaSER,
//! EmoTale and SAVEE (features only, no labels); no recorded laughter was at hand. `undertone robustness --novelty` gives
//! the rates.

use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// Laughter has more voiced segments per second than this.
const MIN_SEGMENTS_PER_S: f32 = 3.3;
/// The mean length of its voiced segments is below this, in seconds.
const MAX_MEAN_LENGTH_S: f32 = 0.15;
/// The standard deviation of their lengths is below this share of the mean length.
const MAX_RELATIVE_DEVIATION: f32 = 0.35;

/// Whether the features (catalogue order and units) have the rhythm of laughter. A single voiced segment, whose length has
/// no deviation, has none.
pub(super) fn has_laughter_rhythm(features: &[f32; FEATURE_COUNT]) -> bool {
    let value = |name: &str| {
        let place = FEATURES.iter().position(|feature| feature.name == name);
        place.map_or(f32::NAN, |i| features[i])
    };
    let mean = value("MeanVoicedSegmentLengthSec");
    let deviation = value("StddevVoicedSegmentLengthSec");
    let even = deviation > 0.0 && deviation < MAX_RELATIVE_DEVIATION * mean;
    even && mean < MAX_MEAN_LENGTH_S && value("VoicedSegmentsPerSec") > MIN_SEGMENTS_PER_S
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
    fn laughter_rhythm_is_quick_short_and_even() {
        assert!(has_laughter_rhythm(&features(4.5, 0.1, 0.02)));
        for other in
            [(2.8, 0.1, 0.02), (4.5, 0.2, 0.02), (4.5, 0.1, 0.05), (4.5, 0.1, 0.0), (4.5, f32::NAN, 0.02)]
        {
            assert!(!has_laughter_rhythm(&features(other.0, other.1, other.2)), "{other:?}");
        }
    }
}

//! The complete answer about one utterance.

use std::collections::BTreeMap;

use serde::Serialize;

use super::prepare::Prepared;
use super::reading::{Measures, Reading};
use crate::audio::checks::{Flag, SignalReport, flags};
use crate::model::Model;
use egemaps::catalogue::FEATURE_COUNT;

/// Everything that is known about one utterance. Page and command line hand out this object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// Activation score, 1 calm … 5 excited; not clamped.
    pub activation: f64,
    /// Range in which listeners' ratings of unheard speakers lay in the share of cases that the model states.
    pub interval: [f64; 2],
    /// The two latent coordinates.
    pub latent: [f64; 2],
    /// The latent point turned so that its first axis is the score: \[activation, the rest\].
    pub map: [f64; 2],
    /// Score of the average training voice, where the contributions start.
    pub baseline: f64,
    /// Reasons to trust the result less.
    pub flags: Vec<Flag>,
    /// Start and end of the speech within the recording, s. The rest was left out.
    pub region: [f64; 2],
    /// Figures about the recording.
    pub signal: SignalReport,
    /// Pitch of the voiced frames, Hz.
    pub pitch: PitchSpan,
    /// The 88 functionals of the region as recorded, catalogue order.
    #[serde(serialize_with = "as_slice")]
    pub features: [f32; FEATURE_COUNT],
    /// The 88 functionals at the fixed active speech level: what the model saw.
    #[serde(serialize_with = "as_slice")]
    pub model_features: [f32; FEATURE_COUNT],
    /// For each feature the share of the model's training utterances with a lower value, 0 … 1.
    pub ranks: Vec<Option<f64>>,
    /// Indices of features that lay so far outside that they were limited.
    pub limited: Vec<usize>,
    /// Contributions of the features to activation − baseline, score units, catalogue order.
    #[serde(serialize_with = "as_slice")]
    pub contributions: [f64; FEATURE_COUNT],
    /// Their sums over the 27 groups, by the group's name.
    pub groups: BTreeMap<&'static str, f64>,
    /// Their sums over the four families.
    pub families: BTreeMap<&'static str, f64>,
    /// SHA-256 of the weights file.
    pub model: String,
    /// Version of this program.
    pub version: &'static str,
}

/// Pitch of the voiced frames: tenth percentile, median, ninetieth percentile, Hz.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PitchSpan {
    /// A tenth of the voiced frames lie below.
    pub low_hz: f32,
    /// The middle.
    pub median_hz: f32,
    /// A tenth of the voiced frames lie above.
    pub high_hz: f32,
}

impl PitchSpan {
    /// Span of a pitch contour in which 0 means unvoiced; all 0 if nothing is voiced.
    pub fn of(f0_hz: &[f32]) -> PitchSpan {
        let mut voiced: Vec<f32> = f0_hz.iter().copied().filter(|f| *f > 0.0).collect();
        voiced.sort_by(f32::total_cmp);
        let at = |share: f64| {
            let place = share * voiced.len().saturating_sub(1) as f64;
            voiced.get(place.round() as usize).copied().unwrap_or(0.0)
        };
        PitchSpan { low_hz: at(0.1), median_hz: at(0.5), high_hz: at(0.9) }
    }
}

impl Analysis {
    /// Scores a prepared utterance and finds its reasons.
    pub fn new(prepared: &Prepared, model: &Model) -> Analysis {
        let measures = Measures::new(prepared);
        let reading = Reading::new(&measures.model_features, model);
        Analysis {
            activation: reading.activation,
            interval: reading.interval,
            latent: reading.latent,
            map: reading.map,
            baseline: reading.baseline,
            flags: flags(&measures.signal, reading.unlike_reference),
            region: measures.region,
            signal: measures.signal,
            pitch: measures.pitch,
            features: measures.features,
            model_features: measures.model_features,
            ranks: reading.ranks,
            limited: reading.limited,
            contributions: reading.contributions,
            groups: reading.groups,
            families: reading.families,
            model: reading.model,
            version: measures.version,
        }
    }
}

pub(super) fn as_slice<T: Serialize, S: serde::Serializer>(
    values: &[T; FEATURE_COUNT],
    s: S,
) -> Result<S::Ok, S::Error> {
    values.as_slice().serialize(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pitch_span_ignores_unvoiced_frames() {
        let f0: Vec<f32> = (0..=100).flat_map(|k| [0.0, 100.0 + k as f32]).collect();
        let span = PitchSpan::of(&f0);
        assert_eq!((span.low_hz, span.median_hz, span.high_hz), (110.0, 150.0, 190.0));
        assert_eq!(PitchSpan::of(&[0.0]).median_hz, 0.0);
    }
}

//! What was measured of one utterance; no model has seen it.

use serde::Serialize;

use super::SCHEMA;
use super::pitch::PitchSpan;
use super::prepare::{Levelled, Prepared};
use crate::attribution::features_by_name;
use crate::audio::checks::{Flag, SignalReport, flags};
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};

/// What was measured of one utterance, whatever the model. Whoever wants no score needs no more than this.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// Version of the form of this object: [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that measured.
    pub version: &'static str,
    /// Version of the list of features: [`CATALOGUE_VERSION`].
    pub catalogue: &'static str,
    /// Reasons to trust the result less, as far as the sound itself gives any.
    pub flags: Vec<Flag>,
    /// Start and end of the speech within the recording, s. The rest was left out.
    pub region: [f64; 2],
    /// Figures about the whole recording.
    pub signal: SignalReport,
    /// Pitch of the voiced frames, Hz.
    pub pitch: PitchSpan,
    /// The 88 functionals of the region as recorded, catalogue order.
    #[serde(serialize_with = "features_by_name")]
    pub features: [f32; FEATURE_COUNT],
    /// The 88 functionals at the fixed active speech level: a model's inputs.
    #[serde(serialize_with = "features_by_name")]
    pub model_features: [f32; FEATURE_COUNT],
}

impl Measures {
    /// Collects what a [`super::Preparation`] measured: flags of the signal, speech region in s, pitch in Hz, and both sets
    /// of 88 functionals.
    pub fn new(prepared: &Prepared) -> Measures {
        Measures {
            schema: SCHEMA,
            version: crate::version::VERSION,
            catalogue: CATALOGUE_VERSION,
            flags: flags(&prepared.signal, false),
            region: prepared.region.seconds(),
            signal: prepared.signal.clone(),
            pitch: PitchSpan::of(&prepared.levelled.f0_hz),
            features: prepared.recorded.functionals,
            model_features: prepared.levelled.functionals,
        }
    }
}

/// What is known of one utterance when a model can see it, before the features as recorded are there. The fields are those
/// of [`Measures`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelledMeasures {
    /// Reasons to trust the result less, as far as the sound itself gives any.
    pub flags: Vec<Flag>,
    /// Start and end of the speech within the recording, s.
    pub region: [f64; 2],
    /// Figures about the whole recording.
    pub signal: SignalReport,
    /// Pitch of the voiced frames, Hz.
    pub pitch: PitchSpan,
    /// The 88 functionals at the fixed active speech level.
    #[serde(serialize_with = "features_by_name")]
    pub model_features: [f32; FEATURE_COUNT],
}

impl LevelledMeasures {
    /// Collects what a [`super::Preparation`] has measured so far.
    pub fn new(levelled: &Levelled) -> LevelledMeasures {
        LevelledMeasures {
            flags: flags(&levelled.signal, false),
            region: levelled.region.seconds(),
            signal: levelled.signal.clone(),
            pitch: PitchSpan::of(&levelled.features.f0_hz),
            model_features: levelled.features.functionals,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Preparation;
    use crate::lesson::testing::recording;

    #[test]
    fn what_is_known_halfway_is_what_the_measures_say() {
        let samples = recording(1.2);
        let mut preparation = Preparation::new(&samples).unwrap();
        while preparation.levelled().is_none() {
            assert!(preparation.step().unwrap() < 1.0);
        }
        let early = LevelledMeasures::new(preparation.levelled().unwrap());
        let Measures { flags, region, signal, pitch, model_features, .. } =
            Measures::new(&preparation.finish().unwrap());
        assert_eq!(early, LevelledMeasures { flags, region, signal, pitch, model_features });
    }
}

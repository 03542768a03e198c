//! What was measured of one utterance; no model has seen it.

use serde::Serialize;

use super::SCHEMA;
use super::pitch::PitchSpan;
use super::prepare::Prepared;
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

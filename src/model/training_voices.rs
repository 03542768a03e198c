//! The training voices: the training utterances as points of the latent space, without sound or features.

use super::network::LATENT_COUNT;

/// One point per training utterance; all lists have the same length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrainingVoices {
    /// Latent coordinates, as the encoder gives them.
    pub latent: Vec<[f32; LATENT_COUNT]>,
    /// Activation label, 1 … 5.
    pub activation: Vec<f32>,
    /// Index into [`super::ModelInfo::emotions`].
    pub emotion: Vec<u8>,
    /// Index into [`super::ModelInfo::corpora`].
    pub corpus: Vec<u8>,
    /// Index into [`super::ModelInfo::speakers`].
    pub speaker: Vec<u16>,
}

impl TrainingVoices {
    /// Number of points.
    pub fn len(&self) -> usize {
        self.latent.len()
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.latent.is_empty()
    }
}

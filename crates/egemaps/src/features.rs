//! What an extraction gives.

use super::catalogue::{FEATURE_COUNT, LLD_COUNT};

/// Low-level descriptors (LLDs) and functionals of one sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// The 88 functionals in the order of [`super::catalogue::FEATURES`].
    pub functionals: [f32; FEATURE_COUNT],
    /// The smoothed low-level descriptors, one row per 10 ms in the order of [`super::catalogue::Lld::ALL`]; one row more
    /// than there are 60 ms frames (quirk 14). Empty after [`Extractor::without_llds`](super::Extractor::without_llds).
    pub llds: Vec<[f32; LLD_COUNT]>,
    /// Pitch of each 60 ms frame before smoothing, Hz; 0 = unvoiced.
    pub f0_hz: Vec<f32>,
    /// Step between rows, s: 0.01 but at rates where that is not a whole number of samples (quirk 3).
    pub hop_s: f64,
}

impl Features {
    /// Share of 60 ms frames with a pitch, 0 … 1.
    pub fn voiced_share(&self) -> f64 {
        let voiced = self.f0_hz.iter().filter(|f| **f > 0.0).count();
        voiced as f64 / self.f0_hz.len().max(1) as f64
    }
}

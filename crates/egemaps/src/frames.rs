//! Frames of the waveform under their window: one at a time, or eight side by side.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f64x8};

use super::fft::{RealFft, magnitudes};
use super::geometry::FrameShape;
use super::lanes::{LANES, Lanes, transpose, widen};
use crate::pcm::quantise_pcm16;

/// The value of a sample in the analysis: brought to 16 bit, over 32767.
pub(super) fn as_analysed(sample: f32) -> f32 {
    f32::from(quantise_pcm16(sample)) / 32767.0
}

/// Neighbouring frames that are worked on side by side.
pub(super) struct Frames<'a> {
    /// Samples from the first frame's first on.
    pub(super) wave: &'a [f32],
    pub(super) hop: usize,
    pub(super) count: usize,
}

impl Frames<'_> {
    /// Writes the windowed frames, centred between zeros, into `windowed`; lanes without a frame are 0. Returns the sum of
    /// the squares of each frame's samples (without the window).
    #[inline(always)]
    pub(super) fn window<S: Simd>(
        &self,
        simd: S,
        shape: &FrameShape,
        windowed: &mut Vec<Lanes>,
    ) -> [f64; LANES] {
        let mut squares = f64x8::splat(simd, 0.0);
        windowed.clear();
        windowed.resize(shape.fft_length, Lanes::default());
        // A lane without a frame gets the last one's samples, and zeros as its window.
        let mut offsets = [self.count.saturating_sub(1) * self.hop; LANES];
        let mut present = Lanes::default();
        for (i, (offset, present)) in offsets.iter_mut().zip(&mut present.0).enumerate().take(self.count) {
            (*offset, *present) = (i * self.hop, 1.0);
        }
        let present = present.load(simd);
        let out = windowed[shape.padding..].chunks_mut(LANES);
        for ((out, window), k) in out.zip(shape.window.chunks(LANES)).zip((0..).step_by(LANES)) {
            let mut rows = [Lanes::default(); LANES];
            for (row, offset) in rows.iter_mut().zip(offsets) {
                let samples = &self.wave[offset + k..];
                row.0[..window.len()].copy_from_slice(&samples[..window.len()]);
            }
            transpose(simd, &mut rows);
            for ((out, samples), window) in out.iter_mut().zip(&rows).zip(window) {
                let samples = samples.load(simd) * present;
                squares += widen(samples * samples);
                *out = Lanes::of(samples * *window);
            }
        }
        squares.to_array()
    }
}

/// One frame's windowed samples, its spectrum as the transform packs it, and its magnitudes.
pub(super) fn spectrum(
    shape: &FrameShape,
    fft: &mut RealFft,
    frame: &[f32],
    (windowed, packed, out): (&mut Vec<f32>, &mut Vec<f32>, &mut Vec<f32>),
) {
    shape.windowed(frame, windowed);
    fft.forward(windowed, packed);
    magnitudes(packed, out);
}

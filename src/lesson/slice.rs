//! A single short frame, as the extractor's spectra see it.

use super::Lesson;
use crate::audio::SAMPLE_RATE_HZ;
use egemaps::catalogue::Lld;
use egemaps::geometry::{HOP_S, SHORT_FRAME_S, Window};
use egemaps::{Slice, Slicer};

/// A short frame under its Hamming window, with its spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortFrame {
    /// Samples and spectrum.
    pub slice: Slice,
    /// Distance of the spectrum's lines, Hz.
    pub bin_hz: f64,
    /// The magnitude that a tone as loud as the loudest sample of the speech would have.
    pub loudest: f64,
}

impl Lesson {
    /// The greatest absolute sample of the speech.
    pub fn peak(&self) -> f64 {
        self.speech.iter().fold(0.0f64, |peak, v| peak.max(f64::from(v.abs())))
    }

    /// The short frame whose middle is nearest to a moment, s into the speech: one of the extractor's own, on its grid of
    /// 10 ms.
    pub fn short_frame_at(&self, at_s: f64) -> ShortFrame {
        let mut slicer = Slicer::new(SAMPLE_RATE_HZ, SHORT_FRAME_S, Window::Hamming);
        let hop = (HOP_S * f64::from(SAMPLE_RATE_HZ)).round() as i64;
        let slice = slicer.slice(&self.speech, self.frame_at(Lld::Loudness, at_s) as i64 * hop);
        let window = slicer.window().iter().fold(0.0, |sum, w| sum + f64::from(*w));
        ShortFrame { slice, bin_hz: slicer.bin_hz(), loudest: 0.5 * self.peak() * window }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::testing::lesson;

    #[test]
    fn short_frame_lies_on_the_extractor_s_grid() {
        let lesson = lesson(1.0);
        // Frame 50 begins at 0.50 s and has its middle at 0.51 s.
        let frame = lesson.short_frame_at(0.513);
        let mut slicer = Slicer::new(SAMPLE_RATE_HZ, 0.02, Window::Hamming);
        let wanted = slicer.slice(&lesson.speech, 8_000);
        assert_eq!((&frame.slice, frame.bin_hz), (&wanted, slicer.bin_hz()));
        assert_eq!(frame.slice.windowed.len(), 320);
    }

    #[test]
    fn short_frame_of_a_tone_reaches_the_loudest_magnitude() {
        let mut lesson = lesson(1.0);
        let tone = |n: usize| 0.25 * libm::sin(core::f64::consts::TAU * 1_000.0 * n as f64 / 16_000.0);
        lesson.speech = (0..16_000).map(|n| tone(n) as f32).collect();
        let frame = lesson.short_frame_at(0.5);
        let strongest = frame.slice.magnitudes.iter().fold(0.0f64, |most, m| most.max(f64::from(*m)));
        assert!((lesson.peak() - 0.25).abs() < 1e-6);
        assert!((strongest / frame.loudest - 1.0).abs() < 0.02, "{strongest} {}", frame.loudest);
    }
}

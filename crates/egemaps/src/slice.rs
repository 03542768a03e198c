//! A single windowed frame of a sound and its spectrum, computed as the extractor does it: for displays, at any position
//! and with a window of any length.

use super::fft::RealFft;
use super::frames::{as_analysed, spectrum};
use super::geometry::{FrameShape, Window};

/// A windowed frame and its spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// The samples under the window, −1 … 1.
    pub windowed: Vec<f32>,
    /// Magnitudes of the spectrum; bin k lies at k · [`Slicer::bin_hz`].
    pub magnitudes: Vec<f32>,
}

/// Cuts frames of one length out of a sound and computes their spectra.
///
/// ```
/// use egemaps::{Slicer, energy_shares, geometry::Window};
///
/// let tone: Vec<f32> = (0..8_000).map(|n| (f64::from(n) * 0.4).sin() as f32).collect(); // 1019 Hz at 16 kHz
/// let mut slicer = Slicer::new(16_000, 0.020, Window::Hamming);
/// let slice = slicer.slice(&tone, 1_600);
/// let [below, above] = energy_shares(&slice.magnitudes, slicer.bin_hz(), &[0.0, 500.0, 8_000.0])[..] else { panic!() };
/// assert!(above > 0.999 && below < 0.001);
/// ```
#[derive(Debug)]
pub struct Slicer {
    shape: FrameShape,
    fft: RealFft,
    frame: Vec<f32>,
    buffer: Vec<f32>,
    packed: Vec<f32>,
}

impl Slicer {
    /// Slices of `duration_s` seconds at `rate_hz`. 20 ms Hamming and 60 ms Gaussian are the extractor's own frames.
    pub fn new(rate_hz: u32, duration_s: f64, window: Window) -> Slicer {
        let shape = FrameShape::new(rate_hz, duration_s, window);
        let fft = RealFft::new(shape.fft_length);
        Slicer { shape, fft, frame: Vec::new(), buffer: Vec::new(), packed: Vec::new() }
    }

    /// Samples in a slice.
    pub fn length(&self) -> usize {
        self.shape.length
    }

    /// Distance of two bins, Hz.
    pub fn bin_hz(&self) -> f64 {
        self.shape.bin_hz
    }

    /// The window, one value per sample.
    pub fn window(&self) -> &[f32] {
        &self.shape.window
    }

    /// The slice that begins at sample `start`; what lies outside the sound, or is not a number, is silence.
    pub fn slice(&mut self, samples: &[f32], start: i64) -> Slice {
        let at = |index: i64| usize::try_from(index).ok().and_then(|index| samples.get(index)).copied();
        self.frame.clear();
        self.frame.extend(
            (0..self.shape.length as i64).map(|k| as_analysed(at(start.saturating_add(k)).unwrap_or(0.0))),
        );
        let mut magnitudes = Vec::with_capacity(self.shape.bins());
        spectrum(
            &self.shape,
            &mut self.fft,
            &self.frame,
            (&mut self.buffer, &mut self.packed, &mut magnitudes),
        );
        let windowed = self.buffer.iter().skip(self.shape.padding).take(self.shape.length).copied().collect();
        Slice { windowed, magnitudes }
    }
}

/// The share of a spectrum's energy that lies in each of the parts between neighbouring `edges_hz`, 0 … 1; all 0 for
/// silence. A bin on an edge belongs to the part above it.
pub fn energy_shares<const N: usize>(magnitudes: &[f32], bin_hz: f64, edges_hz: &[f64; N]) -> Vec<f64> {
    let mut sums = vec![0.0f64; N.saturating_sub(1)];
    for (k, magnitude) in magnitudes.iter().enumerate() {
        let hz = k as f64 * bin_hz;
        let part = edges_hz.windows(2).position(|edge| hz >= edge[0] && hz < edge[1]);
        if let Some(sum) = part.and_then(|part| sums.get_mut(part)) {
            *sum += f64::from(*magnitude) * f64::from(*magnitude);
        }
    }
    let total: f64 = sums.iter().sum();
    if total > 0.0 {
        for sum in &mut sums {
            *sum /= total;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extractor;
    use crate::catalogue::Lld;
    use crate::geometry::Geometry;
    use crate::lanes::in_first_lane;
    use crate::loudness_mfcc::MelBank;
    use crate::pitch::{CandidateAnalyser, CandidateSpace};
    use fearless_simd::{Level, dispatch};
    use test_signals::Voice;

    fn tone(hz: f64, seconds: f64) -> Vec<f32> {
        let sample = |n: usize| 0.5 * libm::sin(core::f64::consts::TAU * hz * n as f64 / 16_000.0);
        (0..(16_000.0 * seconds) as usize).map(|n| sample(n) as f32).collect()
    }

    fn loudest(slice: &Slice) -> usize {
        (0..slice.magnitudes.len())
            .fold(0, |best, k| if slice.magnitudes[k] > slice.magnitudes[best] { k } else { best })
    }

    #[test]
    fn slicer_shows_a_tone_in_its_bin_with_every_window() {
        for (duration_s, window) in
            [(0.02, Window::Hamming), (0.06, Window::Gaussian), (0.1, Window::Hamming)]
        {
            let mut slicer = Slicer::new(16_000, duration_s, window);
            for hz in [250.0, 1_000.0, 3_000.0] {
                let slice = slicer.slice(&tone(hz, 0.5), 2_000);
                assert_eq!(slice.windowed.len(), slicer.length());
                let peak_hz = loudest(&slice) as f64 * slicer.bin_hz();
                assert!((peak_hz - hz).abs() <= slicer.bin_hz() / 2.0 + 1e-9, "{hz} Hz at {peak_hz} Hz");
            }
        }
    }

    #[test]
    fn slicer_gives_a_tone_half_its_amplitude_times_the_sum_of_the_window() {
        let mut slicer = Slicer::new(16_000, 0.02, Window::Hamming);
        let slice = slicer.slice(&tone(1_000.0, 0.5), 1_600);
        let sum: f32 = slicer.window().iter().sum();
        assert!((slice.magnitudes[loudest(&slice)] / (0.25 * sum) - 1.0).abs() < 0.01);
    }

    #[test]
    fn slicer_resolves_a_tone_more_finely_with_a_longer_window() {
        let width_hz = |duration_s: f64| {
            let mut slicer = Slicer::new(16_000, duration_s, Window::Hamming);
            let slice = slicer.slice(&tone(1_000.0, 0.5), 1_000);
            let half = slice.magnitudes[loudest(&slice)] / core::f32::consts::SQRT_2;
            slice.magnitudes.iter().filter(|m| **m > half).count() as f64 * slicer.bin_hz()
        };
        let [short, middle, long] = [0.01, 0.02, 0.08].map(width_hz);
        assert!(short > 1.5 * middle && middle > 2.0 * long, "{short} {middle} {long}");
    }

    /// The extractor's own frames, bit for bit: candidates from the long slices, loudness from the short ones.
    #[test]
    fn slicer_gives_the_frames_of_the_extractor_bit_for_bit() {
        let wave = Voice { seconds: 0.5, ..Voice::default() }.samples();
        let mut extractor = Extractor::traced(16_000).unwrap();
        extractor.push(&wave).unwrap();
        let (features, trace) = extractor.finish_traced().unwrap();
        let geometry = Geometry::new(16_000).unwrap();
        let mut long = Slicer::new(16_000, 0.06, Window::Gaussian);
        let (analyser, mut space) = (CandidateAnalyser::new(&geometry.long), CandidateSpace::default());
        for (frame, candidates) in trace.candidates.iter().enumerate() {
            let slice = long.slice(&wave, (frame * geometry.hop) as i64);
            let magnitudes = in_first_lane(&slice.magnitudes);
            let found = dispatch!(Level::new(), simd => analyser.candidates(simd, &mut space, &magnitudes));
            assert_eq!(found[0], *candidates, "frame {frame}");
        }
        let mut short = Slicer::new(16_000, 0.02, Window::Hamming);
        let mel = MelBank::new(&geometry.short);
        let mut loudness = |frame: usize| {
            let power: Vec<f32> =
                short.slice(&wave, (frame * geometry.hop) as i64).magnitudes.iter().map(|m| m * m).collect();
            let power = in_first_lane(&power);
            dispatch!(Level::new(), simd => mel.loudness(simd, &mel.energies(simd, &power)))[0]
        };
        for frame in 1..20 {
            let [before, here, after] = [frame - 1, frame, frame + 1].map(&mut loudness);
            assert_eq!(
                features.llds[frame][Lld::Loudness.index()].to_bits(),
                ((here + before + after) / 3.0).to_bits()
            );
        }
    }

    #[test]
    fn slicer_takes_what_is_outside_the_sound_for_silence() {
        let mut slicer = Slicer::new(16_000, 0.02, Window::Hamming);
        for start in [-1_000, 1_000, i64::MIN / 2, i64::MAX] {
            let slice = slicer.slice(&[0.5; 500], start);
            assert!(slice.magnitudes.iter().all(|m| *m == 0.0));
        }
        let broken = slicer.slice(&[f32::NAN; 500], 0);
        assert!(broken.magnitudes.iter().all(|m| *m == 0.0));
    }

    #[test]
    fn energy_shares_add_up_to_one_and_find_a_tone() {
        let mut slicer = Slicer::new(16_000, 0.06, Window::Gaussian);
        let shares = |slicer: &mut Slicer, hz: f64| {
            let slice = slicer.slice(&tone(hz, 0.5), 1_000);
            energy_shares(&slice.magnitudes, slicer.bin_hz(), &[0.0, 500.0, 1_500.0, 5_000.0])
        };
        for (hz, part) in [(250.0, 0), (1_000.0, 1), (3_000.0, 2)] {
            let found = shares(&mut slicer, hz);
            assert!(found[part] > 0.999, "{hz}: {found:?}");
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert_eq!(energy_shares(&[0.0; 9], 1.0, &[0.0, 4.0, 8.0]), [0.0, 0.0]);
    }
}

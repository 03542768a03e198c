//! The levelled speech in bands, frame by frame: what the descriptors of room, line and manner of speaking are computed from.

use crate::audio::SAMPLE_RATE_HZ;
use egemaps::fft::{RealFft, magnitudes};

/// Length of a frame, in samples: 32 ms.
const FRAME: usize = 512;
/// Step from frame to frame, in samples: 10 ms, as for the pitch.
const HOP: usize = SAMPLE_RATE_HZ as usize / 100;
/// The bands of speech that every line passes.
pub(super) const BANDS: usize = 9;
/// Their edges, in bins of 31.25 Hz: 250 to 3375 Hz, narrow below and wider above.
const EDGES: [usize; BANDS + 1] = [8, 16, 24, 32, 40, 48, 60, 72, 88, 108];
/// A band that telephones do not pass, in bins: 4375 to 7000 Hz. The resampler passes 7 kHz.
const HIGH: std::ops::Range<usize> = 140..224;

/// Mean power per bin of one frame, relative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BandFrame {
    /// From 250 to 3375 Hz.
    pub bands: [f64; BANDS],
    /// From 4375 to 7000 Hz.
    pub high: f64,
}

/// Short-time spectra of speech that arrives in slices; the same whatever their lengths.
#[derive(Debug)]
pub(super) struct BandMeter {
    window: Vec<f32>,
    fft: RealFft,
    /// Samples that later frames need, the oldest first.
    waiting: Vec<f32>,
    windowed: Vec<f32>,
    packed: Vec<f32>,
    spectrum: Vec<f32>,
    frames: Vec<BandFrame>,
}

impl BandMeter {
    pub(super) fn new() -> BandMeter {
        let hann = |k: usize| 0.5 - 0.5 * libm::cos(2.0 * std::f64::consts::PI * k as f64 / FRAME as f64);
        BandMeter {
            window: (0..FRAME).map(|k| hann(k) as f32).collect(),
            fft: RealFft::new(FRAME),
            waiting: Vec::with_capacity(2 * FRAME),
            windowed: Vec::with_capacity(FRAME),
            packed: Vec::new(),
            spectrum: Vec::new(),
            frames: Vec::new(),
        }
    }

    /// Takes the next samples of the levelled speech.
    pub(super) fn push(&mut self, samples: &[f32]) {
        self.waiting.extend_from_slice(samples);
        let mut from = 0;
        while let Some(frame) = self.waiting.get(from..from + FRAME) {
            self.windowed.clear();
            self.windowed.extend(frame.iter().zip(&self.window).map(|(v, w)| v * w));
            self.fft.forward(&self.windowed, &mut self.packed);
            magnitudes(&self.packed, &mut self.spectrum);
            let spectrum = &self.spectrum;
            let power = |bins: std::ops::Range<usize>| {
                let count = bins.len() as f64;
                let bins = spectrum.get(bins).unwrap_or_default();
                bins.iter().fold(0.0, |sum, v| sum + f64::from(*v) * f64::from(*v)) / count
            };
            self.frames.push(BandFrame {
                bands: std::array::from_fn(|b| power(EDGES[b]..EDGES[b + 1])),
                high: power(HIGH),
            });
            from += HOP;
        }
        self.waiting.drain(..from);
    }

    pub(super) fn finish(self) -> Vec<BandFrame> {
        self.frames
    }
}

/// 10·log10 of a power, with a floor far below the rounding of 16 bits.
pub(super) fn decibels(power: f64) -> f64 {
    10.0 * libm::log10(power + 1e-9)
}

/// The value that a share (0 … 1) of the values lie below, between two of them interpolated; 0 for none.
pub(super) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f64;
    let below = (place.floor() as usize).min(last);
    let (_, at, beyond) = values.select_nth_unstable_by(below, f64::total_cmp);
    let next = beyond.iter().copied().min_by(f64::total_cmp).unwrap_or(*at);
    let part = place - below as f64;
    if part > 0.0 { *at + (next - *at) * part } else { *at }
}

/// The mean; 0 for none.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, v| sum + v) / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, seconds: f64) -> Vec<f32> {
        (0..(seconds * 16_000.0) as usize)
            .map(|i| (0.1 * libm::sin(2.0 * std::f64::consts::PI * hz * i as f64 / 16_000.0)) as f32)
            .collect()
    }

    #[test]
    fn bands_hold_the_tones_in_them() {
        for (hz, band) in [(375.0, 0), (1_125.0, 3), (3_000.0, 8)] {
            let mut meter = BandMeter::new();
            meter.push(&tone(hz, 0.5));
            for frame in meter.finish() {
                let rest = frame.bands.iter().enumerate().filter(|(b, _)| *b != band).map(|(_, v)| *v);
                assert!(rest.chain([frame.high]).all(|v| v < 1e-3 * frame.bands[band]), "{hz}: {frame:?}");
            }
        }
        let mut meter = BandMeter::new();
        meter.push(&tone(6_000.0, 0.5));
        assert!(meter.finish().iter().all(|f| f.bands.iter().all(|v| *v < 1e-3 * f.high)));
    }

    #[test]
    fn frames_do_not_depend_on_slices() {
        let sound: Vec<f32> = tone(400.0, 0.3).iter().zip(tone(2_700.0, 0.3)).map(|(a, b)| a + b).collect();
        let of = |length: usize| {
            let mut meter = BandMeter::new();
            sound.chunks(length).for_each(|slice| meter.push(slice));
            meter.finish()
        };
        let whole = of(sound.len());
        assert_eq!(whole.len(), (sound.len() - FRAME) / HOP + 1);
        for length in [1, 159, 1_280] {
            assert_eq!(of(length), whole, "{length}");
        }
    }

    #[test]
    fn quantile_interpolates() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.25), 1.5);
        assert_eq!((quantile(&[], 0.5), mean(&[]), mean(&[1.0, 2.0])), (0.0, 0.0, 1.5));
    }
}

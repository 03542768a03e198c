//! Formants of one 20 ms frame: spectrum → 11 kHz waveform → linear prediction → roots (specification part 3, 4–5).
//!
//! Single precision amplifies rounding here (the kept band is narrower than the target Nyquist, so the normal
//! equations are nearly singular): every sum runs in the specified order.

mod lpc;
mod resample;
mod roots;

use super::geometry::Geometry;
use lpc::ORDER;
use resample::{SpectrumResampler, TARGET_RATE_HZ};
use roots::RootFinder;

/// Formants kept for the descriptors.
pub(super) const KEPT: usize = 3;

/// One formant; a missing one has frequency and bandwidth 0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Formant {
    pub(super) frequency_hz: f32,
    pub(super) bandwidth_hz: f32,
}

/// Work space and tables for the formants of one sampling rate.
#[derive(Debug)]
pub(super) struct FormantAnalyser {
    resampler: SpectrumResampler,
    waveform: Vec<f32>,
    roots: RootFinder,
}

impl FormantAnalyser {
    pub(super) fn new(geometry: &Geometry) -> FormantAnalyser {
        FormantAnalyser {
            resampler: SpectrumResampler::new(geometry),
            waveform: Vec::new(),
            roots: RootFinder::default(),
        }
    }

    /// The lowest three formants of a packed 20 ms spectrum, by rank: no tracking, no correction.
    pub(super) fn analyse(&mut self, packed: &[f32]) -> [Formant; KEPT] {
        self.resampler.resample(packed, &mut self.waveform);
        let predictor = lpc::levinson_durbin(&lpc::autocorrelation(&self.waveform));
        // Quirk 1 of part 3: the coefficients enter with the wrong sign, so these are not the poles of the model.
        let mut coefficients = [0.0f64; ORDER];
        for (c, a) in coefficients.iter_mut().zip(&predictor) {
            *c = -f64::from(*a);
        }
        let mut found: Vec<(f64, f64)> = Vec::with_capacity(ORDER);
        for root in self.roots.solve(&coefficients) {
            let (mut re, mut im) = (root.re, root.im);
            let mut square = re * re + im * im;
            if square > 1.0 {
                (re, im) = (re / square, im / square);
                square = re * re + im * im;
            }
            if im < 0.0 || square == 0.0 {
                continue;
            }
            let frequency = libm::atan2(im, re).abs() * TARGET_RATE_HZ / core::f64::consts::TAU;
            let bandwidth = -libm::log(libm::sqrt(square)) * TARGET_RATE_HZ / core::f64::consts::PI;
            if (50.0..=5450.0).contains(&frequency) {
                found.push((frequency, bandwidth));
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut formants = [Formant::default(); KEPT];
        for (formant, (frequency, bandwidth)) in formants.iter_mut().zip(&found) {
            *formant = Formant { frequency_hz: *frequency as f32, bandwidth_hz: *bandwidth as f32 };
        }
        formants
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fft::RealFft;

    /// The worked example of part 3, section 10: frame 10 of a noisy saw.
    fn example(rate_hz: u32) -> [Formant; KEPT] {
        let geometry = Geometry::new(rate_hz).unwrap();
        let signal = test_signals::scaled(&test_signals::noisy_saw(rate_hz as usize / 2));
        let (mut buffer, mut packed) = (Vec::new(), Vec::new());
        geometry.short.windowed(&signal[10 * geometry.hop..], &mut buffer);
        RealFft::new(geometry.short.fft_length).forward(&buffer, &mut packed);
        FormantAnalyser::new(&geometry).analyse(&packed)
    }

    #[test]
    fn formant_analyser_meets_the_worked_example_exactly() {
        for (rate, frequencies, bandwidths) in [
            (16000, [1009.27649, 1940.96008, 2931.20874], [1540.37476, 1341.40369, 805.859436]),
            (44100, [1171.82861, 2217.18042, 3231.64819], [998.080933, 804.17865, 620.769287]),
        ] {
            let formants = example(rate);
            assert_eq!(formants.map(|f| f.frequency_hz), frequencies, "{rate}");
            assert_eq!(formants.map(|f| f.bandwidth_hz), bandwidths, "{rate}");
        }
    }

    #[test]
    fn formant_analyser_finds_no_formants_in_silence() {
        let geometry = Geometry::new(16000).unwrap();
        let formants = FormantAnalyser::new(&geometry).analyse(&vec![0.0; geometry.short.fft_length]);
        assert_eq!(formants, [Formant::default(); KEPT]);
    }
}

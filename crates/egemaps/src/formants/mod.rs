//! Formants of one 20 ms frame: spectrum → 11 kHz waveform → linear prediction → roots (specification part 3, 4–5).
//!
//! Single precision amplifies rounding here (the kept band is narrower than the target Nyquist, so the normal
//! equations are nearly singular): every sum runs in the specified order.

mod lpc;
mod resample;
mod roots;

use fearless_simd::Simd;

use super::geometry::Geometry;
use super::lanes::{LANES, Lanes, WideLanes};
use lpc::ORDER;
use resample::{SpectrumResampler, TARGET_RATE_HZ};
use roots::{Root, RootFinder, Roots};

/// Formants kept for the descriptors.
pub(super) const KEPT: usize = 3;

/// One formant; a missing one has frequency and bandwidth 0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Formant {
    pub(super) frequency_hz: f32,
    pub(super) bandwidth_hz: f32,
}

/// Tables for the formants at one sampling rate.
#[derive(Debug)]
pub(super) struct FormantAnalyser {
    resampler: SpectrumResampler,
    roots: RootFinder,
}

/// Work space for the formants of eight frames.
#[derive(Debug, Default)]
pub(super) struct FormantSpace {
    waveform: Vec<Lanes>,
    roots: Roots,
}

impl FormantAnalyser {
    pub(super) fn new(geometry: &Geometry) -> FormantAnalyser {
        FormantAnalyser { resampler: SpectrumResampler::new(geometry), roots: RootFinder::new() }
    }

    /// Values of a packed spectrum that are read, from the first on.
    pub(super) fn values_read(&self) -> usize {
        self.resampler.values_read()
    }

    /// The lowest three formants of the packed 20 ms spectra of eight frames, by rank: no tracking, no correction.
    #[inline(always)]
    pub(super) fn analyse<S: Simd>(
        &self,
        simd: S,
        space: &mut FormantSpace,
        packed: &[Lanes],
    ) -> [[Formant; KEPT]; LANES] {
        self.resampler.resample(simd, packed, &mut space.waveform);
        let r = lpc::autocorrelation(simd, &space.waveform);
        let mut coefficients = [WideLanes::default(); ORDER];
        for lane in 0..LANES {
            let predictor = lpc::levinson_durbin(&r.map(|r| r.0[lane]));
            // Quirk 1 of part 3: the coefficients enter with the wrong sign, so these are not the poles of the model.
            for (c, a) in coefficients.iter_mut().zip(&predictor) {
                c.0[lane] = -f64::from(*a);
            }
        }
        self.roots.solve(simd, &coefficients, &mut space.roots);
        core::array::from_fn(|lane| lowest(space.roots.of(lane)))
    }
}

/// The lowest three formants among the roots of a frame.
fn lowest(roots: impl Iterator<Item = Root>) -> [Formant; KEPT] {
    let mut formants = [Formant::default(); KEPT];
    // Frequency and squared radius, lowest frequency first.
    let mut found = [(0.0f64, 0.0f64); ORDER];
    let mut count = 0;
    for root in roots {
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
        if (50.0..=5450.0).contains(&frequency) {
            found[count] = (frequency, square);
            count += 1;
        }
    }
    let found = &mut found[..count];
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (formant, (frequency, square)) in formants.iter_mut().zip(found) {
        let bandwidth = -libm::log(square.sqrt()) * TARGET_RATE_HZ / core::f64::consts::PI;
        *formant = Formant { frequency_hz: *frequency as f32, bandwidth_hz: bandwidth as f32 };
    }
    formants
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fft::RealFft;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};

    fn analyse(geometry: &Geometry, packed: &[f32]) -> [Formant; KEPT] {
        let (analyser, packed) = (FormantAnalyser::new(geometry), in_first_lane(packed));
        dispatch!(Level::new(), simd => analyser.analyse(simd, &mut FormantSpace::default(), &packed))[0]
    }

    /// The worked example of part 3, section 10: frame 10 of a noisy saw.
    fn example(rate_hz: u32) -> [Formant; KEPT] {
        let geometry = Geometry::new(rate_hz).unwrap();
        let signal = test_signals::scaled(&test_signals::noisy_saw(rate_hz as usize / 2));
        let (mut buffer, mut packed) = (Vec::new(), Vec::new());
        geometry.short.windowed(&signal[10 * geometry.hop..], &mut buffer);
        RealFft::new(geometry.short.fft_length).forward(&buffer, &mut packed);
        analyse(&geometry, &packed)
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
        let formants = analyse(&geometry, &vec![0.0; geometry.short.fft_length]);
        assert_eq!(formants, [Formant::default(); KEPT]);
    }
}

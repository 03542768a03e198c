//! Harmonics-to-noise ratio, levels of the harmonics, and formant amplitudes (specification part 3, section 6).

use super::arithmetic::{is_peak, log10_f32, parabola_vertex};
use super::fft::RealFft;
use super::formants::{Formant, KEPT};
use super::geometry::FrameShape;

/// Number of harmonics that are looked for.
const HARMONICS: usize = 100;
/// Written where a harmonic is missing, dB.
const MISSING_DB: f32 = -201.0;
/// Lowest level of a harmonic that was found, dB.
const FLOOR_DB: f64 = -200.0;

/// Harmonic descriptors of one frame. In unvoiced frames everything is 0 but the amplitudes, which are −201 (quirk 13).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HarmonicDescriptors {
    pub(super) hnr_db: f32,
    /// Quirk 10 of part 3: level of the *second* harmonic minus that of the *third*.
    pub(super) h1_h2_db: f32,
    pub(super) h1_a3_db: f32,
    pub(super) formant_amplitude_db: [f32; KEPT],
}

impl HarmonicDescriptors {
    pub(super) const UNVOICED: HarmonicDescriptors = HarmonicDescriptors {
        hnr_db: 0.0,
        h1_h2_db: 0.0,
        h1_a3_db: 0.0,
        formant_amplitude_db: [MISSING_DB; KEPT],
    };
}

/// A multiple of the pitch and the spectral peak that was found for it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Harmonic {
    bin: usize,
    /// Magnitude of the bin; 0 if no peak was found.
    magnitude: f32,
    /// Frequency and magnitude of the interpolated peak.
    peak_hz: f32,
    peak: f32,
    level_db: f32,
}

/// Finds harmonics in 60 ms spectra of one sampling rate.
#[derive(Debug)]
pub(super) struct HarmonicAnalyser {
    bin_hz: f64,
    bins: usize,
    fft: RealFft,
    power: Vec<f32>,
    autocorrelation: Vec<f32>,
}

impl HarmonicAnalyser {
    pub(super) fn new(shape: &FrameShape) -> HarmonicAnalyser {
        HarmonicAnalyser {
            bin_hz: shape.bin_hz,
            bins: shape.bins(),
            fft: RealFft::new(shape.fft_length),
            power: Vec::new(),
            autocorrelation: Vec::new(),
        }
    }

    /// Analyses one frame: gated pitch, 60 ms magnitudes, and the formants of the 20 ms frame with the same index.
    pub(super) fn analyse(
        &mut self,
        f0_hz: f32,
        magnitudes: &[f32],
        formants: &[Formant; KEPT],
    ) -> HarmonicDescriptors {
        if f0_hz <= 0.0 {
            return HarmonicDescriptors::UNVOICED;
        }
        let mut harmonics = self.locate(f0_hz, magnitudes);
        set_levels(&mut harmonics);
        let strongest = formants.map(|f| strongest_in(&harmonics, f.frequency_hz));
        let level =
            |harmonic: Option<usize>, missing: f32| harmonic.map_or(missing, |i| harmonics[i].level_db);
        let h1 = harmonics[1].level_db;
        HarmonicDescriptors {
            hnr_db: self.hnr_db(f0_hz, magnitudes),
            h1_h2_db: (h1 - harmonics[2].level_db).clamp(MISSING_DB, -MISSING_DB),
            h1_a3_db: match strongest[2] {
                Some(i) => (h1 - harmonics[i].level_db).clamp(MISSING_DB, -MISSING_DB),
                None => (h1 + MISSING_DB).clamp(MISSING_DB, -MISSING_DB),
            },
            // A formant without a harmonic counts 0, not −201 (quirk 13 of part 3).
            formant_amplitude_db: strongest.map(|harmonic| level(harmonic, 0.0)),
        }
    }

    fn frequency(&self, bin: usize) -> f64 {
        bin as f64 * self.bin_hz
    }

    /// The bin from `start` on that lies nearest to `f_hz`; 0 at and beyond the end of the axis.
    fn nearest(&self, f_hz: f32, start: usize) -> usize {
        let f = f64::from(f_hz);
        let guess = (f / self.bin_hz) as usize;
        // The division may miss by a bin through rounding; the definition counts.
        let mut bin = guess.saturating_sub(1).max(start);
        while bin < self.bins && self.frequency(bin) <= f {
            bin += 1;
        }
        if bin >= self.bins {
            0
        } else if bin > 0 && f - self.frequency(bin - 1) < self.frequency(bin) - f {
            bin - 1
        } else {
            bin
        }
    }

    /// Section 6.3: for each multiple of the pitch the spectral peak nearest to it.
    fn locate(&self, f0_hz: f32, magnitudes: &[f32]) -> [Harmonic; HARMONICS] {
        let lowest = self.nearest(0.5 * f0_hz, 1);
        let mut previous = lowest;
        core::array::from_fn(|i| {
            let i = i as f32;
            let centre = self.nearest((i + 1.0) * f0_hz, previous);
            let from = previous;
            previous = centre;
            let hit = if is_peak(magnitudes, centre) {
                Some(centre)
            } else {
                let low = self.nearest((i + 0.5) * f0_hz, from);
                let high = self.nearest((i + 1.5) * f0_hz, centre);
                nearest_peak(magnitudes, centre, low, high)
            };
            match hit {
                Some(bin) if bin >= lowest && bin + 2 <= self.bins => {
                    let x = [bin - 1, bin, bin + 1].map(|b| self.frequency(b));
                    let y = [bin - 1, bin, bin + 1].map(|b| f64::from(magnitudes[b]));
                    let (peak_hz, peak) = parabola_vertex(x, y);
                    Harmonic {
                        bin,
                        magnitude: magnitudes[bin],
                        peak_hz: peak_hz as f32,
                        peak: peak as f32,
                        level_db: 0.0,
                    }
                }
                _ => Harmonic { bin: centre, ..Harmonic::default() },
            }
        })
    }

    /// Section 6.2: from the autocorrelation of the windowed frame, not compensated for the window.
    fn hnr_db(&mut self, f0_hz: f32, magnitudes: &[f32]) -> f32 {
        let last = self.bins - 1;
        self.power.clear();
        self.power.resize(2 * last, 0.0);
        for (k, m) in magnitudes.iter().enumerate() {
            self.power[if k == last { 1 } else { 2 * k }] = m * m;
        }
        self.fft.inverse(&self.power, &mut self.autocorrelation);
        let acf = &mut self.autocorrelation;
        acf.truncate(self.bins);
        for a in acf.iter_mut() {
            *a = a.abs() / self.bins as f32; // quirk 9 of part 3: a trough counts as a peak
        }
        let lag = ((2.0 * self.bin_hz * last as f64) / f64::from(f0_hz)) as usize;
        let lag = period_peak(acf, lag.min(last));
        if lag == 0 {
            return 0.0;
        }
        let difference = acf[0] - acf[lag];
        let ratio = if difference == 0.0 { 1e11 } else { f64::from(acf[lag]) / f64::from(difference) };
        (10.0 * libm::log10(ratio.clamp(1e-9, 1e11))) as f32
    }
}

/// The peak nearest to `centre` within `low ..= high`, right before left.
fn nearest_peak(values: &[f32], centre: usize, low: usize, high: usize) -> Option<usize> {
    let reach = high.saturating_sub(centre).max(centre.saturating_sub(low));
    (1..=reach).find_map(|o| {
        let right = Some(centre + o).filter(|&j| j <= high && is_peak(values, j));
        right.or_else(|| centre.checked_sub(o).filter(|&j| j >= low && is_peak(values, j)))
    })
}

/// The autocorrelation peak nearest to `start`, left before right, however far away.
fn period_peak(acf: &[f32], start: usize) -> usize {
    let last = acf.len() - 1;
    if is_peak(acf, start) {
        return start;
    }
    let found = (1..acf.len()).find_map(|o| {
        let left = start.checked_sub(o).filter(|&j| j >= 1 && is_peak(acf, j));
        left.or_else(|| Some(start + o).filter(|&j| j < last && is_peak(acf, j)))
    });
    found.unwrap_or_else(|| {
        let (left, right) = (acf[0] > acf[start], acf[last] > acf[start]);
        match (left, right) {
            (true, true) => {
                if start < acf.len() / 2 {
                    0
                } else {
                    last
                }
            }
            (true, false) => 0,
            (false, true) => last,
            (false, false) => start,
        }
    })
}

/// Section 6.5: levels relative to the un-interpolated peak at the pitch; a harmonic on the bin of its predecessor is
/// erased.
fn set_levels(harmonics: &mut [Harmonic; HARMONICS]) {
    let fundamental = harmonics[0].magnitude;
    let fundamental_log = f64::from(log10_f32(fundamental));
    harmonics[0].level_db = 0.0;
    for i in 1..HARMONICS {
        let harmonic = harmonics[i];
        let level_db = if fundamental == 0.0 {
            MISSING_DB
        } else if harmonic.peak > 0.0 {
            (20.0 * (f64::from(log10_f32(harmonic.peak)) - fundamental_log)).max(FLOOR_DB) as f32
        } else {
            FLOOR_DB as f32
        };
        harmonics[i] = if harmonic.bin == harmonics[i - 1].bin {
            Harmonic { level_db: MISSING_DB, ..Harmonic::default() }
        } else {
            Harmonic { level_db, ..harmonic }
        };
    }
}

/// Section 6.6: the harmonic with the largest magnitude within ±20 % of a formant (its bandwidth is not used).
fn strongest_in(harmonics: &[Harmonic; HARMONICS], formant_hz: f32) -> Option<usize> {
    let range = 0.8 * formant_hz..=1.2 * formant_hz;
    let mut strongest: Option<usize> = None;
    for (i, harmonic) in harmonics.iter().enumerate() {
        let louder = strongest.is_none_or(|s| harmonic.magnitude > harmonics[s].magnitude);
        if harmonic.magnitude > 0.0 && range.contains(&harmonic.peak_hz) && louder {
            strongest = Some(i);
        }
    }
    strongest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fft, geometry::Geometry};

    fn magnitudes(geometry: &Geometry, frame: &[f32]) -> Vec<f32> {
        let (mut buffer, mut packed, mut m) = (Vec::new(), Vec::new(), Vec::new());
        geometry.long.windowed(frame, &mut buffer);
        RealFft::new(geometry.long.fft_length).forward(&buffer, &mut packed);
        fft::magnitudes(&packed, &mut m);
        m
    }

    #[test]
    fn harmonic_analyser_meets_the_worked_example() {
        for (rate, f0, f3, hnr, h1_h2, h1_a3, amplitudes) in [
            (
                16000,
                160.203491,
                [1009.27649, 1940.96008, 2931.20874],
                10.7423372,
                3.23846817,
                15.9393768,
                [-15.7333546f32, -19.1147194, -22.2939758],
            ),
            (
                44100,
                441.435852,
                [1171.82861, 2217.18042, 3231.64819],
                16.3280907,
                3.6555891,
                9.63576794,
                [-9.62781715, -14.0812473, -15.607996],
            ),
        ] {
            let g = Geometry::new(rate).unwrap();
            let signal = test_signals::scaled(&test_signals::noisy_saw(rate as usize / 2));
            let m = magnitudes(&g, &signal[10 * g.hop..]);
            let formants = f3.map(|frequency_hz| Formant { frequency_hz, bandwidth_hz: 0.0 });
            let d = HarmonicAnalyser::new(&g.long).analyse(f0, &m, &formants);
            let near = |a: f32, b: f32| assert!((a - b).abs() < 2e-5, "{rate}: {a} {b}");
            near(d.hnr_db, hnr);
            near(d.h1_h2_db, h1_h2);
            near(d.h1_a3_db, h1_a3);
            for (a, b) in d.formant_amplitude_db.iter().zip(amplitudes) {
                near(*a, b);
            }
        }
    }

    /// Harmonics of known levels: the differences come out (in openSMILE's naming, H1 is the second harmonic).
    #[test]
    fn harmonic_analyser_measures_levels_of_synthetic_harmonics() {
        let g = Geometry::new(16000).unwrap();
        let f0 = 250.0; // on a bin, so that the peak is not split
        let levels_db = [0.0, -6.0, -15.0, -20.0, -26.0];
        let wave: Vec<f32> = (0..g.long.length)
            .map(|n| {
                let phase = core::f64::consts::TAU * f0 * n as f64 / 16000.0;
                let harmonics = levels_db.iter().zip(1..);
                harmonics
                    .map(|(db, h)| 0.2 * libm::pow(10.0, db / 20.0) * libm::sin(phase * f64::from(h)))
                    .sum::<f64>() as f32
            })
            .collect();
        let m = magnitudes(&g, &wave);
        let formants =
            [500.0, 1000.0, 5000.0].map(|frequency_hz| Formant { frequency_hz, bandwidth_hz: 0.0 });
        let d = HarmonicAnalyser::new(&g.long).analyse(f0 as f32, &m, &formants);
        assert!((d.h1_h2_db - 9.0).abs() < 0.05, "{d:?}");
        assert!((d.formant_amplitude_db[0] + 6.0).abs() < 0.05, "{d:?}");
        assert!((d.formant_amplitude_db[1] + 20.0).abs() < 0.05, "{d:?}");
        assert!(d.hnr_db > 10.0, "{d:?}");
    }

    #[test]
    fn hnr_falls_with_added_noise() {
        let g = Geometry::new(16000).unwrap();
        let noise: Vec<f32> = test_signals::hiss(g.long.length).iter().map(|v| v * 12.0).collect();
        let mut analyser = HarmonicAnalyser::new(&g.long);
        let hnr = [0.0f32, 0.1, 0.5].map(|amount| {
            let wave: Vec<f32> =
                (0..g.long.length).map(|n| if n % 64 < 8 { 0.5 } else { -0.1 } + amount * noise[n]).collect();
            let m = magnitudes(&g, &wave);
            analyser.analyse(250.0, &m, &[Formant::default(); KEPT]).hnr_db
        });
        assert!(hnr[0] > hnr[1] && hnr[1] > hnr[2], "{hnr:?}");
    }

    #[test]
    fn harmonic_analyser_gives_an_unvoiced_frame_minus_201_db_amplitudes() {
        let g = Geometry::new(16000).unwrap();
        let d = HarmonicAnalyser::new(&g.long).analyse(0.0, &[0.0; 513], &[Formant::default(); KEPT]);
        assert_eq!(d, HarmonicDescriptors::UNVOICED);
        assert_eq!(d.formant_amplitude_db, [-201.0; 3]);
    }
}

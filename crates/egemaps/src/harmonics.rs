//! Harmonics-to-noise ratio, levels of the harmonics, and formant amplitudes (specification part 3, section 6).

use fearless_simd::Simd;
use fearless_simd::prelude::*;

use super::arithmetic::{log10_f32, parabola_vertex};
use super::fft::{FftSpace, FftTables};
use super::formants::{Formant, KEPT};
use super::geometry::FrameShape;
use super::lanes::{Eight, LANES, Lanes};

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
    /// Whether it lies on the bin of its predecessor and so does not count.
    erased: bool,
}

/// Finds harmonics in 60 ms spectra of one sampling rate.
#[derive(Debug)]
pub(super) struct HarmonicAnalyser {
    bin_hz: f64,
    bins: usize,
}

/// What the voiced ones among eight frames need besides their magnitudes.
#[derive(Debug, Default)]
pub(super) struct VoicedSpectra {
    /// Inverse transform of the power spectrum, lags 0 … N/2.
    autocorrelation: Vec<Lanes>,
    /// For each bin, one bit for each frame: whether its magnitude is a strict local maximum.
    peaks: Vec<u8>,
}

/// One of eight frames: its magnitudes, where they have peaks, and its autocorrelation.
#[derive(Clone, Copy)]
pub(super) struct VoicedFrame<'a> {
    magnitudes: &'a [Lanes],
    voiced: &'a VoicedSpectra,
    lane: usize,
    /// Divisor of the autocorrelation.
    bins: f32,
}

impl VoicedSpectra {
    /// Fills in what belongs to the magnitudes of eight frames. `power` is work space.
    #[inline(always)]
    pub(super) fn fill<S: Simd>(
        &mut self,
        simd: S,
        fft: &FftTables,
        magnitudes: &[Lanes],
        (power, space): (&mut Vec<Lanes>, &mut FftSpace<Lanes>),
    ) {
        let last = magnitudes.len() - 1;
        power.clear();
        power.resize(2 * last, Lanes::default());
        simd.vectorize(
            #[inline(always)]
            || {
                for (k, m) in magnitudes.iter().enumerate() {
                    let m = m.load(simd);
                    power[if k == last { 1 } else { 2 * k }] = Lanes::of(m * m);
                }
                strict_peaks(simd, magnitudes, &mut self.peaks);
            },
        );
        fft.inverse(Eight(simd), power, space, &mut self.autocorrelation);
        self.autocorrelation.truncate(magnitudes.len());
    }

    /// One of the frames.
    pub(super) fn frame<'a>(&'a self, magnitudes: &'a [Lanes], lane: usize) -> VoicedFrame<'a> {
        VoicedFrame { magnitudes, voiced: self, lane: lane % LANES, bins: magnitudes.len() as f32 }
    }
}

/// Marks the values that are strictly larger than their neighbours (at the two ends: than the only one).
#[inline(always)]
fn strict_peaks<S: Simd>(simd: S, m: &[Lanes], peaks: &mut Vec<u8>) {
    peaks.clear();
    peaks.resize(m.len(), 0);
    let [first, second, ..] = m else { return };
    let [.., before, last] = m else { return };
    peaks[0] = first.load(simd).simd_gt(second.load(simd)).to_bitmask() as u8;
    for (peak, m) in peaks[1..].iter_mut().zip(m.windows(3)) {
        let here = m[1].load(simd);
        *peak = (here.simd_gt(m[0].load(simd)) & here.simd_gt(m[2].load(simd))).to_bitmask() as u8;
    }
    peaks[m.len() - 1] = last.load(simd).simd_gt(before.load(simd)).to_bitmask() as u8;
}

impl VoicedFrame<'_> {
    fn magnitude(&self, bin: usize) -> f32 {
        self.magnitudes[bin].0[self.lane]
    }

    fn is_peak(&self, bin: usize) -> bool {
        self.voiced.peaks.get(bin).is_some_and(|bits| bits >> self.lane & 1 == 1)
    }

    /// Autocorrelation at a lag; quirk 9 of part 3: a trough counts as a peak.
    fn autocorrelation(&self, lag: usize) -> f32 {
        self.voiced.autocorrelation[lag].0[self.lane].abs() / self.bins
    }
}

impl HarmonicAnalyser {
    pub(super) fn new(shape: &FrameShape) -> HarmonicAnalyser {
        HarmonicAnalyser { bin_hz: shape.bin_hz, bins: shape.bins() }
    }

    /// Analyses one voiced frame: gated pitch above 0, spectrum, and the formants of the 20 ms frame with the same index.
    pub(super) fn analyse(
        &self,
        f0_hz: f32,
        frame: VoicedFrame<'_>,
        formants: &[Formant; KEPT],
    ) -> HarmonicDescriptors {
        let mut harmonics = self.locate(f0_hz, frame);
        erase_repeated(&mut harmonics);
        let fundamental = harmonics[0].magnitude;
        let strongest = formants.map(|f| strongest_in(&harmonics, f.frequency_hz));
        let level = |i: usize| level_db(&harmonics, i, fundamental);
        let h1 = level(1);
        let third = strongest[2].map_or(-MISSING_DB, level);
        HarmonicDescriptors {
            hnr_db: self.hnr_db(f0_hz, frame),
            h1_h2_db: (h1 - level(2)).clamp(MISSING_DB, -MISSING_DB),
            h1_a3_db: (h1 - third).clamp(MISSING_DB, -MISSING_DB),
            // A formant without a harmonic counts 0, not −201 (quirk 13 of part 3).
            formant_amplitude_db: strongest.map(|harmonic| harmonic.map_or(0.0, level)),
        }
    }

    fn frequency(&self, bin: usize) -> f64 {
        bin as f64 * self.bin_hz
    }

    /// The bin from `start` on that lies nearest to `f_hz`; 0 at and beyond the end of the axis.
    fn nearest(&self, f_hz: f32, start: usize) -> usize {
        let f = f64::from(f_hz);
        let guess = (f / self.bin_hz) as u32 as usize;
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
    fn locate(&self, f0_hz: f32, frame: VoicedFrame<'_>) -> [Harmonic; HARMONICS] {
        let mut harmonics = [Harmonic::default(); HARMONICS];
        let lowest = self.nearest(0.5 * f0_hz, 1);
        let mut previous = lowest;
        for (harmonic, i) in harmonics.iter_mut().zip(0u8..) {
            let i = f32::from(i);
            let centre = self.nearest((i + 1.0) * f0_hz, previous);
            let from = previous;
            if centre == 0 {
                // Beyond the axis: this one and all that follow have bin 0 and no peak.
                break;
            }
            previous = centre;
            let hit = if frame.is_peak(centre) {
                Some(centre)
            } else {
                let low = self.nearest((i + 0.5) * f0_hz, from);
                let high = self.nearest((i + 1.5) * f0_hz, centre);
                nearest_peak(frame, centre, low, high)
            };
            *harmonic = match hit {
                Some(bin) if bin >= lowest && bin + 2 <= self.bins => {
                    let x = [bin - 1, bin, bin + 1].map(|b| self.frequency(b));
                    let y = [bin - 1, bin, bin + 1].map(|b| f64::from(frame.magnitude(b)));
                    let (peak_hz, peak) = parabola_vertex(x, y);
                    Harmonic {
                        bin,
                        magnitude: frame.magnitude(bin),
                        peak_hz: peak_hz as f32,
                        peak: peak as f32,
                        erased: false,
                    }
                }
                _ => Harmonic { bin: centre, ..Harmonic::default() },
            };
        }
        harmonics
    }

    /// Section 6.2: from the autocorrelation of the windowed frame, not compensated for the window.
    fn hnr_db(&self, f0_hz: f32, frame: VoicedFrame<'_>) -> f32 {
        let last = self.bins - 1;
        let lag = ((2.0 * self.bin_hz * last as f64) / f64::from(f0_hz)) as usize;
        let lag = period_peak(frame, last, lag.min(last));
        if lag == 0 {
            return 0.0;
        }
        let (whole, periodic) = (frame.autocorrelation(0), frame.autocorrelation(lag));
        let difference = whole - periodic;
        let ratio = if difference == 0.0 { 1e11 } else { f64::from(periodic) / f64::from(difference) };
        (10.0 * libm::log10(ratio.clamp(1e-9, 1e11))) as f32
    }
}

/// The peak nearest to `centre` within `low ..= high`, right before left.
fn nearest_peak(frame: VoicedFrame<'_>, centre: usize, low: usize, high: usize) -> Option<usize> {
    let reach = high.saturating_sub(centre).max(centre.saturating_sub(low));
    (1..=reach).find_map(|o| {
        let right = Some(centre + o).filter(|&j| j <= high && frame.is_peak(j));
        right.or_else(|| centre.checked_sub(o).filter(|&j| j >= low && frame.is_peak(j)))
    })
}

/// The autocorrelation peak nearest to `start`, left before right, however far away.
fn period_peak(frame: VoicedFrame<'_>, last: usize, start: usize) -> usize {
    let acf = |lag: usize| frame.autocorrelation(lag);
    let is_peak = |j: usize| {
        let here = acf(j);
        (j == 0 || here > acf(j - 1)) && (j == last || here > acf(j + 1))
    };
    if is_peak(start) {
        return start;
    }
    let found = (1..=last).find_map(|o| {
        let left = start.checked_sub(o).filter(|&j| j >= 1 && is_peak(j));
        left.or_else(|| Some(start + o).filter(|&j| j < last && is_peak(j)))
    });
    found.unwrap_or_else(|| {
        let (left, right) = (acf(0) > acf(start), acf(last) > acf(start));
        match (left, right) {
            (true, true) if start < last.div_ceil(2) => 0,
            (true, true) => last,
            (true, false) => 0,
            (false, true) => last,
            (false, false) => start,
        }
    })
}

/// Section 6.5: a harmonic on the bin of its predecessor is erased; what is erased has bin 0.
fn erase_repeated(harmonics: &mut [Harmonic; HARMONICS]) {
    for i in 1..HARMONICS {
        if harmonics[i].bin == harmonics[i - 1].bin {
            harmonics[i] = Harmonic { erased: true, ..Harmonic::default() };
        }
    }
}

/// Section 6.5: level of a harmonic relative to the un-interpolated peak at the pitch.
fn level_db(harmonics: &[Harmonic; HARMONICS], i: usize, fundamental: f32) -> f32 {
    let harmonic = harmonics[i];
    if i == 0 {
        0.0
    } else if harmonic.erased || fundamental == 0.0 {
        MISSING_DB
    } else if harmonic.peak > 0.0 {
        let fundamental = f64::from(log10_f32(fundamental));
        (20.0 * (f64::from(log10_f32(harmonic.peak)) - fundamental)).max(FLOOR_DB) as f32
    } else {
        FLOOR_DB as f32
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
    use crate::fft::{self, RealFft};
    use crate::geometry::Geometry;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};

    fn magnitudes(geometry: &Geometry, frame: &[f32]) -> Vec<f32> {
        let (mut buffer, mut packed, mut m) = (Vec::new(), Vec::new(), Vec::new());
        geometry.long.windowed(frame, &mut buffer);
        RealFft::new(geometry.long.fft_length).forward(&buffer, &mut packed);
        fft::magnitudes(&packed, &mut m);
        m
    }

    fn analyse(
        geometry: &Geometry,
        f0_hz: f32,
        magnitudes: &[f32],
        formants: &[Formant; KEPT],
    ) -> HarmonicDescriptors {
        let magnitudes = in_first_lane(magnitudes);
        let (mut voiced, mut power, mut space) = Default::default();
        let fft = FftTables::new(geometry.long.fft_length);
        let voiced: &mut VoicedSpectra = &mut voiced;
        dispatch!(Level::new(), simd => voiced.fill(simd, &fft, &magnitudes, (&mut power, &mut space)));
        HarmonicAnalyser::new(&geometry.long).analyse(f0_hz, voiced.frame(&magnitudes, 0), formants)
    }

    #[test]
    fn strict_peaks_compare_an_end_with_its_only_neighbour() {
        let m: Vec<Lanes> = [2.0, 1.0, 1.0, 3.0].map(|v| Lanes([v; LANES])).to_vec();
        let mut peaks = Vec::new();
        dispatch!(Level::new(), simd => strict_peaks(simd, &m, &mut peaks));
        assert_eq!(peaks, [0xFF, 0, 0, 0xFF]);
        dispatch!(Level::new(), simd => strict_peaks(simd, &m[1..3], &mut peaks));
        assert_eq!(peaks, [0, 0]);
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
            let d = analyse(&g, f0, &m, &formants);
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
        let d = analyse(&g, f0 as f32, &m, &formants);
        assert!((d.h1_h2_db - 9.0).abs() < 0.05, "{d:?}");
        assert!((d.formant_amplitude_db[0] + 6.0).abs() < 0.05, "{d:?}");
        assert!((d.formant_amplitude_db[1] + 20.0).abs() < 0.05, "{d:?}");
        assert!(d.hnr_db > 10.0, "{d:?}");
    }

    #[test]
    fn hnr_falls_with_added_noise() {
        let g = Geometry::new(16000).unwrap();
        let noise: Vec<f32> = test_signals::hiss(g.long.length).iter().map(|v| v * 12.0).collect();
        let hnr = [0.0f32, 0.1, 0.5].map(|amount| {
            let wave: Vec<f32> =
                (0..g.long.length).map(|n| if n % 64 < 8 { 0.5 } else { -0.1 } + amount * noise[n]).collect();
            let m = magnitudes(&g, &wave);
            analyse(&g, 250.0, &m, &[Formant::default(); KEPT]).hnr_db
        });
        assert!(hnr[0] > hnr[1] && hnr[1] > hnr[2], "{hnr:?}");
    }
}

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
    /// Whether it lies on the bin of its predecessor and so does not count.
    erased: bool,
}

/// The multiples of the pitch up to the end of the axis. Those beyond it, up to the hundredth, are missing.
#[derive(Debug)]
struct Harmonics {
    found: [Harmonic; HARMONICS],
    count: usize,
}

impl Harmonics {
    /// The multiple with index `i`: 0 is the pitch itself. The first one beyond the axis has bin 0 and is not erased, unlike
    /// those behind it; all are missing.
    fn get(&self, i: usize) -> Harmonic {
        self.found.get(i).copied().unwrap_or_default()
    }
}

/// Finds harmonics in 60 ms spectra of one sampling rate.
#[derive(Debug)]
pub(super) struct HarmonicAnalyser {
    bin_hz: f64,
    bins_per_hz: f64,
    bins: usize,
}

/// What the voiced ones among eight frames need besides their magnitudes.
#[derive(Debug, Default)]
pub(super) struct VoicedSpectra {
    /// Inverse transform of the power spectrum, lags 0 … N/2.
    autocorrelation: Vec<Lanes>,
    /// For each bin, one bit for each frame: whether its magnitude is a strict local maximum.
    peaks: Vec<u8>,
    /// The same frame by frame, 64 bins a word; a last word is empty.
    peak_words: [Vec<u64>; LANES],
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
        frame_by_frame(&self.peaks, &mut self.peak_words);
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

/// One bit for each of eight frames becomes one word for 64 bins, for each frame.
fn frame_by_frame(peaks: &[u8], words: &mut [Vec<u64>; LANES]) {
    for (lane, words) in words.iter_mut().enumerate() {
        words.clear();
        for part in peaks.chunks(64) {
            let bit = |word: u64, (i, bits): (usize, &u8)| word | u64::from(bits >> lane & 1) << i;
            words.push(part.iter().enumerate().fold(0, bit));
        }
        words.push(0);
    }
}

impl VoicedFrame<'_> {
    /// Peaks among the 64 bins from `first` on, the lowest in the lowest bit.
    fn peaks_from(&self, first: usize) -> u64 {
        let words = &self.voiced.peak_words[self.lane];
        let word = |i: usize| words.get(i).copied().unwrap_or(0);
        let (i, shift) = (first / 64, first % 64);
        word(i) >> shift | word(i + 1) << 1 << (63 - shift)
    }

    fn magnitude(&self, bin: usize) -> f32 {
        self.magnitudes[bin].0[self.lane]
    }

    fn is_peak(&self, bin: usize) -> bool {
        self.voiced.peaks.get(bin).is_some_and(|bits| bits >> self.lane & 1 == 1)
    }

    /// Autocorrelation at a lag; quirk 9 of part 3: a trough counts as a peak.
    fn autocorrelation(&self, lag: usize) -> f32 {
        self.undivided(lag) / self.bins
    }

    fn undivided(&self, lag: usize) -> f32 {
        self.voiced.autocorrelation[lag].0[self.lane].abs()
    }
}

impl HarmonicAnalyser {
    pub(super) fn new(shape: &FrameShape) -> HarmonicAnalyser {
        HarmonicAnalyser { bin_hz: shape.bin_hz, bins_per_hz: 1.0 / shape.bin_hz, bins: shape.bins() }
    }

    /// Analyses one voiced frame: gated pitch above 0, spectrum, and the formants of the 20 ms frame with the same index.
    pub(super) fn analyse(
        &self,
        f0_hz: f32,
        frame: VoicedFrame<'_>,
        formants: &[Formant; KEPT],
    ) -> HarmonicDescriptors {
        let harmonics = self.locate(f0_hz, frame);
        let strongest = formants.map(|f| self.strongest_in(frame, &harmonics, f.frequency_hz));
        let level = |i: usize| self.level_db(frame, &harmonics, i);
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
        bin as u32 as f64 * self.bin_hz
    }

    /// The bin from `start` on that lies nearest to `f_hz`; 0 at and beyond the end of the axis.
    fn nearest(&self, f_hz: f32, start: usize) -> usize {
        let f = f64::from(f_hz);
        // The first bin above, from `start` on. Rounding may put the guess one bin too low or too high; the definition counts.
        // (No branches: which way a frequency falls is a matter of chance.)
        let guess = (f * self.bins_per_hz) as u32 as usize + 1;
        let low = usize::from(self.frequency(guess) <= f);
        let high = usize::from(self.frequency(guess - 1) > f);
        let bin = (guess + low - high).max(start).max(1);
        let lower = usize::from(f - self.frequency(bin - 1) < self.frequency(bin) - f);
        if bin >= self.bins { 0 } else { bin - lower }
    }

    /// Section 6.3: for each multiple of the pitch the spectral peak nearest to it. A harmonic on the bin of its predecessor
    /// is erased (section 6.5); what is erased has bin 0.
    fn locate(&self, f0_hz: f32, frame: VoicedFrame<'_>) -> Harmonics {
        let mut harmonics = Harmonics { found: [Harmonic::default(); HARMONICS], count: HARMONICS };
        let lowest = self.nearest(0.5 * f0_hz, 1);
        let (mut previous, mut previous_bin) = (lowest, None);
        // The upper limit of one multiple's search is the lower limit of the next one's.
        let mut limit = None;
        for (i, harmonic) in harmonics.found.iter_mut().enumerate() {
            let number = i as f32;
            let centre = self.nearest((number + 1.0) * f0_hz, previous);
            if centre == 0 {
                // Beyond the axis: this one and all that follow have bin 0 and no peak.
                harmonics.count = i;
                break;
            }
            let from = core::mem::replace(&mut previous, centre);
            let low = limit.take();
            let hit = if frame.is_peak(centre) {
                Some(centre)
            } else {
                let low = low.unwrap_or_else(|| self.nearest((number + 0.5) * f0_hz, from));
                let high = self.nearest((number + 1.5) * f0_hz, centre);
                limit = Some(high);
                nearest_peak(frame, centre, low, high)
            };
            let hit = hit.filter(|&bin| bin >= lowest && bin + 2 <= self.bins);
            let bin = hit.unwrap_or(centre);
            *harmonic = if previous_bin == Some(bin) {
                Harmonic { erased: true, ..Harmonic::default() }
            } else {
                Harmonic { bin, magnitude: hit.map_or(0.0, |bin| frame.magnitude(bin)), erased: false }
            };
            previous_bin = Some(harmonic.bin);
        }
        harmonics
    }

    /// Frequency, Hz, and magnitude of the parabola's vertex at a peak.
    fn interpolated(&self, frame: VoicedFrame<'_>, bin: usize) -> (f32, f32) {
        let bins = [bin - 1, bin, bin + 1];
        let (hz, magnitude) =
            parabola_vertex(bins.map(|b| self.frequency(b)), bins.map(|b| f64::from(frame.magnitude(b))));
        (hz as f32, magnitude as f32)
    }

    /// Section 6.5: level of a harmonic relative to the un-interpolated peak at the pitch.
    fn level_db(&self, frame: VoicedFrame<'_>, harmonics: &Harmonics, i: usize) -> f32 {
        let (fundamental, harmonic) = (harmonics.get(0).magnitude, harmonics.get(i));
        // The first one beyond the axis has no predecessor on its bin, unless that was erased.
        let follows_erased = i == harmonics.count && i > 0 && harmonics.get(i - 1).erased;
        if i == 0 {
            return 0.0;
        }
        if fundamental == 0.0 || harmonic.erased || i > harmonics.count || follows_erased {
            return MISSING_DB;
        }
        if harmonic.magnitude > 0.0 {
            let (_, peak) = self.interpolated(frame, harmonic.bin);
            if peak > 0.0 {
                let fundamental = f64::from(log10_f32(fundamental));
                return (20.0 * (f64::from(log10_f32(peak)) - fundamental)).max(FLOOR_DB) as f32;
            }
        }
        FLOOR_DB as f32
    }

    /// Section 6.6: the harmonic with the largest magnitude within ±20 % of a formant (its bandwidth is not used).
    fn strongest_in(&self, frame: VoicedFrame<'_>, harmonics: &Harmonics, formant_hz: f32) -> Option<usize> {
        let range = 0.8 * formant_hz..=1.2 * formant_hz;
        // The vertex lies within a bin of its peak: what is two bins away from the range need not be interpolated.
        let near =
            self.nearest_below(*range.start()).saturating_sub(2)..=self.nearest_below(*range.end()) + 3;
        let mut strongest: Option<usize> = None;
        let mut bar = 0.0;
        for (i, harmonic) in harmonics.found[..harmonics.count].iter().enumerate() {
            if harmonic.magnitude > bar
                && near.contains(&harmonic.bin)
                && range.contains(&self.interpolated(frame, harmonic.bin).0)
            {
                (strongest, bar) = (Some(i), harmonic.magnitude);
            }
        }
        strongest
    }

    /// A bin at or just below `f_hz`, or one beside it.
    fn nearest_below(&self, f_hz: f32) -> usize {
        (f64::from(f_hz) * self.bins_per_hz) as u32 as usize
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

/// The peak nearest to `centre` (not a peak itself) within `low ..= high`, right before left. Both limits are less than 64
/// bins away: half the highest pitch.
fn nearest_peak(frame: VoicedFrame<'_>, centre: usize, low: usize, high: usize) -> Option<usize> {
    let right = centre + 1 + frame.peaks_from(centre + 1).trailing_zeros() as usize;
    let before = match centre.checked_sub(64) {
        Some(first) => frame.peaks_from(first),
        None => frame.peaks_from(0) << (64 - centre),
    };
    let left = centre.checked_sub(1 + before.leading_zeros() as usize);
    let right = Some(right).filter(|&bin| bin <= high);
    let left = left.filter(|&bin| bin >= low);
    match (left, right) {
        (Some(left), Some(right)) => Some(if right - centre <= centre - left { right } else { left }),
        (left, right) => left.or(right),
    }
}

/// The autocorrelation peak nearest to `start`, left before right, however far away.
fn period_peak(frame: VoicedFrame<'_>, last: usize, start: usize) -> usize {
    let acf = |lag: usize| frame.autocorrelation(lag);
    // Before the division, which may make equal what was not, most lags drop out.
    let above = |j: usize, other: usize| frame.undivided(j) > frame.undivided(other) && acf(j) > acf(other);
    let is_peak = |j: usize| (j == 0 || above(j, j - 1)) && (j == last || above(j, j + 1));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fft::{self, RealFft};
    use crate::geometry::Geometry;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

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

    proptest! {
        /// Against a search bin by bin.
        #[test]
        fn nearest_peak_is_that_of_a_search_bin_by_bin(
            peaks in prop::collection::vec(any::<u8>(), 150),
            sparse in any::<bool>(),
            centre in 1usize..149,
            (below, above) in (0usize..60, 0usize..60),
            lane in 0usize..LANES,
        ) {
            let mut peaks = peaks;
            if sparse {
                peaks.iter_mut().enumerate().filter(|(i, _)| i % 23 != 0).for_each(|(_, bits)| *bits = 0);
            }
            peaks[centre] = 0;
            let mut voiced = VoicedSpectra { peaks, ..VoicedSpectra::default() };
            frame_by_frame(&voiced.peaks, &mut voiced.peak_words);
            let magnitudes = vec![Lanes::default(); voiced.peaks.len()];
            let frame = voiced.frame(&magnitudes, lane);
            let (low, high) = (centre.saturating_sub(below), centre + above);
            let wanted = (1..=below.max(above)).find_map(|o| {
                let right = Some(centre + o).filter(|&j| j <= high && frame.is_peak(j));
                right.or_else(|| centre.checked_sub(o).filter(|&j| j >= low && frame.is_peak(j)))
            });
            prop_assert_eq!(nearest_peak(frame, centre, low, high), wanted);
        }

        /// Against a search bin by bin.
        #[test]
        fn nearest_bin_is_that_of_a_search_bin_by_bin(
            f_hz in 20.0f32..9_000.0,
            on_bin in any::<bool>(),
            start in 1usize..520,
        ) {
            for rate_hz in [8_000, 11_025, 16_000] {
                let shape = Geometry::new(rate_hz).unwrap().long;
                let analyser = HarmonicAnalyser::new(&shape);
                let bin = (f64::from(f_hz) / shape.bin_hz).floor();
                let f_hz = if on_bin { (bin * shape.bin_hz) as f32 } else { f_hz };
                let f = f64::from(f_hz);
                let at = |bin: usize| bin as f64 * shape.bin_hz;
                let above = (start..shape.bins()).find(|&bin| at(bin) > f);
                let wanted = above.map_or(0, |bin| if f - at(bin - 1) < at(bin) - f { bin - 1 } else { bin });
                prop_assert_eq!(analyser.nearest(f_hz, start), wanted);
            }
        }
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

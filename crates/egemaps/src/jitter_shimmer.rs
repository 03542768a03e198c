//! Jitter and shimmer from matched periods of the waveform (specification part 2, section 7).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, f64x4, mask64x4};

use super::arithmetic::parabola_vertex;
use super::geometry::{Geometry, HOP_S};

/// Lags that are correlated side by side.
const SIDE_BY_SIDE: usize = 4;

/// Periods whose correlation does not exceed this are not accepted.
const MIN_CORRELATION: f64 = 0.5;

/// Jitter and shimmer of one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Perturbation {
    /// Mean absolute difference of consecutive periods over the mean period.
    pub(super) jitter: f32,
    /// 20·log10(1 + relative shimmer) (quirk 14), dB.
    pub(super) shimmer_db: f32,
}

/// Matches neighbouring periods of the waveform; frames must come in order.
#[derive(Debug)]
pub(super) struct PeriodMatcher {
    sample_s: f64,
    hop: usize,
    /// Samples read per frame; one more than the hop where 10 ms is not a whole number of samples.
    read: usize,
    frame: usize,
    origin: usize,
    left_over: usize,
    last_period_s: f32,
    held_jitter: f32,
    held_shimmer: f32,
    stretch: Stretch,
    correlation: Vec<f64>,
}

/// The samples that one frame reads, in double precision.
#[derive(Debug, Default)]
struct Stretch {
    /// The samples, and zeros behind them: as many as lags are read too many.
    samples: Vec<f64>,
    /// Sum of the samples before each.
    sums: Vec<f64>,
}

impl Stretch {
    fn fill(&mut self, segment: &[f32]) {
        self.samples.clear();
        self.samples.extend(segment.iter().map(|v| f64::from(*v)));
        self.sums.clear();
        let mut sum = 0.0;
        self.sums.extend(self.samples.iter().map(|v| {
            let before = sum;
            sum += v;
            before
        }));
        self.sums.push(sum);
        self.samples.resize(segment.len() + 2 * SIDE_BY_SIDE, 0.0);
    }

    /// Sum of `length` samples from `start` on: as if added one by one. A sample is a 16-bit number over 32767 in single
    /// precision, so it is a multiple of 2⁻³⁸ below 1.0001, and sums of fewer than 2¹⁴ of them, and their differences, are
    /// exact.
    fn sum(&self, start: usize, length: usize) -> f64 {
        let at = |i: usize| self.sums.get(i).or(self.sums.last()).copied().unwrap_or(0.0);
        at(start + length) - at(start)
    }

    /// Normalised cross-correlation of the two neighbouring stretches, from `start` on, of each lag `shortest ..= longest`.
    #[inline(always)]
    fn correlate<S: Simd>(
        &self,
        simd: S,
        start: usize,
        (shortest, longest): (usize, usize),
        correlation: &mut Vec<f64>,
    ) {
        correlation.clear();
        for lag in (shortest..=longest).step_by(SIDE_BY_SIDE) {
            let (mut mean_a, mut mean_b) = ([0.0; SIDE_BY_SIDE], [0.0; SIDE_BY_SIDE]);
            for (lag, (a, b)) in (lag..).zip(mean_a.iter_mut().zip(&mut mean_b)) {
                *a = self.sum(start, lag) / lag as f64;
                *b = self.sum(start + lag, lag) / lag as f64;
            }
            let (mean_a, mean_b) = (f64x4::load_array(simd, mean_a), f64x4::load_array(simd, mean_b));
            let zero = f64x4::splat(simd, 0.0);
            let (mut product, mut square_a, mut square_b) = (zero, zero, zero);
            let later = self.samples[start + lag..].windows(SIDE_BY_SIDE);
            let mut pairs = self.samples[start..].iter().zip(later);
            for (a, b) in pairs.by_ref().take(lag) {
                let (a, b) = (f64x4::splat(simd, *a) - mean_a, f64x4::from_slice(simd, b) - mean_b);
                product += a * b;
                square_a += a * a;
                square_b += b * b;
            }
            // The longer lags go on.
            for ((a, b), longer) in pairs.zip([0b1110, 0b1100, 0b1000]) {
                let longer = mask64x4::from_bitmask(simd, longer);
                let (a, b) = (f64x4::splat(simd, *a) - mean_a, f64x4::from_slice(simd, b) - mean_b);
                product += longer.select(a * b, zero);
                square_a += longer.select(a * a, zero);
                square_b += longer.select(b * b, zero);
            }
            let values = (product / (square_a.sqrt() * square_b.sqrt())).to_array();
            correlation.extend_from_slice(&values[..SIDE_BY_SIDE.min(longest + 1 - lag)]);
        }
    }
}

/// Sums over the periods of one frame, in single precision.
#[derive(Debug, Default)]
struct Sums {
    periods: u32,
    period: f32,
    differences: u32,
    difference: f32,
    amplitude: f32,
    amplitude_difference: f32,
}

impl PeriodMatcher {
    pub(super) fn new(geometry: &Geometry) -> PeriodMatcher {
        PeriodMatcher {
            sample_s: geometry.sample_s(),
            hop: geometry.hop,
            read: libm::ceil(HOP_S / geometry.sample_s()) as usize,
            frame: 0,
            origin: 0,
            left_over: 0,
            last_period_s: 0.0,
            held_jitter: 0.0,
            held_shimmer: 0.0,
            stretch: Stretch::default(),
            correlation: Vec::new(),
        }
    }

    /// First sample that a later frame may still read.
    pub(super) fn oldest_needed(&self) -> usize {
        self.origin.min((self.frame * self.hop).saturating_sub(self.left_over))
    }

    /// Analyses the next frame. `wave[0]` is sample `wave_start` of the sound; `f0_hz` is the gated pitch.
    #[inline(always)]
    pub(super) fn push<S: Simd>(
        &mut self,
        simd: S,
        wave: &[f32],
        wave_start: usize,
        f0_hz: f32,
    ) -> Perturbation {
        let frame_start = self.frame * self.hop;
        self.frame += 1;
        let advance = self.read + self.left_over;
        // Quirk 15: where hop and read differ this re-sets the origin in every frame but keeps the left-over.
        if frame_start.checked_sub(self.left_over) != Some(self.origin) {
            self.origin = frame_start;
        }
        if f0_hz <= 0.0 {
            self.left_over = 0;
            self.origin += advance;
            (self.last_period_s, self.held_jitter, self.held_shimmer) = (0.0, 0.0, 0.0);
            return Perturbation::default();
        }
        let period = (1.0 / f64::from(f0_hz)) / self.sample_s;
        let shortest = libm::floor((1.0 - 0.1) * period) as usize;
        let longest = libm::ceil((1.0 + 0.1) * period) as usize;
        let segment_length = advance.max(2 * longest + 2);
        let first = self.origin.saturating_sub(wave_start).min(wave.len());
        let segment = &wave[first..(first + segment_length).min(wave.len())];
        self.stretch.fill(segment);

        let (mut start, mut last) = (0usize, 0usize);
        let mut sums = Sums::default();
        while start + 2 * longest + 1 < segment_length {
            if start + 2 * longest > segment.len() {
                break; // only if the caller holds less than the frame: never for whole frames
            }
            let (stretch, correlation) = (&self.stretch, &mut self.correlation);
            simd.vectorize(
                #[inline(always)]
                || stretch.correlate(simd, start, (shortest, longest), correlation),
            );
            match self.best_lag() {
                None => start += period.round() as usize,
                Some(index) => {
                    self.accept(simd, segment, start, shortest, index, &mut sums);
                    start += shortest + index;
                }
            }
            if start + 1 < advance {
                last = start;
            }
        }
        self.left_over = advance - last;
        self.origin += last;
        self.output(&sums)
    }

    /// Index of the highest strict local maximum. Quirk 11: the last inner lag is never tested.
    fn best_lag(&self) -> Option<usize> {
        let cc = &self.correlation;
        let mut best: Option<usize> = None;
        for i in 1..cc.len().saturating_sub(2) {
            if cc[i - 1] < cc[i] && cc[i] > cc[i + 1] && best.is_none_or(|b| cc[i] > cc[b]) {
                best = Some(i);
            }
        }
        best
    }

    /// Adds the period that begins at `start` and lasts `shortest + index` samples, if it correlates well enough.
    #[inline(always)]
    fn accept<S: Simd>(
        &mut self,
        simd: S,
        segment: &[f32],
        start: usize,
        shortest: usize,
        index: usize,
        sums: &mut Sums,
    ) {
        let lag = shortest + index;
        let cc = &self.correlation;
        let i = index as f64;
        let (x, correlation) =
            parabola_vertex([i - 1.0, i, i + 1.0], [cc[index - 1], cc[index], cc[index + 1]]);
        if correlation <= MIN_CORRELATION || correlation.is_nan() {
            return;
        }
        let first = peak_to_peak(simd, segment, start, lag);
        let second = peak_to_peak(simd, segment, start + lag, lag);
        let period_s = ((shortest as f64 + x).abs() * self.sample_s) as f32;
        sums.period += period_s;
        sums.periods += 1;
        if self.last_period_s > 0.0 {
            sums.difference += (self.last_period_s - period_s).abs();
            sums.differences += 1;
        }
        self.last_period_s = period_s;
        sums.amplitude += (first + second) / 2.0;
        sums.amplitude_difference += (first - second).abs();
    }

    /// Jitter and shimmer of the frame; frames without an accepted period repeat the last values (quirk 13).
    fn output(&mut self, sums: &Sums) -> Perturbation {
        let jitter = if sums.periods == 0 {
            self.held_jitter
        } else if sums.differences == 0 {
            0.0
        } else {
            let mean_difference = sums.difference / sums.differences as f32;
            self.held_jitter = (mean_difference / (sums.period / sums.periods as f32)).min(1.0);
            self.held_jitter
        };
        if sums.periods > 0 {
            self.held_shimmer =
                if sums.amplitude > 0.0 { sums.amplitude_difference / sums.amplitude } else { 0.0 };
        }
        self.held_shimmer = self.held_shimmer.min(1.0);
        let shimmer_db = 20.0 * libm::log(f64::from(self.held_shimmer) + 1.0) / core::f64::consts::LN_10;
        Perturbation { jitter, shimmer_db: shimmer_db as f32 }
    }
}

/// Largest minus smallest sample of a period, its first and last sample left out.
#[inline(always)]
fn peak_to_peak<S: Simd>(simd: S, segment: &[f32], start: usize, lag: usize) -> f32 {
    let inner = segment.get(start + 1..(start + lag).saturating_sub(1)).unwrap_or(&[]);
    let Some(first) = inner.first() else { return 0.0 };
    let mut low = f32x8::splat(simd, *first);
    let mut high = low;
    let mut parts = inner.chunks_exact(8);
    for part in parts.by_ref() {
        let part = f32x8::from_slice(simd, part);
        low = low.min(part);
        high = high.max(part);
    }
    let (mut low, mut high) = (low.reduce_min(), high.reduce_max());
    for v in parts.remainder() {
        low = low.min(*v);
        high = high.max(*v);
    }
    high - low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::as_analysed;
    use crate::lanes::InstructionSet;
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Against each lag for itself, its sums added one by one: the same bits, on every instruction set.
        #[test]
        fn correlate_has_the_bits_of_each_lag_alone(
            integers in prop::collection::vec(any::<i16>(), 200..300),
            start in 0usize..20,
            shortest in 7usize..40,
            more in 0usize..30,
        ) {
            let wave: Vec<f32> = integers.iter().map(|v| as_analysed(f32::from(*v) / 32768.0)).collect();
            let longest = shortest + more;
            let alone = |lag: usize| {
                let (a, b) = (&wave[start..][..lag], &wave[start + lag..][..lag]);
                let mean = |part: &[f32]| part.iter().fold(0.0f64, |s, v| s + f64::from(*v)) / lag as f64;
                let (mean_a, mean_b) = (mean(a), mean(b));
                let (mut product, mut square_a, mut square_b) = (0.0f64, 0.0f64, 0.0f64);
                for (a, b) in a.iter().zip(b) {
                    let (a, b) = (f64::from(*a) - mean_a, f64::from(*b) - mean_b);
                    product += a * b;
                    square_a += a * a;
                    square_b += b * b;
                }
                product / (square_a.sqrt() * square_b.sqrt())
            };
            let wanted: Vec<u64> = (shortest..=longest).map(|lag| alone(lag).to_bits()).collect();
            let (mut stretch, mut correlation) = (Stretch::default(), Vec::new());
            stretch.fill(&wave);
            for set in InstructionSet::available() {
                dispatch!(set.0, simd => stretch.correlate(simd, start, (shortest, longest), &mut correlation));
                let got: Vec<u64> = correlation.iter().map(|c| c.to_bits()).collect();
                prop_assert_eq!(&got, &wanted, "{}", set.name());
            }
        }
    }

    /// The exactness that [`Stretch::sum`] rests on, at its worst: all samples at full scale.
    #[test]
    fn sums_of_samples_are_exact() {
        for sample in [-32768i16, 32767, 1, -1, 12345] {
            let value = as_analysed(f32::from(sample) / 32768.0);
            let unit = 1.0 / (1u64 << 38) as f64;
            assert_eq!((f64::from(value) / unit).fract(), 0.0, "{sample}");
            let mut stretch = Stretch::default();
            stretch.fill(&[value; 16_383]);
            assert_eq!(stretch.sum(100, 16_000), 16_000.0 * f64::from(value), "{sample}");
        }
    }

    fn run(rate: u32, wave: &[f32], f0_hz: f32) -> Vec<Perturbation> {
        let g = Geometry::new(rate).unwrap();
        let mut matcher = PeriodMatcher::new(&g);
        let frames = 0..g.long.count(wave.len(), g.hop);
        frames.map(|_| dispatch!(Level::new(), simd => matcher.push(simd, wave, 0, f0_hz))).collect()
    }

    /// A decaying resonance per pulse: periodic where the pulses are.
    fn pulses(starts: impl Iterator<Item = (usize, f32)>, n: usize) -> Vec<f32> {
        let mut wave = vec![0.0f32; n];
        for (start, amplitude) in starts {
            for k in 0..300.min(n.saturating_sub(start)) {
                let t = k as f64;
                wave[start + k] += amplitude * (libm::exp(-t / 25.0) * libm::sin(t * 0.35)) as f32;
            }
        }
        wave
    }

    #[test]
    fn period_matcher_finds_no_jitter_or_shimmer_in_a_periodic_wave() {
        let wave = pulses((0..200).map(|k| (k * 100, 0.5)), 16000);
        for p in &run(16000, &wave, 160.0)[5..] {
            assert!(p.jitter < 1e-4 && p.shimmer_db < 1e-3, "{p:?}");
        }
    }

    #[test]
    fn jitter_of_alternating_periods_is_their_relative_difference() {
        // 98, 102, 98, 102 …: every difference is 4 samples of a mean of 100.
        let mut at = 0;
        let starts = (0..160).map(|k| {
            let start = at;
            at += if k % 2 == 0 { 98 } else { 102 };
            (start, 0.5)
        });
        let wave = pulses(starts, 16000);
        let mean = run(16000, &wave, 160.0)[5..].iter().map(|p| p.jitter).sum::<f32>()
            / (run(16000, &wave, 160.0).len() - 5) as f32;
        assert!((mean - 0.04).abs() < 0.006, "{mean}");
    }

    #[test]
    fn shimmer_of_alternating_amplitudes_comes_without_jitter() {
        // Amplitudes 1 and 1.2 alternate: relative difference 0.2 / 1.1.
        let wave = pulses((0..160).map(|k| (k * 100, if k % 2 == 0 { 0.5 } else { 0.6 })), 16000);
        let wanted = 20.0 * libm::log10(1.0 + 0.2 / 1.1) as f32;
        for p in &run(16000, &wave, 160.0)[5..] {
            assert!((p.shimmer_db - wanted).abs() < 0.12, "{p:?}");
            assert!(p.jitter < 0.003, "{p:?}");
        }
    }

    #[test]
    fn period_matcher_gives_zeros_for_unvoiced_frames_and_constants() {
        assert!(run(16000, &[0.3; 16000], 0.0).iter().all(|p| *p == Perturbation::default()));
        assert!(run(16000, &[0.3; 16000], 200.0).iter().all(|p| *p == Perturbation::default()));
    }

    #[test]
    fn period_matcher_gives_zeros_where_no_lag_can_be_tested() {
        let wave: Vec<f32> = (0..8000).map(|n| (n % 8) as f32 / 8.0).collect();
        assert!(run(8000, &wave, 990.0).iter().all(|p| *p == Perturbation::default()));
    }
}

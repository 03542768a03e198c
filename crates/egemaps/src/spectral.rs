//! Spectral balance and flux of 20 ms frames: alpha ratio, Hammarberg index, slopes (specification part 1, section 5).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, f64x8};

use super::arithmetic::{ln_f32, ln_lanes};
use super::geometry::FrameShape;
use super::lanes::{LANES, Lanes, narrow, widen};

/// Power below which a bin counts as empty: f32(1e-7)².
const FLOOR: f32 = 1e-7 * 1e-7;
/// Logarithmic level of an empty bin, dB.
const FLOOR_DB: f32 = -140.0;
const DB_PER_NEPER: f32 = (10.0 / core::f64::consts::LN_10) as f32;

/// `10·log10(power)` with the floor, as openSMILE's single-precision product.
#[inline(always)]
fn power_db<S: Simd>(simd: S, power: f32x8<S>) -> f32x8<S> {
    let floor = f32x8::splat(simd, FLOOR);
    // Where the floor holds, the logarithm is not used; its argument is kept positive there.
    let level_db = ln_lanes(simd, power.max(floor)) * DB_PER_NEPER;
    power.simd_le(floor).select(f32x8::splat(simd, FLOOR_DB), level_db)
}

/// Half-open range of bins whose frequency satisfies `from ≤ f` and `f < to` (or `f ≤ to`).
fn bins_where(shape: &FrameShape, inside: impl Fn(f64) -> bool) -> core::ops::Range<usize> {
    let first = (0..shape.bins()).find(|&k| inside(shape.frequency_hz(k))).unwrap_or(shape.bins());
    let end = (first..shape.bins()).find(|&k| !inside(shape.frequency_hz(k))).unwrap_or(shape.bins());
    first..end
}

/// A weighted straight-line fit of the logarithmic spectrum over one band.
#[derive(Debug)]
struct SlopeBand {
    first: usize,
    /// Weight of each bin, and its product with the frequency.
    points: Vec<(f64, f64)>,
    sum_f: f64,
    sum_f2: f64,
}

impl SlopeBand {
    fn new(shape: &FrameShape, low_hz: f64, high_hz: f64) -> SlopeBand {
        let f = |k: usize| shape.frequency_hz(k);
        let last = shape.bins() - 1;
        let nonzero = |w: f64| if w == 0.0 { 1.0 } else { w };
        let above_low = (0..=last).find(|&k| f(k) > low_hz).unwrap_or(last);
        let (first, low_weight) = match above_low.checked_sub(1) {
            None => (0, 1.0),
            Some(below) => (below, nonzero((f(above_low) - low_hz) / (f(above_low) - f(below)))),
        };
        let at_high = (1..=last).find(|&k| f(k) >= high_hz).unwrap_or(last);
        let high_weight = nonzero((high_hz - f(at_high - 1)) / (f(at_high) - f(at_high - 1)));
        let end = if f(at_high) == high_hz { at_high } else { at_high - 1 };
        let points: Vec<_> = (first..=end)
            .map(|k| {
                let weight = if k == first {
                    low_weight
                } else if k == end {
                    high_weight
                } else {
                    1.0
                };
                (weight, weight * f(k))
            })
            .collect();
        let (mut sum_f, mut sum_f2) = (0.0, 0.0);
        for (_, wf) in &points {
            sum_f += wf;
            sum_f2 += wf * wf; // quirk 11: the weight is squared with the frequency
        }
        SlopeBand { first, points, sum_f, sum_f2 }
    }

    /// Slopes in dB/Hz.
    #[inline(always)]
    fn slope<S: Simd>(&self, simd: S, power: &[Lanes]) -> f32x8<S> {
        let (mut sum_fd, mut sum_d) = (f64x8::splat(simd, 0.0), f64x8::splat(simd, 0.0));
        for ((w, wf), p) in self.points.iter().zip(&power[self.first..]) {
            let level = widen(power_db(simd, p.load(simd)));
            sum_fd += level * *wf;
            sum_d += level * *w;
        }
        // Quirk 11: one less than the number of bins, so a flat spectrum has a slope.
        let n = (self.points.len() - 1) as f64;
        let denominator = n * self.sum_f2 - self.sum_f * self.sum_f;
        if denominator == 0.0 {
            f32x8::splat(simd, 0.0)
        } else {
            narrow((sum_fd * n - sum_d * self.sum_f) / denominator)
        }
    }
}

/// Descriptors of spectral balance of one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Balance {
    pub(super) alpha_ratio_db: f32,
    pub(super) hammarberg_index_db: f32,
    pub(super) slope_0_500: f32,
    pub(super) slope_500_1500: f32,
    pub(super) flux: f32,
}

/// Computes [`Balance`] at one sampling rate.
#[derive(Debug)]
pub(super) struct BalanceAnalyser {
    below_1k: core::ops::Range<usize>,
    from_1k_to_5k: core::ops::Range<usize>,
    below_2k: core::ops::Range<usize>,
    from_2k_to_5k: core::ops::Range<usize>,
    low: SlopeBand,
    middle: SlopeBand,
    flux_bins: usize,
}

/// Magnitudes of the frame before, for the flux; empty before the first frame.
#[derive(Debug, Default)]
pub(super) struct PreviousMagnitudes(Vec<f32>);

impl BalanceAnalyser {
    pub(super) fn new(shape: &FrameShape) -> BalanceAnalyser {
        BalanceAnalyser {
            below_1k: bins_where(shape, |f| f < 1000.0),
            from_1k_to_5k: bins_where(shape, |f| (1000.0..=5000.0).contains(&f)),
            below_2k: bins_where(shape, |f| f < 2000.0),
            from_2k_to_5k: bins_where(shape, |f| (2000.0..=5000.0).contains(&f)),
            low: SlopeBand::new(shape, 0.0, 500.0),
            middle: SlopeBand::new(shape, 500.0, 1500.0),
            flux_bins: bins_where(shape, |f| f < 5000.0).end,
        }
    }

    /// Analyses the next `count` frames. `power[k]` is the rounded square of `magnitudes[k]`.
    #[inline(always)]
    pub(super) fn push<S: Simd>(
        &self,
        simd: S,
        previous: &mut PreviousMagnitudes,
        magnitudes: &[Lanes],
        power: &[Lanes],
        count: usize,
    ) -> [Balance; LANES] {
        let low = sum_of(simd, &power[self.below_1k.clone()]);
        let high = sum_of(simd, &power[self.from_1k_to_5k.clone()]);
        let peak_low = largest_of(simd, &power[self.below_2k.clone()]);
        let peak_high = largest_of(simd, &power[self.from_2k_to_5k.clone()]);
        let slopes = [self.low.slope(simd, power).to_array(), self.middle.slope(simd, power).to_array()];
        let flux = self.flux(simd, previous, magnitudes, count);
        core::array::from_fn(|i| Balance {
            alpha_ratio_db: alpha_ratio_db(low[i], high[i]),
            hammarberg_index_db: hammarberg_index_db(peak_low[i], peak_high[i]),
            slope_0_500: slopes[0][i],
            slope_500_1500: slopes[1][i],
            flux: flux[i],
        })
    }

    /// Root-mean-square difference of the raw magnitudes below 5 kHz; 0 for the first frame (quirk 12).
    #[inline(always)]
    fn flux<S: Simd>(
        &self,
        simd: S,
        previous: &mut PreviousMagnitudes,
        magnitudes: &[Lanes],
        count: usize,
    ) -> [f32; LANES] {
        let first = previous.0.is_empty();
        previous.0.resize(self.flux_bins, 0.0);
        let last = count.clamp(1, LANES) - 1;
        let mut sum = f64x8::splat(simd, 0.0);
        for (now, before) in magnitudes.iter().zip(&mut previous.0) {
            let values = now.load(simd);
            // The lane of each frame holds the frame before it.
            let shifted = f32x8::splat(simd, *before).slide::<7>(values);
            let d = widen(values) - widen(shifted);
            sum += d * d;
            *before = now.0[last];
        }
        let mut flux = narrow((sum / self.flux_bins as f64).sqrt()).to_array();
        if first {
            flux[0] = 0.0;
        }
        flux
    }
}

#[inline(always)]
fn sum_of<S: Simd>(simd: S, values: &[Lanes]) -> [f32; LANES] {
    let mut sum = f32x8::splat(simd, 0.0);
    for value in values {
        sum += value.load(simd);
    }
    sum.to_array()
}

/// The largest value, not below 0.
#[inline(always)]
fn largest_of<S: Simd>(simd: S, values: &[Lanes]) -> [f32; LANES] {
    let mut largest = f32x8::splat(simd, 0.0);
    for value in values {
        largest = largest.max(value.load(simd));
    }
    largest.to_array()
}

/// Quirk 10: high (1–5 kHz) over low, where low starts at DC; so usually negative.
fn alpha_ratio_db(low: f32, high: f32) -> f32 {
    let nepers = if low == 0.0 {
        0.0
    } else if high > FLOOR {
        f64::from(ln_f32(high / low))
    } else {
        f64::from(ln_f32(FLOOR)) - f64::from(ln_f32(low))
    };
    (10.0 * nepers / core::f64::consts::LN_10) as f32
}

/// Strongest bin below 2 kHz over the strongest from 2 to 5 kHz.
fn hammarberg_index_db(low: f32, high: f32) -> f32 {
    if high == 0.0 {
        0.0
    } else if low > FLOOR {
        (10.0 * f64::from(ln_f32(low / high)) / core::f64::consts::LN_10) as f32
    } else {
        (10.0 * (f64::from(ln_f32(FLOOR)) - f64::from(ln_f32(high))) / core::f64::consts::LN_10) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Geometry;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};

    fn push(
        analyser: &BalanceAnalyser,
        previous: &mut PreviousMagnitudes,
        magnitudes: &[f32],
        power: &[f32],
    ) -> Balance {
        let (magnitudes, power) = (in_first_lane(magnitudes), in_first_lane(power));
        dispatch!(Level::new(), simd => analyser.push(simd, previous, &magnitudes, &power, 1))[0]
    }

    fn shape(rate: u32) -> FrameShape {
        Geometry::new(rate).unwrap().short
    }

    #[test]
    fn slope_band_has_the_specified_weights_at_its_edges() {
        // (first bin, its weight, last bin, its weight) of both bands: part 1, section 5
        for (rate, low, middle) in [
            (16000, (0, 1.0, 16, 1.0), (16, 1.0, 48, 1.0)),
            (44100, (0, 1.0, 11, 0.609977), (11, 0.390023, 34, 0.829932)),
            (48000, (0, 1.0, 10, 0.666667), (10, 0.333333, 32, 1.0)),
        ] {
            let analyser = BalanceAnalyser::new(&shape(rate));
            for (band, wanted) in [(&analyser.low, low), (&analyser.middle, middle)] {
                let last = band.points.len() - 1;
                assert_eq!((band.first, band.first + last), (wanted.0, wanted.2), "{rate}");
                assert!((band.points[0].0 - wanted.1).abs() < 1e-6, "{rate}");
                assert!((band.points[last].0 - wanted.3).abs() < 1e-6, "{rate}");
            }
        }
    }

    #[test]
    fn balance_of_silence_has_the_slopes_of_quirk_11() {
        for (rate, low, middle) in [
            (8000, 0.112, 0.07636364),
            (44100, 0.13269739, 0.02218565),
            (48000, 0.16459852, 0.02863452),
            (11025, 0.12695014, 0.01753291),
        ] {
            let shape = shape(rate);
            let silence = vec![0.0; shape.bins()];
            let balance =
                push(&BalanceAnalyser::new(&shape), &mut PreviousMagnitudes::default(), &silence, &silence);
            assert!((balance.slope_0_500 - low).abs() < 1e-7, "{rate}: {}", balance.slope_0_500);
            assert!((balance.slope_500_1500 - middle).abs() < 1e-7, "{rate}: {}", balance.slope_500_1500);
            assert_eq!((balance.alpha_ratio_db, balance.hammarberg_index_db, balance.flux), (0.0, 0.0, 0.0));
        }
    }

    #[test]
    fn alpha_ratio_and_hammarberg_index_are_the_level_difference_of_two_lines() {
        let shape = shape(16000);
        let mut power = vec![0.0; shape.bins()];
        power[16] = 100.0; // 500 Hz
        power[96] = 1.0; // 3 kHz, 20 dB lower
        let magnitudes: Vec<f32> = power.iter().map(|p: &f32| p.sqrt()).collect();
        let balance =
            push(&BalanceAnalyser::new(&shape), &mut PreviousMagnitudes::default(), &magnitudes, &power);
        assert!((balance.alpha_ratio_db + 20.0).abs() < 1e-4);
        assert!((balance.hammarberg_index_db - 20.0).abs() < 1e-4);
    }

    #[test]
    fn flux_is_the_root_mean_square_difference() {
        let shape = shape(16000);
        let (a, b) = (vec![1.0; shape.bins()], vec![3.5; shape.bins()]);
        let (analyser, mut previous) = (BalanceAnalyser::new(&shape), PreviousMagnitudes::default());
        assert_eq!(push(&analyser, &mut previous, &a, &a).flux, 0.0);
        assert_eq!(push(&analyser, &mut previous, &b, &b).flux, 2.5);
        assert_eq!(push(&analyser, &mut previous, &b, &b).flux, 0.0);
        assert_eq!(analyser.flux_bins, 160);
    }
}

//! The magnitude spectrum on a logarithmic frequency axis, ready for summing harmonics (specification part 2, section 3).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, f64x8, mask32x8};

use crate::geometry::FrameShape;
use crate::lanes::{Lanes, WideLanes, narrow, widen};

/// Lowest frequency of the octave axis, Hz.
const LOW_HZ: f64 = 25.0;

fn octaves(f_hz: f64) -> f64 {
    libm::log(f_hz) / core::f64::consts::LN_2
}

/// One step of the spline's forward sweep; depends on the axis alone.
#[derive(Debug, Clone, Copy)]
struct Sweep {
    sigma: f64,
    /// 1 / (σ·z + 2)
    p: f64,
    z: f64,
    a: f64,
    c: f64,
}

/// Where a point of the octave axis lies on the linear one, and what its neighbours contribute.
#[derive(Debug, Clone, Copy)]
struct Target {
    interval: usize,
    left: f64,
    right: f64,
    left_cubic: f64,
    right_cubic: f64,
    ear: f64,
}

/// Peak enhancement, smoothing, spline onto the octave axis and ear weighting, at one sampling rate.
#[derive(Debug)]
pub(super) struct OctaveSpectrum {
    sweep: Vec<Sweep>,
    targets: Vec<Target>,
    /// Points per octave. Quirk 4 of part 2: computed from the number of points, not of steps.
    pub(super) points_per_octave: f32,
    /// Ends of the axis, octaves re 1 Hz.
    pub(super) first_octave: f32,
    pub(super) last_octave: f32,
}

/// Work space for eight frames.
#[derive(Debug, Default)]
pub(super) struct OctaveSpace {
    /// For each bin, with two before and two behind, one bit for each frame: whether it is a peak.
    peaks: Vec<u8>,
    /// For each bin, one bit for each frame: whether its magnitude is kept.
    kept: Vec<u8>,
    smoothed: Vec<WideLanes>,
    second: Vec<WideLanes>,
}

impl OctaveSpectrum {
    pub(super) fn new(shape: &FrameShape) -> OctaveSpectrum {
        let bins = shape.bins();
        // Quirk 2 of part 2: the bin spacing carries a single-precision rounding.
        let duration = (shape.duration_s * (shape.fft_length as f64 / shape.length as f64)) as f32;
        let bin_hz = 1.0 / f64::from(duration);
        let high_hz = bin_hz * (bins - 1) as f64;

        let mut u: Vec<f64> = (0..bins).map(|i| octaves(i as f64 * bin_hz)).collect();
        u[0] = 2.0 * u[1] - u[2];
        let (t0, t1) = (octaves(LOW_HZ), octaves(high_hz));
        let step = (t1 - t0) / (bins - 1) as f64;
        let points_per_octave = bins as f64 / (libm::log(high_hz / LOW_HZ) / core::f64::consts::LN_2);
        let ear_shift = points_per_octave * octaves(65.0 / 50.0) - 1.0;

        let mut z = 0.0;
        let sweep = (1..bins - 1)
            .map(|i| {
                let (before, after, both) = (u[i] - u[i - 1], u[i + 1] - u[i], u[i + 1] - u[i - 1]);
                let sigma = before / both;
                let p = 1.0 / (sigma * z + 2.0);
                z = (sigma - 1.0) * p;
                Sweep { sigma, p, z, a: after * both, c: before * both }
            })
            .collect();

        let mut interval = 0;
        let targets = (0..bins)
            .map(|i| {
                let v = t0 + i as f64 * step;
                while interval + 2 < bins && u[interval + 1] < v {
                    interval += 1;
                }
                let h = u[interval + 1] - u[interval];
                let left = (u[interval + 1] - v) / h;
                let right = 1.0 - left;
                let k = h * h / 6.0;
                let ear = 0.5
                    + libm::atan(3.0 * ((i + 1) as f64 - ear_shift) / points_per_octave)
                        / core::f64::consts::PI;
                Target {
                    interval,
                    left,
                    right,
                    left_cubic: (left * left * left - left) * k,
                    right_cubic: (right * right * right - right) * k,
                    ear,
                }
            })
            .collect();
        OctaveSpectrum {
            sweep,
            targets,
            points_per_octave: points_per_octave as f32,
            first_octave: t0 as f32,
            last_octave: t1 as f32,
        }
    }

    /// Transforms the magnitudes of eight frames; `out` has as many points.
    #[inline(always)]
    pub(super) fn transform<S: Simd>(
        &self,
        simd: S,
        space: &mut OctaveSpace,
        magnitudes: &[Lanes],
        out: &mut Vec<Lanes>,
    ) {
        simd.vectorize(
            #[inline(always)]
            || find_peaks(simd, magnitudes, &mut space.peaks),
        );
        keep_near_peaks(&space.peaks, &mut space.kept);
        simd.vectorize(
            #[inline(always)]
            || smooth(simd, magnitudes, &space.kept, &mut space.smoothed),
        );
        simd.vectorize(
            #[inline(always)]
            || self.second_derivatives(simd, &space.smoothed, &mut space.second),
        );
        simd.vectorize(
            #[inline(always)]
            || self.interpolate(simd, &space.smoothed, &space.second, out),
        );
    }

    /// Second derivatives of the natural cubic spline through the smoothed spectrum.
    #[inline(always)]
    fn second_derivatives<S: Simd>(&self, simd: S, y: &[WideLanes], second: &mut Vec<WideLanes>) {
        second.clear();
        second.resize(y.len(), WideLanes::default());
        let [first, next, ..] = y else { return };
        // Forward sweep; w is kept where the second derivative will stand.
        let mut w = f64x8::splat(simd, 0.0);
        let mut here = next.load(simd);
        let mut before = here - first.load(simd);
        for ((out, next), s) in second[1..].iter_mut().zip(&y[2..]).zip(&self.sweep) {
            let next = next.load(simd);
            let after = next - here;
            let g = after / s.a - before / s.c;
            w = (g * 6.0 - w * s.sigma) * s.p;
            *out = WideLanes::of(w);
            (here, before) = (next, after);
        }
        let mut later = f64x8::splat(simd, 0.0);
        for (out, s) in second[1..].iter_mut().zip(&self.sweep).rev() {
            later = out.load(simd) + later * s.z;
            *out = WideLanes::of(later);
        }
        // Row 0 has z = w = 0: nothing to add.
    }

    /// The spline at the points of the octave axis, weighted by the ear's sensitivity; nothing negative.
    #[inline(always)]
    fn interpolate<S: Simd>(&self, simd: S, y: &[WideLanes], second: &[WideLanes], out: &mut Vec<Lanes>) {
        let zero = f32x8::splat(simd, 0.0);
        out.clear();
        out.resize(self.targets.len(), Lanes::default());
        for (out, t) in out.iter_mut().zip(&self.targets) {
            let q = t.interval;
            let value = y[q].load(simd) * t.left
                + y[q + 1].load(simd) * t.right
                + second[q].load(simd) * t.left_cubic
                + second[q + 1].load(simd) * t.right_cubic;
            let value = narrow(value);
            let weighted = narrow(widen(value) * t.ear);
            *out = Lanes::of(value.simd_gt(zero).select(weighted, zero));
        }
    }
}

/// Marks the local maxima of eight spectra; the ends count if they are higher than their neighbour.
#[inline(always)]
fn find_peaks<S: Simd>(simd: S, m: &[Lanes], peaks: &mut Vec<u8>) {
    peaks.clear();
    peaks.resize(m.len() + 4, 0);
    let higher = |a: usize, b: usize| a.abs_diff(b) == 1 && a < m.len() && b < m.len();
    let last = m.len() - 1;
    if higher(0, 1) {
        peaks[2] = m[0].load(simd).simd_gt(m[1].load(simd)).to_bitmask() as u8;
        peaks[last + 2] = m[last].load(simd).simd_gt(m[last - 1].load(simd)).to_bitmask() as u8;
    }
    for (peak, m) in peaks[3..].iter_mut().zip(m.windows(3)) {
        let here = m[1].load(simd);
        *peak = (here.simd_gt(m[0].load(simd)) & here.simd_ge(m[2].load(simd))).to_bitmask() as u8;
    }
}

/// Marks the bins that are kept: those at most two bins from a peak, those before the first peak and those behind the last
/// one; everything where there is no peak.
fn keep_near_peaks(peaks: &[u8], kept: &mut Vec<u8>) {
    // Frames with one peak at least, with two at least.
    let (mut one, mut two) = (0u8, 0u8);
    kept.clear();
    kept.extend(peaks.windows(5).map(|p| {
        two |= one & p[2];
        one |= p[2];
        p[0] | p[1] | p[2] | p[3] | p[4] | !one
    }));
    // Quirk 3 of part 2: a single peak clears everything from bin 3 on, wherever it is.
    let single = one & !two;
    let mut behind = 0u8;
    for (i, (kept, p)) in kept.iter_mut().zip(&peaks[2..]).enumerate().rev() {
        behind |= *p;
        let many = *kept | !behind;
        *kept = if i < 3 { many | single } else { many & !single };
    }
}

/// The magnitudes where they are kept, 0 elsewhere.
#[inline(always)]
fn kept_value<S: Simd>(simd: S, m: &Lanes, kept: u8) -> f64x8<S> {
    let kept = mask32x8::from_bitmask(simd, u64::from(kept));
    widen(kept.select(m.load(simd), f32x8::splat(simd, 0.0)))
}

/// (1, 2, 1)/4 over what is kept; the first bin has 0 as its left neighbour, the last is left alone.
#[inline(always)]
fn smooth<S: Simd>(simd: S, m: &[Lanes], kept: &[u8], smoothed: &mut Vec<WideLanes>) {
    smoothed.clear();
    smoothed.resize(m.len(), WideLanes::default());
    let (Some(first), Some(first_kept)) = (m.first(), kept.first()) else { return };
    let mut left = f64x8::splat(simd, 0.0);
    let mut here = kept_value(simd, first, *first_kept);
    for ((out, m), kept) in smoothed.iter_mut().zip(&m[1..]).zip(&kept[1..]) {
        let right = kept_value(simd, m, *kept);
        // A quarter is a power of two: the product has the bits of the quotient.
        *out = WideLanes::of((left + here * 2.0 + right) * 0.25);
        (left, here) = (here, right);
    }
    if let Some(last) = smoothed.last_mut() {
        *last = WideLanes::of(here);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Geometry;
    use crate::lanes::LANES;
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    #[test]
    fn octave_axis_has_the_constants_of_the_specification() {
        for (rate, ppo, t1) in
            [(8000, 35.1000443, 11.9657841), (11025, 65.8898163, 12.4295807), (16000, 61.6443672, 12.9657841)]
        {
            let o = OctaveSpectrum::new(&Geometry::new(rate).unwrap().long);
            assert_eq!((o.points_per_octave, o.last_octave), (ppo, t1), "{rate}");
            assert_eq!(o.first_octave, 4.643856048583984);
        }
    }

    /// The bins that one spectrum keeps, in each lane.
    fn kept(spectrum: &[f32]) -> Vec<usize> {
        let m: Vec<Lanes> = spectrum.iter().map(|m| Lanes([*m; LANES])).collect();
        let (mut peaks, mut kept) = (Vec::new(), Vec::new());
        dispatch!(Level::new(), simd => find_peaks(simd, &m, &mut peaks));
        keep_near_peaks(&peaks, &mut kept);
        assert!(kept.iter().all(|bits| [0, 0xFF].contains(bits)));
        (0..spectrum.len()).filter(|&k| kept[k] != 0).collect()
    }

    #[test]
    fn a_single_peak_clears_everything_from_bin_3_on() {
        for place in [0usize, 1, 100, 512] {
            let spectrum: Vec<f32> = (0..513usize).map(|k| 1.0 / (1 + k.abs_diff(place)) as f32).collect();
            assert_eq!(kept(&spectrum), [0, 1, 2], "peak at {place}");
        }
    }

    #[test]
    fn two_bins_are_kept_beside_each_of_two_peaks() {
        let mut spectrum = vec![1.0; 513];
        (spectrum[100], spectrum[120]) = (9.0, 9.0);
        // A plateau's first falling edge is no peak; so the peaks are 100 and 120.
        let wanted: Vec<usize> = (0..=102).chain(118..513).collect();
        assert_eq!(kept(&spectrum), wanted);
    }

    #[test]
    fn everything_is_kept_without_a_peak() {
        assert_eq!(kept(&[1.0; 513]).len(), 513);
    }

    proptest! {
        /// Against the specification's own words: between neighbouring peaks p and q, p + 3 … q − 3 is cleared.
        #[test]
        fn kept_bins_are_those_of_the_definition(spectrum in prop::collection::vec(0u8..6, 8..60)) {
            let y: Vec<f32> = spectrum.iter().map(|v| f32::from(*v)).collect();
            let last = y.len() - 1;
            let mut peaks = Vec::new();
            for i in 0..=last {
                let left = i == 0 || y[i] > y[i - 1];
                let right = i == last || if i == 0 { y[i] > y[i + 1] } else { y[i] >= y[i + 1] };
                if left && right {
                    peaks.push(i);
                }
            }
            let mut wanted = vec![true; y.len()];
            if peaks.len() == 1 {
                wanted[3..].fill(false);
            }
            for pair in peaks.windows(2) {
                if pair[0] + 6 <= pair[1] {
                    wanted[pair[0] + 3..=pair[1] - 3].fill(false);
                }
            }
            let wanted: Vec<usize> = (0..=last).filter(|&k| wanted[k]).collect();
            prop_assert_eq!(kept(&y), wanted);
        }
    }
}

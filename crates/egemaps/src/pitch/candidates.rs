//! Six pitch candidates per frame by sub-harmonic summation (specification part 2, section 4).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, f64x8};

use super::octave::OctaveSpectrum;
use crate::arithmetic::parabola_vertex;
use crate::lanes::{LANES, Lanes, widen};

/// Number of candidates per frame.
pub const SLOTS: usize = 6;
/// Voicing from which on a candidate counts as voiced.
pub(super) const VOICING_THRESHOLD: f64 = 0.7f32 as f64;
const HARMONICS: usize = 15;
const COMPRESSION: f32 = 0.85;
const RANGE_HZ: core::ops::RangeInclusive<f32> = 55.0..=1000.0;

/// One pitch candidate of a 60 ms frame; an empty slot is all 0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Candidate {
    /// Frequency, Hz.
    pub f0_hz: f32,
    /// Probability-like measure of periodicity, 0 … 1.
    pub voicing: f32,
    /// Refined value of the summed spectrum.
    pub score: f32,
}

impl Candidate {
    /// Whether it is periodic enough to count as voiced.
    pub fn is_voiced(&self) -> bool {
        f64::from(self.voicing) >= VOICING_THRESHOLD
    }
}

/// Sums harmonics on the octave axis and picks the candidates.
#[derive(Debug)]
pub(super) struct CandidateFinder {
    /// Distance on the axis and weight of the harmonics from the second on.
    harmonics: Vec<(usize, f32)>,
    first_octave: f32,
    step: f32,
}

/// The six highest peaks of a frame, highest first, ties by frequency.
#[derive(Debug, Clone, Copy, Default)]
struct Peaks {
    bins: [usize; SLOTS],
    values: [f32; SLOTS],
    count: usize,
}

impl Peaks {
    /// Takes a peak into the list if it is among the six highest so far; peaks come by ascending frequency.
    fn add(&mut self, bin: usize, value: f32) {
        let place = self.values[..self.count].iter().position(|v| *v < value).unwrap_or(self.count);
        if place < SLOTS {
            self.count = (self.count + 1).min(SLOTS);
            self.bins[place..self.count].rotate_right(1);
            self.values[place..self.count].rotate_right(1);
            self.bins[place] = bin;
            self.values[place] = value;
        }
    }

    /// What a further peak has to exceed.
    fn bar(&self) -> f32 {
        if self.count == SLOTS { self.values[SLOTS - 1] } else { f32::NEG_INFINITY }
    }
}

impl CandidateFinder {
    pub(super) fn new(axis: &OctaveSpectrum, bins: usize) -> CandidateFinder {
        let ppo = f64::from(axis.points_per_octave);
        let mut weight = 1.0;
        let harmonics = (2..=HARMONICS)
            .map(|h| {
                weight *= COMPRESSION;
                (libm::floor(ppo * (libm::log(h as f64) / core::f64::consts::LN_2)) as usize, weight)
            })
            .collect();
        CandidateFinder {
            harmonics,
            first_octave: axis.first_octave,
            step: (axis.last_octave - axis.first_octave) / (bins - 1) as f32,
        }
    }

    /// Candidates of eight octave spectra, best first (the others in descending order of their unrefined peak). `summed` is
    /// work space.
    #[inline(always)]
    pub(super) fn find<S: Simd>(
        &self,
        simd: S,
        octave: &[Lanes],
        summed: &mut Vec<Lanes>,
    ) -> [[Candidate; SLOTS]; LANES] {
        let mean = simd.vectorize(
            #[inline(always)]
            || self.sum_harmonics(simd, octave, summed),
        );
        let peaks = simd.vectorize(
            #[inline(always)]
            || highest_peaks(simd, summed),
        );
        core::array::from_fn(|lane| self.of_frame(summed, lane, mean[lane], &peaks[lane]))
    }

    fn of_frame(&self, summed: &[Lanes], lane: usize, mean: f64, peaks: &Peaks) -> [Candidate; SLOTS] {
        let mut candidates = [Candidate::default(); SLOTS];
        // The six highest peaks are taken before the range is applied: those out of range use up slots (quirk 5).
        let inside = peaks.bins[..peaks.count]
            .iter()
            .map(|&bin| self.refine(summed, lane, bin, mean))
            .filter(|candidate| RANGE_HZ.contains(&candidate.f0_hz));
        for (slot, candidate) in candidates.iter_mut().zip(inside) {
            *slot = candidate;
        }
        let mut best = 0;
        for (i, candidate) in candidates.iter().enumerate() {
            if candidate.score > candidates[best].score {
                best = i;
            }
        }
        candidates.swap(0, best);
        candidates
    }

    /// Adds the shifted spectra up; returns the mean of each frame's sums.
    #[inline(always)]
    fn sum_harmonics<S: Simd>(&self, simd: S, octave: &[Lanes], summed: &mut Vec<Lanes>) -> [f64; LANES] {
        let zero = f32x8::splat(simd, 0.0);
        let mut total = f64x8::splat(simd, 0.0);
        // Harmonics that lie on the axis from a point on: fewer and fewer.
        let mut harmonics = &self.harmonics[..];
        summed.clear();
        for (i, first) in octave.iter().enumerate() {
            while let [inner @ .., (shift, _)] = harmonics
                && i + shift >= octave.len()
            {
                harmonics = inner;
            }
            let mut sum = first.load(simd);
            for (shift, weight) in harmonics {
                sum += octave[i + shift].load(simd) * *weight;
            }
            let sum = (sum / HARMONICS as f32).max(zero);
            total += widen(sum);
            summed.push(Lanes::of(sum));
        }
        (total / summed.len() as f64).to_array()
    }

    /// Parabolic refinement of the peak at `bin`; abscissas are rounded to single precision first (quirk 6).
    fn refine(&self, summed: &[Lanes], lane: usize, bin: usize, mean: f64) -> Candidate {
        let at = |i: f32| f64::from(i * self.step + self.first_octave);
        let i = bin as f32;
        let y = [bin - 1, bin, bin + 1].map(|k| f64::from(summed[k].0[lane]));
        let (x, peak) = parabola_vertex([at(i - 1.0), at(i), at(i + 1.0)], y);
        let voicing = if peak > 0.0 && peak > mean { (1.0 - mean / peak) as f32 } else { 0.0 };
        Candidate { f0_hz: libm::exp(x * core::f64::consts::LN_2) as f32, voicing, score: peak as f32 }
    }
}

/// The six highest strict peaks of each frame.
#[inline(always)]
fn highest_peaks<S: Simd>(simd: S, summed: &[Lanes]) -> [Peaks; LANES] {
    let mut lists = [Peaks::default(); LANES];
    let mut bars = f32x8::splat(simd, f32::NEG_INFINITY);
    for (i, s) in (1..).zip(summed.windows(3)) {
        let here = s[1].load(simd);
        let peak = here.simd_gt(s[0].load(simd)) & here.simd_gt(s[2].load(simd)) & here.simd_gt(bars);
        let mut bits = peak.to_bitmask();
        if bits == 0 {
            continue;
        }
        while bits != 0 {
            let lane = bits.trailing_zeros() as usize % LANES;
            bits &= bits - 1;
            lists[lane].add(i, s[1].0[lane]);
        }
        bars = f32x8::load_array(simd, lists.map(|list| list.bar()));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::InstructionSet;
    use fearless_simd::dispatch;
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    proptest! {
        /// Against sorting all peaks: highest first, equal ones by frequency.
        #[test]
        fn highest_peaks_are_the_first_six_of_all_peaks(
            values in prop::collection::vec(prop::array::uniform8(0u8..20), 3..80),
        ) {
            let summed: Vec<Lanes> = values.iter().map(|v| Lanes(v.map(f32::from))).collect();
            for set in InstructionSet::available() {
                let peaks = dispatch!(set.0, simd => highest_peaks(simd, &summed));
                for (lane, found) in peaks.iter().enumerate() {
                    let s = |i: usize| values[i][lane];
                    let mut all: Vec<usize> =
                        (1..values.len() - 1).filter(|&i| s(i - 1) < s(i) && s(i) > s(i + 1)).collect();
                    all.sort_by_key(|&i| core::cmp::Reverse(s(i)));
                    all.truncate(SLOTS);
                    prop_assert_eq!(&found.bins[..found.count], &all[..], "{}", set.name());
                }
            }
        }
    }
}

//! Six pitch candidates per frame by sub-harmonic summation (specification part 2, section 4).

use super::octave::OctaveSpectrum;
use crate::arithmetic::parabola_vertex;

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
    shifts: Vec<usize>,
    first_octave: f32,
    step: f32,
    summed: Vec<f32>,
}

impl CandidateFinder {
    pub(super) fn new(axis: &OctaveSpectrum, bins: usize) -> CandidateFinder {
        let ppo = f64::from(axis.points_per_octave);
        let shifts = (2..=HARMONICS)
            .map(|h| libm::floor(ppo * (libm::log(h as f64) / core::f64::consts::LN_2)) as usize)
            .collect();
        CandidateFinder {
            shifts,
            first_octave: axis.first_octave,
            step: (axis.last_octave - axis.first_octave) / (bins - 1) as f32,
            summed: Vec::new(),
        }
    }

    /// Candidates of one octave spectrum, best first (the others in descending order of their unrefined peak).
    pub(super) fn find(&mut self, octave: &[f32]) -> [Candidate; SLOTS] {
        self.sum_harmonics(octave);
        let mean = self.summed.iter().fold(0.0f64, |s, v| s + f64::from(*v)) / self.summed.len() as f64;
        let mut candidates = [Candidate::default(); SLOTS];
        // The six highest peaks are taken before the range is applied: those out of range use up slots (quirk 5).
        let peaks = self.highest_peaks();
        let inside = peaks
            .iter()
            .map(|&bin| self.refine(bin, mean))
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

    fn sum_harmonics(&mut self, octave: &[f32]) {
        self.summed.clear();
        self.summed.extend_from_slice(octave);
        let mut weight = COMPRESSION;
        for &shift in &self.shifts {
            if let Some(shifted) = octave.get(shift..) {
                for (sum, o) in self.summed.iter_mut().zip(shifted) {
                    *sum += o * weight;
                }
            }
            weight *= COMPRESSION;
        }
        for sum in &mut self.summed {
            *sum = (*sum / HARMONICS as f32).max(0.0);
        }
    }

    /// Bins of the six highest strict peaks, highest first, ties by frequency.
    fn highest_peaks(&self) -> Vec<usize> {
        let s = &self.summed;
        let mut list: Vec<usize> = Vec::with_capacity(SLOTS + 1);
        for i in 1..s.len().saturating_sub(1) {
            if s[i - 1] < s[i] && s[i] > s[i + 1] {
                let place = list.iter().position(|&j| s[j] < s[i]).unwrap_or(list.len());
                if place < SLOTS {
                    list.insert(place, i);
                    list.truncate(SLOTS);
                }
            }
        }
        list
    }

    /// Parabolic refinement of the peak at `bin`; abscissas are rounded to single precision first (quirk 6).
    fn refine(&self, bin: usize, mean: f64) -> Candidate {
        let at = |i: f32| f64::from(i * self.step + self.first_octave);
        let i = bin as f32;
        let y = [bin - 1, bin, bin + 1].map(|k| f64::from(self.summed[k]));
        let (x, peak) = parabola_vertex([at(i - 1.0), at(i), at(i + 1.0)], y);
        let voicing = if peak > 0.0 && peak > mean { (1.0 - mean / peak) as f32 } else { 0.0 };
        Candidate { f0_hz: libm::exp(x * core::f64::consts::LN_2) as f32, voicing, score: peak as f32 }
    }
}

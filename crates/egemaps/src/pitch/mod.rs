//! Pitch of the 60 ms frames: octave spectrum → six candidates → smoothest path → energy gate (specification part 2, 3–6).

mod candidates;
mod octave;
mod path;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f64x8};

use super::arithmetic::ln_f32;
use super::geometry::FrameShape;
use super::lanes::{LANES, Lanes, narrow, widen};
use candidates::CandidateFinder;
pub use candidates::{Candidate, SLOTS};
use octave::{OctaveSpace, OctaveSpectrum};
pub(super) use path::PathTracker;

/// Frames with a lower root mean square (of the windowed frame) are unvoiced in any case.
const GATE_RMS: f32 = 0.001;
/// A semitone value above this counts as voiced (part 1, section 8).
pub(super) const VOICED_ABOVE: f32 = 1e-6;

/// From the magnitudes of 60 ms frames to pitch candidates, at one sampling rate.
#[derive(Debug)]
pub(super) struct CandidateAnalyser {
    octave: OctaveSpectrum,
    finder: CandidateFinder,
}

/// Work space for the candidates of eight frames.
#[derive(Debug, Default)]
pub(super) struct CandidateSpace {
    octave: OctaveSpace,
    spectrum: Vec<Lanes>,
    summed: Vec<Lanes>,
}

impl CandidateAnalyser {
    pub(super) fn new(shape: &FrameShape) -> CandidateAnalyser {
        let octave = OctaveSpectrum::new(shape);
        let finder = CandidateFinder::new(&octave, shape.bins());
        CandidateAnalyser { octave, finder }
    }

    /// Candidates of eight frames.
    #[inline(always)]
    pub(super) fn candidates<S: Simd>(
        &self,
        simd: S,
        space: &mut CandidateSpace,
        magnitudes: &[Lanes],
    ) -> [[Candidate; SLOTS]; LANES] {
        self.octave.transform(simd, &mut space.octave, magnitudes, &mut space.spectrum);
        self.finder.find(simd, &space.spectrum, &mut space.summed)
    }
}

/// The pitch that a frame would get by its best-scored candidate alone, Hz, before the gate: without the path.
pub(super) fn best_guess_hz(candidates: &[Candidate; SLOTS]) -> f32 {
    let [best, ..] = candidates;
    if best.is_voiced() { best.f0_hz } else { 0.0 }
}

/// Pitch after the energy gate: 0 in frames whose windowed root mean square does not exceed the gate.
pub(super) fn gate(f0_hz: f32, rms: f32) -> f32 {
    if rms > GATE_RMS { f0_hz } else { 0.0 }
}

/// Root mean square of windowed frames of `length` samples (zeros around them do not matter).
#[inline(always)]
pub(super) fn windowed_rms<S: Simd>(simd: S, windowed: &[Lanes], length: usize) -> [f32; LANES] {
    let mut sum = f64x8::splat(simd, 0.0);
    for value in windowed {
        let value = value.load(simd);
        sum += widen(value * value);
    }
    narrow((sum / length as f64).sqrt()).to_array()
}

/// Semitones above 27.5 Hz; 0 for unvoiced.
pub(super) fn semitones(f0_hz: f32) -> f32 {
    if f0_hz > 0.0 { 12.0 * ln_f32(f0_hz / 27.5) / core::f32::consts::LN_2 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::in_first_lane;
    use crate::{fft, geometry::Geometry};
    use fearless_simd::{Level, dispatch};

    #[test]
    fn semitones_count_from_27_5_hz() {
        assert_eq!(semitones(0.0), 0.0);
        assert_eq!(semitones(55.0), 12.0);
        assert!((semitones(440.0) - 48.0).abs() < 1e-5);
    }

    /// Damped pulses at the pitches that voices use. (A flat pulse train below about 110 Hz is unvoiced here
    /// and in openSMILE: its spectrum is too even for the voicing measure.)
    #[test]
    fn pitch_tracker_finds_the_pitch_of_damped_pulses() {
        let g = Geometry::new(16000).unwrap();
        for period in [20usize, 40, 64, 80, 100, 160, 200] {
            let pulse = |n: usize| 0.8 * libm::exp(-((n % period) as f64) / 12.0) as f32;
            let wave: Vec<f32> = (0..16000).map(pulse).collect();
            let f0 = track(&g, &wave);
            let wanted = 16000.0 / period as f32;
            let right = f0.iter().filter(|f| (**f / wanted - 1.0).abs() < 0.01).count();
            assert!(right * 10 >= f0.len() * 9, "{wanted} Hz: {right} of {} frames, {f0:?}", f0.len());
        }
    }

    fn track(g: &Geometry, wave: &[f32]) -> Vec<f32> {
        let (analyser, mut space) = (CandidateAnalyser::new(&g.long), CandidateSpace::default());
        let (mut path, mut f0) = (PathTracker::new(), Vec::new());
        let mut transform = fft::RealFft::new(g.long.fft_length);
        let (mut buffer, mut packed, mut m) = (Vec::new(), Vec::new(), Vec::new());
        for frame in 0..g.long.count(wave.len(), g.hop) {
            g.long.windowed(&wave[frame * g.hop..][..g.long.length], &mut buffer);
            transform.forward(&buffer, &mut packed);
            fft::magnitudes(&packed, &mut m);
            path.push(&candidates(&analyser, &mut space, &m), &mut f0);
        }
        path.finish(&mut f0);
        f0
    }

    /// Candidates of one frame.
    fn candidates(
        analyser: &CandidateAnalyser,
        space: &mut CandidateSpace,
        magnitudes: &[f32],
    ) -> [Candidate; SLOTS] {
        let magnitudes = in_first_lane(magnitudes);
        dispatch!(Level::new(), simd => analyser.candidates(simd, space, &magnitudes))[0]
    }

    /// openSMILE's own values at every stage of the chain, for a voice with a gap, jitter and noise.
    #[test]
    fn pitch_tracker_equals_opensmile_at_every_stage() {
        #[derive(serde::Deserialize)]
        struct Stages {
            int16: Vec<i16>,
            emitted_before_flush: usize,
            rms60: Vec<f64>,
            candidate_hz: Vec<Vec<f64>>,
            candidate_voicing: Vec<Vec<f64>>,
            f0_viterbi_hz: Vec<f64>,
            f0_gated_semitone: Vec<f64>,
            frame10_octave_spectrum: Vec<f64>,
        }
        let near = |got: f32, wanted: f64| (f64::from(got) - wanted).abs() <= 2e-7 * wanted.abs().max(1e-2);
        let all: std::collections::BTreeMap<u32, Stages> =
            serde_json::from_str(include_str!("../../tests/golden/pitch.json")).unwrap();
        for (rate, stages) in all {
            let g = Geometry::new(rate).unwrap();
            let wave = test_signals::scaled(&stages.int16);
            let (analyser, mut space) = (CandidateAnalyser::new(&g.long), CandidateSpace::default());
            let (mut path, mut f0) = (PathTracker::new(), Vec::new());
            let mut transform = fft::RealFft::new(g.long.fft_length);
            let (mut buffer, mut packed, mut m) = (Vec::new(), Vec::new(), Vec::new());
            for (k, rms) in stages.rms60.iter().enumerate() {
                g.long.windowed(&wave[k * g.hop..][..g.long.length], &mut buffer);
                let windowed = in_first_lane(&buffer);
                let got = dispatch!(Level::new(), simd => windowed_rms(simd, &windowed, g.long.length))[0];
                assert!(near(got, *rms), "{rate} frame {k}: rms");
                transform.forward(&buffer, &mut packed);
                fft::magnitudes(&packed, &mut m);
                let candidates = candidates(&analyser, &mut space, &m);
                if k == 10 {
                    for (got, wanted) in space.spectrum.iter().zip(&stages.frame10_octave_spectrum) {
                        assert!(near(got.0[0], *wanted), "{rate}: octave spectrum {got:?} {wanted}");
                    }
                }
                for (slot, candidate) in candidates.iter().enumerate() {
                    let (hz, voicing) = (stages.candidate_hz[k][slot], stages.candidate_voicing[k][slot]);
                    assert!(near(candidate.f0_hz, hz), "{rate} frame {k} slot {slot}: {candidate:?} {hz}");
                    assert!(near(candidate.voicing, voicing), "{rate} frame {k} slot {slot}: {candidate:?}");
                }
                path.push(&candidates, &mut f0);
            }
            assert_eq!(path.decided(), stages.emitted_before_flush, "{rate}: K");
            path.finish(&mut f0);
            for (k, got) in f0.iter().enumerate() {
                assert!(near(*got, stages.f0_viterbi_hz[k]), "{rate} frame {k}: {got}");
                let semitones = semitones(gate(*got, stages.rms60[k] as f32));
                assert!(near(semitones, stages.f0_gated_semitone[k]), "{rate} frame {k}: {semitones}");
            }
        }
    }
}

//! Pitch of the 60 ms frames: octave spectrum → six candidates → smoothest path → energy gate (specification part 2, 3–6).

mod candidates;
mod octave;
mod path;

use super::arithmetic::ln_f32;
use super::geometry::FrameShape;
use candidates::CandidateFinder;
pub use candidates::{Candidate, SLOTS};
use octave::OctaveSpectrum;
use path::PathTracker;

/// Frames with a lower root mean square (of the windowed frame) are unvoiced in any case.
const GATE_RMS: f32 = 0.001;
/// A semitone value above this counts as voiced (part 1, section 8).
pub(super) const VOICED_ABOVE: f32 = 1e-6;

/// Pitch tracker of one sound.
#[derive(Debug)]
pub(super) struct PitchTracker {
    octave: OctaveSpectrum,
    finder: CandidateFinder,
    path: PathTracker,
    spectrum: Vec<f32>,
}

impl PitchTracker {
    pub(super) fn new(shape: &FrameShape) -> PitchTracker {
        let octave = OctaveSpectrum::new(shape);
        let finder = CandidateFinder::new(&octave, shape.bins());
        PitchTracker { octave, finder, path: PathTracker::new(), spectrum: Vec::new() }
    }

    /// Adds the magnitudes of the next 60 ms frame; appends the pitches that are now decided, Hz, before the gate. Returns
    /// the candidates of the frame.
    pub(super) fn push(&mut self, magnitudes: &[f32], f0_hz: &mut Vec<f32>) -> [Candidate; SLOTS] {
        self.octave.transform(magnitudes, &mut self.spectrum);
        let candidates = self.finder.find(&self.spectrum);
        self.path.push(&candidates, f0_hz);
        candidates
    }

    /// Frames decided so far; just before [`PitchTracker::finish`] this is the specification's K.
    pub(super) fn decided(&self) -> usize {
        self.path.decided()
    }

    /// Decides what is left at the end of the input.
    pub(super) fn finish(&mut self, f0_hz: &mut Vec<f32>) {
        self.path.finish(f0_hz);
    }

    /// Pitches of the undecided frames as they would be decided now, Hz, before the gate.
    pub(super) fn provisional(&self, f0_hz: &mut Vec<f32>) {
        self.path.provisional(f0_hz);
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

/// Root mean square of a windowed frame of `length` samples (zeros around it do not matter).
pub(super) fn windowed_rms(windowed: &[f32], length: usize) -> f32 {
    let sum = windowed.iter().fold(0.0f64, |s, v| s + f64::from(v * v));
    libm::sqrt(sum / length as f64) as f32
}

/// Semitones above 27.5 Hz; 0 for unvoiced.
pub(super) fn semitones(f0_hz: f32) -> f32 {
    if f0_hz > 0.0 { 12.0 * ln_f32(f0_hz / 27.5) / core::f32::consts::LN_2 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fft, geometry::Geometry};

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
        let mut tracker = PitchTracker::new(&g.long);
        let mut transform = fft::RealFft::new(g.long.fft_length);
        let (mut buffer, mut packed, mut m, mut f0) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for frame in 0..g.long.count(wave.len(), g.hop) {
            g.long.windowed(&wave[frame * g.hop..][..g.long.length], &mut buffer);
            transform.forward(&buffer, &mut packed);
            fft::magnitudes(&packed, &mut m);
            tracker.push(&m, &mut f0);
        }
        tracker.finish(&mut f0);
        f0
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
            let mut tracker = PitchTracker::new(&g.long);
            let mut transform = fft::RealFft::new(g.long.fft_length);
            let (mut buffer, mut packed, mut m, mut f0) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for (k, rms) in stages.rms60.iter().enumerate() {
                g.long.windowed(&wave[k * g.hop..][..g.long.length], &mut buffer);
                assert!(near(windowed_rms(&buffer, g.long.length), *rms), "{rate} frame {k}: rms");
                transform.forward(&buffer, &mut packed);
                fft::magnitudes(&packed, &mut m);
                tracker.octave.transform(&m, &mut tracker.spectrum);
                if k == 10 {
                    for (got, wanted) in tracker.spectrum.iter().zip(&stages.frame10_octave_spectrum) {
                        assert!(near(*got, *wanted), "{rate}: octave spectrum {got} {wanted}");
                    }
                }
                let candidates = tracker.finder.find(&tracker.spectrum);
                for (slot, candidate) in candidates.iter().enumerate() {
                    let (hz, voicing) = (stages.candidate_hz[k][slot], stages.candidate_voicing[k][slot]);
                    assert!(near(candidate.f0_hz, hz), "{rate} frame {k} slot {slot}: {candidate:?} {hz}");
                    assert!(near(candidate.voicing, voicing), "{rate} frame {k} slot {slot}: {candidate:?}");
                }
                tracker.path.push(&candidates, &mut f0);
            }
            assert_eq!(tracker.decided(), stages.emitted_before_flush, "{rate}: K");
            tracker.finish(&mut f0);
            for (k, got) in f0.iter().enumerate() {
                assert!(near(*got, stages.f0_viterbi_hz[k]), "{rate} frame {k}: {got}");
                let semitones = semitones(gate(*got, stages.rms60[k] as f32));
                assert!(near(semitones, stages.f0_gated_semitone[k]), "{rate} frame {k}: {semitones}");
            }
        }
    }
}

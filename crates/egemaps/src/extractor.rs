//! The streaming extractor: samples in any portions, low-level descriptors and functionals at the end.
//!
//! Memory is bounded by the descriptors: of the waveform only what a pitch decision may still need is kept (at most 40
//! frames), and the batch functions run this same code.

use std::collections::VecDeque;

use super::descriptors::RawDescriptors;
use super::error::ExtractError;
use super::features::Features;
use super::fft::{RealFft, magnitudes};
use super::formants::FormantAnalyser;
use super::functionals::FunctionalInput;
use super::geometry::{FrameShape, Geometry};
use super::harmonics::HarmonicAnalyser;
use super::jitter_shimmer::PeriodMatcher;
use super::loudness_mfcc::MelBank;
use super::pitch::{self, Candidate, PitchTracker, SLOTS};
use super::spectral::BalanceAnalyser;
use crate::pcm::quantise_pcm16;

/// A 60 ms frame whose pitch is not decided yet.
#[derive(Debug)]
struct PendingFrame {
    rms: f32,
    magnitudes: Vec<f32>,
}

/// Work buffers, so that nothing is allocated per frame.
#[derive(Debug, Default)]
struct Scratch {
    windowed: Vec<f32>,
    packed: Vec<f32>,
    magnitudes: Vec<f32>,
    power: Vec<f32>,
    decided_hz: Vec<f32>,
}

/// Intermediate results of an extraction, kept by [`Extractor::traced`].
///
/// ```
/// use egemaps::{Extractor, catalogue::FEATURES};
///
/// let mut extractor = Extractor::traced(16_000)?;
/// extractor.push(&[0.1; 1_600])?;
/// let (features, trace) = extractor.finish_traced()?;
/// assert_eq!(trace.candidates.len(), features.f0_hz.len());
/// let source = trace.summarised.source_of(&FEATURES[0]).unwrap();
/// assert!(source.skips_zeros); // the mean of the pitch is taken over voiced frames
/// # Ok::<(), egemaps::ExtractError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The pitch candidates of each 60 ms frame, the best-scored first.
    pub candidates: Vec<[Candidate; SLOTS]>,
    /// Pitch of each 60 ms frame by its best-scored candidate alone, gated, Hz; 0 = unvoiced. [`Features::f0_hz`] is the
    /// smoothest path through the same candidates.
    pub best_guess_hz: Vec<f32>,
    /// The smoothed descriptors that the functionals are computed from.
    pub summarised: FunctionalInput,
}

/// Extracts eGeMAPSv02 from one sound at 8–48 kHz.
///
/// Samples are brought to 16 bit first (`clamp(trunc(v·32768))`), as openSMILE does with its input.
///
/// ```
/// use egemaps::Extractor;
///
/// let mut extractor = Extractor::new(16_000)?;
/// for chunk in [[0.1; 800], [-0.1; 800]] {
///     extractor.push(&chunk)?; // as the samples arrive
/// }
/// assert_eq!(extractor.duration_s(), 0.1);
/// let features = extractor.finish()?;
/// assert_eq!(features.f0_hz.len(), 5); // frames of 60 ms, a new one every 10 ms
/// # Ok::<(), egemaps::ExtractError>(())
/// ```
#[derive(Debug)]
pub struct Extractor {
    geometry: Geometry,
    short_fft: RealFft,
    long_fft: RealFft,
    mel: MelBank,
    balance: BalanceAnalyser,
    formants: FormantAnalyser,
    pitch: PitchTracker,
    periods: PeriodMatcher,
    harmonics: HarmonicAnalyser,
    /// Samples in 16 bit over 32767, from sample `wave_start` on.
    wave: Vec<f32>,
    wave_start: usize,
    pending: VecDeque<PendingFrame>,
    descriptors: RawDescriptors,
    /// Candidates and pitch by the best of them, so far; `None` unless tracing is on.
    trace: Option<(Vec<[Candidate; SLOTS]>, Vec<f32>)>,
    scratch: Scratch,
}

impl Extractor {
    /// Prepares an extraction at `rate_hz`.
    ///
    /// # Errors
    /// [`ExtractError::UnsupportedRate`] outside 8–48 kHz.
    pub fn new(rate_hz: u32) -> Result<Extractor, ExtractError> {
        let geometry = Geometry::new(rate_hz)?;
        Ok(Extractor {
            short_fft: RealFft::new(geometry.short.fft_length),
            long_fft: RealFft::new(geometry.long.fft_length),
            mel: MelBank::new(&geometry.short),
            balance: BalanceAnalyser::new(&geometry.short),
            formants: FormantAnalyser::new(&geometry),
            pitch: PitchTracker::new(&geometry.long),
            periods: PeriodMatcher::new(&geometry),
            harmonics: HarmonicAnalyser::new(&geometry.long),
            wave: Vec::new(),
            wave_start: 0,
            pending: VecDeque::new(),
            descriptors: RawDescriptors::default(),
            trace: None,
            scratch: Scratch::default(),
            geometry,
        })
    }

    /// Prepares an extraction that keeps intermediate results for [`Extractor::finish_traced`]. The features are the same.
    ///
    /// # Errors
    /// As [`Extractor::new`].
    pub fn traced(rate_hz: u32) -> Result<Extractor, ExtractError> {
        Ok(Extractor { trace: Some((Vec::new(), Vec::new())), ..Extractor::new(rate_hz)? })
    }

    /// Adds samples (mono, −1 … 1; beyond that they clip). Any chunking gives identical bits.
    ///
    /// # Errors
    /// [`ExtractError::NotFinite`] if a sample is NaN or infinite; the samples of this call are then not used.
    pub fn push(&mut self, samples: &[f32]) -> Result<(), ExtractError> {
        if let Some(bad) = samples.iter().position(|v| !v.is_finite()) {
            let index = (self.wave_start + self.wave.len() + bad) as u64;
            return Err(ExtractError::NotFinite { index });
        }
        self.wave.extend(samples.iter().map(|v| as_analysed(*v)));
        let end = self.wave_start + self.wave.len();
        loop {
            // The short frame of an index always comes before its long frame.
            let short_end = self.descriptors.short_frames() * self.geometry.hop + self.geometry.short.length;
            let long_end = self.long_frames() * self.geometry.hop + self.geometry.long.length;
            if short_end <= end {
                self.short_frame();
            } else if long_end <= end {
                self.long_frame();
            } else {
                break;
            }
        }
        self.forget_old_samples();
        Ok(())
    }

    /// Seconds of sound taken in so far.
    pub fn duration_s(&self) -> f64 {
        (self.wave_start + self.wave.len()) as f64 / f64::from(self.geometry.rate_hz)
    }

    /// Pitch of the frames so far, Hz, 0 = unvoiced: decided ones, then the last up to 40 as they would be decided now.
    /// For live displays; the final pitch may differ in the undecided part.
    pub fn provisional_f0_hz(&self) -> Vec<f32> {
        let mut f0 = self.descriptors.f0_hz().to_vec();
        let decided = f0.len();
        self.pitch.provisional(&mut f0);
        for (f0, frame) in f0[decided..].iter_mut().zip(&self.pending) {
            *f0 = pitch::gate(*f0, frame.rms);
        }
        f0
    }

    /// Ends the sound and computes the functionals.
    ///
    /// # Errors
    /// [`ExtractError::TooShort`] if there is not even one 60 ms frame.
    pub fn finish(self) -> Result<Features, ExtractError> {
        self.end().map(|(features, ..)| features)
    }

    /// Ends the sound as [`Extractor::finish`] does and returns the intermediate results, too; without
    /// [`Extractor::traced`] there are no candidates among them.
    ///
    /// # Errors
    /// As [`Extractor::finish`].
    pub fn finish_traced(mut self) -> Result<(Features, Trace), ExtractError> {
        let (candidates, best_guess_hz) = self.trace.take().unwrap_or_default();
        let (features, summarised) = self.end()?;
        Ok((features, Trace { candidates, best_guess_hz, summarised }))
    }

    fn end(mut self) -> Result<(Features, FunctionalInput), ExtractError> {
        let duration_s = self.duration_s();
        let decided_before_end = self.pitch.decided();
        let mut decided_hz = core::mem::take(&mut self.scratch.decided_hz);
        self.pitch.finish(&mut decided_hz);
        self.voice_frames(&decided_hz);
        let hop_s = self.geometry.hop as f64 * self.geometry.sample_s();
        self.descriptors.finish(decided_before_end, hop_s).ok_or(ExtractError::TooShort { duration_s })
    }

    fn long_frames(&self) -> usize {
        self.descriptors.voice_frames() + self.pending.len()
    }

    fn short_frame(&mut self) {
        let (shape, scratch) = (&self.geometry.short, &mut self.scratch);
        let start = self.descriptors.short_frames() * self.geometry.hop - self.wave_start;
        let frame = &self.wave[start..start + shape.length];
        let energy = frame.iter().fold(0.0f64, |s, x| s + f64::from(x * x)) / shape.length as f64;
        let Scratch { windowed, packed, .. } = scratch;
        spectrum(shape, &mut self.short_fft, frame, (windowed, packed, &mut scratch.magnitudes));
        scratch.power.clear();
        scratch.power.extend(scratch.magnitudes.iter().map(|m| m * m));
        let bands = self.mel.energies(&scratch.power);
        self.descriptors.push_short(
            energy as f32,
            self.mel.loudness(&bands),
            self.balance.push(&scratch.magnitudes, &scratch.power),
            self.mel.cepstrum(&bands),
            self.formants.analyse(&scratch.packed),
        );
    }

    fn long_frame(&mut self) {
        let start = self.long_frames() * self.geometry.hop - self.wave_start;
        let (shape, scratch) = (&self.geometry.long, &mut self.scratch);
        let frame = &self.wave[start..start + shape.length];
        let mut magnitudes = Vec::with_capacity(shape.bins());
        let Scratch { windowed, packed, .. } = scratch;
        spectrum(shape, &mut self.long_fft, frame, (windowed, packed, &mut magnitudes));
        let rms = pitch::windowed_rms(windowed, shape.length);
        let mut decided_hz = core::mem::take(&mut scratch.decided_hz);
        decided_hz.clear();
        let candidates = self.pitch.push(&magnitudes, &mut decided_hz);
        if let Some((all, guesses)) = &mut self.trace {
            all.push(candidates);
            guesses.push(pitch::gate(pitch::best_guess_hz(&candidates), rms));
        }
        self.pending.push_back(PendingFrame { rms, magnitudes });
        self.voice_frames(&decided_hz);
        decided_hz.clear();
        self.scratch.decided_hz = decided_hz;
    }

    /// Completes the frames whose pitch is now decided.
    fn voice_frames(&mut self, decided_hz: &[f32]) {
        for &f0_hz in decided_hz {
            let Some(frame) = self.pending.pop_front() else { return };
            let f0_hz = pitch::gate(f0_hz, frame.rms);
            let perturbation = self.periods.push(&self.wave, self.wave_start, f0_hz);
            let formants = self.descriptors.next_voice_formants();
            let harmonics = self.harmonics.analyse(f0_hz, &frame.magnitudes, &formants);
            self.descriptors.push_voice(f0_hz, perturbation, harmonics);
        }
    }

    /// Drops samples that neither a later frame nor the period matcher will read; rarely, so that moving is cheap.
    fn forget_old_samples(&mut self) {
        let needed = self
            .periods
            .oldest_needed()
            .min(self.descriptors.short_frames() * self.geometry.hop)
            .min(self.long_frames() * self.geometry.hop);
        let droppable = needed.saturating_sub(self.wave_start);
        if droppable > self.wave.len() / 2 {
            self.wave.drain(..droppable);
            self.wave_start += droppable;
        }
    }
}

/// The value of a sample in the analysis: brought to 16 bit, over 32767.
pub(super) fn as_analysed(sample: f32) -> f32 {
    f32::from(quantise_pcm16(sample)) / 32767.0
}

/// One frame's windowed samples, its spectrum as the transform packs it, and its magnitudes.
pub(super) fn spectrum(
    shape: &FrameShape,
    fft: &mut RealFft,
    frame: &[f32],
    (windowed, packed, out): (&mut Vec<f32>, &mut Vec<f32>, &mut Vec<f32>),
) {
    shape.windowed(frame, windowed);
    fft.forward(windowed, packed);
    magnitudes(packed, out);
}

/// Extracts descriptors and functionals of a whole sound: the streaming code, fed at once.
///
/// ```
/// let features = egemaps::extract(&[0.0; 16_000], 16_000)?; // a second of silence
/// assert_eq!(features.voiced_share(), 0.0);
/// # Ok::<(), egemaps::ExtractError>(())
/// ```
///
/// # Errors
/// As [`Extractor::new`], [`Extractor::push`] and [`Extractor::finish`].
pub fn extract(samples: &[f32], rate_hz: u32) -> Result<Features, ExtractError> {
    let mut extractor = Extractor::new(rate_hz)?;
    for chunk in samples.chunks(16 * 1024) {
        extractor.push(chunk)?;
    }
    extractor.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use test_signals::Voice;

    #[test]
    fn extractor_keeps_only_a_few_seconds_of_samples() {
        let mut extractor = Extractor::new(16_000).unwrap();
        let second = Voice::default().samples();
        for _ in 0..30 {
            extractor.push(&second).unwrap();
            assert!(extractor.wave.len() < 4 * 16_000, "{} samples are kept", extractor.wave.len());
            assert!(extractor.pending.len() <= 40);
        }
    }

    #[test]
    fn extractor_traced_gives_the_same_features_and_the_pitch_among_the_candidates() {
        let wave = Voice::default().samples();
        let mut extractor = Extractor::traced(16_000).unwrap();
        extractor.push(&wave).unwrap();
        let (features, trace) = extractor.finish_traced().unwrap();
        assert_eq!(features, extract(&wave, 16_000).unwrap());
        assert_eq!(trace.candidates.len(), features.f0_hz.len());
        assert_eq!(trace.best_guess_hz.len(), features.f0_hz.len());
        for (f0, candidates) in features.f0_hz.iter().zip(&trace.candidates) {
            assert!(*f0 == 0.0 || candidates.iter().any(|c| c.f0_hz.to_bits() == f0.to_bits()), "{f0}");
        }
        assert!(features.f0_hz.iter().any(|f0| *f0 > 0.0));
    }

    #[test]
    fn provisional_f0_covers_every_frame_and_becomes_the_final_one() {
        let mut extractor = Extractor::new(16_000).unwrap();
        let wave = Voice::default().samples();
        extractor.push(&wave).unwrap();
        let provisional = extractor.provisional_f0_hz();
        assert_eq!(provisional, extractor.finish().unwrap().f0_hz);
        assert_eq!(provisional.len(), 95);
    }
}

//! The streaming extractor: samples in any portions, low-level descriptors and functionals at the end.
//!
//! Memory is bounded by the descriptors: of the waveform only what a pitch decision may still need is kept (at most 40
//! frames), and the batch functions run this same code.

use std::collections::VecDeque;
use std::sync::Arc;

use fearless_simd::{Simd, dispatch};

use super::descriptors::{RawDescriptors, Summarising};
use super::error::ExtractError;
use super::features::Features;
use super::fft::{FftSpace, magnitudes_of};
use super::formants::FormantSpace;
use super::frames::{Frames, as_analysed};
use super::functionals::FunctionalInput;
use super::harmonics::{HarmonicDescriptors, VoicedSpectra};
use super::jitter_shimmer::PeriodMatcher;
use super::lanes::{Eight, InstructionSet, LANES, Lanes};
use super::pitch::{self, Candidate, CandidateSpace, PathTracker, SLOTS};
use super::spectral::PreviousMagnitudes;
use super::tables::Tables;

/// Up to eight 60 ms frames whose pitch is not decided yet.
#[derive(Debug, Default)]
struct PendingFrames {
    rms: [f32; LANES],
    magnitudes: Vec<Lanes>,
    /// Filled in when the first of the frames turns out to be voiced.
    voiced: VoicedSpectra,
    voiced_filled: bool,
    /// Frames that are here, and those of them that are completed.
    count: usize,
    completed: usize,
}

/// Packed spectra of up to eight 20 ms frames, kept until it is known which are voiced.
#[derive(Debug, Default)]
struct PendingSpectra {
    packed: Vec<Lanes>,
    count: usize,
}

/// Work space, so that nothing is allocated per frame.
#[derive(Debug, Default)]
struct Scratch {
    windowed: Vec<Lanes>,
    packed: Vec<Lanes>,
    magnitudes: Vec<Lanes>,
    power: Vec<Lanes>,
    fft: FftSpace<Lanes>,
    formants: FormantSpace,
    candidates: CandidateSpace,
    gathered: Vec<Lanes>,
    newly_decided_hz: Vec<f32>,
    /// What is completed: its memory is used again.
    spare: Vec<PendingFrames>,
    spare_spectra: Vec<PendingSpectra>,
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

/// Pitch candidates of each frame, and the pitch by the best of them.
type Traced = (Vec<[Candidate; SLOTS]>, Vec<f32>);

/// The functionals of a sound that has ended, to be computed step by step: those of half an hour take longer than a page may
/// stand still.
///
/// ```
/// use egemaps::Extractor;
///
/// let mut extractor = Extractor::new(16_000)?;
/// extractor.push(&[0.1; 1_600])?;
/// let mut summary = extractor.end()?;
/// while summary.step() < 1.0 {} // other work may come between the steps
/// assert_eq!(summary.finish(), egemaps::extract(&[0.1; 1_600], 16_000)?);
/// # Ok::<(), egemaps::ExtractError>(())
/// ```
#[derive(Debug)]
pub struct Summary {
    summarising: Summarising,
    hop_s: f64,
    keeps_llds: bool,
}

impl Summary {
    /// Does the next piece, some milliseconds for half an hour of sound, and returns the share that is done, 0 … 1.
    pub fn step(&mut self) -> f64 {
        self.summarising.step()
    }

    /// The features; what was not computed yet is computed at once.
    #[must_use]
    pub fn finish(self) -> Features {
        self.summarising.finish(self.hop_s, self.keeps_llds)
    }
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
    tables: Arc<Tables>,
    instructions: InstructionSet,
    path: PathTracker,
    periods: PeriodMatcher,
    previous: PreviousMagnitudes,
    /// Samples in 16 bit over 32767, from sample `wave_start` on.
    wave: Vec<f32>,
    wave_start: usize,
    /// 60 ms frames whose spectrum was taken.
    long_frames: usize,
    pending: VecDeque<PendingFrames>,
    /// Gated pitch of the first frames of `pending`, Hz: decided, but not completed yet.
    decided_hz: VecDeque<f32>,
    /// Spectra of 20 ms frames from the first one on that is not completed, where formants are for voiced frames only.
    spectra: VecDeque<PendingSpectra>,
    /// Index of their first frame.
    spectra_start: usize,
    descriptors: RawDescriptors,
    /// Candidates and pitch by the best of them, so far; `None` unless tracing is on.
    trace: Option<Traced>,
    keeps_llds: bool,
    formants_of_voiced_only: bool,
    scratch: Scratch,
}

impl Extractor {
    /// Prepares an extraction at `rate_hz`, with the best instructions that the processor has.
    ///
    /// # Errors
    /// [`ExtractError::UnsupportedRate`] outside 8–48 kHz.
    pub fn new(rate_hz: u32) -> Result<Extractor, ExtractError> {
        Extractor::with_instructions(rate_hz, InstructionSet::best())
    }

    /// Prepares an extraction at `rate_hz` with certain instructions: for tests and measurements, as the features are the same.
    ///
    /// # Errors
    /// As [`Extractor::new`].
    pub fn with_instructions(rate_hz: u32, instructions: InstructionSet) -> Result<Extractor, ExtractError> {
        let tables = Tables::at(rate_hz)?;
        Ok(Extractor {
            path: PathTracker::new(),
            periods: PeriodMatcher::new(&tables.geometry),
            instructions,
            previous: PreviousMagnitudes::default(),
            wave: Vec::new(),
            wave_start: 0,
            long_frames: 0,
            pending: VecDeque::new(),
            decided_hz: VecDeque::new(),
            spectra: VecDeque::new(),
            spectra_start: 0,
            descriptors: RawDescriptors::default(),
            trace: None,
            keeps_llds: true,
            formants_of_voiced_only: false,
            scratch: Scratch::default(),
            tables,
        })
    }

    /// Prepares an extraction that keeps intermediate results for [`Extractor::finish_traced`]. The features are the same.
    ///
    /// # Errors
    /// As [`Extractor::new`].
    pub fn traced(rate_hz: u32) -> Result<Extractor, ExtractError> {
        Ok(Extractor { trace: Some((Vec::new(), Vec::new())), ..Extractor::new(rate_hz)? })
    }

    /// Leaves [`Features::llds`] empty: takes less memory, about 100 bytes a frame instead of 300, and less time, since formants
    /// are then only looked for where there is a voice (if nothing was pushed before).
    ///
    /// ```
    /// use egemaps::Extractor;
    ///
    /// let mut extractor = Extractor::new(16_000)?.without_llds();
    /// extractor.push(&[0.1; 1_600])?;
    /// let features = extractor.finish()?;
    /// assert!(features.llds.is_empty());
    /// assert_eq!(features.functionals, egemaps::extract(&[0.1; 1_600], 16_000)?.functionals);
    /// # Ok::<(), egemaps::ExtractError>(())
    /// ```
    #[must_use]
    pub fn without_llds(self) -> Extractor {
        let formants_of_voiced_only = self.descriptors.short_frames() == 0;
        Extractor { keeps_llds: false, formants_of_voiced_only, ..self }
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
        self.work(LANES);
        self.forget_old_samples();
        Ok(())
    }

    /// Seconds of sound taken in so far.
    pub fn duration_s(&self) -> f64 {
        (self.wave_start + self.wave.len()) as f64 / f64::from(self.tables.geometry.rate_hz)
    }

    /// Pitch of the frames so far from number `first` on, Hz, 0 = unvoiced: decided ones, then the last up to 40 as they would be
    /// decided now. For live displays; the final pitch may differ in the undecided part.
    pub fn provisional_f0_hz(&mut self, first: usize) -> Vec<f32> {
        self.work(1);
        let mut undecided = Vec::new();
        self.path.provisional(&mut undecided);
        let completed = self.descriptors.f0_hz();
        let rest: Vec<f32> = self.decided_hz.iter().copied().chain(self.gated(&undecided)).collect();
        let after = first.saturating_sub(completed.len()).min(rest.len());
        [completed.get(first..).unwrap_or_default(), &rest[after..]].concat()
    }

    /// Ends the sound and computes the functionals.
    ///
    /// # Errors
    /// [`ExtractError::TooShort`] if there is not even one 60 ms frame.
    pub fn finish(self) -> Result<Features, ExtractError> {
        self.end().map(Summary::finish)
    }

    /// Ends the sound as [`Extractor::finish`] does, and leaves the functionals to be computed step by step.
    ///
    /// # Errors
    /// As [`Extractor::finish`].
    pub fn end(self) -> Result<Summary, ExtractError> {
        self.end_traced().map(|(summary, _)| summary)
    }

    /// Ends the sound as [`Extractor::finish`] does and returns the intermediate results, too; without
    /// [`Extractor::traced`] there are no candidates among them.
    ///
    /// # Errors
    /// As [`Extractor::finish`].
    pub fn finish_traced(self) -> Result<(Features, Trace), ExtractError> {
        let (summary, (candidates, best_guess_hz)) = self.end_traced()?;
        let summarised = summary.summarising.input();
        Ok((summary.finish(), Trace { candidates, best_guess_hz, summarised }))
    }

    /// Ends the sound, with what was traced.
    fn end_traced(mut self) -> Result<(Summary, Traced), ExtractError> {
        let duration_s = self.duration_s();
        self.work(1);
        let decided_before_end = self.path.decided();
        let mut decided_hz = Vec::new();
        self.path.finish(&mut decided_hz);
        self.decide(&decided_hz);
        dispatch!(self.instructions.0, simd => self.complete(simd, true));
        let hop_s = self.tables.geometry.hop as f64 * self.tables.geometry.sample_s();
        let summarising = self.descriptors.end(decided_before_end);
        let summarising = summarising.ok_or(ExtractError::TooShort { duration_s })?;
        let summary = Summary { summarising, hop_s, keeps_llds: self.keeps_llds };
        Ok((summary, self.trace.unwrap_or_default()))
    }

    /// 20 ms and 60 ms frames whose samples are here but that were not worked on yet.
    fn waiting(&self) -> (usize, usize) {
        let (geometry, end) = (&self.tables.geometry, self.wave_start + self.wave.len());
        (
            geometry.short.count(end, geometry.hop) - self.descriptors.short_frames(),
            geometry.long.count(end, geometry.hop) - self.long_frames,
        )
    }

    /// Works on the frames that are here, eight at once; fewer than `least` are left for later.
    fn work(&mut self, least: usize) {
        loop {
            let (short, long) = self.waiting();
            // A 60 ms frame is completed with the formants of the 20 ms frame of the same index, so those come first.
            let behind = self.descriptors.short_frames() < self.long_frames + long.min(LANES);
            if short >= least || (long >= least && behind && short > 0) {
                dispatch!(self.instructions.0, simd => self.take_short(simd, short.min(LANES)));
            } else if long >= least {
                dispatch!(self.instructions.0, simd => self.take_long(simd, long.min(LANES)));
            } else {
                break;
            }
        }
    }

    /// Describes the next `count` 20 ms frames.
    #[inline(always)]
    fn take_short<S: Simd>(&mut self, simd: S, count: usize) {
        let (tables, scratch) = (&self.tables, &mut self.scratch);
        let (shape, hop) = (&tables.geometry.short, tables.geometry.hop);
        let start = self.descriptors.short_frames() * hop - self.wave_start;
        let frames = Frames { wave: &self.wave[start..], hop, count };
        let squares = simd.vectorize(
            #[inline(always)]
            || frames.window(simd, shape, &mut scratch.windowed),
        );
        tables.short_fft.forward(Eight(simd), &scratch.windowed, &mut scratch.fft, &mut scratch.packed);
        magnitudes_of(Eight(simd), &scratch.packed, &mut scratch.magnitudes);
        let (energies, loudness, balance, mfcc) = simd.vectorize(
            #[inline(always)]
            || {
                scratch.power.resize(scratch.magnitudes.len(), Lanes::default());
                for (power, m) in scratch.power.iter_mut().zip(&scratch.magnitudes) {
                    let m = m.load(simd);
                    *power = Lanes::of(m * m);
                }
                let bands = tables.mel.energies(simd, &scratch.power);
                let previous = &mut self.previous;
                (
                    squares.map(|sum| (sum / shape.length as f64) as f32),
                    tables.mel.loudness(simd, &bands),
                    tables.balance.push(simd, previous, &scratch.magnitudes, &scratch.power, count),
                    tables.mel.cepstrum(simd, &bands),
                )
            },
        );
        for i in 0..count {
            self.descriptors.push_short(energies[i], loudness[i], balance[i], mfcc[i]);
        }
        if self.formants_of_voiced_only {
            let mut spectra = scratch.spare_spectra.pop().unwrap_or_default();
            spectra.packed.clear();
            spectra.packed.extend_from_slice(&scratch.packed[..tables.formants.values_read()]);
            spectra.count = count;
            self.spectra.push_back(spectra);
        } else {
            let formants = tables.formants.analyse(simd, &mut scratch.formants, &scratch.packed);
            for formants in formants.into_iter().take(count) {
                self.descriptors.push_formants(formants);
            }
        }
    }

    /// Takes the spectra and pitch candidates of the next `count` 60 ms frames, and completes those whose pitch is now decided.
    #[inline(always)]
    fn take_long<S: Simd>(&mut self, simd: S, count: usize) {
        let (tables, scratch) = (&self.tables, &mut self.scratch);
        let (shape, hop) = (&tables.geometry.long, tables.geometry.hop);
        let start = self.long_frames * hop - self.wave_start;
        let frames = Frames { wave: &self.wave[start..], hop, count };
        let mut pending = scratch.spare.pop().unwrap_or_default();
        simd.vectorize(
            #[inline(always)]
            || {
                frames.window(simd, shape, &mut scratch.windowed);
                pending.rms = pitch::windowed_rms(simd, &scratch.windowed, shape.length);
            },
        );
        tables.long_fft.forward(Eight(simd), &scratch.windowed, &mut scratch.fft, &mut scratch.packed);
        magnitudes_of(Eight(simd), &scratch.packed, &mut pending.magnitudes);
        let candidates = tables.candidates.candidates(simd, &mut scratch.candidates, &pending.magnitudes);
        let mut decided_hz = core::mem::take(&mut scratch.newly_decided_hz);
        decided_hz.clear();
        for (candidates, rms) in candidates.iter().zip(pending.rms).take(count) {
            self.path.push(candidates, &mut decided_hz);
            if let Some((all, guesses)) = &mut self.trace {
                all.push(*candidates);
                guesses.push(pitch::gate(pitch::best_guess_hz(candidates), rms));
            }
        }
        (pending.count, pending.completed, pending.voiced_filled) = (count, 0, false);
        self.long_frames += count;
        self.pending.push_back(pending);
        self.decide(&decided_hz);
        self.scratch.newly_decided_hz = decided_hz;
        self.complete(simd, false);
    }

    /// Takes in pitches that were decided, Hz, and gates them by the energy of their frames.
    fn decide(&mut self, decided_hz: &[f32]) {
        let gated: Vec<f32> = self.gated(decided_hz).collect();
        self.decided_hz.extend(gated);
    }

    /// Pitches of the first frames without a decided one, Hz, after the energy gate.
    fn gated(&self, f0_hz: &[f32]) -> impl Iterator<Item = f32> {
        let rms = self.pending.iter().flat_map(|frames| &frames.rms[frames.completed..frames.count]);
        f0_hz.iter().zip(rms.skip(self.decided_hz.len())).map(|(f0_hz, rms)| pitch::gate(*f0_hz, *rms))
    }

    /// Completes frames whose pitch is decided. Where formants are for voiced frames only, voiced ones wait until there are
    /// eight of them, unless it is the end or too many wait.
    #[inline(always)]
    fn complete<S: Simd>(&mut self, simd: S, at_end: bool) {
        const MOST_WAITING: usize = 48;
        loop {
            let mut voiced = self.decided_hz.iter().enumerate().filter(|(_, f0_hz)| **f0_hz > 0.0);
            let (first_voiced, eighth) = (voiced.next(), voiced.nth(LANES - 2));
            let all = self.decided_hz.len();
            let count = match (first_voiced, eighth) {
                _ if !self.formants_of_voiced_only => all,
                (_, Some((eighth, _))) => eighth + 1,
                _ if at_end || all > MOST_WAITING => all,
                (Some((first, _)), None) => first,
                (None, None) => all,
            };
            if count == 0 {
                break;
            }
            if self.formants_of_voiced_only {
                self.formants_of_voiced(simd, count);
            }
            for _ in 0..count {
                self.complete_next(simd);
            }
        }
        while let Some(spectra) = self.spectra.front()
            && self.spectra_start + spectra.count <= self.descriptors.voice_frames()
        {
            self.spectra_start += spectra.count;
            self.scratch.spare_spectra.extend(self.spectra.pop_front());
        }
    }

    /// Computes the formants of the next `count` frames to be completed, of which up to eight are voiced; the others get none.
    #[inline(always)]
    fn formants_of_voiced<S: Simd>(&mut self, simd: S, count: usize) {
        let (tables, scratch) = (&self.tables, &mut self.scratch);
        let first = self.descriptors.voice_frames() - self.spectra_start;
        let mut lanes = self.spectra.iter().flat_map(|s| (0..s.count).map(move |lane| (s, lane))).skip(first);
        let decided = self.decided_hz.iter().take(count);
        scratch.gathered.clear();
        scratch.gathered.resize(tables.formants.values_read(), Lanes::default());
        let mut voiced = 0;
        for f0_hz in decided.clone() {
            let spectrum = lanes.next();
            if let (true, Some((spectra, lane))) = (*f0_hz > 0.0 && voiced < LANES, spectrum) {
                for (value, packed) in scratch.gathered.iter_mut().zip(&spectra.packed) {
                    value.0[voiced] = packed.0[lane];
                }
                voiced += 1;
            }
        }
        let formants = if voiced > 0 {
            tables.formants.analyse(simd, &mut scratch.formants, &scratch.gathered)
        } else {
            Default::default()
        };
        let mut formants = formants.into_iter();
        for f0_hz in decided {
            let found = if *f0_hz > 0.0 { formants.next() } else { None };
            self.descriptors.push_formants(found.unwrap_or_default());
        }
    }

    /// Completes the next frame.
    #[inline(always)]
    fn complete_next<S: Simd>(&mut self, simd: S) {
        let (tables, scratch) = (&self.tables, &mut self.scratch);
        let (Some(f0_hz), Some(frames)) = (self.decided_hz.pop_front(), self.pending.front_mut()) else {
            return;
        };
        let lane = frames.completed;
        let perturbation = self.periods.push(simd, &self.wave, self.wave_start, f0_hz);
        let harmonics = if f0_hz > 0.0 {
            if !frames.voiced_filled {
                let space = (&mut scratch.power, &mut scratch.fft);
                frames.voiced.fill(simd, &tables.long_fft, &frames.magnitudes, space);
                frames.voiced_filled = true;
            }
            let formants = self.descriptors.next_voice_formants();
            let frame = frames.voiced.frame(&frames.magnitudes, lane);
            tables.harmonics.analyse(f0_hz, frame, &formants)
        } else {
            HarmonicDescriptors::UNVOICED
        };
        self.descriptors.push_voice(f0_hz, perturbation, harmonics);
        frames.completed += 1;
        if frames.completed == frames.count {
            scratch.spare.extend(self.pending.pop_front());
        }
    }

    /// Drops samples that neither a later frame nor the period matcher will read; rarely, so that moving is cheap.
    fn forget_old_samples(&mut self) {
        let needed = self
            .periods
            .oldest_needed()
            .min(self.descriptors.short_frames() * self.tables.geometry.hop)
            .min(self.long_frames * self.tables.geometry.hop);
        let droppable = needed.saturating_sub(self.wave_start);
        if droppable > self.wave.len() / 2 {
            self.wave.drain(..droppable);
            self.wave_start += droppable;
        }
    }
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
    use crate::catalogue::Lld;
    use test_signals::Voice;

    #[test]
    fn extractor_keeps_only_a_few_seconds_of_samples() {
        let mut extractor = Extractor::new(16_000).unwrap();
        let second = Voice::default().samples();
        for _ in 0..30 {
            extractor.push(&second).unwrap();
            assert!(extractor.wave.len() < 4 * 16_000, "{} samples are kept", extractor.wave.len());
            assert!(extractor.pending.iter().map(|p| p.count - p.completed).sum::<usize>() <= 48);
            assert!(extractor.scratch.spare.len() <= 7);
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
    fn extractor_without_llds_keeps_only_a_few_seconds_of_what_waits() {
        let mut extractor = Extractor::new(16_000).unwrap().without_llds();
        let voice = Voice { silence_s: 1.5, ..Voice::default() }.samples();
        for _ in 0..10 {
            extractor.push(&voice).unwrap();
            assert!(extractor.wave.len() < 6 * 16_000, "{} samples are kept", extractor.wave.len());
            assert!(extractor.pending.iter().map(|p| p.count - p.completed).sum::<usize>() <= 104);
            assert!(extractor.spectra.len() <= 20, "{} spectra", extractor.spectra.len());
        }
    }

    #[test]
    fn provisional_f0_from_a_frame_on_is_the_end_of_all_of_it() {
        let voice = Voice::default().samples();
        for lean in [false, true] {
            let mut extractor = Extractor::new(16_000).unwrap();
            if lean {
                extractor = extractor.without_llds();
            }
            for part in voice.chunks(3_000) {
                extractor.push(part).unwrap();
                let all = extractor.provisional_f0_hz(0);
                for first in (0..all.len() + 3).step_by(3) {
                    assert_eq!(extractor.provisional_f0_hz(first), all[first.min(all.len())..]);
                }
            }
        }
    }

    #[test]
    fn without_llds_in_the_middle_of_a_sound_changes_no_functional() {
        let voice = Voice::default().samples();
        let mut extractor = Extractor::new(16_000).unwrap();
        extractor.push(&voice[..7_000]).unwrap();
        let mut extractor = extractor.without_llds();
        extractor.push(&voice[7_000..]).unwrap();
        let (features, wanted) = (extractor.finish().unwrap(), extract(&voice, 16_000).unwrap());
        assert_eq!(features, Features { llds: Vec::new(), ..wanted });
    }

    #[test]
    fn provisional_f0_covers_every_frame_and_becomes_the_final_one() {
        let mut extractor = Extractor::new(16_000).unwrap();
        let wave = Voice::default().samples();
        extractor.push(&wave).unwrap();
        let provisional = extractor.provisional_f0_hz(0);
        let decided = extractor.path.decided();
        assert!((56..95).contains(&decided), "{decided}");
        for first in [1, decided - 1, decided, decided + 1, 94, 95, 1_000] {
            assert_eq!(extractor.provisional_f0_hz(first), provisional.get(first..).unwrap_or_default());
        }
        assert_eq!(provisional, extractor.finish().unwrap().f0_hz);
        assert_eq!(provisional.len(), 95);
    }

    #[test]
    fn extractor_gives_unvoiced_frames_minus_201_db_amplitudes() {
        let features = extract(&[0.0; 16_000], 16_000).unwrap();
        assert!(features.llds.iter().all(|row| row[Lld::F1Amplitude.index()] == -201.0));
        assert!(features.llds.iter().all(|row| row[Lld::Hnr.index()] == 0.0));
    }

    /// On every instruction set, for portions that leave one to eight frames waiting, and while the pitch is looked at.
    #[test]
    fn extractor_gives_the_same_bits_on_every_instruction_set_and_for_any_portions() {
        for rate_hz in [8_000, 11_025, 16_000, 22_050, 44_100] {
            let voice = Voice { rate_hz, seconds: 0.7, ..Voice::default() }.samples();
            let wanted = extract(&voice, rate_hz).unwrap();
            for instructions in InstructionSet::available() {
                for portion in [1, 97, 441, 1_600, 5_000] {
                    let mut extractor = Extractor::with_instructions(rate_hz, instructions).unwrap();
                    for (i, part) in voice.chunks(portion).enumerate() {
                        extractor.push(part).unwrap();
                        if portion > 90 && i % 3 == 0 {
                            extractor.provisional_f0_hz(0);
                        }
                    }
                    let features = extractor.finish().unwrap();
                    let name = instructions.name();
                    assert_eq!(features, wanted, "{name}, {rate_hz} Hz, portions of {portion}");
                    let mut lean =
                        Extractor::with_instructions(rate_hz, instructions).unwrap().without_llds();
                    for (i, part) in voice.chunks(portion).enumerate() {
                        lean.push(part).unwrap();
                        if portion > 90 && i % 5 == 0 {
                            lean.provisional_f0_hz(i);
                        }
                    }
                    let lean = lean.finish().unwrap();
                    let wanted = Features { llds: Vec::new(), ..wanted.clone() };
                    assert_eq!(lean, wanted, "without LLDs, {name}, {rate_hz} Hz, portions of {portion}");
                }
            }
        }
    }
}

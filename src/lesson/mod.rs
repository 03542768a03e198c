//! One utterance with everything that is computed from its samples to the 88 functionals: what the page's lesson shows.
//!
//! It analyses the same samples as the model's inputs come from (the speech region, at the fixed level), so that its last
//! step ends in the latent coordinates. Nothing is computed in another way than the extractor does it: the extractor keeps
//! its intermediate results ([`egemaps::Trace`]), and single frames go through its own code ([`egemaps::Slicer`]).
//!
//! | file | what it has |
//! |---|---|
//! | `pitch` | candidates of the pitch, and the path through them |
//! | `slice` | one short frame and its spectrum |
//! | `summary` | which functionals one LLD is summarised by |
//!
//! ```
//! use undertone::lesson::Preparation;
//!
//! # // A voice of pulses at 150 Hz, each ringing out at 700 Hz.
//! # let samples: Vec<f32> = (0..16_000)
//! #     .map(|k| (k as f32 / 16_000.0) % (1.0 / 150.0))
//! #     .map(|t| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin())
//! #     .collect();
//! let lesson = Preparation::new(&samples)?.finish()?;
//! let pitch_hz = lesson.features.f0_hz[40];
//! assert!((pitch_hz - 150.0).abs() < 1.0);
//! // What is shown is what the model gets.
//! assert_eq!(lesson.features.functionals, undertone::analysis::model_features(&samples)?);
//! # Ok::<(), undertone::analysis::AnalysisError>(())
//! ```

mod pitch;
mod slice;
mod summary;

pub use pitch::{PitchCandidate, PitchFrame};
pub use slice::ShortFrame;
pub use summary::{Summary, means};

use crate::analysis::{AnalysisError, levelled_speech};
use crate::audio::region::Region;
use crate::audio::{AudioError, SAMPLE_RATE_HZ, seconds};
use egemaps::catalogue::{LLD_COUNT, Lld};
use egemaps::{Extractor, Features, Trace};

/// Samples per step: 50 ms of sound, about a millisecond of work.
const STEP: usize = SAMPLE_RATE_HZ as usize / 20;

/// An utterance, its features and the extractor's intermediate results.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Where the speech lies within the recording.
    pub region: Region,
    /// The speech at the fixed active level, mono, 16 kHz: what the features below were extracted from.
    pub speech: Vec<f32>,
    /// Low-level descriptors and the 88 numbers, the model's inputs.
    pub features: Features,
    /// The extractor's intermediate results.
    pub trace: Trace,
}

/// One LLD over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LldLine {
    /// Its values; not a number where it has none.
    pub values: Vec<f32>,
    /// Time of the first value, the middle of its frame, s into the speech.
    pub start_s: f64,
    /// Time from value to value, s.
    pub step_s: f64,
    /// The value that a marked moment falls on.
    pub marked: Option<usize>,
}

/// A lesson in preparation, in steps of a millisecond or two, so that a page stays responsive between them.
#[derive(Debug)]
pub struct Preparation {
    region: Region,
    speech: Vec<f32>,
    extractor: Extractor,
    done: usize,
}

impl Preparation {
    /// Finds and levels the speech of a recording at 16 kHz.
    ///
    /// # Errors
    /// As [`levelled_speech`].
    pub fn new(samples: &[f32]) -> Result<Preparation, AnalysisError> {
        let (region, speech) = levelled_speech(samples)?;
        Ok(Preparation { region, speech, extractor: Extractor::traced(SAMPLE_RATE_HZ)?, done: 0 })
    }

    /// Extracts from the next piece and returns the share that is done, 0 … 1.
    ///
    /// # Errors
    /// [`AnalysisError::Extract`] if a sample is not a number.
    pub fn step(&mut self) -> Result<f64, AnalysisError> {
        let end = (self.done + STEP).min(self.speech.len());
        self.extractor.push(&self.speech[self.done..end])?;
        self.done = end;
        Ok(if end == self.speech.len() { 1.0 } else { end as f64 / self.speech.len() as f64 })
    }

    /// Ends it; what is left is extracted at once.
    ///
    /// # Errors
    /// As [`Preparation::step`]; [`AudioError::NoVoice`] if no frame has a pitch.
    pub fn finish(mut self) -> Result<Lesson, AnalysisError> {
        while self.step()? < 1.0 {}
        let Preparation { region, speech, extractor, .. } = self;
        let (features, trace) = extractor.finish_traced()?;
        if features.voiced_share() == 0.0 {
            return Err(AudioError::NoVoice.into());
        }
        Ok(Lesson { region, speech, features, trace })
    }
}

/// From the beginning of a descriptor's frame to its middle, s.
pub fn frame_middle_s(lld: Lld) -> f64 {
    lld.frame_s() / 2.0
}

impl Lesson {
    /// One descriptor, a value per 10 ms; NaN where it has none: where a pitch is needed and there is none, exactly 0 and
    /// −201 dB stand for that.
    pub fn lld(&self, lld: Lld) -> Vec<f32> {
        (0..self.features.llds.len()).map(|frame| self.value(lld, frame)).collect()
    }

    /// One LLD with its times, and where in it a moment lies, s into the speech.
    pub fn lld_line(&self, lld: Lld, at_s: Option<f64>) -> LldLine {
        LldLine {
            values: self.lld(lld),
            start_s: frame_middle_s(lld),
            step_s: self.features.hop_s,
            marked: at_s.map(|at_s| self.frame_at(lld, at_s)),
        }
    }

    /// The value of a descriptor in a frame, counted from 0 in steps of 10 ms and in the descriptor's unit
    /// ([`Lld::unit`]); NaN where it has none, as [`Lesson::lld`], and beyond the last frame.
    pub fn value(&self, lld: Lld, frame: usize) -> f32 {
        /// Next to unvoiced frames the smoothing mixes their −201 dB with the levels of voiced frames.
        const NO_AMPLITUDE_DB: f32 = -100.0;
        let value = self.features.llds.get(frame).map_or(f32::NAN, |row| row[lld.index()]);
        let missing = lld.zero_is_missing() && value == 0.0 || lld.needs_pitch() && value < NO_AMPLITUDE_DB;
        if missing { f32::NAN } else { value }
    }

    /// The frame of a descriptor whose middle is nearest to `at_s` seconds into the speech.
    pub fn frame_at(&self, lld: Lld, at_s: f64) -> usize {
        let last = self.features.llds.len().saturating_sub(1);
        let frame = ((at_s - frame_middle_s(lld)) / self.features.hop_s).round();
        (frame.max(0.0) as usize).min(last)
    }

    /// All LLDs at a moment, s into the speech; not a number where one has no value.
    pub fn values_at(&self, at_s: f64) -> [f32; LLD_COUNT] {
        Lld::ALL.map(|lld| self.value(lld, self.frame_at(lld, at_s)))
    }

    /// Length of the speech, s.
    pub fn seconds(&self) -> f64 {
        seconds(self.speech.len())
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::{Lesson, Preparation};
    use test_signals::Voice;

    /// A voice with half a second of silence before and after.
    pub(crate) fn recording(seconds: f64) -> Vec<f32> {
        Voice { seconds, silence_s: 0.5, ..Voice::default() }.samples()
    }

    pub(crate) fn lesson(seconds: f64) -> Lesson {
        Preparation::new(&recording(seconds)).unwrap().finish().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis;

    #[test]
    fn lesson_ends_in_the_model_s_inputs_and_the_extractor_s_pitch_bit_for_bit() {
        let recording = testing::recording(1.6);
        let prepared = analysis::Preparation::new(&recording).unwrap().finish().unwrap();
        let mut preparation = Preparation::new(&recording).unwrap();
        let mut done = 0.0;
        while done < 1.0 {
            let share = preparation.step().unwrap();
            assert!(share > done);
            done = share;
        }
        let lesson = preparation.finish().unwrap();
        let without_llds = Features { llds: Vec::new(), ..lesson.features.clone() };
        assert_eq!(without_llds, prepared.levelled);
        assert_eq!(lesson.region, prepared.region);
        assert_eq!(lesson.features.functionals, analysis::model_features(&recording).unwrap());
        assert_eq!(lesson.trace.candidates.len(), lesson.features.f0_hz.len());
        assert!((lesson.seconds() - (lesson.region.seconds()[1] - lesson.region.seconds()[0])).abs() < 1e-9);
    }

    #[test]
    fn lld_has_gaps_where_there_is_no_pitch() {
        let lesson = testing::lesson(1.2);
        let f0 = lesson.lld(Lld::F0);
        assert_eq!(f0.len(), lesson.features.llds.len());
        for (shown, row) in f0.iter().zip(&lesson.features.llds) {
            assert_eq!(shown.is_nan(), row[Lld::F0.index()] == 0.0);
        }
        assert!(lesson.lld(Lld::Loudness).iter().all(|v| v.is_finite()));
        let amplitude = lesson.lld(Lld::F1Amplitude);
        assert!(amplitude.iter().any(|v| v.is_nan()) && amplitude.iter().any(|v| v.is_finite()));
        assert_eq!(lesson.frame_at(Lld::Loudness, 0.513), 50);
        assert_eq!(lesson.frame_at(Lld::F0, 0.513), 48);
        assert_eq!(lesson.frame_at(Lld::F0, -3.0), 0);
        assert_eq!(lesson.frame_at(Lld::F0, 1e9), f0.len() - 1);
        let line = lesson.lld_line(Lld::F0, Some(0.513));
        assert_eq!((line.start_s, line.step_s, line.marked), (0.03, 0.01, Some(48)));
        assert_eq!((line.values.len(), lesson.lld_line(Lld::Loudness, None).marked), (f0.len(), None));
        let values = lesson.values_at(0.513);
        assert_eq!(values[Lld::Loudness.index()].to_bits(), lesson.lld(Lld::Loudness)[50].to_bits());
        assert_eq!(values[Lld::F0.index()].to_bits(), f0[48].to_bits());
    }

    #[test]
    fn preparation_names_what_is_no_speech() {
        let code = |samples: &[f32]| match Preparation::new(samples).and_then(Preparation::finish) {
            Ok(_) => "",
            Err(error) => error.code(),
        };
        assert_eq!(code(&[]), "empty");
        assert_eq!(code(&[0.0; 16_000]), "silent");
        assert_eq!(code(&[f32::NAN; 16_000]), "not_finite");
        assert_eq!(code(&test_signals::hiss(16_000)), "no_voice");
    }
}

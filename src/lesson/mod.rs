//! One utterance on its way from the air to the 88 numbers, with everything that is met on the way: what the page's
//! lesson shows.
//!
//! It follows the speech as the model hears it (found within the recording, at the fixed level), so that what is seen
//! leads without a break to the coordinates. Nothing is computed here in another way than the extractor does it: the
//! extractor is asked to keep what it sees ([`egemaps::Trace`]), and single slices go through its own code
//! ([`egemaps::Slicer`]).
//!
//! | module | what it answers |
//! |---|---|
//! | [`tune`] | how often a line of pitch leaps an octave |
//! | [`summary`] | which numbers one contour comes down to |
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

pub mod summary;
pub mod tune;

use crate::analysis::{AnalysisError, levelled_speech};
use crate::audio::region::Region;
use crate::audio::{AudioError, SAMPLE_RATE_HZ};
use egemaps::geometry::{LONG_FRAME_S, SHORT_FRAME_S};
use egemaps::{Extractor, Features, Trace};

/// Samples per step: 50 ms of sound, about a millisecond of work.
const STEP: usize = SAMPLE_RATE_HZ as usize / 20;
/// The first contour that hangs on the pitch; from there on names end in `nz`.
const FIRST_OF_VOICE: usize = 10;

/// An utterance and what was seen of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Where the speech lies within the recording.
    pub region: Region,
    /// The speech at the fixed active level, mono, 16 kHz: what the features below were extracted from.
    pub speech: Vec<f32>,
    /// Contours and the 88 numbers, the model's inputs.
    pub features: Features,
    /// What the extractor saw on its way.
    pub trace: Trace,
}

/// A lesson in the making, in steps of a millisecond or two, so that a page can go on living between them.
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

    /// Listens to the next piece and returns the share that has been heard, 0 … 1.
    ///
    /// # Errors
    /// [`AnalysisError::Extract`] if a sample is not a number.
    pub fn step(&mut self) -> Result<f64, AnalysisError> {
        let end = (self.done + STEP).min(self.speech.len());
        self.extractor.push(&self.speech[self.done..end])?;
        self.done = end;
        Ok(if end == self.speech.len() { 1.0 } else { end as f64 / self.speech.len() as f64 })
    }

    /// Ends it; what was not heard yet is heard at once.
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

/// From a frame's beginning to its middle, s: half of 60 ms for contours that hang on the pitch, half of 20 ms for others.
pub fn frame_middle_s(contour: usize) -> f64 {
    // Frequency and bandwidth of the resonances come from the short frames; their amplitudes need the pitch.
    const LONG: [core::ops::Range<usize>; 4] = [10..16, 18..19, 21..22, 24..25];
    let long = LONG.iter().any(|range| range.contains(&contour));
    (if long { LONG_FRAME_S } else { SHORT_FRAME_S }) / 2.0
}

impl Lesson {
    /// One contour, a value per 10 ms; not a number where it has none: where a pitch is needed and there is none, exactly 0
    /// and −201 dB stand for that.
    pub fn contour(&self, index: usize) -> Vec<f32> {
        (0..self.features.contours.len()).map(|frame| self.value(index, frame)).collect()
    }

    /// One value of it.
    pub fn value(&self, contour: usize, frame: usize) -> f32 {
        const NO_AMPLITUDE_DB: f32 = -100.0;
        let row = self.features.contours.get(frame);
        let value = row.and_then(|row| row.get(contour)).copied().unwrap_or(f32::NAN);
        let needs_pitch = frame_middle_s(contour) > SHORT_FRAME_S;
        let missing = contour >= FIRST_OF_VOICE && (value == 0.0 || (needs_pitch && value < NO_AMPLITUDE_DB));
        if missing { f32::NAN } else { value }
    }

    /// The frame of a contour whose middle is nearest to `at_s` seconds into the speech.
    pub fn frame_at(&self, contour: usize, at_s: f64) -> usize {
        let last = self.features.contours.len().saturating_sub(1);
        let frame = ((at_s - frame_middle_s(contour)) / self.features.hop_s).round();
        (frame.max(0.0) as usize).min(last)
    }

    /// Length of the speech, s.
    pub fn seconds(&self) -> f64 {
        self.speech.len() as f64 / f64::from(SAMPLE_RATE_HZ)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::{Lesson, Preparation};

    /// Damped pulses with a moving melody, half a second of silence before and after.
    pub(crate) fn recording(seconds: f64) -> Vec<f32> {
        let quiet = vec![0.0f32; 8_000];
        let mut phase = 0.0;
        let voice = (0..(seconds * 16_000.0) as usize).map(|k| {
            let t = k as f64 / 16_000.0;
            phase += (170.0 + 30.0 * libm::sin(t * 5.0)) / 16_000.0;
            phase -= libm::floor(phase);
            let loud = 0.5 + 0.5 * libm::sin(t * 14.0);
            (0.3 * loud * libm::exp(-phase * 6.0) * libm::sin(phase * 25.0)) as f32
        });
        quiet.iter().copied().chain(voice).chain(quiet.iter().copied()).collect()
    }

    pub(crate) fn lesson(seconds: f64) -> Lesson {
        Preparation::new(&recording(seconds)).unwrap().finish().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis;
    use egemaps::catalogue::CONTOUR_NAMES;

    #[test]
    fn the_lesson_ends_in_the_model_s_inputs_and_the_extractor_s_pitch_bit_for_bit() {
        let recording = testing::recording(1.6);
        let prepared = analysis::Preparation::new(&recording).unwrap().finish().unwrap();
        let mut preparation = Preparation::new(&recording).unwrap();
        let mut heard = 0.0;
        while heard < 1.0 {
            let share = preparation.step().unwrap();
            assert!(share > heard);
            heard = share;
        }
        let lesson = preparation.finish().unwrap();
        assert_eq!(lesson.features, prepared.levelled);
        assert_eq!(lesson.region, prepared.region);
        assert_eq!(lesson.features.functionals, analysis::model_features(&recording).unwrap());
        assert_eq!(lesson.trace.candidates.len(), lesson.features.f0_hz.len());
        assert!((lesson.seconds() - (lesson.region.seconds()[1] - lesson.region.seconds()[0])).abs() < 1e-9);
    }

    #[test]
    fn contours_have_gaps_where_there_is_no_pitch() {
        for (index, name) in CONTOUR_NAMES.iter().enumerate() {
            assert_eq!(name.ends_with("nz"), index >= FIRST_OF_VOICE, "{name}");
            let pitched = name.starts_with("F0") || name.contains("RelF0") || name.contains("jitter");
            let pitched = pitched || name.contains("shimmer") || name.contains("HNR");
            assert_eq!(frame_middle_s(index) > 0.02, pitched, "{name}");
        }
        let lesson = testing::lesson(1.2);
        let f0 = lesson.contour(10);
        assert_eq!(f0.len(), lesson.features.contours.len());
        for (shown, row) in f0.iter().zip(&lesson.features.contours) {
            assert_eq!(shown.is_nan(), row[10] == 0.0);
        }
        assert!(lesson.contour(0).iter().all(|v| v.is_finite()));
        assert!(
            lesson.contour(18).iter().any(|v| v.is_nan()) && lesson.contour(18).iter().any(|v| v.is_finite())
        );
        assert_eq!(lesson.frame_at(0, 0.513), 50);
        assert_eq!(lesson.frame_at(10, 0.513), 48);
        assert_eq!(lesson.frame_at(10, -3.0), 0);
        assert_eq!(lesson.frame_at(10, 1e9), f0.len() - 1);
    }

    #[test]
    fn what_cannot_be_taught_is_named() {
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

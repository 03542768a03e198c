//! A longer sound, cut at its pauses, and each utterance scored by itself.
//!
//! The samples that a score needs are kept, and dropped once the utterance is scored. What stays is 11 bytes a frame.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::ops::Range;

use super::{Certainty, Doubt, Splitter, Utterance, certainty, unscored};
use crate::analysis::{Analysis, AnalysisError, Preparation, model_features};
use crate::audio::resample::Resampler;
use crate::audio::{AudioError, SAMPLE_RATE_HZ};
use crate::model::Model;

/// Samples that are dropped at a time, at least: 10 s.
const KEPT: usize = 10 * SAMPLE_RATE_HZ as usize;

/// An utterance and what is known of it. Samples are counted at 16 kHz from the start of the sound.
#[derive(Debug)]
pub struct Spoken {
    /// Where it is.
    pub utterance: Utterance,
    /// What was scored: a little more.
    pub scored: Range<usize>,
    /// How sure its score is.
    pub certainty: Certainty,
    /// Why it is not sure.
    pub doubts: Vec<Doubt>,
    /// Its score and all that belongs to it; none if it has none.
    pub analysis: Option<Box<Analysis>>,
    /// Windows of 3 s in a long one.
    pub windows: Vec<Window>,
}

/// A window in a long utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Where it is, in samples.
    pub place: Range<usize>,
    /// Its score; none if it has too little voice.
    pub activation: Option<f64>,
}

/// Cuts and scores a sound as it comes in, by a model that is lent or shared.
///
/// ```
/// use undertone::analysis::utterances::{PAUSE_S, UtteranceScorer};
/// use undertone::model::{Objective, built_in};
///
/// # // In a quiet room two seconds of a voice: pulses at 120 Hz, each ringing out at 700 Hz.
/// # let voice = |t: f32| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin();
/// # let room = |k: usize| if k % 7 < 3 { 1e-4 } else { -1e-4 };
/// # let sound: Vec<f32> = (0..192_000_usize)
/// #     .map(|k| room(k) + if k / 48_000 % 3 == 0 { 0.0 } else { voice((k % 400) as f32 / 48_000.0) })
/// #     .collect();
/// let model = built_in(Objective::MetricAct)?;
/// let mut scorer = UtteranceScorer::new(48_000, PAUSE_S, &model)?;
/// scorer.push(&sound);
/// scorer.finish();
/// let spoken = scorer.next_spoken().unwrap();
/// assert!(spoken.analysis.is_some() && scorer.next_spoken().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct UtteranceScorer<M> {
    model: M,
    /// None once the sound has ended.
    input: Option<(Resampler, Splitter)>,
    /// Utterances that were there at the end and are not scored yet.
    rest: VecDeque<Utterance>,
    /// The samples at 16 kHz from number `first` on.
    samples: Vec<f32>,
    first: usize,
}

impl<M: Borrow<Model>> UtteranceScorer<M> {
    /// For a sound at a rate, in which a pause of `pause_s` ends an utterance.
    ///
    /// # Errors
    /// [`AudioError::UnsupportedRate`] outside 8–192 kHz.
    pub fn new(rate_hz: u32, pause_s: f64, model: M) -> Result<Self, AudioError> {
        Ok(Self {
            model,
            input: Some((Resampler::new(rate_hz)?, Splitter::new(pause_s))),
            rest: VecDeque::new(),
            samples: Vec::new(),
            first: 0,
        })
    }

    /// Takes further samples; after the end it takes none.
    pub fn push(&mut self, samples: &[f32]) {
        if let Some((resampler, splitter)) = &mut self.input {
            let from = self.samples.len();
            resampler.push(samples, &mut self.samples);
            splitter.push(&self.samples[from..]);
        }
    }

    /// There are no more samples.
    pub fn finish(&mut self) {
        if let Some((resampler, mut splitter)) = self.input.take() {
            let from = self.samples.len();
            resampler.finish(&mut self.samples);
            splitter.push(&self.samples[from..]);
            self.rest = splitter.finish().into();
        }
    }

    /// Scores the next utterance that is complete, if there is one.
    pub fn next_spoken(&mut self) -> Option<Spoken> {
        let next = match &mut self.input {
            Some((_, splitter)) => splitter.next_utterance(),
            None => self.rest.pop_front(),
        };
        match (next, &self.input) {
            (Some(utterance), _) => Some(self.score(utterance)),
            (None, Some((_, splitter))) => {
                let settled = splitter.settled();
                self.keep_from(settled);
                None
            }
            (None, None) => None,
        }
    }

    /// Drops what lies before a sample, now and then.
    fn keep_from(&mut self, sample: usize) {
        let done = sample.saturating_sub(self.first).min(self.samples.len());
        if done >= KEPT {
            self.samples.drain(..done);
            self.first += done;
        }
    }

    fn score(&self, utterance: Utterance) -> Spoken {
        let scored = utterance.scored(self.first + self.samples.len());
        let (analysis, (certainty, doubts)) =
            match unscored(utterance.duration_s(), utterance.above_background_db) {
                Some(doubt) => (None, (Certainty::None, vec![doubt])),
                None => {
                    let analysis = self.analyse(&scored);
                    let flags = analysis.as_ref().map(|analysis| &analysis.measures.flags[..]);
                    let flags = flags.map_err(AnalysisError::code);
                    let found = certainty(utterance.duration_s(), utterance.above_background_db, flags);
                    (analysis.ok().map(Box::new), found)
                }
            };
        let windows = match analysis {
            None => Vec::new(),
            Some(_) => utterance
                .windows()
                .map(|place| Window { activation: self.activation(&place).ok(), place })
                .collect(),
        };
        Spoken { utterance, scored, certainty, doubts, analysis, windows }
    }

    fn samples(&self, place: &Range<usize>) -> &[f32] {
        let held = place.start.checked_sub(self.first).zip(place.end.checked_sub(self.first));
        held.and_then(|(start, end)| self.samples.get(start..end)).unwrap_or_default()
    }

    fn analyse(&self, place: &Range<usize>) -> Result<Analysis, AnalysisError> {
        let prepared = Preparation::new(self.samples(place))?.finish()?;
        Ok(Analysis::new(&prepared, self.model.borrow()))
    }

    fn activation(&self, place: &Range<usize>) -> Result<f64, AnalysisError> {
        Ok(self.model.borrow().evaluate(&model_features(self.samples(place))?).activation)
    }
}

//! A longer sound, cut at its pauses, and each utterance scored by itself.
//!
//! The samples that a score needs are kept, and dropped once the utterance is scored. What stays is each utterance's analysis
//! and 11 bytes a frame.

use std::ops::Range;

use super::FileError;
use super::prepare::Preparing;
use super::sound::Sink;
use undertone::analysis::utterances::{Certainty, Doubt, Splitter, Utterance, certainty, unscored};
use undertone::analysis::{Analysis, AnalysisError, Preparation, model_features};
use undertone::audio::SAMPLE_RATE_HZ;
use undertone::audio::resample::Resampler;
use undertone::model::Model;

/// Memory that a second of sound takes, in bytes: results, and now and then a long utterance.
pub const BYTES_PER_S: f64 = super::prepare::BYTES_PER_S / 10.0;

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

/// Cuts and scores a sound as it comes in.
pub struct Speaking<'a> {
    resampler: Resampler,
    splitter: Splitter,
    speech: Speech<'a>,
}

impl<'a> Speaking<'a> {
    /// For a sound at a rate, in which a pause of `pause_s` ends an utterance.
    ///
    /// # Errors
    /// [`FileError::Rate`].
    pub fn new(rate_hz: u32, pause_s: f64, model: &'a Model) -> Result<Self, FileError> {
        Ok(Self {
            resampler: Preparing::resampler(rate_hz)?,
            splitter: Splitter::new(pause_s),
            speech: Speech { model, samples: Vec::new(), first: 0, spoken: Vec::new() },
        })
    }
}

impl Sink for Speaking<'_> {
    type Result = Vec<Spoken>;

    fn push(&mut self, samples: &[f32]) -> Result<(), FileError> {
        let Self { resampler, splitter, speech } = self;
        let from = speech.samples.len();
        resampler.push(samples, &mut speech.samples);
        splitter.push(&speech.samples[from..]);
        while let Some(utterance) = splitter.next_utterance() {
            speech.score(utterance);
        }
        speech.keep_from(splitter.settled());
        Ok(())
    }

    fn finish(self) -> Result<Vec<Spoken>, FileError> {
        let Self { resampler, mut splitter, mut speech } = self;
        let from = speech.samples.len();
        resampler.finish(&mut speech.samples);
        splitter.push(&speech.samples[from..]);
        for utterance in splitter.finish() {
            speech.score(utterance);
        }
        if speech.spoken.is_empty() { Err(FileError::NoUtterance) } else { Ok(speech.spoken) }
    }
}

/// What was heard and is not scored yet, and what was scored.
struct Speech<'a> {
    model: &'a Model,
    /// The samples from number `first` on.
    samples: Vec<f32>,
    first: usize,
    spoken: Vec<Spoken>,
}

impl Speech<'_> {
    /// Drops what lies before a sample, now and then.
    fn keep_from(&mut self, sample: usize) {
        let done = sample.saturating_sub(self.first).min(self.samples.len());
        if done >= KEPT {
            self.samples.drain(..done);
            self.first += done;
        }
    }

    fn score(&mut self, utterance: Utterance) {
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
        self.spoken.push(Spoken { utterance, scored, certainty, doubts, analysis, windows });
    }

    fn samples(&self, place: &Range<usize>) -> &[f32] {
        let held = place.start.checked_sub(self.first).zip(place.end.checked_sub(self.first));
        held.and_then(|(start, end)| self.samples.get(start..end)).unwrap_or_default()
    }

    fn analyse(&self, place: &Range<usize>) -> Result<Analysis, AnalysisError> {
        let prepared = Preparation::new(self.samples(place))?.finish()?;
        Ok(Analysis::new(&prepared, self.model))
    }

    fn activation(&self, place: &Range<usize>) -> Result<f64, AnalysisError> {
        Ok(self.model.evaluate(&model_features(self.samples(place))?).activation)
    }
}

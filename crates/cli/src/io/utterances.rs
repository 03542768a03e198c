//! A longer sound, cut at its pauses, and each utterance scored by itself
//! ([`undertone::analysis::utterances::UtteranceScorer`]).

use super::FileError;
use super::prepare::Preparing;
use super::sound::Sink;
use undertone::analysis::utterances::{Spoken, UtteranceScorer};
use undertone::model::Model;

/// Memory that a second of sound takes, in bytes: results, and now and then a long utterance.
pub const BYTES_PER_S: f64 = super::prepare::BYTES_PER_S / 10.0;

/// Cuts and scores a sound as it comes in.
pub struct Speaking<'a> {
    scorer: UtteranceScorer<&'a Model>,
    spoken: Vec<Spoken>,
}

impl<'a> Speaking<'a> {
    /// For a sound at a rate, in which a pause of `pause_s` ends an utterance.
    ///
    /// # Errors
    /// [`FileError::Rate`].
    pub fn new(rate_hz: u32, pause_s: f64, model: &'a Model) -> Result<Self, FileError> {
        Preparing::check_rate(rate_hz)?;
        Ok(Self { scorer: UtteranceScorer::new(rate_hz, pause_s, model)?, spoken: Vec::new() })
    }

    fn score(&mut self) {
        while let Some(spoken) = self.scorer.next_spoken() {
            self.spoken.push(spoken);
        }
    }
}

impl Sink for Speaking<'_> {
    type Result = Vec<Spoken>;

    fn push(&mut self, samples: &[f32]) -> Result<(), FileError> {
        self.scorer.push(samples);
        self.score();
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Spoken>, FileError> {
        self.scorer.finish();
        self.score();
        if self.spoken.is_empty() { Err(FileError::NoUtterance) } else { Ok(self.spoken) }
    }
}

//! Where the utterances of a longer recording start and end.
//!
//! A recording is cut at its pauses while it is still heard, and the same way from microphone and file, on the page and on the
//! command line. Voiced nuclei grow over the sound around them that stands out from a background which is followed; a pause
//! ends an utterance, and what is shorter than a second goes with the nearer neighbour if that is less than a second away. Hiss,
//! knocks and rumble have no voice and are no utterance.
//!
//! Frames of 10 ms are counted from the first sample that is not digital silence, so such silence before the sound does not move the
//! cuts, nor does a gain (beyond the rounding of samples), nor the size of chunks. Nobody's voice is recognised: who speaks is not known.
//!
//! | file | what it does |
//! |---|---|
//! | `frames` | samples to power and periodicity, frame by frame |
//! | `background` | what a frame is compared with: background and level of the speech around it |
//! | `voice` | voiced nuclei, grown to stretches |
//! | `join` | stretches joined to utterances |
//! | `certainty` | how far an utterance's score can be relied on |
//! | `scoring` | every utterance scored by itself |
//!
//! ```
//! use undertone::analysis::utterances::{PAUSE_S, Splitter};
//!
//! # // A voice of pulses at 150 Hz, each ringing out at 700 Hz.
//! # let voice = |seconds: f64| -> Vec<f32> {
//! #     (0..(seconds * 16_000.0) as usize)
//! #         .map(|k| (k as f32 / 16_000.0) % (1.0 / 150.0))
//! #         .map(|t| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin())
//! #         .collect()
//! # };
//! // A voice of 2 s, a second of silence, a voice of 1.5 s.
//! let mut splitter = Splitter::new(PAUSE_S);
//! splitter.push(&voice(2.0));
//! splitter.push(&[0.0; 16_000]);
//! splitter.push(&voice(1.5));
//! let found = splitter.finish();
//! assert_eq!(found.len(), 2);
//! assert!((found[1].seconds()[0] - 3.0).abs() < 0.02);
//! ```

mod background;
mod certainty;
mod frames;
mod join;
mod scoring;
#[cfg(test)]
mod tests;
mod voice;

use std::collections::VecDeque;
use std::ops::Range;

pub use certainty::{Certainty, Doubt, certainty, unscored};
pub use scoring::{Spoken, UtteranceScorer, Window};

use self::frames::{FRAMES_PER_S, Frames, HOP};
use self::join::Joiner;
use self::voice::{Stretch, Voice};
use crate::audio::region::{MARGIN, SILENCE_FLOOR_DBFS};
use crate::audio::{SAMPLE_RATE_HZ, power_dbfs, seconds};

/// The pause that ends an utterance unless another is wanted, in seconds.
pub const PAUSE_S: f64 = 0.5;
/// The pauses that can be wanted, in seconds: a shorter one is within words, a longer one between topics.
pub const PAUSES_S: std::ops::RangeInclusive<f64> = 0.2..=3.0;
/// Utterances that last longer are followed by windows, too: 8 s, in samples.
const LONG: usize = 8 * SAMPLE_RATE_HZ as usize;
/// A window and the step to the next: 3 s and 1 s, in samples.
const WINDOW: usize = 3 * SAMPLE_RATE_HZ as usize;
const WINDOW_STEP: usize = SAMPLE_RATE_HZ as usize;

/// The samples between two times of a sound of `total` samples: the nearest ones.
#[must_use]
pub fn between(start_s: f64, end_s: f64, total: usize) -> Range<usize> {
    let sample = |time_s: f64| ((time_s * f64::from(SAMPLE_RATE_HZ) + 0.5) as usize).min(total);
    sample(start_s)..sample(end_s).max(sample(start_s))
}

/// What is scored of an utterance between two samples of a sound of `total` samples: on either side also as much as the speech region
/// keeps, 0.1 s.
#[must_use]
pub fn scored(utterance: Range<usize>, total: usize) -> Range<usize> {
    utterance.start.saturating_sub(MARGIN)..(utterance.end + MARGIN).min(total)
}

/// A stretch of speech between two pauses, in samples at 16 kHz.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Utterance {
    /// The first sample.
    pub start: usize,
    /// One past the last sample.
    pub end: usize,
    /// How long there is voice in it, in seconds.
    pub voiced_s: f64,
    /// How far its speech stands above the background, in dB, at most 100; below 0 where it is no louder than what is quiet around it.
    pub above_background_db: f64,
}

impl Utterance {
    /// Start and end, in seconds.
    #[must_use]
    pub fn seconds(&self) -> [f64; 2] {
        [self.start, self.end].map(seconds)
    }

    /// How long it lasts, in seconds.
    #[must_use]
    pub fn duration_s(&self) -> f64 {
        seconds(self.end - self.start)
    }

    /// What is scored of a sound of `total` samples: see [`scored`].
    #[must_use]
    pub fn scored(&self, total: usize) -> Range<usize> {
        scored(self.start..self.end, total)
    }

    /// Windows of 3 s, one a second, in an utterance of more than 8 s: how the voice changes within it.
    pub fn windows(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let (start, end) = (self.start, self.end);
        let starts = (start..end).step_by(WINDOW_STEP).filter(move |_| end - start > LONG);
        starts.map(|from| from..from + WINDOW).take_while(move |window| window.end <= end)
    }
}

/// Cuts a sound at 16 kHz at its pauses, while it comes in. An utterance is known about 2.5 s after its end.
#[derive(Debug)]
pub struct Splitter {
    /// Samples that came, and before which one there was digital silence alone.
    samples: usize,
    origin: Option<usize>,
    frames: Frames,
    voice: Voice,
    joiner: Joiner,
    found: VecDeque<Utterance>,
}

impl Splitter {
    /// No sound has come yet. `pause_s` ends an utterance, in seconds: [`PAUSE_S`], or another of [`PAUSES_S`], to which it is
    /// limited.
    #[must_use]
    pub fn new(pause_s: f64) -> Splitter {
        let pause_s = pause_s.max(*PAUSES_S.start()).min(*PAUSES_S.end());
        // Rounded to whole frames.
        let pause = (pause_s * FRAMES_PER_S as f64 + 0.5) as usize;
        Splitter {
            samples: 0,
            origin: None,
            frames: Frames::new(),
            voice: Voice::default(),
            joiner: Joiner::new(pause),
            found: VecDeque::new(),
        }
    }

    /// Takes further samples.
    pub fn push(&mut self, samples: &[f32]) {
        let sound = match self.origin {
            Some(_) => samples,
            None => {
                let silent = samples.iter().take_while(|v| **v == 0.0).count();
                if silent < samples.len() {
                    self.origin = Some(self.samples + silent);
                }
                &samples[silent..]
            }
        };
        self.samples += samples.len();
        let Splitter { frames, voice, joiner, found, .. } = self;
        let origin = self.origin.unwrap_or(0);
        let mut stretches = Vec::new();
        frames.push(sound, |frame| {
            voice.push(frame, |stretch| stretches.push(stretch));
            for stretch in stretches.drain(..) {
                joiner.push(stretch, |stretch| found.extend(utterance(voice, origin, stretch)));
            }
            joiner.settle(voice.settled(), |stretch| found.extend(utterance(voice, origin, stretch)));
        });
    }

    /// The next utterance that is complete.
    pub fn next_utterance(&mut self) -> Option<Utterance> {
        self.found.pop_front()
    }

    /// The sample before which nothing is part of an utterance that is still to come, nor of what is scored with it.
    #[must_use]
    pub fn settled(&self) -> usize {
        let settled = self.voice.settled();
        let frame = self.joiner.begins().map_or(settled, |begins| begins.min(settled));
        let origin = self.origin.unwrap_or(self.samples);
        (origin + frame * HOP).saturating_sub(MARGIN)
    }

    /// Where an utterance began that is still going on, in samples, as far as is known.
    #[must_use]
    pub fn open(&self) -> Option<usize> {
        let frame = self.joiner.open().or(self.voice.open())?;
        Some(self.origin.unwrap_or(0) + frame * HOP)
    }

    /// There are no more samples: the utterances that [`Splitter::next_utterance`] has not given.
    #[must_use]
    pub fn finish(self) -> Vec<Utterance> {
        let Splitter { origin, frames, mut voice, mut joiner, mut found, .. } = self;
        let origin = origin.unwrap_or(0);
        let mut stretches = Vec::new();
        frames.finish(|frame| voice.push(frame, |stretch| stretches.push(stretch)));
        voice.finish(|stretch| stretches.push(stretch));
        let mut complete = Vec::new();
        for stretch in stretches {
            joiner.settle(stretch.start, |stretch| complete.push(stretch));
            joiner.push(stretch, |stretch| complete.push(stretch));
        }
        joiner.finish(|stretch| complete.push(stretch));
        found.extend(complete.into_iter().filter_map(|stretch| utterance(&voice, origin, stretch)));
        found.into()
    }
}

/// The utterance that a stretch is; none if it is as good as silent.
fn utterance(voice: &Voice, origin: usize, stretch: Stretch) -> Option<Utterance> {
    let Stretch { start, end, voiced } = stretch;
    (power_dbfs(voice.loudest(start, end)) >= SILENCE_FLOOR_DBFS).then(|| Utterance {
        start: origin + start * HOP,
        end: origin + end * HOP,
        voiced_s: voiced as f64 / FRAMES_PER_S as f64,
        above_background_db: voice.above_background_db(start, end),
    })
}

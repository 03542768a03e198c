//! A sound's features as `extract` gives them: of the whole sound, at the level as recorded, at its own rate or resampled.

use clap::ValueEnum;

use super::FileError;
use super::sound::Sink;
use egemaps::Extractor;
use egemaps::catalogue::{FEATURE_COUNT, LLD_COUNT};
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use undertone::audio::resample::Resampler;
use undertone::audio::{self, SAMPLE_RATE_HZ, check_length};

const FRAMES_PER_SECOND: f64 = 100.0;
/// What a frame's descriptors take at most: vectors that have just grown are twice as large as their contents.
const FRAME_BYTES: f64 = 200.0;
const FRAME_BYTES_WITH_LLDS: f64 = 400.0;

/// Memory that a second of sound takes, in bytes.
#[must_use]
pub fn bytes_per_s(llds: bool) -> f64 {
    FRAMES_PER_SECOND * if llds { FRAME_BYTES_WITH_LLDS } else { FRAME_BYTES }
}

/// The sampling rate that features are computed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rate {
    /// The file's own
    Native,
    /// Resampled to 16 kHz, what models are trained at
    #[value(name = "16000")]
    SixteenKilohertz,
}

/// The features of one sound.
#[derive(Debug, Clone, PartialEq)]
pub enum Features {
    /// The 88 functionals.
    Functionals(Box<[f32; FEATURE_COUNT]>),
    /// The low-level descriptors.
    Llds {
        /// A row for each frame.
        rows: Vec<[f32; LLD_COUNT]>,
        /// From the start of one frame to that of the next, in seconds.
        hop_s: f64,
    },
}

impl Features {
    /// The memory that they take beyond their own size.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Functionals(values) => size_of_val(&values[..]),
            Self::Llds { rows, .. } => size_of_val(&rows[..]),
        }
    }
}

/// Features of a sound that comes piece by piece: what is in memory are its descriptors.
pub struct Extracting {
    extractor: Extractor,
    /// None if there is nothing to resample: the samples go on as they are.
    resampler: Option<Resampler>,
    resampled: Vec<f32>,
    rate: Rate,
    count: usize,
    llds: bool,
}

impl Extracting {
    /// For a sound at a rate.
    ///
    /// # Errors
    /// [`FileError::Rate`].
    pub fn new(own_hz: u32, rate: Rate, llds: bool) -> Result<Self, FileError> {
        let (lowest, highest) = match rate {
            Rate::Native => (MIN_RATE_HZ, MAX_RATE_HZ),
            Rate::SixteenKilohertz => (audio::MIN_RATE_HZ, audio::MAX_RATE_HZ),
        };
        if !(lowest..=highest).contains(&own_hz) {
            return Err(FileError::Rate { rate_hz: own_hz });
        }
        let (rate_hz, resampler) = match rate {
            Rate::SixteenKilohertz if own_hz != SAMPLE_RATE_HZ => {
                (SAMPLE_RATE_HZ, Some(Resampler::new(own_hz)?))
            }
            Rate::Native | Rate::SixteenKilohertz => (own_hz, None),
        };
        let extractor = Extractor::new(rate_hz)?;
        let extractor = if llds { extractor } else { extractor.without_llds() };
        Ok(Self { extractor, resampler, resampled: Vec::new(), rate, count: 0, llds })
    }
}

impl Sink for Extracting {
    type Result = Features;

    fn push(&mut self, samples: &[f32]) -> Result<(), FileError> {
        let samples = match &mut self.resampler {
            Some(resampler) => {
                self.resampled.clear();
                resampler.push(samples, &mut self.resampled);
                &self.resampled
            }
            None => samples,
        };
        self.count += samples.len();
        Ok(self.extractor.push(samples)?)
    }

    fn finish(mut self) -> Result<Features, FileError> {
        if let Some(resampler) = self.resampler {
            self.resampled.clear();
            resampler.finish(&mut self.resampled);
            self.count += self.resampled.len();
            self.extractor.push(&self.resampled)?;
        }
        if self.rate == Rate::SixteenKilohertz {
            check_length(self.count)?;
        }
        let features = self.extractor.finish()?;
        Ok(if self.llds {
            Features::Llds { rows: features.llds, hop_s: features.hop_s }
        } else {
            Features::Functionals(Box::new(features.functionals))
        })
    }
}

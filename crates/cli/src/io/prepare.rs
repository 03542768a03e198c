//! A sound as a model takes it: resampled, cut to the speech and brought to one level.

use super::FileError;
use super::batch::Turn;
use super::channels::Channel;
use super::decode::{DecodeError, Limits};
use super::sound::{self, Beyond, Facts, Job, Selection, Sink};
use undertone::analysis::{Preparation, Prepared};
use undertone::audio::resample::Resampler;
use undertone::audio::{MAX_RATE_HZ, MIN_RATE_HZ, SAMPLE_RATE_HZ};

/// What a second of sound takes while it is analysed: samples as they came and levelled, and two sets of descriptors.
pub const BYTES_PER_S: f64 = 2.0 * 4.0 * SAMPLE_RATE_HZ as f64 + 2.0 * 100.0 * 300.0;

/// Computes everything of a sound that does not depend on a model.
pub struct Preparing {
    resampler: Resampler,
    samples: Vec<f32>,
}

impl Preparing {
    /// For a sound at a rate.
    ///
    /// # Errors
    /// [`FileError::Rate`].
    pub fn new(rate_hz: u32) -> Result<Self, FileError> {
        Self::check_rate(rate_hz)?;
        Ok(Self { resampler: Resampler::new(rate_hz)?, samples: Vec::new() })
    }

    /// Whether a sound at a rate can be brought to 16 kHz.
    ///
    /// # Errors
    /// [`FileError::Rate`].
    pub fn check_rate(rate_hz: u32) -> Result<(), FileError> {
        if (MIN_RATE_HZ..=MAX_RATE_HZ).contains(&rate_hz) { Ok(()) } else { Err(FileError::Rate { rate_hz }) }
    }
}

impl Sink for Preparing {
    type Result = Prepared;

    fn push(&mut self, samples: &[f32]) -> Result<(), FileError> {
        // At most as many samples as come, but for rates below that of the model.
        self.samples.try_reserve(2 * samples.len()).map_err(|_| DecodeError::Memory)?;
        self.resampler.push(samples, &mut self.samples);
        Ok(())
    }

    fn finish(mut self) -> Result<Prepared, FileError> {
        self.resampler.finish(&mut self.samples);
        Ok(Preparation::new(&self.samples)?.finish()?)
    }
}

/// Reads a file and computes everything that does not depend on a model. Also returns what is known of the file.
///
/// # Errors
/// [`FileError`] if the file cannot be decoded or has no features.
pub fn prepare(
    file: &std::path::Path,
    limits: Limits,
    turn: &Turn<'_>,
) -> Result<(Prepared, Facts), FileError> {
    let selection = Selection {
        channel: Channel::Mean,
        limits,
        windows: None,
        beyond: Beyond::Refuse,
        bytes_per_s: BYTES_PER_S,
    };
    let taken = sound::take(&Job::whole(file.to_owned()), selection, turn, Preparing::new)?;
    // A whole file has one row.
    let facts = taken.facts;
    let row = taken.rows.into_iter().next().map_or(Err(FileError::NoSegments), |row| row.result);
    row.map(|prepared| (prepared, facts))
}

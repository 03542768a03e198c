//! A sound file as a model takes it: decoded, resampled, cut to the speech and brought to one level.

use std::path::Path;

use super::{FileError, decode};
use undertone::analysis::{Preparation, Prepared};
use undertone::audio::resample;

/// Reads a file and computes everything that does not depend on a model.
///
/// # Errors
/// [`FileError`] if the file cannot be decoded or has no features.
pub fn prepare(file: &Path) -> Result<Prepared, FileError> {
    let sound = decode::read(file)?;
    let samples = resample::to_16k(&sound.samples, sound.rate_hz)?;
    Ok(Preparation::new(&samples)?.finish()?)
}

//! A sound file as a model takes it: decoded, resampled, cut to the speech and brought to one level.

use std::path::Path;

use super::FileError;
use super::batch::Turn;
use super::decode::Decoder;
use undertone::analysis::{Preparation, Prepared};
use undertone::audio::SAMPLE_RATE_HZ;
use undertone::audio::resample::Resampler;

/// What a second of sound takes while it is analysed: samples as they came and levelled, and two sets of descriptors.
const BYTES_PER_SECOND: f64 = 2.0 * 4.0 * SAMPLE_RATE_HZ as f64 + 2.0 * 100.0 * 300.0;

/// Reads a file and computes everything that does not depend on a model.
///
/// # Errors
/// [`FileError`] if the file cannot be decoded or has no features.
pub fn prepare(file: &Path, turn: &Turn<'_>) -> Result<Prepared, FileError> {
    let decoder = Decoder::open(file)?;
    turn.begin((BYTES_PER_SECOND * decoder.expected_s()) as u64)?;
    let samples = at_16k(decoder, turn)?;
    Ok(Preparation::new(&samples)?.finish()?)
}

/// The whole sound at 16 kHz.
fn at_16k(mut decoder: Decoder, turn: &Turn<'_>) -> Result<Vec<f32>, FileError> {
    let mut resampler = Resampler::new(decoder.rate_hz())?;
    let mut samples = Vec::new();
    while let Some(piece) = decoder.next_piece()? {
        turn.check()?;
        resampler.push(piece, &mut samples);
    }
    resampler.finish(&mut samples);
    Ok(samples)
}

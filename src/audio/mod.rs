//! Audio input: mono at 16 kHz, speech level and signal quality, speech region.
//!
//! | module | what it does |
//! |---|---|
//! | [`pcm`] | reads WAV, AIFF, CAF and AU, never trusting a header |
//! | [`flac`] | reads FLAC, natively and in Ogg |
//! | [`sound_file`] | both by one interface, piece by piece |
//! | [`wav`] | writes WAV |
//! | [`mix`] | one channel of several, or their mean |
//! | [`resample`] | brings any rate from 8 to 192 kHz to 16 kHz, in chunks of any size, to the same bits |
//! | [`level`] | active speech level after ITU-T P.56, and the gain to one fixed level |
//! | [`region`] | where the speech starts and ends: one rule for page, command line and training |
//! | [`sniff`] | what kind of file some bytes are, and its sampling rate, from the header alone |
//! | [`channels`] | whether the channels of a file are too unlike for their mean to say much |
//! | [`checks`] | signal quality: measures and flags |
//!
//! ```
//! use undertone::audio::{SAMPLE_RATE_HZ, check_samples, pcm, resample, wav};
//!
//! let file = wav::write_f32(&vec![0.1; 48_000], 48_000);
//! let sound = pcm::read(&file)?;
//! let samples = resample::to_16k(&sound.samples, sound.rate_hz)?;
//! assert_eq!(samples.len(), SAMPLE_RATE_HZ as usize);
//! check_samples(&samples)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//! * 0 dBFS is a mean square of 1, so a full-scale sine stands at −3.01 dBFS and a full-scale square wave at 0.
//! * Everything but [`pcm`], [`wav`] and [`resample`] expects [`SAMPLE_RATE_HZ`].
//! * A recording is thought to be surrounded by digital silence. Silence that a file carries at its ends is therefore
//!   no information: level, region and checks are the same with and without it.

pub mod channels;
pub mod checks;
mod error;
pub mod flac;
mod high_pass;
pub mod level;
pub mod mix;
pub mod pcm;
pub mod region;
pub mod resample;
pub mod sniff;
pub mod sound_file;
pub mod wav;

pub use checks::{check_length, check_samples};
pub use error::AudioError;

/// The one sampling rate that everything after [`crate::audio`] runs at, in Hz.
///
/// openSMILE's formants, jitter and shimmer depend on the sampling rate of one and the same recording, so a model is
/// valid only at the rate that it was trained at.
pub const SAMPLE_RATE_HZ: u32 = 16_000;

/// The lowest sampling rate that is accepted, in Hz.
pub const MIN_RATE_HZ: u32 = 8_000;
/// The highest sampling rate that is accepted, in Hz.
pub const MAX_RATE_HZ: u32 = 192_000;
/// The shortest sound that can be analysed, in seconds: one frame of the pitch analysis.
pub const MIN_DURATION_S: f64 = 0.06;
/// Less active speech than this has no score, in seconds: pieces of sentences that are shorter have little to do with the
/// score of the sentence.
pub const SHORTEST_ACTIVE_S: f64 = 0.35;

/// Length of a sound at [`SAMPLE_RATE_HZ`], s.
pub fn seconds(samples: usize) -> f64 {
    samples as f64 / f64::from(SAMPLE_RATE_HZ)
}

/// A rate that is given as any number, as a whole one; 0, which no resampler takes, if it is not: files have no such
/// rates, and microphones that have are refused.
pub fn whole_rate_hz(rate_hz: f64) -> u32 {
    if rate_hz.fract() == 0.0 { rate_hz as u32 } else { 0 }
}

/// How far work on a recording is that is done in pieces, so that a page can do other things between them.
#[derive(Debug)]
pub(crate) enum Progress<T> {
    /// The share that is done, below 1.
    Share(f64),
    /// The result; there is nothing left to do.
    Done(T),
}

impl<T> Progress<T> {
    /// The result of work that is carried on until it is done.
    pub(crate) fn wait(mut step: impl FnMut() -> Progress<T>) -> T {
        loop {
            if let Progress::Done(result) = step() {
                return result;
            }
        }
    }
}

/// The level of digital silence in decibels, so that a level is always a finite number.
pub const SILENCE_DBFS: f64 = -200.0;

/// 10·log10 of a mean square, never below [`SILENCE_DBFS`].
pub(crate) fn power_dbfs(mean_square: f64) -> f64 {
    if mean_square > 0.0 { (10.0 * libm::log10(mean_square)).max(SILENCE_DBFS) } else { SILENCE_DBFS }
}

/// From the first to the last sample that is not exactly zero: the recording without digital silence at its ends.
/// Empty when every sample is zero.
fn extent(samples: &[f32]) -> std::ops::Range<usize> {
    extent_where(samples, |v| v != 0.0)
}

/// From the first to the last sample that `is_sound`.
fn extent_where(samples: &[f32], is_sound: impl Fn(f32) -> bool) -> std::ops::Range<usize> {
    match (samples.iter().position(|v| is_sound(*v)), samples.iter().rposition(|v| is_sound(*v))) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_rate_refuses_what_is_no_whole_number_of_hertz() {
        assert_eq!(whole_rate_hz(44_100.0), 44_100);
        for odd in [44_100.5, f64::NAN, f64::INFINITY, -8_000.0] {
            assert_eq!(whole_rate_hz(odd), 0, "{odd}");
        }
    }

    #[test]
    fn extent_drops_only_exact_zeros_at_the_ends() {
        assert_eq!(extent(&[0.0, -0.0, 1e-30, 0.0, 2.0, 0.0]), 2..5);
        assert_eq!(extent(&[0.0; 3]), 0..0);
        assert_eq!(extent(&[]), 0..0);
    }
}

//! What is said of sounds that fail, in the words of the Python package: the command line's name its options.

use egemaps::ExtractError;
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use undertone::analysis::AnalysisError;
use undertone::audio::AudioError;
use undertone_cli::io::FileError;
use undertone_cli::io::decode::{Damage, DecodeError};
use undertone_cli::io::sound::Facts;

/// A sound, or a segment of it, that failed: its number, why, and the number that the operating system gave if it was that.
pub type Failure = (usize, String, Option<i32>);

/// Why a file was skipped.
pub fn failure(job: usize, error: &FileError) -> Failure {
    let os_error = match error {
        FileError::Decode(DecodeError::Open(error)) => error.raw_os_error(),
        _ => None,
    };
    (job, reason(error), os_error)
}

/// Why, in words.
pub fn reason(error: &FileError) -> String {
    match error {
        FileError::Rate { rate_hz } if (MIN_RATE_HZ..=MAX_RATE_HZ).contains(rate_hz) => error.to_string(),
        FileError::Rate { rate_hz } => format!(
            "its rate of {rate_hz} Hz is outside {MIN_RATE_HZ} to {MAX_RATE_HZ} Hz: bring it to 16 kHz with sampling_rate=16000, \
             resample=True"
        ),
        FileError::NoChannel { channel, count } => no_channel(i64::from(*channel) - 1, *count),
        FileError::Decode(DecodeError::TooLong { max_s }) => {
            format!("it holds more than {:.0} h of sound: cut it into parts", max_s / 3600.0)
        }
        FileError::Decode(DecodeError::Memory) => {
            "there is not enough memory for its sound: cut it into parts, or take num_workers=1".to_owned()
        }
        _ => error.to_string(),
    }
}

/// A channel that a sound does not have, counted from 0.
pub fn no_channel(channel: i64, count: usize) -> String {
    format!("there is no channel {channel} (counted from 0): the sound has {count}")
}

/// Whether a segment has too few samples for one frame: its features are NaN then, as opensmile-python has them.
pub fn is_short(error: &FileError) -> bool {
    let audio = |error: &AudioError| matches!(error, AudioError::Empty | AudioError::TooShort { .. });
    match error {
        FileError::Extract(ExtractError::TooShort { .. }) | FileError::NoWindow { .. } => true,
        FileError::Audio(error) | FileError::Analysis(AnalysisError::Audio(error)) => audio(error),
        _ => false,
    }
}

/// What is the matter with a file that was read all the same.
pub fn notes(job: usize, facts: Facts) -> Vec<(usize, String)> {
    let damaged = facts.damage.map(|Damage { at_s, missing_s }| {
        format!(
            "it is damaged at {at_s:.2} s: {missing_s:.3} s in all cannot be read, and silence stands in their place"
        )
    });
    let cut = facts.missing_end.map(|cut| format!("it is cut off {cut}, and was taken as far as it goes"));
    damaged.into_iter().chain(cut).map(|note| (job, note)).collect()
}

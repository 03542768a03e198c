//! Reading and writing WAV: one reader, so that page and command line turn the same bytes into the same samples.
//!
//! # What is read
//! PCM with 8 (unsigned), 16, 24 and 32 bits, IEEE float with 32 and 64 bits, plain or as `WAVE_FORMAT_EXTENSIBLE`,
//! with any number of channels, whose mean is taken. Integers are divided by 2^(bits − 1); 8-bit samples are centred on
//! 128 first. Chunks of other kinds are skipped.
//!
//! # How far a header is believed
//! * The length of the sound is what the `data` chunk declares. If the file holds less, that is
//!   [`WavError::Truncated`], never a silently shorter sound.
//! * A live recording cannot know its length when it writes its header. Sizes from `0x7FFF_F000` on that reach past the
//!   end of the file (tools write `0x7FFF_F000`, `0x8000_0000` and `0xFFFF_FFFF`) are such placeholders, and so is a
//!   `data` size of 0 where the RIFF size, too, ends at or before the sound although bytes follow. Then the
//!   sound lasts till the end of the file. A finished header with a `data` size of 0 is an empty sound.
//! * Bytes after the last whole frame are ignored, as is the field of bytes per second: both are redundant, and
//!   often wrong in files that are fine otherwise. A block size that does not fit channels × bits is an error.
//! * No header makes the reader allocate more than the bytes that are there ask for.
//!
//! ```
//! use undertone::audio::wav;
//!
//! let bytes = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
//! let wave = wav::read(&bytes)?;
//! assert_eq!((wave.rate_hz, wave.samples), (44_100, vec![0.0, 0.25, -0.5]));
//!
//! // A file that was cut off is an error, not a shorter sound.
//! assert!(wav::read(&bytes[..bytes.len() - 4]).is_err());
//! # Ok::<(), wav::WavError>(())
//! ```

mod read;
mod write;

use serde::Serialize;

pub use read::{Header, is_wav, read};
pub use write::{write_f32, write_pcm16};

/// The sound of a WAV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Sampling rate, in Hz; never 0, but not otherwise checked.
    pub rate_hz: u32,
    /// Number of channels in the file; at least 1.
    pub channels: u16,
    /// Mono: the mean of the channels, in −1 … 1 for integer formats, unbounded but finite for float formats.
    pub samples: Vec<f32>,
}

/// Which statement of a header is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HeaderField {
    /// There is no `fmt ` chunk before the sound; the value is 0.
    FormatChunk,
    /// The `fmt ` chunk is too small for what it must hold; the value is its size in bytes.
    FormatSize,
    /// No channels.
    Channels,
    /// A sampling rate of 0.
    SampleRate,
    /// The block size is not channels × bytes per sample.
    BlockAlign,
    /// There is no `data` chunk; the value is 0.
    DataChunk,
}

impl std::fmt::Display for HeaderField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::FormatChunk => "the missing format chunk",
            Self::FormatSize => "the size of the format chunk",
            Self::Channels => "the number of channels",
            Self::SampleRate => "the sampling rate",
            Self::BlockAlign => "the block size",
            Self::DataChunk => "the missing data chunk",
        })
    }
}

/// Why bytes are not a readable WAV file.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum WavError {
    /// The bytes do not begin with `RIFF….WAVE`.
    #[error("this is not a WAV file: choose a WAV file, or convert it")]
    NotWav,
    /// The file ends before the sound that it declares does.
    #[error("the file is cut off after {} s{}: copy or export it again", hundredths(*present_s), of_declared(*declared_s))]
    Truncated {
        /// How much sound is there, in seconds; 0 when the file ends within its header.
        present_s: f64,
        /// How much the header declares, in seconds; none when the file ends within its header.
        declared_s: Option<f64>,
    },
    /// The header contradicts itself.
    #[error("the header is wrong ({field}, {value}): export the file again")]
    BadHeader {
        /// What is wrong.
        field: HeaderField,
        /// What the file says there.
        value: u32,
    },
    /// A legal WAV file with an encoding that is not read, such as µ-law or ADPCM.
    #[error("the encoding (format {tag:#06x}, {bits} bits) is not read: export as 16-bit PCM")]
    UnsupportedFormat {
        /// The format tag; of the subformat, in the extensible format.
        tag: u16,
        /// Bits per sample.
        bits: u16,
    },
    /// A float sample is NaN or infinite, or does not fit into 32 bits.
    #[error("sample {index} is not a finite number: the file is damaged, export it again")]
    NotFinite {
        /// The first such frame, counted from 0.
        index: usize,
    },
}

fn of_declared(declared_s: Option<f64>) -> String {
    declared_s.map_or_else(|| " (within its header)".to_owned(), |s| format!(" of {} s", hundredths(s)))
}

/// A duration with two digits after the point: of whole numbers, whose digits take little of the page's module.
fn hundredths(seconds: f64) -> String {
    let count = (seconds * 100.0).round() as u64;
    format!("{}.{:02}", count / 100, count % 100)
}

impl WavError {
    /// A name that does not change with the wording: what messages are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotWav => "not_wav",
            Self::Truncated { .. } => "truncated",
            Self::BadHeader { .. } => "bad_header",
            Self::UnsupportedFormat { .. } => "unsupported_format",
            Self::NotFinite { .. } => "not_finite",
        }
    }
}

/// Format tags of the `fmt ` chunk (Microsoft, "Multiple channel audio data and WAVE files").
mod tag {
    pub const PCM: u16 = 1;
    pub const FLOAT: u16 = 3;
    pub const EXTENSIBLE: u16 = 0xFFFE;
}

#[cfg(test)]
mod tests;

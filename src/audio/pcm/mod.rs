//! Reading uncompressed sound, and what is nearly so: one reader, so that page and command line turn the same bytes into the same
//! samples.
//!
//! # What is read
//! | container | encodings |
//! |---|---|
//! | WAV (RIFF, RIFX, RF64, BW64), Wave64 | integers, floats, A-law, µ-law, ADPCM of Microsoft and of IMA |
//! | AIFF, AIFC | integers and floats in both byte orders, A-law, µ-law, `ima4` |
//! | CAF | integers and floats in both byte orders, A-law, µ-law, `ima4` |
//! | AU (SND) | integers, floats, A-law, µ-law |
//!
//! Integers have up to 64 bits in as many bytes as they need. Of n bytes they are divided by 2^(8n − 1): those that do not fill
//! their bytes, of 12 or 20 bits, are justified to the left. In WAV up to 8 bits are unsigned, centred on half of the
//! range. Floats have 32 or 64 bits. Any number of channels is read, and their mean taken. Sampling rates that are not whole
//! are rounded. Chunks of other kinds are skipped.
//!
//! # How far a header is believed
//! * The length of the sound is what its chunk declares. A header that declares up to a block more than there is, or as much more as
//!   the header itself is long (up to 256 bytes), or the length of the whole file, has counted wrongly, and the sound is whole.
//!   If more is missing, the sound is read up to the end of the file, and [`Header::missing_end`] says so, never silently.
//! * A live recording cannot know its length when it writes its header. In WAV, sizes from `0x7FFF_F000` on that reach past the
//!   end of the file (tools write `0x7FFF_F000`, `0x8000_0000` and `0xFFFF_FFFF`) are such placeholders, in AIFF those from
//!   `0x7F00_0000` on, and so is a size of 0 where the size of the whole, too, ends at or before the sound although bytes
//!   follow. In CAF and AU, a size of −1 is one. Then the sound lasts till the end of the file. A finished header with a size of 0 is an
//!   empty sound.
//! * Bytes after the last whole frame are ignored, as is the field of bytes per second: both are redundant, and
//!   often wrong in files that are fine otherwise. A block size that does not fit channels × bits is an error.
//! * The number of frames is believed where it ends the last block of ADPCM early, and nowhere else.
//! * No header makes the reader allocate more than the bytes that are there ask for.
//!
//! ```
//! use undertone::audio::{pcm, wav};
//!
//! let bytes = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
//! let sound = pcm::read(&bytes)?;
//! assert_eq!((sound.rate_hz, sound.samples), (44_100, vec![0.0, 0.25, -0.5]));
//!
//! // A file that was cut off is read, and says so.
//! let long = wav::write_f32(&[0.25; 44_100], 44_100);
//! let missing_end = pcm::read(&long[..long.len() / 2])?.missing_end.unwrap();
//! assert_eq!(missing_end.to_string(), "0.50 s of 1.00 s");
//! # Ok::<(), pcm::PcmError>(())
//! ```

mod adpcm;
mod aiff;
mod au;
mod caf;
mod chunks;
mod encoding;
mod error;
mod fields;
mod format;
mod header;
mod place;
mod riff;

pub use error::{HeaderField, MissingEnd, PcmError};
pub use header::{Decoder, Header, HeaderReader};

/// A sound that was read as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// Sampling rate, in Hz; never 0, but not otherwise checked.
    pub rate_hz: u32,
    /// Number of channels in the file; at least 1.
    pub channels: usize,
    /// Mono: the mean of the channels, in −1 … 1 for all but floats, which are unbounded but finite.
    pub samples: Vec<f32>,
    /// What is missing, if the file was cut off.
    pub missing_end: Option<MissingEnd>,
}

/// Blocks that are decoded at a time: as many as fit into these bytes.
const PIECE_BYTES: usize = 1 << 16;

/// Whether the bytes begin like one of the containers; looks at the first forty at most.
#[must_use]
pub fn is_pcm(bytes: &[u8]) -> bool {
    header::Container::of(bytes).is_some()
}

/// Reads a whole file, mixing its channels to mono.
///
/// # Errors
/// See [`PcmError`]; how far the header is believed stands in the [module's text](self). Any bytes are legal
/// input: the reader does not panic.
pub fn read(bytes: &[u8]) -> Result<Sound, PcmError> {
    // With the whole file at hand, the header is never incomplete.
    let header = Header::parse(bytes, bytes.len() as u64)?.ok_or(PcmError::NotPcm)?;
    let mut samples = Vec::with_capacity(header.frames() as usize);
    let (sound, mut decoder) = (header.sound(), header.decoder());
    let piece = (PIECE_BYTES / header.block_bytes()).max(1) * header.block_bytes();
    for blocks in bytes[sound.start as usize..sound.end as usize].chunks(piece) {
        decoder.mono(blocks, None, &mut samples)?;
    }
    let (rate_hz, channels, missing_end) = (header.rate_hz(), header.channels(), header.missing_end());
    Ok(Sound { rate_hz, channels, samples, missing_end })
}

#[cfg(test)]
mod tests;

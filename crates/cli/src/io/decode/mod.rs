//! Any sound file → mono samples at the file's own rate, piece by piece or as a whole.
//!
//! The format is recognised by the first bytes, not by the file name. Uncompressed sound goes through [`undertone::audio::pcm`], as
//! in the page; everything else through Symphonia, and Opus through a decoder of its own. Files are read as they are decoded; what
//! is no regular file, such as a pipe, is read first.
//!
//! | file | what it does |
//! |---|---|
//! | `stored` | uncompressed sound |
//! | `packets` | compressed sound |
//! | `opus` | packets of Opus |
//! | `mp4` | which part of an MP4 file is to be heard, HE-AAC |
//! | `whole` | whether Ogg and WebM files are whole |
//! | `guard` | a panic in a decoder is an error of its file |
//! | `error` | what is said of files that are not read |
//!
//! A file that was cut off is read up to its end, and [`Decoder::missing_end`] says so; with [`Limits::strict`] it is an error. It
//! is seen as far as the format can tell:
//! * WAV, AIFF, CAF, AU, FLAC: the header states the length; FLAC's checksum of the samples is checked as well.
//! * Ogg: every page must be whole and the last one must be marked as such.
//! * MP4, WebM: every box and element, and every packet that an index lists, must be there.
//! * MP3: only a file with a LAME tag states its length. A cut in a bare stream of frames cannot be seen.

mod error;
mod guard;
mod mp4;
mod opus;
mod packets;
mod stored;
mod whole;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use symphonia::core::io::{MediaSource, ReadOnlySource};
use undertone::audio::pcm::{self, Header, PcmError};
use undertone::audio::sniff::{Kind, id3_bytes, sniff};

pub use error::{CutOff, DecodeError};

use guard::guarded;
use mp4::Mp4;
use packets::{Known, Packets};
use stored::Stored;
use whole::{ogg_is_whole, webm_end};

/// Of a file's first bytes, as many as its format shows in.
const FIRST_BYTES: u64 = 1 << 17;
/// Samples that a byte of a compressed file is expected to hold if its header does not say: 44.1 kHz at 44 kbit/s.
const SAMPLES_PER_BYTE: u64 = 8;
/// CAF with a codec that Symphonia reads: Apple Lossless.
const CAF_ALAC: u32 = u32::from_be_bytes(*b"alac");

/// What is taken of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Whether a file that was cut off is an error.
    pub strict: bool,
    /// The longest sound that is decoded, in seconds.
    pub max_s: f64,
}

/// A day, and what there is of files that were cut off.
impl Default for Limits {
    fn default() -> Self {
        Self { strict: false, max_s: 86_400.0 }
    }
}

/// A decoded file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// The file's own sampling rate, in Hz.
    pub rate_hz: u32,
    /// Mono: the mean of the channels; finite.
    pub samples: Vec<f32>,
}

/// Reads and decodes a whole file. One that was cut off is an error.
///
/// # Errors
/// See [`DecodeError`].
pub fn read(path: &Path) -> Result<Sound, DecodeError> {
    Decoder::open(path, Limits { strict: true, ..Limits::default() })?.whole()
}

/// Decodes the bytes of a file. One that was cut off is an error.
///
/// # Errors
/// See [`DecodeError`], except [`DecodeError::Open`].
pub fn decode(bytes: Vec<u8>) -> Result<Sound, DecodeError> {
    Decoder::of_bytes(bytes, Limits { strict: true, ..Limits::default() })?.whole()
}

/// A file that is being decoded: gives its samples piece by piece.
pub struct Decoder {
    rate_hz: u32,
    expected: u64,
    limits: Limits,
    missing_end: Option<CutOff>,
    source: Source,
    /// Samples that were given out.
    given: u64,
    /// The piece that was given out last.
    samples: Vec<f32>,
}

enum Source {
    Stored(Box<Stored>),
    Packets(Box<Packets>),
}

impl Decoder {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// See [`DecodeError`].
    pub fn open(path: &Path, limits: Limits) -> Result<Self, DecodeError> {
        let mut file = File::open(path)?;
        if file.metadata()?.is_file() {
            return Self::new(Box::new(file), limits);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Self::of_bytes(bytes, limits)
    }

    /// Takes the bytes of a file, and reads its header.
    ///
    /// # Errors
    /// See [`DecodeError`], except [`DecodeError::Open`].
    pub fn of_bytes(bytes: Vec<u8>, limits: Limits) -> Result<Self, DecodeError> {
        Self::new(Box::new(Cursor::new(bytes)), limits)
    }

    fn new(bytes: Box<dyn MediaSource>, limits: Limits) -> Result<Self, DecodeError> {
        let decoder = guarded(|| Self::opened(bytes, limits))?;
        let max_s = limits.max_s;
        let known = match &decoder.source {
            Source::Stored(_) => true,
            Source::Packets(packets) => packets.expected().is_some(),
        };
        if known && decoder.expected_s() > max_s {
            return Err(DecodeError::TooLong { max_s });
        }
        Ok(decoder)
    }

    fn opened(mut bytes: Box<dyn MediaSource>, limits: Limits) -> Result<Self, DecodeError> {
        let length = bytes.seek(SeekFrom::End(0))?;
        let mut first = beginning(&mut bytes, FIRST_BYTES)?;
        if pcm::is_pcm(&first) {
            let header = loop {
                match Header::parse(&first, length) {
                    Ok(Some(header)) => break Ok(header),
                    // Beginnings that would have to be longer than the file are errors.
                    Ok(None) => first = beginning(&mut bytes, 2 * first.len() as u64)?,
                    Err(error) => break Err(error),
                }
            };
            match header {
                Ok(header) => return Self::stored(bytes, header, limits),
                Err(PcmError::UnsupportedFormat { tag: CAF_ALAC, .. }) if first.starts_with(b"caff") => {}
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(tag) = id3_bytes(&first) {
            first = beginning(&mut bytes, tag as u64 + FIRST_BYTES)?;
        }
        let kind = sniff(&first).kind;
        if let Some(refusal) = error::refusal(kind) {
            return Err(refusal);
        }
        let mut known = Known::default();
        match kind {
            Kind::OggVorbis | Kind::OggOpus | Kind::OggFlac | Kind::OggOther => {
                known.cut = !ogg_is_whole(&mut bytes)?
            }
            Kind::Mp4 => {
                let mp4 = Mp4::read(&mut bytes, length)?;
                known.cut = !mp4.whole;
                known.mp4 = Some(mp4);
            }
            Kind::Webm => {
                let end = webm_end(&mut bytes)?;
                (known.cut, known.padding_ns) = (end.cut, end.padding_ns);
                known.ends_with_file = !end.cut;
            }
            _ => {}
        }
        bytes.rewind()?;
        let cut = known.cut;
        // Of a file without its end, indices lead nowhere: it is read from the start on.
        let bytes = if cut { Box::new(ReadOnlySource::new(bytes)) } else { bytes };
        let (packets, samples) = Packets::open(bytes, known).map_err(|error| match error {
            // The index was behind the end.
            DecodeError::Damaged { .. }
            | DecodeError::NoSoundTrack
            | DecodeError::Unread { name: packets::ODD_CONTAINER }
                if cut =>
            {
                DecodeError::Truncated(CutOff { present_s: 0.0, declared_s: None })
            }
            error => error,
        })?;
        Ok(Self {
            rate_hz: packets.rate_hz,
            expected: packets.expected().unwrap_or(SAMPLES_PER_BYTE * length),
            limits,
            missing_end: None,
            source: Source::Packets(Box::new(packets)),
            given: 0,
            samples,
        })
    }

    fn stored(mut bytes: Box<dyn MediaSource>, header: Header, limits: Limits) -> Result<Self, DecodeError> {
        let missing_end = header.missing_end().map(CutOff::from);
        if let Some(cut) = missing_end.filter(|_| limits.strict) {
            return Err(DecodeError::Truncated(cut));
        }
        bytes.seek(SeekFrom::Start(header.sound().start))?;
        let (rate_hz, expected) = (header.rate_hz(), header.frames());
        let source = Source::Stored(Box::new(Stored::new(bytes, header)));
        Ok(Self { rate_hz, expected, limits, missing_end, source, given: 0, samples: Vec::new() })
    }

    /// The file's own sampling rate, in Hz; never 0.
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// How many channels the file has; at least 1.
    pub fn channels(&self) -> usize {
        match &self.source {
            Source::Stored(stored) => stored.header.channels(),
            Source::Packets(packets) => packets.channels,
        }
    }

    /// One channel, the first is 0, of the piece that [`Decoder::next_piece`] gave last; as many samples as that has.
    pub fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        samples.clear();
        match &self.source {
            Source::Stored(stored) => stored.channel(index, samples),
            Source::Packets(packets) => packets.channel(index, samples),
        }
    }

    /// How much sound there is about, s, as the header says or as the size of the file suggests.
    pub fn expected_s(&self) -> f64 {
        self.expected as f64 / f64::from(self.rate_hz)
    }

    /// Where the file was cut off, if it was; known for sure when [`Decoder::next_piece`] has returned None.
    pub fn missing_end(&self) -> Option<CutOff> {
        self.missing_end
    }

    /// The next samples: mono, the mean of the channels, finite. None at the end; call it no more then.
    ///
    /// # Errors
    /// See [`DecodeError`]. Errors that only the end shows come last, so samples count only when None was returned.
    pub fn next_piece(&mut self) -> Result<Option<&[f32]>, DecodeError> {
        let Self { source, samples, .. } = self;
        let more = guarded(|| match source {
            Source::Stored(stored) => stored.next(samples),
            Source::Packets(packets) => packets.next(samples),
        });
        match more {
            Err(DecodeError::Truncated(cut)) if !self.limits.strict && self.given > 0 => {
                self.missing_end = Some(cut);
                return Ok(None);
            }
            more => {
                if !more? {
                    return Ok(None);
                }
            }
        }
        self.given += self.samples.len() as u64;
        if self.given as f64 > self.limits.max_s * f64::from(self.rate_hz) {
            return Err(DecodeError::TooLong { max_s: self.limits.max_s });
        }
        Ok(Some(&self.samples))
    }

    fn whole(mut self) -> Result<Sound, DecodeError> {
        let mut samples = Vec::new();
        if let Source::Stored(stored) = &self.source {
            samples.try_reserve_exact(stored.header.frames() as usize).map_err(|_| DecodeError::Memory)?;
        }
        while let Some(piece) = self.next_piece()? {
            samples.try_reserve(piece.len()).map_err(|_| DecodeError::Memory)?;
            samples.extend_from_slice(piece);
        }
        Ok(Sound { rate_hz: self.rate_hz, samples })
    }
}

/// The first bytes of a file, as many as there are up to `count`.
fn beginning(bytes: &mut Box<dyn MediaSource>, count: u64) -> io::Result<Vec<u8>> {
    bytes.rewind()?;
    let mut first = Vec::new();
    bytes.take(count).read_to_end(&mut first)?;
    Ok(first)
}

#[cfg(test)]
mod tests;

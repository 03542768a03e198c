//! Any sound file → mono samples at the file's own rate, piece by piece or as a whole.
//!
//! The format is recognised by the first bytes, not by the file name. Uncompressed sound goes through [`undertone::audio::pcm`], as
//! in the page; everything else through Symphonia, and Opus through a decoder of its own. Files are read as they are decoded; what
//! is no regular file, such as a pipe, is read first.
//!
//! | file | what it does |
//! |---|---|
//! | `stored`, `header` | uncompressed sound |
//! | `packets` | compressed sound: decoders, and silence where something is missing |
//! | `item`, `window` | what containers give; bytes that lie ahead |
//! | `frames` | MPEG audio and AAC without a container |
//! | `ogg` | Ogg: pages, packets, chains |
//! | `opus` | packets of Opus |
//! | `mp4` | which part of an MP4 file is to be heard, HE-AAC |
//! | `webm` | whether WebM files are whole, and what is damaged in them |
//! | `guard` | a panic in a decoder is an error of its file |
//! | `error` | what is said of files that are not read |
//!
//! A file that was cut off is read up to its end, and [`Decoder::missing_end`] says so; with [`Limits::strict`] it is an error. It
//! is seen as far as the format can tell:
//! * WAV, AIFF, CAF, AU, FLAC: the header states the length; FLAC's checksum of the samples is checked as well.
//! * Ogg: the last page must be marked as such.
//! * MP4, WebM: every box and element, and every packet that an index lists, must be there.
//! * MP3, MP2, ADTS: the last frame must be whole; a file with a LAME tag states its length as well.
//!
//! Sound that is missing in the middle is silence, so that times stay right, and [`Decoder::damage`] says how much it is; with
//! [`Limits::strict`] it is an error. It is seen by the checksums and numbers of Ogg's pages and FLAC's frames, by bytes that are no
//! frame or element, and by packets that cannot be decoded. What is changed within a packet may decode to something else.

mod error;
mod frames;
mod guard;
mod header;
mod item;
mod mp4;
mod ogg;
mod opus;
mod packets;
mod stored;
mod webm;
mod window;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use symphonia::core::io::{MediaSource, ReadOnlySource};
use undertone::audio::pcm::{self, Header, PcmError};
use undertone::audio::sniff::{Kind, id3_bytes, sniff};

pub use error::{CutOff, Damage, DecodeError};

use guard::guarded;
use header::header;
use mp4::Mp4;
use packets::{Known, Packets};
use stored::Stored;
use webm::{Patched, webm_end};

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
            match header(&mut bytes, &first, length)? {
                Ok(header) => return Self::stored(bytes, header, limits),
                Err(PcmError::UnsupportedFormat { tag: CAF_ALAC, .. }) if first.starts_with(b"caff") => {}
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(tag) = id3_bytes(&first) {
            // Pictures in it may be large.
            bytes.seek(SeekFrom::Start(tag as u64))?;
            first.clear();
            (&mut bytes).take(FIRST_BYTES).read_to_end(&mut first)?;
        }
        let kind = sniff(&first).kind;
        if let Some(refusal) = error::refusal(kind) {
            return Err(refusal);
        }
        let mut known = Known { kind: Some(kind), ..Known::default() };
        let mut patches = Vec::new();
        match kind {
            Kind::Mp4 => {
                let mp4 = Mp4::read(&mut bytes, length)?;
                known.cut = !mp4.whole;
                known.mp4 = Some(mp4);
            }
            Kind::Webm => {
                let end = webm_end(&mut bytes)?;
                (known.cut, known.padding_ns) = (end.cut, end.padding_ns);
                known.ends_with_file = !end.cut;
                known.damaged = !end.damaged.is_empty();
                patches = end.damaged;
            }
            _ => {}
        }
        bytes.rewind()?;
        if !patches.is_empty() {
            bytes = Box::new(Patched::new(bytes, patches));
        }
        let cut = known.cut;
        // Of a file without its end, or with damage, indices lead nowhere: it is read from the start on.
        let bytes = if cut || known.damaged { Box::new(ReadOnlySource::new(bytes)) } else { bytes };
        let (packets, samples) = Packets::open(bytes, known).map_err(|error| match error {
            // The index was behind the end.
            DecodeError::Damaged { .. }
            | DecodeError::NoSoundTrack
            | DecodeError::Unread { name: error::ODD_CONTAINER }
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

    /// A file of uncompressed sound, whose header was read.
    fn stored(mut bytes: Box<dyn MediaSource>, header: Header, limits: Limits) -> Result<Self, DecodeError> {
        let missing_end = header.missing_end().map(CutOff::from);
        if let Some(cut) = missing_end.filter(|_| limits.strict || header.frames() == 0) {
            return Err(DecodeError::Truncated(cut));
        }
        if header.frames() == 0 {
            return Err(DecodeError::NoSamples);
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

    /// What is missing in the middle, if anything is; known for sure when [`Decoder::next_piece`] has returned None.
    pub fn damage(&self) -> Option<Damage> {
        match &self.source {
            Source::Stored(_) => None,
            Source::Packets(packets) => packets.damage(),
        }
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
        if let Some(damage) = self.damage().filter(|_| self.limits.strict) {
            return Err(DecodeError::Damaged { present_s: damage.at_s });
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

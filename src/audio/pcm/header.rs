//! Where the sound lies in a file, how long it is, and how it is decoded.

use std::ops::Range;

use super::adpcm::Ima;
use super::error::{MissingEnd, PcmError};
use super::format::Format;
use super::place::{Declared, Known, Place, Source};
use super::{aiff, au, caf, riff};
use crate::audio::mix;

/// The containers that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// RIFF/WAVE, with big-endian RIFX.
    Riff { big: bool },
    /// RF64 or BW64: RIFF/WAVE beyond 4 GiB.
    Rf64,
    /// Sony's Wave64.
    Wave64,
    /// AIFF or AIFC.
    Aiff { compressed: bool },
    /// Apple's Core Audio Format.
    Caf,
    /// Sun's AU, also called SND.
    Au { big: bool },
}

/// The first bytes of Wave64: the GUID of `riff`, a size, and the GUID of `wave`.
const WAVE64_RIFF: &[u8; 16] = b"riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0";
/// How many bytes tell containers apart.
const MAGIC_BYTES: u64 = 40;

impl Container {
    /// Which container begins like this.
    pub fn of(first: &[u8]) -> Option<Self> {
        let has = |at: usize, wanted: &[u8]| first.get(at..).is_some_and(|rest| rest.starts_with(wanted));
        let wave = has(8, b"WAVE");
        Some(match first.first_chunk::<4>()? {
            b"RIFF" if wave => Self::Riff { big: false },
            b"RIFX" if wave => Self::Riff { big: true },
            b"RF64" | b"BW64" if wave => Self::Rf64,
            b"riff" if has(0, WAVE64_RIFF) && has(24, b"wave") => Self::Wave64,
            b"FORM" if has(8, b"AIFF") => Self::Aiff { compressed: false },
            b"FORM" if has(8, b"AIFC") => Self::Aiff { compressed: true },
            b"caff" => Self::Caf,
            b".snd" => Self::Au { big: true },
            b"dns." => Self::Au { big: false },
            _ => return None,
        })
    }
}

/// What a header says: where the sound lies, and how it is stored. For files that are not read as a whole.
///
/// ```
/// use undertone::audio::{pcm::Header, wav};
///
/// let file = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
/// assert_eq!(Header::parse(&file[..20], file.len() as u64), Ok(None), "more of the file is needed");
/// let header = Header::parse(&file[..64], file.len() as u64)?.unwrap();
/// assert_eq!((header.rate_hz(), header.frames()), (44_100, 3));
///
/// let (sound, mut samples) = (header.sound(), Vec::new());
/// let mut decoder = header.decoder();
/// for blocks in file[sound.start as usize..sound.end as usize].chunks(2 * header.block_bytes()) {
///     decoder.mono(blocks, None, &mut samples)?;
/// }
/// assert_eq!(samples, [0.0, 0.25, -0.5]);
/// # Ok::<(), undertone::audio::pcm::PcmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    format: Format,
    /// Bytes of the file that hold the sound.
    sound: Range<u64>,
    frames: u64,
    missing_end: Option<MissingEnd>,
}

impl Header {
    /// Reads the header from the `first` bytes of a file of `file_bytes` bytes. None if it goes on behind them.
    ///
    /// # Errors
    /// As [`read`](super::read), except [`PcmError::NotFinite`].
    pub fn parse(first: &[u8], file_bytes: u64) -> Result<Option<Header>, PcmError> {
        HeaderReader::new(file_bytes).push(first)
    }

    fn new(place: Place, file_bytes: u64) -> Header {
        let Place { format, start, declared, counted } = place;
        let present = file_bytes.saturating_sub(start);
        let bytes = match declared {
            Declared::Bytes(declared) => declared.min(present),
            Declared::ToTheEnd => present,
        };
        let whole =
            bytes - if format.encoding.sample_bytes().is_some() { bytes % format.block as u64 } else { 0 };
        let held = format.frames(whole);
        let frames = counted
            .filter(|counted| *counted < held && held - counted < format.block_frames())
            .unwrap_or(held);
        let seconds = |frames: u64| frames as f64 / f64::from(format.rate_hz);
        let missing_end = match declared {
            Declared::Bytes(declared) if is_cut(&format, start, declared, present, file_bytes) => {
                let declared_s = seconds(format.frames(declared));
                Some(MissingEnd { present_s: seconds(frames), declared_s })
                    .filter(|end| end.declared_s > end.present_s)
            }
            _ => None,
        };
        Header { format, sound: start..start + whole, frames, missing_end }
    }

    /// Sampling rate, in Hz; never 0, but not otherwise checked.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.format.rate_hz
    }

    /// Number of channels; at least 1.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.format.channels
    }

    /// Number of frames, which is that of samples of each channel.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Bytes that are decoded together: a frame, one sample of every channel, or a block of ADPCM.
    #[must_use]
    pub fn block_bytes(&self) -> usize {
        self.format.block
    }

    /// Frames in a block: 1 but in ADPCM.
    #[must_use]
    pub fn block_frames(&self) -> u64 {
        self.format.block_frames()
    }

    /// Which bytes of the file hold the sound: whole blocks, of which only the last may end early, and that in ADPCM alone.
    #[must_use]
    pub fn sound(&self) -> Range<u64> {
        self.sound.clone()
    }

    /// Which bytes of the file hold the blocks that some of the frames are in; frames that do not exist are left out.
    #[must_use]
    pub fn bytes(&self, frames: Range<u64>) -> Range<u64> {
        let (block, block_frames) = (self.format.block as u64, self.format.block_frames());
        let place = |block_number: u64| {
            (self.sound.start.saturating_add(block_number.saturating_mul(block))).min(self.sound.end)
        };
        let start = place(frames.start.min(self.frames) / block_frames);
        start..place(frames.end.min(self.frames).div_ceil(block_frames)).max(start)
    }

    /// How much the file lacks of the sound that its header declares; none if it is whole, or as good as whole.
    #[must_use]
    pub fn missing_end(&self) -> Option<MissingEnd> {
        self.missing_end
    }

    /// Decodes from the beginning of the sound on.
    #[must_use]
    pub fn decoder(&self) -> Decoder {
        self.decoder_at(0)
    }

    /// Decodes from the block on that begins with `frame`. Of `ima4` alone, the first samples may then be off by up to 127/32768,
    /// since its blocks do not say exactly where they begin.
    #[must_use]
    pub fn decoder_at(&self, frame: u64) -> Decoder {
        Decoder {
            format: self.format.clone(),
            left: self.frames.saturating_sub(frame),
            frame,
            states: vec![Ima::default(); self.format.channels],
            interleaved: Vec::new(),
        }
    }
}

/// So many bytes are wanted of a header at a time: any chunk that matters fits in.
const WANTED_BYTES: u64 = 1 << 17;

/// Reads a header of which the bytes come by and by, in bounded memory: what stands before the sound and is none of it, such as pictures,
/// notes and padding, is passed over.
///
/// ```
/// use undertone::audio::{pcm::{Header, HeaderReader}, wav};
///
/// let sound = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
/// let file = [&sound[..12], b"JUNK\x80\x84\x1e\0", &[0; 2_000_000], &sound[12..]].concat();
/// let mut reader = HeaderReader::new(file.len() as u64);
/// let (mut given, mut header) = (0, None);
/// while header.is_none() {
///     let wanted = reader.wanted();
///     given += wanted.end - wanted.start;
///     header = reader.push(&file[wanted.start as usize..wanted.end as usize])?;
/// }
/// assert!(given < 150_000);
/// assert_eq!(header, Header::parse(&file, file.len() as u64)?);
/// # Ok::<(), undertone::audio::pcm::PcmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct HeaderReader {
    file_bytes: u64,
    container: Option<Container>,
    known: Known,
}

impl HeaderReader {
    /// For a file of so many bytes.
    #[must_use]
    pub fn new(file_bytes: u64) -> HeaderReader {
        HeaderReader { file_bytes, container: None, known: Known::default() }
    }

    /// Which bytes of the file are needed next; never none.
    #[must_use]
    pub fn wanted(&self) -> Range<u64> {
        let at = self.known.at;
        at..at.saturating_add(WANTED_BYTES).min(self.file_bytes)
    }

    /// Takes bytes from where [`wanted`](HeaderReader::wanted) begins, as many as there are at hand. None if the header goes on; if it goes on at
    /// the same place, there were too few.
    ///
    /// # Errors
    /// As [`Header::parse`].
    pub fn push(&mut self, bytes: &[u8]) -> Result<Option<Header>, PcmError> {
        let HeaderReader { file_bytes, container, known } = self;
        let source = Source { bytes, from: known.at, file_bytes: *file_bytes };
        if container.is_none() {
            *container = Container::of(bytes);
            if container.is_none() && source.lacks(MAGIC_BYTES.min(*file_bytes)) {
                return Ok(None);
            }
        }
        let place = match container.ok_or(PcmError::NotPcm)? {
            Container::Riff { big } => riff::parse(source, known, big),
            Container::Rf64 => riff::parse(source, known, false),
            Container::Wave64 => riff::parse_wave64(source, known),
            Container::Aiff { compressed } => aiff::parse(source, known, compressed),
            Container::Caf => caf::parse(source, known),
            Container::Au { big } => au::parse(source, big),
        };
        Ok(place?.map(|place| Header::new(place, *file_bytes)))
    }
}

/// Decodes a sound, block after block.
#[derive(Debug, Clone)]
pub struct Decoder {
    format: Format,
    /// The next frame.
    frame: u64,
    /// Frames from there to the end.
    left: u64,
    states: Vec<Ima>,
    interleaved: Vec<f64>,
}

impl Decoder {
    /// The number of the next frame.
    #[must_use]
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// The samples of the next blocks, the channels of each frame in turn, in −1 … 1 for all but floats, of which none is
    /// checked. `bytes` must be whole blocks unless they are the last.
    pub fn interleaved(&mut self, bytes: &[u8]) -> &[f64] {
        let Self { format, interleaved, .. } = self;
        interleaved.clear();
        format.encoding.decode(bytes, format.block, format.channels, &mut self.states, interleaved);
        let frames =
            (interleaved.len() / format.channels).min(usize::try_from(self.left).unwrap_or(usize::MAX));
        interleaved.truncate(frames * format.channels);
        self.frame += frames as u64;
        self.left -= frames as u64;
        interleaved
    }

    /// Appends the samples of the next blocks, mixed to mono, or of one channel, counted from 0: see [`mix::mono`].
    ///
    /// # Errors
    /// [`PcmError::NotFinite`]; no samples are appended then.
    pub fn mono(
        &mut self,
        bytes: &[u8],
        channel: Option<usize>,
        samples: &mut Vec<f32>,
    ) -> Result<(), PcmError> {
        let (first, channels, before) = (self.frame, self.format.channels, samples.len());
        mix::mono(self.interleaved(bytes), channels, channel, samples);
        match samples[before..].iter().position(|v| !v.is_finite()) {
            Some(index) => {
                samples.truncate(before);
                Err(PcmError::NotFinite { index: first as usize + index })
            }
            None => Ok(()),
        }
    }
}

/// How many bytes a header's length may be too large by, if the header has as many: it was counted as sound.
const HEADER_BYTES: u64 = 256;

/// Whether sound is missing, and not only a header wrong about its length.
fn is_cut(format: &Format, start: u64, declared: u64, present: u64, file_bytes: u64) -> bool {
    let missing = declared.saturating_sub(present);
    missing >= format.block as u64 && missing > start.min(HEADER_BYTES) && declared != file_bytes
}

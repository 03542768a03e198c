//! Reading WAV: bytes → samples.

use std::ops::Range;

use super::{HeaderField, WavError, Wave, tag};

/// A subformat of the extensible format is a plain format tag followed by these bytes.
const SUBFORMAT_TAIL: [u8; 14] =
    [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

/// The smallest size that tools write when they cannot know the length (see the module's text).
const PLACEHOLDER_SIZE: u32 = 0x7FFF_F000;

/// Whether the bytes claim to be a WAV file; looks at the first twelve only.
#[must_use]
pub fn is_wav(bytes: &[u8]) -> bool {
    bytes.get(..4) == Some(b"RIFF") && bytes.get(8..12) == Some(b"WAVE")
}

/// Reads a whole WAV file, mixing its channels to mono.
///
/// # Errors
/// See [`WavError`]; how far the header is believed stands in the [module's text](super). Any bytes are legal
/// input: the reader does not panic.
pub fn read(bytes: &[u8]) -> Result<Wave, WavError> {
    let Some(layout) = Layout::read(bytes, bytes.len())? else { return Err(missing(None)) };
    let samples = layout.decode(bytes.get(layout.sound.clone()).unwrap_or_default(), 0)?;
    Ok(Wave { rate_hz: layout.rate_hz(), channels: layout.format.channels, samples })
}

/// Where the sound lies in a WAV file and how it is stored: what its header says, checked. With it a file can be read in
/// pieces.
///
/// ```
/// use undertone::audio::wav::{self, Layout};
///
/// let bytes = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
/// assert!(Layout::read(&bytes[..20], bytes.len())?.is_none(), "the header goes on");
/// let layout = Layout::read(&bytes, bytes.len())?.unwrap();
/// assert_eq!((layout.rate_hz(), layout.frames()), (44_100, 3));
/// let piece = &bytes[layout.bytes(1..3)];
/// assert_eq!(layout.decode(piece, 1)?, [0.25, -0.5]);
/// # Ok::<(), wav::WavError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    format: Format,
    sound: Range<usize>,
}

impl Layout {
    /// Reads the header of a file of `length` bytes, of which `head` is the beginning; nothing if the header goes on after it.
    ///
    /// # Errors
    /// As [`read`], but for [`WavError::NotFinite`].
    pub fn read(head: &[u8], length: usize) -> Result<Option<Layout>, WavError> {
        if !is_wav(head) {
            return Err(WavError::NotWav);
        }
        let mut format: Option<Format> = None;
        let mut at = 12;
        loop {
            let Some(header) = head.get(at..).and_then(<[u8]>::first_chunk::<8>) else {
                let is_here = length.saturating_sub(at) >= 8 && head.len() < length;
                return if is_here { Ok(None) } else { Err(missing(format)) };
            };
            let [i, d, e, n, s0, s1, s2, s3] = *header;
            let size = u32::from_le_bytes([s0, s1, s2, s3]);
            let body = at + 8..length.max(at + 8);
            if [i, d, e, n] == *b"data" {
                let format = format.ok_or_else(|| missing(None))?;
                let bytes = format.sound(body.len(), size, riff_ends_by(head, body.start))?;
                return Ok(Some(Layout { format, sound: body.start..body.start + bytes }));
            }
            // On a 32-bit machine (wasm) a lying size must not wrap around.
            let size_here = usize::try_from(size).unwrap_or(usize::MAX);
            if size_here > body.len() {
                return Err(WavError::Truncated { present_s: 0.0, declared_s: None });
            }
            if [i, d, e, n] == *b"fmt " && format.is_none() {
                let Some(content) = head.get(body.start..body.start + size_here) else { return Ok(None) };
                format = Some(Format::parse(content)?);
            }
            // Chunks are padded to an even length.
            at = body.start.saturating_add(size_here).saturating_add(size_here % 2);
        }
    }

    /// Sampling rate, in Hz; never 0, but not otherwise checked.
    pub fn rate_hz(&self) -> u32 {
        self.format.rate_hz
    }

    /// Samples of each channel.
    pub fn frames(&self) -> usize {
        self.sound.len() / self.format.block
    }

    /// Where some of the frames lie in the file; those that do not exist are left out.
    pub fn bytes(&self, frames: Range<usize>) -> Range<usize> {
        let place = |frame: usize| self.sound.start + frame.min(self.frames()) * self.format.block;
        place(frames.start)..place(frames.end.max(frames.start))
    }

    /// The mean of the channels of whole frames, of which the first is number `first` of the file.
    ///
    /// # Errors
    /// [`WavError::NotFinite`].
    pub fn decode(&self, bytes: &[u8], first: usize) -> Result<Vec<f32>, WavError> {
        let samples = self.format.decode(bytes);
        match samples.iter().position(|v| !v.is_finite()) {
            Some(index) => Err(WavError::NotFinite { index: first + index }),
            None => Ok(samples),
        }
    }
}

/// What a file ends without: its sound, or, before that, how it is stored.
fn missing(format: Option<Format>) -> WavError {
    let field = if format.is_none() { HeaderField::FormatChunk } else { HeaderField::DataChunk };
    WavError::BadHeader { field, value: 0 }
}

/// Whether the RIFF chunk claims to end at or before `position`: nobody came back to fill its size in.
fn riff_ends_by(bytes: &[u8], position: usize) -> bool {
    let size = bytes.get(4..8).and_then(<[u8]>::first_chunk::<4>).map_or(0, |b| u32::from_le_bytes(*b));
    u64::from(size) + 8 <= position as u64
}

/// How a sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    U8,
    I16,
    I24,
    I32,
    F32,
    F64,
}

impl Encoding {
    fn bytes(self) -> u16 {
        match self {
            Self::U8 => 1,
            Self::I16 => 2,
            Self::I24 => 3,
            Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

/// What the `fmt ` chunk says, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Format {
    encoding: Encoding,
    channels: u16,
    rate_hz: u32,
    block: usize,
}

impl Format {
    fn parse(chunk: &[u8]) -> Result<Self, WavError> {
        let u16_at = |at: usize| {
            let field = chunk.get(at..).and_then(<[u8]>::first_chunk::<2>);
            field.map(|b| u16::from_le_bytes(*b)).ok_or(WavError::BadHeader {
                field: HeaderField::FormatSize,
                value: u32::try_from(chunk.len()).unwrap_or(u32::MAX),
            })
        };
        let bits = u16_at(14)?;
        let (mut tag, channels, block) = (u16_at(0)?, u16_at(2)?, u16_at(12)?);
        let rate_hz = u32::from(u16_at(4)?) | u32::from(u16_at(6)?) << 16;
        if tag == tag::EXTENSIBLE {
            // The last field in need: it makes sure that the chunk is long enough.
            u16_at(38)?;
            tag = u16_at(24)?;
            if chunk[26..40] != SUBFORMAT_TAIL {
                return Err(WavError::UnsupportedFormat { tag, bits });
            }
        }
        let encoding = match (tag, bits) {
            (tag::PCM, 8) => Encoding::U8,
            (tag::PCM, 16) => Encoding::I16,
            (tag::PCM, 24) => Encoding::I24,
            (tag::PCM, 32) => Encoding::I32,
            (tag::FLOAT, 32) => Encoding::F32,
            (tag::FLOAT, 64) => Encoding::F64,
            _ => return Err(WavError::UnsupportedFormat { tag, bits }),
        };
        let bad = |field, value| Err(WavError::BadHeader { field, value });
        if channels == 0 {
            return bad(HeaderField::Channels, 0);
        }
        if rate_hz == 0 {
            return bad(HeaderField::SampleRate, 0);
        }
        if u32::from(block) != u32::from(channels) * u32::from(encoding.bytes()) {
            return bad(HeaderField::BlockAlign, block.into());
        }
        Ok(Self { encoding, channels, rate_hz, block: block.into() })
    }

    /// How many of the `present` bytes are the sound: whole frames only.
    fn sound(&self, present: usize, declared: u32, unfinished: bool) -> Result<usize, WavError> {
        let declared_here = usize::try_from(declared).unwrap_or(usize::MAX);
        let live = match declared {
            0 => unfinished,
            _ => declared >= PLACEHOLDER_SIZE && declared_here > present,
        };
        let bytes = if live { present } else { declared_here.min(present) };
        let bytes = bytes / self.block * self.block;
        if !live && declared_here > present {
            return Err(WavError::Truncated {
                present_s: self.seconds(bytes),
                declared_s: Some(self.seconds(declared_here)),
            });
        }
        Ok(bytes)
    }

    fn seconds(&self, bytes: usize) -> f64 {
        (bytes / self.block) as f64 / f64::from(self.rate_hz)
    }

    fn decode(&self, sound: &[u8]) -> Vec<f32> {
        match self.encoding {
            Encoding::U8 => self.mix(sound, |[b]: [u8; 1]| (f64::from(b) - 128.0) / 128.0),
            Encoding::I16 => self.mix(sound, |b| f64::from(i16::from_le_bytes(b)) / 32_768.0),
            Encoding::I24 => self.mix(sound, |[a, b, c]: [u8; 3]| {
                f64::from(i32::from_le_bytes([0, a, b, c])) / 2_147_483_648.0
            }),
            Encoding::I32 => self.mix(sound, |b| f64::from(i32::from_le_bytes(b)) / 2_147_483_648.0),
            Encoding::F32 => self.mix(sound, |b| f64::from(f32::from_le_bytes(b))),
            Encoding::F64 => self.mix(sound, f64::from_le_bytes),
        }
    }

    /// The mean of the channels; exact for one channel.
    fn mix<const N: usize>(&self, sound: &[u8], sample: impl Fn([u8; N]) -> f64) -> Vec<f32> {
        let channels = f64::from(self.channels);
        sound
            .chunks_exact(self.block)
            .map(|frame| (frame.as_chunks::<N>().0.iter().map(|b| sample(*b)).sum::<f64>() / channels) as f32)
            .collect()
    }
}

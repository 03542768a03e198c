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
    // With the whole file at hand, the header is never incomplete.
    let header = Header::parse(bytes, bytes.len() as u64)?.ok_or(WavError::NotWav)?;
    let mut samples = Vec::with_capacity(header.frames() as usize);
    let sound = header.sound();
    header.decode(0, &bytes[sound.start as usize..sound.end as usize], &mut samples)?;
    Ok(Wave { rate_hz: header.rate_hz(), channels: header.channels(), samples })
}

/// What the header of a WAV file says: where the sound lies, and how it is stored. For files that are not read as a whole.
///
/// ```
/// use undertone::audio::wav::{self, Header};
///
/// let file = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
/// assert_eq!(Header::parse(&file[..20], file.len() as u64), Ok(None), "more of the file is needed");
/// let header = Header::parse(&file[..64], file.len() as u64)?.unwrap();
/// assert_eq!((header.rate_hz(), header.frames()), (44_100, 3));
///
/// let (sound, mut samples) = (header.sound(), Vec::new());
/// let sound = &file[sound.start as usize..sound.end as usize];
/// for (frame, bytes) in sound.chunks(header.frame_bytes()).enumerate() {
///     header.decode(frame as u64, bytes, &mut samples)?;
/// }
/// assert_eq!(samples, [0.0, 0.25, -0.5]);
/// # Ok::<(), wav::WavError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    format: Format,
    /// Bytes of the file that hold the sound; whole frames.
    sound: Range<u64>,
}

impl Header {
    /// Reads the header from the `first` bytes of a file of `file_bytes` bytes. None if it goes on behind them.
    ///
    /// # Errors
    /// As [`read`], except [`WavError::NotFinite`].
    pub fn parse(first: &[u8], file_bytes: u64) -> Result<Option<Header>, WavError> {
        let incomplete = |end: u64| end > first.len() as u64 && end <= file_bytes;
        if incomplete(12) {
            return Ok(None);
        }
        if !is_wav(first) {
            return Err(WavError::NotWav);
        }
        let mut format = None;
        let mut at = 12;
        loop {
            if incomplete(at + 8) {
                return Ok(None);
            }
            let header = usize::try_from(at).ok().and_then(|at| first.get(at..)?.first_chunk::<8>());
            let Some(&[i, d, e, n, s0, s1, s2, s3]) = header else {
                return Err(match format {
                    None => WavError::BadHeader { field: HeaderField::FormatChunk, value: 0 },
                    Some(_) => WavError::BadHeader { field: HeaderField::DataChunk, value: 0 },
                });
            };
            let size = u32::from_le_bytes([s0, s1, s2, s3]);
            let (start, end) = (at + 8, at + 8 + u64::from(size));
            if [i, d, e, n] == *b"data" {
                let format: Format =
                    format.ok_or(WavError::BadHeader { field: HeaderField::FormatChunk, value: 0 })?;
                let length = format.sound(file_bytes - start, size, riff_ends_by(first, start))?;
                return Ok(Some(Header { format, sound: start..start + length }));
            }
            if end > file_bytes {
                return Err(WavError::Truncated { present_s: 0.0, declared_s: None });
            }
            if [i, d, e, n] == *b"fmt " && format.is_none() {
                if incomplete(end) {
                    return Ok(None);
                }
                // Within `first`, whose length is a usize.
                format = Some(Format::parse(&first[start as usize..end as usize])?);
            }
            // Chunks are padded to an even length.
            at = end + u64::from(size % 2);
        }
    }

    /// Sampling rate, in Hz; never 0, but not otherwise checked.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.format.rate_hz
    }

    /// Number of channels; at least 1.
    #[must_use]
    pub fn channels(&self) -> u16 {
        self.format.channels
    }

    /// Bytes of a frame: one sample of every channel.
    #[must_use]
    pub fn frame_bytes(&self) -> usize {
        self.format.block
    }

    /// Which bytes of the file hold the sound.
    #[must_use]
    pub fn sound(&self) -> Range<u64> {
        self.sound.clone()
    }

    /// Which bytes of the file hold some of the frames; those that do not exist are left out.
    #[must_use]
    pub fn bytes(&self, frames: Range<u64>) -> Range<u64> {
        let place = |frame: u64| self.sound.start + frame.min(self.frames()) * self.format.block as u64;
        place(frames.start)..place(frames.end.max(frames.start))
    }

    /// Number of frames, which is that of samples when mixed to mono.
    #[must_use]
    pub fn frames(&self) -> u64 {
        (self.sound.end - self.sound.start) / self.format.block as u64
    }

    /// Appends the samples of whole frames, mixed to mono. `first_frame` is the first one's place in the sound, for the error.
    ///
    /// # Errors
    /// [`WavError::NotFinite`]; no samples are appended then.
    pub fn decode(&self, first_frame: u64, bytes: &[u8], samples: &mut Vec<f32>) -> Result<(), WavError> {
        self.decode_as(None, first_frame, bytes, samples)
    }

    /// As [`Header::decode`], but of one channel, counted from 0; nothing if there is no such channel.
    ///
    /// # Errors
    /// As [`Header::decode`].
    pub fn decode_channel(
        &self,
        channel: usize,
        first_frame: u64,
        bytes: &[u8],
        samples: &mut Vec<f32>,
    ) -> Result<(), WavError> {
        self.decode_as(Some(channel), first_frame, bytes, samples)
    }

    fn decode_as(
        &self,
        channel: Option<usize>,
        first_frame: u64,
        bytes: &[u8],
        samples: &mut Vec<f32>,
    ) -> Result<(), WavError> {
        let before = samples.len();
        self.format.decode(channel, bytes, samples);
        match samples[before..].iter().position(|v| !v.is_finite()) {
            Some(index) => {
                samples.truncate(before);
                Err(WavError::NotFinite { index: first_frame as usize + index })
            }
            None => Ok(()),
        }
    }
}

/// Whether the RIFF chunk claims to end at or before `position`: nobody came back to fill its size in.
fn riff_ends_by(first: &[u8], position: u64) -> bool {
    let size = first.get(4..8).and_then(<[u8]>::first_chunk::<4>).map_or(0, |b| u32::from_le_bytes(*b));
    u64::from(size) + 8 <= position
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// How many of the `present` bytes behind the `data` chunk's header are sound: whole frames only.
    fn sound(&self, present: u64, declared: u32, unfinished: bool) -> Result<u64, WavError> {
        let declared_bytes = u64::from(declared);
        let live = match declared {
            0 => unfinished,
            _ => declared >= PLACEHOLDER_SIZE && declared_bytes > present,
        };
        let sound = if live { present } else { declared_bytes.min(present) };
        let sound = sound - sound % self.block as u64;
        if !live && declared_bytes > present {
            return Err(WavError::Truncated {
                present_s: self.seconds(sound),
                declared_s: Some(self.seconds(declared_bytes)),
            });
        }
        Ok(sound)
    }

    fn seconds(&self, bytes: u64) -> f64 {
        (bytes / self.block as u64) as f64 / f64::from(self.rate_hz)
    }

    fn decode(&self, channel: Option<usize>, sound: &[u8], samples: &mut Vec<f32>) {
        match self.encoding {
            Encoding::U8 => self.mix(channel, sound, samples, |[b]: [u8; 1]| (f64::from(b) - 128.0) / 128.0),
            Encoding::I16 => {
                self.mix(channel, sound, samples, |b| f64::from(i16::from_le_bytes(b)) / 32_768.0)
            }
            Encoding::I24 => self.mix(channel, sound, samples, |[a, b, c]: [u8; 3]| {
                f64::from(i32::from_le_bytes([0, a, b, c])) / 2_147_483_648.0
            }),
            Encoding::I32 => {
                self.mix(channel, sound, samples, |b| f64::from(i32::from_le_bytes(b)) / 2_147_483_648.0)
            }
            Encoding::F32 => self.mix(channel, sound, samples, |b| f64::from(f32::from_le_bytes(b))),
            Encoding::F64 => self.mix(channel, sound, samples, f64::from_le_bytes),
        }
    }

    /// A channel, or the mean of all; exact for one channel.
    fn mix<const N: usize>(
        &self,
        channel: Option<usize>,
        sound: &[u8],
        samples: &mut Vec<f32>,
        sample: impl Fn([u8; N]) -> f64,
    ) {
        let channels = f64::from(self.channels);
        let frames = sound.chunks_exact(self.block);
        if let Some(channel) = channel {
            samples.extend(
                frames.filter_map(|frame| frame.as_chunks::<N>().0.get(channel).map(|b| sample(*b) as f32)),
            );
            return;
        }
        samples.extend(frames.map(|frame| {
            (frame.as_chunks::<N>().0.iter().map(|b| sample(*b)).sum::<f64>() / channels) as f32
        }));
    }
}

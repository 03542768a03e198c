//! Reading WAV: bytes → samples.

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
    if !is_wav(bytes) {
        return Err(WavError::NotWav);
    }
    let mut format = None;
    let mut at = 12;
    loop {
        let Some(header) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) else {
            return Err(match format {
                None => WavError::BadHeader { field: HeaderField::FormatChunk, value: 0 },
                Some(_) => WavError::BadHeader { field: HeaderField::DataChunk, value: 0 },
            });
        };
        let [i, d, e, n, s0, s1, s2, s3] = *header;
        let size = u32::from_le_bytes([s0, s1, s2, s3]);
        let body = &bytes[at + 8..];
        if [i, d, e, n] == *b"data" {
            let format: Format =
                format.ok_or(WavError::BadHeader { field: HeaderField::FormatChunk, value: 0 })?;
            return format.decode(format.sound(body, size, riff_ends_by(bytes, at + 8))?);
        }
        // On a 32-bit machine (wasm) a lying size must not wrap around.
        let size_here = usize::try_from(size).unwrap_or(usize::MAX);
        let Some(content) = body.get(..size_here) else {
            return Err(WavError::Truncated { present_s: 0.0, declared_s: None });
        };
        if [i, d, e, n] == *b"fmt " && format.is_none() {
            format = Some(Format::parse(content)?);
        }
        // Chunks are padded to an even length.
        at += 8 + size_here + size_here % 2;
    }
}

/// Whether the RIFF chunk claims to end at or before `position`: nobody came back to fill its size in.
fn riff_ends_by(bytes: &[u8], position: usize) -> bool {
    let size = bytes.get(4..8).and_then(<[u8]>::first_chunk::<4>).map_or(0, |b| u32::from_le_bytes(*b));
    u64::from(size) + 8 <= position as u64
}

/// How a sample is stored.
#[derive(Debug, Clone, Copy)]
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

    /// The bytes of the sound: whole frames only.
    fn sound<'a>(&self, body: &'a [u8], declared: u32, unfinished: bool) -> Result<&'a [u8], WavError> {
        let declared_here = usize::try_from(declared).unwrap_or(usize::MAX);
        let live = match declared {
            0 => unfinished,
            _ => declared >= PLACEHOLDER_SIZE && declared_here > body.len(),
        };
        let sound = if live { body } else { body.get(..declared_here).unwrap_or(body) };
        let sound = &sound[..sound.len() / self.block * self.block];
        if !live && declared_here > body.len() {
            return Err(WavError::Truncated {
                present_s: self.seconds(sound.len()),
                declared_s: Some(self.seconds(declared_here)),
            });
        }
        Ok(sound)
    }

    fn seconds(&self, bytes: usize) -> f64 {
        (bytes / self.block) as f64 / f64::from(self.rate_hz)
    }

    fn decode(&self, sound: &[u8]) -> Result<Wave, WavError> {
        let samples = match self.encoding {
            Encoding::U8 => self.mix(sound, |[b]: [u8; 1]| (f64::from(b) - 128.0) / 128.0),
            Encoding::I16 => self.mix(sound, |b| f64::from(i16::from_le_bytes(b)) / 32_768.0),
            Encoding::I24 => self.mix(sound, |[a, b, c]: [u8; 3]| {
                f64::from(i32::from_le_bytes([0, a, b, c])) / 2_147_483_648.0
            }),
            Encoding::I32 => self.mix(sound, |b| f64::from(i32::from_le_bytes(b)) / 2_147_483_648.0),
            Encoding::F32 => self.mix(sound, |b| f64::from(f32::from_le_bytes(b))),
            Encoding::F64 => self.mix(sound, f64::from_le_bytes),
        };
        match samples.iter().position(|v| !v.is_finite()) {
            Some(index) => Err(WavError::NotFinite { index }),
            None => Ok(Wave { rate_hz: self.rate_hz, channels: self.channels, samples }),
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

//! What a header says of the samples, checked.

use super::adpcm::{IMA4_PACKET, MS_COEFFICIENTS};
use super::encoding::{Encoding, Integer};
use super::error::{HeaderField, PcmError};
use super::fields::Fields;

/// What a header says of the samples, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    pub encoding: Encoding,
    /// At least 1.
    pub channels: usize,
    /// At least 1.
    pub rate_hz: u32,
    /// Bytes that are decoded together: a frame, or a block of ADPCM. At least 1.
    pub block: usize,
}

/// A subformat of WAV's extensible format is a plain format tag followed by these bytes …
const SUBFORMAT_TAIL: [u8; 14] =
    [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];
/// … or, of sound fields (B-format), by these.
const AMBISONIC_TAIL: [u8; 14] =
    [0x00, 0x00, 0x21, 0x07, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0x00, 0x00, 0x00];

const WAVE_PCM: u16 = 1;
const WAVE_MS_ADPCM: u16 = 2;
const WAVE_FLOAT: u16 = 3;
const WAVE_A_LAW: u16 = 6;
const WAVE_MU_LAW: u16 = 7;
const WAVE_IMA_ADPCM: u16 = 0x11;
const WAVE_EXTENSIBLE: u16 = 0xFFFE;

pub(super) fn bad(field: HeaderField, value: u32) -> PcmError {
    PcmError::BadHeader { field, value }
}

impl Format {
    /// A format whose frames are packed, with blocks that follow from the encoding.
    pub fn packed(encoding: Encoding, channels: u32, rate_hz: u32) -> Result<Self, PcmError> {
        let channels = match u16::try_from(channels) {
            Ok(channels) if channels > 0 => usize::from(channels),
            _ => return Err(bad(HeaderField::Channels, channels)),
        };
        if rate_hz == 0 {
            return Err(bad(HeaderField::SampleRate, 0));
        }
        // Blocks of ADPCM in WAV have the length that the header says.
        let block = channels * encoding.sample_bytes().unwrap_or(IMA4_PACKET);
        Ok(Self { encoding, channels, rate_hz, block })
    }

    /// Of the `fmt ` chunk of WAV (Microsoft, “Multiple channel audio data and WAVE files”).
    pub fn of_wave(chunk: Fields<'_>) -> Result<Self, PcmError> {
        let too_small = || bad(HeaderField::FormatSize, u32::try_from(chunk.bytes.len()).unwrap_or(u32::MAX));
        let u16_at = |at| chunk.u16(at).ok_or_else(too_small);
        let (bits, mut tag, block) = (u16_at(14)?, u16_at(0)?, u16_at(12)?);
        let (channels, rate_hz) = (u16_at(2)?, chunk.u32(4).ok_or_else(too_small)?);
        if tag == WAVE_EXTENSIBLE {
            tag = u16_at(24)?;
            let tail = chunk.bytes.get(26..40).ok_or_else(too_small)?;
            if tail != SUBFORMAT_TAIL && tail != AMBISONIC_TAIL {
                return Err(PcmError::UnsupportedFormat { tag: WAVE_EXTENSIBLE.into(), bits });
            }
        }
        let four_bits = |encoding| (bits == 4).then_some(encoding);
        let encoding = match tag {
            WAVE_PCM if bits <= 8 => Encoding::unsigned(bits),
            // 24 bits cannot fill blocks of four bytes. Recorders that write such headers (ALSA's format S24_LE) have them
            // in the lower three.
            WAVE_PCM if bits == 24 && !chunk.big && channels > 0 && block / channels == 4 => {
                Some(Encoding::Integer(Integer { bytes: 3, unused: 1, big: false, unsigned: false }))
            }
            WAVE_PCM => Encoding::signed(bits, chunk.big),
            WAVE_FLOAT => Encoding::float(bits, chunk.big),
            WAVE_A_LAW => Some(Encoding::ALaw),
            WAVE_MU_LAW => Some(Encoding::MuLaw),
            WAVE_MS_ADPCM if channels <= 2 => four_bits(Encoding::MsAdpcm(coefficients(chunk))),
            WAVE_IMA_ADPCM => four_bits(Encoding::ImaAdpcm),
            _ => None,
        };
        let encoding = encoding.ok_or(PcmError::UnsupportedFormat { tag: tag.into(), bits })?;
        let one_by_one = encoding.sample_bytes().is_some();
        let mut format = Self::packed(encoding, channels.into(), rate_hz)?;
        if one_by_one {
            if usize::from(block) != format.block {
                return Err(bad(HeaderField::BlockAlign, block.into()));
            }
        } else {
            format.block = block.into();
            if format.encoding.frames(format.block, format.channels) == 0 {
                return Err(bad(HeaderField::BlockAlign, block.into()));
            }
        }
        Ok(format)
    }

    /// Frames in so many bytes from the beginning of the sound on.
    pub fn frames(&self, bytes: u64) -> u64 {
        let block = self.block as u64;
        let rest = self.encoding.frames((bytes % block) as usize, self.channels);
        (bytes / block).saturating_mul(self.block_frames()).saturating_add(rest as u64)
    }

    /// Frames in a block; at least 1.
    pub fn block_frames(&self) -> u64 {
        self.encoding.frames(self.block, self.channels).max(1) as u64
    }
}

/// The coefficients that a file with Microsoft's ADPCM has; those that every file must have if it has none.
fn coefficients(chunk: Fields<'_>) -> Vec<[i16; 2]> {
    let count = u64::from(chunk.u16(20).unwrap_or(0)).min(256);
    let at = |at| chunk.u16(at).map(u16::cast_signed);
    let own: Option<Vec<_>> = (0..count).map(|i| Some([at(22 + 4 * i)?, at(24 + 4 * i)?])).collect();
    own.filter(|own| !own.is_empty()).unwrap_or_else(|| MS_COEFFICIENTS.to_vec())
}

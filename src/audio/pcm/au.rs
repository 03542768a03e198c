//! AU, also called SND (Sun, manual page audio(5)), in both byte orders.

use super::encoding::Encoding;
use super::error::{HeaderField, PcmError};
use super::format::{Format, bad};
use super::place::{Declared, Place, Source};

const HEADER_BYTES: u64 = 24;
/// A size that is not known.
const UNKNOWN: u32 = 0xFFFF_FFFF;

pub(super) fn parse(source: Source<'_>, big: bool) -> Result<Option<Place>, PcmError> {
    if source.lacks(HEADER_BYTES) {
        return Ok(None);
    }
    let fields = source.fields(big);
    let u32_at = |at| fields.u32(at).ok_or(PcmError::NoSound);
    let (start, bytes, code) = (u32_at(4)?, u32_at(8)?, u32_at(12)?);
    let (rate_hz, channels) = (u32_at(16)?, u32_at(20)?);
    if u64::from(start) < HEADER_BYTES {
        return Err(bad(HeaderField::FormatSize, start));
    }
    let encoding = match code {
        1 => Some(Encoding::MuLaw),
        2..=5 => Encoding::signed(8 * (code as u16 - 1), big),
        6 => Encoding::float(32, big),
        7 => Encoding::float(64, big),
        27 => Some(Encoding::ALaw),
        _ => None,
    };
    let encoding = encoding.ok_or(PcmError::UnsupportedFormat { tag: tag(code), bits: 0 })?;
    let format = Format::packed(encoding, channels, rate_hz)?;
    let start = u64::from(start);
    if start > source.file_bytes {
        return Err(PcmError::NoSound);
    }
    let declared = if bytes == UNKNOWN { Declared::ToTheEnd } else { Declared::Bytes(bytes.into()) };
    Ok(Some(Place { format, start, declared, counted: None }))
}

/// WAV's tag of an encoding, or four characters for one that has none.
fn tag(code: u32) -> u32 {
    match code {
        23 => 0x40,
        24 => 0x65,
        25 | 26 => 0x14,
        _ => u32::from_be_bytes([b'a', b'u', b'0' + (code / 10 % 10) as u8, b'0' + (code % 10) as u8]),
    }
}

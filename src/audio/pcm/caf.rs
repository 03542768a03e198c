//! Apple's Core Audio Format, with linear PCM, A-law, µ-law and `ima4` (Apple, “Core Audio Format Specification 1.0”).

use super::chunks::{Chunks, Layout};
use super::encoding::Encoding;
use super::error::{HeaderField, PcmError};
use super::fields::Fields;
use super::format::{Format, bad};
use super::place::{Declared, Known, Place, Source};

/// Flags of linear PCM.
const IS_FLOAT: u32 = 1;
const IS_LITTLE: u32 = 2;

pub(super) fn parse(source: Source<'_>, known: &mut Known) -> Result<Option<Place>, PcmError> {
    let layout = Layout { big: true, name: 4, size: 8, all: false, padded: 1 };
    let mut chunks = Chunks::new(source, layout, known.at.max(8));
    loop {
        known.at = chunks.at;
        let Some(chunk) = chunks.wanted(known.format.is_some())? else { return Ok(None) };
        if &chunk.name == b"data" {
            let format = known.format.clone().ok_or(bad(HeaderField::FormatChunk, 0))?;
            // The sound begins behind a number of edits; a size of −1 means that it lasts till the end of the file.
            let start = (chunk.start + 4).min(source.file_bytes);
            let declared = match chunk.size {
                u64::MAX => Declared::ToTheEnd,
                bytes => Declared::Bytes(bytes.saturating_sub(4)),
            };
            return Ok(Some(Place { format, start, declared, counted: known.counted }));
        }
        if matches!(&chunk.name, b"desc" | b"pakt") {
            let Some(contents) = chunks.contents(chunk)? else { return Ok(None) };
            if &chunk.name == b"pakt" {
                known.counted = contents.u64(8);
            } else if known.format.is_none() {
                known.format = Some(format_of(contents)?);
            }
        }
        chunks.skip(chunk)?;
    }
}

/// The format in the chunk `desc`.
fn format_of(chunk: Fields<'_>) -> Result<Format, PcmError> {
    let too_small = || bad(HeaderField::FormatSize, u32::try_from(chunk.bytes.len()).unwrap_or(u32::MAX));
    let u32_at = |at| chunk.u32(at).ok_or_else(too_small);
    let rate_hz = chunk.u64(0).map(f64::from_bits).ok_or_else(too_small)?;
    let name = chunk.name(8).ok_or_else(too_small)?;
    let (flags, packet, channels, bits) = (u32_at(12)?, u32_at(16)?, u32_at(24)?, u32_at(28)?);
    let bits = u16::try_from(bits).unwrap_or(u16::MAX);
    let big = flags & IS_LITTLE == 0;
    let (tag, encoding) = match &name {
        b"lpcm" if flags & IS_FLOAT != 0 => (3, Encoding::float(bits, big)),
        b"lpcm" => (1, Encoding::signed(bits, big)),
        b"alaw" => (6, Some(Encoding::ALaw)),
        b"ulaw" => (7, Some(Encoding::MuLaw)),
        b"ima4" => (0x11, Some(Encoding::Ima4)),
        _ => (u32::from_be_bytes(name), None),
    };
    let encoding = encoding.ok_or(PcmError::UnsupportedFormat { tag, bits })?;
    // To the nearest whole number; what is none, or too large, becomes 0 or the largest.
    let format = Format::packed(encoding, channels, (rate_hz + 0.5) as u32)?;
    if packet as usize != format.block {
        return Err(bad(HeaderField::BlockAlign, packet));
    }
    Ok(format)
}

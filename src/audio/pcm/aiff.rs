//! AIFF and AIFC (Apple, “Audio Interchange File Format”, 1.3, 1989, and its extension for compression, 1991).

use super::chunks::{Chunks, Layout};
use super::encoding::Encoding;
use super::error::{HeaderField, PcmError};
use super::fields::Fields;
use super::format::{Format, bad};
use super::place::{Declared, Known, Place, Source};

/// The smallest size that tools write when they cannot know the length.
const PLACEHOLDER_BYTES: u64 = 0x7F00_0000;

pub(super) fn parse(
    source: Source<'_>,
    known: &mut Known,
    compressed: bool,
) -> Result<Option<Place>, PcmError> {
    if known.at == 0 {
        known.at = 12;
        known.end = source.fields(true).u32(4).map_or(0, u64::from) + 8;
    }
    let layout = Layout { big: true, name: 4, size: 4, all: false, padded: 2 };
    let mut chunks = Chunks::new(source, layout, known.at);
    loop {
        if let (Some(format), Some((start, declared))) = (&known.format, known.sound) {
            return Ok(Some(Place { format: Format::clone(format), start, declared, counted: None }));
        }
        known.at = chunks.at;
        let Some(chunk) = chunks.wanted(known.format.is_some())? else { return Ok(None) };
        if &chunk.name == b"SSND" && known.sound.is_none() {
            if source.lacks((chunk.start + 8).min(source.file_bytes)) {
                return Ok(None);
            }
            let offset = chunks.fields().u32(chunk.start).ok_or(PcmError::NoSound)?;
            let before = 8 + u64::from(offset);
            let start = (chunk.start + before).min(source.file_bytes);
            let present = source.file_bytes - start;
            let declared = match chunk.size.saturating_sub(before) {
                0 if known.end <= start => Declared::ToTheEnd,
                bytes if bytes >= PLACEHOLDER_BYTES && bytes > present => Declared::ToTheEnd,
                bytes => Declared::Bytes(bytes),
            };
            known.sound = Some((start, declared));
            if known.format.is_some() {
                continue;
            }
        } else if &chunk.name == b"COMM" && known.format.is_none() {
            let Some(contents) = chunks.contents(chunk)? else { return Ok(None) };
            known.format = Some(format_of(contents, compressed)?);
        }
        chunks.skip(chunk)?;
    }
}

/// The format in the chunk `COMM`.
fn format_of(chunk: Fields<'_>, compressed: bool) -> Result<Format, PcmError> {
    let too_small = || bad(HeaderField::FormatSize, u32::try_from(chunk.bytes.len()).unwrap_or(u32::MAX));
    let (channels, bits) = (chunk.u16(0).ok_or_else(too_small)?, chunk.u16(6).ok_or_else(too_small)?);
    let (exponent, mantissa) = (chunk.u16(8).ok_or_else(too_small)?, chunk.u64(10).ok_or_else(too_small)?);
    let name = if compressed { chunk.name(18).ok_or_else(too_small)? } else { *b"NONE" };
    let encoding = match &name {
        b"NONE" | b"twos" => Encoding::signed(bits, true),
        b"sowt" => Encoding::signed(bits, false),
        b"raw " if bits <= 8 => Encoding::unsigned(bits),
        b"in24" => Encoding::signed(24, true),
        b"in32" => Encoding::signed(32, true),
        b"42ni" => Encoding::signed(24, false),
        b"23ni" => Encoding::signed(32, false),
        b"fl32" | b"FL32" => Encoding::float(32, true),
        b"fl64" | b"FL64" => Encoding::float(64, true),
        b"ulaw" | b"ULAW" => Some(Encoding::MuLaw),
        b"alaw" | b"ALAW" => Some(Encoding::ALaw),
        b"ima4" => Some(Encoding::Ima4),
        _ => None,
    };
    let tag =
        if matches!(&name, b"NONE" | b"twos" | b"sowt" | b"raw ") { 1 } else { u32::from_be_bytes(name) };
    let encoding = encoding.ok_or(PcmError::UnsupportedFormat { tag, bits })?;
    Format::packed(encoding, channels.into(), rate_hz(exponent, mantissa))
}

/// The nearest whole number to a float of 80 bits; 0 if it is none from 1 to 2³².
fn rate_hz(exponent: u16, mantissa: u64) -> u32 {
    // The mantissa's highest bit is the integer part.
    match exponent.checked_sub(16_383) {
        Some(exponent @ 0..=31) => u32::try_from(((mantissa >> (62 - exponent)) + 1) >> 1).unwrap_or(0),
        _ => 0,
    }
}

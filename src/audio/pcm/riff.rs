//! WAV: RIFF with its big-endian form RIFX, RF64 and BW64 for more than 4 GiB (EBU Tech 3306, ITU-R BS.2088), and Sony's Wave64.

use super::chunks::{Chunk, Chunks, Layout};
use super::error::{HeaderField, PcmError};
use super::format::{Format, bad};
use super::place::{Declared, Known, Place, Source};

/// The smallest size that tools write when they cannot know the length: see the [module's text](super).
const PLACEHOLDER_BYTES: u64 = 0x7FFF_F000;
/// In RF64, a size that stands in the chunk `ds64`.
const IN_DS64: u64 = 0xFFFF_FFFF;

pub(super) fn parse(source: Source<'_>, known: &mut Known, big: bool) -> Result<Option<Place>, PcmError> {
    if known.at == 0 {
        known.at = 12;
        known.end = source.fields(big).u32(4).map_or(0, u64::from) + 8;
    }
    parse_chunks(source, known, Layout { big, name: 4, size: 4, all: false, padded: 2 })
}

pub(super) fn parse_wave64(source: Source<'_>, known: &mut Known) -> Result<Option<Place>, PcmError> {
    if known.at == 0 {
        known.at = 40;
        known.end = source.fields(false).u64(16).unwrap_or(0);
    }
    parse_chunks(source, known, Layout { big: false, name: 16, size: 8, all: true, padded: 8 })
}

/// Reads chunks until the sound comes.
fn parse_chunks(source: Source<'_>, known: &mut Known, layout: Layout) -> Result<Option<Place>, PcmError> {
    let mut chunks = Chunks::new(source, layout, known.at);
    loop {
        known.at = chunks.at;
        let Some(chunk) = chunks.wanted(known.format.is_some())? else { return Ok(None) };
        if &chunk.name == b"data" {
            let format = known.format.clone().ok_or(bad(HeaderField::FormatChunk, 0))?;
            let declared = declared(chunk, source.file_bytes, known.end, known.long);
            return Ok(Some(Place { format, start: chunk.start, declared, counted: known.counted }));
        }
        if matches!(&chunk.name, b"fmt " | b"fact" | b"ds64") {
            let Some(contents) = chunks.contents(chunk)? else { return Ok(None) };
            match &chunk.name {
                b"fmt " if known.format.is_none() => known.format = Some(Format::of_wave(contents)?),
                b"fact" => known.counted = contents.u32(0).map(u64::from),
                // The sizes of the file and of the sound; that of the file is not needed.
                b"ds64" => known.long = contents.u64(8),
                _ => {}
            }
        }
        chunks.skip(chunk)?;
    }
}

/// What the sizes say of the length of the sound.
fn declared(data: Chunk, file_bytes: u64, riff_end: u64, long_data: Option<u64>) -> Declared {
    let present = file_bytes.saturating_sub(data.start);
    match (data.size, long_data) {
        (IN_DS64, Some(bytes)) if bytes > 0 => Declared::Bytes(bytes),
        // Nobody came back to fill the sizes in.
        (0, _) if riff_end <= data.start => Declared::ToTheEnd,
        (bytes, _) if bytes >= PLACEHOLDER_BYTES && bytes > present => Declared::ToTheEnd,
        (bytes, _) => Declared::Bytes(bytes),
    }
}

//! The header of a file of uncompressed sound, without what stands before the sound and is none of it: pictures, padding, notes.

use std::io::{Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;
use undertone::audio::pcm::{Header, PcmError};

use super::error::DecodeError;
use super::{FIRST_BYTES, beginning};

/// How the chunks of a container are laid out.
struct Layout {
    /// The first chunk's place.
    first: usize,
    big: bool,
    /// Bytes of a name and of a size.
    name: usize,
    size: usize,
    /// Whether sizes count name and size.
    all: bool,
    padded: u64,
}

impl Layout {
    fn of(first: &[u8]) -> Option<Layout> {
        let usual = Layout { first: 12, big: false, name: 4, size: 4, all: false, padded: 2 };
        Some(match first.first_chunk::<4>()? {
            b"RIFF" | b"RF64" | b"BW64" => usual,
            b"RIFX" | b"FORM" => Layout { big: true, ..usual },
            b"riff" => Layout { first: 40, name: 16, size: 8, all: true, padded: 8, ..usual },
            b"caff" => Layout { first: 8, big: true, size: 8, padded: 1, ..usual },
            _ => return None,
        })
    }

    /// The first chunk that reaches beyond the bytes: its place, its name and where it ends.
    fn beyond<'a>(&self, bytes: &'a [u8]) -> Option<(usize, &'a [u8], u64)> {
        let mut at = self.first;
        loop {
            let name = bytes.get(at..at + 4)?;
            let field = bytes.get(at + self.name..at + self.name + self.size)?;
            let digit = |size: u64, byte: &u8| size << 8 | u64::from(*byte);
            let size = if self.big { field.iter().fold(0, digit) } else { field.iter().rev().fold(0, digit) };
            let header = if self.all { 0 } else { (self.name + self.size) as u64 };
            let end = (at as u64).saturating_add(header).saturating_add(size);
            let end = end.checked_next_multiple_of(self.padded)?;
            if end > bytes.len() as u64 {
                return Some((at, name, end));
            }
            // A size of 0 would lead nowhere.
            at = usize::try_from(end).ok().filter(|end| *end > at)?;
        }
    }
}

/// Chunks whose contents the header is read from, and those that hold the sound.
const WANTED: [&[u8]; 11] =
    [b"fmt ", b"fact", b"ds64", b"data", b"COMM", b"FVER", b"SSND", b"desc", b"pakt", b"chan", b"kuki"];

/// A header, and how many bytes before the sound it was read without; or the bytes that were read if it is wrong.
pub(super) fn header(
    bytes: &mut Box<dyn MediaSource>,
    first: &mut Vec<u8>,
    length: u64,
) -> Result<Result<(Header, u64), PcmError>, DecodeError> {
    let mut passed = 0;
    loop {
        match Header::parse(first, length - passed) {
            Ok(Some(header)) => return Ok(Ok((header, passed))),
            Ok(None) => {}
            Err(error) => return Ok(Err(error)),
        }
        let beyond = Layout::of(first).and_then(|layout| layout.beyond(first));
        match beyond.filter(|(_, name, end)| !WANTED.contains(name) && passed.saturating_add(*end) <= length)
        {
            Some((at, _, end)) => {
                passed += end - at as u64;
                first.truncate(at);
                bytes.seek(SeekFrom::Start(at as u64 + passed))?;
                bytes.take(FIRST_BYTES).read_to_end(first)?;
            }
            // Beginnings that would have to be longer than the file are errors.
            None if passed == 0 => *first = beginning(bytes, 2 * first.len() as u64)?,
            None => {
                let wanted = first.len() as u64;
                bytes.seek(SeekFrom::Start(wanted + passed))?;
                if bytes.take(wanted.max(1)).read_to_end(first)? == 0 {
                    return Ok(Err(PcmError::NoSound));
                }
            }
        }
    }
}

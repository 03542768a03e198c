//! Whether files are whole, as far as their containers say so, and how much sound of them is to be taken.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// Whether an Ogg file consists of whole pages (RFC 3533, section 6), and the last one is marked as the last.
pub(super) fn ogg_is_whole(bytes: &mut Box<dyn MediaSource>) -> io::Result<bool> {
    const HEADER: usize = 27;
    const LAST_PAGE: u8 = 4;
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.rewind()?;
    let (mut reader, mut at, mut ended) = (BufReader::new(bytes), 0, false);
    while at + HEADER as u64 <= length {
        let mut header = [0; HEADER];
        reader.read_exact(&mut header)?;
        if !header.starts_with(b"OggS") {
            // Bytes behind the sound that are none of the format's business.
            return Ok(ended);
        }
        let mut segments = vec![0; header[26].into()];
        at += (HEADER + segments.len()) as u64;
        if at > length {
            return Ok(false);
        }
        reader.read_exact(&mut segments)?;
        let body: i64 = segments.iter().map(|length| i64::from(*length)).sum();
        at += body.unsigned_abs();
        if at > length {
            return Ok(false);
        }
        reader.seek_relative(body)?;
        ended = header[5] & LAST_PAGE != 0;
    }
    Ok(ended)
}

/// What the end of a WebM or Matroska file says (RFC 9559).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct WebmEnd {
    /// Whether the last element reaches beyond the end of the file.
    pub cut: bool,
    /// How much of the last block is to be left out, in nanoseconds (`DiscardPadding`).
    pub padding_ns: u64,
}

/// Walks over the elements of a WebM file.
pub(super) fn webm_end(bytes: &mut Box<dyn MediaSource>) -> io::Result<WebmEnd> {
    const SEGMENT: u64 = 0x1853_8067;
    const CLUSTER: u64 = 0x1F43_B675;
    const BLOCK_GROUP: u64 = 0xA0;
    const SIMPLE_BLOCK: u64 = 0xA3;
    const DISCARD_PADDING: u64 = 0x75A2;
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.rewind()?;
    let (mut reader, mut found) = (BufReader::new(bytes), WebmEnd::default());
    let mut at = 0;
    while at < length {
        let (Some((id, id_bytes)), Some((size, size_bytes))) =
            (number(&mut reader, true)?, number(&mut reader, false)?)
        else {
            // Not an element, or one that ends within its header.
            return Ok(WebmEnd { cut: reader.fill_buf()?.is_empty(), ..found });
        };
        at += id_bytes + size_bytes;
        if matches!(id, SEGMENT | CLUSTER | BLOCK_GROUP) {
            if id == BLOCK_GROUP {
                found.padding_ns = 0;
            }
            // A size of ones alone is not known.
            let known = size != (1 << (7 * size_bytes)) - 1;
            found.cut |= known && at.saturating_add(size) > length;
            continue;
        }
        if at.saturating_add(size) > length {
            return Ok(WebmEnd { cut: true, ..found });
        }
        if id == DISCARD_PADDING && (1..=8).contains(&size) {
            let mut value = [0; 8];
            reader.read_exact(&mut value[8 - size as usize..])?;
            // Signed; what is negative adds silence at the start of the block.
            let unused = 64 - 8 * size as u32;
            let signed = (u64::from_be_bytes(value) << unused).cast_signed() >> unused;
            found.padding_ns = signed.max(0).cast_unsigned();
        } else {
            if id == SIMPLE_BLOCK {
                found.padding_ns = 0;
            }
            reader.seek_relative(i64::try_from(size).unwrap_or(i64::MAX))?;
        }
        at += size;
    }
    Ok(found)
}

/// A number of variable length and the bytes that it takes: its leading zeros say how many follow. `marked` keeps the mark.
fn number(reader: &mut impl Read, marked: bool) -> io::Result<Option<(u64, u64)>> {
    let mut first = [0];
    if reader.read(&mut first)? == 0 {
        return Ok(None);
    }
    let more = first[0].leading_zeros() as usize;
    let mut rest = [0; 8];
    let Some(rest) = rest.get_mut(..more).filter(|_| more < 8) else { return Ok(None) };
    if reader.read_exact(rest).is_err() {
        return Ok(None);
    }
    let first = u64::from(if marked { first[0] } else { first[0] & (0x7f >> more) });
    Ok(Some((rest.iter().fold(first, |value, byte| value << 8 | u64::from(*byte)), 1 + more as u64)))
}

//! What the elements of WebM and Matroska files say (RFC 9559): whether they are whole, and which of them are damaged.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use symphonia::core::io::MediaSource;

const EBML: u64 = 0x1A45_DFA3;
const SEGMENT: u64 = 0x1853_8067;
const CLUSTER: u64 = 0x1F43_B675;
const BLOCK_GROUP: u64 = 0xA0;
const SIMPLE_BLOCK: u64 = 0xA3;
const DISCARD_PADDING: u64 = 0x75A2;
const VOID: u64 = 0xEC;
const CRC: u64 = 0xBF;
const TIMESTAMP: u64 = 0xE7;
/// What else a segment may hold, and a cluster.
const OF_SEGMENT: [u64; 9] =
    [CLUSTER, VOID, CRC, 0x114D_9B74, 0x1549_A966, 0x1654_AE6B, 0x1C53_BB6B, 0x1043_A770, 0x1941_A469];
const TAGS: u64 = 0x1254_C367;
const OF_CLUSTER: [u64; 9] = [TIMESTAMP, SIMPLE_BLOCK, BLOCK_GROUP, VOID, CRC, 0xA7, 0xAB, 0x5854, 0xAF];
/// Elements in a row that show that what follows damage is read right.
const IN_A_ROW: usize = 3;
/// How far the next sound element after damage is looked for.
const SEARCH_BYTES: u64 = 1 << 26;
/// The smallest element that can stand in the place of damage.
const LEAST_VOID: u64 = 2;

/// What the end and the middle of a WebM or Matroska file say.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct WebmEnd {
    /// Whether the last element reaches beyond the end of the file.
    pub cut: bool,
    /// How much of the last block is to be left out, in nanoseconds (`DiscardPadding`).
    pub padding_ns: u64,
    /// Bytes between whole elements that are none.
    pub damaged: Vec<Range<u64>>,
}

/// An element's identifier, and where its contents lie; no end if its size is not known.
#[derive(Debug, Clone, Copy)]
struct Element {
    id: u64,
    start: u64,
    end: Option<u64>,
}

/// Walks over the elements of a WebM file.
pub(super) fn webm_end(bytes: &mut Box<dyn MediaSource>) -> io::Result<WebmEnd> {
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.rewind()?;
    let (mut reader, mut found) = (BufReader::new(bytes), WebmEnd::default());
    let (mut at, mut cluster) = (0, None::<Range<u64>>);
    // The first cluster has been reached: before it there is nothing that could be left out.
    let mut begun = false;
    // A cluster or the segment is longer than the file: its end is missing, or so much of the middle.
    let mut short = false;
    while at < length {
        if cluster.as_ref().is_some_and(|cluster| at >= cluster.end) {
            cluster = None;
        }
        let Some(Element { id, start, end }) = element(&mut reader, at)? else {
            // One that ends within its header, or none.
            if length - at < 12 {
                return Ok(WebmEnd { cut: true, ..found });
            }
            if !begun {
                return Ok(found);
            }
            (at, cluster) = skip(&mut reader, at, cluster, length, &mut found)?;
            continue;
        };
        let reach = end.unwrap_or(start);
        let inside = cluster.as_ref().is_some_and(|cluster| cluster.end < u64::MAX);
        let known = if inside {
            OF_CLUSTER.contains(&id)
        } else {
            is_of_segment(id) || (cluster.is_some() && OF_CLUSTER.contains(&id))
        };
        let fits = cluster.as_ref().is_none_or(|cluster| reach <= cluster.end);
        if begun && !(known && fits) {
            (at, cluster) = skip(&mut reader, at, cluster, length, &mut found)?;
            continue;
        }
        let mut now = start;
        match id {
            SEGMENT => {
                short |= end.is_some_and(|end| end > length);
                at = start;
            }
            CLUSTER => {
                begun = true;
                short |= end.is_some_and(|end| end > length);
                cluster = Some(at..end.unwrap_or(u64::MAX));
                at = start;
            }
            BLOCK_GROUP => {
                if reach > length {
                    return Ok(WebmEnd { cut: true, ..found });
                }
                (found.padding_ns, now) = padding(&mut reader, start..reach)?;
                at = reach;
            }
            _ => {
                if reach > length {
                    return Ok(WebmEnd { cut: true, ..found });
                }
                if id == SIMPLE_BLOCK {
                    found.padding_ns = 0;
                }
                // Only containers may leave their size open.
                at = if end.is_none() { length } else { reach };
            }
        }
        seek_by(&mut reader, now, at)?;
    }
    found.cut = short && found.damaged.is_empty();
    Ok(found)
}

fn is_of_segment(id: u64) -> bool {
    OF_SEGMENT.contains(&id) || matches!(id, TAGS | SEGMENT | EBML)
}

/// `DiscardPadding` in a group of blocks, and where the reader then stands.
fn padding(reader: &mut BufReader<&mut Box<dyn MediaSource>>, group: Range<u64>) -> io::Result<(u64, u64)> {
    let (mut at, mut padding_ns) = (group.start, 0);
    while at < group.end {
        let Some(Element { id, start, end: Some(end) }) = element(reader, at)? else {
            reader.seek(SeekFrom::Start(group.end))?;
            return Ok((padding_ns, group.end));
        };
        let (size, mut now) = (end - start, start);
        if id == DISCARD_PADDING && (1..=8).contains(&size) {
            let mut value = [0; 8];
            reader.read_exact(&mut value[8 - size as usize..])?;
            now = end;
            // Signed; what is negative adds silence at the start of the block.
            let unused = 64 - 8 * size as u32;
            let signed = (u64::from_be_bytes(value) << unused).cast_signed() >> unused;
            padding_ns = signed.max(0).cast_unsigned();
        }
        at = end.min(group.end);
        seek_by(reader, now, at)?;
    }
    Ok((padding_ns, at))
}

/// Notes damage at `at`, and returns where whole elements go on, and the cluster if its size is right: within it, at its end, or at the
/// next one.
fn skip(
    reader: &mut BufReader<&mut Box<dyn MediaSource>>,
    at: u64,
    cluster: Option<Range<u64>>,
    length: u64,
    found: &mut WebmEnd,
) -> io::Result<(u64, Option<Range<u64>>)> {
    let mut ahead = Vec::new();
    reader.seek(SeekFrom::Start(at))?;
    reader.by_ref().take(SEARCH_BYTES).read_to_end(&mut ahead)?;
    // The end that the cluster declares, if something whole begins there.
    let limit = cluster.as_ref().map(|cluster| cluster.end).filter(|end| {
        let then = end.checked_sub(at).and_then(|end| usize::try_from(end).ok());
        *end == length
            || then.and_then(|end| parsed(ahead.get(end..)?)).is_some_and(|(id, ..)| is_of_segment(id))
    });
    let in_cluster =
        limit.map_or(0, |limit| usize::try_from(limit - at).unwrap_or(usize::MAX)).min(ahead.len());
    let rest = ahead.get(..in_cluster).unwrap_or_default();
    let block = (1..rest.len()).find(|at| rest.get(*at..).is_some_and(goes_on));
    let mark = CLUSTER.to_be_bytes();
    let next = || ahead.windows(4).skip(1).position(|bytes| mark.ends_with(bytes)).map(|at| at as u64 + 1);
    let (from, to) = match (block, limit) {
        (Some(block), _) => (at, at + block as u64),
        (None, Some(limit)) => (at, limit),
        // Where the cluster ends is not known: all of it has to go.
        (None, None) => {
            let from = cluster
                .as_ref()
                .map_or(at, |cluster| if cluster.end == u64::MAX { at } else { cluster.start });
            (from, next().map_or(length, |next| at + next))
        }
    };
    if to >= from + LEAST_VOID {
        found.damaged.push(from..to);
    }
    reader.seek(SeekFrom::Start(to))?;
    Ok((to, cluster.filter(|_| limit.is_some())))
}

/// Whether blocks of a cluster follow each other from here to the end of the bytes, or for some time.
fn goes_on(bytes: &[u8]) -> bool {
    let mut at = 0;
    for _ in 0..IN_A_ROW {
        if at == bytes.len() {
            return true;
        }
        match bytes.get(at..).and_then(parsed) {
            Some((SIMPLE_BLOCK | BLOCK_GROUP, header, Some(size)))
                if size > 4 && size <= (bytes.len() - at - header) as u64 =>
            {
                at += header + size as usize;
            }
            _ => return false,
        }
    }
    true
}

/// Identifier, bytes of the header, and size, if it is known.
fn parsed(mut bytes: &[u8]) -> Option<(u64, usize, Option<u64>)> {
    let bytes = &mut bytes;
    let (id, id_bytes) = number(bytes, true).ok()??;
    let (size, size_bytes) = number(bytes, false).ok()??;
    let known = size != (1 << (7 * size_bytes)) - 1;
    Some((id, (id_bytes + size_bytes) as usize, known.then_some(size)))
}

/// The element at `at`, where the reader stands.
fn element(reader: &mut impl Read, at: u64) -> io::Result<Option<Element>> {
    let (Some((id, id_bytes)), Some((size, size_bytes))) = (number(reader, true)?, number(reader, false)?)
    else {
        return Ok(None);
    };
    let start = at + id_bytes + size_bytes;
    // A size of ones alone is not known.
    let known = size != (1 << (7 * size_bytes)) - 1;
    Ok(Some(Element { id, start, end: known.then(|| start.saturating_add(size)) }))
}

fn seek_by(reader: &mut BufReader<&mut Box<dyn MediaSource>>, from: u64, to: u64) -> io::Result<()> {
    reader.seek_relative(to.cast_signed().wrapping_sub_unsigned(from))
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

/// A file in which elements that mean nothing stand in the place of damage.
pub(super) struct Patched {
    bytes: Box<dyn MediaSource>,
    damaged: Vec<Range<u64>>,
    at: u64,
}

impl Patched {
    /// `bytes` must stand at their start.
    pub fn new(bytes: Box<dyn MediaSource>, damaged: Vec<Range<u64>>) -> Self {
        Self { bytes, damaged, at: 0 }
    }
}

/// The header of an empty element that takes `length` bytes with it.
fn void(length: u64) -> Vec<u8> {
    match length {
        ..=9 => vec![VOID as u8, 0x80 | length.saturating_sub(2) as u8],
        _ => {
            let mut header = (length - 9).to_be_bytes().to_vec();
            header[0] = 1;
            header.insert(0, VOID as u8);
            header
        }
    }
}

impl Read for Patched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(out)?;
        let (from, to) = (self.at, self.at + count as u64);
        for range in &self.damaged {
            let header = void(range.end - range.start);
            for at in range.start.max(from)..range.end.min(to) {
                let value = usize::try_from(at - range.start).ok().and_then(|at| header.get(at));
                if let Some(byte) = out.get_mut((at - from) as usize) {
                    *byte = value.copied().unwrap_or(0);
                }
            }
        }
        self.at = to;
        Ok(count)
    }
}

impl Seek for Patched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.bytes.seek(to)?;
        Ok(self.at)
    }
}

impl MediaSource for Patched {
    fn is_seekable(&self) -> bool {
        self.bytes.is_seekable()
    }

    fn byte_len(&self) -> Option<u64> {
        self.bytes.byte_len()
    }
}

//! Ogg (RFC 3533) with Vorbis, Opus (RFC 7845) or FLAC: pages, whose checksums and numbers show what is missing, and the packets in
//! them. Links of a chain follow each other.

use std::collections::VecDeque;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_FLAC, CODEC_ID_OPUS, CODEC_ID_VORBIS};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};

use super::error::{CutOff, DecodeError, NOT_KNOWN, SPEEX};
use super::item::{Item, Link};
use super::window::Window;

const MARK: &[u8] = b"OggS";
/// Bytes of a page's header before its table of segments.
const HEADER: usize = 27;
/// Bytes of the longest page.
const LONGEST_PAGE: usize = HEADER + 255 + 255 * 255;
/// What the flags of a page say.
const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;
/// Larger packets are damage.
const MAX_PACKET_BYTES: usize = 1 << 24;

/// A page that is whole.
#[derive(Debug)]
struct Page {
    flags: u8,
    /// Frames up to the end of the last packet that ends in it; none if none does.
    position: Option<u64>,
    serial: u32,
    number: u32,
    segments: Vec<u8>,
    body: Vec<u8>,
}

/// What a stream holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codec {
    Vorbis,
    Opus,
    Flac,
}

/// The stream that is read.
#[derive(Debug)]
struct Stream {
    serial: u32,
    codec: Codec,
    /// Headers that came, the first among them.
    headers: Vec<Vec<u8>>,
    /// The number of the last page.
    number: u32,
    /// The beginning of a packet that goes on in the next page.
    begun: Option<Vec<u8>>,
    /// Whether its last page has come.
    ended: bool,
}

/// A file that is read.
pub(super) struct Ogg {
    window: Window,
    stream: Stream,
    ready: VecDeque<Item>,
    /// A page that begins the next link.
    following: Option<Page>,
    /// The place where the checksum of a page was wrong, if none has been read since.
    broken: bool,
    /// Whether the file ends before the stream does.
    pub cut: bool,
}

impl Ogg {
    /// Reads the headers of the first sound.
    pub fn open(mut window: Window) -> Result<(Self, Link), DecodeError> {
        let damaged = DecodeError::Damaged { present_s: 0.0 };
        let Some(page) = read_page(&mut window, &mut false)? else { return Err(cut_or(window, damaged)) };
        let stream = begin(page, &mut window)?;
        let mut ogg =
            Self { window, stream, ready: VecDeque::new(), following: None, broken: false, cut: false };
        let link = ogg.link()?;
        Ok((ogg, link))
    }

    /// What comes next.
    pub fn next(&mut self) -> Result<Item, DecodeError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(item);
            }
            if let Some(page) = self.following.take() {
                self.stream = begin(page, &mut self.window)?;
                return Ok(Item::Another(Box::new(self.link()?)));
            }
            let Some(page) = read_page(&mut self.window, &mut self.broken)? else {
                self.cut = !self.stream.ended;
                return Ok(Item::End);
            };
            if page.flags & FIRST != 0 {
                self.following = Some(page);
            } else if page.serial == self.stream.serial && !self.stream.ended {
                self.take(page);
            }
        }
    }

    /// The headers of the stream, of which the first has come.
    fn link(&mut self) -> Result<Link, DecodeError> {
        let wrong = || DecodeError::Damaged { present_s: 0.0 };
        loop {
            let Stream { codec, headers, .. } = &self.stream;
            let (first, count) = (&headers[0], headers.len());
            let enough = match codec {
                Codec::Vorbis => count == 3,
                Codec::Opus => count == 2,
                // How many follow it; 0 if that was not known.
                Codec::Flac => match first.get(7..9) {
                    Some([0, 0]) => {
                        count > 1 && headers[count - 1].first().is_some_and(|kind| kind & 0x80 != 0)
                    }
                    Some([high, low]) => count > usize::from(u16::from_be_bytes([*high, *low])),
                    _ => return Err(wrong()),
                },
            };
            if enough {
                break;
            }
            match self.next_header()? {
                Some(header) => self.stream.headers.push(header),
                None if self.cut => {
                    return Err(DecodeError::Truncated(CutOff { present_s: 0.0, declared_s: None }));
                }
                None => return Err(wrong()),
            }
        }
        let Stream { codec, headers, .. } = &mut self.stream;
        let first = &headers[0];
        let mut link = Link {
            parameters: AudioCodecParameters::new(),
            heard: 0..u64::MAX,
            declared: None,
            positions: true,
        };
        match codec {
            Codec::Vorbis => {
                let both = [&first[..], &headers[2]].concat();
                link.parameters.for_codec(CODEC_ID_VORBIS).with_extra_data(both.into());
            }
            Codec::Opus => {
                link.parameters.for_codec(CODEC_ID_OPUS).with_extra_data(first.clone().into());
            }
            Codec::Flac => {
                let info = first.get(17..51).ok_or_else(wrong)?;
                let [high, low @ ..] = info[13..18].first_chunk::<5>().copied().unwrap_or_default();
                let declared = u64::from(high & 15) << 32 | u64::from(u32::from_be_bytes(low));
                link.declared = Some(declared).filter(|declared| *declared > 0);
                link.parameters.for_codec(CODEC_ID_FLAC).with_extra_data(info.into());
            }
        }
        headers.truncate(1);
        Ok(link)
    }

    /// The next packet of the stream before its sound; none if sound or something else comes.
    fn next_header(&mut self) -> Result<Option<Vec<u8>>, DecodeError> {
        loop {
            match self.ready.pop_front() {
                Some(Item::Packet(piece)) => return Ok(Some(piece.packet.data.into_vec())),
                Some(_) => return Ok(None),
                None => {}
            }
            match read_page(&mut self.window, &mut self.broken)? {
                // The first pages of all streams come before any other.
                Some(page) if page.serial == self.stream.serial && page.flags & FIRST == 0 => self.take(page),
                Some(_) => {}
                None => {
                    self.cut = true;
                    return Ok(None);
                }
            }
        }
    }

    /// Takes the packets that end in a page of the stream.
    fn take(&mut self, page: Page) {
        let stream = &mut self.stream;
        let follows = page.number == stream.number.wrapping_add(1);
        stream.number = page.number;
        stream.ended = page.flags & LAST != 0;
        let continued = page.flags & CONTINUED != 0;
        let mut begun = stream.begun.take();
        if !follows || continued != begun.is_some() {
            // What began in a page that is missing, or ends in one, is of no use.
            self.ready.push_back(Item::Gap);
            begun = None;
        }
        let mut useless = continued && begun.is_none();
        let mut packet = begun.unwrap_or_default();
        let (mut body, mut whole) = (&page.body[..], true);
        let before = self.ready.len();
        for length in &page.segments {
            let (part, rest) = body.split_at_checked(usize::from(*length)).unwrap_or((body, &[]));
            body = rest;
            packet.extend_from_slice(part);
            whole = *length < 255;
            if whole {
                let packet = std::mem::take(&mut packet);
                if !std::mem::take(&mut useless) {
                    let packet = Packet::new(0, Timestamp::ZERO, Duration::ZERO, packet);
                    self.ready.push_back(Item::Packet(packet.into()));
                }
            }
        }
        if !whole && packet.len() < MAX_PACKET_BYTES {
            self.stream.begun = Some(packet).filter(|_| !useless);
        }
        let end = page.position.filter(|_| self.stream.ended);
        let mut last = None;
        for item in self.ready.iter_mut().skip(before) {
            if let Item::Packet(piece) = item {
                piece.end = end;
                last = Some(piece);
            }
        }
        if let Some(piece) = last {
            piece.after = page.position;
        }
    }
}

/// Of a file that ends here, that is the reason.
fn cut_or(mut window: Window, error: DecodeError) -> DecodeError {
    match window.see(1) {
        Ok([]) => DecodeError::Truncated(CutOff { present_s: 0.0, declared_s: None }),
        _ => error,
    }
}

/// The first stream with sound that is read, of those that begin with `page` and after it.
fn begin(page: Page, window: &mut Window) -> Result<Stream, DecodeError> {
    let (mut page, mut pictures, mut unread) = (page, false, None);
    loop {
        let first = &page.body[..];
        let codec = if first.starts_with(b"\x01vorbis") {
            Some(Codec::Vorbis)
        } else if first.starts_with(b"OpusHead") {
            Some(Codec::Opus)
        } else if first.starts_with(b"\x7FFLAC") {
            Some(Codec::Flac)
        } else {
            None
        };
        if let Some(codec) = codec {
            let Page { serial, number, body, .. } = page;
            return Ok(Stream { serial, codec, headers: vec![body], number, begun: None, ended: false });
        }
        if first.starts_with(b"Speex   ") {
            unread = Some(SPEEX);
        } else if first.starts_with(b"\x80theora") || first.starts_with(b"BBCD") {
            pictures = true;
        } else if !first.starts_with(b"fishead") {
            unread = unread.or(Some(NOT_KNOWN));
        }
        page = match read_page(window, &mut false)? {
            Some(page) if page.flags & FIRST != 0 => page,
            _ => {
                return Err(match unread {
                    Some(name) => DecodeError::Unread { name },
                    None if pictures => DecodeError::NoSoundTrack,
                    None => DecodeError::Unread { name: NOT_KNOWN },
                });
            }
        };
    }
}

/// The next page whose checksum is right. `broken` becomes whether there was another before it.
fn read_page(window: &mut Window, broken: &mut bool) -> Result<Option<Page>, DecodeError> {
    loop {
        let bytes = window.see(LONGEST_PAGE)?;
        if bytes.len() < HEADER {
            return Ok(None);
        }
        if bytes.starts_with(MARK) {
            match page(bytes) {
                Some((page, length)) => {
                    window.pass(length as u64)?;
                    return Ok(Some(page));
                }
                None => *broken = true,
            }
        }
        let next = bytes[1..].windows(MARK.len()).position(|bytes| bytes == MARK);
        let step = next.map_or(bytes.len() - (MARK.len() - 1), |at| at + 1);
        window.pass(step as u64)?;
    }
}

/// The page at the beginning of the bytes, if it is whole, and its length.
fn page(bytes: &[u8]) -> Option<(Page, usize)> {
    let header = bytes.get(..HEADER)?;
    let segments = bytes.get(HEADER..HEADER + usize::from(header[26]))?;
    let start = HEADER + segments.len();
    let length = start + segments.iter().map(|length| usize::from(*length)).sum::<usize>();
    let body = bytes.get(start..length)?;
    let number = |at: usize| header[at..].first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let said = number(22)?;
    let crc = [&header[..22], &[0; 4][..], &bytes[26..length]].iter().fold(0, |crc, part| crc_32(crc, part));
    if said != crc {
        return None;
    }
    let position = u64::from_le_bytes(*header[6..].first_chunk()?);
    let page = Page {
        flags: header[5],
        position: Some(position).filter(|position| *position < 1 << 62),
        serial: number(14)?,
        number: number(18)?,
        segments: segments.to_vec(),
        body: body.to_vec(),
    };
    Some((page, length))
}

/// The checksum of pages: the polynomial of Ethernet's, from the highest bit on, begun with 0.
pub(super) fn crc_32(crc: u32, bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut at = 0;
        while at < 256 {
            let (mut crc, mut bit) = ((at as u32) << 24, 0);
            while bit < 8 {
                crc = if crc >> 31 == 1 { crc << 1 ^ 0x04C1_1DB7 } else { crc << 1 };
                bit += 1;
            }
            table[at] = crc;
            at += 1;
        }
        table
    };
    bytes.iter().fold(crc, |crc, byte| crc << 8 ^ TABLE[usize::from((crc >> 24) as u8 ^ byte)])
}

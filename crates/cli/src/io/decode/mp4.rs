//! What Symphonia does not say of MP4 files (ISO 14496-12): whether they are whole, which part of the sound is to be heard, and what
//! kind of sound that is.

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// Larger indexes are not looked at; one of ten hours has about 10 MB.
const MAX_MOOV_BYTES: u64 = 1 << 28;

/// What is known of an MP4 file.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Mp4 {
    /// Whether its boxes fill it up and none reaches beyond its end.
    pub whole: bool,
    /// Its tracks of sound.
    pub tracks: Vec<Mp4Track>,
}

/// What is known of a track of sound.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Mp4Track {
    pub id: u32,
    /// Four characters of its encoding.
    pub encoding: Option<[u8; 4]>,
    /// Ticks of the track in a second.
    pub scale: u32,
    /// Which part of it is to be heard, in ticks: from where, and how many.
    pub heard: Option<(u64, Option<u64>)>,
    /// ALAC's configuration where QuickTime puts it.
    pub alac: Option<Box<[u8]>>,
}

impl Mp4 {
    /// Reads boxes of a file of `length` bytes.
    pub fn read(bytes: &mut Box<dyn MediaSource>, length: u64) -> io::Result<Mp4> {
        let (mut at, mut moov, mut whole) = (0u64, Vec::new(), true);
        while at + 8 <= length {
            bytes.seek(SeekFrom::Start(at))?;
            let mut header = [0; 8];
            bytes.read_exact(&mut header)?;
            let (mut size, mut header_bytes) = (u64::from(u32_at(&header, 0).unwrap_or(0)), 8);
            if size == 1 {
                // The size did not fit and follows behind the box's type.
                let mut long = [0; 8];
                if at + 16 > length {
                    whole = false;
                    break;
                }
                bytes.read_exact(&mut long)?;
                (size, header_bytes) = (u64::from_be_bytes(long), 16);
            }
            // The last box lasts till the end of the file if it has no size.
            let end = if size == 0 { length } else { at.saturating_add(size.max(header_bytes)) };
            if header[4..] == *b"moov" && moov.is_empty() && end - at < MAX_MOOV_BYTES {
                bytes.take(end - at - header_bytes).read_to_end(&mut moov)?;
            }
            whole &= end <= length;
            at = end;
        }
        Ok(Mp4 { whole: whole && at >= length.saturating_sub(7), tracks: Mp4::tracks(&moov) })
    }

    /// The tracks of sound.
    fn tracks(moov: &[u8]) -> Vec<Mp4Track> {
        let sounds = boxes(moov, b"trak").filter(|track| {
            let handler = path(track, &[b"mdia", b"hdlr"]);
            handler.is_some_and(|handler| handler.get(8..12) == Some(b"soun"))
        });
        sounds.filter_map(|track| Mp4Track::of(track, moov)).collect()
    }
}

impl Mp4Track {
    fn of(track: &[u8], moov: &[u8]) -> Option<Mp4Track> {
        let head = boxes(track, b"tkhd").next()?;
        let id = u32_at(head, if head.first()? == &1 { 20 } else { 12 })?;
        let description = path(track, &[b"mdia", b"minf", b"stbl", b"stsd"])?;
        let encoding = description.get(12..16).and_then(|name| name.try_into().ok());
        let header = path(track, &[b"mdia", b"mdhd"])?;
        let (scale, ticks) = match header.first()? {
            1 => (u32_at(header, 20)?, u64_at(header, 24)?),
            _ => (u32_at(header, 12)?, u64::from(u32_at(header, 16)?)),
        };
        let movie = boxes(moov, b"mvhd").next()?;
        let movie_scale = u32_at(movie, if movie.first()? == &1 { 20 } else { 12 })?;
        let heard = edit(track, scale, movie_scale, ticks).or_else(|| smpb(moov));
        let alac = description.get(8..).and_then(quicktime_alac);
        Some(Mp4Track { id, encoding, scale, heard, alac })
    }
}

/// ALAC's configuration in the box `wave` of a sample description of QuickTime's first or second version.
fn quicktime_alac(entry: &[u8]) -> Option<Box<[u8]>> {
    let fields = match entry.get(16..18)? {
        [0, 1] => 52,
        [0, 2] => 72,
        _ => return None,
    };
    let wave = boxes(entry.get(fields..)?, b"wave").next()?;
    let configuration = boxes(wave, b"alac").next()?.get(4..)?;
    matches!(configuration.len(), 24 | 48).then(|| configuration.into())
}

/// The first part of the track that its edit list takes. The list's lengths are in ticks of the movie, which are coarse, so one that
/// reaches to the end of the track, as nearly as they can say, ends there.
fn edit(track: &[u8], scale: u32, movie_scale: u32, ticks: u64) -> Option<(u64, Option<u64>)> {
    let list = path(track, &[b"edts", b"elst"])?;
    let (long, count) = (list.first()? == &1, u32_at(list, 4)?);
    (0..u64::from(count).min(64)).find_map(|entry| {
        let at = 8 + usize::try_from(entry).ok()? * if long { 20 } else { 12 };
        let (length, from) = if long {
            (u64_at(list, at)?, u64_at(list, at + 8)?.cast_signed())
        } else {
            (u64::from(u32_at(list, at)?), i64::from(u32_at(list, at + 4)?.cast_signed()))
        };
        // A pause has a negative place.
        let from = u64::try_from(from).ok()?;
        let length = (u128::from(length) * u128::from(scale)).checked_div(u128::from(movie_scale))?;
        let length = u64::try_from(length).ok().filter(|length| *length > 0);
        let tick = u64::from(scale).div_ceil(u64::from(movie_scale.max(1)));
        let left = ticks.saturating_sub(from);
        let length =
            length.map(|length| if ticks > 0 && length.abs_diff(left) <= tick { left } else { length });
        Some((from, length))
    })
}

/// What iTunes writes instead: delay, padding and length as hexadecimal digits.
fn smpb(moov: &[u8]) -> Option<(u64, Option<u64>)> {
    let name = b"iTunSMPB";
    let at = moov.windows(name.len()).position(|bytes| bytes == name)?;
    let rest = moov.get(at + name.len()..)?;
    let text = rest.windows(4).position(|bytes| bytes == b"data").and_then(|at| rest.get(at + 12..))?;
    let text: String =
        text.iter().take(64).take_while(|byte| byte.is_ascii()).map(|byte| char::from(*byte)).collect();
    let mut numbers = text.split_ascii_whitespace().map(|digits| u64::from_str_radix(digits, 16));
    let (_, delay, _, length) =
        (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?, numbers.next()?.ok()?);
    Some((delay, Some(length).filter(|length| *length > 0)))
}

/// The contents of the boxes of one kind within a box's contents.
fn boxes<'a>(bytes: &'a [u8], kind: &'a [u8; 4]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let size = match u32_at(rest, 0)? as usize {
                0 => rest.len(),
                size => size.max(8),
            };
            let (this, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
            rest = after;
            if this.get(4..8)? == kind {
                return this.get(8..);
            }
        }
    })
}

fn path<'a>(bytes: &'a [u8], kinds: &[&'a [u8; 4]]) -> Option<&'a [u8]> {
    kinds.iter().try_fold(bytes, |bytes, kind| boxes(bytes, kind).next())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_be_bytes(*b))
}

/// Whether a configuration of AAC (ISO 14496-3, AudioSpecificConfig) says that spectral bands are replicated: HE-AAC.
pub(super) fn is_he_aac(config: &[u8]) -> bool {
    let bits = config
        .iter()
        .take(16)
        .fold((0u128, 0), |(bits, count), byte| (bits << 8 | u128::from(*byte), count + 8));
    let bits = bits.0 << (128 - bits.1.max(8));
    let take = |at: u32, count: u32| (bits << at) >> (128 - count);
    let object = take(0, 5);
    if object == 5 || object == 29 {
        return true;
    }
    // Behind the rate, the channels and three flags an extension may stand.
    let rate_end = if take(5, 4) == 15 { 33 } else { 9 };
    let flags = rate_end + 4;
    let behind = if take(flags + 1, 1) == 1 { flags + 17 } else { flags + 3 };
    object == 2 && take(behind, 11) == 0x2b7 && take(behind + 11, 5) == 5 && take(behind + 16, 1) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn he_aac_is_known_by_its_configuration() {
        // LC, 44.1 kHz, stereo; with an extension that says no; with one that says yes; HE-AAC; its second version.
        assert!(!is_he_aac(&[0x12, 0x10]) && !is_he_aac(&[]) && !is_he_aac(&[0x12]));
        assert!(!is_he_aac(&[0x12, 0x10, 0x56, 0xE5, 0x00]));
        assert!(is_he_aac(&[0x13, 0x90, 0x56, 0xE5, 0xA0]));
        assert!(is_he_aac(&[0x2B, 0x92, 0x08, 0x00]));
        assert!(is_he_aac(&[0xEB, 0x8A, 0x08, 0x00]));
    }

    #[test]
    fn itunes_says_delay_and_length() {
        let text = b"\0\0\0\x14name\0\0\0\0iTunSMPB\0\0\0\x84data\0\0\0\x01\0\0\0\0 00000000 00000840 000001CA 00000000003F31F6 00000000";
        assert_eq!(smpb(text), Some((0x840, Some(0x3F31F6))));
        assert_eq!(smpb(b"iTunSMPB"), None);
    }
}

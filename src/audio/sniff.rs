//! What kind of file some bytes are, and its sampling rate: read from the header, nothing is decoded.
//!
//! The page lets the browser decode everything but WAV, and a browser resamples to the rate of the context that
//! decodes. So that only [`super::resample`] ever resamples, the context has to run at the file's own rate, and that
//! has to be known before. No byte is trusted: what is cut off or contradictory gives no rate, never a panic.
//!
//! Formats: RIFF/WAVE; FLAC (xiph.org/flac/format.html); MPEG audio (ISO 11172-3, 13818-3) behind ID3v2; ADTS
//! (ISO 14496-3); Ogg (RFC 3533) with Vorbis, Opus (RFC 7845) or FLAC; MP4 (ISO 14496-12, -14); WebM (Matroska).
//!
//! ```
//! use undertone::audio::sniff::{Kind, sniff};
//! use undertone::audio::wav;
//!
//! let found = sniff(&wav::write_f32(&[0.0; 100], 44_100));
//! assert_eq!((found.kind, found.rate_hz), (Kind::Wav, Some(44_100)));
//! assert_eq!(sniff(b"dear reader").kind, Kind::Unknown);
//! ```

use serde::Serialize;

/// A container or codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// RIFF/WAVE: read by [`super::wav`].
    Wav,
    /// Native FLAC.
    Flac,
    /// MPEG audio, layers I to III.
    Mp3,
    /// AAC in ADTS frames.
    Aac,
    /// Vorbis in Ogg.
    OggVorbis,
    /// Opus in Ogg.
    OggOpus,
    /// FLAC in Ogg.
    OggFlac,
    /// MP4, M4A and their kin.
    Mp4,
    /// WebM or Matroska.
    Webm,
    /// Nothing of the above.
    Unknown,
}

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sniffed {
    /// The container or codec.
    pub kind: Kind,
    /// Sampling rate that a decoder delivers, in Hz, if the header says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_hz: Option<u32>,
}

/// Opus always decodes at this rate, whatever was recorded.
const OPUS_RATE_HZ: u32 = 48_000;
/// Rates outside this are taken for damage.
const PLAUSIBLE_RATES_HZ: std::ops::RangeInclusive<u32> = 1_000..=768_000;
/// How far to look for the first MPEG or ADTS frame.
const SYNC_SEARCH: usize = 65_536;

/// Looks at a file's first bytes (best the whole file: MP4 may keep its header at the end).
pub fn sniff(bytes: &[u8]) -> Sniffed {
    let body = after_id3(bytes);
    let (kind, rate_hz) = if has(bytes, 0, b"RIFF") || has(bytes, 0, b"RF64") {
        if has(bytes, 8, b"WAVE") { (Kind::Wav, wav_rate(bytes)) } else { (Kind::Unknown, None) }
    } else if has(body, 0, b"fLaC") {
        (Kind::Flac, flac_rate(body, 4))
    } else if has(bytes, 0, b"OggS") {
        ogg(bytes)
    } else if has(bytes, 4, b"ftyp") {
        (Kind::Mp4, mp4_rate(bytes))
    } else if has(bytes, 0, &[0x1A, 0x45, 0xDF, 0xA3]) {
        (Kind::Webm, webm_rate(bytes))
    } else {
        framed(body)
    };
    Sniffed { kind, rate_hz: rate_hz.filter(|rate| PLAUSIBLE_RATES_HZ.contains(rate)) }
}

fn has(bytes: &[u8], at: usize, wanted: &[u8]) -> bool {
    at.checked_add(wanted.len()).and_then(|end| bytes.get(at..end)) == Some(wanted)
}

fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_be_bytes)
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_le_bytes)
}

/// The bytes behind an ID3v2 tag, if there is one.
fn after_id3(bytes: &[u8]) -> &[u8] {
    if !has(bytes, 0, b"ID3") {
        return bytes;
    }
    let Some([flags, sizes @ ..]) = take::<5>(bytes, 5) else { return &[] };
    let size = sizes.iter().fold(0_usize, |size, &byte| (size << 7) | usize::from(byte & 0x7f));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    bytes.get(10 + size + footer..).unwrap_or(&[])
}

fn wav_rate(bytes: &[u8]) -> Option<u32> {
    let mut at = 12_usize;
    while let Some(size) = u32_le(bytes, at.checked_add(4)?) {
        if has(bytes, at, b"fmt ") {
            return u32_le(bytes, at + 12);
        }
        let size = usize::try_from(size).ok()?;
        at = at.checked_add(8)?.checked_add(size)?.checked_add(size % 2)?;
    }
    None
}

/// Rate from the STREAMINFO block whose header is at `at`.
fn flac_rate(bytes: &[u8], at: usize) -> Option<u32> {
    let is_stream_info = bytes.get(at)? & 0x7f == 0;
    let [a, b, c] = take::<3>(bytes, at.checked_add(14)?)?;
    is_stream_info.then_some(u32::from(a) << 12 | u32::from(b) << 4 | u32::from(c) >> 4)
}

/// Kind and rate from the first packet of the first page.
fn ogg(bytes: &[u8]) -> (Kind, Option<u32>) {
    let Some(&segments) = bytes.get(26) else { return (Kind::Unknown, None) };
    let packet = bytes.get(27 + usize::from(segments)..).unwrap_or(&[]);
    if has(packet, 0, b"\x01vorbis") {
        (Kind::OggVorbis, u32_le(packet, 12))
    } else if has(packet, 0, b"OpusHead") {
        (Kind::OggOpus, Some(OPUS_RATE_HZ))
    } else if has(packet, 0, b"\x7FFLAC") && has(packet, 9, b"fLaC") {
        (Kind::OggFlac, flac_rate(packet, 13))
    } else {
        (Kind::Unknown, None)
    }
}

/// MPEG audio or ADTS: the first frame that another one of the same kind and rate follows.
fn framed(bytes: &[u8]) -> (Kind, Option<u32>) {
    for at in 0..bytes.len().min(SYNC_SEARCH) {
        let Some(frame) = Frame::at(bytes, at) else { continue };
        let follows = at.checked_add(frame.length).is_some_and(|next| match Frame::at(bytes, next) {
            Some(other) => other.kind == frame.kind && other.rate_hz == frame.rate_hz,
            // A file of a single frame.
            None => next == bytes.len(),
        });
        if follows {
            return (frame.kind, Some(frame.rate_hz));
        }
    }
    (Kind::Unknown, None)
}

/// Rates of AAC by index (ISO 14496-3, table 1.18).
const AAC_RATES_HZ: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// Bit rates of MPEG audio in kbit/s by index: MPEG-1 layers I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
const MPEG_KBITS: [[u32; 15]; 5] = [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

struct Frame {
    kind: Kind,
    rate_hz: u32,
    length: usize,
}

impl Frame {
    fn at(bytes: &[u8], at: usize) -> Option<Frame> {
        let header = u32_be(bytes, at)?;
        if header >> 21 != 0x7ff {
            return None;
        }
        let version = (header >> 19) & 3;
        let layer = (header >> 17) & 3;
        if layer == 0 { Self::adts(bytes, at, header) } else { Self::mpeg(header, version, layer) }
    }

    fn adts(bytes: &[u8], at: usize, header: u32) -> Option<Frame> {
        let rate_hz = *AAC_RATES_HZ.get(((header >> 10) & 15) as usize)?;
        let [a, b, c] = take::<3>(bytes, at.checked_add(3)?)?;
        let length = usize::from(a & 3) << 11 | usize::from(b) << 3 | usize::from(c >> 5);
        (header >> 20 == 0xfff && length >= 7).then_some(Frame { kind: Kind::Aac, rate_hz, length })
    }

    fn mpeg(header: u32, version: u32, layer: u32) -> Option<Frame> {
        // Version: 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5. Layer: 3 is I, 2 is II, 1 is III.
        let divisor = match version {
            3 => 1,
            2 => 2,
            0 => 4,
            _ => return None,
        };
        let base = *[44_100, 48_000, 32_000].get(((header >> 10) & 3) as usize)?;
        let rate_hz: u32 = base / divisor;
        let row = match (version, layer) {
            (3, 3) => 0,
            (3, 2) => 1,
            (3, _) => 2,
            (_, 3) => 3,
            _ => 4,
        };
        let kbits = *MPEG_KBITS[row].get(((header >> 12) & 15) as usize)?;
        if kbits == 0 {
            return None;
        }
        let padding = (header >> 9) & 1;
        let length = match (layer, version) {
            (3, _) => (12_000 * kbits / rate_hz + padding) * 4,
            (1, version) if version != 3 => 72_000 * kbits / rate_hz + padding,
            _ => 144_000 * kbits / rate_hz + padding,
        };
        Some(Frame { kind: Kind::Mp3, rate_hz, length: usize::try_from(length).ok()? })
    }
}

/// The contents of the boxes of one kind within an MP4 box's contents.
fn boxes<'a>(bytes: &'a [u8], kind: &'a [u8; 4]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let (name, content, after) = first_box(rest)?;
            rest = after;
            if name == *kind {
                return Some(content);
            }
        }
    })
}

/// Name, contents, and what follows the first box.
fn first_box(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let name = take::<4>(bytes, 4)?;
    let (header, size) = match u32_be(bytes, 0)? {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(take(bytes, 8).map(u64::from_be_bytes)?).ok()?),
        size => (8, usize::try_from(size).ok()?),
    };
    let end = size.min(bytes.len());
    Some((name, bytes.get(header..end)?, bytes.get(end..)?))
}

/// Rate of the first sound track.
fn mp4_rate(bytes: &[u8]) -> Option<u32> {
    boxes(bytes, b"moov").flat_map(|moov| boxes(moov, b"trak")).find_map(|track| {
        let media = boxes(track, b"mdia").next()?;
        let is_sound = boxes(media, b"hdlr").next().is_some_and(|handler| has(handler, 8, b"soun"));
        if !is_sound {
            return None;
        }
        let description = boxes(media, b"minf")
            .flat_map(|info| boxes(info, b"stbl"))
            .find_map(|table| boxes(table, b"stsd").next());
        // Eight bytes of version, flags and count come before the entries.
        let entry = description.and_then(|stsd| first_box(stsd.get(8..)?));
        let from_entry = entry.and_then(|(name, content, _)| match &name {
            b"Opus" => Some(OPUS_RATE_HZ),
            _ => audio_config_rate(content).or_else(|| u16_be(content, 24).map(u32::from)),
        });
        from_entry.filter(|&rate| rate > 0).or_else(|| time_scale(media))
    })
}

/// The time scale of a track, which for sound is its sampling rate.
fn time_scale(media: &[u8]) -> Option<u32> {
    let header = boxes(media, b"mdhd").next()?;
    let at = if header.first() == Some(&1) { 20 } else { 12 };
    u32_be(header, at)
}

/// Rate from the AudioSpecificConfig in an `esds` box of a sound entry: with spectral band replication the decoder
/// delivers the extension's rate, which the entry itself does not tell.
fn audio_config_rate(entry: &[u8]) -> Option<u32> {
    let esds = boxes(entry.get(28..)?, b"esds").next()?;
    let mut rest = esds.get(4..)?;
    // Descriptors nest: 3 (stream) holds 4 (decoder), which holds 5 (the configuration).
    for (tag, skip) in [(3, 3), (4, 13), (5, 0)] {
        let content = descriptor(rest, tag)?;
        rest = content.get(skip..)?;
    }
    let mut bits = Bits { bytes: rest, at: 0 };
    let object = bits.take(5)?;
    let rate = bits.aac_rate()?;
    bits.take(4)?;
    if object == 5 || object == 29 { bits.aac_rate() } else { Some(rate) }
}

/// Contents of a descriptor of ISO 14496-1 that must have the given tag.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    if bytes.first() != Some(&tag) {
        return None;
    }
    let mut size = 0_usize;
    for at in 1..5 {
        let byte = *bytes.get(at)?;
        size = size << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            let content = bytes.get(at + 1..)?;
            return Some(content.get(..size).unwrap_or(content));
        }
    }
    None
}

/// Bits from the highest on.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value = value << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    fn aac_rate(&mut self) -> Option<u32> {
        match self.take(4)? {
            15 => self.take(24),
            index => AAC_RATES_HZ.get(index as usize).copied(),
        }
    }
}

/// Number of an EBML element, its contents, and what follows; an element of unknown size reaches to the end.
fn element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let id_length = bytes.first()?.leading_zeros() as usize + 1;
    let id = bytes.get(..id_length.min(4))?.iter().fold(0, |id, &byte| id << 8 | u32::from(byte));
    let rest = bytes.get(id_length..)?;
    let size_length = rest.first()?.leading_zeros() as usize + 1;
    let digits = rest.get(..size_length)?;
    let unmarked = u64::from(digits[0]) & ((1 << (8 - size_length.min(8))) - 1);
    let size = digits[1..].iter().fold(unmarked, |size, &byte| size << 8 | u64::from(byte));
    let content = rest.get(size_length..)?;
    let end = usize::try_from(size).map_or(content.len(), |size| size.min(content.len()));
    Some((id, &content[..end], &content[end..]))
}

/// The contents of the elements of one number.
fn elements(bytes: &[u8], id: u32) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let (found, content, after) = element(rest)?;
            rest = after;
            if found == id {
                return Some(content);
            }
        }
    })
}

/// Rate of the first track with sound: Segment, Tracks, TrackEntry, Audio, SamplingFrequency.
fn webm_rate(bytes: &[u8]) -> Option<u32> {
    elements(bytes, 0x1853_8067)
        .flat_map(|segment| elements(segment, 0x1654_AE6B))
        .flat_map(|tracks| elements(tracks, 0xAE))
        .find_map(|track| {
            let audio = elements(track, 0xE1).next()?;
            if elements(track, 0x86).next() == Some(b"A_OPUS") {
                return Some(OPUS_RATE_HZ);
            }
            let frequency = elements(audio, 0xB5).next()?;
            let rate = match frequency.len() {
                4 => f64::from(f32::from_be_bytes(take(frequency, 0)?)),
                8 => f64::from_be_bytes(take(frequency, 0)?),
                _ => return None,
            };
            Some(rate as u32)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn expect(bytes: &[u8], kind: Kind, rate_hz: impl Into<Option<u32>>) {
        assert_eq!(sniff(bytes), Sniffed { kind, rate_hz: rate_hz.into() });
    }

    fn mp4_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(content);
        bytes
    }

    fn ogg_page(packet: &[u8]) -> Vec<u8> {
        let mut bytes = b"OggS".to_vec();
        bytes.extend([0; 22]);
        bytes.extend([1, packet.len() as u8]);
        bytes.extend_from_slice(packet);
        bytes
    }

    /// A moov box with a video track before the sound track.
    fn moov(entry_name: &[u8; 4], entry_rate: u16, more: &[u8], scale: u32) -> Vec<u8> {
        let track = |handler: &[u8; 4], scale: u32, stsd: &[u8]| {
            let mut hdlr = vec![0; 8];
            hdlr.extend_from_slice(handler);
            let mut mdhd = vec![0; 12];
            mdhd.extend(scale.to_be_bytes());
            let info = mp4_box(b"minf", &mp4_box(b"stbl", &mp4_box(b"stsd", stsd)));
            let media = [mp4_box(b"mdhd", &mdhd), mp4_box(b"hdlr", &hdlr), info].concat();
            mp4_box(b"trak", &mp4_box(b"mdia", &media))
        };
        let mut content = vec![0; 24];
        content.extend(entry_rate.to_be_bytes());
        content.extend([0, 0]);
        content.extend_from_slice(more);
        let stsd = [vec![0; 8], mp4_box(entry_name, &content)].concat();
        mp4_box(b"moov", &[track(b"vide", 90_000, &[0; 8]), track(b"soun", scale, &stsd)].concat())
    }

    fn esds(config: &[u8]) -> Vec<u8> {
        let nested = |tag: u8, skip: usize, inner: &[u8]| {
            let mut bytes = vec![tag, 0x80, 0x80, 0x80, (skip + inner.len()) as u8];
            bytes.extend(vec![0; skip]);
            bytes.extend_from_slice(inner);
            bytes
        };
        let stream = nested(3, 3, &nested(4, 13, &nested(5, 0, config)));
        mp4_box(b"esds", &[vec![0; 4], stream].concat())
    }

    #[test]
    fn wav_rates_are_found_behind_other_chunks() {
        let fmt = [&b"fmt "[..], &[16, 0, 0, 0, 1, 0, 1, 0], &44_100_u32.to_le_bytes()].concat();
        let wav = [&b"RIFF\0\0\0\0WAVELIST"[..], &[3, 0, 0, 0, 9, 9, 9, 0], &fmt].concat();
        expect(&wav, Kind::Wav, 44_100);
        expect(&wav[..39], Kind::Wav, None);
        expect(b"RIFF\0\0\0\0AVI ", Kind::Unknown, None);
        let (written, read) = (crate::audio::wav::write_f32(&[0.5; 9], 16_000), 16_000);
        expect(&written, Kind::Wav, read);
    }

    #[test]
    fn flac_rates_are_twenty_bits_also_behind_a_tag_and_in_ogg() {
        let mut info = vec![0x00, 0, 0, 34];
        info.extend([0; 10]);
        info.extend([(44_100_u32 >> 12) as u8, (44_100_u32 >> 4) as u8, (44_100_u32 << 4) as u8]);
        let flac = [&b"fLaC"[..], &info].concat();
        expect(&flac, Kind::Flac, 44_100);
        let tag = [&b"ID3\x04\0\0\0\0\x01\x02"[..], &[7; 130]].concat();
        expect(&[tag, flac.clone()].concat(), Kind::Flac, 44_100);
        expect(&ogg_page(&[&b"\x7FFLAC\x01\0\0\x01"[..], &flac].concat()), Kind::OggFlac, 44_100);
    }

    #[test]
    fn ogg_holds_vorbis_at_its_rate_and_opus_at_48_khz() {
        let vorbis = [&b"\x01vorbis\0\0\0\0\x02"[..], &22_050_u32.to_le_bytes()].concat();
        expect(&ogg_page(&vorbis), Kind::OggVorbis, 22_050);
        let opus = [&b"OpusHead\x01\x01\0\0"[..], &16_000_u32.to_le_bytes()].concat();
        expect(&ogg_page(&opus), Kind::OggOpus, 48_000);
        expect(&ogg_page(b"Speex"), Kind::Unknown, None);
    }

    #[test]
    fn mpeg_frames_must_follow_each_other() {
        // MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes. MPEG-2 layer III, 64 kbit/s, 16 kHz: 288 bytes.
        let frame = |header: [u8; 4], length: usize| {
            let mut bytes = header.to_vec();
            bytes.resize(length, 0);
            bytes
        };
        let first = frame([0xff, 0xfb, 0x90, 0x00], 417);
        expect(&[first.clone(), first.clone()].concat(), Kind::Mp3, 44_100);
        let low = frame([0xff, 0xf3, 0x88, 0x00], 288);
        let tag = [&b"ID3\x03\0\0\0\0\0\x05"[..], &[0xff; 5]].concat();
        expect(&[tag, vec![0xff, 0xfb, 0x90, 0x44], low.clone(), low].concat(), Kind::Mp3, 16_000);
        expect(&[first, vec![0; 500]].concat(), Kind::Unknown, None);
    }

    #[test]
    fn adts_frames_tell_their_rate() {
        let mut frame = vec![0xff, 0xf1, 0x60, 0x40, 0x01, 0x40, 0xfc];
        frame.resize(10, 0);
        expect(&[frame.clone(), frame].concat(), Kind::Aac, 16_000);
    }

    #[test]
    fn mp4_rates_come_from_the_configuration_then_the_entry_then_the_time_scale() {
        let file = |moov: Vec<u8>| [mp4_box(b"ftyp", b"M4A "), mp4_box(b"mdat", &[0; 50]), moov].concat();
        // AAC-LC (2), 44.1 kHz (4), mono (1).
        expect(&file(moov(b"mp4a", 44_100, &esds(&[0x12, 0x08]), 44_100)), Kind::Mp4, 44_100);
        // Spectral band replication (5) over 24 kHz (6): delivers 48 kHz (3).
        let config = [0b0010_1011, 0b0000_1001, 0b1000_0000];
        expect(&file(moov(b"mp4a", 24_000, &esds(&config), 24_000)), Kind::Mp4, 48_000);
        expect(&file(moov(b"alac", 32_000, &[], 1_000)), Kind::Mp4, 32_000);
        expect(&file(moov(b"alac", 0, &[], 96_000)), Kind::Mp4, 96_000);
        expect(&file(moov(b"Opus", 16_000, &[], 16_000)), Kind::Mp4, 48_000);
        expect(&file(Vec::new()), Kind::Mp4, None);
    }

    #[test]
    fn webm_rates_are_floats_and_opus_is_48_khz() {
        let wrap = |id: &[u8], content: &[u8]| [id, &[0x80 | content.len() as u8], content].concat();
        let file = |codec: &[u8], frequency: &[u8]| {
            let audio = wrap(&[0xE1], &wrap(&[0xB5], frequency));
            let video = wrap(&[0xAE], &wrap(&[0x86], b"V_VP8"));
            let track = wrap(&[0xAE], &[wrap(&[0x86], codec), audio].concat());
            let tracks = wrap(&[0x16, 0x54, 0xAE, 0x6B], &[video, track].concat());
            // A live recording's segment has an unknown size.
            let segment =
                [&[0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..], &tracks];
            [wrap(&[0x1A, 0x45, 0xDF, 0xA3], &[0x42, 0x86, 0x81, 1]), segment.concat()].concat()
        };
        expect(&file(b"A_VORBIS", &44_100_f32.to_be_bytes()), Kind::Webm, 44_100);
        expect(&file(b"A_VORBIS", &32_000_f64.to_be_bytes()), Kind::Webm, 32_000);
        expect(&file(b"A_VORBIS", &f32::NAN.to_be_bytes()), Kind::Webm, None);
        expect(&file(b"A_OPUS", &16_000_f32.to_be_bytes()), Kind::Webm, 48_000);
    }

    #[test]
    fn absurd_rates_and_other_files_have_none() {
        let vorbis = [&b"\x01vorbis\0\0\0\0\x02"[..], &u32::MAX.to_le_bytes()].concat();
        expect(&ogg_page(&vorbis), Kind::OggVorbis, None);
        expect(b"", Kind::Unknown, None);
        expect(b"%PDF-1.7", Kind::Unknown, None);
    }

    const STARTS: [&[u8]; 9] = [
        b"RIFF\0\0\0\0WAVE",
        b"ID3\x04\0\x10",
        b"fLaC",
        b"OggS\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01",
        b"\0\0\0\x08ftyp\0\0\0\x01moov",
        &[0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67],
        &[0xff, 0xfb, 0x90],
        &[0xff, 0xf1, 0x60],
        b"",
    ];

    proptest! {
        #[test]
        fn no_bytes_bring_it_down(start in 0..STARTS.len(), tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            sniff(&[STARTS[start], &tail].concat());
        }

        #[test]
        fn a_damaged_file_brings_nothing_down(
            cut in 0_usize..400,
            hits in proptest::collection::vec((0_usize..400, any::<u8>()), 0..6),
        ) {
            let mut bytes =
                [mp4_box(b"ftyp", b"M4A "), moov(b"mp4a", 44_100, &esds(&[0x12, 0x08]), 44_100)].concat();
            for (at, value) in hits {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            bytes.truncate(cut.max(1));
            sniff(&bytes);
        }
    }
}

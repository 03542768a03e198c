//! MP4 (ISO 14496-12, -14): boxes within boxes; the rate of the first sound track.

use super::bytes::{has, take, u16_be, u32_be};
use super::kind::{Kind, OPUS_RATE_HZ};
use super::mpeg::AAC_RATES_HZ;

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
    let length = bytes.len() as u64;
    let (header, size) = match u32_be(bytes, 0)? {
        0 => (8, length),
        1 => (16, take(bytes, 8).map(u64::from_be_bytes)?),
        size => (8, u64::from(size)),
    };
    // A box that says it is longer ends here, however many bits an address has.
    let end = size.min(length) as usize;
    Some((name, bytes.get(header..end)?, bytes.get(end..)?))
}

/// Rate of the first sound track; or what the file is whose sound is AMR, or that has pictures alone.
pub(super) fn kind_and_rate(bytes: &[u8]) -> (Kind, Option<u32>) {
    let tracks = || boxes(bytes, b"moov").flat_map(|moov| boxes(moov, b"trak"));
    let handled_by =
        |media: &[u8]| boxes(media, b"hdlr").next().is_some_and(|handler| has(handler, 8, b"soun"));
    let media = tracks().filter_map(|track| boxes(track, b"mdia").next()).find(|media| handled_by(media));
    let Some(media) = media else {
        let is_silent = has_whole_index(bytes) && tracks().next().is_some();
        return (if is_silent { Kind::SilentVideo } else { Kind::Mp4 }, None);
    };
    let description = boxes(media, b"minf")
        .flat_map(|info| boxes(info, b"stbl"))
        .find_map(|table| boxes(table, b"stsd").next());
    // Eight bytes of version, flags and count come before the entries.
    let entry = description.and_then(|stsd| first_box(stsd.get(8..)?));
    let from_entry = entry.and_then(|(name, content, _)| match &name {
        b"Opus" => Some(OPUS_RATE_HZ),
        _ => audio_config_rate(content).or_else(|| u16_be(content, 24).map(u32::from)),
    });
    // HE-AAC whose configuration does not say so: ticks that are twice as fine are those of the rate that a decoder delivers.
    let twice = from_entry.and_then(|rate| rate.checked_mul(2)).filter(|twice| {
        entry.is_some_and(|(name, ..)| name == *b"mp4a") && time_scale(media) == Some(*twice)
    });
    let from_entry = twice.or(from_entry);
    match entry {
        Some((name, ..)) if [*b"samr", *b"sawb", *b"sawp"].contains(&name) => (Kind::Amr, None),
        _ => (Kind::Mp4, from_entry.filter(|&rate| rate > 0).or_else(|| time_scale(media))),
    }
}

/// Whether the list of tracks is there as a whole.
fn has_whole_index(bytes: &[u8]) -> bool {
    let mut at = 0_usize;
    loop {
        let (Some(size), Some(name)) = (u32_be(bytes, at), take::<4>(bytes, at.saturating_add(4))) else {
            return false;
        };
        at = at.saturating_add(size as usize);
        if name == *b"moov" || size < 8 {
            return name == *b"moov" && at <= bytes.len();
        }
    }
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

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::{esds, expect, moov, mp4_box};

    #[test]
    fn mp4_rates_come_from_the_configuration_then_the_entry_then_the_time_scale() {
        let file = |moov: Vec<u8>| [mp4_box(b"ftyp", b"M4A "), mp4_box(b"mdat", &[0; 50]), moov].concat();
        // AAC-LC (2), 44.1 kHz (4), mono (1).
        expect(&file(moov(b"mp4a", 44_100, &esds(&[0x12, 0x08]), 44_100)), Kind::Mp4, 44_100);
        // Spectral band replication (5) over 24 kHz (6): delivers 48 kHz (3).
        let config = [0b0010_1011, 0b0000_1001, 0b1000_0000];
        expect(&file(moov(b"mp4a", 24_000, &esds(&config), 24_000)), Kind::Mp4, 48_000);
        // The configuration keeps the replication to itself (22.05 kHz, 7), and ticks are those of the full rate.
        expect(&file(moov(b"mp4a", 22_050, &esds(&[0x13, 0x88]), 44_100)), Kind::Mp4, 44_100);
        expect(&file(moov(b"alac", 32_000, &[], 1_000)), Kind::Mp4, 32_000);
        expect(&file(moov(b"alac", 0, &[], 96_000)), Kind::Mp4, 96_000);
        expect(&file(moov(b"Opus", 16_000, &[], 16_000)), Kind::Mp4, 48_000);
        expect(&file(Vec::new()), Kind::Mp4, None);
    }

    #[test]
    fn mp4_with_amr_or_pictures_alone_is_named_so() {
        let head = mp4_box(b"ftyp", b"3gp4");
        let amr = [head.clone(), moov(b"samr", 8_000, &[], 8_000)].concat();
        expect(&amr, Kind::Amr, None);
        let sound = amr.windows(4).rposition(|name| name == b"soun").unwrap();
        let mut silent = amr;
        silent[sound..sound + 4].copy_from_slice(b"vide");
        expect(&silent, Kind::SilentVideo, None);
        // As long as the list of tracks is not there as a whole, sound may follow.
        expect(&silent[..silent.len() - 1], Kind::Mp4, None);
    }
}

//! What kind of file some bytes are, and its sampling rate: read from the header, nothing is decoded.
//!
//! The page lets the browser decode everything but WAV, and a browser resamples to the rate of the context that
//! decodes. So that only [`super::resample`] ever resamples, the context has to run at the file's own rate, and that
//! has to be known before. No byte is trusted: what is cut off or contradictory gives no rate, never a panic.
//!
//! [`sniff`] tells containers apart by their first bytes; each has a file of its own that finds the rate. A further
//! format is a file here, a [`Kind`] and a line of [`sniff`].
//!
//! | file | container |
//! |---|---|
//! | `wav` | RIFF/WAVE |
//! | `flac` | FLAC, also behind ID3v2 |
//! | `mpeg` | MPEG audio and ADTS: frames without a container, also behind ID3v2 |
//! | `ogg` | Ogg with Vorbis, Opus or FLAC |
//! | `mp4` | MP4 and M4A |
//! | `webm` | WebM and Matroska |
//! | `other` | what is not read, text, nothing at all |
//!
//! WAV, AIFF, CAF and AU are known to [`super::pcm`], which reads them.
//!
//! ```
//! use undertone::audio::sniff::{Kind, sniff};
//! use undertone::audio::wav;
//!
//! let found = sniff(&wav::write_f32(&[0.0; 100], 44_100));
//! assert_eq!((found.kind, found.rate_hz), (Kind::Wav, Some(44_100)));
//! assert_eq!(sniff(b"dear reader").kind, Kind::Text);
//! ```

mod bytes;
mod flac;
mod kind;
mod mp4;
mod mpeg;
mod ogg;
mod other;
mod sbr;
mod wav;
mod webm;

use serde::Serialize;

use bytes::{has, take};

pub use kind::Kind;
pub use mpeg::Frame as StreamFrame;
pub use sbr::{FRAMES as AAC_FRAMES, show_he_aac};

use super::pcm::{self, Header};

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

/// Rates outside this are taken for damage.
const PLAUSIBLE_RATES_HZ: std::ops::RangeInclusive<u32> = 1_000..=768_000;

/// Looks at a file's first bytes (best the whole file: MP4 may keep its header at the end).
pub fn sniff(bytes: &[u8]) -> Sniffed {
    let body = after_id3(bytes);
    let (kind, rate_hz) = if let Some(kind) = pcm_kind(bytes) {
        // Of WAV also where the sound in it is of a kind that is not read.
        let known = || Header::parse(bytes, u64::MAX).ok().flatten().map(|header| header.rate_hz());
        (
            kind,
            known().or_else(|| {
                if has(bytes, 0, b"RIFF") || has(bytes, 0, b"RF64") { wav::rate(bytes) } else { None }
            }),
        )
    } else if has(body, 0, b"fLaC") {
        (Kind::Flac, flac::rate(body, 4))
    } else if has(bytes, 0, b"OggS") {
        ogg::kind_and_rate(bytes)
    } else if has(bytes, 0, &[0x1A, 0x45, 0xDF, 0xA3]) {
        webm::kind_and_rate(bytes)
    } else {
        match other::marked(bytes) {
            None if has(bytes, 4, b"ftyp") => mp4::kind_and_rate(bytes),
            Some(Kind::Mp4) => mp4::kind_and_rate(bytes),
            Some(kind) => (kind, None),
            None => match mpeg::kind_and_rate(body) {
                (Kind::Unknown, _) => (other::unmarked(bytes), None),
                found => found,
            },
        }
    };
    Sniffed { kind, rate_hz: rate_hz.filter(|rate| PLAUSIBLE_RATES_HZ.contains(rate)) }
}

/// Which container of uncompressed sound it is.
fn pcm_kind(bytes: &[u8]) -> Option<Kind> {
    pcm::is_pcm(bytes).then(|| match bytes.first() {
        Some(b'F') => Kind::Aiff,
        Some(b'c') => Kind::Caf,
        Some(b'.' | b'd') => Kind::Au,
        _ => Kind::Wav,
    })
}

/// The bytes behind an ID3v2 tag, if there is one.
fn after_id3(bytes: &[u8]) -> &[u8] {
    if !has(bytes, 0, ID3) {
        return bytes;
    }
    id3_bytes(bytes).and_then(|size| bytes.get(size..)).unwrap_or(&[])
}

const ID3: &[u8] = b"ID3";

/// How many bytes the ID3v2 tag takes with which the bytes begin; none without one, or if its header is not there as a whole. Pictures
/// in it may be large.
pub fn id3_bytes(bytes: &[u8]) -> Option<usize> {
    if !has(bytes, 0, ID3) {
        return None;
    }
    let [flags, sizes @ ..] = take::<5>(bytes, 5)?;
    let size = sizes.iter().fold(0_usize, |size, &byte| (size << 7) | usize::from(byte & 0x7f));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some(10 + size + footer)
}

#[cfg(test)]
mod testing {
    use super::{Kind, Sniffed, sniff};

    pub fn expect(bytes: &[u8], kind: Kind, rate_hz: impl Into<Option<u32>>) {
        assert_eq!(sniff(bytes), Sniffed { kind, rate_hz: rate_hz.into() });
    }

    pub fn mp4_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(content);
        bytes
    }

    pub fn ogg_page(packet: &[u8]) -> Vec<u8> {
        let mut bytes = b"OggS".to_vec();
        bytes.extend([0; 22]);
        bytes.extend([1, packet.len() as u8]);
        bytes.extend_from_slice(packet);
        bytes
    }

    /// A moov box with a video track before the sound track.
    pub fn moov(entry_name: &[u8; 4], entry_rate: u16, more: &[u8], scale: u32) -> Vec<u8> {
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

    pub fn esds(config: &[u8]) -> Vec<u8> {
        let nested = |tag: u8, skip: usize, inner: &[u8]| {
            let mut bytes = vec![tag, 0x80, 0x80, 0x80, (skip + inner.len()) as u8];
            bytes.extend(vec![0; skip]);
            bytes.extend_from_slice(inner);
            bytes
        };
        let stream = nested(3, 3, &nested(4, 13, &nested(5, 0, config)));
        mp4_box(b"esds", &[vec![0; 4], stream].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{esds, expect, moov, mp4_box, ogg_page};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sniff_gives_no_rate_that_is_absurd_and_none_for_other_files() {
        let vorbis = [&b"\x01vorbis\0\0\0\0\x02"[..], &u32::MAX.to_le_bytes()].concat();
        expect(&ogg_page(&vorbis), Kind::OggVorbis, None);
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
        fn sniff_survives_any_bytes(start in 0..STARTS.len(), tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            sniff(&[STARTS[start], &tail].concat());
        }

        #[test]
        fn sniff_survives_damaged_files(
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

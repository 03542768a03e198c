//! Streams of frames without a container: MPEG audio (ISO 11172-3, 13818-3) and AAC in ADTS (ISO 14496-3).

use super::bytes::{take, u32_be};
use super::kind::Kind;
use super::sbr::show_he_aac;

/// How far to look for the first MPEG or ADTS frame.
const SYNC_SEARCH: usize = 65_536;

/// MPEG audio or ADTS: the first frame that another one of the same kind and rate follows.
pub(super) fn kind_and_rate(bytes: &[u8]) -> (Kind, Option<u32>) {
    for at in 0..bytes.len().min(SYNC_SEARCH) {
        let Some(frame) = Frame::at(bytes, at) else { continue };
        let follows = at.checked_add(frame.length).is_some_and(|next| match Frame::at(bytes, next) {
            Some(other) => other.kind == frame.kind && other.rate_hz == frame.rate_hz,
            // A file of a single frame.
            None => next == bytes.len(),
        });
        if follows {
            // Of HE-AAC, the stream names half of the rate that a decoder delivers.
            let twice = frame.kind == Kind::Aac && show_he_aac(aac_frames(bytes, at));
            return (frame.kind, Some(if twice { 2 * frame.rate_hz } else { frame.rate_hz }));
        }
    }
    (Kind::Unknown, None)
}

/// Rates of AAC by index (ISO 14496-3, table 1.18).
pub(super) const AAC_RATES_HZ: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// Bit rates of MPEG audio in kbit/s by index: MPEG-1 layers I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
const MPEG_KBITS: [[u32; 15]; 5] = [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// The frames of AAC from `at` on, without their headers.
fn aac_frames(bytes: &[u8], mut at: usize) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let frame = Frame::at(bytes, at).filter(|frame| frame.kind == Kind::Aac)?;
        // A checksum makes the header two bytes longer.
        let header = if bytes.get(at + 1)? & 1 == 0 { 9 } else { 7 };
        let content = bytes.get(at + header..at + frame.length)?;
        at += frame.length;
        Some(content)
    })
}

/// The header of a frame in a stream without a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// MPEG audio or AAC.
    pub kind: Kind,
    /// Sampling rate that the header names, in Hz.
    pub rate_hz: u32,
    /// Bytes of the frame, with its header.
    pub length: usize,
}

impl Frame {
    /// What the bytes at `at` say, if a frame can begin there.
    #[must_use]
    pub fn at(bytes: &[u8], at: usize) -> Option<Frame> {
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

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::expect;

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
    fn mpeg_adts_frames_tell_their_rate() {
        let mut frame = vec![0xff, 0xf1, 0x60, 0x40, 0x01, 0x40, 0xfc];
        frame.resize(10, 0);
        expect(&[frame.clone(), frame].concat(), Kind::Aac, 16_000);
    }
}

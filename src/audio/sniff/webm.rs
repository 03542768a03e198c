//! WebM and Matroska: EBML elements within elements; the rate of the first track with sound.

use super::bytes::take;
use super::kind::{Kind, OPUS_RATE_HZ};

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

/// Rate of the first track with sound: Segment, Tracks, TrackEntry, Audio, SamplingFrequency. A file whose tracks all lack it has
/// pictures alone.
pub(super) fn kind_and_rate(bytes: &[u8]) -> (Kind, Option<u32>) {
    let tracks = || {
        elements(bytes, 0x1853_8067)
            .flat_map(|segment| elements(segment, 0x1654_AE6B))
            .flat_map(|tracks| elements(tracks, 0xAE))
    };
    let Some((track, audio)) = tracks().find_map(|track| Some((track, elements(track, 0xE1).next()?))) else {
        return (if tracks().next().is_some() { Kind::SilentVideo } else { Kind::Webm }, None);
    };
    if elements(track, 0x86).next() == Some(b"A_OPUS") {
        return (Kind::Webm, Some(OPUS_RATE_HZ));
    }
    let rate = elements(audio, 0xB5).next().and_then(|frequency| match frequency.len() {
        4 => Some(f64::from(f32::from_be_bytes(take(frequency, 0)?))),
        8 => Some(f64::from_be_bytes(take(frequency, 0)?)),
        _ => None,
    });
    (Kind::Webm, rate.map(|rate| rate as u32))
}

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::expect;

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
        let mut silent = file(b"A_VORBIS", &44_100_f32.to_be_bytes());
        let audio = silent.iter().rposition(|byte| *byte == 0xE1).unwrap();
        silent[audio] = 0xE0;
        expect(&silent, Kind::SilentVideo, None);
    }
}

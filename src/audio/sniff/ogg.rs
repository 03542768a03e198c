//! Ogg (RFC 3533): the first packet of the first page says what is inside: Vorbis, Opus (RFC 7845) or FLAC.

use super::bytes::{has, u32_le};
use super::flac;
use super::kind::{Kind, OPUS_RATE_HZ};

/// Kind and rate from the first packet of the first page.
pub(super) fn kind_and_rate(bytes: &[u8]) -> (Kind, Option<u32>) {
    let Some(&segments) = bytes.get(26) else { return (Kind::Unknown, None) };
    let packet = bytes.get(27 + usize::from(segments)..).unwrap_or(&[]);
    if has(packet, 0, b"\x01vorbis") {
        (Kind::OggVorbis, u32_le(packet, 12))
    } else if has(packet, 0, b"OpusHead") {
        (Kind::OggOpus, Some(OPUS_RATE_HZ))
    } else if has(packet, 0, b"\x7FFLAC") && has(packet, 9, b"fLaC") {
        (Kind::OggFlac, flac::rate(packet, 13))
    } else if has(packet, 0, b"Speex   ") {
        (Kind::OggSpeex, u32_le(packet, 36))
    } else {
        (Kind::OggOther, None)
    }
}

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::{expect, ogg_page};

    #[test]
    fn ogg_holds_vorbis_at_its_rate_and_opus_at_48_khz() {
        let vorbis = [&b"\x01vorbis\0\0\0\0\x02"[..], &22_050_u32.to_le_bytes()].concat();
        expect(&ogg_page(&vorbis), Kind::OggVorbis, 22_050);
        let opus = [&b"OpusHead\x01\x01\0\0"[..], &16_000_u32.to_le_bytes()].concat();
        expect(&ogg_page(&opus), Kind::OggOpus, 48_000);
        let speex = [&b"Speex   "[..], &[0; 28], &8_000_u32.to_le_bytes()].concat();
        expect(&ogg_page(&speex), Kind::OggSpeex, 8_000);
        expect(&ogg_page(b"\x80theora"), Kind::OggOther, None);
    }
}

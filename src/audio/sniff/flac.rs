//! FLAC: the STREAMINFO block comes first and has the rate in 20 bits (xiph.org/flac/format.html).

use super::bytes::take;

/// Rate from the STREAMINFO block whose header is at `at`.
pub(super) fn rate(bytes: &[u8], at: usize) -> Option<u32> {
    let is_stream_info = bytes.get(at)? & 0x7f == 0;
    let [a, b, c] = take::<3>(bytes, at.checked_add(14)?)?;
    is_stream_info.then_some(u32::from(a) << 12 | u32::from(b) << 4 | u32::from(c) >> 4)
}

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::{expect, ogg_page};

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
}

//! RIFF/WAVE: chunks of a name, a size and their contents, each padded to an even length.

use super::bytes::{has, u32_le};

/// Rate from the `fmt ` chunk.
pub(super) fn rate(bytes: &[u8]) -> Option<u32> {
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

#[cfg(test)]
mod tests {
    use crate::audio::sniff::Kind;
    use crate::audio::sniff::testing::expect;

    #[test]
    fn riff_rates_are_found_behind_other_chunks() {
        let fmt = [&b"fmt "[..], &[16, 0, 0, 0, 1, 0, 1, 0], &44_100_u32.to_le_bytes()].concat();
        let wav = [&b"RIFF\0\0\0\0WAVELIST"[..], &[3, 0, 0, 0, 9, 9, 9, 0], &fmt].concat();
        expect(&wav, Kind::Wav, 44_100);
        expect(&wav[..39], Kind::Wav, None);
        expect(b"RIFF\0\0\0\0AVI ", Kind::Avi, None);
        expect(b"RIFF\0\0\0\0ABCD", Kind::Unknown, None);
        let (written, read) = (crate::audio::wav::write_f32(&[0.5; 9], 16_000), 16_000);
        expect(&written, Kind::Wav, read);
    }
}

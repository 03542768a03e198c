//! Files that are not read, by the bytes that their formats put first: so that they are named, and nothing in them is taken for
//! frames of MPEG audio.

use super::bytes::{has, u32_le};
use super::kind::Kind;

/// What stands where in a file of which kind.
const MARKS: [(usize, &[u8], Kind); 51] = [
    (0, b"#!AMR", Kind::Amr),
    (0, b"#!SILK", Kind::Silk),
    (0, b"\x02#!SILK", Kind::Silk),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Kind::Asf),
    (0, b"ADIF", Kind::Adif),
    (0, b"\x0B\x77", Kind::Ac3),
    (0, b"\x7F\xFE\x80\x01", Kind::Dts),
    (0, b"DSD ", Kind::Dsd),
    (0, b"FRM8", Kind::Dsd),
    (0, b"MAC ", Kind::Ape),
    (0, b"wvpk", Kind::WavPack),
    (0, b"MPCK", Kind::Musepack),
    (0, b"MP+", Kind::Musepack),
    (0, b"TTA1", Kind::Tta),
    (0, b"NIST_1A", Kind::Sphere),
    (0, b"Creative Voice File\x1A", Kind::Voc),
    (0, b".RMF", Kind::RealMedia),
    (0, b".ra\xFD", Kind::RealMedia),
    (8, b"AVI ", Kind::Avi),
    (8, b"AVIX", Kind::Avi),
    (0, b"FLV\x01", Kind::Flv),
    (0, b"\0\0\x01\xBA", Kind::MpegVideo),
    (0, b"\0\0\x01\xB3", Kind::MpegVideo),
    (0, b"MThd", Kind::Midi),
    (8, b"RMID", Kind::Midi),
    (8, b"WEBP", Kind::Image),
    (0, b"\x89PNG\r\n", Kind::Image),
    (0, b"\xFF\xD8\xFF", Kind::Image),
    (0, b"GIF8", Kind::Image),
    (0, b"II*\0", Kind::Image),
    (0, b"MM\0*", Kind::Image),
    (0, b"8BPS", Kind::Image),
    (4, b"ftypheic", Kind::Image),
    (4, b"ftypheix", Kind::Image),
    (4, b"ftypmif1", Kind::Image),
    (4, b"ftypavif", Kind::Image),
    (0, b"%PDF-", Kind::Pdf),
    (0, b"PK\x03\x04", Kind::Archive),
    (0, b"PK\x05\x06", Kind::Archive),
    (0, b"Rar!", Kind::Archive),
    (0, b"7z\xBC\xAF\x27\x1C", Kind::Archive),
    (0, b"\x1F\x8B", Kind::Archive),
    (0, b"\xFD7zXZ", Kind::Archive),
    (0, b"BZh", Kind::Archive),
    (0, b"\x28\xB5\x2F\xFD", Kind::Archive),
    (257, b"ustar", Kind::Archive),
    // MP4 and QuickTime of old have no mark of their own, but one of these boxes first.
    (4, b"moov", Kind::Mp4),
    (4, b"mdat", Kind::Mp4),
    (4, b"wide", Kind::Mp4),
    (4, b"free", Kind::Mp4),
    (4, b"skip", Kind::Mp4),
];

/// What a file is by its first bytes; none if they say nothing.
pub(super) fn marked(bytes: &[u8]) -> Option<Kind> {
    if is_transport_stream(bytes) {
        return Some(Kind::MpegVideo);
    }
    if has(bytes, 0, b"BM") && u32_le(bytes, 6) == Some(0) {
        return Some(Kind::Image);
    }
    MARKS.iter().find(|(at, mark, _)| has(bytes, *at, mark)).map(|(_, _, kind)| *kind)
}

/// MPEG transport streams have packets of 188 bytes (ISO 13818-1).
fn is_transport_stream(bytes: &[u8]) -> bool {
    (0..4).all(|packet| bytes.get(188 * packet) == Some(&0x47))
}

/// Frames of GSM 6.10 have 33 bytes, of which the first begins with 0xD; nothing else marks them.
fn is_gsm(bytes: &[u8]) -> bool {
    bytes.len() >= 33 * 8 && bytes.iter().step_by(33).take(256).all(|byte| byte >> 4 == 0xD)
}

/// What a file without marks is.
pub(super) fn unmarked(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Kind::Zeros;
    }
    if is_gsm(bytes) {
        return Kind::Gsm;
    }
    let beginning = bytes.get(..1 << 12).unwrap_or(bytes);
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        // A letter may have been cut in two.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&beginning[..error.valid_up_to()]).unwrap_or("\0")
        }
        Err(_) => "\0",
    };
    let is_utf_16 = has(bytes, 0, b"\xFF\xFE") || has(bytes, 0, b"\xFE\xFF");
    if is_utf_16 || text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\x0C')) {
        return Kind::Text;
    }
    Kind::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::sniff::testing::expect;

    #[test]
    fn files_are_known_by_their_marks_whatever_frames_seem_to_be_in_them() {
        // Frames of MPEG audio, layer III, 48 kHz.
        let frames = [[&[0xff, 0xfb, 0x94, 0][..], &[0; 380]].concat(), vec![0xff, 0xfb, 0x94, 0]].concat();
        expect(&[&b"-"[..], &frames].concat(), Kind::Mp3, 48_000);
        for (at, mark, kind) in MARKS {
            let bytes = [&vec![b'-'; at][..], mark, &frames].concat();
            expect(&bytes, kind, None);
        }
        let stream: Vec<u8> = (0..4).flat_map(|_| [&[0x47][..], &[0; 187]].concat()).collect();
        expect(&[&stream[..], &frames].concat(), Kind::MpegVideo, None);
        expect(b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0", Kind::Image, None);
        let gsm: Vec<u8> =
            (0..33 * 8u32).map(|at| if at % 33 == 0 { 0xD3 } else { (at * 7) as u8 }).collect();
        expect(&gsm, Kind::Gsm, None);
        expect(&gsm[1..], Kind::Unknown, None);
    }

    #[test]
    fn what_has_no_marks_is_text_zeros_nothing_or_unknown() {
        for text in ["file,start\na.wav,0", "æ", "{\"a\": 1}", "<!doctype html>\r\n", "dear reader"] {
            expect(text.as_bytes(), Kind::Text, None);
        }
        let long = "æ".repeat(5_000);
        expect(long.as_bytes(), Kind::Text, None);
        expect(&long.as_bytes()[..4_001], Kind::Text, None);
        expect(b"\xFF\xFEa\0", Kind::Text, None);
        expect(&[0; 5_000], Kind::Zeros, None);
        expect(b"", Kind::Empty, None);
        expect(b"\x7FELF\x02\x01\x01", Kind::Unknown, None);
    }
}

//! Wrong headers and damaged bytes.

use proptest::prelude::*;

use super::writers::*;
use super::*;
use crate::audio::wav::{write_f32, write_pcm16};

#[test]
fn wrong_headers_are_named() {
    let of = |format: Vec<u8>| read(&riff(&[(b"fmt ", &format), (b"data", &[0; 16])])).unwrap_err();
    let with = |at: usize, value: u8| {
        let mut format = fmt(1, 1, 8_000, 16);
        format[at] = value;
        of(format)
    };
    let bad = |field, value| PcmError::BadHeader { field, value };
    assert_eq!(with(2, 0), bad(HeaderField::Channels, 0));
    assert_eq!(with(2, 2), bad(HeaderField::BlockAlign, 2));
    assert_eq!(with(12, 0), bad(HeaderField::BlockAlign, 0));
    assert_eq!(of(fmt(1, 1, 0, 16)), bad(HeaderField::SampleRate, 0));
    assert_eq!(of(fmt(1, 1, 8_000, 16)[..15].to_vec()), bad(HeaderField::FormatSize, 15));
    assert_eq!(of(extensible(1, 1, 8_000, 16)[..39].to_vec()), bad(HeaderField::FormatSize, 39));
    assert_eq!(of(fmt_of_block(0x11, 2, 8_000, 4, 7)), bad(HeaderField::BlockAlign, 7));
    assert_eq!(read(&riff(&[(b"data", &[0; 4])])), Err(bad(HeaderField::FormatChunk, 0)));
    assert_eq!(read(&riff(&[(b"fmt ", &fmt(1, 1, 8_000, 16))])), Err(bad(HeaderField::DataChunk, 0)));
    assert_eq!(read(&caf(b"lpcm", 0, 3, 1, 16, &[0; 6])), Err(bad(HeaderField::BlockAlign, 3)));
    assert_eq!(read(&caf(b"lpcm", 0, 0, 1 << 16, 16, &[0; 6])), Err(bad(HeaderField::Channels, 1 << 16)));
    assert_eq!(read(&au(3, 0, &[])), Err(bad(HeaderField::Channels, 0)));
    let mut ambisonic = extensible(1, 1, 8_000, 16);
    ambisonic[26..40].copy_from_slice(&[0, 0, 0x21, 7, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0, 0, 0]);
    assert_eq!(samples(&riff(&[(b"fmt ", &ambisonic), (b"data", &[0, 0x40])])), [0.5]);
    ambisonic[39] = 1;
    assert_eq!(of(ambisonic), PcmError::UnsupportedFormat { tag: 0xFFFE, bits: 16 });
    for other in [&b"RIFF\0\0\0\0AVI "[..], b"FORM\0\0\0\x108SVX", b"", b"RIFF"] {
        assert_eq!(read(other), Err(PcmError::NotPcm));
    }
}

#[test]
fn encodings_that_are_not_read_have_names() {
    let wave = |tag, bits| {
        read(&riff(&[(b"fmt ", &fmt_of_block(tag, 1, 8_000, bits, 65)), (b"data", &[0; 65])]))
            .unwrap_err()
            .to_string()
    };
    let name = |text: String| {
        let name = text.strip_prefix("the sound in it is ").unwrap();
        name.strip_suffix(", which is not read: convert it with `ffmpeg -i IN OUT.wav`").unwrap().to_owned()
    };
    let cases =
        [(0x31, 0, "GSM 6.10"), (0x55, 0, "MP3"), (0x161, 16, "WMA"), (0x7777, 9, "of format 0x7777")];
    for (tag, bits, expected) in cases {
        assert_eq!(name(wave(tag, bits)), expected);
    }
    assert_eq!(name(wave(1, 65)), "PCM of 65 bits");
    assert_eq!(name(wave(3, 16)), "float of 16 bits");
    assert_eq!(name(wave(0x11, 3)), "ADPCM of 3 bits");
    let aifc = |kind| name(read(&aiff(Some(kind), 1, 16, &[0; 4])).unwrap_err().to_string());
    assert_eq!(
        (aifc(b"MAC3"), aifc(b"GSM "), aifc(b"QDM2")),
        ("MACE".into(), "GSM 6.10".into(), "“QDM2”".into())
    );
    assert_eq!(aifc(b"\x1b[1\n"), "“?[1?”");
    assert_eq!(name(read(&caf(b"alac", 0, 0, 1, 0, &[0; 4])).unwrap_err().to_string()), "“alac”");
    assert_eq!(name(read(&au(23, 1, &[0; 4])).unwrap_err().to_string()), "G.721");
    assert_eq!(name(read(&au(11, 1, &[0; 4])).unwrap_err().to_string()), "“au11”");
}

/// A small file of any kind.
fn a_file() -> impl Strategy<Value = Vec<u8>> {
    let data = || prop::collection::vec(any::<u8>(), 0..150);
    let wave = |format: Vec<u8>| move |data: Vec<u8>| riff(&[(b"fmt ", &format), (b"data", &data)]);
    prop_oneof![
        prop::collection::vec(any::<f32>(), 0..40).prop_map(|v| write_f32(&v, 16_000)),
        prop::collection::vec(any::<i16>(), 0..40).prop_map(|v| write_pcm16(&v, 44_100)),
        data().prop_map(wave(extensible(1, 2, 48_000, 24))),
        data().prop_map(wave(fmt_of_block(2, 2, 22_050, 4, 32))),
        data().prop_map(wave(fmt_of_block(0x11, 2, 22_050, 4, 24))),
        data().prop_map(|data| rf64(&fmt(1, 2, 22_050, 16), &data)),
        data().prop_map(|data| wave64(&fmt(7, 1, 22_050, 8), &data)),
        data().prop_map(|data| aiff(None, 1, 16, &data)),
        data().prop_map(|data| aiff(Some(b"ima4"), 2, 16, &data)),
        data().prop_map(|data| caf(b"lpcm", 3, 4, 1, 32, &data)),
        data().prop_map(|data| au(27, 3, &data)),
    ]
}

/// A file of which some bytes were changed, and perhaps an early end.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((0usize..150, any::<u8>()), 0..4);
    (a_file(), changes, 0usize..400).prop_map(|(mut bytes, changes, length)| {
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(length);
        bytes
    })
}

/// What [`read`] gives, from the header of a prefix and pieces of the sound.
fn read_in_pieces(file: &[u8], prefix: usize, piece: usize) -> Result<Sound, PcmError> {
    let header = match Header::parse(&file[..prefix.min(file.len())], file.len() as u64)? {
        Some(header) => header,
        None => return read_in_pieces(file, prefix + 1, piece),
    };
    let sound = header.sound();
    let (mut samples, mut decoder) = (Vec::new(), header.decoder());
    for blocks in file[sound.start as usize..sound.end as usize].chunks(piece * header.block_bytes()) {
        decoder.mono(blocks, None, &mut samples)?;
    }
    assert_eq!(decoder.frame(), header.frames());
    let (rate_hz, channels, missing_end) = (header.rate_hz(), header.channels(), header.missing_end());
    Ok(Sound { rate_hz, channels, samples, missing_end })
}

/// An AIFF file that ends in the head of its sound; the beginning of one that is longer looks the same.
#[test]
fn a_file_that_ends_within_a_head_is_read_from_any_beginning() {
    let mut file = b"FORM\0\0\0\x32AIFFCOMM\0\0\0\x12\0\x01\0\0\0\0\0\x10\x40\x0d\xac\x44".to_vec();
    file.extend([0; 6]);
    file.extend(b"SSND\0\0\0\x08\0\0\0\0");
    assert_eq!(read(&file).map(|sound| sound.samples.len()), Ok(0));
    for prefix in 0..file.len() {
        assert!(read_in_pieces(&file, prefix, 1).is_ok(), "{prefix}");
    }
}

proptest! {
    #[test]
    fn read_survives_any_bytes(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), nearly_a_file()]) {
        if let Ok(sound) = read(&bytes) {
            prop_assert!(sound.samples.len() <= 2 * bytes.len());
            prop_assert!(sound.samples.iter().all(|v| v.is_finite()));
            prop_assert!(sound.rate_hz > 0 && sound.channels > 0);
            if let Some(end) = sound.missing_end {
                prop_assert!(end.declared_s > end.present_s);
            }
        }
        // A file of which only the beginning is known, and that may be of any length.
        for length in [bytes.len() as u64, 1 << 33, u64::MAX] {
            let _ = Header::parse(&bytes, length).map(|header| header.map(|header| header.bytes(0..u64::MAX)));
        }
    }

    #[test]
    fn header_and_pieces_give_what_the_whole_file_gives(
        file in nearly_a_file(),
        (prefix, piece) in (0usize..80, 1usize..20),
    ) {
        let bits_of = |sound: Sound| {
            let bits: Vec<_> = sound.samples.iter().map(|v| v.to_bits()).collect();
            (sound.rate_hz, sound.channels, bits, sound.missing_end)
        };
        prop_assert_eq!(read_in_pieces(&file, prefix, piece).map(bits_of), read(&file).map(bits_of));
    }
}

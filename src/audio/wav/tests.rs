//! Tests of reader and writers.

use proptest::prelude::*;

use super::*;
use egemaps::quantise_pcm16;

/// Assembles a WAV file from chunks, with a correct RIFF size.
fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WAVE".to_vec();
    for (name, content) in chunks {
        body.extend(*name);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(*content);
        if content.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut out = b"RIFF".to_vec();
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
    out
}

fn fmt(tag: u16, channels: u16, rate_hz: u32, bits: u16) -> Vec<u8> {
    let block = channels * bits.div_ceil(8);
    let mut out = Vec::new();
    out.extend(tag.to_le_bytes());
    out.extend(channels.to_le_bytes());
    out.extend(rate_hz.to_le_bytes());
    out.extend((rate_hz * u32::from(block)).to_le_bytes());
    out.extend(block.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out
}

fn extensible(tag: u16, channels: u16, rate_hz: u32, bits: u16) -> Vec<u8> {
    let mut out = fmt(0xFFFE, channels, rate_hz, bits);
    out.extend(22u16.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend(0u32.to_le_bytes());
    out.extend(tag.to_le_bytes());
    // KSDATAFORMAT_SUBTYPE_*: {0000tttt-0000-0010-8000-00aa00389b71}
    out.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    out
}

fn samples(bytes: &[u8]) -> Vec<f32> {
    read(bytes).unwrap().samples
}

#[test]
fn read_scales_each_encoding() {
    let cases: [(u16, u16, Vec<u8>, Vec<f32>); 6] = [
        (1, 8, vec![0, 64, 128, 255], vec![-1.0, -0.5, 0.0, 127.0 / 128.0]),
        (
            1,
            16,
            [i16::MIN, -1, 16_384].iter().flat_map(|v| v.to_le_bytes()).collect(),
            vec![-1.0, -1.0 / 32_768.0, 0.5],
        ),
        (1, 24, vec![0, 0, 0x80, 0xff, 0xff, 0xff, 0, 0, 0x40], vec![-1.0, -1.0 / 8_388_608.0, 0.5]),
        (
            1,
            32,
            [i32::MIN, -1, 1 << 30].iter().flat_map(|v| v.to_le_bytes()).collect(),
            vec![-1.0, -1.0 / 2_147_483_648.0, 0.5],
        ),
        (
            3,
            32,
            [-1.25f32, 1e-30, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect(),
            vec![-1.25, 1e-30, 0.5],
        ),
        (3, 64, [-1.25f64, 0.1, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect(), vec![-1.25, 0.1, 0.5]),
    ];
    for (tag, bits, data, expected) in cases {
        for format in [fmt(tag, 1, 22_050, bits), extensible(tag, 1, 22_050, bits)] {
            let wave = read(&riff(&[(b"fmt ", &format), (b"data", &data)])).unwrap();
            assert_eq!(
                wave,
                Wave { rate_hz: 22_050, channels: 1, samples: expected.clone() },
                "{tag}/{bits}"
            );
        }
    }
}

#[test]
fn read_averages_channels() {
    let data: Vec<u8> = [300i16, 0, 0, -300, -300, -300].iter().flat_map(|v| v.to_le_bytes()).collect();
    let wave = read(&riff(&[(b"fmt ", &fmt(1, 3, 8_000, 16)), (b"data", &data)])).unwrap();
    assert_eq!(wave.channels, 3);
    assert_eq!(wave.samples, [100.0 / 32_768.0, -300.0 / 32_768.0]);
}

#[test]
fn read_skips_other_chunks_with_their_padding() {
    let data = 1000i16.to_le_bytes();
    let file = riff(&[
        (b"JUNK", &[1, 2, 3]),
        (b"LIST", b"data"),
        (b"fmt ", &fmt(1, 1, 8_000, 16)),
        (b"fact", &[1, 0, 0, 0]),
        (b"odd ", &[7]),
        (b"data", &data),
        (b"LIST", &[0; 9]),
    ]);
    assert_eq!(samples(&file), [1000.0 / 32_768.0]);
}

#[test]
fn read_of_a_cut_file_says_how_much_is_there() {
    let whole = write_pcm16(&vec![5; 16_000], 16_000);
    let cut = &whole[..44 + 2 * 4_000 + 1];
    assert_eq!(read(cut), Err(WavError::Truncated { present_s: 0.25, declared_s: Some(1.0) }));
    let in_header = &whole[..30];
    assert_eq!(read(in_header), Err(WavError::Truncated { present_s: 0.0, declared_s: None }));
}

#[test]
fn read_takes_live_recordings_to_the_end_of_the_file() {
    let mut file = write_pcm16(&[1, 2, 3], 16_000);
    let data_size = 40..44;
    for placeholder in [0x7FFF_F000u32, 0x8000_0000, 0xFFFF_FFFF] {
        file[data_size.clone()].copy_from_slice(&placeholder.to_le_bytes());
        assert_eq!(samples(&file).len(), 3, "{placeholder:#x}");
    }
    // A zero means "not known yet" only where the RIFF size was not filled in either.
    file[data_size].copy_from_slice(&[0; 4]);
    assert_eq!(samples(&file).len(), 0);
    for riff_size in [0u32, 36] {
        file[4..8].copy_from_slice(&riff_size.to_le_bytes());
        assert_eq!(samples(&file).len(), 3, "{riff_size}");
    }
}

#[test]
fn read_names_wrong_headers() {
    let of = |format: Vec<u8>| read(&riff(&[(b"fmt ", &format), (b"data", &[0; 16])])).unwrap_err();
    let with = |at: usize, value: u8| {
        let mut format = fmt(1, 1, 8_000, 16);
        format[at] = value;
        of(format)
    };
    let bad = |field, value| WavError::BadHeader { field, value };
    assert_eq!(with(2, 0), bad(HeaderField::Channels, 0));
    assert_eq!(with(2, 2), bad(HeaderField::BlockAlign, 2));
    assert_eq!(with(12, 0), bad(HeaderField::BlockAlign, 0));
    assert_eq!(of(fmt(1, 1, 0, 16)), bad(HeaderField::SampleRate, 0));
    assert_eq!(of(fmt(1, 1, 8_000, 16)[..15].to_vec()), bad(HeaderField::FormatSize, 15));
    assert_eq!(of(extensible(1, 1, 8_000, 16)[..39].to_vec()), bad(HeaderField::FormatSize, 39));
    assert_eq!(read(&riff(&[(b"data", &[0; 4])])), Err(bad(HeaderField::FormatChunk, 0)));
    assert_eq!(read(&riff(&[(b"fmt ", &fmt(1, 1, 8_000, 16))])), Err(bad(HeaderField::DataChunk, 0)));
    assert_eq!(of(fmt(7, 1, 8_000, 8)), WavError::UnsupportedFormat { tag: 7, bits: 8 });
    assert_eq!(of(fmt(1, 1, 8_000, 12)), WavError::UnsupportedFormat { tag: 1, bits: 12 });
    let mut ambisonic = extensible(1, 1, 8_000, 16);
    ambisonic[39] = 0;
    assert_eq!(of(ambisonic), WavError::UnsupportedFormat { tag: 1, bits: 16 });
    assert_eq!(read(b"RIFX\0\0\0\0WAVE"), Err(WavError::NotWav));
    assert_eq!(read(b""), Err(WavError::NotWav));
}

#[test]
fn read_refuses_samples_that_are_no_numbers() {
    for bad in [f64::NAN, f64::INFINITY, 1e300] {
        let data: Vec<u8> = [0.5, bad].iter().flat_map(|v| v.to_le_bytes()).collect();
        let file = riff(&[(b"fmt ", &fmt(3, 1, 8_000, 64)), (b"data", &data)]);
        assert_eq!(read(&file), Err(WavError::NotFinite { index: 1 }));
    }
}

#[test]
fn write_states_sizes_that_add_up() {
    for file in [write_f32(&[0.5; 3], 16_000), write_pcm16(&[5; 3], 16_000)] {
        let riff_size = u32::from_le_bytes(*file[4..].first_chunk().unwrap());
        assert_eq!(riff_size as usize + 8, file.len());
    }
}

/// A small file with a header of which some bytes were changed, and perhaps an early end.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![
        prop::collection::vec(any::<f32>(), 0..40).prop_map(|v| write_f32(&v, 16_000)),
        prop::collection::vec(any::<i16>(), 0..40).prop_map(|v| write_pcm16(&v, 44_100)),
        prop::collection::vec(any::<u8>(), 0..99)
            .prop_map(|v| riff(&[(b"fmt ", &extensible(1, 2, 48_000, 24)), (b"data", &v)])),
    ];
    (whole, prop::collection::vec((0usize..80, any::<u8>()), 0..4), 0usize..300).prop_map(
        |(mut bytes, changes, length)| {
            for (at, value) in changes {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            bytes.truncate(length);
            bytes
        },
    )
}

proptest! {
    #[test]
    fn read_survives_any_bytes(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), nearly_a_file()]) {
        if let Ok(wave) = read(&bytes) {
            prop_assert!(wave.samples.len() <= bytes.len());
            prop_assert!(wave.samples.iter().all(|v| v.is_finite()));
            prop_assert!(wave.rate_hz > 0 && wave.channels > 0);
        }
    }

    #[test]
    fn write_and_read_keep_floats_bit_for_bit(
        v in prop::collection::vec(prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL | prop::num::f32::ZERO, 0..200),
        rate_hz in 1u32..200_000,
    ) {
        let wave = read(&write_f32(&v, rate_hz)).unwrap();
        prop_assert_eq!(wave.rate_hz, rate_hz);
        let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(&wave.samples), bits(&v));
    }

    #[test]
    fn write_and_read_keep_integers_exactly(v in prop::collection::vec(any::<i16>(), 0..200)) {
        let wave = read(&write_pcm16(&v, 16_000)).unwrap();
        prop_assert_eq!(wave.samples.iter().map(|x| quantise_pcm16(*x)).collect::<Vec<_>>(), v);
    }
}

/// What [`read`] gives, from the header of a prefix and pieces of the sound.
fn read_in_pieces(file: &[u8], prefix: usize, piece: usize) -> Result<Wave, WavError> {
    let header = match Header::parse(&file[..prefix.min(file.len())], file.len() as u64)? {
        Some(header) => header,
        None => return read_in_pieces(file, prefix + 1, piece),
    };
    let sound = header.sound();
    let (mut samples, mut frame) = (Vec::new(), 0);
    for bytes in file[sound.start as usize..sound.end as usize].chunks(piece * header.frame_bytes()) {
        header.decode(frame, bytes, &mut samples)?;
        frame += (bytes.len() / header.frame_bytes()) as u64;
    }
    assert!(frame == header.frames());
    Ok(Wave { rate_hz: header.rate_hz(), channels: header.channels(), samples })
}

#[test]
fn header_does_not_need_chunks_that_are_skipped() {
    let data = [1u8; 8];
    let file = riff(&[(b"fmt ", &fmt(1, 1, 8_000, 16)), (b"JUNK", &[0; 1_000]), (b"data", &data)]);
    assert_eq!(Header::parse(&file[..500], file.len() as u64), Ok(None));
    let header = Header::parse(&file[..file.len() - 8], file.len() as u64).unwrap().unwrap();
    assert_eq!(header.sound(), file.len() as u64 - 8..file.len() as u64);
    let start = file.len() as u64 - 8;
    assert_eq!(header.bytes(1..3), start + 2..start + 6);
    assert_eq!(header.bytes(3..1_000), start + 6..start + 8, "there are four frames");
    assert_eq!(header.bytes(9..12), start + 8..start + 8);
    let cut = Header::parse(&file[..500], 500);
    assert_eq!(cut, Err(WavError::Truncated { present_s: 0.0, declared_s: None }));
}

proptest! {
    #[test]
    fn header_and_pieces_give_what_the_whole_file_gives(
        bits in prop::sample::select(vec![(1u16, 8u16), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)]),
        channels in 1u16..4,
        data in prop::collection::vec(any::<u8>(), 0..300),
        junk in prop::collection::vec(any::<u8>(), 0..9),
        (prefix, piece, cut) in (0usize..80, 1usize..20, 0usize..40),
    ) {
        let format = fmt(bits.0, channels, 8_000, bits.1);
        let mut file = riff(&[(b"JUNK", &junk), (b"fmt ", &format), (b"data", &data)]);
        file.truncate(file.len().saturating_sub(cut));
        let bits_of = |wave: Wave| (wave.rate_hz, wave.channels, wave.samples.iter().map(|v| v.to_bits()).collect::<Vec<_>>());
        prop_assert_eq!(read_in_pieces(&file, prefix, piece).map(bits_of), read(&file).map(bits_of));
    }
}

use proptest::prelude::*;

use super::*;
use encoder::{Kind, Layout, PLAIN, Stereo, in_ogg, write};

mod encoder;

const FIXTURE: &[u8] = include_bytes!("../../../tests/fixtures/voice.flac");

/// Decodes a whole file that is given in pieces: every channel, and what is known at the end.
fn decode(file: &[u8], piece: usize) -> Result<(Vec<Vec<f32>>, Decoder), FlacError> {
    let mut decoder = Decoder::new(file)?;
    let mut channels = Vec::new();
    for bytes in file.chunks(piece) {
        decoder.push(bytes);
        while decoder.step()? {
            channels.resize(decoder.channels().map_or(0, usize::from), Vec::new());
            for (number, samples) in channels.iter_mut().enumerate() {
                decoder.samples(Some(number), samples);
            }
        }
    }
    Ok((channels, decoder))
}

/// Channels of a sound that uses all of its bits, `low` of which are 0.
fn sound(channels: usize, frames: usize, bits: u32, low: u32) -> Vec<Vec<i64>> {
    let mut state = 1_u64;
    let mut noise = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state as i64 >> 33
    };
    let full = 1_i64 << (bits - 1);
    (0..channels)
        .map(|channel| {
            let value = |k: usize, noise: i64| {
                let wave = libm::sin(0.07 * (channel + 1) as f64 * k as f64) * 0.99 * full as f64;
                // Both ends of the range, one after the other, and in the channels by turns.
                match k {
                    20 | 21 => {
                        if (k + channel).is_multiple_of(2) {
                            full - 1
                        } else {
                            -full
                        }
                    }
                    _ => (wave as i64 + noise % (full / 16 + 1)).clamp(-full, full - 1),
                }
            };
            (0..frames).map(|k| value(k, noise()) >> low << low).collect()
        })
        .collect()
}

fn scaled(channels: &[Vec<i64>], bits: u32) -> Vec<Vec<f32>> {
    let scale = libm::pow(2.0, f64::from(bits) - 1.0);
    channels.iter().map(|channel| channel.iter().map(|v| (*v as f64 / scale) as f32).collect()).collect()
}

#[track_caller]
fn expect(channels: &[Vec<i64>], layout: Layout) {
    let file = write(channels, layout);
    for piece in [file.len(), 1_000, 7] {
        let (decoded, decoder) = decode(&file, piece).unwrap();
        assert!(decoded == scaled(channels, layout.bits), "{layout:?}, pieces of {piece}");
        assert_eq!(decoder.rate_hz(), Some(16_000));
        assert_eq!(decoder.announced().is_some(), layout.announced);
        assert_eq!((decoder.has_ended(), decoder.is_between_frames()), (layout.announced, !layout.announced));
    }
}

const KINDS: [Kind; 8] = [
    Kind::Verbatim,
    Kind::Fixed(0),
    Kind::Fixed(1),
    Kind::Fixed(2),
    Kind::Fixed(3),
    Kind::Fixed(4),
    Kind::Linear(&[1_900, -950], 10),
    // The highest order.
    Kind::Linear(
        &[700, -9, 3, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1],
        11,
    ),
];

#[test]
fn flac_of_any_bits_is_read_to_the_last_bit() {
    for bits in 4..=32 {
        for kind in KINDS {
            expect(&sound(1, 500, bits, 0), Layout { bits, kind, ..PLAIN });
        }
    }
}

#[test]
fn flac_channels_are_read_however_they_are_stored() {
    for bits in [4, 8, 16, 24, 32] {
        for stereo in [Stereo::Independent, Stereo::LeftSide, Stereo::SideRight, Stereo::MidSide] {
            for kind in [Kind::Verbatim, Kind::Fixed(2), Kind::Linear(&[1_900, -950], 10)] {
                expect(&sound(2, 300, bits, 0), Layout { bits, kind, stereo, ..PLAIN });
            }
        }
    }
    for channels in 3..=8 {
        expect(&sound(channels, 300, 16, 0), PLAIN);
    }
}

#[test]
fn flac_errors_of_a_prediction_are_read_however_they_are_stored() {
    let base = Layout { block: 256, ..PLAIN };
    for partitions in 0..=7 {
        for escaped in [false, true] {
            expect(&sound(1, 1_000, 16, 0), Layout { partitions, escaped, ..base });
        }
    }
    // Partitions without errors take no bits at all.
    expect(&[vec![0; 600]], Layout { partitions: 2, escaped: true, ..base });
    expect(&[vec![-7; 600]], Layout { kind: Kind::Constant, ..base });
    for wasted in [1, 5, 11] {
        expect(&sound(2, 300, 16, wasted), Layout { wasted, ..base });
    }
}

#[test]
fn flac_blocks_may_have_any_length_and_number() {
    for (block, frames) in [(16, 700), (4_608, 10_000), (65_535, 70_000), (192, 200 * 192 + 1)] {
        for (by_sample, in_frames, announced) in [(false, true, true), (true, false, false)] {
            expect(
                &sound(1, frames, 8, 0),
                Layout { bits: 8, block, by_sample, in_frames, announced, ..PLAIN },
            );
        }
    }
}

#[test]
fn flac_is_read_behind_a_tag_and_in_ogg() {
    let channels = sound(2, 40_000, 16, 0);
    let file = write(&channels, Layout { block: 20_000, ..PLAIN });
    let wanted = scaled(&channels, 16);
    let tagged = [&b"ID3\x04\0\0\0\0\x01\x02"[..], &[7; 130], &file].concat();
    let ogg = in_ogg(&[&file[..42], &file[42..50], &file[50..30_000], &file[30_000..]]);
    for file in [tagged, ogg] {
        for piece in [file.len(), 999] {
            let (decoded, decoder) = decode(&file, piece).unwrap();
            assert!(decoded == wanted && decoder.has_ended());
        }
    }
}

#[test]
fn flac_gives_the_mean_of_the_channels_or_one() {
    let mut decoder = Decoder::new(b"fLaC").unwrap();
    decoder.push(&write(&[vec![1, 2], vec![2, 2], vec![6, -32_768]], PLAIN));
    assert_eq!(decoder.step(), Ok(true));
    let of = |channel| {
        let mut samples = Vec::new();
        decoder.samples(channel, &mut samples);
        samples.iter().map(|v| v * 32_768.0).collect::<Vec<f32>>()
    };
    assert_eq!(of(None), [3.0, -10_921.333]);
    assert_eq!(of(Some(2)), [6.0, -32_768.0]);
    assert!(of(Some(3)).is_empty());
}

#[test]
fn flac_that_is_cut_off_gives_what_is_there() {
    let whole = decode(FIXTURE, FIXTURE.len()).unwrap();
    assert_eq!((whole.0[0].len(), whole.1.rate_hz(), whole.1.has_ended()), (6_400, Some(16_000), true));
    let (cut, decoder) = decode(&FIXTURE[..FIXTURE.len() * 6 / 10], 100).unwrap();
    assert!(!decoder.has_ended() && !decoder.is_between_frames());
    assert_eq!(decoder.announced(), Some(6_400));
    assert!(!cut[0].is_empty() && cut[0].len() as u64 == decoder.decoded());
    assert_eq!(cut[0], whole.0[0][..cut[0].len()]);
}

#[test]
fn flac_of_no_known_length_ends_before_a_tag_of_another_format() {
    let channels = sound(1, 500, 16, 0);
    let file = write(&channels, Layout { announced: false, ..PLAIN });
    let (decoded, decoder) = decode(&[&file[..], b"TAG", &[b' '; 125]].concat(), 1_000).unwrap();
    assert!(decoded == scaled(&channels, 16) && decoder.has_ended());
    assert!(decode(&[&file[..], b"something else"].concat(), 1_000).is_err());
}

#[test]
fn flac_that_is_damaged_says_where() {
    assert_eq!(decode(b"RIFF", 4).unwrap_err(), FlacError::NotFlac);
    assert_eq!(decode(b"ID3\x04\0\0\0\0\0\x01 not FLAC", 99).unwrap_err(), FlacError::NotFlac);
    assert_eq!(decode(b"fLaC\x04\0\0\x22", 99).unwrap_err(), FlacError::Damaged { at_s: 0.0 });
    let file = write(&sound(1, 1_920, 16, 0), Layout { kind: Kind::Verbatim, ..PLAIN });
    // Every bit of the sixth of ten frames.
    let frame = (file.len() - 50) / 10;
    for bit in 0..8 * frame {
        let mut hit = file.clone();
        hit[50 + 5 * frame + bit / 8] ^= 1 << (bit % 8);
        // Where a length was changed, the file may seem to be cut off.
        match decode(&hit, hit.len()) {
            Err(error) => assert_eq!(error, FlacError::Damaged { at_s: 0.06 }, "bit {bit}"),
            Ok((decoded, decoder)) => assert!(decoded[0].len() == 960 && !decoder.has_ended(), "bit {bit}"),
        }
    }
}

/// A file of one channel of 16 bits and no known length, up to and with the header of a frame of so many samples, whose only channel
/// stores errors with a parameter of 0: a code is as many zeros as its number.
fn begun_frame(samples: u16, channels: u8) -> Vec<u8> {
    let mut file = write(&sound(channels.into(), 1, 16, 0), PLAIN)[..50].to_vec();
    file[21] &= 0xF0;
    file[22..26].fill(0);
    let mut frame = vec![0xFF, 0xF8, 0x70, (channels - 1) << 4, 0];
    frame.extend((samples - 1).to_be_bytes());
    frame.push(super::bits::crc8(&frame));
    frame.extend([0x10, 0x00]);
    [file, frame].concat()
}

#[test]
fn flac_frames_that_go_on_with_zeros_end_where_their_samples_would() {
    // As after a power cut. The bytes of a frame, 64 bits a sample, and two pieces are all that is ever kept or read again.
    for (samples, channels) in [(16, 1), (4_096, 1), (4_096, 2), (65_535, 8)] {
        let mut decoder = Decoder::new(b"fLaC").unwrap();
        decoder.push(&begun_frame(samples, channels));
        assert_eq!(decoder.step(), Ok(false));
        let most = usize::from(samples) * usize::from(channels) * 8 + 1_024;
        let mut given = 0;
        let error = loop {
            decoder.push(&[0; 1 << 16]);
            given += 1 << 16;
            assert!(given <= most + (1 << 16), "{samples} × {channels}: {given} bytes without an end");
            match decoder.step() {
                Ok(more) => assert!(!more),
                Err(error) => break error,
            }
        };
        assert_eq!(error, FlacError::Damaged { at_s: 0.0 });
    }
}

#[test]
fn flac_in_ogg_ends_where_no_page_follows_and_keeps_nothing_of_what_does() {
    let channels = sound(1, 40_000, 16, 0);
    let file = write(&channels, Layout { block: 4_000, ..PLAIN });
    let ogg = in_ogg(&[&file[..42], &file[42..50], &file[50..30_000], &file[30_000..]]);
    let cut = in_ogg(&[&file[..42], &file[42..50], &file[50..30_000]]);
    let whole = decode(&ogg, 999).unwrap().0;
    for (pages, piece, rest) in [(&ogg, 999, true), (&cut, 999, false), (&cut, 10_000_000, false)] {
        let mut decoder = Decoder::new(pages).unwrap();
        let mut heard = Vec::new();
        for bytes in [pages, &[0; 1_000_000][..]].concat().chunks(piece) {
            decoder.push(bytes);
            while decoder.step().unwrap() {
                decoder.samples(None, &mut heard);
            }
            assert!(decoder.held() <= 80_000, "{} bytes are kept", decoder.held());
        }
        assert!(!decoder.wants_more() && decoder.has_ended() == rest);
        assert!(heard == whole[0][..heard.len()] && heard.len() >= 8_000);
    }
    // Bytes that may yet become a page are waited for.
    let mut decoder = Decoder::new(&ogg).unwrap();
    decoder.push(&[&cut[..], b"Og"].concat());
    assert!(decoder.wants_more());
    decoder.push(b"gX");
    assert!(!decoder.wants_more());
}

#[test]
fn flac_frames_of_the_largest_size_are_read_in_pieces() {
    for (channels, stereo) in [(8, Stereo::Independent), (2, Stereo::MidSide)] {
        let channels = sound(channels, 65_535, 32, 0);
        // Each partition has but a few samples, and says how many bits they take.
        for (kind, block, partitions) in [(Kind::Verbatim, 65_535, 0), (Kind::Fixed(0), 32_768, 14)] {
            let file = write(
                &channels,
                Layout { bits: 32, kind, block, partitions, stereo, escaped: true, ..PLAIN },
            );
            let (decoded, decoder) = decode(&file, 1 << 18).unwrap();
            assert!(decoded == scaled(&channels, 32) && decoder.has_ended(), "{kind:?}");
        }
    }
}

proptest! {
    #[test]
    fn flac_survives_damaged_files(
        cut in 0..FIXTURE.len(),
        hits in prop::collection::vec((0..FIXTURE.len(), any::<u8>()), 0..6),
        piece in 1_usize..3_000,
    ) {
        let mut file = FIXTURE.to_vec();
        for (at, value) in hits {
            file[at] = value;
        }
        file.truncate(cut);
        if let Ok((channels, _)) = decode(&file, piece) {
            prop_assert!(channels.iter().flatten().all(|sample| sample.abs() <= 1.0));
        }
    }

    /// The checksums are right, so that nothing but the reader's own care keeps it from harm.
    #[test]
    fn flac_survives_frames_of_any_bits(body in prop::collection::vec(any::<u8>(), 0..300), bits in 4_u32..=32, code in 0_u8..=10) {
        let file = write(&sound(if code < 8 { usize::from(code) + 1 } else { 2 }, 1, bits, 0), Layout { bits, ..PLAIN });
        let mut frame = vec![0xFF, 0xF8, 0x10, code << 4, 0];
        frame.push(super::bits::crc8(&frame));
        frame.extend(body);
        let sum = super::bits::crc16(&frame);
        frame.extend(sum.to_be_bytes());
        // The length is taken away, so that more than a sample is read.
        let mut head = file[..50].to_vec();
        head[21] &= 0xF0;
        head[22..26].fill(0);
        let _ = decode(&[head, frame].concat(), 1_000);
    }
}

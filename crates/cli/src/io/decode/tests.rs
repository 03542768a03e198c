//! Tests of the decoder on the sounds in `tests/fixtures`.

use proptest::prelude::*;
use undertone::audio::wav;

use super::*;

/// Name, bytes, sampling rate, samples, and how far a cut is seen.
const FIXTURES: [(&str, &[u8], u32, usize); 8] = [
    ("flac", include_bytes!("../../../../../tests/fixtures/voice.flac"), 16_000, 6_400),
    ("mp3", include_bytes!("../../../../../tests/fixtures/voice.mp3"), 16_000, 6_400),
    ("ogg", include_bytes!("../../../../../tests/fixtures/voice.ogg"), 16_000, 6_400),
    ("m4a", include_bytes!("../../../../../tests/fixtures/voice.m4a"), 16_000, 6_400),
    ("alac", include_bytes!("../../../../../tests/fixtures/voice.alac.m4a"), 16_000, 6_400),
    ("opus", include_bytes!("../../../../../tests/fixtures/voice.opus"), 48_000, 19_200),
    ("webm", include_bytes!("../../../../../tests/fixtures/voice.webm"), 48_000, 19_200),
    // Twelve frames of 1152 at 16 kHz; this layer cannot say where the sound begins and ends.
    ("mp2", include_bytes!("../../../../../tests/fixtures/voice.mp2"), 16_000, 6_912),
];

/// Those that cannot say that they were cut off.
const BLIND: [&str; 1] = ["mp2"];

fn open(bytes: &[u8]) -> Result<Decoder, DecodeError> {
    Decoder::of_bytes(bytes.to_vec(), Limits::default())
}

fn all(mut decoder: Decoder) -> Result<(Vec<f32>, Option<CutOff>), DecodeError> {
    let mut samples = Vec::new();
    while let Some(piece) = decoder.next_piece()? {
        samples.extend_from_slice(piece);
    }
    Ok((samples, decoder.missing_end()))
}

#[test]
fn decode_gives_length_and_rate_of_each_format() {
    for (name, bytes, rate_hz, length) in FIXTURES {
        let sound = decode(bytes.to_vec()).unwrap();
        assert_eq!((sound.rate_hz, sound.samples.len()), (rate_hz, length), "{name}");
        let peak = sound.samples.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
        assert!((0.2..0.6).contains(&peak), "{name}: {peak}");
    }
}

#[test]
fn decode_gives_the_sound_where_it_was() {
    let original = decode(FIXTURES[0].1.to_vec()).unwrap().samples;
    for (name, bytes, rate_hz, _) in FIXTURES {
        let samples = decode(bytes.to_vec()).unwrap().samples;
        let step = (rate_hz / 16_000) as usize;
        let samples: Vec<f32> = samples.into_iter().step_by(step).collect();
        let product = |delay: usize| -> f64 {
            samples[delay..].iter().zip(&original).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        let best = (0..400).max_by(|a, b| product(*a).total_cmp(&product(*b))).unwrap();
        // Layer II keeps the 481 samples that its filters delay: more than are tried.
        let expected = if name == "mp2" { best } else { 0 };
        assert_eq!(best, expected, "{name}");
        if name == "alac" {
            assert_eq!(samples, original);
        }
    }
}

#[test]
fn a_cut_file_is_read_to_its_end_with_a_notice_and_refused_if_files_must_be_whole() {
    for (name, bytes, rate_hz, length) in FIXTURES {
        if BLIND.contains(&name) {
            continue;
        }
        let whole = all(open(bytes).unwrap()).unwrap();
        assert_eq!(whole.1, None, "{name}");
        for share in [3, 5, 7, 9] {
            let cut = bytes[..bytes.len() * share / 10].to_vec();
            let error = decode(cut.clone()).unwrap_err();
            let truncated = matches!(error, DecodeError::Truncated(cut) if cut.present_s < 0.4);
            assert!(truncated, "{name}, {share}/10: {error}");
            match open(&cut).and_then(all) {
                Ok((samples, missing_end)) => {
                    let missing_end = missing_end.unwrap();
                    assert!(!samples.is_empty() && samples.len() < length, "{name}, {share}/10");
                    assert_eq!(missing_end.present_s, samples.len() as f64 / f64::from(rate_hz), "{name}");
                    assert!(
                        missing_end.declared_s.is_none_or(|declared_s| declared_s > missing_end.present_s)
                    );
                    assert_eq!(samples, whole.0[..samples.len()], "{name}, {share}/10");
                }
                // What says where the sound lies stands at the end, the only page is cut, or the header takes up
                // most of so short a file.
                Err(DecodeError::Truncated(cut)) => {
                    assert!(
                        cut.present_s == 0.0 && (["m4a", "alac", "ogg", "opus"].contains(&name) || share < 7),
                        "{name}, {share}/10"
                    );
                }
                Err(error) => panic!("{name}, {share}/10: {error}"),
            }
        }
    }
    let long = wav::write_f32(&[0.5; 16_000], 16_000);
    let (samples, missing_end) = all(open(&long[..long.len() / 2]).unwrap()).unwrap();
    assert_eq!(missing_end.unwrap().to_string(), "after 0.50 s of 1.00 s");
    assert_eq!(samples.len(), 7_992);
}

#[test]
fn a_cut_file_whose_index_stands_first_is_read_to_its_end() {
    let bytes = include_bytes!("../../../../../tests/fixtures/voice.faststart.m4a");
    let (whole, _) = all(open(bytes).unwrap()).unwrap();
    for missing in [1, 500] {
        let (samples, missing_end) = all(open(&bytes[..bytes.len() - missing]).unwrap()).unwrap();
        assert!(samples.len() > 2_000 && samples.len() < whole.len(), "{missing}: {}", samples.len());
        assert_eq!(samples, whole[..samples.len()]);
        assert!(missing_end.is_some());
    }
}

/// As recorders in browsers and pipes write it: sizes are not known.
#[test]
fn webm_of_unknown_size_is_whole() {
    let bytes = FIXTURES[6].1;
    let expected = all(open(bytes).unwrap()).unwrap();
    let mut live = bytes.to_vec();
    for id in [[0x18, 0x53, 0x80, 0x67], [0x1F, 0x43, 0xB6, 0x75]] {
        let at = 4 + live.windows(4).rposition(|bytes| bytes == id).unwrap();
        let length = 1 + live[at].leading_zeros() as usize;
        live[at] = 0xff >> (length - 1);
        live[at + 1..at + length].fill(0xff);
    }
    assert_ne!(live, bytes);
    let found = all(open(&live).unwrap()).unwrap();
    assert_eq!((found.0.len(), found.1), (expected.0.len(), expected.1));
    assert!(found.0 == expected.0);
    assert!(decode(live).is_ok(), "nothing is missing");
}

#[test]
fn decode_finds_a_changed_sample_in_flac() {
    let mut bytes = FIXTURES[0].1.to_vec();
    // The checksum of the samples lies in the header.
    bytes[30] ^= 1;
    assert!(matches!(decode(bytes), Err(DecodeError::Damaged { .. })));
}

#[test]
fn what_is_no_sound_is_named() {
    let said = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().to_string();
    let cases: [(&[u8], &str); 9] = [
        (b"", "it is empty, not one byte"),
        (b"hello", "it is text, not a sound file"),
        (&[0; 5_000], "it is nothing but zeros"),
        (b"<!doctype html><title>no</title>", "it is text"),
        (b"\x89PNG\r\n\x1a\n", "it is a picture"),
        (b"PK\x03\x04", "it is an archive"),
        (b"#!AMR\n\x3c", "the sound in it is AMR, which is not read: convert it with `ffmpeg -i IN OUT.wav`"),
        (b"\x7FELF\x02\x01\x01", "it is not a sound file that can be read"),
        (b"RIFF\0\0\0\0WAVE", "the header is wrong"),
    ];
    for (bytes, expected) in cases {
        assert!(said(bytes).starts_with(expected), "{}", said(bytes));
    }
    assert!(matches!(read(Path::new("/no/such/file")), Err(DecodeError::Open(_))));
}

#[test]
fn he_aac_is_refused_by_name() {
    let said = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().to_string();
    let aac = FIXTURES[3].1;
    // The configuration: LC, 16 kHz, mono, and an extension that says that there is no more.
    let at = aac.windows(5).position(|bytes| bytes == [0x14, 0x08, 0x56, 0xE5, 0x00]).unwrap();
    let mut extended = aac.to_vec();
    extended[at + 4] = 0x98;
    let expected = "the sound in it is HE-AAC, which is not read: convert it with `ffmpeg -i IN OUT.wav`";
    assert_eq!(said(&extended), expected);
    let mut explicit = aac.to_vec();
    explicit[at..at + 5].copy_from_slice(&[0x2C, 0x09, 0x88, 0x00, 0x00]);
    assert_eq!(said(&explicit), expected);
    // Not in the configuration: ticks that are twice as fine.
    let mut implicit = aac.to_vec();
    let header = implicit.windows(4).position(|bytes| bytes == b"mdhd").unwrap();
    implicit[header + 16..header + 20].copy_from_slice(&32_000u32.to_be_bytes());
    assert_eq!(said(&implicit), expected);
    // A stream without a configuration, in which only the frames show it.
    assert_eq!(said(include_bytes!("../../../../../tests/fixtures/voice.he-aac.aac")), expected);
}

#[test]
fn sounds_that_are_too_long_are_refused_without_being_decoded() {
    let limits = Limits { max_s: 0.3, strict: false };
    for (name, bytes, ..) in FIXTURES {
        let found = Decoder::of_bytes(bytes.to_vec(), limits).and_then(all);
        assert!(matches!(found, Err(DecodeError::TooLong { max_s: 0.3 })), "{name}");
    }
    // A header that declares 2^36 − 1 samples, at 16 kHz a thousand hours.
    let mut flac = FIXTURES[0].1.to_vec();
    flac[21] |= 0x0F;
    flac[22..26].fill(0xff);
    assert!(matches!(open(&flac), Err(DecodeError::TooLong { .. })));
}

#[test]
fn decoder_gives_a_file_in_pieces_as_it_gives_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let noise: Vec<f32> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) as f32) / 5e9).collect();
    let wav = wav::write_f32(&noise, 22_050);
    for (name, bytes, ..) in FIXTURES.into_iter().chain([("wav", &wav[..], 22_050, 100_000)]) {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut decoder = Decoder::open(&path, Limits::default()).unwrap();
        let (mut samples, mut pieces, mut channel) = (Vec::new(), 0, Vec::new());
        while let Some(piece) = decoder.next_piece().unwrap() {
            let piece = piece.to_vec();
            decoder.channel(0, &mut channel);
            assert_eq!(channel, piece, "{name}");
            samples.extend_from_slice(&piece);
            pieces += 1;
        }
        let whole = decode(bytes.to_vec()).unwrap();
        assert!(pieces > 1, "{name}: {pieces}");
        assert_eq!((decoder.rate_hz(), &samples), (whole.rate_hz, &whole.samples), "{name}");
        if name == "wav" {
            assert_eq!(samples, noise);
            assert_eq!(decoder.expected_s(), 100_000.0 / 22_050.0);
        }
    }
}

#[test]
fn decode_finds_sound_behind_a_tag_with_a_large_picture() {
    let picture = 400_000u32;
    let size = [21, 14, 7, 0].map(|shift| (picture >> shift & 0x7f) as u8);
    let tag = [&b"ID3\x04\0\0"[..], &size, &vec![0; picture as usize]].concat();
    for (name, bytes, ..) in &FIXTURES[..2] {
        let tagged = decode([&tag, *bytes].concat());
        assert_eq!(tagged.unwrap(), decode(bytes.to_vec()).unwrap(), "{name}");
    }
}

#[test]
fn decode_takes_a_wav_header_that_is_longer_than_the_first_bytes() {
    let wav = wav::write_f32(&[0.5; 100], 16_000);
    let mut junk = b"JUNK".to_vec();
    junk.extend(300_000u32.to_le_bytes());
    junk.resize(300_008, 0);
    let long = [&wav[..12], &junk, &wav[12..]].concat();
    assert_eq!(decode(long).unwrap().samples, [0.5; 100]);
}

#[test]
fn the_document_has_the_words_of_every_refusal() {
    let document =
        include_str!("../../../../../docs/formats.md").split_whitespace().collect::<Vec<_>>().join(" ");
    for name in packets::names() {
        let said = DecodeError::Unread { name }.to_string();
        let short =
            said.strip_prefix("the sound in it is ").unwrap().split(", which is not read").next().unwrap();
        assert!(document.contains(short), "{short}");
    }
    for kind in error::REFUSED {
        let said = error::refusal(kind).unwrap().to_string();
        let short = said
            .strip_prefix("the sound in it is ")
            .map_or(said.as_str(), |said| said.split(", which is not read").next().unwrap_or(said));
        assert!(document.contains(short), "{short}");
    }
    let others = [
        DecodeError::NoSoundTrack,
        DecodeError::Failed,
        DecodeError::Memory,
        DecodeError::Damaged { present_s: 1.25 },
        DecodeError::TooLong { max_s: 86_400.0 },
        DecodeError::Truncated(CutOff { present_s: 1.25, declared_s: Some(2.0) }),
        DecodeError::Unread { name: "AMR" },
    ];
    for error in others {
        assert!(document.contains(&error.to_string()), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn decode_does_not_panic_on_damaged_bytes(
        which in 0usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        length in 0usize..8_000,
    ) {
        let mut bytes = FIXTURES[which].1.to_vec();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        bytes.truncate(length);
        if let Ok((samples, _)) = open(&bytes).and_then(all) {
            prop_assert!(samples.iter().all(|v| v.is_finite()));
        }
    }
}

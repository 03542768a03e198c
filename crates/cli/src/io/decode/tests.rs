//! Tests of the decoder on the sounds in `tests/fixtures`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use undertone::audio::sniff::StreamFrame;
use undertone::audio::wav;

use super::*;

/// Name, bytes, sampling rate, samples.
const FIXTURES: [(&str, &[u8], u32, usize); 13] = [
    ("flac", include_bytes!("../../../../../tests/fixtures/voice.flac"), 16_000, 6_400),
    ("mp3", include_bytes!("../../../../../tests/fixtures/voice.mp3"), 16_000, 6_400),
    ("ogg", include_bytes!("../../../../../tests/fixtures/voice.ogg"), 16_000, 6_400),
    ("m4a", include_bytes!("../../../../../tests/fixtures/voice.m4a"), 16_000, 6_400),
    ("alac", include_bytes!("../../../../../tests/fixtures/voice.alac.m4a"), 16_000, 6_400),
    ("opus", include_bytes!("../../../../../tests/fixtures/voice.opus"), 48_000, 19_200),
    ("webm", include_bytes!("../../../../../tests/fixtures/voice.webm"), 48_000, 19_200),
    // Twelve frames of 1152 at 16 kHz; this layer cannot say where the sound begins and ends.
    ("mp2", include_bytes!("../../../../../tests/fixtures/voice.mp2"), 16_000, 6_912),
    // WebM does not say where Vorbis ends.
    ("vorbis.webm", include_bytes!("../../../../../tests/fixtures/voice.vorbis.webm"), 16_000, 6_784),
    ("flac.mkv", include_bytes!("../../../../../tests/fixtures/voice.flac.mkv"), 16_000, 6_400),
    ("alac.mov", include_bytes!("../../../../../tests/fixtures/voice.alac.mov"), 16_000, 6_400),
    ("mp2.mp4", include_bytes!("../../../../../tests/fixtures/voice.mp2.mp4"), 16_000, 6_431),
    // The first track is AC-3.
    ("second track", include_bytes!("../../../../../tests/fixtures/voice.ac3-aac.mp4"), 16_000, 6_400),
];

/// Those whose index stands at the end, or whose header takes up most of so short a file.
const ALL_OR_NOTHING: [&str; 8] =
    ["m4a", "alac", "ogg", "opus", "vorbis.webm", "alac.mov", "mp2.mp4", "second track"];

/// Those that cannot say that they were cut off between two frames.
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
        if ["alac", "alac.mov", "flac.mkv"].contains(&name) {
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
            let error = decode(cut.clone()).map(|sound| sound.samples.len()).unwrap_err();
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
                // The only page is cut, or what says where the sound lies is.
                Err(DecodeError::Truncated(cut)) => {
                    assert!(
                        cut.present_s == 0.0 && (ALL_OR_NOTHING.contains(&name) || share < 7),
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

/// The packets in an Ogg file, and the position at its end.
fn ogg_packets(bytes: &[u8]) -> (Vec<Vec<u8>>, u64) {
    let (mut packets, mut packet, mut at, mut position) = (Vec::new(), Vec::new(), 0, 0);
    while at < bytes.len() {
        position = u64::from_le_bytes(*bytes[at + 6..].first_chunk().unwrap());
        let segments = usize::from(bytes[at + 26]);
        let mut body = at + 27 + segments;
        for length in &bytes[at + 27..at + 27 + segments] {
            packet.extend_from_slice(&bytes[body..body + usize::from(*length)]);
            body += usize::from(*length);
            if *length < 255 {
                packets.push(std::mem::take(&mut packet));
            }
        }
        at = body;
    }
    (packets, position)
}

/// A page of whole packets.
fn ogg_page(packets: &[Vec<u8>], flags: u8, position: u64, serial: u32, number: u32) -> Vec<u8> {
    let mut segments = Vec::new();
    for packet in packets {
        segments.extend(std::iter::repeat_n(255, packet.len() / 255));
        segments.push((packet.len() % 255) as u8);
    }
    let mut page = [&b"OggS\0"[..], &[flags], &position.to_le_bytes(), &serial.to_le_bytes()].concat();
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(segments.len() as u8);
    page.extend(segments);
    page.extend(packets.concat());
    let crc = ogg::crc_32(0, &page);
    page[22..26].copy_from_slice(&crc.to_le_bytes());
    page
}

/// The Opus fixture with four packets of 20 ms to a page.
fn opus_pages(serial: u32) -> Vec<Vec<u8>> {
    let (packets, end) = ogg_packets(FIXTURES[5].1);
    let (heads, sound) = packets.split_at(2);
    let mut pages = vec![ogg_page(&heads[..1], 2, 0, serial, 0), ogg_page(&heads[1..], 0, 0, serial, 1)];
    let count = sound.chunks(4).count();
    for (index, packets) in sound.chunks(4).enumerate() {
        let last = index + 1 == count;
        let position = if last { end } else { (index as u64 + 1) * 4 * 960 };
        pages.push(ogg_page(packets, if last { 4 } else { 0 }, position, serial, index as u32 + 2));
    }
    pages
}

#[test]
fn a_page_of_ogg_that_is_wrong_or_missing_is_silence_and_said() {
    let whole = all(open(FIXTURES[5].1).unwrap()).unwrap().0;
    let pages = opus_pages(7);
    assert_eq!(all(open(&pages.concat()).unwrap()).unwrap().0, whole);
    let mut changed = pages.clone();
    let middle = changed[4].len() / 2;
    changed[4][middle] ^= 0x10;
    let missing = [&pages[..4], &pages[5..]].concat();
    for file in [changed.concat(), missing.concat()] {
        let mut decoder = open(&file).unwrap();
        let mut samples = Vec::new();
        while let Some(piece) = decoder.next_piece().unwrap() {
            samples.extend_from_slice(piece);
        }
        assert_eq!(decoder.missing_end(), None);
        let damage = decoder.damage().unwrap();
        // Two pages of 80 ms come before it, less what the encoder has added.
        assert!((damage.missing_s - 0.08).abs() < 1e-9, "{damage:?}");
        assert!((damage.at_s - (0.16 - 312.0 / 48_000.0)).abs() < 1e-9, "{damage:?}");
        let from = (damage.at_s * 48_000.0).round() as usize;
        assert_eq!(samples.len(), whole.len());
        assert_eq!(samples[..from], whole[..from]);
        assert!(samples[from..from + 3_840].iter().all(|v| *v == 0.0));
        // The decoder needs some packets to catch up.
        let difference = |at: usize| (samples[at] - whole[at]).abs();
        assert!((samples.len() - 1_000..samples.len()).map(difference).fold(0.0, f32::max) < 0.02);
        assert!(matches!(decode(file), Err(DecodeError::Damaged { present_s }) if present_s == damage.at_s));
    }
}

#[test]
fn all_links_of_a_chain_are_read_if_they_are_alike() {
    let whole = all(open(FIXTURES[5].1).unwrap()).unwrap().0;
    let chain = [opus_pages(7), opus_pages(8)].concat().concat();
    assert_eq!(decode(chain).unwrap().samples, [&whole[..], &whole].concat());
    let vorbis = FIXTURES[2].1;
    let twice = decode([vorbis, vorbis].concat()).unwrap().samples;
    let once = decode(vorbis.to_vec()).unwrap().samples;
    assert_eq!(twice, [&once[..], &once].concat());
    let unlike = decode([vorbis, FIXTURES[5].1].concat()).unwrap_err();
    assert!(matches!(unlike, DecodeError::Several), "{unlike}");
}

/// Where frames begin, the first of which is a tag.
fn mp3_frames(mp3: &[u8]) -> Vec<usize> {
    let mut starts = vec![id3_bytes(mp3).unwrap_or(0)];
    while let Some(frame) = StreamFrame::at(mp3, *starts.last().unwrap()) {
        starts.push(starts.last().unwrap() + frame.length);
    }
    assert_eq!(starts.pop(), Some(mp3.len()));
    starts
}

#[test]
fn joined_files_of_mp3_are_read_one_after_the_other() {
    let mp3 = FIXTURES[1].1;
    let once = decode(mp3.to_vec()).unwrap().samples;
    let twice = [&once[..], &once].concat();
    let old_tag = [&b"TAG"[..], &[b' '; 125]].concat();
    for between in [&[][..], &old_tag, b"ID3\x04\0\0\0\0\0\x02ab"] {
        assert_eq!(decode([mp3, between, mp3].concat()).unwrap().samples, twice);
    }
    // Nothing counts the frames of the second: what its encoder added stays.
    let bare = &mp3[mp3_frames(mp3)[1]..];
    let mixed = decode([mp3, bare].concat()).unwrap().samples;
    assert!(mixed.len() > 12_800 && mixed[..6_400] == once, "{}", mixed.len());
}

#[test]
fn damage_in_frames_without_a_container_is_silence_and_said() {
    let mp3 = FIXTURES[1].1;
    let starts = mp3_frames(mp3);
    let mut changed = mp3.to_vec();
    changed[starts[5]..starts[7]].fill(0x55);
    let mut decoder = open(&changed).unwrap();
    let mut samples = Vec::new();
    while let Some(piece) = decoder.next_piece().unwrap() {
        samples.extend_from_slice(piece);
    }
    let damage = decoder.damage().unwrap();
    assert_eq!(samples.len(), 6_400);
    assert!((damage.missing_s - 2.0 * 576.0 / 16_000.0).abs() < 1e-9, "{damage:?}");
    assert_eq!(decoder.missing_end(), None);
    assert!(matches!(decode(changed), Err(DecodeError::Damaged { .. })));
}

#[test]
fn a_packet_that_cannot_be_decoded_is_silence_and_said() {
    let (name, alac, ..) = FIXTURES[4];
    let whole = decode(alac.to_vec()).unwrap().samples;
    let place = |name: &[u8; 4]| 4 + alac.windows(4).position(|bytes| bytes == name).unwrap();
    // The second packet, which the size of the first leads to.
    let sizes = place(b"stsz") + 12;
    let at = place(b"mdat") + u32::from_be_bytes(*alac[sizes..].first_chunk().unwrap()) as usize;
    let mut changed = alac.to_vec();
    // A channel whose twelve reserved bits are not 0.
    changed[at..at + 3].copy_from_slice(&[0x01, 0xFF, 0xFF]);
    let mut decoder = open(&changed).unwrap();
    let mut samples = Vec::new();
    while let Some(piece) = decoder.next_piece().unwrap() {
        samples.extend_from_slice(piece);
    }
    let damage = decoder.damage().unwrap();
    assert_eq!((damage.at_s, damage.missing_s), (4_096.0 / 16_000.0, 2_304.0 / 16_000.0), "{name}");
    assert_eq!(samples[..4_096], whole[..4_096]);
    assert_eq!(samples[4_096..], [0.0; 2_304]);
    assert!(matches!(decode(changed), Err(DecodeError::Damaged { .. })));
}

#[test]
fn damage_among_the_elements_of_matroska_is_silence_and_said() {
    let (_, webm, _, length) = FIXTURES[6];
    let blocks: Vec<usize> = webm
        .windows(4)
        .enumerate()
        .filter(|(_, at)| matches!(at, [0xA3, _, 0x81, 0]))
        .map(|(at, _)| at)
        .collect();
    assert!(blocks.len() > 10, "{blocks:?}");
    let mut changed = webm.to_vec();
    changed[blocks[6]..blocks[8]].fill(0x01);
    let mut decoder = open(&changed).unwrap();
    let mut count = 0;
    while let Some(piece) = decoder.next_piece().unwrap() {
        count += piece.len();
    }
    let damage = decoder.damage().unwrap();
    assert!((damage.missing_s - 0.04).abs() < 2e-3, "{damage:?}");
    assert!(count.abs_diff(length) < 100, "{count}");
    assert!(matches!(decode(changed), Err(DecodeError::Damaged { .. })));
}

#[test]
fn an_empty_packet_at_the_end_of_ogg_is_no_cut() {
    let whole = all(open(FIXTURES[5].1).unwrap()).unwrap().0;
    let mut pages = opus_pages(7);
    let (packets, end) = ogg_packets(&pages.pop().unwrap());
    pages.push(ogg_page(&[packets, vec![Vec::new()]].concat(), 4, end, 7, pages.len() as u32));
    let mut decoder = open(&pages.concat()).unwrap();
    let mut samples = Vec::new();
    while let Some(piece) = decoder.next_piece().unwrap() {
        samples.extend_from_slice(piece);
    }
    assert_eq!((decoder.missing_end(), decoder.damage()), (None, None));
    assert_eq!(samples, whole);
}

#[test]
fn a_file_without_sound_says_so() {
    let empty = wav::write_f32(&[], 16_000);
    assert!(matches!(open(&empty), Err(DecodeError::NoSamples)));
    let long = wav::write_f32(&[0.5; 16_000], 16_000);
    let error = open(&long[..58]).err().unwrap().to_string();
    assert_eq!(error, "the file is cut off before its sound begins: copy or export it again");
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
        // A page of Ogg is given as a whole where its place shows only at its end.
        assert!(pieces > 1 || ["ogg", "opus"].contains(&name), "{name}: {pieces}");
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
    assert_eq!(decode(long.clone()).unwrap().samples, [0.5; 100]);
    // What is none of the sound is not read.
    let long =
        [&wav[..12], &b"JUNK"[..], &3_000_000_u32.to_le_bytes(), &vec![0; 3_000_000], &wav[12..]].concat();
    let length = long.len() as u64;
    let read = Arc::new(AtomicU64::new(0));
    let mut bytes: Box<dyn MediaSource> =
        Box::new(Counted { bytes: Cursor::new(long), read: Arc::clone(&read) });
    let first = beginning(&mut bytes, FIRST_BYTES).unwrap();
    let found = header(&mut bytes, &first, length).unwrap().unwrap();
    assert_eq!((found.sound().start, found.frames()), (3_000_008 + 58, 100));
    assert!(read.load(Ordering::Relaxed) < 2 * FIRST_BYTES);
}

/// A file that counts what is read of it.
struct Counted {
    bytes: Cursor<Vec<u8>>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl MediaSource for Counted {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        None
    }
}

#[test]
fn the_document_has_the_words_of_every_refusal() {
    let document =
        include_str!("../../../../../docs/formats.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let short = |said: String| {
        let said = said.split([':', ',']).next().unwrap().to_owned();
        said.strip_prefix("the sound in it is ").map_or(said.clone(), str::to_owned)
    };
    for name in packets::names() {
        let short = short(DecodeError::Unread { name }.to_string());
        assert!(document.contains(&short), "{short}");
    }
    for kind in error::REFUSED {
        let short = short(error::refusal(kind).unwrap().to_string());
        assert!(document.contains(&short), "{short}");
    }
    let others = [
        DecodeError::NoSoundTrack,
        DecodeError::NoSamples,
        DecodeError::Several,
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
        which in 0usize..FIXTURES.len(),
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

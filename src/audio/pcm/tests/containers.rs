//! Every container and encoding: values in closed form.

use super::writers::*;
use super::*;

fn sound(samples: &[f32]) -> Sound {
    Sound { rate_hz: 22_050, channels: 1, samples: samples.to_vec(), missing_end: None }
}

fn swapped(data: &[u8], bytes: usize) -> Vec<u8> {
    data.chunks(bytes).flat_map(|sample| sample.iter().rev().copied()).collect()
}

/// Bytes in little endian, and what they stand for, by bits.
fn integers() -> [(u16, Vec<u8>, Vec<f32>); 6] {
    let fine = 1.0 / 8_388_608.0;
    [
        (
            16,
            [i16::MIN, -1, 16_384].iter().flat_map(|v| v.to_le_bytes()).collect(),
            vec![-1.0, -1.0 / 32_768.0, 0.5],
        ),
        (24, vec![0, 0, 0x80, 0xff, 0xff, 0xff, 0, 0, 0x40], vec![-1.0, -fine, 0.5]),
        (
            32,
            [i32::MIN, -1, 1 << 30].iter().flat_map(|v| v.to_le_bytes()).collect(),
            vec![-1.0, -fine / 256.0, 0.5],
        ),
        // Justified to the left: the lowest four bits are zero.
        (12, vec![0, 0x80, 0xf0, 0xff, 0, 0x40], vec![-1.0, -1.0 / 2_048.0, 0.5]),
        (20, vec![0, 0, 0x80, 0xf0, 0xff, 0xff, 0, 0, 0x40], vec![-1.0, -16.0 * fine, 0.5]),
        (64, [i64::MIN, 1 << 62].iter().flat_map(|v| v.to_le_bytes()).collect(), vec![-1.0, 0.5]),
    ]
}

fn floats() -> [(u16, Vec<u8>, Vec<f32>); 2] {
    [
        (32, [-1.25f32, 1e-30, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect(), vec![-1.25, 1e-30, 0.5]),
        (64, [-1.25f64, 0.1, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect(), vec![-1.25, 0.1, 0.5]),
    ]
}

#[test]
fn wav_of_every_kind_scales_each_encoding() {
    let eight = (8, vec![0, 64, 128, 255], vec![-1.0, -0.5, 0.0, 127.0 / 128.0]);
    let cases = integers().into_iter().chain([eight]).map(|case| (1, case));
    for (tag, (bits, data, expected)) in cases.chain(floats().map(|case| (3, case))) {
        let format = fmt(tag, 1, 22_050, bits);
        let mut rifx = format.clone();
        for field in [0..2, 2..4, 4..8, 8..12, 12..14, 14..16] {
            rifx[field].reverse();
        }
        let big = swapped(&data, bits.div_ceil(8).into());
        let chunks = [chunk(b"fmt ", &rifx, true), chunk(b"data", &big, true)].concat();
        let files = [
            riff(&[(b"fmt ", &format), (b"data", &data)]),
            riff(&[(b"fmt ", &extensible(tag, 1, 22_050, bits)), (b"data", &data)]),
            chunk(b"RIFX", &[&b"WAVE"[..], &chunks].concat(), true),
            rf64(&format, &data),
            [&b"BW64"[..], &rf64(&format, &data)[4..]].concat(),
            wave64(&format, &data),
        ];
        for (file, bytes) in files.iter().enumerate() {
            assert_eq!(read(bytes).unwrap(), sound(&expected), "{tag}/{bits}, file {file}");
        }
    }
}

#[test]
fn aiff_caf_and_au_scale_each_encoding() {
    for (bits, data, expected) in integers() {
        let big = swapped(&data, bits.div_ceil(8).into());
        let packet = u32::from(bits.div_ceil(8));
        let mut files = vec![
            aiff(None, 1, bits, &big),
            aiff(Some(b"NONE"), 1, bits, &big),
            aiff(Some(b"twos"), 1, bits, &big),
            aiff(Some(b"sowt"), 1, bits, &data),
            caf(b"lpcm", 0, packet, 1, bits.into(), &big),
            caf(b"lpcm", 2, packet, 1, bits.into(), &data),
        ];
        match bits {
            16 => files.push(au(3, 1, &big)),
            24 => files.extend([
                au(4, 1, &big),
                aiff(Some(b"in24"), 1, 24, &big),
                aiff(Some(b"42ni"), 1, 24, &data),
            ]),
            32 => files.extend([
                au(5, 1, &big),
                aiff(Some(b"in32"), 1, 32, &big),
                aiff(Some(b"23ni"), 1, 32, &data),
            ]),
            _ => {}
        }
        for (file, bytes) in files.iter().enumerate() {
            assert_eq!(read(bytes).unwrap(), sound(&expected), "{bits}, file {file}");
        }
    }
    for (bits, data, expected) in floats() {
        let big = swapped(&data, usize::from(bits / 8));
        let (lower, upper) = if bits == 32 { (b"fl32", b"FL32") } else { (b"fl64", b"FL64") };
        let files = [
            aiff(Some(lower), 1, bits, &big),
            aiff(Some(upper), 1, bits, &big),
            caf(b"lpcm", 1, u32::from(bits / 8), 1, bits.into(), &big),
            caf(b"lpcm", 3, u32::from(bits / 8), 1, bits.into(), &data),
            au(if bits == 32 { 6 } else { 7 }, 1, &big),
        ];
        for (file, bytes) in files.iter().enumerate() {
            assert_eq!(read(bytes).unwrap(), sound(&expected), "{bits}, file {file}");
        }
    }
    // Eight bits: signed here, but for one name of AIFC.
    let signed = [0x80, 0xC0, 0, 0x7F];
    let expected = sound(&[-1.0, -0.5, 0.0, 127.0 / 128.0]);
    for file in [aiff(None, 1, 8, &signed), caf(b"lpcm", 0, 1, 1, 8, &signed), au(2, 1, &signed)] {
        assert_eq!(read(&file).unwrap(), expected);
    }
    assert_eq!(read(&aiff(Some(b"raw "), 1, 8, &[0, 0x40, 0x80, 0xFF])).unwrap(), expected);
}

#[test]
fn a_law_and_mu_law_follow_g_711() {
    // Table 1 and 2: the largest values, the smallest, and the first of the segments between.
    let a: [(u8, i16); 8] = [
        (0xAA, 32_256),
        (0x2A, -32_256),
        (0xD5, 8),
        (0x55, -8),
        (0xC5, 264),
        (0xF5, 528),
        (0xE5, 1_056),
        (0x65, -1_056),
    ];
    let mu: [(u8, i16); 7] =
        [(0x80, 32_124), (0x00, -32_124), (0xFF, 0), (0x7F, 0), (0xFE, 8), (0xEF, 132), (0x5F, -396)];
    for (law, tag, name, upper, code) in
        [(&a[..], 6, b"alaw", b"ALAW", 27), (&mu[..], 7, b"ulaw", b"ULAW", 1)]
    {
        let data: Vec<u8> = law.iter().map(|(byte, _)| *byte).collect();
        let expected: Vec<f32> = law.iter().map(|(_, value)| f32::from(*value) / 32_768.0).collect();
        let files = [
            riff(&[(b"fmt ", &fmt(tag, 1, 22_050, 8)), (b"data", &data)]),
            riff(&[(b"fmt ", &extensible(tag, 1, 22_050, 8)), (b"data", &data)]),
            aiff(Some(name), 1, 16, &data),
            aiff(Some(upper), 1, 16, &data),
            caf(name, 0, 1, 1, 8, &data),
            au(code, 1, &data),
        ];
        for (file, bytes) in files.iter().enumerate() {
            assert_eq!(read(bytes).unwrap(), sound(&expected), "{tag}, file {file}");
        }
    }
}

#[test]
fn twenty_four_bits_in_four_bytes_lie_where_the_header_says() {
    let expected = sound(&[-1.0, -1.0 / 8_388_608.0, 0.5]);
    // 24 of 32 bits count: they are the upper ones.
    let mut upper = extensible(1, 1, 22_050, 32);
    upper[18] = 24;
    let data = [0, 0, 0, 0x80, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0x40];
    assert_eq!(read(&riff(&[(b"fmt ", &upper), (b"data", &data)])).unwrap(), expected);
    // 24 bits in blocks of four bytes: the lower three, whatever is above.
    let lower = fmt_of_block(1, 1, 22_050, 24, 4);
    let data = [0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0x40, 0];
    assert_eq!(read(&riff(&[(b"fmt ", &lower), (b"data", &data)])).unwrap(), expected);
}

#[test]
fn channels_are_averaged() {
    let data: Vec<u8> = [300i16, 0, 0, -300, -300, -300].iter().flat_map(|v| v.to_le_bytes()).collect();
    let file = riff(&[(b"fmt ", &fmt(1, 3, 8_000, 16)), (b"data", &data)]);
    let wave = read(&file).unwrap();
    assert_eq!(wave.channels, 3);
    assert_eq!(wave.samples, [100.0 / 32_768.0, -300.0 / 32_768.0]);
    let header = Header::parse(&file, file.len() as u64).unwrap().unwrap();
    let mut first = Vec::new();
    header.decoder().mono(&data, Some(0), &mut first).unwrap();
    assert_eq!(first, [300.0 / 32_768.0, -300.0 / 32_768.0]);
}

#[test]
fn chunks_of_other_kinds_are_skipped_with_their_padding() {
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
fn aiff_may_have_its_format_behind_the_sound() {
    let file = aiff(None, 1, 16, &[0x40, 0, 0xC0, 0]);
    let (comm, sound) = (12 + 12..12 + 12 + 26, 12 + 12 + 26..file.len());
    let moved = [&file[..24], &file[sound], &file[comm]].concat();
    assert_eq!(moved.len(), file.len());
    assert_eq!(read(&moved).unwrap(), read(&file).unwrap());
    assert_eq!(Header::parse(&moved[..60], moved.len() as u64), Ok(None), "the format is not at hand");
}

#[test]
fn rates_that_are_no_whole_numbers_are_rounded() {
    let rate = |file: &[u8]| read(file).unwrap().rate_hz;
    let mut file = aiff(None, 1, 16, &[0; 4]);
    let at = file.windows(10).position(|bytes| bytes == RATE_22050).unwrap();
    // 22254.5454 Hz, of the first Macintosh.
    file[at..at + 10].copy_from_slice(&[0x40, 0x0D, 0xAD, 0xDD, 0x17, 0x45, 0xD1, 0x74, 0x5D, 0x17]);
    assert_eq!(rate(&file), 22_255);
    file[at..at + 10].copy_from_slice(&[0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(rate(&file), 8_000);
    for absurd in [[0; 10], [0xff; 10], [0x40, 0x1F, 0x80, 0, 0, 0, 0, 0, 0, 0]] {
        file[at..at + 10].copy_from_slice(&absurd);
        assert_eq!(read(&file), Err(PcmError::BadHeader { field: HeaderField::SampleRate, value: 0 }));
    }
    let mut file = caf(b"lpcm", 0, 2, 1, 16, &[0; 4]);
    file[20..28].copy_from_slice(&11_025.4f64.to_be_bytes());
    assert_eq!(rate(&file), 11_025);
    file[20..28].copy_from_slice(&f64::NAN.to_be_bytes());
    assert_eq!(read(&file), Err(PcmError::BadHeader { field: HeaderField::SampleRate, value: 0 }));
}

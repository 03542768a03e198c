//! How far the length in a header is believed, and what is missing.

use super::writers::*;
use super::*;
use crate::audio::wav::{write_f32, write_pcm16};

fn missing(bytes: &[u8]) -> Option<String> {
    read(bytes).unwrap().missing_end.map(|end| end.to_string())
}

#[test]
fn a_cut_file_is_read_to_its_end_and_says_what_is_missing() {
    let whole = write_pcm16(&vec![5; 16_000], 16_000);
    assert_eq!(missing(&whole), None);
    let cut = read(&whole[..44 + 2 * 4_000 + 1]).unwrap();
    assert_eq!(cut.samples, [5.0 / 32_768.0; 4_000]);
    assert_eq!(cut.missing_end, Some(MissingEnd { present_s: 0.25, declared_s: 1.0 }));
    assert_eq!(read(&whole[..30]), Err(PcmError::NoSound));
    // 22.7 ms are missing at 44.1 kHz.
    let data = vec![0; 88_200];
    let format = fmt(1, 1, 44_100, 16);
    let others = [
        (riff(&[(b"fmt ", &format), (b"data", &data)]), "0.98 s of 1.00 s"),
        (rf64(&format, &data), "0.98 s of 1.00 s"),
        (wave64(&format, &data), "0.98 s of 1.00 s"),
        (aiff(None, 1, 16, &data), "1.95 s of 2.00 s"),
        (caf(b"lpcm", 0, 2, 1, 16, &data), "1.95 s of 2.00 s"),
        (au(3, 1, &data), "1.95 s of 2.00 s"),
    ];
    for (file, expected) in others {
        assert_eq!(missing(&file), None, "{expected}");
        assert_eq!(missing(&file[..file.len() - 2_004]).as_deref(), Some(expected));
    }
}

#[test]
fn what_is_missing_is_never_two_equal_numbers() {
    let text = |present_s, declared_s| MissingEnd { present_s, declared_s }.to_string();
    assert_eq!(text(1.0, 2.5), "1.00 s of 2.50 s");
    assert_eq!(text(2.4, 2.401), "2.400 s of 2.401 s");
    assert_eq!(text(2.4, 2.4 + 1.0 / 192_000.0), "2.40000 s of 2.40001 s");
    let whole = write_pcm16(&vec![5; 16_000], 16_000);
    for lost in 0..400 {
        if let Some(text) = missing(&whole[..whole.len() - lost]) {
            let (present, declared) = text.split_once(" of ").unwrap();
            assert_ne!(present, declared, "{lost}");
        }
    }
}

#[test]
fn a_length_that_counts_the_header_or_a_part_of_a_frame_is_believed_as_far_as_there_is_sound() {
    let whole = write_pcm16(&vec![5; 16_000], 16_000);
    let declaring = |bytes: u32| {
        let mut file = whole.clone();
        file[40..44].copy_from_slice(&bytes.to_le_bytes());
        file
    };
    // A byte, a frame, 16 bytes, the header, and, of a longer header, the length of the file.
    for more in [1, 2, 16, 36, 44] {
        let file = read(&declaring(32_000 + more)).unwrap();
        assert_eq!((file.samples.len(), file.missing_end), (16_000, None), "{more}");
    }
    assert_eq!(missing(&declaring(32_046)).as_deref(), Some("1.000 s of 1.001 s"));
    let junk = [0; 5_000];
    let mut long = riff(&[(b"JUNK", &junk), (b"fmt ", &fmt(1, 1, 16_000, 16)), (b"data", &[0; 32_000])]);
    let (length, at) = (long.len() as u32, long.len() - 32_004);
    long[at..at + 4].copy_from_slice(&length.to_le_bytes());
    assert_eq!(missing(&long), None);
    long[at..at + 4].copy_from_slice(&(length - 500).to_le_bytes());
    assert_eq!(missing(&long).as_deref(), Some("1.00 s of 1.14 s"));
    // A frame of many channels is longer than the header.
    let wide = riff(&[(b"fmt ", &fmt(1, 200, 16_000, 16)), (b"data", &[0; 4_000])]);
    assert_eq!(missing(&wide[..wide.len() - 399]), None);
    assert!(missing(&wide[..wide.len() - 401]).is_some());
}

#[test]
fn live_recordings_last_to_the_end_of_the_file() {
    let mut file = write_pcm16(&[1, 2, 3], 16_000);
    let data_size = 40..44;
    for placeholder in [0x7FFF_F000u32, 0x8000_0000, 0xFFFF_FFFF] {
        file[data_size.clone()].copy_from_slice(&placeholder.to_le_bytes());
        assert_eq!(samples(&file).len(), 3, "{placeholder:#x}");
        assert_eq!(missing(&file), None);
    }
    // A zero means "not known yet" only where the RIFF size was not filled in either.
    file[data_size].copy_from_slice(&[0; 4]);
    assert_eq!(samples(&file).len(), 0);
    for riff_size in [0u32, 36] {
        file[4..8].copy_from_slice(&riff_size.to_le_bytes());
        assert_eq!(samples(&file).len(), 3, "{riff_size}");
    }
    let mut file = caf(b"lpcm", 0, 2, 1, 16, &[0; 6]);
    let at = file.len() - 6 - 4 - 8;
    file[at..at + 8].fill(0xff);
    assert_eq!((samples(&file).len(), missing(&file)), (3, None));
    let mut file = au(3, 1, &[0; 6]);
    file[8..12].fill(0xff);
    assert_eq!((samples(&file).len(), missing(&file)), (3, None));
    let mut file = aiff(None, 1, 16, &[0; 6]);
    let at = file.len() - 6 - 8 - 4;
    for size in [0x7F00_0008u32, 8] {
        file[at..at + 4].copy_from_slice(&size.to_be_bytes());
        file[4..8].copy_from_slice(&0u32.to_be_bytes());
        assert_eq!((samples(&file).len(), missing(&file)), (3, None), "{size:#x}");
    }
}

#[test]
fn header_says_which_bytes_hold_frames() {
    let data = [1u8; 8];
    let file = riff(&[(b"fmt ", &fmt(1, 1, 8_000, 16)), (b"JUNK", &[0; 1_000]), (b"data", &data)]);
    assert_eq!(Header::parse(&file[..500], file.len() as u64), Ok(None));
    let header = Header::parse(&file[..file.len() - 8], file.len() as u64).unwrap().unwrap();
    assert_eq!(header.sound(), file.len() as u64 - 8..file.len() as u64);
    let start = file.len() as u64 - 8;
    assert_eq!(header.bytes(1..3), start + 2..start + 6);
    assert_eq!(header.bytes(3..1_000), start + 6..start + 8, "there are four frames");
    assert_eq!(header.bytes(9..12), start + 8..start + 8);
    assert_eq!(Header::parse(&file[..500], 500), Err(PcmError::NoSound));
    // A block of 20 bytes has 33 frames.
    let format = fmt_of_block(0x11, 1, 8_000, 4, 20);
    let file = riff(&[(b"fmt ", &format), (b"data", &[0; 70])]);
    let header = Header::parse(&file, file.len() as u64).unwrap().unwrap();
    let start = header.sound().start;
    assert_eq!((header.block_bytes(), header.block_frames(), header.frames()), (20, 33, 3 * 33 + 9));
    assert_eq!(header.bytes(32..33), start..start + 20);
    assert_eq!(header.bytes(33..100), start + 20..start + 70);
}

#[test]
fn the_first_sample_that_is_no_number_is_named() {
    for bad in [f64::NAN, f64::INFINITY, 1e300] {
        let data: Vec<u8> = [0.5, bad].iter().flat_map(|v| v.to_le_bytes()).collect();
        let file = riff(&[(b"fmt ", &fmt(3, 1, 8_000, 64)), (b"data", &data)]);
        assert_eq!(read(&file), Err(PcmError::NotFinite { index: 1 }));
    }
    let mut late = vec![0.5; 40_000];
    late[33_333] = f32::NAN;
    assert_eq!(read(&write_f32(&late, 16_000)), Err(PcmError::NotFinite { index: 33_333 }));
}

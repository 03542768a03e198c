//! ADPCM by hand.

use super::writers::*;
use super::*;

fn scaled(values: &[i32]) -> Vec<f32> {
    values.iter().map(|v| *v as f32 / 32_768.0).collect()
}

#[test]
fn ima_adpcm_in_wav_follows_the_recommendation() {
    // Step 7 at index 0: +7 adds 7/8 + 7 + 3 + 1 = 11 of whole shifts and leads to index 8 (16); −4 then takes 2 + 16.
    let block = [100, 0, 0, 0, 0x47 | 0x80, 0, 0, 0];
    let file = riff(&[(b"fmt ", &fmt_of_block(0x11, 1, 8_000, 4, 8)), (b"data", &block)]);
    let expected = [100, 111, 93, 95, 97, 99, 101, 103, 104];
    let found = samples(&file);
    assert_eq!(found[..3], scaled(&expected[..3]));
    assert_eq!(found.len(), 9);
    // Two channels: four bytes of the left, four of the right.
    let block = [&[100, 0, 0, 0, 0xFF, 0xFF, 20, 0][..], &[0x47 | 0x80, 0, 0, 0], &[0; 4]].concat();
    let file = riff(&[(b"fmt ", &fmt_of_block(0x11, 2, 8_000, 4, 16)), (b"data", &block)]);
    let header = Header::parse(&file, file.len() as u64).unwrap().unwrap();
    let mut left = Vec::new();
    header.decoder().mono(&block, Some(0), &mut left).unwrap();
    assert_eq!(left, found);
    let mut right = Vec::new();
    header.decoder().mono(&block, Some(1), &mut right).unwrap();
    // Step 50 at index 20: 50/8 = 6; then index 19, step 45.
    assert_eq!(right[..3], scaled(&[-1, 5, 10]));
}

#[test]
fn the_last_block_ends_where_the_header_says() {
    let format = fmt_of_block(0x11, 1, 8_000, 4, 8);
    for (count, expected) in [(11u32, 11), (18, 18), (9, 18), (30, 18)] {
        let fact = count.to_le_bytes();
        let file = riff(&[(b"fmt ", &format), (b"fact", &fact), (b"data", &[0; 16])]);
        assert_eq!(samples(&file).len(), expected, "{count}");
    }
}

#[test]
fn microsofts_adpcm_follows_its_coefficients() {
    // Predictor 1 (512, −256), step 16; the second sample comes first.
    let head = [1, 16, 0, 100, 0, 90, 0];
    // Predicted 2 · 100 − 90 = 110; +3 · 16 = 158; the step grows by 230/256 to 14, then is 16 at least. 216; −1 · 16 = 200.
    let block = [&head[..], &[0x3F]].concat();
    let file = riff(&[(b"fmt ", &fmt_of_block(2, 1, 8_000, 4, 8)), (b"data", &block)]);
    assert_eq!(samples(&file), scaled(&[90, 100, 158, 200]));
    // The file's own coefficients.
    let own = [fmt_of_block(2, 1, 8_000, 4, 8), vec![12, 0, 4, 0, 2, 0, 0, 1, 0, 0, 128, 0, 0, 0]].concat();
    let file = riff(&[(b"fmt ", &own), (b"data", &block)]);
    assert_eq!(samples(&file), scaled(&[90, 100, 98, 33]));
    // Two channels: the high half of a byte is the left.
    let stereo = [1, 1, 16, 0, 16, 0, 100, 0, 0, 0, 90, 0, 0, 0, 0x30, 0xF0];
    let file = riff(&[(b"fmt ", &fmt_of_block(2, 2, 8_000, 4, 16)), (b"data", &stereo)]);
    assert_eq!(samples(&file), scaled(&[45, 50, 79, 100]));
}

#[test]
fn ima4_goes_on_where_the_packet_before_ended() {
    let packet = |head: u16, fill: u8| [&head.to_be_bytes()[..], &[fill; 32]].concat();
    // Up by 0, 1 or 2 of step 7: nibble 1 adds 0 + 1.
    let first = packet(0, 0x11);
    let one = samples(&aiff(Some(b"ima4"), 1, 16, &first));
    assert_eq!(one.len(), 64);
    assert_eq!(one, scaled(&(1..=64).collect::<Vec<_>>()));
    // The header of the next has only multiples of 128: it is near enough, so 64 stays.
    let going_on = [first.clone(), packet(0, 0x11)].concat();
    let two = samples(&aiff(Some(b"ima4"), 1, 16, &going_on));
    assert_eq!(two[64..], scaled(&(65..=128).collect::<Vec<_>>()));
    assert_eq!(samples(&caf(b"ima4", 0, 34, 1, 0, &going_on)), two);
    // It is far away: the header counts.
    let jump = samples(&aiff(Some(b"ima4"), 1, 16, &[first, packet(0x1000, 0x11)].concat()));
    assert_eq!(jump[64], 4_097.0 / 32_768.0);
    // Packets of two channels alternate.
    let both = [packet(0, 0x11), packet(0x1000, 0x11)].concat();
    assert_eq!(samples(&aiff(Some(b"ima4"), 2, 16, &both))[0], 2_049.0 / 32_768.0);
}

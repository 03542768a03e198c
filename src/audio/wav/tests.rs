//! Tests of the writers.

use proptest::prelude::*;

use super::*;
use crate::audio::pcm::read;
use egemaps::quantise_pcm16;

#[test]
fn write_states_sizes_that_add_up() {
    for file in [write_f32(&[0.5; 3], 16_000), write_pcm16(&[5; 3], 16_000)] {
        let riff_size = u32::from_le_bytes(*file[4..].first_chunk().unwrap());
        assert_eq!(riff_size as usize + 8, file.len());
    }
}

proptest! {
    #[test]
    fn write_and_read_keep_floats_bit_for_bit(
        v in prop::collection::vec(prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL | prop::num::f32::ZERO, 0..200),
        rate_hz in 1u32..200_000,
    ) {
        let sound = read(&write_f32(&v, rate_hz)).unwrap();
        prop_assert_eq!(sound.rate_hz, rate_hz);
        let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(&sound.samples), bits(&v));
    }

    #[test]
    fn write_and_read_keep_integers_exactly(v in prop::collection::vec(any::<i16>(), 0..200)) {
        let sound = read(&write_pcm16(&v, 16_000)).unwrap();
        prop_assert_eq!(sound.samples.iter().map(|x| quantise_pcm16(*x)).collect::<Vec<_>>(), v);
    }
}

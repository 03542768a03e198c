//! Other beginnings and ends of a recording: shifted, padded with silence or room noise.

use super::noise;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

/// Without its first samples.
pub fn shift(speech: &[f32], samples: usize) -> Vec<f32> {
    speech[samples.min(speech.len())..].to_vec()
}

/// With digital silence before and after.
pub fn pad(speech: &[f32], ms: u32) -> Vec<f32> {
    let silence = vec![0.0; (ms * (SAMPLE_RATE_HZ / 1_000)) as usize];
    [&silence, speech, &silence].concat()
}

/// With a quiet room before and after: digital silence, then pink noise over all of it, `snr_db` below the speech.
pub fn pad_with_room(speech: &[f32], ms: u32, snr_db: f64, random: &mut Random) -> Vec<f32> {
    let padded = pad(speech, ms);
    let room = noise::pink(padded.len(), random);
    noise::add(&padded, &room, snr_db)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::utterance;

    #[test]
    fn shift_and_pads_leave_the_speech_as_it_is() {
        let speech = utterance(1);
        assert_eq!(shift(&speech, 37), speech[37..]);
        assert!(shift(&speech, usize::MAX).is_empty());
        let padded = pad(&speech, 250);
        assert_eq!(padded.len(), speech.len() + 8_000);
        assert_eq!(padded[4_000..4_000 + speech.len()], speech);
        let room = pad_with_room(&speech, 250, 50.0, &mut Random::new(1));
        assert!(room.len() == padded.len() && room[100] != 0.0);
    }
}

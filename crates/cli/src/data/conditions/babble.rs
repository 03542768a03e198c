//! Babble: many talkers at once.

use std::sync::Arc;

use super::noise::unit_power;
use super::talker::Talker;
use crate::numeric::random::Random;
use undertone::audio::SILENCE_DBFS;
use undertone::audio::level::{active_speech_level, gain_to_target};

/// The speech that babble is made of.
#[derive(Debug, Clone, Default)]
pub enum BackgroundSpeech {
    /// Synthetic talkers ([`Talker`]), men and women: nothing but the seed is needed.
    #[default]
    Synthesised,
    /// Recordings at 16 kHz. Each talker of the babble is a sequence of them in random order.
    Recordings(Arc<[Vec<f32>]>),
}

/// The sum of so many talkers, each at the same active speech level, as a whole of mean square 1. Silence if there are
/// no talkers or no recordings with sound.
pub fn babble(length: usize, talkers: usize, background: &BackgroundSpeech, random: &mut Random) -> Vec<f64> {
    let mut sum = vec![0.0; length];
    for _ in 0..talkers {
        let voice = match background {
            BackgroundSpeech::Synthesised => synthesised(length, random),
            BackgroundSpeech::Recordings(recordings) => recorded(length, recordings, random),
        };
        let level = active_speech_level(&voice);
        if level.level_dbfs > SILENCE_DBFS {
            let gain = gain_to_target(&level);
            sum.iter_mut().zip(&voice).for_each(|(sum, v)| *sum += gain * f64::from(*v));
        }
    }
    unit_power(sum)
}

fn synthesised(length: usize, random: &mut Random) -> Vec<f32> {
    let woman = random.uniform() < 0.5;
    let talker = Talker {
        f0_hz: if woman { random.between(165.0, 240.0) } else { random.between(90.0, 150.0) },
        formants: if woman { random.between(1.08, 1.2) } else { random.between(0.94, 1.06) },
        melody: random.between(0.05, 0.2),
    };
    // Talkers start at different times.
    let late = random.between(0.0, 1.5);
    let seconds = length as f64 / f64::from(undertone::audio::SAMPLE_RATE_HZ);
    let sound = talker.speak(seconds + late + 0.01, random);
    sound[sound.len().saturating_sub(length)..].to_vec()
}

fn recorded(length: usize, recordings: &[Vec<f32>], random: &mut Random) -> Vec<f32> {
    let mut sound = Vec::with_capacity(length);
    if recordings.iter().all(Vec::is_empty) {
        return vec![0.0; length];
    }
    while sound.len() < length {
        let recording = &recordings[random.below(recordings.len())];
        // The first one starts in the middle.
        let from = if sound.is_empty() { random.below(recording.len()) } else { 0 };
        sound.extend_from_slice(&recording[from..]);
    }
    sound.truncate(length);
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::conditions::level::mean_square;

    #[test]
    fn babble_is_steady_and_the_seed_decides() {
        let mut random = Random::new(7);
        let mut hiss = |length: usize, scale: f64| -> Vec<f32> {
            (0..length).map(|_| (scale * random.normal()) as f32).collect()
        };
        let recordings: Arc<[Vec<f32>]> = vec![hiss(3_000, 0.2), Vec::new(), hiss(4_000, 0.01)].into();
        for background in [BackgroundSpeech::Synthesised, BackgroundSpeech::Recordings(recordings)] {
            let of = |seed| babble(32_000, 6, &background, &mut Random::new(seed));
            let sound = of(1);
            assert_eq!(sound.len(), 32_000);
            assert!((mean_square(&sound) - 1.0).abs() < 1e-9);
            assert!(sound == of(1) && sound != of(2));
            // Six talkers leave no pause: every 200 ms there is someone.
            let softest = sound.chunks(3_200).map(mean_square).fold(f64::INFINITY, f64::min);
            assert!(softest > 0.05, "{softest}");
        }
        let nobody = BackgroundSpeech::Recordings(vec![Vec::new()].into());
        assert_eq!(babble(100, 6, &nobody, &mut Random::new(1)), vec![0.0; 100]);
        assert_eq!(babble(100, 0, &BackgroundSpeech::Synthesised, &mut Random::new(1)), vec![0.0; 100]);
    }
}

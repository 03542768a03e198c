//! The recipes of the augmentations. The order of draws is part of them.

use super::filter::{Bump, band, coloured};
use super::kind::Augmentation;
use crate::data::conditions::babble::{BackgroundSpeech, babble};
use crate::data::conditions::{edges, level, noise, rate, room};
use crate::numeric::random::Random;
use undertone::audio::AudioError;

/// Up to a hop of 10 ms is cut off the start, so that frames start elsewhere, in samples.
const HOP: usize = 160;
/// Largest sample; louder sounds are attenuated to it.
const PEAK: f32 = 0.99;

impl Augmentation {
    /// Augments samples at 16 kHz. `background`: the recordings that babble is made of; nothing else depends on it.
    ///
    /// # Errors
    /// [`AudioError::UnsupportedRate`] if the resampler refuses a speed; it takes all that are drawn.
    pub fn apply(
        self,
        samples: &[f32],
        background: &BackgroundSpeech,
        seed: u64,
    ) -> Result<Vec<f32>, AudioError> {
        augment(self, samples, background, &mut Random::new(seed))
    }
}

fn augment(
    augmentation: Augmentation,
    samples: &[f32],
    background: &BackgroundSpeech,
    random: &mut Random,
) -> Result<Vec<f32>, AudioError> {
    let mut sound = samples.to_vec();
    let faster = match augmentation {
        Augmentation::Any(_) => with_probability(0.2, random),
        Augmentation::Speed => true,
        _ => false,
    };
    if faster {
        // 33 speeds from 0.9 to 1.1: rates that the resampler knows.
        sound = rate::speed(&sound, 0.9 + random.below(33) as f64 / 160.0)?;
    }
    sound = edges::shift(&sound, random.below(HOP));
    Ok(finish(match augmentation {
        Augmentation::Any(_) => any(sound, background, random),
        Augmentation::Speed => sound,
        one => {
            if with_probability(0.3, random) {
                sound = coloured(&sound, random.between(-2.0, 2.0), &[]);
            }
            strong(one, sound, background, random)
        }
    }))
}

/// A single change, strong.
fn strong(
    augmentation: Augmentation,
    sound: Vec<f32>,
    background: &BackgroundSpeech,
    random: &mut Random,
) -> Vec<f32> {
    match augmentation {
        Augmentation::Telephone => {
            let (low, high) = (random.between(150.0, 400.0), random.between(2_800.0, 4_200.0));
            let sound = band(&sound, Some(low), high);
            if with_probability(0.3, random) { in_noise(&sound, 1.0, [15.0, 30.0], random) } else { sound }
        }
        Augmentation::Babble => in_babble(&sound, 2 + random.below(8), [10.0, 22.0], background, random),
        Augmentation::Noise => {
            let slope = random.between(0.5, 1.5);
            in_noise(&sound, slope, [10.0, 22.0], random)
        }
        Augmentation::Room => {
            let (rt60_s, direct_db) = (random.between(0.2, 0.7), random.between(-6.0, 6.0));
            room::reverberate(&sound, rt60_s, direct_db, random)
        }
        Augmentation::FarRoom => {
            let (rt60_s, direct_db) = (random.between(0.3, 0.9), random.between(-8.0, 2.0));
            room::reverberate(&sound, rt60_s, direct_db, random)
        }
        Augmentation::Any(_) | Augmentation::Speed => sound,
    }
}

/// Any of the changes, each with some probability, in the order of the recording chain.
fn any(mut sound: Vec<f32>, background: &BackgroundSpeech, random: &mut Random) -> Vec<f32> {
    if with_probability(0.5, random) {
        let tilt = random.between(-3.0, 3.0);
        let bumps = [(); 2].map(|()| Bump {
            octave: random.between(6.5, 12.8),
            width: random.between(0.4, 1.5),
            gain_db: random.between(-6.0, 6.0),
        });
        sound = coloured(&sound, tilt, &bumps);
    }
    if with_probability(0.4, random) {
        let (rt60_s, direct_db) = (random.between(0.2, 0.8), random.between(-4.0, 10.0));
        sound = room::reverberate(&sound, rt60_s, direct_db, random);
    }
    if with_probability(0.5, random) {
        const SNR_DB: [f64; 2] = [8.0, 30.0];
        sound = match random.below(4) {
            0 => in_noise(&sound, 1.0, SNR_DB, random),
            1 => {
                let slope = random.between(0.0, 2.0);
                in_noise(&sound, slope, SNR_DB, random)
            }
            _ => in_babble(&sound, 2 + random.below(7), SNR_DB, background, random),
        };
    }
    if with_probability(0.3, random) {
        let low = with_probability(0.7, random).then(|| random.between(80.0, 400.0));
        sound = band(&sound, low, random.between(3_000.0, 7_500.0));
    }
    if with_probability(0.1, random) {
        sound = clipped(&sound, random.between(0.985, 0.9995));
    }
    sound
}

fn with_probability(probability: f64, random: &mut Random) -> bool {
    random.uniform() < probability
}

/// In noise whose power falls as frequency^−slope: 0 white, 1 pink, 2 brown.
fn in_noise(sound: &[f32], slope: f64, [low, high]: [f64; 2], random: &mut Random) -> Vec<f32> {
    let noise = noise::sloped(sound.len(), slope, random);
    noise::add(sound, &noise, random.between(low, high))
}

fn in_babble(
    sound: &[f32],
    talkers: usize,
    [low, high]: [f64; 2],
    background: &BackgroundSpeech,
    random: &mut Random,
) -> Vec<f32> {
    let babble = babble(sound.len(), talkers, background, random);
    noise::add(sound, &babble, random.between(low, high))
}

/// Clipped at the magnitude that `share` of the samples stay below.
fn clipped(sound: &[f32], share: f64) -> Vec<f32> {
    let mut magnitudes: Vec<f32> = sound.iter().map(|v| v.abs()).collect();
    magnitudes.sort_by(f32::total_cmp);
    let at = (magnitudes.len().saturating_sub(1) as f64 * share) as usize;
    match magnitudes.get(at) {
        Some(&most) => sound.iter().map(|v| v.clamp(-most, most)).collect(),
        None => Vec::new(),
    }
}

/// Limited to the peak and quantised to 16 bits.
fn finish(mut sound: Vec<f32>) -> Vec<f32> {
    let peak = sound.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
    if peak > PEAK {
        sound.iter_mut().for_each(|v| *v *= PEAK / peak);
    }
    level::sixteen_bits(&sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::conditions::level::mean_square;
    use crate::data::testing::utterance;
    use undertone::audio::level::active_speech_level;

    /// How far noise that was added lies below the speech, in dB.
    fn snr_db(noisy: &[f32], speech: &[f32]) -> f64 {
        let added: Vec<f64> = noisy.iter().zip(speech).map(|(a, b)| f64::from(a - b)).collect();
        active_speech_level(speech).level_dbfs - 10.0 * libm::log10(mean_square(&added))
    }

    #[test]
    fn in_noise_and_in_babble_spread_over_their_range_of_snr() {
        let speech = utterance(1);
        let mut found = Vec::new();
        for seed in 0..12 {
            let mut random = Random::new(seed);
            let noise = snr_db(&in_noise(&speech, 1.5, [10.0, 22.0], &mut random), &speech);
            let people = &BackgroundSpeech::Synthesised;
            let babble = snr_db(&in_babble(&speech, 3, [10.0, 22.0], people, &mut random), &speech);
            assert!((9.9..22.1).contains(&noise) && (9.9..22.1).contains(&babble), "{noise} {babble}");
            found.extend([noise, babble]);
        }
        let range = found.iter().fold([f64::MAX, 0.0f64], |[a, b], v| [a.min(*v), b.max(*v)]);
        assert!(range[0] < 13.0 && range[1] > 19.0, "{range:?}");
    }

    #[test]
    fn augment_speed_stays_within_a_tenth_and_reaches_both_sides() {
        let speech = utterance(1);
        let ratios: Vec<f64> = (0..12)
            .map(|seed| {
                let sound = augment(
                    Augmentation::Speed,
                    &speech,
                    &BackgroundSpeech::Synthesised,
                    &mut Random::new(seed),
                );
                speech.len() as f64 / sound.unwrap().len() as f64
            })
            .collect();
        assert!(ratios.iter().all(|r| (0.89..1.12).contains(r)), "{ratios:?}");
        assert!(ratios.iter().any(|r| *r < 0.97) && ratios.iter().any(|r| *r > 1.03), "{ratios:?}");
    }

    #[test]
    fn augment_cuts_less_than_a_hop_off_the_start() {
        let speech = utterance(1);
        for seed in 0..20 {
            let sound =
                augment(Augmentation::Noise, &speech, &BackgroundSpeech::Synthesised, &mut Random::new(seed))
                    .unwrap();
            assert!((1..=160).contains(&(speech.len() + 1 - sound.len())), "{}", sound.len());
        }
    }

    #[test]
    fn clipped_clips_the_share_that_it_is_given() {
        let sound: Vec<f32> = (0..1_000).map(|i| (i as f32 - 500.0) / 500.0).collect();
        let cut = clipped(&sound, 0.99);
        let most = cut.iter().fold(0.0f32, |a, b| a.max(b.abs()));
        let at_most = cut.iter().filter(|v| v.abs() >= most).count();
        assert!((8..=12).contains(&at_most), "{at_most}");
        assert!(clipped(&[], 0.99).is_empty());
    }

    #[test]
    fn finish_attenuates_loud_sounds_only() {
        assert_eq!(finish(vec![1.98, -0.5, 0.0])[1], (-0.25f32 * 32_768.0).round() / 32_768.0);
        assert_eq!(finish(vec![0.5, -0.25]), [0.5, -0.25]);
    }
}

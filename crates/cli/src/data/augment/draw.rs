//! The recipes of random changes. The order of draws is part of them.

use super::Version;
use super::filter::{Bump, band, coloured};
use crate::data::conditions::babble::{Background, babble};
use crate::data::conditions::{edges, level, noise, rate, room};
use crate::numeric::random::Random;
use undertone::audio::AudioError;

/// Fewer samples than a hop of 10 ms are cut off the start, so that frames fall elsewhere.
const HOP: usize = 160;
/// Largest sample; louder sounds are turned down, as by someone who watches the meter.
const PEAK: f32 = 0.99;

pub(super) fn version(
    version: Version,
    samples: &[f32],
    background: &Background,
    random: &mut Random,
) -> Result<Vec<f32>, AudioError> {
    let mut sound = samples.to_vec();
    let faster = match version {
        Version::Any(_) => by_chance(0.2, random),
        Version::Speed => true,
        _ => false,
    };
    if faster {
        // 33 speeds from 0.9 to 1.1: rates that the resampler knows.
        sound = rate::speed(&sound, 0.9 + random.below(33) as f64 / 160.0)?;
    }
    sound = edges::shift(&sound, random.below(HOP));
    Ok(finish(match version {
        Version::Any(_) => any(sound, background, random),
        Version::Speed => sound,
        one => {
            if by_chance(0.3, random) {
                sound = coloured(&sound, random.between(-2.0, 2.0), &[]);
            }
            strong(one, sound, background, random)
        }
    }))
}

/// One thing, strongly.
fn strong(version: Version, sound: Vec<f32>, background: &Background, random: &mut Random) -> Vec<f32> {
    match version {
        Version::Telephone => {
            let (low, high) = (random.between(150.0, 400.0), random.between(2_800.0, 4_200.0));
            let sound = band(&sound, Some(low), high);
            if by_chance(0.3, random) { in_noise(&sound, 1.0, [15.0, 30.0], random) } else { sound }
        }
        Version::Babble => among_people(&sound, 2 + random.below(8), [10.0, 22.0], background, random),
        Version::Noise => {
            let slope = random.between(0.5, 1.5);
            in_noise(&sound, slope, [10.0, 22.0], random)
        }
        Version::Room => {
            let (rt60_s, direct_db) = (random.between(0.2, 0.7), random.between(-6.0, 6.0));
            room::reverberate(&sound, rt60_s, direct_db, random)
        }
        Version::Any(_) | Version::Speed => sound,
    }
}

/// Anything, each by some chance, in the order in which it happens on the way to a file.
fn any(mut sound: Vec<f32>, background: &Background, random: &mut Random) -> Vec<f32> {
    if by_chance(0.5, random) {
        let tilt = random.between(-3.0, 3.0);
        let bumps = [(); 2].map(|()| Bump {
            octave: random.between(6.5, 12.8),
            width: random.between(0.4, 1.5),
            gain_db: random.between(-6.0, 6.0),
        });
        sound = coloured(&sound, tilt, &bumps);
    }
    if by_chance(0.4, random) {
        let (rt60_s, direct_db) = (random.between(0.2, 0.8), random.between(-4.0, 10.0));
        sound = room::reverberate(&sound, rt60_s, direct_db, random);
    }
    if by_chance(0.5, random) {
        const SNR_DB: [f64; 2] = [8.0, 30.0];
        sound = match random.below(4) {
            0 => in_noise(&sound, 1.0, SNR_DB, random),
            1 => {
                let slope = random.between(0.0, 2.0);
                in_noise(&sound, slope, SNR_DB, random)
            }
            _ => among_people(&sound, 2 + random.below(7), SNR_DB, background, random),
        };
    }
    if by_chance(0.3, random) {
        let low = by_chance(0.7, random).then(|| random.between(80.0, 400.0));
        sound = band(&sound, low, random.between(3_000.0, 7_500.0));
    }
    if by_chance(0.1, random) {
        sound = clipped(&sound, random.between(0.985, 0.9995));
    }
    sound
}

fn by_chance(share: f64, random: &mut Random) -> bool {
    random.uniform() < share
}

/// In noise whose power falls as frequency^−slope: 0 white, 1 pink, 2 brown.
fn in_noise(sound: &[f32], slope: f64, [low, high]: [f64; 2], random: &mut Random) -> Vec<f32> {
    let noise = noise::sloped(sound.len(), slope, random);
    noise::add(sound, &noise, random.between(low, high))
}

fn among_people(
    sound: &[f32],
    talkers: usize,
    [low, high]: [f64; 2],
    background: &Background,
    random: &mut Random,
) -> Vec<f32> {
    let people = babble(sound.len(), talkers, background, random);
    noise::add(sound, &people, random.between(low, high))
}

/// Cut off at the magnitude that `share` of the samples stay below.
fn clipped(sound: &[f32], share: f64) -> Vec<f32> {
    let mut magnitudes: Vec<f32> = sound.iter().map(|v| v.abs()).collect();
    magnitudes.sort_by(f32::total_cmp);
    let at = (magnitudes.len().saturating_sub(1) as f64 * share) as usize;
    match magnitudes.get(at) {
        Some(&most) => sound.iter().map(|v| v.clamp(-most, most)).collect(),
        None => Vec::new(),
    }
}

/// Within the peak, on the steps of 16 bits: as a file holds it.
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
    use crate::data::conditions::testing::utterance;
    use undertone::audio::level::active_speech_level;

    /// How far noise that was added lies below the speech, in dB.
    fn snr_db(noisy: &[f32], speech: &[f32]) -> f64 {
        let added: Vec<f64> = noisy.iter().zip(speech).map(|(a, b)| f64::from(a - b)).collect();
        active_speech_level(speech).level_dbfs - 10.0 * libm::log10(mean_square(&added))
    }

    #[test]
    fn noise_and_people_lie_where_the_range_says_and_spread_over_it() {
        let speech = utterance(1);
        let mut found = Vec::new();
        for seed in 0..12 {
            let mut random = Random::new(seed);
            let noise = snr_db(&in_noise(&speech, 1.5, [10.0, 22.0], &mut random), &speech);
            let people = &Background::Synthesised;
            let babble = snr_db(&among_people(&speech, 3, [10.0, 22.0], people, &mut random), &speech);
            assert!((9.9..22.1).contains(&noise) && (9.9..22.1).contains(&babble), "{noise} {babble}");
            found.extend([noise, babble]);
        }
        let range = found.iter().fold([f64::MAX, 0.0f64], |[a, b], v| [a.min(*v), b.max(*v)]);
        assert!(range[0] < 13.0 && range[1] > 19.0, "{range:?}");
    }

    #[test]
    fn speed_stays_within_a_tenth_and_reaches_both_sides() {
        let speech = utterance(1);
        let ratios: Vec<f64> = (0..12)
            .map(|seed| {
                let sound =
                    version(Version::Speed, &speech, &Background::Synthesised, &mut Random::new(seed));
                speech.len() as f64 / sound.unwrap().len() as f64
            })
            .collect();
        assert!(ratios.iter().all(|r| (0.89..1.12).contains(r)), "{ratios:?}");
        assert!(ratios.iter().any(|r| *r < 0.97) && ratios.iter().any(|r| *r > 1.03), "{ratios:?}");
    }

    #[test]
    fn the_start_falls_elsewhere_within_a_hop() {
        let speech = utterance(1);
        for seed in 0..20 {
            let sound =
                version(Version::Noise, &speech, &Background::Synthesised, &mut Random::new(seed)).unwrap();
            assert!((1..=160).contains(&(speech.len() + 1 - sound.len())), "{}", sound.len());
        }
    }

    #[test]
    fn clipping_takes_the_share_that_it_says() {
        let sound: Vec<f32> = (0..1_000).map(|i| (i as f32 - 500.0) / 500.0).collect();
        let cut = clipped(&sound, 0.99);
        let most = cut.iter().fold(0.0f32, |a, b| a.max(b.abs()));
        let at_most = cut.iter().filter(|v| v.abs() >= most).count();
        assert!((8..=12).contains(&at_most), "{at_most}");
        assert!(clipped(&[], 0.99).is_empty());
    }

    #[test]
    fn loud_sounds_are_turned_down_and_soft_ones_left() {
        assert_eq!(finish(vec![1.98, -0.5, 0.0])[1], (-0.25f32 * 32_768.0).round() / 32_768.0);
        assert_eq!(finish(vec![0.5, -0.25]), [0.5, -0.25]);
    }
}

//! Noise at a signal-to-noise ratio that is measured as in speech work: active speech level over the noise's mean power.

use super::level::{amplitude, mean_square};
use super::spectrum::Spectrum;
use crate::numeric::random::Random;
use undertone::audio::level::active_speech_level;
use undertone::audio::{SAMPLE_RATE_HZ, SILENCE_DBFS};

/// Below this the pink noise is silent, in Hz: the level meter takes the same out as DC.
const LOWEST_HZ: f64 = 20.0;

/// Gaussian noise with equal power in every octave from 20 Hz to 8 kHz, of mean square 1.
pub fn pink(length: usize, random: &mut Random) -> Vec<f64> {
    let lowest = LOWEST_HZ / f64::from(SAMPLE_RATE_HZ);
    coloured(length, |f| if f < lowest { 0.0 } else { 1.0 / libm::sqrt(f) }, random)
}

/// Gaussian noise whose power falls as frequency^−`slope` from 20 Hz to 8 kHz (0: white, 1: pink, 2: brown), of mean
/// square 1.
pub fn sloped(length: usize, slope: f64, random: &mut Random) -> Vec<f64> {
    let lowest = LOWEST_HZ / f64::from(SAMPLE_RATE_HZ);
    coloured(length, |f| if f < lowest { 0.0 } else { libm::pow(f, -0.5 * slope) }, random)
}

/// Gaussian noise whose spectrum has the given amplitude per frequency in cycles per sample, of mean square 1.
pub fn coloured(length: usize, gain: impl Fn(f64) -> f64, random: &mut Random) -> Vec<f64> {
    let white: Vec<f64> = (0..length).map(|_| random.normal()).collect();
    let mut spectrum = Spectrum::of(&white, length);
    spectrum.shape(gain);
    unit_power(spectrum.into_samples(length))
}

/// The sound with mean square 1; silence stays silence.
pub fn unit_power(mut sound: Vec<f64>) -> Vec<f64> {
    let scale = libm::sqrt(mean_square(&sound));
    if scale > 0.0 {
        sound.iter_mut().for_each(|v| *v /= scale);
    }
    sound
}

/// Speech plus noise of mean square 1, the noise `snr_db` below the active speech level. Silence has no level: it
/// stays as it is.
pub fn add(speech: &[f32], noise: &[f64], snr_db: f64) -> Vec<f32> {
    let level = active_speech_level(speech).level_dbfs;
    if level <= SILENCE_DBFS {
        return speech.to_vec();
    }
    let factor = amplitude(level - snr_db);
    speech.iter().zip(noise).map(|(s, n)| (f64::from(*s) + factor * n) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::utterance;

    #[test]
    fn add_puts_noise_at_its_signal_to_noise_ratio() {
        let speech = utterance(1);
        let level = active_speech_level(&speech).level_dbfs;
        for snr_db in [0.0, 15.0, 30.0] {
            let noise = pink(speech.len(), &mut Random::new(3));
            let noisy = add(&speech, &noise, snr_db);
            let added: Vec<f64> = noisy.iter().zip(&speech).map(|(a, b)| f64::from(a - b)).collect();
            let found = level - 10.0 * libm::log10(mean_square(&added));
            assert!((found - snr_db).abs() < 0.1, "{found} for {snr_db}");
        }
        assert_eq!(add(&[0.0; 4], &[1.0; 4], 15.0), [0.0; 4]);
    }

    #[test]
    fn pink_noise_has_equal_power_in_every_octave() {
        let noise = pink(1 << 17, &mut Random::new(1));
        assert!((mean_square(&noise) - 1.0).abs() < 1e-9);
        let band = |low: f64, high: f64| {
            let mut spectrum = Spectrum::of(&noise, 0);
            spectrum.shape(|f| f64::from(u8::from((low..high).contains(&(f * 16_000.0)))));
            10.0 * libm::log10(mean_square(&spectrum.into_samples(noise.len())))
        };
        let octaves = [62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0].map(|low| band(low, 2.0 * low));
        for db in octaves {
            assert!((db - octaves[6]).abs() < 0.5, "{octaves:?}");
        }
        assert!(band(0.0, 19.0) < -60.0);
    }

    #[test]
    fn sloped_noise_falls_by_its_slope_per_octave() {
        for slope in [0.0, 1.0, 1.5, 2.0] {
            let noise = sloped(1 << 17, slope, &mut Random::new(1));
            assert!((mean_square(&noise) - 1.0).abs() < 1e-9);
            let band = |low: f64, high: f64| {
                let mut spectrum = Spectrum::of(&noise, 0);
                spectrum.shape(|f| f64::from(u8::from((low..high).contains(&(f * 16_000.0)))));
                10.0 * libm::log10(mean_square(&spectrum.into_samples(noise.len())))
            };
            // Power per octave changes by 2^(1 − slope).
            let step = (band(4_000.0, 8_000.0) - band(125.0, 250.0)) / 5.0;
            let expected = 10.0 * libm::log10(2.0) * (1.0 - slope);
            assert!((step - expected).abs() < 0.15, "{slope}: {step} {expected}");
        }
    }
}

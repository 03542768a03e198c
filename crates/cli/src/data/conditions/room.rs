//! Reverberation: the direct sound, and a diffuse tail of noise that decays exponentially (Polack 1988).
//!
//! The noise is one of random signs: as white as a Gaussian one, but its energy decays exactly as it should, however short
//! the tail is.

use super::level::match_level;
use super::spectrum::convolve;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
/// ln(1000): a decay by 60 dB.
const DECADES: f64 = 3.0 * std::f64::consts::LN_10;
/// When the first reflection arrives after the direct sound, in seconds: a detour of 0.9 m.
const FIRST_REFLECTION_S: f64 = 0.0025;

/// A room's impulse response at 16 kHz: 1 for the direct sound, then, from 2.5 ms to the reverberation time, noise that decays
/// by 60 dB in `rt60_s`. The tail's energy lies `direct_db` below that of the direct sound.
fn impulse_response(rt60_s: f64, direct_db: f64, random: &mut Random) -> Vec<f64> {
    let first = (FIRST_REFLECTION_S * RATE) as usize;
    let length = ((rt60_s * RATE) as usize).max(first);
    let mut response: Vec<f64> = (0..length)
        .map(|k| {
            let sign = if random.uniform() < 0.5 { -1.0 } else { 1.0 };
            let value = sign * libm::exp(-DECADES * k as f64 / (rt60_s * RATE));
            if k < first { 0.0 } else { value }
        })
        .collect();
    let mut energy = 0.0;
    for v in &response {
        energy += v * v;
    }
    if energy > 0.0 {
        let scale = libm::sqrt(libm::pow(10.0, -direct_db / 10.0) / energy);
        response.iter_mut().for_each(|v| *v *= scale);
    }
    response[0] = 1.0;
    response
}

/// Speech as it arrives in such a room: longer by the tail, at the active speech level that it had.
pub fn reverberate(speech: &[f32], rt60_s: f64, direct_db: f64, random: &mut Random) -> Vec<f32> {
    let dry: Vec<f64> = speech.iter().map(|v| f64::from(*v)).collect();
    match_level(&convolve(&dry, &impulse_response(rt60_s, direct_db, random)), speech)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::utterance;
    use undertone::audio::level::active_speech_level;

    /// Reverberation time by backward integration (Schroeder 1965): the decay from −5 to −25 dB, times three.
    fn rt60(tail: &[f64]) -> f64 {
        let mut left = vec![0.0; tail.len()];
        let mut sum = 0.0;
        for (left, v) in left.iter_mut().zip(tail).rev() {
            sum += v * v;
            *left = sum;
        }
        let at = |db: f64| left.iter().position(|e| 10.0 * libm::log10(e / sum) < db).unwrap() as f64 / RATE;
        3.0 * (at(-25.0) - at(-5.0))
    }

    #[test]
    fn impulse_response_decays_in_its_reverberation_time() {
        for seconds in [0.2, 0.4, 0.8] {
            for seed in 0..5 {
                let response = impulse_response(seconds, 0.0, &mut Random::new(seed));
                let found = rt60(&response[1..]);
                assert!((found / seconds - 1.0).abs() < 0.01, "{found} for {seconds}");
            }
        }
    }

    #[test]
    fn impulse_response_has_its_ratio_of_direct_sound_to_tail() {
        for direct_db in [-3.0, 0.0, 10.0] {
            let response = impulse_response(0.4, direct_db, &mut Random::new(1));
            assert_eq!(response[0], 1.0);
            assert!(response[1..40].iter().all(|v| *v == 0.0) && response[40] != 0.0);
            let tail: f64 = response[1..].iter().map(|v| v * v).sum();
            assert!((-10.0 * libm::log10(tail) - direct_db).abs() < 1e-9);
        }
    }

    #[test]
    fn reverberate_keeps_the_level_and_adds_the_tail() {
        let speech = utterance(1);
        let wet = reverberate(&speech, 0.4, 0.0, &mut Random::new(1));
        assert_eq!(wet.len(), speech.len() + 6_399);
        let level = |s: &[f32]| active_speech_level(s).level_dbfs;
        assert!((level(&wet) - level(&speech)).abs() < 0.01);
    }
}

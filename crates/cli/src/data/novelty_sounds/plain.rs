//! Simple sounds: noise, tones, sweeps, clicks, hum, near silence.

use std::f64::consts::PI;

use super::common::{SECONDS, levelled};
use crate::data::conditions::level::amplitude;
use crate::data::conditions::noise;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
const LENGTH: usize = (SECONDS * RATE) as usize;

/// Gaussian noise; half of the time it swells up to four times a second, as wind or waves do.
pub fn noise(pink: bool, random: &mut Random) -> Vec<f32> {
    let steady = if pink { noise::pink(LENGTH, random) } else { noise::coloured(LENGTH, |_| 1.0, random) };
    let depth = if random.uniform() < 0.5 { random.between(0.3, 0.95) } else { 0.0 };
    let swells_hz = random.between(0.3, 4.0);
    let sound: Vec<f64> = steady
        .iter()
        .enumerate()
        .map(|(i, v)| v * (1.0 + depth * libm::sin(2.0 * PI * swells_hz * i as f64 / RATE)))
        .collect();
    levelled(&sound, random)
}

/// One sine from 80 to 3000 Hz, steady or beeping.
pub fn tone(random: &mut Random) -> Vec<f32> {
    let hz = logarithmic(80.0, 3_000.0, random);
    let beeps = random.uniform() < 0.5;
    let period = (random.between(0.2, 1.0) * RATE) as usize;
    let sound: Vec<f64> = (0..LENGTH)
        .map(|i| {
            let on = !beeps || i % period < period / 2;
            if on { libm::sin(2.0 * PI * hz * i as f64 / RATE) } else { 0.0 }
        })
        .collect();
    levelled(&sound, random)
}

/// A sine that glides between two pitches, once or over and over, evenly in octaves.
pub fn sweep(random: &mut Random) -> Vec<f32> {
    let (from, to) = (logarithmic(60.0, 3_000.0, random), logarithmic(60.0, 3_000.0, random));
    let times = 1.0 + random.below(8) as f64;
    let mut phase = 0.0;
    let sound: Vec<f64> = (0..LENGTH)
        .map(|i| {
            let done = times * i as f64 / LENGTH as f64;
            // There and back.
            let way = 1.0 - (2.0 * (done - libm::floor(done)) - 1.0).abs();
            phase += 2.0 * PI * from * libm::pow(to / from, way) / RATE;
            libm::sin(phase)
        })
        .collect();
    levelled(&sound, random)
}

/// Clicks of a few milliseconds, two to sixty a second, as of a clock, keys or a machine.
pub fn clicks(random: &mut Random) -> Vec<f32> {
    let per_second = logarithmic(2.0, 60.0, random);
    let uneven = if random.uniform() < 0.5 { random.between(0.1, 0.6) } else { 0.0 };
    let (hz, decay_s) = (logarithmic(300.0, 5_000.0, random), random.between(0.0005, 0.006));
    let mut sound = vec![0.0; LENGTH];
    let mut at = 0.0;
    while (at as usize) < LENGTH {
        let strength = 1.0 + uneven * random.normal();
        for (k, v) in sound[at as usize..].iter_mut().take((10.0 * decay_s * RATE) as usize).enumerate() {
            let t = k as f64 / RATE;
            *v += strength * libm::exp(-t / decay_s) * libm::cos(2.0 * PI * hz * t);
        }
        at += RATE / per_second * (1.0 + uneven * random.between(-1.0, 1.0));
    }
    sound.iter_mut().for_each(|v| *v += 1e-3 * random.normal());
    levelled(&sound, random)
}

/// Mains hum of 50 or 60 Hz with harmonics that fall off, in noise.
pub fn hum(random: &mut Random) -> Vec<f32> {
    let hz = if random.uniform() < 0.5 { 50.0 } else { 60.0 };
    let falls_db = random.between(2.0, 9.0);
    let phases: Vec<f64> = (0..20).map(|_| random.between(0.0, 2.0 * PI)).collect();
    let noise_level = amplitude(random.between(-50.0, -15.0));
    let sound: Vec<f64> = (0..LENGTH)
        .map(|i| {
            let mut sum = noise_level * random.normal();
            for (k, phase) in (1u32..).zip(&phases) {
                let k = f64::from(k);
                sum +=
                    amplitude(-falls_db * (k - 1.0)) * libm::sin(2.0 * PI * k * hz * i as f64 / RATE + phase);
            }
            sum
        })
        .collect();
    // From what a cable picks up to what fills a recording.
    let scale = amplitude(random.between(-70.0, -25.0))
        / libm::sqrt(crate::data::conditions::level::mean_square(&sound));
    sound.iter().map(|v| (v * scale) as f32).collect()
}

/// Noise and hum between −90 and −60 dB of full scale: a microphone in a quiet room.
pub fn near_silence(random: &mut Random) -> Vec<f32> {
    let scale = amplitude(random.between(-90.0, -60.0));
    let hum = random.between(0.0, 1.0);
    let pink = noise::pink(LENGTH, random);
    (0..LENGTH)
        .map(|i| {
            let v = pink[i] + hum * libm::sin(2.0 * PI * 50.0 * i as f64 / RATE);
            // To the sixteen bits of a file.
            ((v * scale * 32_768.0).round() / 32_768.0) as f32
        })
        .collect()
}

/// Uniform in the logarithm.
pub(super) fn logarithmic(low: f64, high: f64, random: &mut Random) -> f64 {
    low * libm::pow(high / low, random.uniform())
}

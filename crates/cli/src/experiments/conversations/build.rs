//! Puts utterances one behind the other.

use crate::data::conditions::noise;
use crate::numeric::random::Random;
use undertone::audio::level::{TARGET_DBFS, active_speech_level};
use undertone::audio::{SAMPLE_RATE_HZ, region};

/// What the speech region of an utterance has on either side beside the speech: 0.1 s, in samples.
const MARGIN: usize = SAMPLE_RATE_HZ as usize / 10;
/// Silence before the first utterance, in seconds.
const LEAD_S: f64 = 1.0;
/// How far the levels of two utterances of a voice are from each other at most, in dB.
const LEVELS_DB: f64 = 4.0;
/// A noise is put into pauses that last longer than this, in seconds.
const ROOM_FOR_NOISE_S: f64 = 1.0;

/// An utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// At 16 kHz.
    pub samples: Vec<f32>,
    /// Its label.
    pub label: f64,
    /// Its score by itself.
    pub alone: f64,
}

/// How a conversation is built.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Active speech level over the mean power of the pink noise, in dB.
    pub snr_db: f64,
    /// The shortest and the longest pause, in seconds; their lengths are uniform on a logarithmic scale.
    pub pauses_s: [f64; 2],
    /// Whether hiss, a knock or rumble is in each long pause.
    pub noises: bool,
}

/// The settings that are measured.
#[must_use]
pub fn settings() -> [Setting; 4] {
    let setting = |snr_db, shortest_s, noises| Setting { snr_db, pauses_s: [shortest_s, 2.5], noises };
    [
        setting(30.0, 0.6, false),
        setting(15.0, 0.6, false),
        setting(30.0, 0.3, false),
        setting(30.0, 0.6, true),
    ]
}

/// A conversation at 16 kHz, and from which sample to which each utterance's speech lasts in it.
#[must_use]
pub fn build(clips: &[&Clip], setting: Setting, random: &mut Random) -> (Vec<f32>, Vec<[usize; 2]>) {
    let mut samples = vec![0.0; seconds(LEAD_S)];
    let mut spans = Vec::new();
    for clip in clips {
        // Who has a score has a region.
        let Ok(found) = region::find(&clip.samples) else { continue };
        let speech = found.of(&clip.samples);
        let wanted_dbfs = TARGET_DBFS + random.between(-0.5 * LEVELS_DB, 0.5 * LEVELS_DB);
        let gain = libm::pow(10.0, (wanted_dbfs - active_speech_level(speech).level_dbfs) / 20.0);
        let fade = MARGIN.min(speech.len() / 4) / 2;
        let start = samples.len();
        samples.extend(speech.iter().enumerate().map(|(at, v)| {
            let edge = (at.min(speech.len() - 1 - at) as f64 / fade.max(1) as f64).min(1.0);
            (f64::from(*v) * gain * edge) as f32
        }));
        let margin = MARGIN.min(speech.len() / 4);
        spans.push([start + margin, samples.len() - margin]);
        let [shortest, longest] = setting.pauses_s.map(libm::log);
        let pause_s = libm::exp(random.between(shortest, longest));
        let silence = seconds(pause_s).saturating_sub(2 * MARGIN);
        let from = samples.len();
        samples.resize(from + silence, 0.0);
        if setting.noises && pause_s > ROOM_FOR_NOISE_S {
            let noise = interruption(random);
            let at = from + silence.saturating_sub(noise.len()) / 2;
            for (sample, v) in samples[at..].iter_mut().zip(noise) {
                *sample += v;
            }
        }
    }
    samples.resize(samples.len() + seconds(LEAD_S), 0.0);
    let pink = noise::pink(samples.len(), random);
    let amplitude = libm::pow(10.0, (TARGET_DBFS - setting.snr_db) / 20.0);
    for (sample, v) in samples.iter_mut().zip(pink) {
        *sample += (amplitude * v) as f32;
    }
    (samples, spans)
}

/// Hiss of 0.4 s, a knock, or rumble of 0.6 s.
fn interruption(random: &mut Random) -> Vec<f32> {
    let rate = f64::from(SAMPLE_RATE_HZ);
    let swell = |at: usize, length: usize| libm::sin(std::f64::consts::PI * at as f64 / length as f64);
    match random.below(3) {
        0 => {
            let (length, gain) = (seconds(0.4), random.between(0.01, 0.1));
            (0..length).map(|at| (gain * swell(at, length) * random.normal()) as f32).collect()
        }
        1 => {
            let gain = random.between(0.1, 0.6);
            let partials = [(); 3].map(|()| (random.between(90.0, 900.0), random.between(0.008, 0.04)));
            let ring = |t: f64| -> f64 {
                let partial =
                    |(hz, fall_s)| libm::exp(-t / fall_s) * libm::sin(std::f64::consts::TAU * hz * t);
                partials.into_iter().map(partial).sum()
            };
            (0..seconds(0.25)).map(|at| (gain / 3.0 * ring(at as f64 / rate)) as f32).collect()
        }
        _ => {
            let (length, gain) = (seconds(0.6), random.between(0.05, 0.3));
            // Noise of 20 to 80 Hz.
            let band = |f: f64| f64::from(u8::from((20.0..80.0).contains(&(f * rate))));
            let rumble = noise::coloured(length, band, random);
            rumble.iter().enumerate().map(|(at, v)| (gain * swell(at, length) * v) as f32).collect()
        }
    }
}

fn seconds(count: f64) -> usize {
    (count * f64::from(SAMPLE_RATE_HZ)) as usize
}

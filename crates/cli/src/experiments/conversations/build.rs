//! Puts utterances one behind the other.

use std::f64::consts::{PI, TAU};

use crate::data::conditions::noise;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;
use undertone::audio::level::{TARGET_DBFS, active_speech_level};
use undertone::audio::region::{self, MARGIN};

/// A sample that no meter hears and that is no digital silence.
const FAINT: f32 = 1e-7;
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
    /// What is heard in each long pause.
    pub noise: Option<Noise>,
}

/// A noise that is no voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// White noise that swells and fades, 0.4 s.
    Hiss,
    /// Three partials that ring off.
    Knock,
    /// Noise of 20 to 80 Hz that swells and fades, 0.6 s.
    Rumble,
}

/// The settings that are measured.
#[must_use]
pub fn settings() -> [Setting; 6] {
    let setting = |snr_db, shortest_s, noise| Setting { snr_db, pauses_s: [shortest_s, 2.5], noise };
    [
        setting(30.0, 0.6, None),
        setting(15.0, 0.6, None),
        setting(30.0, 0.3, None),
        setting(30.0, 0.6, Some(Noise::Hiss)),
        setting(30.0, 0.6, Some(Noise::Knock)),
        setting(30.0, 0.6, Some(Noise::Rumble)),
    ]
}

/// A conversation at 16 kHz, and from which sample to which each utterance's speech lasts in it.
#[must_use]
pub fn build(clips: &[Clip], setting: Setting, random: &mut Random) -> (Vec<f32>, Vec<[usize; 2]>) {
    let mut samples = vec![0.0; seconds(LEAD_S)];
    let mut spans = Vec::new();
    for clip in clips {
        // Between what is as good as silence, so that the region has its margins wherever the file was cut.
        let clip = [&[FAINT; 2 * MARGIN], &clip.samples[..], &[FAINT; 2 * MARGIN]].concat();
        // Who has a score has a region.
        let Ok(found) = region::find(&clip) else { continue };
        let speech = found.of(&clip);
        let wanted_dbfs = TARGET_DBFS + random.between(-0.5 * LEVELS_DB, 0.5 * LEVELS_DB);
        let gain = libm::pow(10.0, (wanted_dbfs - active_speech_level(speech).level_dbfs) / 20.0);
        let fade = MARGIN / 2;
        let start = samples.len();
        samples.extend(speech.iter().enumerate().map(|(at, v)| {
            let edge = (at.min(speech.len() - 1 - at) as f64 / fade as f64).min(1.0);
            (f64::from(*v) * gain * edge) as f32
        }));
        spans.push([start + MARGIN, samples.len() - MARGIN]);
        let [shortest, longest] = setting.pauses_s.map(libm::log);
        let pause_s = libm::exp(random.between(shortest, longest));
        let silence = seconds(pause_s).saturating_sub(2 * MARGIN);
        let from = samples.len();
        samples.resize(from + silence, 0.0);
        if let Some(noise) = setting.noise.filter(|_| pause_s > ROOM_FOR_NOISE_S) {
            let noise = noise.samples(random);
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

impl Noise {
    /// The name for tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Noise::Hiss => "hiss",
            Noise::Knock => "knocks",
            Noise::Rumble => "rumble",
        }
    }

    fn samples(self, random: &mut Random) -> Vec<f32> {
        let rate = f64::from(SAMPLE_RATE_HZ);
        let swell = |at: usize, length: usize| libm::sin(PI * at as f64 / length as f64);
        match self {
            Noise::Hiss => {
                let (length, gain) = (seconds(0.4), random.between(0.01, 0.1));
                (0..length).map(|at| (gain * swell(at, length) * random.normal()) as f32).collect()
            }
            Noise::Knock => {
                let gain = random.between(0.1, 0.6);
                let partials = [(); 3].map(|()| (random.between(90.0, 900.0), random.between(0.008, 0.04)));
                let ring = |t: f64| -> f64 {
                    let partial = |(hz, fall_s)| libm::exp(-t / fall_s) * libm::sin(TAU * hz * t);
                    partials.into_iter().map(partial).sum()
                };
                (0..seconds(0.25)).map(|at| (gain / 3.0 * ring(at as f64 / rate)) as f32).collect()
            }
            Noise::Rumble => {
                let (length, gain) = (seconds(0.6), random.between(0.05, 0.3));
                let band = |f: f64| f64::from(u8::from((20.0..80.0).contains(&(f * rate))));
                let rumble = noise::coloured(length, band, random);
                rumble.iter().enumerate().map(|(at, v)| (gain * swell(at, length) * v) as f32).collect()
            }
        }
    }
}

fn seconds(count: f64) -> usize {
    (count * f64::from(SAMPLE_RATE_HZ)) as usize
}

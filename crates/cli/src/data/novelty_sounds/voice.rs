//! A voice that can be played at any pitch: the periods of a stretch of speech, repeated.
//!
//! After TD-PSOLA (Moulines and Charpentier 1990): around each pitch mark of the speech a stretch of two periods is cut out under a
//! Hann window; added at other distances, these give the same vowel at another pitch. Excited by noise instead of
//! pulses they give the vowel's breath, a whisper with its formants.

use std::f64::consts::PI;

use crate::data::conditions::BackgroundSpeech;
use crate::numeric::random::Random;
use undertone::analysis::{PitchSpan, levelled_speech};
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
/// Step of the pitch, in samples: 10 ms.
const HOP: usize = SAMPLE_RATE_HZ as usize / 100;
/// Half of a pitch frame, in samples: pitch of frame k is that around k·HOP + HALF_FRAME.
const HALF_FRAME: usize = 3 * HOP;
/// The shortest voiced stretch that is used, in frames.
const SHORTEST: usize = 6;
/// How often another recording is tried, where one has no stretch that can be used.
const TRIES: usize = 20;

/// Two periods around a pitch mark.
#[derive(Debug, Clone)]
struct Period {
    samples: Vec<f64>,
    middle: usize,
}

/// Vowels of a voice.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    /// In the order of the speech, so that neighbours are of the same vowel.
    periods: Vec<Period>,
    /// The pitch at which it spoke, in Hz.
    pub(super) f0_hz: f64,
}

impl Voice {
    /// Somebody of these speakers, or a synthetic talker.
    pub(super) fn any(speakers: &BackgroundSpeech, random: &mut Random) -> Voice {
        for _ in 0..TRIES {
            let found = match speakers {
                BackgroundSpeech::Recordings(recordings) if !recordings.is_empty() => {
                    Voice::of(&recordings[random.below(recordings.len())])
                }
                _ => Voice::of(&super::adult(random).speak(super::SECONDS, random)),
            };
            if let Some(voice) = found {
                return voice;
            }
        }
        // A single pulse: a voice without formants, which only recordings without any voiced stretch lead to.
        Voice { periods: vec![Period { samples: vec![1.0], middle: 0 }], f0_hz: 200.0 }
    }

    /// The voiced stretches of speech at 16 kHz; None if there are none.
    fn of(speech: &[f32]) -> Option<Voice> {
        let (_, speech) = levelled_speech(speech).ok()?;
        let f0_hz = egemaps::extract(&speech, SAMPLE_RATE_HZ).ok()?.f0_hz;
        let mut periods = Vec::new();
        let mut from = 0;
        for stretch in f0_hz.chunk_by(|a, b| (*a > 0.0) == (*b > 0.0)) {
            let to = from + stretch.len();
            if stretch[0] > 0.0 && stretch.len() >= SHORTEST {
                // Its ends are the least steady.
                periods.extend(periods_of(&speech, &f0_hz, from + 1, to - 1));
            }
            from = to;
        }
        let median_hz = f64::from(PitchSpan::of(&f0_hz).median_hz);
        (periods.len() >= SHORTEST).then_some(Voice { periods, f0_hz: median_hz })
    }

    /// Adds one period at a place, from the vowel at `place` (0 … 1 through the speech).
    fn pulse(&self, sound: &mut [f64], at: usize, strength: f64, place: f64) {
        let last = self.periods.len() - 1;
        let period = &self.periods[((place * last as f64) as usize).min(last)];
        for (k, v) in period.samples.iter().enumerate() {
            if let Some(out) = (at + k).checked_sub(period.middle).and_then(|i| sound.get_mut(i)) {
                *out += strength * v;
            }
        }
    }

    /// Voices samples `from` to `from + length` of the sound. `state` gives strength, pitch in Hz and vowel (0 … 1) at a share (0 … 1)
    /// of the length.
    pub(super) fn sing(
        &self,
        sound: &mut [f64],
        from: usize,
        length: usize,
        random: &mut Random,
        state: impl Fn(f64) -> Held,
    ) {
        let mut at = 0.0;
        while at < length as f64 {
            let held = state(at / length as f64);
            // Jitter and shimmer of a voice, on top of that of the vowel itself.
            let period =
                RATE / held.f0_hz.clamp(40.0, 1_200.0) * (1.0 + held.rough * random.normal()).max(0.3);
            let strength = held.strength * (1.0 + 3.0 * held.rough * random.normal()).max(0.0);
            // Neighbouring periods of one vowel in turn: a repeated one would buzz.
            let place = held.vowel + random.between(0.0, 4.0 / self.periods.len() as f64);
            // The power stays the same at every pitch.
            let strength = strength * (self.f0_hz / held.f0_hz).sqrt();
            self.pulse(sound, from + at as usize, strength, place);
            at += period;
        }
    }

    /// Breathes from `from` to `from + length`: the vowel under noise, rising and falling.
    pub(super) fn breathe(
        &self,
        sound: &mut [f64],
        from: usize,
        length: usize,
        random: &mut Random,
        state: impl Fn(f64) -> (f64, f64),
    ) {
        let mut at = 0;
        while at < length {
            let (strength, vowel) = state(at as f64 / length as f64);
            self.pulse(
                sound,
                from + at,
                0.25 * strength * random.normal(),
                vowel + random.between(0.0, 0.02),
            );
            at += 8;
        }
    }
}

/// What a voice does at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// Strength, 1 for that of the speech.
    pub strength: f64,
    /// Pitch, in Hz.
    pub f0_hz: f64,
    /// Which vowel, 0 … 1 through the speech.
    pub vowel: f64,
    /// Standard deviation of the period's length, as a share of it.
    pub rough: f64,
}

/// The periods of a voiced stretch of frames: marks are the strongest samples a period apart.
fn periods_of(speech: &[f32], f0_hz: &[f32], from: usize, to: usize) -> Vec<Period> {
    let mut periods = Vec::new();
    let end = (to * HOP + HALF_FRAME).min(speech.len());
    let mut at = from * HOP + HALF_FRAME;
    while at < end {
        let frame = ((at - HALF_FRAME) / HOP).clamp(from, to - 1);
        let length = (RATE / f64::from(f0_hz[frame]).max(50.0)) as usize;
        let (low, high) = (at.saturating_sub(length / 4), (at + length / 4).min(end));
        let Some(mark) = (low..high).max_by(|a, b| speech[*a].abs().total_cmp(&speech[*b].abs())) else {
            break;
        };
        if mark >= length && mark + length < speech.len() {
            let samples = (mark - length..mark + length)
                .enumerate()
                .map(|(k, i)| 0.5 * (1.0 - libm::cos(PI * k as f64 / length as f64)) * f64::from(speech[i]))
                .collect();
            periods.push(Period { samples, middle: length });
        }
        at = mark + length.max(1);
    }
    periods
}

/// A talker for tests and for the synthetic sets.
#[cfg(test)]
pub(super) fn talker(f0_hz: f64) -> Voice {
    let talker = crate::data::conditions::talker::Talker { f0_hz, formants: 1.1, melody: 0.1 };
    Voice::of(&talker.speak(super::SECONDS, &mut Random::new(1))).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::analysis::Preparation;

    #[test]
    fn voice_sings_at_the_pitch_that_it_is_asked_for() {
        for f0_hz in [150.0, 240.0, 400.0] {
            let mut sound = vec![0.0; 32_000];
            let held = Held { strength: 1.0, f0_hz, vowel: 0.3, rough: 0.0 };
            talker(180.0).sing(&mut sound, 0, 32_000, &mut Random::new(2), |_| held);
            let sound: Vec<f32> = sound.iter().map(|v| *v as f32).collect();
            let prepared = Preparation::new(&sound).unwrap().finish().unwrap();
            let span = PitchSpan::of(&prepared.levelled.f0_hz);
            assert!((f64::from(span.median_hz) / f0_hz - 1.0).abs() < 0.02, "{f0_hz}: {span:?}");
        }
    }

    #[test]
    fn breath_has_no_pitch() {
        let mut sound = vec![0.0; 32_000];
        talker(180.0).breathe(&mut sound, 0, 32_000, &mut Random::new(2), |_| (1.0, 0.3));
        let sound: Vec<f32> = sound.iter().map(|v| *v as f32).collect();
        let voiced = Preparation::new(&sound).unwrap().finish().map_or(0.0, |p| p.levelled.voiced_share());
        assert!(voiced < 0.15, "{voiced}");
    }
}

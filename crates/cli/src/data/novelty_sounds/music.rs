//! Simple music: chords and melodies of tempered notes in timbres from flute to saw-tooth.

use std::f64::consts::PI;

use super::common::{SECONDS, levelled};
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
const LENGTH: usize = (SECONDS * RATE) as usize;
/// Harmonics stop below this, in Hz.
const HIGHEST_HZ: f64 = 7_500.0;

/// How an instrument sounds.
#[derive(Debug, Clone, Copy)]
struct Timbre {
    /// How fast harmonics fall off: amplitude of harmonic k is k^−falls.
    falls: f64,
    /// Whether even harmonics are missing, as in a clarinet.
    odd: bool,
    /// Time constant of the decay, in seconds; a bow or breath holds the note (infinite).
    decay_s: f64,
    /// Depth of the vibrato at 5.5 Hz, as a share of the pitch.
    vibrato: f64,
}

impl Timbre {
    fn any(random: &mut Random) -> Timbre {
        Timbre {
            falls: random.between(0.6, 3.0),
            odd: random.uniform() < 0.3,
            decay_s: if random.uniform() < 0.5 { random.between(0.1, 0.8) } else { f64::INFINITY },
            vibrato: if random.uniform() < 0.4 { random.between(0.002, 0.012) } else { 0.0 },
        }
    }

    /// Adds a note to `sound`.
    fn play(self, hz: f64, sound: &mut [f64]) {
        let length = sound.len() as f64;
        let harmonics: Vec<(f64, f64)> = (1u32..)
            .take_while(|k| f64::from(*k) * hz < HIGHEST_HZ && *k <= 24)
            .filter(|k| !self.odd || k % 2 == 1)
            .map(|k| (f64::from(k), libm::pow(f64::from(k), -self.falls)))
            .collect();
        let mut phase = 0.0;
        for (i, out) in sound.iter_mut().enumerate() {
            let t = i as f64 / RATE;
            phase += 2.0 * PI * hz * (1.0 + self.vibrato * libm::sin(2.0 * PI * 5.5 * t)) / RATE;
            let held = (length - i as f64) / RATE;
            let strength = (t / 0.01).min(1.0) * (held / 0.03).min(1.0) * libm::exp(-t / self.decay_s);
            let mut sum = 0.0;
            for (k, amplitude) in &harmonics {
                sum += amplitude * libm::sin(k * phase);
            }
            *out += strength * sum;
        }
    }
}

/// Pitch of a semitone counted from the A of 110 Hz.
fn semitone_hz(semitone: i32) -> f64 {
    110.0 * libm::exp2(f64::from(semitone) / 12.0)
}

/// Major and minor chords of three or four notes, a new one every half second or two.
pub fn chords(random: &mut Random) -> Vec<f32> {
    let timbre = Timbre::any(random);
    let length = (random.between(0.4, 1.6) * RATE) as usize;
    let mut sound = vec![0.0; LENGTH];
    for part in sound.chunks_mut(length) {
        let root = random.below(20) as i32;
        let third = if random.uniform() < 0.5 { 4 } else { 3 };
        let count = 3 + random.below(2);
        for interval in [0, third, 7, 12].into_iter().take(count) {
            timbre.play(semitone_hz(root + interval), part);
        }
    }
    levelled(&sound, random)
}

/// One note at a time of a major scale, two to seven a second.
pub fn melody(random: &mut Random) -> Vec<f32> {
    const SCALE: [i32; 8] = [0, 2, 4, 5, 7, 9, 11, 12];
    let timbre = Timbre::any(random);
    let root = random.below(24) as i32;
    let beat = (random.between(0.14, 0.5) * RATE) as usize;
    let mut sound = vec![0.0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        let length = beat * (1 + random.below(2));
        let end = (at + length).min(LENGTH);
        let note = SCALE[random.below(SCALE.len())];
        timbre.play(semitone_hz(root + note), &mut sound[at..end]);
        at = end;
    }
    levelled(&sound, random)
}

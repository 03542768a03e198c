//! A synthetic talker: speech-like syllables by source and filter (Fant 1960; the cascade of Klatt 1980).
//!
//! Its syllables have no meaning, but it has what the features measure: a gliding pitch with jitter, shimmer and breath, five formants that
//! move from vowel to vowel, hissing consonants, syllables at 3 to 5 a second, words and pauses. Its pitch and the length
//! of its vocal tract can be set freely: a child's as well as an adult's.

use std::f64::consts::PI;

use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;

/// Mean formants of men's vowels (Peterson and Barney 1952, table II), in Hz: /i ɪ ɛ æ a ɔ ʊ u ʌ/.
const VOWELS_HZ: [[f64; 3]; 9] = [
    [270.0, 2_290.0, 3_010.0],
    [390.0, 1_990.0, 2_550.0],
    [530.0, 1_840.0, 2_480.0],
    [660.0, 1_720.0, 2_410.0],
    [730.0, 1_090.0, 2_440.0],
    [570.0, 840.0, 2_410.0],
    [440.0, 1_020.0, 2_240.0],
    [300.0, 870.0, 2_240.0],
    [640.0, 1_190.0, 2_390.0],
];
/// Fourth and fifth formant of a vocal tract of 17.5 cm, in Hz.
const HIGHER_HZ: [f64; 2] = [3_500.0, 4_500.0];
/// Bandwidths (Klatt 1980, table II, rounded), in Hz.
const BANDWIDTHS_HZ: [f64; 5] = [60.0, 90.0, 150.0, 200.0, 250.0];
/// No formant is put above this, in Hz.
const HIGHEST_HZ: f64 = 7_200.0;

/// A synthetic talker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Talker {
    /// Mean pitch, in Hz.
    pub f0_hz: f64,
    /// Formants relative to a man's: 1.15 for a woman, 1.2 to 1.3 and more for a child.
    pub formants: f64,
    /// Depth of the melody: the pitch's deviation from its mean, as a share of it.
    pub melody: f64,
}

/// A second-order resonator (Klatt 1980, equations 1 and 2).
#[derive(Debug, Clone, Copy, Default)]
pub struct Resonator {
    a: f64,
    b: f64,
    c: f64,
    last: f64,
    before: f64,
}

impl Resonator {
    /// Sets the resonance; the state is kept. Gain 1 at 0 Hz.
    pub fn tune(&mut self, hz: f64, bandwidth_hz: f64) {
        let radius = libm::exp(-PI * bandwidth_hz / RATE);
        self.c = -radius * radius;
        self.b = 2.0 * radius * libm::cos(2.0 * PI * hz / RATE);
        self.a = 1.0 - self.b - self.c;
    }

    /// The next sample.
    pub fn next(&mut self, input: f64) -> f64 {
        let output = self.a * input + self.b * self.last + self.c * self.before;
        self.before = self.last;
        self.last = output;
        output
    }
}

/// One period of the glottal flow at phase 0 … 1 (Rosenberg 1971, shape B), open for 0.6 of it.
pub fn glottal_flow(phase: f64) -> f64 {
    let (opening, closing) = (0.4, 0.2);
    if phase < opening {
        let t = phase / opening;
        t * t * (3.0 - 2.0 * t)
    } else if phase < opening + closing {
        let t = (phase - opening) / closing;
        1.0 - t * t
    } else {
        0.0
    }
}

/// One syllable.
#[derive(Debug, Clone, Copy)]
struct Syllable {
    /// Length of the frication (hissing consonant) before the vowel, and of the vowel, in samples.
    frication: usize,
    vowel: usize,
    /// Length of the pause after it, in samples.
    pause: usize,
    formants_hz: [f64; 3],
    /// Strength and pitch relative to the talker's mean.
    strength: f64,
    pitch: f64,
    frication_hz: f64,
}

impl Talker {
    /// Speech-like sound of about −20 dB mean square relative to full scale, in a room that hums at −65 dB.
    pub fn speak(&self, seconds: f64, random: &mut Random) -> Vec<f32> {
        let length = (seconds * RATE) as usize;
        let mut tract = VocalTract::new();
        let mut sound = Vec::with_capacity(length);
        let mut before = self.syllable(0, random);
        let mut count = 0;
        while sound.len() < length {
            let syllable = self.syllable(count, random);
            count += 1;
            tract.frication(&syllable, &mut sound, random);
            tract.vowel(self, &before, &syllable, &mut sound, random);
            tract.pause(syllable.pause, &mut sound);
            before = syllable;
        }
        sound.truncate(length);
        let scale = 0.1 / libm::sqrt(super::level::mean_square(&sound)).max(1e-9);
        sound.iter().map(|v| (v * scale + 5.6e-4 * random.normal()) as f32).collect()
    }

    /// Words of one to four syllables, after every second or so a pause, the melody falling until then.
    fn syllable(&self, count: usize, random: &mut Random) -> Syllable {
        let place = count % 7;
        let pause_ms = match (place, random.uniform()) {
            (6, u) => 150.0 + 250.0 * u,
            (_, u) if u < 0.3 => 20.0 + 100.0 * u,
            _ => 0.0,
        };
        let ms = |ms: f64| (ms * RATE / 1_000.0) as usize;
        let vowel = VOWELS_HZ[random.below(VOWELS_HZ.len())];
        let accent = random.between(-1.0, 1.0);
        Syllable {
            frication: if random.uniform() < 0.6 { ms(random.between(30.0, 110.0)) } else { 0 },
            vowel: ms(random.between(90.0, 240.0)),
            pause: ms(pause_ms),
            formants_hz: vowel.map(|hz| hz * self.formants * random.between(0.95, 1.05)),
            strength: libm::pow(10.0, (6.0 * accent - 1.0 * place as f64) / 20.0),
            pitch: 1.0 + self.melody * (accent + 0.8 - 0.25 * place as f64),
            frication_hz: self.formants * random.between(2_500.0, 5_500.0),
        }
    }
}

/// The filters and their state.
struct VocalTract {
    formants: [Resonator; 5],
    frication: Resonator,
    phase: f64,
    flow: f64,
}

/// Samples between two moves of the formants: 5 ms.
const STEP: usize = SAMPLE_RATE_HZ as usize / 200;

impl VocalTract {
    fn new() -> VocalTract {
        VocalTract {
            formants: [Resonator::default(); 5],
            frication: Resonator::default(),
            phase: 0.0,
            flow: 0.0,
        }
    }

    fn frication(&mut self, syllable: &Syllable, sound: &mut Vec<f64>, random: &mut Random) {
        self.frication.tune(syllable.frication_hz.min(HIGHEST_HZ), 1_500.0);
        for i in 0..syllable.frication {
            let shape = libm::sin(PI * i as f64 / syllable.frication as f64);
            sound.push(0.02 * syllable.strength * shape * self.frication.next(random.normal()));
        }
    }

    fn vowel(
        &mut self,
        talker: &Talker,
        from: &Syllable,
        to: &Syllable,
        sound: &mut Vec<f64>,
        random: &mut Random,
    ) {
        let (mut period, mut strength) = (1.0, 1.0);
        for i in 0..to.vowel {
            let done = i as f64 / to.vowel as f64;
            // Formants and pitch arrive after a third of the vowel.
            let mix = (3.0 * done).min(1.0);
            if i % STEP == 0 {
                self.tune(talker, from, to, mix);
            }
            let pitch = from.pitch + (to.pitch - from.pitch) * mix;
            self.phase += talker.f0_hz * pitch.max(0.4) * period / RATE;
            if self.phase >= 1.0 {
                self.phase -= libm::floor(self.phase);
                // Jitter and shimmer of a healthy voice: about 1 % and 0.3 dB.
                period = 1.0 + 0.008 * random.normal();
                strength = 1.0 + 0.035 * random.normal();
            }
            let flow = strength * glottal_flow(self.phase) + 0.01 * random.normal();
            // Radiation at the lips: the derivative of the flow.
            let mut v = flow - self.flow;
            self.flow = flow;
            for formant in &mut self.formants {
                v = formant.next(v);
            }
            let rise = (done * 8.0).min((1.0 - done) * 5.0).min(1.0);
            sound.push(to.strength * rise * v);
        }
    }

    fn tune(&mut self, talker: &Talker, from: &Syllable, to: &Syllable, mix: f64) {
        for (k, formant) in self.formants.iter_mut().enumerate() {
            let hz = match k {
                0..3 => from.formants_hz[k] + (to.formants_hz[k] - from.formants_hz[k]) * mix,
                _ => HIGHER_HZ[k - 3] * talker.formants,
            };
            formant.tune(hz.min(HIGHEST_HZ), BANDWIDTHS_HZ[k] * talker.formants);
        }
    }

    fn pause(&mut self, length: usize, sound: &mut Vec<f64>) {
        self.flow = 0.0;
        sound.extend(std::iter::repeat_n(0.0, length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::analysis::Preparation;

    #[test]
    fn talker_has_its_pitch_and_is_voiced() {
        for (f0_hz, formants) in [(110.0, 1.0), (210.0, 1.15), (330.0, 1.25)] {
            let talker = Talker { f0_hz, formants, melody: 0.1 };
            let sound = talker.speak(4.0, &mut Random::new(1));
            assert_eq!(sound.len(), 64_000);
            assert_eq!(sound, talker.speak(4.0, &mut Random::new(1)));
            let prepared = Preparation::new(&sound).unwrap().finish().unwrap();
            let span = undertone::analysis::PitchSpan::of(&prepared.levelled.f0_hz);
            let ratio = f64::from(span.median_hz) / f0_hz;
            assert!((0.85..1.2).contains(&ratio), "{f0_hz} Hz: {span:?}");
            let voiced = prepared.signal.voiced_share.unwrap();
            assert!((0.3..0.9).contains(&voiced), "{voiced}");
        }
    }

    #[test]
    fn resonator_rings_at_its_frequency() {
        let mut resonator = Resonator::default();
        resonator.tune(1_000.0, 50.0);
        let ring: Vec<f64> = (0..1_600).map(|i| resonator.next(f64::from(u8::from(i == 0)))).collect();
        let crossings = ring.windows(2).filter(|w| w[0] < 0.0 && w[1] >= 0.0).count();
        assert!(crossings.abs_diff(100) <= 1, "{crossings}");
        // 50 Hz wide: down by e^(−π·50·0.02) in 20 ms.
        let peak = |range: std::ops::Range<usize>| ring[range].iter().fold(0.0f64, |p, v| p.max(v.abs()));
        let decay = peak(480..500) / peak(160..180);
        assert!((decay / libm::exp(-PI) - 1.0).abs() < 0.05, "{decay}");
    }
}

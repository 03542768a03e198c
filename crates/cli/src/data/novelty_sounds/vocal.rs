//! What voices do besides speaking: laughing, sobbing, crying, singing, shouting without words.
//!
//! All is made of the vowels of speech (`Voice`), so spectrum and voice are those of speech, and only pitch, rhythm and breath are
//! not. Each kind of sound comes in several forms. Rules are developed on some forms and tested on the others
//! ([`Form::is_held_out`]).
//!
//! Laughter after Bachorowski, Smoski and Owren (2001): voiced “song-like” calls four to six a second, pitch above that of speech; snorts
//! and grunts without voice. Crying after Zeskind and Lester (1978) and Wasz-Höckert et al. (1968): expirations of 0.5 to 1.5 s
//! at 350 to 650 Hz, the melody rising and falling, between them a short inspiration. Singing after Sundberg (1987): held
//! pitches of a scale, vibrato of 5 to 7 Hz and up to a semitone.

use std::f64::consts::PI;

use super::common::{SECONDS, levelled};
use super::voice::{Held, Voice};
use crate::data::conditions::BackgroundSpeech;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
const LENGTH: usize = (SECONDS * RATE) as usize;
/// Semitones of a major scale.
const SCALE: [i32; 8] = [0, 2, 4, 5, 7, 9, 11, 12];

/// A form of a vocal sound that is no speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// “ha ha ha”: voiced calls with breath between them.
    LaughterCalls,
    /// High, quick, soft calls with hardly any breath.
    LaughterGiggle,
    /// Mostly breath, some calls voiced.
    LaughterBreathy,
    /// “ho ho ho”: slow, at the pitch of speech.
    LaughterDeep,
    /// Broken breath in, then a vowel broken three to five times a second.
    SobsBroken,
    /// Long falling vowels that tremble, breath between them.
    SobsWailing,
    /// Short soft high vowels, uneven, with sniffs.
    SobsWhimper,
    /// Gasps, half of them voiced, then a short falling vowel.
    SobsGasping,
    /// A baby’s expirations at 350 to 650 Hz.
    CryBaby,
    /// The same, hoarse and with broken pitch.
    CryBabyHoarse,
    /// One vowel on notes of a scale, with vibrato.
    SingingVowel,
    /// The speech itself on held notes, hardly any vibrato.
    SingingWords,
    /// Humming, legato.
    SingingHumming,
    /// Short notes with gaps, “la la la”.
    SingingStaccato,
    /// Pitch that glides over half an octave to an octave.
    SingingGlides,
    /// One long “aah”, pitch rising and falling.
    ShoutLong,
    /// Calls of half a second with pauses.
    ShoutCalls,
    /// Two vowels on two pitches, “hey-oh”.
    ShoutTwoTones,
}

impl Form {
    /// All.
    pub const ALL: [Form; 18] = [
        Form::LaughterCalls,
        Form::LaughterGiggle,
        Form::LaughterBreathy,
        Form::LaughterDeep,
        Form::SobsBroken,
        Form::SobsWailing,
        Form::SobsWhimper,
        Form::SobsGasping,
        Form::CryBaby,
        Form::CryBabyHoarse,
        Form::SingingVowel,
        Form::SingingWords,
        Form::SingingHumming,
        Form::SingingStaccato,
        Form::SingingGlides,
        Form::ShoutLong,
        Form::ShoutCalls,
        Form::ShoutTwoTones,
    ];

    /// Name for tables.
    pub const fn name(self) -> &'static str {
        match self {
            Form::LaughterCalls => "laughter, calls",
            Form::LaughterGiggle => "laughter, giggle",
            Form::LaughterBreathy => "laughter, breathy",
            Form::LaughterDeep => "laughter, deep",
            Form::SobsBroken => "sobs, broken",
            Form::SobsWailing => "sobs, wailing",
            Form::SobsWhimper => "sobs, whimper",
            Form::SobsGasping => "sobs, gasping",
            Form::CryBaby => "cry of a baby",
            Form::CryBabyHoarse => "cry of a baby, hoarse",
            Form::SingingVowel => "singing, one vowel",
            Form::SingingWords => "singing, words",
            Form::SingingHumming => "singing, humming",
            Form::SingingStaccato => "singing, staccato",
            Form::SingingGlides => "singing, glides",
            Form::ShoutLong => "shout, long",
            Form::ShoutCalls => "shout, calls",
            Form::ShoutTwoTones => "shout, two tones",
        }
    }

    /// Whether no rule was developed on this form.
    pub const fn is_held_out(self) -> bool {
        matches!(
            self,
            Form::LaughterDeep
                | Form::SobsGasping
                | Form::CryBabyHoarse
                | Form::SingingStaccato
                | Form::SingingGlides
                | Form::ShoutTwoTones
        )
    }

    /// Three seconds of it in a quiet room.
    pub fn sound(self, speakers: &BackgroundSpeech, random: &mut Random) -> Vec<f32> {
        let voice = Voice::any(speakers, random);
        let mut scene =
            Scene { voice, sound: vec![0.0; LENGTH], at: (random.between(0.02, 0.2) * RATE) as usize };
        while scene.at < LENGTH {
            match self {
                Form::LaughterCalls => scene.calls(random),
                Form::LaughterGiggle => scene.giggle(random),
                Form::LaughterBreathy => scene.breathy(random),
                Form::LaughterDeep => scene.deep(random),
                Form::SobsBroken => scene.broken(random),
                Form::SobsWailing => scene.wailing(random),
                Form::SobsWhimper => scene.whimper(random),
                Form::SobsGasping => scene.gasping(random),
                Form::CryBaby => scene.baby(0.01, random),
                Form::CryBabyHoarse => scene.baby(0.05, random),
                Form::SingingVowel => scene.notes(false, random),
                Form::SingingWords => scene.notes(true, random),
                Form::SingingHumming => scene.humming(random),
                Form::SingingStaccato => scene.staccato(random),
                Form::SingingGlides => scene.glide(random),
                Form::ShoutLong => scene.shout(random.between(1.0, 2.5), random.between(0.2, 0.6), random),
                Form::ShoutCalls => scene.shout(random.between(0.35, 0.7), random.between(0.15, 0.5), random),
                Form::ShoutTwoTones => scene.two_tones(random),
            }
        }
        let mut sound = scene.sound;
        if self == Form::SingingHumming {
            muffle(&mut sound);
        }
        let peak = sound.iter().fold(0.0f64, |peak, v| peak.max(v.abs()));
        let room = peak * libm::pow(10.0, random.between(-70.0, -45.0) / 20.0);
        sound.iter_mut().for_each(|v| *v += room * random.normal());
        levelled(&sound, random)
    }
}

/// Closed lips: what lies above 500 Hz falls by 12 dB per octave.
fn muffle(sound: &mut [f64]) {
    let share = 1.0 - libm::exp(-2.0 * PI * 500.0 / RATE);
    for _ in 0..2 {
        let mut low = 0.0;
        for v in sound.iter_mut() {
            low += share * (*v - low);
            *v = low;
        }
    }
}

/// A sound under way.
struct Scene {
    voice: Voice,
    sound: Vec<f64>,
    /// Where it goes on, in samples.
    at: usize,
}

impl Scene {
    fn wait(&mut self, seconds: f64) {
        self.at += (seconds * RATE) as usize;
    }

    fn sing(&mut self, seconds: f64, random: &mut Random, state: impl Fn(f64) -> Held) {
        let length = (seconds * RATE) as usize;
        self.voice.sing(&mut self.sound, self.at, length, random, state);
        self.at += length;
    }

    fn breathe(&mut self, seconds: f64, strength: f64, vowel: f64, random: &mut Random) {
        let length = (seconds * RATE) as usize;
        let swell = |done| (strength * libm::sin(PI * done), vowel);
        self.voice.breathe(&mut self.sound, self.at, length, random, swell);
        self.at += length;
    }

    /// A bout of laughter and the pause after it.
    fn bout(&mut self, laugh: &Laugh, random: &mut Random) {
        let bout_vowel = random.uniform();
        let calls = laugh.calls.0 + random.below(laugh.calls.1);
        for call in 0..calls {
            // Jaw and lips move within a bout.
            let vowel = (bout_vowel + 0.02 * random.normal()).clamp(0.0, 1.0);
            let moves = random.between(-0.03, 0.03);
            let period = (1.0 / laugh.per_second * (1.0 + 0.1 * random.normal())).max(0.08);
            let done = call as f64 / calls as f64;
            let f0_hz = laugh.f0_hz * (1.1 - 0.3 * done) * (1.0 + 0.06 * random.normal());
            let strength = (1.0 - 0.6 * done) * random.between(0.7, 1.3);
            let voiced = laugh.voiced * period;
            if random.uniform() < laugh.unvoiced_calls {
                self.breathe(voiced, 2.0 * laugh.breath * strength, vowel, random);
            } else {
                self.sing(voiced, random, |done| Held {
                    strength: strength * libm::sin(PI * done).sqrt(),
                    f0_hz: f0_hz * (1.1 - 0.2 * done),
                    vowel: (vowel + moves * done).clamp(0.0, 1.0),
                    rough: 0.015,
                });
            }
            self.breathe(period - voiced, laugh.breath * strength, vowel, random);
        }
        self.wait(random.between(0.05, 0.15));
        if random.uniform() < 0.6 {
            // Breath in.
            self.breathe(random.between(0.15, 0.4), 0.3, random.uniform(), random);
        }
        self.wait(random.between(0.05, 0.25));
    }

    fn calls(&mut self, random: &mut Random) {
        let laugh = Laugh {
            calls: (4, 6),
            per_second: random.between(3.8, 6.2),
            f0_hz: self.voice.f0_hz * random.between(1.2, 2.2),
            voiced: random.between(0.35, 0.65),
            breath: random.between(0.1, 0.5),
            unvoiced_calls: 0.1,
        };
        self.bout(&laugh, random);
    }

    fn giggle(&mut self, random: &mut Random) {
        let laugh = Laugh {
            calls: (3, 8),
            per_second: random.between(5.0, 7.5),
            f0_hz: self.voice.f0_hz * random.between(1.6, 2.6),
            voiced: random.between(0.4, 0.7),
            breath: random.between(0.02, 0.12),
            unvoiced_calls: 0.0,
        };
        self.bout(&laugh, random);
    }

    fn breathy(&mut self, random: &mut Random) {
        let laugh = Laugh {
            calls: (3, 6),
            per_second: random.between(3.5, 5.5),
            f0_hz: self.voice.f0_hz * random.between(1.0, 1.7),
            voiced: random.between(0.35, 0.55),
            breath: random.between(0.4, 1.0),
            unvoiced_calls: 0.55,
        };
        self.bout(&laugh, random);
    }

    fn deep(&mut self, random: &mut Random) {
        let laugh = Laugh {
            calls: (3, 5),
            per_second: random.between(2.8, 4.2),
            f0_hz: self.voice.f0_hz * random.between(0.8, 1.25),
            voiced: random.between(0.45, 0.75),
            breath: random.between(0.1, 0.4),
            unvoiced_calls: 0.05,
        };
        self.bout(&laugh, random);
    }

    fn broken(&mut self, random: &mut Random) {
        // Breath in, in two to four gasps.
        for _ in 0..2 + random.below(3) {
            self.breathe(random.between(0.08, 0.16), random.between(0.3, 0.8), random.uniform(), random);
            self.wait(random.between(0.02, 0.08));
        }
        let per_second = random.between(3.0, 5.0);
        let f0_hz = self.voice.f0_hz * random.between(1.1, 1.9);
        let (vowel, moves) = (random.between(0.0, 0.9), random.between(0.0, 0.1));
        let pieces = 2 + random.below(4);
        for piece in 0..pieces {
            let done = piece as f64 / pieces as f64;
            let pitch = f0_hz * (1.05 - 0.2 * done) * (1.0 + 0.04 * random.normal());
            let strength = 1.0 - 0.5 * done;
            self.sing(random.between(0.5, 0.8) / per_second, random, |done| Held {
                strength: strength * libm::sin(PI * done).sqrt(),
                f0_hz: pitch * (1.05 - 0.15 * done),
                vowel: vowel + moves * done,
                rough: 0.025,
            });
            self.breathe(random.between(0.3, 0.5) / per_second, 0.2 * strength, vowel, random);
        }
        self.wait(random.between(0.1, 0.3));
    }

    fn wailing(&mut self, random: &mut Random) {
        let f0_hz = self.voice.f0_hz * random.between(1.4, 2.4);
        let (tremor_hz, tremor) = (random.between(4.0, 9.0), random.between(0.01, 0.05));
        let (vowel, moves) = (random.between(0.0, 0.8), random.between(0.0, 0.2));
        let seconds = random.between(0.5, 1.4);
        self.sing(seconds, random, |done| Held {
            strength: (8.0 * done).min(1.0) * (1.0 - 0.7 * done),
            f0_hz: f0_hz
                * (1.05 - 0.35 * done)
                * (1.0 + tremor * libm::sin(2.0 * PI * tremor_hz * done * seconds)),
            vowel: vowel + moves * done,
            rough: 0.02,
        });
        self.wait(random.between(0.03, 0.15));
        self.breathe(random.between(0.15, 0.35), random.between(0.2, 0.6), random.uniform(), random);
        self.wait(random.between(0.02, 0.2));
    }

    fn whimper(&mut self, random: &mut Random) {
        let f0_hz = self.voice.f0_hz * random.between(1.6, 2.8);
        let vowel = random.uniform();
        self.sing(random.between(0.08, 0.25), random, |done| Held {
            strength: 0.7 * libm::sin(PI * done),
            f0_hz: f0_hz * (1.0 - 0.15 * done),
            vowel,
            rough: 0.02,
        });
        self.wait(random.between(0.05, 0.35));
        if random.uniform() < 0.4 {
            self.breathe(random.between(0.08, 0.2), random.between(0.2, 0.7), random.uniform(), random);
            self.wait(random.between(0.05, 0.2));
        }
    }

    fn gasping(&mut self, random: &mut Random) {
        let f0_hz = self.voice.f0_hz * random.between(1.3, 2.3);
        for _ in 0..2 + random.below(3) {
            let (seconds, vowel) = (random.between(0.07, 0.16), random.uniform());
            if random.uniform() < 0.5 {
                self.sing(seconds, random, |done| Held {
                    strength: 0.5 * libm::sin(PI * done),
                    f0_hz: f0_hz * (1.1 + 0.3 * done),
                    vowel,
                    rough: 0.03,
                });
            } else {
                self.breathe(seconds, random.between(0.3, 0.8), vowel, random);
            }
            self.wait(random.between(0.03, 0.12));
        }
        let (vowel, moves) = (random.between(0.0, 0.9), random.between(0.0, 0.1));
        self.sing(random.between(0.3, 0.8), random, |done| Held {
            strength: (8.0 * done).min(1.0) * (1.0 - 0.8 * done),
            f0_hz: f0_hz * (1.0 - 0.3 * done),
            vowel: vowel + moves * done,
            rough: 0.03,
        });
        self.wait(random.between(0.1, 0.3));
    }

    fn baby(&mut self, rough: f64, random: &mut Random) {
        let f0_hz = random.between(350.0, 600.0);
        let (rise, fall) = (random.between(0.05, 0.25), random.between(0.1, 0.3));
        let top = random.between(0.2, 0.5);
        // The mouth opens and closes.
        let (vowel, moves) = (random.between(0.0, 0.8), random.between(0.0, 0.2));
        self.sing(random.between(0.5, 1.4), random, |done| Held {
            strength: (6.0 * done).min(1.0) * (4.0 * (1.0 - done)).min(1.0),
            f0_hz: f0_hz
                * if done < top {
                    1.0 + rise * done / top
                } else {
                    1.0 + rise - fall * (done - top) / (1.0 - top)
                },
            vowel: vowel + moves * done,
            rough,
        });
        self.wait(random.between(0.03, 0.12));
        self.breathe(random.between(0.1, 0.25), random.between(0.2, 0.6), random.uniform(), random);
        self.wait(random.between(0.03, 0.15));
    }

    fn notes(&mut self, words: bool, random: &mut Random) {
        let root_hz = self.voice.f0_hz * random.between(0.9, 1.6);
        let note = SCALE[random.below(SCALE.len())];
        let f0_hz = root_hz * libm::exp2(f64::from(note) / 12.0);
        let vibrato = if words { random.between(0.0, 0.008) } else { random.between(0.008, 0.03) };
        let vibrato_hz = random.between(5.0, 7.0);
        let seconds = if words { random.between(0.25, 0.7) } else { random.between(0.4, 1.2) };
        let from = random.uniform();
        let moves = if words { random.between(0.02, 0.08) } else { 0.0 };
        self.sing(seconds, random, |done| Held {
            strength: (10.0 * done).min(1.0) * (8.0 * (1.0 - done)).min(1.0),
            f0_hz: f0_hz * (1.0 + vibrato * libm::sin(2.0 * PI * vibrato_hz * done * seconds)),
            vowel: from + moves * done,
            rough: 0.005,
        });
        if words && random.uniform() < 0.5 {
            // A consonant.
            self.breathe(random.between(0.04, 0.1), 0.4, random.uniform(), random);
        }
        if random.uniform() < 0.2 {
            self.wait(random.between(0.05, 0.3));
        }
    }

    fn staccato(&mut self, random: &mut Random) {
        let note = SCALE[random.below(SCALE.len())];
        let f0_hz = self.voice.f0_hz * libm::exp2(f64::from(note) / 12.0);
        let (vowel, moves) = (random.between(0.0, 0.9), random.between(0.0, 0.05));
        self.sing(random.between(0.14, 0.3), random, |done| Held {
            strength: (6.0 * done).min(1.0) * (6.0 * (1.0 - done)).min(1.0),
            f0_hz,
            vowel: vowel + moves * done,
            rough: 0.006,
        });
        self.wait(random.between(0.05, 0.15));
    }

    fn glide(&mut self, random: &mut Random) {
        let from_hz = self.voice.f0_hz * random.between(0.9, 1.4);
        let octaves = random.between(0.5, 1.0) * if random.uniform() < 0.5 { 1.0 } else { -0.7 };
        let (vowel, moves) = (random.between(0.0, 0.9), random.between(0.0, 0.1));
        self.sing(random.between(0.8, 1.8), random, |done| Held {
            strength: (10.0 * done).min(1.0) * (10.0 * (1.0 - done)).min(1.0),
            f0_hz: from_hz * libm::exp2(octaves * 0.5 * (1.0 - libm::cos(PI * done))),
            vowel: vowel + moves * done,
            rough: 0.008,
        });
        self.wait(random.between(0.05, 0.25));
    }

    fn humming(&mut self, random: &mut Random) {
        let from_hz = self.voice.f0_hz * random.between(0.9, 1.5);
        let to_hz = from_hz * libm::exp2(f64::from(SCALE[random.below(4)]) / 12.0);
        let vowel = random.uniform();
        self.sing(random.between(0.6, 1.5), random, |done| Held {
            strength: (8.0 * done).min(1.0) * (8.0 * (1.0 - done)).min(1.0),
            f0_hz: from_hz + (to_hz - from_hz) * (10.0 * (done - 0.45)).clamp(0.0, 1.0),
            vowel,
            rough: 0.005,
        });
        self.wait(random.between(0.0, 0.15));
    }

    fn two_tones(&mut self, random: &mut Random) {
        let f0_hz = self.voice.f0_hz * random.between(1.4, 2.6);
        let (first, second) = (random.uniform(), random.uniform());
        let step = random.between(0.75, 0.9);
        let turn = random.between(0.3, 0.5);
        self.sing(random.between(0.5, 1.0), random, |done| Held {
            strength: (10.0 * done).min(1.0) * (6.0 * (1.0 - done)).min(1.0),
            f0_hz: f0_hz * if done < turn { 1.0 } else { step },
            vowel: if done < turn { first } else { second },
            rough: 0.015,
        });
        self.wait(random.between(0.2, 0.6));
    }

    fn shout(&mut self, seconds: f64, pause_s: f64, random: &mut Random) {
        let f0_hz = self.voice.f0_hz * random.between(1.5, 3.0);
        let (rise, top) = (random.between(0.05, 0.3), random.between(0.15, 0.5));
        let vowel = random.uniform();
        self.sing(seconds, random, |done| Held {
            strength: (10.0 * done).min(1.0) * (6.0 * (1.0 - done)).min(1.0),
            f0_hz: f0_hz * (1.0 + rise * (done / top).min((1.0 - done) / (1.0 - top))),
            vowel,
            rough: 0.015,
        });
        self.wait(pause_s);
    }
}

/// How somebody laughs.
struct Laugh {
    /// Calls of a bout: at least, and how many more at most.
    calls: (usize, usize),
    per_second: f64,
    f0_hz: f64,
    /// Share of a call that is voice, not breath.
    voiced: f64,
    breath: f64,
    /// Share of calls without voice.
    unvoiced_calls: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_different_sounds_of_three_seconds() {
        for form in Form::ALL {
            let of = |seed| form.sound(&BackgroundSpeech::Synthesised, &mut Random::new(seed));
            let sound = of(1);
            assert_eq!(sound.len(), 48_000, "{}", form.name());
            assert!(sound.iter().all(|v| v.abs() <= 1.0));
            assert_eq!(sound, of(1));
            assert_ne!(sound, of(2));
        }
    }
}

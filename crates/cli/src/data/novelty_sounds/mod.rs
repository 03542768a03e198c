//! Sets of synthetic sounds to test novelty detection on.
//!
//! Most are no speech: they should be refused or flagged. Two are synthetic voices, of adults and of children, made in the
//! same way: children must not be flagged more often than adults.
//!
//! | module | what |
//! |---|---|
//! | [`plain`] | noise, tones, sweeps, clicks, hum, near silence |
//! | [`music`] | chords and melodies in several timbres |
//! | [`laughter`] | bursts of breath and voice, four to six a second |
//! | [`vocal`] | laughter, sobs, cries, singing and shouts made of the vowels of speech |

mod common;
pub mod laughter;
pub mod music;
pub mod plain;
pub mod vocal;
mod voice;

pub use common::SECONDS;

use crate::data::conditions::BackgroundSpeech;
use crate::data::conditions::talker::Talker;
use crate::numeric::random::Random;
use vocal::Form;

/// A kind of sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SoundSet {
    /// White noise, steady or swelling.
    WhiteNoise,
    /// Pink noise, steady or swelling.
    PinkNoise,
    /// Sines of 80 to 3000 Hz.
    Tones,
    /// Sines that glide.
    Sweeps,
    /// Three or four notes at once, changing.
    Chords,
    /// One note after the other.
    Melodies,
    /// Bursts of breath and voice.
    Laughter,
    /// Regular or irregular clicks.
    Clicks,
    /// Mains hum, faint to strong.
    Hum,
    /// Rounding noise and less.
    NearSilence,
    /// Laughter, sobs, cries, singing, shouts made of the vowels of speech.
    Vocal(Form),
    /// Synthetic men and women: the control for children.
    AdultVoices,
    /// Synthetic children: pitch 250 to 400 Hz, formants 1.15 to 1.3 times a man's.
    ChildVoices,
}

impl SoundSet {
    /// All, those that are no speech first.
    pub fn all() -> Vec<SoundSet> {
        let vocal = Form::ALL.map(SoundSet::Vocal);
        [Self::PLAIN.as_slice(), &vocal, &Self::VOICES].concat()
    }

    const PLAIN: [SoundSet; 10] = [
        SoundSet::WhiteNoise,
        SoundSet::PinkNoise,
        SoundSet::Tones,
        SoundSet::Sweeps,
        SoundSet::Chords,
        SoundSet::Melodies,
        SoundSet::Laughter,
        SoundSet::Clicks,
        SoundSet::Hum,
        SoundSet::NearSilence,
    ];
    const VOICES: [SoundSet; 2] = [SoundSet::AdultVoices, SoundSet::ChildVoices];

    /// Name for tables.
    pub const fn name(self) -> &'static str {
        match self {
            SoundSet::WhiteNoise => "white noise",
            SoundSet::PinkNoise => "pink noise",
            SoundSet::Tones => "tones",
            SoundSet::Sweeps => "sweeps",
            SoundSet::Chords => "chords",
            SoundSet::Melodies => "melodies",
            SoundSet::Laughter => "laughter-like bursts",
            SoundSet::Clicks => "clicks",
            SoundSet::Hum => "hum",
            SoundSet::NearSilence => "near silence",
            SoundSet::Vocal(form) => form.name(),
            SoundSet::AdultVoices => "synthetic adults",
            SoundSet::ChildVoices => "synthetic children",
        }
    }

    /// Whether it is meant as speech.
    pub const fn is_speech(self) -> bool {
        matches!(self, SoundSet::AdultVoices | SoundSet::ChildVoices)
    }

    /// Whether no rule was developed on it.
    pub const fn is_held_out(self) -> bool {
        matches!(self, SoundSet::Vocal(form) if form.is_held_out())
    }

    /// Where its seeds begin. Those of the sets that are older than [`SoundSet::Vocal`] stay as they were.
    fn series(self) -> u64 {
        match self {
            SoundSet::WhiteNoise => 0,
            SoundSet::PinkNoise => 1,
            SoundSet::Tones => 2,
            SoundSet::Sweeps => 3,
            SoundSet::Chords => 4,
            SoundSet::Melodies => 5,
            SoundSet::Laughter => 6,
            SoundSet::Clicks => 7,
            SoundSet::Hum => 8,
            SoundSet::NearSilence => 9,
            SoundSet::AdultVoices => 10,
            SoundSet::ChildVoices => 11,
            SoundSet::Vocal(form) => 100 + form as u64,
        }
    }

    /// The sound of that number, at 16 kHz; always the same. Vocal sounds are made of the vowels of `speakers`.
    pub fn sound(self, number: usize, speakers: &BackgroundSpeech) -> Vec<f32> {
        let mut random = Random::new(self.series() << 32 | number as u64);
        match self {
            SoundSet::WhiteNoise => plain::noise(false, &mut random),
            SoundSet::PinkNoise => plain::noise(true, &mut random),
            SoundSet::Tones => plain::tone(&mut random),
            SoundSet::Sweeps => plain::sweep(&mut random),
            SoundSet::Chords => music::chords(&mut random),
            SoundSet::Melodies => music::melody(&mut random),
            SoundSet::Laughter => laughter::laughter(&mut random),
            SoundSet::Clicks => plain::clicks(&mut random),
            SoundSet::Hum => plain::hum(&mut random),
            SoundSet::NearSilence => plain::near_silence(&mut random),
            SoundSet::Vocal(form) => form.sound(speakers, &mut random),
            SoundSet::AdultVoices => adult(&mut random).speak(SECONDS, &mut random),
            SoundSet::ChildVoices => child(&mut random).speak(SECONDS, &mut random),
        }
    }
}

/// Half men, half women.
fn adult(random: &mut Random) -> Talker {
    if random.uniform() < 0.5 {
        Talker {
            f0_hz: random.between(85.0, 155.0),
            formants: random.between(0.94, 1.06),
            melody: random.between(0.05, 0.2),
        }
    } else {
        Talker {
            f0_hz: random.between(160.0, 245.0),
            formants: random.between(1.08, 1.2),
            melody: random.between(0.05, 0.2),
        }
    }
}

fn child(random: &mut Random) -> Talker {
    Talker {
        f0_hz: random.between(250.0, 400.0),
        formants: random.between(1.15, 1.3),
        melody: random.between(0.05, 0.2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::analysis::Preparation;

    #[test]
    fn sound_sets_have_different_sounds_of_three_seconds() {
        let of = |set: SoundSet, number| set.sound(number, &BackgroundSpeech::Synthesised);
        for set in SoundSet::all() {
            let sound = of(set, 1);
            assert_eq!(sound.len(), 48_000, "{}", set.name());
            assert!(sound.iter().all(|v| v.abs() <= 1.0));
            assert_eq!(sound, of(set, 1));
            assert_ne!(sound, of(set, 2));
        }
    }

    #[test]
    fn sound_set_of_children_has_the_pitch_of_children() {
        let median = |set: SoundSet, number| {
            let prepared = Preparation::new(set.sound(number, &BackgroundSpeech::Synthesised))
                .unwrap()
                .finish()
                .unwrap();
            undertone::analysis::PitchSpan::of(&prepared.levelled.f0_hz).median_hz
        };
        for number in 0..4 {
            assert!(median(SoundSet::ChildVoices, number) > 230.0);
            assert!(median(SoundSet::AdultVoices, number) < 280.0);
        }
    }
}

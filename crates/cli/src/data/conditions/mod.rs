//! Recording conditions: gain, noise, rooms, telephones, other sampling rates.
//!
//! Every [`Condition`] turns 16 kHz samples into others; the same samples, condition and seed give the same bits on every
//! machine.
//!
//! | module | what |
//! |---|---|
//! | [`level`] | gain, 16 bits, clipping |
//! | [`noise`], [`babble`] | noise at a signal-to-noise ratio: pink, or babble |
//! | [`room`] | reverberation |
//! | [`telephone`] | the band from 300 to 3400 Hz, and a line of 8 kHz |
//! | [`rate`] | through other sampling rates; faster and slower |
//! | [`edges`] | where the recording begins, what lies before and after |
//! | [`talker`] | synthetic voices |
//! | [`spectrum`] | the Fourier transform behind filters and noise |

pub mod babble;
pub mod edges;
pub mod level;
pub mod noise;
pub mod rate;
pub mod room;
pub mod spectrum;
pub mod talker;
pub mod telephone;

pub use babble::BackgroundSpeech;

use sha2::{Digest, Sha256};

use crate::numeric::random::Random;
use undertone::audio::AudioError;

/// A condition under which a recording is made.
#[derive(Debug, Clone)]
pub enum Condition {
    /// As it is.
    Clean,
    /// Louder by `db`, as far as the peak allows, or softer.
    Gain {
        /// Gain, in dB.
        db: f64,
        /// Whether a converter of 16 bits comes after it. Without, samples are as fine as those of a browser.
        sixteen_bits: bool,
    },
    /// The peak `db` above full scale, cut off there.
    Clipped {
        /// In dB.
        db: f64,
    },
    /// Gaussian noise with equal power per octave.
    PinkNoise {
        /// Active speech level over the noise's mean power, in dB.
        snr_db: f64,
    },
    /// Babble: background speech of several talkers.
    Babble {
        /// Active speech level over the babble's mean power, in dB.
        snr_db: f64,
        /// How many.
        talkers: usize,
        /// The speech that it is made of.
        background: BackgroundSpeech,
    },
    /// Reverberation of a room.
    Reverberation {
        /// Time in which sound decays by 60 dB, in seconds.
        rt60_s: f64,
        /// Energy of the direct sound over that of the tail, in dB.
        direct_db: f64,
    },
    /// The band from 300 to 3400 Hz.
    Telephone {
        /// Whether it goes through a line of 8 kHz, too.
        line: bool,
    },
    /// Recorded at another rate, then brought to 16 kHz.
    Rate {
        /// The other rate, at least 16 kHz, in Hz.
        rate_hz: u32,
    },
    /// Faster by a factor; pitch and formants rise by it.
    Speed {
        /// Above 1 for faster.
        factor: f64,
    },
    /// Without its first samples.
    Shift {
        /// How many, at 16 kHz.
        samples: usize,
    },
    /// Digital silence before and after.
    Silence {
        /// Length on either side, in milliseconds.
        ms: u32,
    },
    /// A quiet room before, after and under the speech.
    QuietRoom {
        /// Length on either side, in milliseconds.
        ms: u32,
        /// Active speech level over the pink noise's mean power, in dB.
        snr_db: f64,
    },
}

impl Condition {
    /// Name for tables.
    pub fn name(&self) -> String {
        match self {
            Condition::Clean => "clean".into(),
            Condition::Gain { db, sixteen_bits: false } => format!("gain {db:+} dB"),
            Condition::Gain { db, sixteen_bits: true } => format!("gain {db:+} dB, 16 bits"),
            Condition::Clipped { db } => format!("clipped by {db} dB"),
            Condition::PinkNoise { snr_db } => format!("pink noise, {snr_db} dB SNR"),
            Condition::Babble { snr_db, talkers, background } => {
                let who = match background {
                    BackgroundSpeech::Synthesised => "synthetic",
                    BackgroundSpeech::Recordings(_) => "recorded",
                };
                format!("babble of {talkers} {who} talkers, {snr_db} dB SNR")
            }
            Condition::Reverberation { rt60_s, direct_db } => {
                format!("reverberation {rt60_s} s, direct {direct_db:+} dB")
            }
            Condition::Telephone { line: false } => "telephone band".into(),
            Condition::Telephone { line: true } => "telephone line, 8 kHz".into(),
            Condition::Rate { rate_hz } => format!("through {} kHz", f64::from(*rate_hz) / 1_000.0),
            Condition::Speed { factor } => format!("speed × {factor}"),
            Condition::Shift { samples } => format!("first {samples} samples gone"),
            Condition::Silence { ms } => format!("{ms} ms of silence at both ends"),
            Condition::QuietRoom { ms, snr_db } => format!("{ms} ms of room at both ends, {snr_db} dB SNR"),
        }
    }

    /// The samples under this condition. Random numbers follow from the seed.
    ///
    /// # Errors
    /// [`AudioError::UnsupportedRate`] for rates and speeds that the resampler does not take.
    pub fn apply(&self, samples: &[f32], seed: u64) -> Result<Vec<f32>, AudioError> {
        let mut random = Random::new(seed);
        Ok(match self {
            Condition::Clean => samples.to_vec(),
            Condition::Gain { db, sixteen_bits } => {
                let louder = level::gain(samples, *db);
                if *sixteen_bits { level::sixteen_bits(&louder) } else { louder }
            }
            Condition::Clipped { db } => level::clip(samples, *db),
            Condition::PinkNoise { snr_db } => {
                noise::add(samples, &noise::pink(samples.len(), &mut random), *snr_db)
            }
            Condition::Babble { snr_db, talkers, background } => noise::add(
                samples,
                &babble::babble(samples.len(), *talkers, background, &mut random),
                *snr_db,
            ),
            Condition::Reverberation { rt60_s, direct_db } => {
                room::reverberate(samples, *rt60_s, *direct_db, &mut random)
            }
            Condition::Telephone { line: false } => telephone::band(samples),
            Condition::Telephone { line: true } => telephone::line(samples)?,
            Condition::Rate { rate_hz } => rate::via_rate(samples, *rate_hz)?,
            Condition::Speed { factor } => rate::speed(samples, *factor)?,
            Condition::Shift { samples: count } => edges::shift(samples, *count),
            Condition::Silence { ms } => edges::pad(samples, *ms),
            Condition::QuietRoom { ms, snr_db } => edges::pad_with_room(samples, *ms, *snr_db, &mut random),
        })
    }
}

/// A seed from the content of a file: the same file always gets the same noise.
pub fn content_seed(bytes: &[u8]) -> u64 {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each kind.
    fn all() -> Vec<Condition> {
        let (snr_db, talkers, background) = (15.0, 3, BackgroundSpeech::Synthesised);
        vec![
            Condition::Clean,
            Condition::Gain { db: -20.0, sixteen_bits: false },
            Condition::Gain { db: -20.0, sixteen_bits: true },
            Condition::Clipped { db: 6.0 },
            Condition::PinkNoise { snr_db },
            Condition::Babble { snr_db, talkers, background },
            Condition::Reverberation { rt60_s: 0.4, direct_db: 0.0 },
            Condition::Telephone { line: false },
            Condition::Telephone { line: true },
            Condition::Rate { rate_hz: 44_100 },
            Condition::Speed { factor: 1.1 },
            Condition::Shift { samples: 37 },
            Condition::Silence { ms: 250 },
            Condition::QuietRoom { ms: 250, snr_db: 50.0 },
        ]
    }

    #[test]
    fn conditions_give_the_same_sound_for_a_seed_and_only_random_ones_depend_on_it() {
        let speech = crate::data::testing::utterance(1);
        for condition in all() {
            let of = |seed| condition.apply(&speech, seed).unwrap();
            assert_eq!(of(1), of(1), "{}", condition.name());
            let random = matches!(
                condition,
                Condition::PinkNoise { .. }
                    | Condition::Babble { .. }
                    | Condition::Reverberation { .. }
                    | Condition::QuietRoom { .. }
            );
            assert_eq!(of(1) != of(2), random, "{}", condition.name());
            assert!(of(1).iter().all(|v| v.is_finite()));
        }
    }

    #[test]
    fn condition_names_differ() {
        let mut names: Vec<String> = all().iter().map(Condition::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all().len());
        assert_eq!(Condition::Gain { db: 20.0, sixteen_bits: false }.name(), "gain +20 dB");
    }

    #[test]
    fn conditions_of_nothing_and_of_silence_stay_silent() {
        for condition in all() {
            for sound in [vec![], vec![0.0f32; 1_600]] {
                let out = condition.apply(&sound, 1).unwrap();
                assert!(out.iter().all(|v| *v == 0.0), "{}", condition.name());
            }
        }
    }

    #[test]
    fn content_seeds_follow_the_content() {
        assert_eq!(content_seed(b"a"), content_seed(b"a"));
        assert_ne!(content_seed(b"a"), content_seed(b"b"));
    }
}

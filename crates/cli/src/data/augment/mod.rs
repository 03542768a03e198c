//! Versions of an utterance for training: what it could have sounded like through other microphones, in other rooms,
//! among other people, over the telephone.
//!
//! Each [`Version`] is a recipe of random changes whose draws follow from the content of the file and the version's name
//! alone: the same file has the same versions, whatever it is called and whenever it is read. The building blocks are
//! those of [`crate::data::conditions`], under which models are measured; a version differs from a condition in that its
//! strength is drawn anew for every file.
//!
//! | module | what |
//! |---|---|
//! | [`filter`] | microphones and distances: tilts, bumps, bands of any width |
//! | `draw` | the recipes: what happens by which chance, and how strongly |

mod draw;
pub mod filter;

use sha2::{Digest, Sha256};

use crate::data::conditions::Background;
use crate::numeric::random::Random;
use undertone::audio::{AudioError, SAMPLE_RATE_HZ};

/// A kind of change. Every version of an utterance is of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Anything, each by some chance: speed, microphone, room, noise or people, band, clipping. The number makes two
    /// such versions differ.
    Any(u8),
    /// Faster or slower by up to a tenth; pitch and formants move along.
    Speed,
    /// A telephone's band, some with noise.
    Telephone,
    /// Other people talking.
    Babble,
    /// Noise between white and brown.
    Noise,
    /// A room.
    Room,
}

impl Version {
    /// All that a training utterance has besides the recording as it is.
    pub const ALL: [Version; 7] = [
        Version::Any(0),
        Version::Any(1),
        Version::Speed,
        Version::Telephone,
        Version::Babble,
        Version::Noise,
        Version::Room,
    ];

    /// Name; part of what its draws follow from.
    pub fn name(self) -> String {
        match self {
            Version::Any(number) => format!("any {number}"),
            Version::Speed => "speed".into(),
            Version::Telephone => "telephone".into(),
            Version::Babble => "babble".into(),
            Version::Noise => "noise".into(),
            Version::Room => "room".into(),
        }
    }

    /// The seed of this version of a file of this content.
    pub fn seed(self, bytes: &[u8]) -> u64 {
        let digest = Sha256::new().chain_update(bytes).chain_update(self.name()).finalize();
        digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    }

    /// The samples, at 16 kHz, in this version. `background`: who talks where other people do; nothing else depends on
    /// it.
    ///
    /// # Errors
    /// [`AudioError::UnsupportedRate`] if the resampler refuses a speed; it takes all that are drawn.
    pub fn apply(self, samples: &[f32], background: &Background, seed: u64) -> Result<Vec<f32>, AudioError> {
        draw::version(self, samples, background, &mut Random::new(seed))
    }

    /// A name for what this version makes of sounds, by which features of it may be kept: another background or another
    /// program gives another name. In hexadecimal digits.
    ///
    /// It is taken from what becomes of a quarter of a second of made-up sound under many seeds, so that most branches
    /// of the recipe are among them.
    pub fn fingerprint(self, background: &Background) -> String {
        let mut random = Random::new(1);
        let sound: Vec<f32> = (0..SAMPLE_RATE_HZ / 4)
            .map(|i| {
                let hum = libm::sin(2.0 * std::f64::consts::PI * 150.0 * f64::from(i) / 16_000.0);
                (0.3 * hum + 0.02 * random.normal()) as f32
            })
            .collect();
        let mut hasher = Sha256::new().chain_update(self.name());
        if let Background::Recordings(recordings) = background {
            for v in recordings.iter().flatten() {
                hasher.update(v.to_le_bytes());
            }
        }
        for seed in 0..48 {
            match self.apply(&sound, background, seed) {
                Ok(changed) => changed.iter().for_each(|v| hasher.update(v.to_le_bytes())),
                Err(error) => hasher.update(error.to_string()),
            }
        }
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::conditions::testing::utterance;

    #[test]
    fn versions_differ_and_each_has_the_same_bits_twice() {
        let speech = utterance(1);
        let bytes = b"a file";
        let mut made: Vec<Vec<f32>> = vec![speech.clone()];
        for version in Version::ALL {
            let of =
                |bytes: &[u8]| version.apply(&speech, &Background::Synthesised, version.seed(bytes)).unwrap();
            let changed = of(bytes);
            assert_eq!(changed, of(bytes), "{version:?}");
            assert_ne!(changed, of(b"another file"), "{version:?}");
            assert!(changed.iter().all(|v| v.abs() <= 0.99 + 1e-6), "{version:?}");
            // On the steps of 16 bits.
            assert!(changed.iter().all(|v| (v * 32_768.0).fract() == 0.0), "{version:?}");
            made.push(changed);
        }
        for (i, one) in made.iter().enumerate() {
            assert!(made[i + 1..].iter().all(|other| other != one), "{i}");
        }
    }

    #[test]
    fn the_seed_follows_content_and_version() {
        let seeds: Vec<u64> = Version::ALL.iter().flat_map(|v| [v.seed(b"a"), v.seed(b"b")]).collect();
        let mut different = seeds.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), seeds.len());
        // Written down once: kept features and trained models depend on it.
        assert_eq!(Version::Room.seed(b"a"), 18_286_855_911_049_766_479);
    }

    #[test]
    fn the_fingerprint_follows_the_background_where_people_talk() {
        let talkers = |scale: f32| {
            let speech: Vec<f32> = utterance(2).into_iter().map(|v| scale * v).collect();
            Background::Recordings(vec![speech].into())
        };
        for version in Version::ALL {
            let print = version.fingerprint(&Background::Synthesised);
            assert_eq!((print.len(), print == version.fingerprint(&Background::Synthesised)), (16, true));
            assert_ne!(print, version.fingerprint(&talkers(1.0)));
            assert_ne!(version.fingerprint(&talkers(0.5)), version.fingerprint(&talkers(1.0)));
        }
        let mut prints = Version::ALL.map(|v| v.fingerprint(&Background::Synthesised)).to_vec();
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), Version::ALL.len());
    }

    #[test]
    fn nothing_and_silence_stay_harmless() {
        for version in Version::ALL {
            for sound in [vec![], vec![0.0f32; 100], vec![0.0f32; 1_600]] {
                for seed in 0..20 {
                    let out = version.apply(&sound, &Background::Synthesised, seed).unwrap();
                    assert!(out.iter().all(|v| *v == 0.0), "{version:?}");
                }
            }
        }
    }
}

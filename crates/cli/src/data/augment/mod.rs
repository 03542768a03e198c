//! Augmentation of training recordings: other microphones, rooms, background speech, telephones.
//!
//! Each [`Augmentation`] is a recipe of random changes whose draws follow from the content of the file and the
//! augmentation's name alone: the same file always has the same augmentations. The building blocks are those of
//! [`crate::data::conditions`], under which models are measured; unlike a condition, an augmentation draws its strength anew
//! for every file.
//!
//! | module | what |
//! |---|---|
//! | `kind` | the kinds of augmentation, their names and seeds |
//! | `draw` | their recipes: the probability and the range of every change |
//! | `fingerprint` | what the recipes do, as a name for caches |
//! | [`filter`] | microphones and distances: tilts, bells, bands of any width |

mod draw;
pub mod filter;
mod fingerprint;
mod kind;

pub use kind::Augmentation;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::conditions::BackgroundSpeech;
    use crate::data::testing::utterance;

    #[test]
    fn augmentations_differ_and_each_has_the_same_bits_twice() {
        let speech = utterance(1);
        let bytes = b"a file";
        let mut made: Vec<Vec<f32>> = vec![speech.clone()];
        for augmentation in Augmentation::ALL {
            let of = |bytes: &[u8]| {
                augmentation.apply(&speech, &BackgroundSpeech::Synthesised, augmentation.seed(bytes)).unwrap()
            };
            let changed = of(bytes);
            assert_eq!(changed, of(bytes), "{augmentation:?}");
            assert_ne!(changed, of(b"another file"), "{augmentation:?}");
            assert!(changed.iter().all(|v| v.abs() <= 0.99 + 1e-6), "{augmentation:?}");
            // On the steps of 16 bits.
            assert!(changed.iter().all(|v| (v * 32_768.0).fract() == 0.0), "{augmentation:?}");
            made.push(changed);
        }
        for (i, one) in made.iter().enumerate() {
            assert!(made[i + 1..].iter().all(|other| other != one), "{i}");
        }
    }

    #[test]
    fn augmentation_seeds_follow_content_and_name() {
        let seeds: Vec<u64> = Augmentation::ALL.iter().flat_map(|v| [v.seed(b"a"), v.seed(b"b")]).collect();
        let mut different = seeds.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), seeds.len());
        // Written down once: kept features and trained models depend on it.
        assert_eq!(Augmentation::Room.seed(b"a"), 18_286_855_911_049_766_479);
    }

    #[test]
    fn augmentation_fingerprints_follow_the_background_speech() {
        let talkers = |scale: f32| {
            let speech: Vec<f32> = utterance(2).into_iter().map(|v| scale * v).collect();
            BackgroundSpeech::Recordings(vec![speech].into())
        };
        for augmentation in Augmentation::ALL {
            let print = augmentation.fingerprint(&BackgroundSpeech::Synthesised);
            assert_eq!(
                (print.len(), print == augmentation.fingerprint(&BackgroundSpeech::Synthesised)),
                (16, true)
            );
            assert_ne!(print, augmentation.fingerprint(&talkers(1.0)));
            assert_ne!(augmentation.fingerprint(&talkers(0.5)), augmentation.fingerprint(&talkers(1.0)));
        }
        let mut prints = Augmentation::ALL.map(|v| v.fingerprint(&BackgroundSpeech::Synthesised)).to_vec();
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), Augmentation::ALL.len());
    }

    #[test]
    fn augmentations_of_nothing_and_of_silence_stay_silent() {
        for augmentation in Augmentation::ALL {
            for sound in [vec![], vec![0.0f32; 100], vec![0.0f32; 1_600]] {
                for seed in 0..20 {
                    let out = augmentation.apply(&sound, &BackgroundSpeech::Synthesised, seed).unwrap();
                    assert!(out.iter().all(|v| *v == 0.0), "{augmentation:?}");
                }
            }
        }
    }
}

//! How often sounds are refused or flagged: sets of synthetic sounds, and recordings as they are and under conditions.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::data::conditions::{BackgroundSpeech, Condition};
use crate::data::novelty_sounds::SoundSet;
use undertone::analysis::{AnalysisError, Preparation};
use undertone::audio::checks::{Flag, flags};
use undertone::model::Model;

/// Results on a set of sounds. The shares of one set sum to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SetReport {
    /// Name of the set.
    pub set: &'static str,
    /// Whether it is meant as speech.
    pub speech: bool,
    /// Whether no rule was developed on it.
    pub held_out: bool,
    /// Number of sounds.
    pub sounds: usize,
    /// Share that has no score: silent, without voice, too short.
    pub refused: f64,
    /// Share with a score that is flagged as not spoken.
    pub not_spoken: f64,
    /// Share with a score that is flagged as unlike the training voices, and not as not spoken.
    pub unlike_reference: f64,
    /// Share with a score that has other flags only.
    pub flagged_otherwise: f64,
    /// Share with a score and no flag.
    pub unnoticed: f64,
}

/// The outcome for one sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Refused,
    NotSpoken,
    Unlike,
    Otherwise,
    Unnoticed,
}

/// The flags of a sound, as an analysis has them; an error where it has no score.
fn flags_of(model: &Model, samples: &[f32]) -> Result<Vec<Flag>, AnalysisError> {
    let mut preparation = Preparation::new(samples)?;
    loop {
        if let Some(levelled) = preparation.levelled() {
            let unlike_reference = model.evaluate(&levelled.features.functionals).unlike_reference;
            return Ok(flags(&levelled.signal, unlike_reference));
        }
        preparation.step()?;
    }
}

fn outcome(model: &Model, samples: &[f32]) -> Outcome {
    match flags_of(model, samples) {
        Err(_) => Outcome::Refused,
        Ok(flags) if flags.contains(&Flag::NotSpoken) => Outcome::NotSpoken,
        Ok(flags) if flags.contains(&Flag::UnlikeReference) => Outcome::Unlike,
        Ok(flags) if flags.is_empty() => Outcome::Unnoticed,
        Ok(_) => Outcome::Otherwise,
    }
}

/// Runs `count` sounds of every set through the analysis, on all cores. `tick` is called after each.
pub fn novelty(
    model: &Model,
    count: usize,
    speakers: &BackgroundSpeech,
    tick: &(dyn Fn() + Sync),
) -> Vec<SetReport> {
    SoundSet::all()
        .iter()
        .map(|set| {
            let outcomes: Vec<Outcome> = (0..count)
                .into_par_iter()
                .map(|number| {
                    let outcome = outcome(model, &set.sound(number, speakers));
                    tick();
                    outcome
                })
                .collect();
            let share = |wanted: Outcome| {
                outcomes.iter().filter(|outcome| **outcome == wanted).count() as f64 / count.max(1) as f64
            };
            SetReport {
                set: set.name(),
                speech: set.is_speech(),
                held_out: set.is_held_out(),
                sounds: count,
                refused: share(Outcome::Refused),
                not_spoken: share(Outcome::NotSpoken),
                unlike_reference: share(Outcome::Unlike),
                flagged_otherwise: share(Outcome::Otherwise),
                unnoticed: share(Outcome::Unnoticed),
            }
        })
        .collect()
}

/// Flags of recordings under one condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagReport {
    /// The recordings.
    pub folder: String,
    /// Name of the condition.
    pub condition: String,
    /// How many.
    pub recordings: usize,
    /// Share that has no score.
    pub refused: f64,
    /// Share with each flag, by its name.
    pub flags: BTreeMap<&'static str, f64>,
    /// Share without a score or with any flag.
    pub any: f64,
}

/// The conditions under which the flags of recordings are counted.
pub fn flag_conditions() -> Vec<Condition> {
    let room = |rt60_s, direct_db| Condition::Reverberation { rt60_s, direct_db };
    vec![
        Condition::Clean,
        Condition::Gain { db: -30.0, sixteen_bits: true },
        Condition::PinkNoise { snr_db: 15.0 },
        Condition::Telephone { line: true },
        room(0.2, 0.0),
        room(0.4, 0.0),
        room(0.6, 0.0),
        room(0.6, 5.0),
        room(0.9, 0.0),
    ]
}

/// Counts the flags of recordings at 16 kHz, each with its seed, under a condition. One that the condition cannot be applied to
/// counts as refused.
pub fn flag_shares(
    model: &Model,
    folder: &str,
    recordings: &[(Vec<f32>, u64)],
    condition: &Condition,
) -> FlagReport {
    let found: Vec<Option<Vec<Flag>>> = recordings
        .par_iter()
        .map(|(samples, seed)| {
            let samples = condition.apply(samples, *seed).ok()?;
            flags_of(model, &samples).ok()
        })
        .collect();
    let share = |of: &dyn Fn(&Option<Vec<Flag>>) -> bool| {
        found.iter().filter(|flags| of(flags)).count() as f64 / found.len().max(1) as f64
    };
    let has = |flag: Flag| share(&|found| found.as_ref().is_some_and(|flags| flags.contains(&flag)));
    FlagReport {
        folder: folder.to_owned(),
        condition: condition.name(),
        recordings: found.len(),
        refused: share(&Option::is_none),
        flags: Flag::ALL.map(|flag| (flag.name(), has(flag))).into(),
        any: share(&|found| found.as_ref().is_none_or(|flags| !flags.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::model::{Objective, built_in, testing};

    #[test]
    fn novelty_gives_every_sound_one_outcome() {
        let reports =
            novelty(&built_in(Objective::MetricAct).unwrap(), 1, &BackgroundSpeech::Synthesised, &|| ());
        assert_eq!(reports.len(), SoundSet::all().len());
        for r in &reports {
            let sum = r.refused + r.not_spoken + r.unlike_reference + r.flagged_otherwise + r.unnoticed;
            assert_eq!((sum, r.sounds), (1.0, 1), "{r:?}");
        }
        let noise = reports.iter().find(|r| r.set == "white noise").unwrap();
        assert!(noise.unnoticed == 0.0 && !noise.speech, "{noise:?}");
    }

    #[test]
    fn outcome_of_a_voice_is_refused_flagged_or_neither() {
        let voice = SoundSet::AdultVoices.sound(0, &BackgroundSpeech::Synthesised);
        let model = built_in(Objective::MetricAct).unwrap();
        let with = |distance: f64, error: f64| {
            let mut info = model.info().clone();
            info.novelty.feature_distance = distance;
            info.novelty.reconstruction_error = error;
            outcome(&testing::with_info(&model, info), &voice)
        };
        assert_eq!(with(1e-3, 1e9), Outcome::Unlike);
        assert_ne!(with(1e9, 1e9), Outcome::Unlike);
        assert_eq!(outcome(&model, &[0.0; 16_000]), Outcome::Refused);
    }

    #[test]
    fn flag_shares_are_those_of_the_flags() {
        let model = built_in(Objective::MetricAct).unwrap();
        let voice = |number| SoundSet::AdultVoices.sound(number, &BackgroundSpeech::Synthesised);
        let recordings = [(voice(0), 0), (voice(1), 1), (vec![0.0; 16_000], 2), (voice(2), 3)];
        let clean = flag_shares(&model, "some", &recordings, &Condition::Clean);
        assert_eq!((clean.recordings, clean.refused), (4, 0.25));
        assert_eq!(clean.flags["telephone_band"], 0.0, "{clean:?}");
        let line = flag_shares(&model, "some", &recordings, &Condition::Telephone { line: true });
        assert_eq!((line.flags["telephone_band"], line.any), (0.75, 1.0), "{line:?}");
        let room = Condition::Reverberation { rt60_s: 0.9, direct_db: 0.0 };
        assert_eq!(flag_shares(&model, "some", &recordings, &room).flags["reverberant"], 0.75);
    }
}

//! Novelty detection on sets of synthetic sounds: how often they are refused or flagged.

use rayon::prelude::*;
use serde::Serialize;

use crate::data::novelty_sounds::SoundSet;
use undertone::analysis::{Analysis, Preparation};
use undertone::audio::checks::Flag;
use undertone::model::Model;

/// Results on a set of sounds. The shares of one set sum to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SetReport {
    /// Name of the set.
    pub set: &'static str,
    /// Whether it is meant as speech.
    pub speech: bool,
    /// Number of sounds.
    pub sounds: usize,
    /// Share that has no score: silent, without voice, too short.
    pub refused: f64,
    /// Share with a score that is flagged as unlike the training voices.
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
    Unlike,
    Otherwise,
    Unnoticed,
}

fn outcome(model: &Model, samples: &[f32]) -> Outcome {
    let prepared = match Preparation::new(samples).and_then(Preparation::finish) {
        Ok(prepared) => prepared,
        Err(_) => return Outcome::Refused,
    };
    let flags = Analysis::new(&prepared, model).measures.flags;
    if flags.contains(&Flag::UnlikeReference) {
        Outcome::Unlike
    } else if flags.is_empty() {
        Outcome::Unnoticed
    } else {
        Outcome::Otherwise
    }
}

/// Runs `count` sounds of every set through the analysis, on all cores. `tick` is called after each.
pub fn novelty(model: &Model, count: usize, tick: &(dyn Fn() + Sync)) -> Vec<SetReport> {
    SoundSet::ALL
        .iter()
        .map(|set| {
            let outcomes: Vec<Outcome> = (0..count)
                .into_par_iter()
                .map(|number| {
                    let outcome = outcome(model, &set.sound(number));
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
                sounds: count,
                refused: share(Outcome::Refused),
                unlike_reference: share(Outcome::Unlike),
                flagged_otherwise: share(Outcome::Otherwise),
                unnoticed: share(Outcome::Unnoticed),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::model::{Objective, built_in, testing};

    #[test]
    fn novelty_gives_every_sound_one_outcome() {
        let reports = novelty(&built_in(Objective::MetricAct).unwrap(), 1, &|| ());
        assert_eq!(reports.len(), SoundSet::ALL.len());
        for r in &reports {
            let sum = r.refused + r.unlike_reference + r.flagged_otherwise + r.unnoticed;
            assert_eq!((sum, r.sounds), (1.0, 1), "{r:?}");
        }
        let noise = reports.iter().find(|r| r.set == "white noise").unwrap();
        assert!(noise.unnoticed == 0.0 && !noise.speech, "{noise:?}");
    }

    #[test]
    fn outcome_of_a_voice_is_refused_flagged_or_neither() {
        let voice = SoundSet::AdultVoices.sound(0);
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
}

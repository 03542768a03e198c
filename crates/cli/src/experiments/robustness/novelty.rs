//! Whether the program says so when a sound is unlike the voices that the model knows.

use rayon::prelude::*;
use serde::Serialize;

use crate::data::sound_sets::SoundSet;
use undertone::analysis::{Analysis, Preparation};
use undertone::audio::checks::Flag;
use undertone::model::Model;

/// What becomes of a set of sounds. The shares of one set sum to 1.
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
    /// Share with a score that is flagged as unlike the reference.
    pub unlike_reference: f64,
    /// Share with a score that has other flags only.
    pub flagged_otherwise: f64,
    /// Share with a score and no flag.
    pub unnoticed: f64,
}

impl SetReport {
    /// Share that is refused or flagged in any way.
    pub fn noticed(&self) -> f64 {
        1.0 - self.unnoticed
    }
}

/// What becomes of one sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Refused,
    Unlike,
    Otherwise,
    Unnoticed,
}

fn fate(model: &Model, samples: &[f32]) -> Fate {
    let prepared = match Preparation::new(samples).and_then(Preparation::finish) {
        Ok(prepared) => prepared,
        Err(_) => return Fate::Refused,
    };
    let flags = Analysis::new(&prepared, model).measures.flags;
    if flags.contains(&Flag::UnlikeReference) {
        Fate::Unlike
    } else if flags.is_empty() {
        Fate::Unnoticed
    } else {
        Fate::Otherwise
    }
}

/// Runs `count` sounds of every set through the analysis, on all cores. `tick` is called after each.
pub fn novelty(model: &Model, count: usize, tick: &(dyn Fn() + Sync)) -> Vec<SetReport> {
    SoundSet::ALL
        .iter()
        .map(|set| {
            let fates: Vec<Fate> = (0..count)
                .into_par_iter()
                .map(|number| {
                    let fate = fate(model, &set.sound(number));
                    tick();
                    fate
                })
                .collect();
            let share = |wanted: Fate| {
                fates.iter().filter(|fate| **fate == wanted).count() as f64 / count.max(1) as f64
            };
            SetReport {
                set: set.name(),
                speech: set.is_speech(),
                sounds: count,
                refused: share(Fate::Refused),
                unlike_reference: share(Fate::Unlike),
                flagged_otherwise: share(Fate::Otherwise),
                unnoticed: share(Fate::Unnoticed),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::model::{Objective, shipped, testing};

    #[test]
    fn every_sound_has_one_fate() {
        let reports = novelty(&shipped(Objective::MetricAct).unwrap(), 1, &|| ());
        assert_eq!(reports.len(), SoundSet::ALL.len());
        for r in &reports {
            let sum = r.refused + r.unlike_reference + r.flagged_otherwise + r.unnoticed;
            assert_eq!((sum, r.sounds), (1.0, 1), "{r:?}");
        }
        let noise = reports.iter().find(|r| r.set == "white noise").unwrap();
        assert!(noise.noticed() == 1.0 && !noise.speech, "{noise:?}");
    }

    #[test]
    fn a_voice_is_refused_flagged_or_neither() {
        let voice = SoundSet::AdultVoices.sound(0);
        let model = shipped(Objective::MetricAct).unwrap();
        let with = |distance: f64, error: f64| {
            let mut info = model.info().clone();
            info.novelty.feature_distance = distance;
            info.novelty.reconstruction_error = error;
            fate(&testing::with_info(&model, info), &voice)
        };
        assert_eq!(with(1e-3, 1e9), Fate::Unlike);
        assert_ne!(with(1e9, 1e9), Fate::Unlike);
        assert_eq!(fate(&model, &[0.0; 16_000]), Fate::Refused);
    }
}

//! The study, side by side: objectives, architectures and baselines over seeds and folds, on the source itself and on target
//! corpora that nothing has heard (method §5).
//!
//! | module | what |
//! |---|---|
//! | [`plan`] | what is compared: seeds, folds, objectives, architectures, recipes; the list of runs |
//! | [`check`] | what makes a corpus unfit, as typed errors |
//! | [`run`] | one run: train on a fold's other part, measure everywhere |
//! | [`measures`] | adjusted R², Bhattacharyya distance, balanced accuracy, bootstrap |
//! | [`keep`] | finished runs on disk, by fingerprint; a run that is there is not done again |
//! | [`summary`] | mean and deviation over runs, intervals over speakers, oracle and chance |
//! | [`report`] | Markdown, CSV and JSON |
//! | [`published`] | the figures of the study |

pub mod check;
pub mod keep;
pub mod measures;
pub mod plan;
pub mod published;
pub mod report;
pub mod run;
pub mod summary;

use rayon::prelude::*;

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use check::StudyError;
use keep::Keep;
use plan::{Plan, Run};
use run::RunResult;
use undertone::model::LabelOrigin;

/// A corpus that is only measured on.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Short name.
    pub id: String,
    /// Where its labels come from.
    pub labels: LabelOrigin,
    /// Its utterances.
    pub data: Dataset,
}

/// What the study works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// The training corpora, joined.
    pub source: Target,
    /// The others.
    pub targets: Vec<Target>,
}

impl Material {
    /// Joins the sources and takes each target by itself.
    pub fn new(source: &[&Corpus], targets: &[&Corpus]) -> Material {
        let human = source.iter().all(|c| c.origin() == LabelOrigin::Human);
        Material {
            source: Target {
                id: source.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(" + "),
                labels: if human { LabelOrigin::Human } else { LabelOrigin::Category },
                data: join(source).0,
            },
            targets: targets
                .iter()
                .map(|c| Target { id: c.id.clone(), labels: c.origin(), data: join(&[*c]).0 })
                .collect(),
        }
    }
}

/// Does every run of the plan that is not kept yet, on all cores, and hands back all results in the plan's order.
/// `tick` is called after every epoch, and with the rest of a run's epochs where a kept one is taken.
///
/// # Errors
/// [`StudyError`].
pub fn study(
    material: &Material,
    plan: &Plan,
    keep: &Keep,
    tick: &(dyn Fn(usize) + Sync),
) -> Result<Vec<(Run, RunResult)>, StudyError> {
    check::check(material, plan)?;
    let fingerprints = keep::Fingerprints::new(material, plan)?;
    plan.runs()
        .into_par_iter()
        .map(|run| {
            let print = fingerprints.of(&run, plan);
            if let Some(kept) = keep.get(&print) {
                tick(run.epochs(plan));
                return Ok((run, kept));
            }
            let result = run::run(material, plan, &run, &|| tick(1))?;
            keep.put(&print, &result)?;
            Ok((run, result))
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::data::dataset::testing::dataset;
    use crate::data::emotion::Emotion;
    use crate::experiments::replication::plan::{Grouping, Scaling};
    use crate::learn::fit::Recipe;

    /// Two corpora of made-up speech, of `speakers` speakers each: the first is the source, the second the target.
    /// Four emotions follow activation.
    pub(crate) fn material(speakers: usize, each: usize) -> Material {
        let mut data = dataset(speakers, each, 1);
        for (row, u) in data.utterances.iter_mut().enumerate() {
            u.emotion = match u.activation {
                a if a < 2.0 => Emotion::Sadness,
                a if a < 3.0 => Emotion::Neutral,
                a if a < 4.0 => Emotion::Happiness,
                _ if row % 9 == 0 => Emotion::Fear,
                _ => Emotion::Anger,
            };
        }
        let part = |corpus: usize| Target {
            id: format!("c{corpus}"),
            labels: LabelOrigin::Human,
            data: data.filter(|u| u.corpus == corpus),
        };
        Material { source: part(0), targets: vec![part(1)] }
    }

    /// A small plan of everything.
    pub(crate) fn plan() -> Plan {
        let recipe = Recipe { epochs: 4, batch: 16, ..Recipe::plain() };
        Plan {
            seeds: vec![4],
            folds: 3,
            groupings: vec![Grouping::Speaker],
            objectives: undertone::model::Objective::ALL.to_vec(),
            architectures: vec![undertone::model::Architecture::Dae],
            recipes: vec![("study".to_owned(), recipe)],
            scalings: vec![Scaling::Source],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_is_kept_is_not_done_again_and_gives_the_same_results() {
        let (material, plan) = (testing::material(6, 12), testing::plan());
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::open(folder.path()).unwrap();
        let ticks = AtomicUsize::new(0);
        let calls = AtomicUsize::new(0);
        let tick = |epochs| {
            ticks.fetch_add(epochs, Ordering::Relaxed);
            calls.fetch_add(1, Ordering::Relaxed);
        };
        let first = study(&material, &plan, &keep, &tick).unwrap();
        // Four objectives and the baselines, three folds.
        assert_eq!(first.len(), 15);
        assert_eq!(ticks.swap(0, Ordering::Relaxed), plan.epochs());
        calls.store(0, Ordering::Relaxed);
        assert_eq!(study(&material, &plan, &keep, &tick).unwrap(), first);
        assert_eq!(ticks.load(Ordering::Relaxed), plan.epochs());
        assert_eq!(calls.load(Ordering::Relaxed), 15, "nothing is trained");

        // A change to the data finds nothing of it.
        let mut changed = material.clone();
        changed.targets[0].data.utterances[0].features[0] += 1.0;
        calls.store(0, Ordering::Relaxed);
        study(&changed, &plan, &keep, &tick).unwrap();
        assert!(calls.load(Ordering::Relaxed) > 15);
    }
}

//! The store of finished runs: a replication that was stopped continues where it was.
//!
//! A run is found by the fingerprint of everything that its result depends on: features and labels, folds, recipe, seed,
//! and the program's own results on small made-up corpora. So runs from before a change to the training or to a measure are
//! not found.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::corpora::{Corpora, LabelledSet};
use super::error::ReplicationError;
use super::plan::{Learner, Plan, Run, SEEDS};
use super::run::{RunResult, do_run};
use crate::data::dataset::{Dataset, Utterance, Variants};
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use undertone::model::LabelOrigin;

/// The folder of finished runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStore {
    folder: PathBuf,
}

impl RunStore {
    /// Opens the folder; creates it if needed.
    ///
    /// # Errors
    /// [`ReplicationError::Io`].
    pub fn open(folder: &Path) -> Result<RunStore, ReplicationError> {
        fs::create_dir_all(folder)
            .map_err(|source| ReplicationError::Io { path: folder.to_owned(), source })?;
        Ok(RunStore { folder: folder.to_owned() })
    }

    fn path(&self, print: &str) -> PathBuf {
        self.folder.join(format!("{print}.json"))
    }

    /// A finished run; `None` if it is not there or cannot be read.
    pub fn get(&self, print: &str) -> Option<RunResult> {
        serde_json::from_slice(&fs::read(self.path(print)).ok()?).ok()
    }

    /// Stores a run. A file under its final name is always complete.
    ///
    /// # Errors
    /// [`ReplicationError::Io`] or [`ReplicationError::Json`].
    pub fn put(&self, print: &str, result: &RunResult) -> Result<(), ReplicationError> {
        let path = self.path(print);
        let part = path.with_extension("part");
        fs::write(&part, serde_json::to_vec(result)?)
            .and_then(|()| fs::rename(&part, &path))
            .map_err(|source| ReplicationError::Io { path, source })
    }
}

/// Fingerprints of the runs of one replication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of data, plan and baselines.
    common: String,
    /// Of the augmentations of the source; only recipes that use them depend on it.
    augmentations: String,
    /// Of the training: per recipe, architecture and objective the program's results on small made-up corpora.
    programs: Vec<(Learner, String)>,
}

impl Fingerprints {
    /// Takes the fingerprints of data and program.
    ///
    /// # Errors
    /// [`ReplicationError`] if a run on the made-up corpora fails.
    pub fn new(corpora: &Corpora, plan: &Plan) -> Result<Fingerprints, ReplicationError> {
        let mut hash = Sha256::new();
        hash.update(undertone::VERSION);
        hash.update(format!("{} folds, scalings {:?}", plan.folds, plan.scalings));
        for part in std::iter::once(&corpora.source).chain(&corpora.targets) {
            hash.update(part.data.len().to_le_bytes());
            for u in &part.data.utterances {
                u.features.iter().for_each(|v| hash.update(v.to_bits().to_le_bytes()));
                hash.update(u.activation.to_bits().to_le_bytes());
                hash.update(u.valence.unwrap_or(f64::NAN).to_bits().to_le_bytes());
                hash.update(u.emotion.name());
                hash.update(u.speaker.to_le_bytes());
                hash.update(u.corpus.to_le_bytes());
            }
        }
        let mut augmentations = Sha256::new();
        for u in &corpora.source.data.utterances {
            augmentations.update(u.variants.augmented.len().to_le_bytes());
            u.variants
                .augmented
                .iter()
                .flatten()
                .for_each(|v| augmentations.update(v.to_bits().to_le_bytes()));
        }
        let probe = probe();
        let mut programs = Vec::new();
        for run_of in plan.runs() {
            if programs.iter().any(|(learner, _)| *learner == run_of.learner) {
                continue;
            }
            // Two epochs are enough to show a change of the training.
            let mut small = plan.clone();
            small.folds = 2;
            small.recipes.iter_mut().for_each(|(_, recipe)| recipe.epochs = recipe.epochs.min(2));
            let result = do_run(&probe, &small, &Run { seed: SEEDS[0], fold: 0, ..run_of }, &|| ())?;
            programs.push((run_of.learner, hex(&Sha256::digest(serde_json::to_vec(&result)?))));
        }
        Ok(Fingerprints {
            common: hex(&hash.finalize()),
            augmentations: hex(&augmentations.finalize()),
            programs,
        })
    }

    /// The fingerprint of a run.
    pub fn of(&self, run: &Run, plan: &Plan) -> String {
        let program =
            self.programs.iter().find(|(learner, _)| *learner == run.learner).map_or("", |(_, print)| print);
        let what = run.recipe(plan).map_or_else(
            || "baselines".to_owned(),
            |recipe| {
                let augmentations = if recipe.clean_share < 1.0 { self.augmentations.as_str() } else { "" };
                format!("{recipe:?} {augmentations}")
            },
        );
        let words =
            format!("{} {program} {} {} {} {what}", self.common, run.grouping.name(), run.seed, run.fold);
        hex(&Sha256::digest(words))[..32].to_owned()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Small made-up corpora: two, of four speakers and four emotions each.
fn probe() -> Corpora {
    let mut random = Random::new(SEEDS[0]);
    let emotions = [Emotion::Anger, Emotion::Happiness, Emotion::Neutral, Emotion::Sadness];
    let mut part = |corpus: usize| {
        let utterances = (0..48).map(|row| {
            let activation = 5.0 - (row % 4) as f64 - 0.5 * random.uniform();
            let mut features = || {
                std::array::from_fn(|i| (random.normal() + if i % 5 == 0 { activation } else { 0.0 }) as f32)
            };
            Utterance {
                features: features(),
                variants: Variants { augmented: vec![features()], ..Variants::default() },
                activation,
                valence: Some(random.between(1.0, 5.0)),
                emotion: emotions[row % 4],
                speaker: (row / 4) % 4,
                corpus,
            }
        });
        LabelledSet {
            id: format!("made up {corpus}"),
            labels: LabelOrigin::Human,
            data: Dataset { utterances: utterances.collect(), readings: Vec::new() },
        }
    };
    Corpora { source: part(0), targets: vec![part(0)] }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Grouping;
    use super::super::testing;
    use super::*;
    use crate::learn::fit::Recipe;

    #[test]
    fn fingerprints_differ_between_runs_and_follow_data_and_recipe() {
        let (corpora, plan) = (testing::corpora(6, 12), testing::plan());
        let plan = Plan { groupings: Grouping::ALL.to_vec(), seeds: vec![4, 13], ..plan };
        let prints = |corpora: &Corpora, plan: &Plan| -> Vec<String> {
            let fingerprints = Fingerprints::new(corpora, plan).unwrap();
            plan.runs().iter().map(|run| fingerprints.of(run, plan)).collect()
        };
        let first = prints(&corpora, &plan);
        assert_eq!(prints(&corpora, &plan), first);
        let mut unique = first.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), first.len());

        let mut other = corpora.clone();
        other.source.data.utterances[5].activation += 0.1;
        assert!(prints(&other, &plan).iter().all(|print| !first.contains(print)));
        let mut longer = plan.clone();
        longer.recipes[0].1.epochs += 1;
        let changed = prints(&corpora, &longer);
        let same = changed.iter().filter(|print| first.contains(print)).count();
        assert_eq!(same, 2 * 2 * 3, "the baselines do not depend on the recipe");
    }

    #[test]
    fn fingerprints_follow_augmentations_where_they_are_used_only() {
        let (corpora, mut plan) = (testing::corpora(6, 12), testing::plan());
        plan.recipes.push(("shipped".to_owned(), Recipe { epochs: 4, batch_size: 16, ..Recipe::shipped() }));
        let mut augmented = corpora.clone();
        for u in &mut augmented.source.data.utterances {
            u.variants.augmented = vec![u.features];
        }
        let without = Fingerprints::new(&corpora, &plan).unwrap();
        let with = Fingerprints::new(&augmented, &plan).unwrap();
        let mut changed = 0;
        for run in plan.runs() {
            let used = run.recipe(&plan).is_some_and(|recipe| recipe.clean_share < 1.0);
            assert_eq!(with.of(&run, &plan) != without.of(&run, &plan), used, "{run:?}");
            changed += usize::from(used);
        }
        assert_eq!(changed, 3 * 4, "three folds, four objectives");
    }

    #[test]
    fn run_store_ignores_a_file_that_is_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = RunStore::open(folder.path()).unwrap();
        let (corpora, plan) = (testing::corpora(6, 12), testing::plan());
        let result = do_run(&corpora, &plan, &plan.runs()[12], &|| ()).unwrap();
        store.put("a", &result).unwrap();
        assert_eq!(store.get("a"), Some(result));
        let path = store.path("a");
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(store.get("a"), None);
        assert_eq!(store.get("b"), None);
    }
}

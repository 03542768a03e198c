//! Finished runs on disk: a study that was stopped goes on where it was.
//!
//! A run is found by the fingerprint of everything that its result depends on: features and labels, folds, recipe,
//! seed, and what the program itself makes of a small made-up study. So a change to the training or to a measure that
//! shows in figures finds nothing of the old.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::check::StudyError;
use super::plan::{Fits, Plan, Run, SEEDS};
use super::run::{RunResult, run};
use super::{Material, Target};
use crate::data::dataset::{Dataset, Renditions, Utterance};
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use undertone::model::LabelOrigin;

/// The folder of finished runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    folder: PathBuf,
}

impl Keep {
    /// Uses this folder; makes it if needed.
    ///
    /// # Errors
    /// [`StudyError::Io`].
    pub fn open(folder: &Path) -> Result<Keep, StudyError> {
        fs::create_dir_all(folder).map_err(|source| StudyError::Io { path: folder.to_owned(), source })?;
        Ok(Keep { folder: folder.to_owned() })
    }

    fn path(&self, print: &str) -> PathBuf {
        self.folder.join(format!("{print}.json"))
    }

    /// A finished run. One that cannot be read, as after a power cut, counts as not there.
    pub fn get(&self, print: &str) -> Option<RunResult> {
        serde_json::from_slice(&fs::read(self.path(print)).ok()?).ok()
    }

    /// Keeps a run; under its name it is never half written.
    ///
    /// # Errors
    /// [`StudyError::Io`] or [`StudyError::Json`].
    pub fn put(&self, print: &str, result: &RunResult) -> Result<(), StudyError> {
        let path = self.path(print);
        let part = path.with_extension("part");
        fs::write(&part, serde_json::to_vec(result)?)
            .and_then(|()| fs::rename(&part, &path))
            .map_err(|source| StudyError::Io { path, source })
    }
}

/// Fingerprints of the runs of one study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of data, plan and baselines.
    common: String,
    /// Of the degraded versions of the source; only recipes that show them depend on it.
    versions: String,
    /// Of each network's training: per recipe, architecture and objective what the program makes of a small study.
    programs: Vec<(Fits, String)>,
}

impl Fingerprints {
    /// Takes the fingerprints of data and program.
    ///
    /// # Errors
    /// [`StudyError`] if the small study fails.
    pub fn new(material: &Material, plan: &Plan) -> Result<Fingerprints, StudyError> {
        let mut hash = Sha256::new();
        hash.update(undertone::VERSION);
        hash.update(format!("{} folds, scalings {:?}", plan.folds, plan.scalings));
        for part in std::iter::once(&material.source).chain(&material.targets) {
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
        let mut versions = Sha256::new();
        for u in &material.source.data.utterances {
            versions.update(u.renditions.versions.len().to_le_bytes());
            u.renditions.versions.iter().flatten().for_each(|v| versions.update(v.to_bits().to_le_bytes()));
        }
        let probe = probe();
        let mut programs = Vec::new();
        for run_of in plan.runs() {
            if programs.iter().any(|(fits, _)| *fits == run_of.fits) {
                continue;
            }
            // Two epochs show what a network learns by; all epochs would only show it longer.
            let mut small = plan.clone();
            small.folds = 2;
            small.recipes.iter_mut().for_each(|(_, recipe)| recipe.epochs = recipe.epochs.min(2));
            let result = run(&probe, &small, &Run { seed: SEEDS[0], fold: 0, ..run_of }, &|| ())?;
            programs.push((run_of.fits, hex(&Sha256::digest(serde_json::to_vec(&result)?))));
        }
        Ok(Fingerprints { common: hex(&hash.finalize()), versions: hex(&versions.finalize()), programs })
    }

    /// The fingerprint of a run.
    pub fn of(&self, run: &Run, plan: &Plan) -> String {
        let program = self.programs.iter().find(|(fits, _)| *fits == run.fits).map_or("", |(_, print)| print);
        let what = run.recipe(plan).map_or_else(
            || "baselines".to_owned(),
            |recipe| {
                let versions = if recipe.clean_share < 1.0 { self.versions.as_str() } else { "" };
                format!("{recipe:?} {versions}")
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

/// A small made-up study: two corpora, four speakers each, four emotions.
fn probe() -> Material {
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
                renditions: Renditions { versions: vec![features()], ..Renditions::default() },
                activation,
                valence: Some(random.between(1.0, 5.0)),
                emotion: emotions[row % 4],
                speaker: (row / 4) % 4,
                corpus,
            }
        });
        Target {
            id: format!("made up {corpus}"),
            labels: LabelOrigin::Human,
            data: Dataset { utterances: utterances.collect() },
        }
    };
    Material { source: part(0), targets: vec![part(0)] }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Grouping;
    use super::super::testing;
    use super::*;
    use crate::learn::fit::Recipe;

    #[test]
    fn every_run_has_a_fingerprint_of_its_own_that_follows_data_and_recipe() {
        let (material, plan) = (testing::material(6, 12), testing::plan());
        let plan = Plan { groupings: Grouping::ALL.to_vec(), seeds: vec![4, 13], ..plan };
        let prints = |material: &Material, plan: &Plan| -> Vec<String> {
            let fingerprints = Fingerprints::new(material, plan).unwrap();
            plan.runs().iter().map(|run| fingerprints.of(run, plan)).collect()
        };
        let first = prints(&material, &plan);
        assert_eq!(prints(&material, &plan), first);
        let mut unique = first.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), first.len());

        let mut other = material.clone();
        other.source.data.utterances[5].activation += 0.1;
        assert!(prints(&other, &plan).iter().all(|print| !first.contains(print)));
        let mut longer = plan.clone();
        longer.recipes[0].1.epochs += 1;
        let changed = prints(&material, &longer);
        let same = changed.iter().filter(|print| first.contains(print)).count();
        assert_eq!(same, 2 * 2 * 3, "the baselines do not depend on the recipe");
    }

    #[test]
    fn versions_count_where_they_are_shown_and_nowhere_else() {
        let (material, mut plan) = (testing::material(6, 12), testing::plan());
        plan.recipes.push(("shipped".to_owned(), Recipe { epochs: 4, batch: 16, ..Recipe::shipped() }));
        let mut versions = material.clone();
        for u in &mut versions.source.data.utterances {
            u.renditions.versions = vec![u.features];
        }
        let without = Fingerprints::new(&material, &plan).unwrap();
        let with = Fingerprints::new(&versions, &plan).unwrap();
        let mut changed = 0;
        for run in plan.runs() {
            let shown = run.recipe(&plan).is_some_and(|recipe| recipe.clean_share < 1.0);
            assert_eq!(with.of(&run, &plan) != without.of(&run, &plan), shown, "{run:?}");
            changed += usize::from(shown);
        }
        assert_eq!(changed, 3 * 4, "three folds, four objectives");
    }

    #[test]
    fn a_file_that_is_half_written_counts_as_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::open(folder.path()).unwrap();
        let (material, plan) = (testing::material(6, 12), testing::plan());
        let result = run(&material, &plan, &plan.runs()[12], &|| ()).unwrap();
        keep.put("a", &result).unwrap();
        assert_eq!(keep.get("a"), Some(result));
        let path = keep.path("a");
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(keep.get("a"), None);
        assert_eq!(keep.get("b"), None);
    }
}

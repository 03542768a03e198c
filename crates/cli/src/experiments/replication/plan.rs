//! The plan: what is compared, and the list of runs.

use serde::{Deserialize, Serialize};

use crate::data::dataset::Dataset;
use crate::learn::fit::Recipe;
use undertone::model::{Architecture, Objective};

/// The seeds of Das et al.
pub const SEEDS: [u64; 5] = [4, 13, 6, 47, 59];

/// The first `count` seeds: those of Das et al., then 101, 102, …
pub fn seeds(count: usize) -> Vec<u64> {
    SEEDS.into_iter().chain(101..).take(count).collect()
}

/// How utterances are assigned to folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// Stratified by emotion, as in Das et al.: speakers of held-out utterances are also in the training part.
    Stratified,
    /// Speaker-independent: no speaker is in two folds.
    Speaker,
}

impl Grouping {
    /// Both.
    pub const ALL: [Grouping; 2] = [Grouping::Stratified, Grouping::Speaker];

    /// Name as written in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Grouping::Stratified => "stratified",
            Grouping::Speaker => "speaker",
        }
    }

    /// Fold of each utterance. With fewer speakers than folds, [`Grouping::Speaker`] makes one fold per speaker.
    pub fn folds(self, data: &Dataset, folds: usize, seed: u64) -> Vec<usize> {
        match self {
            Grouping::Stratified => data.stratified_folds(folds, seed),
            Grouping::Speaker => data.speaker_folds(folds, seed),
        }
    }
}

/// Whose mean and deviation standardise the features of test utterances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// Those of the training utterances: also possible for a single utterance.
    Source,
    /// Those of all utterances of the test set: needs a whole corpus at once.
    Corpus,
}

impl Scaling {
    /// Both.
    pub const ALL: [Scaling; 2] = [Scaling::Source, Scaling::Corpus];

    /// Name as written in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Scaling::Source => "source",
            Scaling::Corpus => "corpus",
        }
    }
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Seeds of folds and networks.
    pub seeds: Vec<u64>,
    /// Folds per seed.
    pub folds: usize,
    /// How utterances are assigned to folds.
    pub groupings: Vec<Grouping>,
    /// Objectives.
    pub objectives: Vec<Objective>,
    /// Kinds of autoencoder.
    pub architectures: Vec<Architecture>,
    /// Recipes with their names; the plan sets their objective and architecture.
    pub recipes: Vec<(String, Recipe)>,
    /// Scalings.
    pub scalings: Vec<Scaling>,
}

/// What a run trains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learner {
    /// A network.
    Network {
        /// Index into the plan's recipes.
        recipe: usize,
        /// Kind of autoencoder.
        architecture: Architecture,
        /// Objective.
        objective: Objective,
    },
    /// The baselines: ridge regression and the best single feature.
    Baselines,
}

/// One run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// How utterances were assigned to folds.
    pub grouping: Grouping,
    /// Seed.
    pub seed: u64,
    /// The fold that is held out.
    pub fold: usize,
    /// What is trained on the others.
    pub learner: Learner,
}

impl Plan {
    /// All runs, in the order of the tables.
    pub fn runs(&self) -> Vec<Run> {
        let mut learners = Vec::new();
        for recipe in 0..self.recipes.len() {
            for &architecture in &self.architectures {
                for &objective in &self.objectives {
                    learners.push(Learner::Network { recipe, architecture, objective });
                }
            }
        }
        learners.push(Learner::Baselines);
        let mut runs = Vec::new();
        for &grouping in &self.groupings {
            for &learner in &learners {
                for &seed in &self.seeds {
                    runs.extend((0..self.folds).map(|fold| Run { grouping, seed, fold, learner }));
                }
            }
        }
        runs
    }

    /// Epochs of all runs together.
    pub fn epochs(&self) -> usize {
        self.runs().iter().map(|run| run.epochs(self)).sum()
    }
}

impl Run {
    /// The recipe of its network; `None` for the baselines.
    pub fn recipe(&self, plan: &Plan) -> Option<Recipe> {
        match self.learner {
            Learner::Network { recipe, architecture, objective } => plan
                .recipes
                .get(recipe)
                .map(|(_, recipe)| Recipe { architecture, objective, ..recipe.clone() }),
            Learner::Baselines => None,
        }
    }

    /// Epochs of its network; the baselines count as 1.
    pub fn epochs(&self, plan: &Plan) -> usize {
        self.recipe(plan).map_or(1, |recipe| recipe.epochs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn seeds_begin_with_those_of_das_et_al() {
        assert_eq!(seeds(2), [4, 13]);
        assert_eq!(seeds(7), [4, 13, 6, 47, 59, 101, 102]);
    }

    #[test]
    fn plan_lists_every_run_once() {
        let plan = Plan { groupings: Grouping::ALL.to_vec(), seeds: seeds(2), ..testing::plan() };
        let runs = plan.runs();
        assert_eq!(runs.len(), 2 * (4 + 1) * 2 * 3);
        for (i, run) in runs.iter().enumerate() {
            assert!(!runs[..i].contains(run));
        }
        assert_eq!(plan.epochs(), 12 * (4 * 4 + 1));
    }
}

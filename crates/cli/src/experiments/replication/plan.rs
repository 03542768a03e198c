//! What is compared, and the list of runs that this makes.

use serde::{Deserialize, Serialize};

use crate::data::dataset::Dataset;
use crate::learn::fit::Recipe;
use undertone::model::{Architecture, Objective};

/// The study's seeds.
pub const SEEDS: [u64; 5] = [4, 13, 6, 47, 59];

/// The first `count` seeds: the study's, then 101, 102, …
pub fn seeds(count: usize) -> Vec<u64> {
    SEEDS.into_iter().chain(101..).take(count).collect()
}

/// How utterances are dealt into folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// By emotion only, as in the study: a held-out utterance's speaker is heard in training.
    Stratified,
    /// By speaker: nobody is in two folds.
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

/// Whose mean and deviation standardise the features of what is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// Those of the training utterances: the only ones that a single utterance can have.
    Source,
    /// Those of all utterances that are measured on: needs a whole corpus at once.
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
    /// Ways to deal out the folds.
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

/// What a run fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// A network.
    Network {
        /// Place in the plan's recipes.
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
    /// How the folds were dealt out.
    pub grouping: Grouping,
    /// Seed.
    pub seed: u64,
    /// The fold that is held out.
    pub fold: usize,
    /// What is fitted on the others.
    pub fits: Fits,
}

impl Plan {
    /// All runs, in the order of the tables.
    pub fn runs(&self) -> Vec<Run> {
        let mut fits = Vec::new();
        for recipe in 0..self.recipes.len() {
            for &architecture in &self.architectures {
                for &objective in &self.objectives {
                    fits.push(Fits::Network { recipe, architecture, objective });
                }
            }
        }
        fits.push(Fits::Baselines);
        let mut runs = Vec::new();
        for &grouping in &self.groupings {
            for &fits in &fits {
                for &seed in &self.seeds {
                    runs.extend((0..self.folds).map(|fold| Run { grouping, seed, fold, fits }));
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
        match self.fits {
            Fits::Network { recipe, architecture, objective } => plan
                .recipes
                .get(recipe)
                .map(|(_, recipe)| Recipe { architecture, objective, ..recipe.clone() }),
            Fits::Baselines => None,
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
    fn seeds_begin_with_those_of_the_study() {
        assert_eq!(seeds(2), [4, 13]);
        assert_eq!(seeds(7), [4, 13, 6, 47, 59, 101, 102]);
    }

    #[test]
    fn every_run_stands_in_the_list_once() {
        let plan = Plan { groupings: Grouping::ALL.to_vec(), seeds: seeds(2), ..testing::plan() };
        let runs = plan.runs();
        assert_eq!(runs.len(), 2 * (4 + 1) * 2 * 3);
        for (i, run) in runs.iter().enumerate() {
            assert!(!runs[..i].contains(run));
        }
        assert_eq!(plan.epochs(), 12 * (4 * 4 + 1));
    }
}

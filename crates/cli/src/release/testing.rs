//! Small final models for tests.

use super::error::FinalModelError;
use super::final_model::{FinalModel, train_final_model};
use crate::data::corpora::Corpus;
use crate::learn::fit::Recipe;
use undertone::model::Provenance;

fn provenance(seed: u64) -> Provenance {
    let text = || "test".to_owned();
    Provenance { name: text(), seed, epochs: 30, date: text(), commit: text(), version: text() }
}

pub(crate) fn recipe() -> Recipe {
    Recipe { epochs: 30, batch_size: 16, ..Recipe::published() }
}

pub(crate) fn try_train(
    corpora: &[Corpus],
    recipe: &Recipe,
    seed: u64,
) -> Result<FinalModel, FinalModelError> {
    train_final_model(&corpora.iter().collect::<Vec<_>>(), recipe, provenance(seed), &|| ())
}

pub(crate) fn trained(corpora: &[Corpus], seed: u64) -> FinalModel {
    try_train(corpora, &recipe(), seed).unwrap()
}

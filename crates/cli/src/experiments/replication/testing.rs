//! A small replication for tests.

use super::corpora::{Corpora, LabelledSet};
use super::plan::{Grouping, Plan, Scaling};
use crate::data::emotion::Emotion;
use crate::data::testing::dataset;
use crate::learn::fit::Recipe;
use undertone::model::{Architecture, LabelOrigin, Objective};

/// Two corpora of made-up speech, of `speakers` speakers each: the first is the source, the second the target.
/// Four emotions follow activation.
pub(crate) fn corpora(speakers: usize, each: usize) -> Corpora {
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
    let part = |corpus: usize| LabelledSet {
        id: format!("c{corpus}"),
        labels: LabelOrigin::Human,
        data: data.filter(|u| u.corpus == corpus),
    };
    Corpora { source: part(0), targets: vec![part(1)] }
}

/// A small plan with every objective.
pub(crate) fn plan() -> Plan {
    let recipe = Recipe { epochs: 4, batch_size: 16, ..Recipe::published() };
    Plan {
        seeds: vec![4],
        folds: 3,
        groupings: vec![Grouping::Speaker],
        objectives: Objective::ALL.to_vec(),
        architectures: vec![Architecture::Dae],
        recipes: vec![("published".to_owned(), recipe)],
        scalings: vec![Scaling::Source],
    }
}

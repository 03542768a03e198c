//! The corpora of a replication: source and targets.

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use undertone::model::LabelOrigin;

/// A corpus, or several joined, as a data set.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledSet {
    /// Short name.
    pub id: String,
    /// Where its labels come from.
    pub labels: LabelOrigin,
    /// Its utterances.
    pub data: Dataset,
}

/// The corpora of a replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Corpora {
    /// The training corpora, joined.
    pub source: LabelledSet,
    /// The test corpora.
    pub targets: Vec<LabelledSet>,
}

impl Corpora {
    /// Joins the sources and takes each target by itself.
    pub fn new(source: &[&Corpus], targets: &[&Corpus]) -> Corpora {
        let human = source.iter().all(|c| c.origin() == LabelOrigin::Human);
        Corpora {
            source: LabelledSet {
                id: source.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(" + "),
                labels: if human { LabelOrigin::Human } else { LabelOrigin::Category },
                data: join(source).0,
            },
            targets: targets
                .iter()
                .map(|c| LabelledSet { id: c.id.clone(), labels: c.origin(), data: join(&[*c]).0 })
                .collect(),
        }
    }
}

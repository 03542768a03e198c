//! Which label a file gets: a human rating, or what stands in for the acted emotion.

use std::collections::BTreeSet;
use std::path::Path;

use super::evaluations::{Evaluations, read_evaluations};
use super::ratings::{Rating, Ratings, read_emotale, read_ratings};
use super::{CorpusError, CorpusId, Labels, NameError, Named, Problem};
use crate::data::emotion::Emotion;
use undertone::model::LabelOrigin;

/// The middle of the scale.
const MIDDLE: f64 = 3.0;

/// How much further from the middle a strongly acted emotion is (method §4).
const STRONG: f64 = 0.5;

/// Labels of one utterance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    pub emotion: Emotion,
    pub rating: Rating,
    pub origin: LabelOrigin,
}

/// Where labels are looked up.
pub(super) enum LabelBook {
    /// In a table of ratings.
    Ratings(Ratings),
    /// In IEMOCAP's evaluations.
    Evaluations { evaluations: Evaluations, merge_excited: bool, by_category: bool },
    /// Nowhere: the category stands in.
    Category,
}

impl LabelBook {
    /// Opens the labels of the corpus in `folder`; `ratings` is the folder with the study's ratings. `by_category`: do
    /// without human ratings.
    ///
    /// # Errors
    /// [`CorpusError`] if they are not there or cannot be read.
    pub fn open(
        corpus: CorpusId,
        folder: &Path,
        ratings: Option<&Path>,
        by_category: bool,
    ) -> Result<LabelBook, CorpusError> {
        let missing = |expected: String| CorpusError::NoRatings { corpus: corpus.name(), expected };
        match corpus.layout().labels {
            Labels::Evaluations { merge_excited } => {
                let evaluations = read_evaluations(folder)?.ok_or_else(|| {
                    missing(format!(
                        "there is no Session*/dialog/EmoEvaluation/*.txt in {}",
                        folder.display()
                    ))
                })?;
                Ok(LabelBook::Evaluations { evaluations, merge_excited, by_category })
            }
            _ if by_category => Ok(LabelBook::Category),
            Labels::Category => Ok(LabelBook::Category),
            Labels::Study(table) => {
                let ratings = ratings.ok_or_else(|| {
                    missing(format!(
                        "give the folder with {table} as --ratings DIR, or let the acted emotion stand in with \
                         --category-labels"
                    ))
                })?;
                read_ratings(&ratings.join(table)).map(LabelBook::Ratings)
            }
            Labels::Annotations => {
                let path = folder.join("annotations.csv");
                if !path.exists() {
                    return Err(missing(format!("there is no {}", path.display())));
                }
                read_emotale(&path).map(LabelBook::Ratings)
            }
        }
    }

    /// Labels of the file with this name and stem.
    ///
    /// # Errors
    /// The [`Problem`] for which it has none.
    pub fn label(&self, named: &Named, stem: &str) -> Result<Label, Problem> {
        match self {
            LabelBook::Category => {
                named.emotion.map(|emotion| stand_in(emotion, named.strong)).ok_or(Problem::Emotion)
            }
            LabelBook::Ratings(ratings) => {
                let emotion = named.emotion.ok_or(Problem::Emotion)?;
                let rating = ratings.get(stem).copied().flatten().ok_or(Problem::Rating)?;
                Ok(Label { emotion, rating, origin: LabelOrigin::Human })
            }
            LabelBook::Evaluations { evaluations, merge_excited, by_category } => {
                let evaluation = evaluations.get(stem).ok_or(Problem::Rating)?;
                let emotion = evaluation.emotion(*merge_excited)?;
                if *by_category {
                    return Ok(stand_in(emotion, named.strong));
                }
                let rating = evaluation.rating.ok_or(Problem::Scale)?;
                Ok(Label { emotion, rating, origin: LabelOrigin::Human })
            }
        }
    }

    /// Names of utterances of the corpus that are rated but not among the file stems `present`.
    pub fn absent(&self, corpus: CorpusId, present: &BTreeSet<String>) -> Vec<String> {
        let here = |name: &&String| {
            !present.contains(*name)
                // A table may hold the ratings of another corpus as well (EmoTale's two languages). The ending only
                // keeps a dot within the name from being taken for one.
                && corpus.read_name(Path::new(&format!("{name}.wav"))) != Err(NameError::Elsewhere)
        };
        match self {
            LabelBook::Category => Vec::new(),
            LabelBook::Ratings(ratings) => ratings
                .iter()
                .filter(|(_, r)| r.is_some())
                .map(|(name, _)| name)
                .filter(here)
                .cloned()
                .collect(),
            LabelBook::Evaluations { evaluations, .. } => evaluations.keys().filter(here).cloned().collect(),
        }
    }
}

/// What stands in for a rating: the mean of the emotion, further from the middle if acted strongly. Valence stays: of it
/// the method states no such step.
fn stand_in(emotion: Emotion, strong: bool) -> Label {
    let mean = emotion.activation();
    let away = if !strong {
        0.0
    } else if mean < MIDDLE {
        -STRONG
    } else {
        STRONG
    };
    let rating = Rating { activation: mean + away, valence: emotion.valence() };
    Label { emotion, rating, origin: LabelOrigin::Category }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strongly_acted_emotions_are_half_a_step_further_from_the_middle() {
        let of = |emotion, strong| stand_in(emotion, strong).rating.activation;
        assert_eq!((of(Emotion::Anger, false), of(Emotion::Anger, true)), (4.2, 4.7));
        assert_eq!((of(Emotion::Sadness, false), of(Emotion::Sadness, true)), (2.2, 2.2 - 0.5));
        for emotion in Emotion::ALL {
            assert!((1.0..=5.0).contains(&of(emotion, true)), "{emotion:?}");
            assert_eq!(stand_in(emotion, true).rating.valence, emotion.valence());
        }
    }
}

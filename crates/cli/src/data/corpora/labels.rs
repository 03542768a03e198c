//! Labels of files: human ratings, or the mean rating of the acted emotion.

use std::collections::BTreeSet;
use std::path::Path;

use super::error::CorpusError;
use super::evaluations::{Evaluations, read_evaluations};
use super::layout::{CorpusId, Labels, NameError, Named, SpeakerGroup, TableLabels, read_tables};
use super::problems::Problem;
use super::ratings::{Rating, Ratings, read_emotale, read_ratings};
use crate::data::emotion::Emotion;
use undertone::model::LabelOrigin;

/// The middle of the scale.
const MIDDLE: f64 = 3.0;

/// How much further from the middle the label of a strongly acted emotion is (method §4).
const STRONG_OFFSET: f64 = 0.5;

/// Labels of one utterance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// Speaker, where the file name does not say it.
    pub speaker: Option<String>,
    /// Sex and age of the speaker.
    pub group: SpeakerGroup,
    pub emotion: Emotion,
    pub rating: Rating,
    pub origin: LabelOrigin,
}

/// Where labels are looked up.
pub(super) enum LabelSource {
    /// In a table of ratings.
    Ratings(Ratings),
    /// In IEMOCAP's evaluations.
    Evaluations { evaluations: Evaluations, merge_excited: bool, by_category: bool },
    /// In tables of the corpus's own.
    Tables { tables: TableLabels, by_category: bool },
    /// Nowhere: labels by category.
    Category,
}

impl LabelSource {
    /// Opens the labels of the corpus in `folder`; `ratings` is the folder with the ratings published with Das et al.
    /// `by_category`: do not use human ratings.
    ///
    /// # Errors
    /// [`CorpusError`] if they are not there or cannot be read.
    pub fn open(
        corpus: CorpusId,
        folder: &Path,
        ratings: Option<&Path>,
        by_category: bool,
    ) -> Result<LabelSource, CorpusError> {
        let missing = |expected: String| CorpusError::NoRatings { corpus: corpus.name(), expected };
        match corpus.layout().labels {
            Labels::Evaluations { merge_excited } => {
                let evaluations = read_evaluations(folder)?.ok_or_else(|| {
                    missing(format!(
                        "there is no Session*/dialog/EmoEvaluation/*.txt in {}",
                        folder.display()
                    ))
                })?;
                Ok(LabelSource::Evaluations { evaluations, merge_excited, by_category })
            }
            Labels::Tables(tables) => {
                Ok(LabelSource::Tables { tables: read_tables(tables, folder, by_category)?, by_category })
            }
            _ if by_category => Ok(LabelSource::Category),
            Labels::Category | Labels::Reading => Ok(LabelSource::Category),
            Labels::Ratings(table) => {
                let ratings = ratings.ok_or_else(|| {
                    missing(format!(
                        "give the folder with {table} as --ratings DIR, or use the mean rating of the acted emotion with \
                         --category-labels"
                    ))
                })?;
                read_ratings(&ratings.join(table)).map(LabelSource::Ratings)
            }
            Labels::Annotations => {
                let path = folder.join("annotations.csv");
                if !path.exists() {
                    return Err(missing(format!("there is no {}", path.display())));
                }
                read_emotale(&path).map(LabelSource::Ratings)
            }
        }
    }

    /// Labels of the file with this name and stem.
    ///
    /// # Errors
    /// The [`Problem`] for which it has none.
    pub fn label(&self, named: &Named, stem: &str) -> Result<Label, Problem> {
        match self {
            LabelSource::Category => acted(named),
            LabelSource::Ratings(ratings) => {
                let emotion = named.emotion.ok_or(Problem::Emotion)?;
                let rating = ratings.get(stem).copied().flatten().ok_or(Problem::Rating)?;
                Ok(human_label(emotion, rating, named.group))
            }
            LabelSource::Evaluations { evaluations, merge_excited, by_category } => {
                let evaluation = evaluations.get(stem).ok_or(Problem::Rating)?;
                let emotion = evaluation.emotion(*merge_excited)?;
                if *by_category {
                    return Ok(category_label(emotion, named.strong, named.group));
                }
                let rating = evaluation.rating.ok_or(Problem::Scale)?;
                Ok(human_label(emotion, rating, named.group))
            }
            LabelSource::Tables { tables, by_category } => {
                let entry =
                    if *by_category && named.emotion.is_some() { None } else { tables.labels.get(stem) };
                let speaker = entry.and_then(|e| e.speaker.clone());
                let name = speaker.as_deref().unwrap_or(&named.speaker);
                let group = tables.groups.get(name).copied().unwrap_or(named.group);
                let label = match entry {
                    None if *by_category => acted(named)?,
                    None => return Err(Problem::Rating),
                    // What listeners heard has no acted intensity.
                    Some(entry) => match (entry.emotion?, entry.rating) {
                        (emotion, Some(rating)) => human_label(emotion, rating?, group),
                        (emotion, None) => category_label(emotion, false, group),
                    },
                };
                Ok(Label { speaker, group, ..label })
            }
        }
    }

    /// Names of utterances of the corpus that are rated but not among the file stems `present`.
    pub fn absent(&self, corpus: CorpusId, present: &BTreeSet<String>) -> Vec<String> {
        let here = |name: &&String| {
            !present.contains(*name)
                // A table may hold the ratings of another corpus as well (EmoTale's two languages). The extension is
                // added because a name may contain a dot.
                && corpus.read_name(Path::new(&format!("{name}.wav"))) != Err(NameError::Elsewhere)
        };
        match self {
            LabelSource::Category => Vec::new(),
            LabelSource::Ratings(ratings) => ratings
                .iter()
                .filter(|(_, r)| r.is_some())
                .map(|(name, _)| name)
                .filter(here)
                .cloned()
                .collect(),
            LabelSource::Evaluations { evaluations, .. } => {
                evaluations.keys().filter(here).cloned().collect()
            }
            LabelSource::Tables { tables, .. } => {
                let labelled = tables.labels.iter().filter(|(_, label)| label.emotion.is_ok());
                labelled.map(|(name, _)| name).filter(here).cloned().collect()
            }
        }
    }
}

/// The label by category: the mean rating of the emotion, further from the middle if acted strongly. Valence has no such
/// offset (method §4).
fn category_label(emotion: Emotion, strong: bool, group: SpeakerGroup) -> Label {
    let mean = emotion.activation();
    let away = if !strong {
        0.0
    } else if mean < MIDDLE {
        -STRONG_OFFSET
    } else {
        STRONG_OFFSET
    };
    let rating = Rating { activation: mean + away, valence: emotion.valence() };
    Label { speaker: None, group, emotion, rating, origin: LabelOrigin::Category }
}

/// The label by the acted emotion of a file name.
fn acted(named: &Named) -> Result<Label, Problem> {
    let emotion = named.emotion.ok_or(Problem::Emotion)?;
    Ok(category_label(emotion, named.strong, named.group))
}

fn human_label(emotion: Emotion, rating: Rating, group: SpeakerGroup) -> Label {
    Label { speaker: None, group, emotion, rating, origin: LabelOrigin::Human }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_label_of_strongly_acted_emotions_is_further_from_the_middle() {
        let label = |emotion, strong| category_label(emotion, strong, SpeakerGroup::default());
        let of = |emotion, strong| label(emotion, strong).rating.activation;
        assert_eq!((of(Emotion::Anger, false), of(Emotion::Anger, true)), (4.2, 4.7));
        assert_eq!((of(Emotion::Sadness, false), of(Emotion::Sadness, true)), (2.2, 2.2 - 0.5));
        for emotion in Emotion::ALL {
            assert!((1.0..=5.0).contains(&of(emotion, true)), "{emotion:?}");
            assert_eq!(label(emotion, true).rating.valence, emotion.valence());
        }
    }
}

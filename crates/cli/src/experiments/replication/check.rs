//! What makes a corpus unfit for the study, said before any work is done.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::measures::CLASSES;
use super::plan::{Grouping, Plan};
use super::{Material, Target};
use crate::learn::fit::FitError;

/// Why the study cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// Nothing there.
    #[error("{corpus}: no utterances")]
    Empty {
        /// Corpus.
        corpus: String,
    },
    /// Fewer than two folds leave nothing to train on.
    #[error("{folds} folds: at least two are needed, one to hold out and one to train on")]
    TooFewFolds {
        /// How many were asked for.
        folds: usize,
    },
    /// Fewer utterances than folds.
    #[error("{corpus}: {rows} utterances are fewer than {folds} folds: ask for fewer with --folds")]
    FewerRowsThanFolds {
        /// Corpus.
        corpus: String,
        /// Utterances.
        rows: usize,
        /// Folds.
        folds: usize,
    },
    /// Only one person speaks.
    #[error("{corpus}: all utterances are of one speaker, so nothing can be said about others")]
    OneSpeaker {
        /// Corpus.
        corpus: String,
    },
    /// A fold would be without a speaker.
    #[error(
        "{corpus}: {speakers} speakers cannot be dealt into {folds} folds: ask for fewer with --folds, or for \
         --grouping stratified"
    )]
    FewerSpeakersThanFolds {
        /// Corpus.
        corpus: String,
        /// Speakers.
        speakers: usize,
        /// Folds.
        folds: usize,
    },
    /// Fewer than two of the four classes.
    #[error(
        "{corpus}: has only one class of neutral, sadness, happiness and anger, so nothing can be told apart"
    )]
    OneClass {
        /// Corpus.
        corpus: String,
    },
    /// All labels are equal.
    #[error("{corpus}: all activation labels are {label}, so there is no order to follow")]
    ConstantLabels {
        /// Corpus.
        corpus: String,
        /// The label.
        label: f64,
    },
    /// Features or labels that are no finite numbers.
    #[error("{corpus}: {count} utterances with features or labels that are not finite numbers")]
    NotFinite {
        /// Corpus.
        corpus: String,
        /// How many.
        count: usize,
    },
    /// A network cannot be trained on the source, as when an objective needs labels that it does not have.
    #[error("{corpus}: {source}")]
    Fit {
        /// Source corpora.
        corpus: String,
        /// Why not.
        source: FitError,
    },
    /// A file of the study cannot be written or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A result could not be put into words; a defect of this program.
    #[error("a result cannot be written ({0}): please report this")]
    Json(#[from] serde_json::Error),
    /// A table could not be written; a defect of this program.
    #[error("a table cannot be written ({0}): please report this")]
    Csv(#[from] csv::Error),
}

/// Whether the plan can be done on the material.
///
/// # Errors
/// [`StudyError`] for the first thing that does not fit.
pub fn check(material: &Material, plan: &Plan) -> Result<(), StudyError> {
    if plan.folds < 2 {
        return Err(StudyError::TooFewFolds { folds: plan.folds });
    }
    check_one(&material.source, plan)?;
    for target in &material.targets {
        check_one(target, plan)?;
    }
    let speakers = speakers(&material.source);
    if plan.groupings.contains(&Grouping::Speaker) && speakers < plan.folds {
        let corpus = material.source.id.clone();
        return Err(StudyError::FewerSpeakersThanFolds { corpus, speakers, folds: plan.folds });
    }
    Ok(())
}

fn speakers(target: &Target) -> usize {
    target.data.utterances.iter().map(|u| u.speaker).collect::<BTreeSet<_>>().len()
}

fn check_one(target: &Target, plan: &Plan) -> Result<(), StudyError> {
    let (corpus, utterances) = (target.id.clone(), &target.data.utterances);
    let Some(first) = utterances.first() else { return Err(StudyError::Empty { corpus }) };
    let broken = utterances.iter().filter(|u| {
        let labels = [Some(u.activation), u.valence];
        u.features.iter().any(|v| !v.is_finite()) || labels.iter().flatten().any(|v| !v.is_finite())
    });
    match broken.count() {
        0 => {}
        count => return Err(StudyError::NotFinite { corpus, count }),
    }
    if utterances.len() < plan.folds {
        return Err(StudyError::FewerRowsThanFolds { corpus, rows: utterances.len(), folds: plan.folds });
    }
    if speakers(target) < 2 {
        return Err(StudyError::OneSpeaker { corpus });
    }
    let classes: BTreeSet<_> = utterances.iter().map(|u| u.emotion).filter(|e| CLASSES.contains(e)).collect();
    if classes.len() < 2 {
        return Err(StudyError::OneClass { corpus });
    }
    if utterances.iter().all(|u| u.activation == first.activation) {
        return Err(StudyError::ConstantLabels { corpus, label: first.activation });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::data::dataset::Utterance;
    use crate::data::emotion::Emotion;

    #[test]
    fn what_does_not_fit_is_named_for_source_and_target() {
        let plan = testing::plan();
        assert!(check(&testing::material(6, 12), &plan).is_ok());
        let broken = |change: fn(&mut Vec<Utterance>), corpus: usize| {
            let mut material = testing::material(6, 12);
            let target = if corpus == 0 { &mut material.source } else { &mut material.targets[0] };
            change(&mut target.data.utterances);
            check(&material, &plan).unwrap_err()
        };
        for corpus in [0, 1] {
            let name = format!("c{corpus}");
            let e = broken(|u| u.clear(), corpus);
            assert!(matches!(&e, StudyError::Empty { corpus } if *corpus == name), "{e}");
            let e = broken(|u| u.truncate(2), corpus);
            assert!(matches!(e, StudyError::FewerRowsThanFolds { rows: 2, folds: 3, .. }), "{e}");
            let e = broken(|u| u.iter_mut().for_each(|u| u.speaker = 7), corpus);
            assert!(matches!(e, StudyError::OneSpeaker { .. }), "{e}");
            let e = broken(|u| u.iter_mut().for_each(|u| u.activation = 2.5), corpus);
            assert!(matches!(e, StudyError::ConstantLabels { label: 2.5, .. }), "{e}");
            let e = broken(|u| u[3].features[5] = f32::NAN, corpus);
            assert!(matches!(e, StudyError::NotFinite { count: 1, .. }), "{e}");
            let e = broken(|u| u[3].valence = Some(f64::NAN), corpus);
            assert!(matches!(e, StudyError::NotFinite { count: 1, .. }), "{e}");
            let e = broken(
                |u| {
                    u.iter_mut()
                        .filter(|u| u.emotion != Emotion::Anger)
                        .for_each(|u| u.emotion = Emotion::Fear);
                },
                corpus,
            );
            assert!(matches!(e, StudyError::OneClass { .. }), "{e}");
        }
        let e = broken(|u| u.iter_mut().for_each(|u| u.speaker %= 2), 0);
        assert!(matches!(e, StudyError::FewerSpeakersThanFolds { speakers: 2, folds: 3, .. }), "{e}");
        let one_fold = Plan { folds: 1, ..testing::plan() };
        let e = check(&testing::material(6, 12), &one_fold).unwrap_err();
        assert!(matches!(e, StudyError::TooFewFolds { folds: 1 }), "{e}");
    }
}

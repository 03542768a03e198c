//! Checks that corpora are fit for a plan, before any work is done.

use std::collections::BTreeSet;

use super::corpora::{Corpora, LabelledSet};
use super::error::ReplicationError;
use super::measures::CLASSES;
use super::plan::{Grouping, Plan};

/// Checks that the plan can be done on the corpora.
///
/// # Errors
/// [`ReplicationError`] for the first thing that does not fit.
pub fn check(corpora: &Corpora, plan: &Plan) -> Result<(), ReplicationError> {
    if plan.folds < 2 {
        return Err(ReplicationError::TooFewFolds { folds: plan.folds });
    }
    check_one(&corpora.source, plan)?;
    for target in &corpora.targets {
        check_one(target, plan)?;
    }
    let speakers = speakers(&corpora.source);
    if plan.groupings.contains(&Grouping::Speaker) && speakers < plan.folds {
        let corpus = corpora.source.id.clone();
        return Err(ReplicationError::FewerSpeakersThanFolds { corpus, speakers, folds: plan.folds });
    }
    Ok(())
}

fn speakers(target: &LabelledSet) -> usize {
    target.data.utterances.iter().map(|u| u.speaker).collect::<BTreeSet<_>>().len()
}

fn check_one(target: &LabelledSet, plan: &Plan) -> Result<(), ReplicationError> {
    let (corpus, utterances) = (target.id.clone(), &target.data.utterances);
    let Some(first) = utterances.first() else { return Err(ReplicationError::Empty { corpus }) };
    let broken = utterances.iter().filter(|u| {
        let labels = [Some(u.activation), u.valence];
        u.features.iter().any(|v| !v.is_finite()) || labels.iter().flatten().any(|v| !v.is_finite())
    });
    match broken.count() {
        0 => {}
        count => return Err(ReplicationError::NotFinite { corpus, count }),
    }
    if utterances.len() < plan.folds {
        return Err(ReplicationError::FewerRowsThanFolds {
            corpus,
            rows: utterances.len(),
            folds: plan.folds,
        });
    }
    if speakers(target) < 2 {
        return Err(ReplicationError::OneSpeaker { corpus });
    }
    let classes: BTreeSet<_> = utterances.iter().map(|u| u.emotion).filter(|e| CLASSES.contains(e)).collect();
    if classes.len() < 2 {
        return Err(ReplicationError::OneClass { corpus });
    }
    if utterances.iter().all(|u| u.activation == first.activation) {
        return Err(ReplicationError::ConstantLabels { corpus, label: first.activation });
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
    fn check_names_what_does_not_fit_for_source_and_target() {
        let plan = testing::plan();
        assert!(check(&testing::corpora(6, 12), &plan).is_ok());
        let broken = |change: fn(&mut Vec<Utterance>), corpus: usize| {
            let mut corpora = testing::corpora(6, 12);
            let target = if corpus == 0 { &mut corpora.source } else { &mut corpora.targets[0] };
            change(&mut target.data.utterances);
            check(&corpora, &plan).unwrap_err()
        };
        for corpus in [0, 1] {
            let name = format!("c{corpus}");
            let e = broken(|u| u.clear(), corpus);
            assert!(matches!(&e, ReplicationError::Empty { corpus } if *corpus == name), "{e}");
            let e = broken(|u| u.truncate(2), corpus);
            assert!(matches!(e, ReplicationError::FewerRowsThanFolds { rows: 2, folds: 3, .. }), "{e}");
            let e = broken(|u| u.iter_mut().for_each(|u| u.speaker = 7), corpus);
            assert!(matches!(e, ReplicationError::OneSpeaker { .. }), "{e}");
            let e = broken(|u| u.iter_mut().for_each(|u| u.activation = 2.5), corpus);
            assert!(matches!(e, ReplicationError::ConstantLabels { label: 2.5, .. }), "{e}");
            let e = broken(|u| u[3].features[5] = f32::NAN, corpus);
            assert!(matches!(e, ReplicationError::NotFinite { count: 1, .. }), "{e}");
            let e = broken(|u| u[3].valence = Some(f64::NAN), corpus);
            assert!(matches!(e, ReplicationError::NotFinite { count: 1, .. }), "{e}");
            let e = broken(
                |u| {
                    u.iter_mut()
                        .filter(|u| u.emotion != Emotion::Anger)
                        .for_each(|u| u.emotion = Emotion::Fear);
                },
                corpus,
            );
            assert!(matches!(e, ReplicationError::OneClass { .. }), "{e}");
        }
        let e = broken(|u| u.iter_mut().for_each(|u| u.speaker %= 2), 0);
        assert!(matches!(e, ReplicationError::FewerSpeakersThanFolds { speakers: 2, folds: 3, .. }), "{e}");
        let one_fold = Plan { folds: 1, ..testing::plan() };
        let e = check(&testing::corpora(6, 12), &one_fold).unwrap_err();
        assert!(matches!(e, ReplicationError::TooFewFolds { folds: 1 }), "{e}");
    }
}

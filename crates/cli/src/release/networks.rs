//! The networks behind a final model: one trained on all data, and those that each hold some data out.

use rayon::prelude::*;

use super::error::FinalModelError;
use super::held_out::FOLDS;
use crate::data::dataset::{Dataset, Utterance};
use crate::learn::fit::{FittedNetwork, Recipe, fit};

/// The networks behind a final model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Networks {
    /// Trained on all data.
    pub last: FittedNetwork,
    /// Per fold of speakers: trained without that fold.
    pub without_fold: Vec<FittedNetwork>,
    /// Per corpus: trained without that corpus; `None` if there is only one.
    pub without_corpus: Option<Vec<FittedNetwork>>,
}

/// Number of networks for this many corpora.
pub(super) fn network_count(corpora: usize) -> usize {
    FOLDS + 1 + if corpora > 1 { corpora } else { 0 }
}

/// Trains all networks by the same recipe and seed. `ids`: names of the corpora; `folds`: fold of each utterance.
pub(super) fn train_networks(
    data: &Dataset,
    ids: &[&str],
    folds: &[usize],
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<Networks, FinalModelError> {
    let mut parts = vec![(None, data.clone())];
    parts.extend((0..FOLDS).map(|out| {
        let name = format!("fold {} of {FOLDS} of the speakers", out + 1);
        (Some(name), part(data, folds, |_, fold| fold != out))
    }));
    if ids.len() > 1 {
        parts.extend(
            ids.iter().enumerate().map(|(out, id)| {
                (Some(format!("the corpus {id}")), part(data, folds, |u, _| u.corpus != out))
            }),
        );
    }
    let train = |(held_out, part): (Option<String>, Dataset)| {
        fit(&part, recipe, seed, tick).map_err(|source| match held_out {
            Some(part) => FinalModelError::HeldOut { part, source },
            None => FinalModelError::Fit(source),
        })
    };
    // All of them, then the first error in order: which one is found does not depend on threads.
    let results: Vec<Result<FittedNetwork, FinalModelError>> = parts.into_par_iter().map(train).collect();
    let mut fitted = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    let without_corpus = fitted.split_off(FOLDS + 1);
    let without_fold = fitted.split_off(1);
    Ok(Networks {
        last: fitted.swap_remove(0),
        without_fold,
        without_corpus: (ids.len() > 1).then_some(without_corpus),
    })
}

fn part(data: &Dataset, folds: &[usize], keep: impl Fn(&Utterance, usize) -> bool) -> Dataset {
    let kept = data.utterances.iter().zip(folds).filter(|&(u, &fold)| keep(u, fold));
    Dataset { utterances: kept.map(|(u, _)| u.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;

    #[test]
    fn networks_that_hold_data_out_do_not_depend_on_them() {
        let data = testing::dataset(5, 10, 1);
        let folds = data.speaker_folds(FOLDS, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::published() };
        let trained =
            |data: &Dataset| train_networks(data, &["c0", "c1"], &folds, &recipe, 1, &|| ()).unwrap();
        let before = trained(&data);
        let changed = |change: &dyn Fn(&Utterance, usize) -> bool| {
            let mut data = data.clone();
            for (u, _) in data.utterances.iter_mut().zip(&folds).filter(|(u, f)| change(u, **f)) {
                u.features.iter_mut().for_each(|v| *v = 1e6);
                u.activation = 6.0 - u.activation;
            }
            trained(&data)
        };
        // Scaler, weights and offset: the network without fold 2 stays the same, all others change; likewise the network
        // without corpus 1.
        let by_fold = changed(&|_, fold| fold == 2);
        let by_corpus = changed(&|u, _| u.corpus == 1);
        assert!(by_fold.last != before.last && by_corpus.last != before.last);
        for (fold, (after, before)) in by_fold.without_fold.iter().zip(&before.without_fold).enumerate() {
            assert_eq!(after == before, fold == 2, "{fold}");
        }
        let pairs = by_corpus.without_corpus.iter().flatten().zip(before.without_corpus.iter().flatten());
        for (corpus, (after, before)) in pairs.enumerate() {
            assert_eq!(after == before, corpus == 1, "{corpus}");
        }
        assert_eq!(before.without_corpus.map(|networks| networks.len()), Some(2));
    }

    #[test]
    fn networks_that_hold_speakers_out_hold_their_augmentations_out_too() {
        let data = testing::with_augmentations(testing::dataset(5, 10, 1), 3);
        let folds = data.speaker_folds(FOLDS, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::shipped() };
        let trained =
            |data: &Dataset| train_networks(data, &["c0", "c1"], &folds, &recipe, 1, &|| ()).unwrap();
        let before = trained(&data);
        let mut changed = data.clone();
        for (u, _) in changed.utterances.iter_mut().zip(&folds).filter(|(_, f)| **f == 2) {
            u.variants.augmented.iter_mut().flatten().for_each(|v| *v += 7.0);
        }
        let after = trained(&changed);
        assert!(after.last != before.last && after.last.scaler == before.last.scaler);
        for fold in 0..FOLDS {
            assert_eq!(after.without_fold[fold] == before.without_fold[fold], fold == 2, "{fold}");
        }
    }
}

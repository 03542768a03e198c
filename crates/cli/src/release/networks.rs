//! The networks behind a final model: one trained on all data, and those that each hold some data out.

use rayon::prelude::*;

use super::error::FinalModelError;
use super::held_out::FOLDS;
use crate::data::dataset::Dataset;
use crate::learn::fit::{FittedNetwork, Recipe, fit};

/// The networks behind a final model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Networks {
    /// Trained on all data.
    pub last: FittedNetwork,
    /// Per fold of speakers: trained without that fold.
    pub without_fold: Vec<FittedNetwork>,
    /// Per corpus: trained without that corpus; `None` for a corpus without labels. `None` if only one has labels.
    pub without_corpus: Option<Vec<Option<FittedNetwork>>>,
}

/// Folds of speakers and of readers: one number per labelled utterance, one per reading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Folds {
    pub utterances: Vec<usize>,
    pub readings: Vec<usize>,
}

impl Folds {
    /// The folds of the data for a seed.
    pub fn new(data: &Dataset, seed: u64) -> Folds {
        Folds { utterances: data.speaker_folds(FOLDS, seed), readings: data.reader_folds(FOLDS, seed) }
    }
}

/// Number of networks for this many labelled corpora.
pub(super) fn network_count(corpora: usize) -> usize {
    FOLDS + 1 + if corpora > 1 { corpora } else { 0 }
}

/// Trains all networks by the same recipe and seed. `ids`: names of the corpora.
pub(super) fn train_networks(
    data: &Dataset,
    ids: &[&str],
    folds: &Folds,
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<Networks, FinalModelError> {
    let mut parts = vec![(None, data.clone())];
    parts.extend((0..FOLDS).map(|out| {
        let name = format!("fold {} of {FOLDS} of the speakers", out + 1);
        (Some(name), data.part(|i, _| folds.utterances[i] != out, |i, _| folds.readings[i] != out))
    }));
    let labelled = data.labelled_corpora();
    if labelled.len() > 1 {
        parts.extend(labelled.iter().map(|&out| {
            let name = ids.get(out).map(|id| format!("the corpus {id}"));
            (name, data.filter(|u| u.corpus != out))
        }));
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
    let mut without_corpus: Vec<Option<FittedNetwork>> = ids.iter().map(|_| None).collect();
    for (&corpus, network) in labelled.iter().zip(fitted.split_off(FOLDS + 1)) {
        without_corpus[corpus] = Some(network);
    }
    let without_fold = fitted.split_off(1);
    Ok(Networks {
        last: fitted.swap_remove(0),
        without_fold,
        without_corpus: (labelled.len() > 1).then_some(without_corpus),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::dataset::Utterance;
    use crate::data::testing;

    #[test]
    fn networks_that_hold_data_out_do_not_depend_on_them() {
        let data = testing::dataset(5, 10, 1);
        let folds = Folds::new(&data, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::published() };
        let trained =
            |data: &Dataset| train_networks(data, &["c0", "c1"], &folds, &recipe, 1, &|| ()).unwrap();
        let before = trained(&data);
        let changed = |change: &dyn Fn(&Utterance, usize) -> bool| {
            let mut data = data.clone();
            for (u, _) in data.utterances.iter_mut().zip(&folds.utterances).filter(|(u, f)| change(u, **f)) {
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
        let data = testing::with_readings(testing::dataset(5, 10, 1), 10, 2);
        let data = testing::with_augmentations(data, 3);
        let folds = Folds::new(&data, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::shipped() };
        let trained =
            |data: &Dataset| train_networks(data, &["c0", "c1", "c2"], &folds, &recipe, 1, &|| ()).unwrap();
        let before = trained(&data);
        assert!(before.without_corpus.iter().flatten().map(Option::is_some).eq([true, true, false]));
        let mut changed = data.clone();
        let of_fold = |folds: &Vec<usize>| folds.iter().map(|fold| *fold == 2).collect::<Vec<bool>>();
        for (u, _) in changed.utterances.iter_mut().zip(of_fold(&folds.utterances)).filter(|(_, out)| *out) {
            u.variants.augmented.iter_mut().flatten().for_each(|v| *v += 7.0);
        }
        for (r, _) in changed.readings.iter_mut().zip(of_fold(&folds.readings)).filter(|(_, out)| *out) {
            r.variants.augmented.iter_mut().flatten().for_each(|v| *v += 7.0);
        }
        let after = trained(&changed);
        assert!(after.last != before.last && after.last.scaler == before.last.scaler);
        for fold in 0..FOLDS {
            assert_eq!(after.without_fold[fold] == before.without_fold[fold], fold == 2, "{fold}");
        }
    }
}

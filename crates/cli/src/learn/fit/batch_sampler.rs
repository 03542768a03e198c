//! The batch sampler: makes training batches with augmentation (degraded versions of the recordings, shifts between
//! speakers).

use ndarray::Array2;

use super::recipe::Recipe;
use crate::data::dataset::Dataset;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Scaler;

/// A batch of utterances to train on; all lists have the same length B.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TrainingBatch {
    /// Inputs: standardised features of the recording or one of its augmentations, \[B, 88\].
    pub input: Array2<f64>,
    /// Reconstruction targets: standardised features of the recording as it is, shifted as the input is, \[B, 88\].
    pub target: Array2<f64>,
    /// The labels that the objective uses.
    pub labels: Vec<f64>,
    /// A number per emotion.
    pub classes: Vec<usize>,
}

/// Makes training batches from the training data.
pub(super) struct BatchSampler<'a> {
    data: &'a Dataset,
    scaler: &'a Scaler,
    rows: &'a Array2<f64>,
    labels: &'a [f64],
    recipe: &'a Recipe,
    /// Mean row per speaker, in ascending order of speakers, and the index of each utterance's speaker in it.
    speaker_means: Vec<Vec<f64>>,
    speaker_index: Vec<usize>,
}

impl<'a> BatchSampler<'a> {
    /// `rows`: standardised features of the recordings as they are; `labels`: those that the objective uses. Both one per
    /// utterance.
    pub fn new(
        data: &'a Dataset,
        scaler: &'a Scaler,
        rows: &'a Array2<f64>,
        labels: &'a [f64],
        recipe: &'a Recipe,
    ) -> BatchSampler<'a> {
        let means = data.speaker_means(rows);
        let speakers: Vec<usize> = means.keys().copied().collect();
        let speaker_index =
            data.utterances.iter().map(|u| speakers.binary_search(&u.speaker).unwrap_or(0)).collect();
        BatchSampler {
            data,
            scaler,
            rows,
            labels,
            recipe,
            speaker_means: means.into_values().collect(),
            speaker_index,
        }
    }

    /// A batch of the utterances with these indices, in their order; draws each one's augmentation, then its shift.
    pub fn sample(&self, batch: &[usize], random: &mut Random) -> TrainingBatch {
        let empty = || Array2::zeros((batch.len(), FEATURE_COUNT));
        let mut sampled = TrainingBatch {
            input: empty(),
            target: empty(),
            labels: batch.iter().map(|&i| self.labels[i]).collect(),
            classes: batch.iter().map(|&i| self.data.utterances[i].emotion as usize).collect(),
        };
        let limit = self.recipe.limit;
        let rows = sampled.input.rows_mut().into_iter().zip(sampled.target.rows_mut());
        for ((mut input, mut target), &i) in rows.zip(batch) {
            let augmentation = self.augmentation(i, random);
            let shift = self.shift(i, random);
            for (k, (input, target)) in input.iter_mut().zip(&mut target).enumerate() {
                let clean = self.rows[[i, k]];
                let degraded =
                    augmentation.map_or(clean, |a| self.scaler.standardise(k, a[k]).clamp(-limit, limit));
                let by = shift.as_ref().map_or(0.0, |shift| shift[k]);
                *input = (degraded + by).clamp(-limit, limit);
                *target = (clean + by).clamp(-limit, limit);
            }
        }
        sampled
    }

    /// One of the augmentations of an utterance; `None`: the recording as it is.
    fn augmentation(&self, i: usize, random: &mut Random) -> Option<&'a [f32; FEATURE_COUNT]> {
        let augmented = &self.data.utterances[i].variants.augmented;
        if augmented.is_empty() || self.recipe.clean_share >= 1.0 {
            return None;
        }
        if random.uniform() < self.recipe.clean_share {
            return None;
        }
        augmented.get(random.below(augmented.len()))
    }

    /// A shift of an utterance: a random share of the way from its speaker's mean to another speaker's.
    fn shift(&self, i: usize, random: &mut Random) -> Option<Vec<f64>> {
        if self.recipe.speaker_shift == 0.0 {
            return None;
        }
        let share = random.between(0.0, self.recipe.speaker_shift);
        let own = &self.speaker_means[self.speaker_index[i]];
        let other = &self.speaker_means[random.below(self.speaker_means.len())];
        Some(own.iter().zip(other).map(|(own, other)| share * (other - own)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;

    /// The data's rows, and a batch of all utterances for a seed.
    fn sample(data: &Dataset, recipe: &Recipe, seed: u64) -> (Array2<f64>, TrainingBatch) {
        let scaler = data.scaler();
        let (rows, labels) = (data.standardised(&scaler, recipe.limit), data.labels());
        let batch: Vec<usize> = (0..data.len()).collect();
        let sampled =
            BatchSampler::new(data, &scaler, &rows, &labels, recipe).sample(&batch, &mut Random::new(seed));
        (rows, sampled)
    }

    fn unlimited() -> Recipe {
        Recipe { limit: 1e6, ..Recipe::shipped() }
    }

    #[test]
    fn batch_sampler_keeps_the_limit_and_the_labels_of_each_utterance() {
        let data = testing::with_augmentations(testing::dataset(3, 10, 4), 2);
        let recipe = Recipe { limit: 1.5, ..Recipe::shipped() };
        let (_, sampled) = sample(&data, &recipe, 1);
        assert!(sampled.input.iter().chain(&sampled.target).all(|v| v.abs() <= recipe.limit));
        let classes: Vec<usize> = data.utterances.iter().map(|u| u.emotion as usize).collect();
        assert_eq!((sampled.labels, sampled.classes), (data.labels(), classes));
    }

    #[test]
    fn batch_sampler_leaves_the_data_as_they_are_by_the_published_recipe() {
        let data = testing::with_augmentations(testing::dataset(3, 10, 4), 2);
        let (rows, sampled) = sample(&data, &Recipe { limit: 1.5, ..Recipe::published() }, 1);
        assert_eq!((&sampled.input, &sampled.target), (&rows, &rows));
    }

    #[test]
    fn batch_sampler_targets_clean_rows_and_draws_augmentations_in_their_shares() {
        let data = testing::with_augmentations(testing::dataset(5, 40, 4), 4);
        let recipe = Recipe { speaker_shift: 0.0, ..unlimited() };
        let (rows, sampled) = sample(&data, &recipe, 1);
        assert_eq!(sampled.target, rows);
        let scaler = data.scaler();
        let mut counts = [0usize; 5];
        for (i, u) in data.utterances.iter().enumerate() {
            let is = |features: &[f32; FEATURE_COUNT]| {
                (0..FEATURE_COUNT).all(|k| sampled.input[[i, k]] == scaler.standardise(k, features[k]))
            };
            let found = std::iter::once(&u.features).chain(&u.variants.augmented).position(is);
            counts[found.expect("an input is the recording or one of its augmentations")] += 1;
        }
        // 400 utterances: 0.3 as they are, 0.175 in each of four augmentations; four deviations on either side.
        assert!((84..=157).contains(&counts[0]), "{counts:?}");
        assert!(counts[1..].iter().all(|n| (40..=101).contains(n)), "{counts:?}");
    }

    #[test]
    fn batch_sampler_shifts_input_and_target_alike_towards_another_speaker() {
        let data = testing::with_augmentations(testing::dataset(4, 10, 4), 3);
        let (rows, sampled) = sample(&data, &unlimited(), 1);
        let (_, still) = sample(&data, &Recipe { clean_share: 0.0, ..unlimited() }, 1);
        let means = data.speaker_means(&rows);
        let scaler = data.scaler();
        let (mut most, mut beyond) = (0.0f64, 0);
        for (i, u) in data.utterances.iter().enumerate() {
            let shift: Vec<f64> = (0..FEATURE_COUNT).map(|k| sampled.target[[i, k]] - rows[[i, k]]).collect();
            // A share of the difference of two speakers' means …
            let own = &means[&u.speaker];
            let of = |other: &Vec<f64>| {
                let share = shift[0] / (other[0] - own[0]);
                let same = (0..FEATURE_COUNT).all(|k| (shift[k] - share * (other[k] - own[k])).abs() < 1e-9);
                same.then_some(share)
            };
            let still = shift.iter().all(|s| *s == 0.0);
            let share = if still { 0.0 } else { means.values().find_map(of).unwrap() };
            most = most.max(share);
            beyond += usize::from(share > 1.0);
            assert!((0.0..1.7).contains(&share), "{share}");
            // … and the input, whichever augmentation it is of, has moved by it.
            let moved = |features: &[f32; FEATURE_COUNT]| {
                (0..FEATURE_COUNT).all(|k| {
                    (sampled.input[[i, k]] - scaler.standardise(k, features[k]) - shift[k]).abs() < 1e-9
                })
            };
            assert!(std::iter::once(&u.features).chain(&u.variants.augmented).any(moved), "{i}");
        }
        assert!(most > 1.5 && beyond > 10, "{most} {beyond}");
        assert_ne!(still.input, sampled.input);
    }

    #[test]
    fn batch_sampler_shifts_a_single_speaker_to_itself() {
        let data = testing::dataset(2, 10, 4).filter(|u| u.speaker == 0);
        let (rows, sampled) = sample(&data, &unlimited(), 1);
        assert_eq!((&sampled.input, &sampled.target), (&rows, &rows));
    }
}

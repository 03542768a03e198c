//! The batch sampler: draws training batches with augmentation (degraded versions of the recordings, shifts between
//! voices).

use ndarray::Array2;

use super::recipe::{Recipe, ShiftBy};
use crate::data::dataset::{Dataset, Utterance, Variants};
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{Objective, Scaler};

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

/// What is trained on: labelled utterances, then readings, one row each.
pub(super) struct TrainingRows<'a> {
    pub data: &'a Dataset,
    pub scaler: &'a Scaler,
    /// Standardised features of the recordings as they are.
    pub clean: Array2<f64>,
    /// The labels that the objective uses.
    pub labels: Vec<f64>,
    classes: Vec<usize>,
    variants: Vec<&'a Variants>,
}

impl<'a> TrainingRows<'a> {
    /// The rows of the data, with the labels that the recipe assumes of readings.
    pub fn new(data: &'a Dataset, scaler: &'a Scaler, recipe: &Recipe) -> TrainingRows<'a> {
        let labelled = data.standardised(scaler, recipe.limit);
        let readings = data.standardised_readings(scaler, recipe.limit);
        let mut clean = Array2::zeros((labelled.nrows() + readings.nrows(), FEATURE_COUNT));
        let parts = labelled.rows().into_iter().chain(readings.rows());
        clean.rows_mut().into_iter().zip(parts).for_each(|(mut to, from)| to.assign(&from));
        let label = |u: &Utterance| match recipe.objective {
            // Checked before: with metric-val every utterance has a valence label.
            Objective::MetricVal => u.valence.unwrap_or(f64::NAN),
            _ => u.activation,
        };
        let read = Emotion::Neutral;
        let of_reading = match recipe.objective {
            Objective::MetricVal => read.valence(),
            _ => recipe.reading.map_or(read.activation(), |reading| reading.activation),
        };
        let labels = data.utterances.iter().map(label).chain(data.readings.iter().map(|_| of_reading));
        let emotions = data.utterances.iter().map(|u| u.emotion).chain(data.readings.iter().map(|_| read));
        TrainingRows {
            data,
            scaler,
            clean,
            labels: labels.collect(),
            classes: emotions.map(|emotion| emotion as usize).collect(),
            variants: data.variants().collect(),
        }
    }
}

/// Rows that are drawn with the same probability each.
struct Group {
    rows: Vec<usize>,
    /// How many labelled utterances the group is worth.
    weight: f64,
}

/// Draws training batches.
pub(super) struct BatchSampler<'a> {
    rows: &'a TrainingRows<'a>,
    recipe: &'a Recipe,
    /// Mean row per speaker of labelled utterances, in ascending order.
    speaker_means: Vec<Vec<f64>>,
    /// Mean row per reader, in ascending order.
    reader_means: Vec<Vec<f64>>,
    /// Index of each row's voice in the first, or for readings in the second.
    voice_index: Vec<usize>,
    /// Whether voices are those of readers.
    by_readers: bool,
    /// `None`: every utterance once per epoch.
    groups: Option<Vec<Group>>,
}

impl<'a> BatchSampler<'a> {
    /// Draws from these rows as the recipe asks. With readings, or corpora weighted otherwise than by their size, rows are drawn
    /// with replacement; else every utterance occurs once per epoch.
    pub fn new(rows: &'a TrainingRows<'a>, recipe: &'a Recipe) -> BatchSampler<'a> {
        let data = rows.data;
        let readings = data.standardised_readings(rows.scaler, recipe.limit);
        let (speakers, readers) = (data.speaker_means(&rows.clean), data.reader_means(&readings));
        let index = |keys: &[usize], key: usize| keys.binary_search(&key).unwrap_or(0);
        let (speaker_keys, reader_keys): (Vec<usize>, Vec<usize>) =
            (speakers.keys().copied().collect(), readers.keys().copied().collect());
        let of_utterances = data.utterances.iter().map(|u| index(&speaker_keys, u.speaker));
        let of_readings = data.readings.iter().map(|r| index(&reader_keys, r.reader));
        let voice_index = of_utterances.chain(of_readings).collect();
        let weighted = !data.readings.is_empty() || recipe.corpus_exponent != 1.0;
        BatchSampler {
            rows,
            recipe,
            by_readers: recipe.shift_by == ShiftBy::Readers && readers.len() > 1,
            speaker_means: speakers.into_values().collect(),
            reader_means: readers.into_values().collect(),
            voice_index,
            groups: weighted.then(|| groups(data, recipe)),
        }
    }

    /// The batches of an epoch, as row indices. `order`: all rows, as the last epoch left them.
    pub fn epoch(&self, order: &mut [usize], random: &mut Random) -> Vec<Vec<usize>> {
        let size = self.recipe.batch_size.max(1);
        let Some(groups) = &self.groups else {
            random.shuffle(order);
            return order.chunks(size).map(<[usize]>::to_vec).collect();
        };
        let total: f64 = groups.iter().map(|group| group.weight).sum();
        let mut draw = || {
            let mut at = total * random.uniform();
            for group in groups {
                at -= group.weight;
                if at < 0.0 {
                    return group.rows[random.below(group.rows.len())];
                }
            }
            // Rounding: as if the last group had been reached.
            groups.last().map_or(0, |group| group.rows[random.below(group.rows.len())])
        };
        (0..self.batches()).map(|_| (0..size).map(|_| draw()).collect()).collect()
    }

    /// Number of labelled utterances; readings come after them.
    pub fn labelled(&self) -> usize {
        self.rows.data.len()
    }

    /// Number of batches in an epoch.
    pub fn batches(&self) -> usize {
        let rows = match &self.groups {
            None => self.rows.data.len() as f64,
            Some(groups) => groups.iter().map(|group| group.weight).sum(),
        };
        libm::ceil(rows / self.recipe.batch_size.max(1) as f64) as usize
    }

    /// A batch of the rows with these indices, in their order; draws each one's augmentation, then its shift.
    pub fn sample(&self, batch: &[usize], random: &mut Random) -> TrainingBatch {
        let empty = || Array2::zeros((batch.len(), FEATURE_COUNT));
        let mut sampled = TrainingBatch {
            input: empty(),
            target: empty(),
            labels: batch.iter().map(|&i| self.rows.labels[i]).collect(),
            classes: batch.iter().map(|&i| self.rows.classes[i]).collect(),
        };
        let limit = self.recipe.limit;
        let rows = sampled.input.rows_mut().into_iter().zip(sampled.target.rows_mut());
        for ((mut input, mut target), &i) in rows.zip(batch) {
            let augmentation = self.augmentation(i, random);
            let shift = self.shift(i, random);
            for (k, (input, target)) in input.iter_mut().zip(&mut target).enumerate() {
                let clean = self.rows.clean[[i, k]];
                let degraded = augmentation
                    .map_or(clean, |a| self.rows.scaler.standardise(k, a[k]).clamp(-limit, limit));
                let by = shift.as_ref().map_or(0.0, |shift| shift[k]);
                *input = (degraded + by).clamp(-limit, limit);
                *target = (clean + by).clamp(-limit, limit);
            }
        }
        sampled
    }

    /// One of the augmentations of a row; `None`: the recording as it is.
    fn augmentation(&self, i: usize, random: &mut Random) -> Option<&'a [f32; FEATURE_COUNT]> {
        let augmented = &self.rows.variants[i].augmented;
        if augmented.is_empty() || self.recipe.clean_share >= 1.0 {
            return None;
        }
        if random.uniform() < self.recipe.clean_share {
            return None;
        }
        augmented.get(random.below(augmented.len()))
    }

    /// A shift of a row: a random share of the difference between two readers' means, or of the way from the mean of its own
    /// voice to that of a speaker.
    fn shift(&self, i: usize, random: &mut Random) -> Option<Vec<f64>> {
        if self.recipe.speaker_shift == 0.0 {
            return None;
        }
        let share = random.between(0.0, self.recipe.speaker_shift);
        let (from, to) = if self.by_readers {
            let mut reader = || &self.reader_means[random.below(self.reader_means.len())];
            (reader(), reader())
        } else {
            let own = if i < self.rows.data.len() { &self.speaker_means } else { &self.reader_means };
            (&own[self.voice_index[i]], &self.speaker_means[random.below(self.speaker_means.len())])
        };
        Some(from.iter().zip(to).map(|(from, to)| share * (to - from)).collect())
    }
}

/// The labelled corpora, whose weights add up to the number of labelled utterances, then the readings.
fn groups(data: &Dataset, recipe: &Recipe) -> Vec<Group> {
    let mut groups: Vec<Group> = data
        .labelled_corpora()
        .into_iter()
        .map(|corpus| {
            let of_corpus = |(i, u): (usize, &Utterance)| (u.corpus == corpus).then_some(i);
            let rows: Vec<usize> = data.utterances.iter().enumerate().filter_map(of_corpus).collect();
            let weight = libm::pow(rows.len() as f64, recipe.corpus_exponent);
            Group { rows, weight }
        })
        .collect();
    let sum: f64 = groups.iter().map(|group| group.weight).sum();
    groups.iter_mut().for_each(|group| group.weight *= data.len() as f64 / sum);
    if recipe.reading.is_some() && !data.readings.is_empty() {
        let rows: Vec<usize> = (data.len()..data.len() + data.readings.len()).collect();
        groups.push(Group { weight: recipe.reading_weight() * rows.len() as f64, rows });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::recipe::ReadingUse;
    use super::*;
    use crate::data::testing;

    /// The data's rows, and a batch of all of them for a seed.
    fn sample(data: &Dataset, recipe: &Recipe, seed: u64) -> (Array2<f64>, TrainingBatch) {
        let scaler = data.scaler();
        let rows = TrainingRows::new(data, &scaler, recipe);
        let batch: Vec<usize> = (0..rows.labels.len()).collect();
        let sampled = BatchSampler::new(&rows, recipe).sample(&batch, &mut Random::new(seed));
        (rows.clean, sampled)
    }

    #[test]
    fn batch_sampler_draws_corpora_and_readings_by_their_weights() {
        let few = testing::dataset(4, 20, 4).part(|i, _| i >= 60, |_, _| true);
        let data = testing::with_readings(few, 10, 6);
        let scaler = data.scaler();
        let reading = ReadingUse { activation: 2.5, weight: 0.25, weight_in_clusters: 38.0 / 60.0 };
        let (act, cluster) = (Objective::MetricAct, Objective::MetricCluster);
        for (objective, corpus_exponent, expected) in [
            (act, 1.0, [20.0, 80.0, 15.0]),
            (act, 0.0, [50.0, 50.0, 15.0]),
            (cluster, 0.0, [50.0, 50.0, 38.0]),
        ] {
            let reading = Some(reading);
            let recipe = Recipe { objective, corpus_exponent, reading, batch_size: 23, ..Recipe::shipped() };
            let rows = TrainingRows::new(&data, &scaler, &recipe);
            let sampler = BatchSampler::new(&rows, &recipe);
            assert_eq!(sampler.batches(), if objective == cluster { 6 } else { 5 });
            let (mut counts, mut random) = ([0.0f64; 3], Random::new(3));
            let mut seen = vec![0usize; rows.labels.len()];
            for _ in 0..400 {
                for batch in sampler.epoch(&mut [], &mut random) {
                    assert_eq!(batch.len(), 23);
                    for i in batch {
                        counts[data.utterances.get(i).map_or(2, |u| u.corpus)] += 1.0 / 400.0;
                        seen[i] += 1;
                    }
                }
            }
            assert!(seen.iter().all(|&count| count > 0));
            assert!(counts.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1.0), "{counts:?}");
        }
    }

    #[test]
    fn batch_sampler_takes_every_utterance_once_per_epoch_without_readings() {
        let data = testing::dataset(4, 10, 4);
        let recipe = Recipe { batch_size: 32, corpus_exponent: 1.0, ..Recipe::shipped() };
        let scaler = data.scaler();
        let rows = TrainingRows::new(&data, &scaler, &recipe);
        let sampler = BatchSampler::new(&rows, &recipe);
        let mut order: Vec<usize> = (0..80).collect();
        let batches = sampler.epoch(&mut order, &mut Random::new(1));
        assert_eq!((batches.len(), sampler.batches()), (3, 3));
        let mut all = batches.concat();
        all.sort_unstable();
        assert_eq!(all, (0..80).collect::<Vec<_>>());
    }

    #[test]
    fn batch_sampler_gives_readings_the_labels_of_neutral_speech() {
        let data = testing::with_readings(testing::dataset(3, 10, 4), 2, 1);
        let scaler = data.scaler();
        let labels = |objective| {
            let rows = TrainingRows::new(&data, &scaler, &Recipe { objective, ..Recipe::shipped() });
            (rows.labels[59] != rows.labels[60], rows.labels[60..].to_vec(), rows.classes[60..].to_vec())
        };
        let neutral = vec![Emotion::Neutral as usize; 2];
        assert_eq!(labels(Objective::MetricAct), (true, vec![2.5; 2], neutral.clone()));
        assert_eq!(labels(Objective::MetricVal), (true, vec![3.0; 2], neutral));
    }

    #[test]
    fn batch_sampler_shifts_by_the_difference_of_two_readers() {
        let data = testing::with_readings(testing::dataset(4, 10, 4), 6, 3);
        let (rows, sampled) = sample(&data, &unlimited(), 1);
        let means: Vec<Vec<f64>> =
            data.reader_means(&data.standardised_readings(&data.scaler(), 1e6)).into_values().collect();
        let mut most = 0.0f64;
        for i in 0..rows.nrows() {
            let shift: Vec<f64> = (0..FEATURE_COUNT).map(|k| sampled.target[[i, k]] - rows[[i, k]]).collect();
            if shift.iter().all(|s| s.abs() < 1e-12) {
                continue;
            }
            let pairs = means.iter().flat_map(|a| means.iter().map(move |b| (a, b)));
            let of = |(from, to): (&Vec<f64>, &Vec<f64>)| {
                let share = shift[0] / (to[0] - from[0]);
                let same = (0..FEATURE_COUNT).all(|k| (shift[k] - share * (to[k] - from[k])).abs() < 1e-9);
                (same && share >= 0.0).then_some(share)
            };
            let share =
                pairs.filter(|(a, b)| a != b).find_map(of).expect("a share of a difference of two readers");
            most = most.max(share);
        }
        assert!(most > 1.4 && most < 1.7, "{most}");
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

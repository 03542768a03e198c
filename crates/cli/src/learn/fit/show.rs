//! What the network is shown in training: utterances as they are or degraded, shifted towards other speakers; and what it
//! shall make of them.

use ndarray::Array2;

use super::Recipe;
use crate::data::dataset::Dataset;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Scaler;

/// Utterances as the network is shown them; all of the same length B.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Standardised features of some version of each utterance, \[B, 88\].
    pub input: Array2<f64>,
    /// Standardised features of the utterance as it is, shifted as the input is, \[B, 88\].
    pub target: Array2<f64>,
    /// What the objective follows.
    pub labels: Vec<f64>,
    /// A number per emotion.
    pub classes: Vec<usize>,
}

/// Makes what the network is shown out of the training data.
pub(super) struct Shower<'a> {
    data: &'a Dataset,
    scaler: &'a Scaler,
    rows: &'a Array2<f64>,
    labels: &'a [f64],
    recipe: &'a Recipe,
    /// Mean row per speaker, in ascending order of speakers, and the place of each utterance's speaker in it.
    speaker_means: Vec<Vec<f64>>,
    place: Vec<usize>,
}

impl<'a> Shower<'a> {
    /// `rows`: standardised features of the data, as they are; `labels`: what the objective follows. Both one per
    /// utterance.
    pub fn new(
        data: &'a Dataset,
        scaler: &'a Scaler,
        rows: &'a Array2<f64>,
        labels: &'a [f64],
        recipe: &'a Recipe,
    ) -> Shower<'a> {
        let means = data.speaker_means(rows);
        let speakers: Vec<usize> = means.keys().copied().collect();
        let place = data.utterances.iter().map(|u| speakers.binary_search(&u.speaker).unwrap_or(0)).collect();
        Shower { data, scaler, rows, labels, recipe, speaker_means: means.into_values().collect(), place }
    }

    /// A batch of utterances.
    pub fn show(&self, batch: &[usize], random: &mut Random) -> Shown {
        let empty = || Array2::zeros((batch.len(), FEATURE_COUNT));
        let mut shown = Shown {
            input: empty(),
            target: empty(),
            labels: batch.iter().map(|&i| self.labels[i]).collect(),
            classes: batch.iter().map(|&i| self.data.utterances[i].emotion as usize).collect(),
        };
        let limit = self.recipe.limit;
        let places = shown.input.rows_mut().into_iter().zip(shown.target.rows_mut());
        for ((mut input, mut target), &i) in places.zip(batch) {
            let version = self.version(i, random);
            let shift = self.shift(i, random);
            for (k, (input, target)) in input.iter_mut().zip(&mut target).enumerate() {
                let clean = self.rows[[i, k]];
                let heard = version.map_or(clean, |v| self.scaler.standardise(k, v[k]).clamp(-limit, limit));
                let by = shift.as_ref().map_or(0.0, |shift| shift[k]);
                *input = (heard + by).clamp(-limit, limit);
                *target = (clean + by).clamp(-limit, limit);
            }
        }
        shown
    }

    /// A version of an utterance; `None`: as it is.
    fn version(&self, i: usize, random: &mut Random) -> Option<&'a [f32; FEATURE_COUNT]> {
        let versions = &self.data.utterances[i].renditions.versions;
        if versions.is_empty() || self.recipe.clean_share >= 1.0 {
            return None;
        }
        if random.uniform() < self.recipe.clean_share {
            return None;
        }
        versions.get(random.below(versions.len()))
    }

    /// What makes an utterance sound as if another speaker had said it, more or less.
    fn shift(&self, i: usize, random: &mut Random) -> Option<Vec<f64>> {
        if self.recipe.speaker_shift == 0.0 {
            return None;
        }
        let share = random.between(0.0, self.recipe.speaker_shift);
        let own = &self.speaker_means[self.place[i]];
        let other = &self.speaker_means[random.below(self.speaker_means.len())];
        Some(own.iter().zip(other).map(|(own, other)| share * (other - own)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::dataset::testing;

    /// The data's rows, and what a seed shows of every utterance.
    fn show(data: &Dataset, recipe: &Recipe, seed: u64) -> (Array2<f64>, Shown) {
        let scaler = data.scaler();
        let (rows, labels) = (data.standardised(&scaler, recipe.limit), data.labels());
        let batch: Vec<usize> = (0..data.len()).collect();
        let shown = Shower::new(data, &scaler, &rows, &labels, recipe).show(&batch, &mut Random::new(seed));
        (rows, shown)
    }

    fn unlimited() -> Recipe {
        Recipe { limit: 1e6, ..Recipe::shipped() }
    }

    #[test]
    fn what_is_shown_stays_within_the_limit_and_labels_stay_with_their_utterances() {
        let data = testing::with_versions(testing::dataset(3, 10, 4), 2);
        let recipe = Recipe { limit: 1.5, ..Recipe::shipped() };
        let (_, shown) = show(&data, &recipe, 1);
        assert!(shown.input.iter().chain(&shown.target).all(|v| v.abs() <= recipe.limit));
        let classes: Vec<usize> = data.utterances.iter().map(|u| u.emotion as usize).collect();
        assert_eq!((shown.labels, shown.classes), (data.labels(), classes));
    }

    #[test]
    fn the_plain_recipe_shows_the_data_as_they_are() {
        let data = testing::with_versions(testing::dataset(3, 10, 4), 2);
        let (rows, shown) = show(&data, &Recipe { limit: 1.5, ..Recipe::plain() }, 1);
        assert_eq!((&shown.input, &shown.target), (&rows, &rows));
    }

    #[test]
    fn targets_are_clean_rows_and_inputs_are_the_versions_in_their_shares() {
        let data = testing::with_versions(testing::dataset(5, 40, 4), 4);
        let recipe = Recipe { speaker_shift: 0.0, ..unlimited() };
        let (rows, shown) = show(&data, &recipe, 1);
        assert_eq!(shown.target, rows);
        let scaler = data.scaler();
        let mut counts = [0usize; 5];
        for (i, u) in data.utterances.iter().enumerate() {
            let is = |features: &[f32; FEATURE_COUNT]| {
                (0..FEATURE_COUNT).all(|k| shown.input[[i, k]] == scaler.standardise(k, features[k]))
            };
            let found = std::iter::once(&u.features).chain(&u.renditions.versions).position(is);
            counts[found.expect("an input is the utterance or one of its versions")] += 1;
        }
        // 400 utterances: 0.3 as they are, 0.175 in each of four versions; four deviations on either side.
        assert!((84..=157).contains(&counts[0]), "{counts:?}");
        assert!(counts[1..].iter().all(|n| (40..=101).contains(n)), "{counts:?}");
    }

    #[test]
    fn input_and_target_get_the_same_shift_along_the_way_to_another_speaker() {
        let data = testing::with_versions(testing::dataset(4, 10, 4), 3);
        let (rows, shown) = show(&data, &unlimited(), 1);
        let (_, still) = show(&data, &Recipe { clean_share: 0.0, ..unlimited() }, 1);
        let means = data.speaker_means(&rows);
        let scaler = data.scaler();
        let (mut most, mut beyond) = (0.0f64, 0);
        for (i, u) in data.utterances.iter().enumerate() {
            let shift: Vec<f64> = (0..FEATURE_COUNT).map(|k| shown.target[[i, k]] - rows[[i, k]]).collect();
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
            // … and the input, whichever version it is of, has moved by it.
            let moved = |features: &[f32; FEATURE_COUNT]| {
                (0..FEATURE_COUNT).all(|k| {
                    (shown.input[[i, k]] - scaler.standardise(k, features[k]) - shift[k]).abs() < 1e-9
                })
            };
            assert!(std::iter::once(&u.features).chain(&u.renditions.versions).any(moved), "{i}");
        }
        assert!(most > 1.5 && beyond > 10, "{most} {beyond}");
        assert_ne!(still.input, shown.input);
    }

    #[test]
    fn one_speaker_alone_is_only_ever_shifted_to_itself() {
        let data = testing::dataset(2, 10, 4).filter(|u| u.speaker == 0);
        let (rows, shown) = show(&data, &unlimited(), 1);
        assert_eq!((&shown.input, &shown.target), (&rows, &rows));
    }
}

//! What the network is shown in training: utterances as they are, or shifted towards other speakers and mixed.

use ndarray::Array2;

use super::Recipe;
use crate::egemaps::catalogue::FEATURE_COUNT;
use crate::training::dataset::Dataset;
use crate::training::random::Random;

/// Utterances as the network is shown them; all of the same length B.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Standardised features, \[B, 88\].
    pub rows: Array2<f64>,
    /// What the objective follows.
    pub labels: Vec<f64>,
    /// A number per emotion.
    pub classes: Vec<usize>,
}

/// Makes what the network is shown out of the training data.
pub(super) struct Shower<'a> {
    rows: &'a Array2<f64>,
    labels: &'a [f64],
    classes: Vec<usize>,
    recipe: &'a Recipe,
    /// Mean row per speaker, in ascending order of speakers, and the place of each utterance's speaker in it.
    speaker_means: Vec<Vec<f64>>,
    place: Vec<usize>,
}

impl<'a> Shower<'a> {
    /// `rows`: standardised features of the data; `labels`: what the objective follows. Both one per utterance.
    pub fn new(data: &Dataset, rows: &'a Array2<f64>, labels: &'a [f64], recipe: &'a Recipe) -> Shower<'a> {
        let means = data.speaker_means(rows);
        let speakers: Vec<usize> = means.keys().copied().collect();
        let place = data.utterances.iter().map(|u| speakers.binary_search(&u.speaker).unwrap_or(0)).collect();
        let classes = data.utterances.iter().map(|u| u.emotion as usize).collect();
        Shower { rows, labels, classes, recipe, speaker_means: means.into_values().collect(), place }
    }

    /// A batch of utterances.
    pub fn show(&self, batch: &[usize], random: &mut Random) -> Shown {
        let mut shown = Shown {
            rows: Array2::zeros((batch.len(), FEATURE_COUNT)),
            labels: Vec::with_capacity(batch.len()),
            classes: Vec::with_capacity(batch.len()),
        };
        for (mut out, &i) in shown.rows.rows_mut().into_iter().zip(batch) {
            let first = self.shifted(i, random);
            let (mut label, mut class) = (self.labels[i], self.classes[i]);
            if self.recipe.mix {
                let j = random.below(self.labels.len());
                let second = self.shifted(j, random);
                let share = random.uniform();
                for ((out, a), b) in out.iter_mut().zip(&first).zip(&second) {
                    *out = share * a + (1.0 - share) * b;
                }
                label = share * label + (1.0 - share) * self.labels[j];
                if share < 0.5 {
                    class = self.classes[j];
                }
            } else {
                for (out, a) in out.iter_mut().zip(&first) {
                    *out = *a;
                }
            }
            shown.labels.push(label);
            shown.classes.push(class);
        }
        shown
    }

    /// An utterance as if another speaker had said it, more or less.
    fn shifted(&self, i: usize, random: &mut Random) -> Vec<f64> {
        let row = self.rows.row(i);
        if self.recipe.speaker_shift == 0.0 {
            return row.to_vec();
        }
        let share = random.between(0.0, self.recipe.speaker_shift);
        let own = &self.speaker_means[self.place[i]];
        let other = &self.speaker_means[random.below(self.speaker_means.len())];
        let limit = self.recipe.limit;
        row.iter()
            .zip(own.iter().zip(other))
            .map(|(v, (own, other))| (v + share * (other - own)).clamp(-limit, limit))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::dataset::testing;

    fn show(data: &Dataset, recipe: &Recipe) -> (Array2<f64>, Shown) {
        let (rows, labels) = (data.standardised(&data.scaler(), recipe.limit), data.labels());
        let batch: Vec<usize> = (0..data.len()).collect();
        let shown = Shower::new(data, &rows, &labels, recipe).show(&batch, &mut Random::new(1));
        (rows, shown)
    }

    #[test]
    fn what_is_shown_stays_within_the_limit_and_between_its_sources() {
        let data = testing::dataset(3, 10, 4);
        let recipe = Recipe { limit: 1.5, ..Recipe::shipped() };
        let (rows, shown) = show(&data, &recipe);
        assert!(shown.rows.iter().all(|v| v.abs() <= recipe.limit));
        assert!(shown.labels.iter().all(|l| (1.0..=5.0).contains(l)));
        assert_ne!(shown.rows, rows);

        let (rows, still) = show(&data, &Recipe { speaker_shift: 0.0, mix: false, ..recipe });
        let classes: Vec<usize> = data.utterances.iter().map(|u| u.emotion as usize).collect();
        assert_eq!(still, Shown { rows, labels: data.labels(), classes });
    }

    #[test]
    fn a_mixed_utterance_counts_as_the_emotion_of_its_larger_share() {
        // Two utterances, with labels that say which share is larger.
        let mut data = testing::dataset(1, 1, 4);
        for (u, label) in data.utterances.iter_mut().zip([1.0, 5.0]) {
            u.activation = label;
            u.emotion = if label > 3.0 { crate::training::corpora::Emotion::Anger } else { u.emotion };
        }
        data.utterances[0].emotion = crate::training::corpora::Emotion::Sadness;
        let (rows, labels) = (data.standardised(&data.scaler(), 5.0), data.labels());
        let recipe = Recipe::shipped();
        let shown = Shower::new(&data, &rows, &labels, &recipe).show(&[0; 200], &mut Random::new(1));
        let anger = crate::training::corpora::Emotion::Anger as usize;
        let mut seen = [false; 2];
        for (label, &class) in shown.labels.iter().zip(&shown.classes) {
            assert_eq!(class == anger, *label > 3.0, "{label}");
            seen[usize::from(class == anger)] = true;
        }
        assert_eq!(seen, [true; 2]);
    }

    #[test]
    fn one_speaker_alone_is_only_ever_shifted_to_itself() {
        let data = testing::dataset(2, 10, 4).filter(|u| u.speaker == 0);
        let (rows, shown) = show(&data, &Recipe { mix: false, limit: 1e6, ..Recipe::shipped() });
        assert_eq!(shown.rows, rows);
    }
}

//! The recipe: from a data set and a seed to a network.
//!
//! The network and its objective are the study's. What is added around them (speaker shifts, mixing) changes what
//! the network is shown, never what it is.

use ndarray::Array2;

use super::adam::Adam;
use super::backprop::{Batch, loss_and_gradient};
use super::dataset::Dataset;
use super::random::Random;
use crate::egemaps::catalogue::FEATURE_COUNT;
use crate::model::{Family, LATENT_COUNT, Network, Objective, Scaler};

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// What shapes the latent space besides reconstruction.
    pub objective: Objective,
    /// Kind of autoencoder.
    pub family: Family,
    /// Passes over the data.
    pub epochs: usize,
    /// Utterances per step.
    pub batch: usize,
    /// Adam's learning rate at the start; it falls to 0 along a half cosine.
    pub rate: f64,
    /// Decoupled weight decay.
    pub decay: f64,
    /// Standard deviation of the noise on the standardised input.
    pub noise: f64,
    /// Whether the logarithm of the objective is minimised.
    pub logarithm: bool,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// Largest share of the way from an utterance's own speaker's mean to another speaker's mean that the utterance is
    /// shifted by; 0 for none.
    pub speaker_shift: f64,
    /// Whether every utterance is mixed with another one, labels alike.
    pub mix: bool,
}

impl Recipe {
    /// What the shipped model is trained by: the study's training, longer, on voices that are shifted towards other
    /// speakers and mixed. How it was chosen stands in `docs/results.md`.
    pub fn shipped() -> Recipe {
        Recipe { epochs: 100, limit: 5.0, speaker_shift: 1.0, mix: true, ..Recipe::plain() }
    }

    /// The study's own training (method §3), but for the falling learning rate.
    pub fn plain() -> Recipe {
        Recipe {
            objective: Objective::MetricAct,
            family: Family::Dae,
            epochs: 50,
            batch: 64,
            rate: 1e-3,
            decay: 0.0,
            noise: 1.0,
            logarithm: false,
            limit: 10.0,
            speaker_shift: 0.0,
            mix: false,
        }
    }
}

/// A trained network with what it needs to score.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Mean and scale of the training features.
    pub scaler: Scaler,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// The network; its weights are `f32` values.
    pub network: Network,
    /// Weights of the latent coordinates in the score.
    pub readout: [f64; LATENT_COUNT],
    /// Score = readout · latent + offset.
    pub offset: f64,
}

impl Fitted {
    /// Scores of utterances.
    pub fn predict(&self, data: &Dataset) -> Vec<f64> {
        self.latents(data).into_iter().map(|point| self.score(point)).collect()
    }

    /// Latent coordinates of utterances.
    pub fn latents(&self, data: &Dataset) -> Vec<[f64; LATENT_COUNT]> {
        data.utterances.iter().map(|u| self.latent(&self.standardise(&u.features))).collect()
    }

    /// Standardised, limited features.
    pub fn standardise(&self, features: &[f32; FEATURE_COUNT]) -> [f64; FEATURE_COUNT] {
        std::array::from_fn(|i| self.scaler.standardise(i, features[i]).clamp(-self.limit, self.limit))
    }

    /// Latent coordinates of standardised features.
    pub fn latent(&self, z: &[f64; FEATURE_COUNT]) -> [f64; LATENT_COUNT] {
        let point = self.network.encode(z);
        [point[0], point[1]]
    }

    /// Score of latent coordinates.
    pub fn score(&self, [z1, z2]: [f64; LATENT_COUNT]) -> f64 {
        self.readout[0] * z1 + self.readout[1] * z2 + self.offset
    }
}

/// Trains by the recipe; the same data, recipe and seed give the same bits. `tick` is called after every epoch.
pub fn fit(data: &Dataset, recipe: &Recipe, seed: u64, tick: &(dyn Fn() + Sync)) -> Fitted {
    let scaler = data.scaler();
    let rows = data.standardised(&scaler, recipe.limit);
    let mut network = train(data, &rows, recipe, seed, tick);
    network.round_to_f32();
    let mut fitted = Fitted { scaler, limit: recipe.limit, network, readout: [0.5, 0.5], offset: 0.0 };
    let latents = fitted.latents(data);
    if recipe.objective != Objective::MetricAct {
        fitted.readout = least_squares(&latents, &data.labels());
    }
    // The mean score of the training data is their mean label.
    let mut sum = 0.0;
    for (u, &point) in data.utterances.iter().zip(&latents) {
        sum += u.activation - fitted.score(point);
    }
    fitted.offset = sum / data.len().max(1) as f64;
    fitted
}

/// Slopes of the plane through points and values with the least squared error; 0 in directions without spread.
fn least_squares(points: &[[f64; LATENT_COUNT]], values: &[f64]) -> [f64; LATENT_COUNT] {
    let count = points.len().max(1) as f64;
    let (mut mean, mut value_mean) = ([0.0; 2], 0.0);
    for (point, value) in points.iter().zip(values) {
        mean[0] += point[0] / count;
        mean[1] += point[1] / count;
        value_mean += value / count;
    }
    let (mut xx, mut xy, mut yy, mut xv, mut yv) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (point, value) in points.iter().zip(values) {
        let (x, y, v) = (point[0] - mean[0], point[1] - mean[1], value - value_mean);
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xv += x * v;
        yv += y * v;
    }
    let determinant = xx * yy - xy * xy;
    if determinant > 1e-12 * xx * yy {
        return [(yy * xv - xy * yv) / determinant, (xx * yv - xy * xv) / determinant];
    }
    // All points on a line: share the slope along it, so that equal coordinates get equal weights.
    let spread = xx + yy;
    if spread > 0.0 { [xv / spread, yv / spread] } else { [0.0; 2] }
}

/// Weights and biases uniform in ± 1/√inputs.
fn initial(random: &mut Random) -> Network {
    let mut network = Network::zeros();
    for layer in network.encoder.iter_mut().chain(&mut network.decoder) {
        let bound = 1.0 / libm::sqrt(layer.weight.ncols() as f64);
        layer.weight.mapv_inplace(|_| random.between(-bound, bound));
        layer.bias.mapv_inplace(|_| random.between(-bound, bound));
    }
    network
}

fn train(
    data: &Dataset,
    rows: &Array2<f64>,
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Network {
    let mut random = Random::new(seed);
    let mut network = initial(&mut random);
    let mut gradient = Network::zeros();
    let mut adam = Adam::new(recipe.decay);
    let shower = Shower::new(data, rows, recipe);
    let mut order: Vec<usize> = (0..data.len()).collect();
    let steps = (recipe.epochs * order.len().div_ceil(recipe.batch.max(1))).max(1) as f64;
    let mut step = 0.0;
    for _ in 0..recipe.epochs {
        random.shuffle(&mut order);
        for batch in order.chunks(recipe.batch.max(1)) {
            let (target, labels) = shower.show(batch, &mut random);
            let input = target.mapv(|v| v + recipe.noise * random.normal());
            let batch = Batch { input: &input, target: &target, labels: &labels };
            loss_and_gradient(&network, batch, recipe.logarithm, &mut gradient);
            let rate = recipe.rate * (1.0 + libm::cos(std::f64::consts::PI * step / steps)) / 2.0;
            adam.step(&mut network, &gradient, rate);
            step += 1.0;
        }
        tick();
    }
    network
}

/// Makes what the network is shown out of the training data.
struct Shower<'a> {
    data: &'a Dataset,
    rows: &'a Array2<f64>,
    recipe: &'a Recipe,
    /// Mean row per speaker, in ascending order of speakers, and the place of each utterance's speaker in it.
    speaker_means: Vec<Vec<f64>>,
    place: Vec<usize>,
}

impl<'a> Shower<'a> {
    fn new(data: &'a Dataset, rows: &'a Array2<f64>, recipe: &'a Recipe) -> Shower<'a> {
        let means = data.speaker_means(rows);
        let speakers: Vec<usize> = means.keys().copied().collect();
        let place = data.utterances.iter().map(|u| speakers.binary_search(&u.speaker).unwrap_or(0)).collect();
        Shower { data, rows, recipe, speaker_means: means.into_values().collect(), place }
    }

    /// Rows and labels for a batch of utterances.
    fn show(&self, batch: &[usize], random: &mut Random) -> (Array2<f64>, Vec<f64>) {
        let mut shown = Array2::zeros((batch.len(), FEATURE_COUNT));
        let mut labels = Vec::with_capacity(batch.len());
        for (mut out, &i) in shown.rows_mut().into_iter().zip(batch) {
            let first = self.shifted(i, random);
            let mut label = self.data.utterances[i].activation;
            if self.recipe.mix {
                let j = random.below(self.data.len());
                let second = self.shifted(j, random);
                let share = random.uniform();
                for ((out, a), b) in out.iter_mut().zip(&first).zip(&second) {
                    *out = share * a + (1.0 - share) * b;
                }
                label = share * label + (1.0 - share) * self.data.utterances[j].activation;
            } else {
                for (out, a) in out.iter_mut().zip(&first) {
                    *out = *a;
                }
            }
            labels.push(label);
        }
        (shown, labels)
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
    use crate::training::statistics::spearman;

    #[test]
    fn a_seed_gives_the_same_bits_and_another_gives_others() {
        let data = testing::dataset(3, 10, 1);
        let recipe = Recipe { epochs: 3, batch: 16, ..Recipe::shipped() };
        let one = fit(&data, &recipe, 1, &|| ());
        assert_eq!(fit(&data, &recipe, 1, &|| ()), one);
        assert_ne!(fit(&data, &recipe, 2, &|| ()).network, one.network);
        // Weights are what a file can hold.
        assert!(one.network.encoder[0].weight.iter().all(|&w| f64::from(w as f32) == w));
    }

    #[test]
    fn both_recipes_learn_what_is_in_the_data() {
        let (train, test) = (testing::dataset(6, 25, 1), testing::dataset(6, 25, 2));
        for recipe in [Recipe::plain(), Recipe::shipped()] {
            let recipe = Recipe { epochs: 40, batch: 16, ..recipe };
            let rho = spearman(&fit(&train, &recipe, 1, &|| ()).predict(&test), &test.labels()).unwrap();
            assert!(rho > 0.7, "{rho}");
        }
    }

    #[test]
    fn what_is_shown_stays_within_the_limit_and_between_its_sources() {
        let data = testing::dataset(3, 10, 4);
        let recipe = Recipe { limit: 1.5, ..Recipe::shipped() };
        let rows = data.standardised(&data.scaler(), recipe.limit);
        let shower = Shower::new(&data, &rows, &recipe);
        let batch: Vec<usize> = (0..data.len()).collect();
        let (shown, labels) = shower.show(&batch, &mut Random::new(1));
        assert!(shown.iter().all(|v| v.abs() <= recipe.limit));
        assert!(labels.iter().all(|l| (1.0..=5.0).contains(l)));
        assert_ne!(shown, rows);

        let still = Recipe { speaker_shift: 0.0, mix: false, ..recipe };
        let (shown, labels) = Shower::new(&data, &rows, &still).show(&batch, &mut Random::new(1));
        assert_eq!((shown, labels), (rows.clone(), data.labels()));
    }

    #[test]
    fn one_speaker_alone_is_only_ever_shifted_to_itself() {
        let data = testing::dataset(2, 10, 4).filter(|u| u.speaker == 0);
        let recipe = Recipe { mix: false, limit: 1e6, ..Recipe::shipped() };
        let rows = data.standardised(&data.scaler(), recipe.limit);
        let batch: Vec<usize> = (0..data.len()).collect();
        let (shown, _) = Shower::new(&data, &rows, &recipe).show(&batch, &mut Random::new(1));
        assert_eq!(shown, rows);
    }
}

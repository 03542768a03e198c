//! Training: from a data set, a recipe and a seed to a network that scores.
//!
//! | module | what |
//! |---|---|
//! | `recipe` | the hyper-parameters |
//! | `batch_sampler` | training batches with augmentation: degraded versions, shifts between voices |
//! | `line_unit` | a line in a spare unit per hidden layer |
//! | `rescale` | brings the latent plane to the unit of the labels |
//! | `error` | why a network cannot be trained on some data |

mod batch_sampler;
mod error;
mod line_unit;
mod recipe;
mod rescale;

use self::batch_sampler::{BatchSampler, TrainingRows};
pub use self::error::{FitError, Label};
pub use self::recipe::{LineInNetwork, Precision, ReadingUse, Recipe, ShiftBy};
use crate::data::dataset::{Dataset, Variants};
use crate::learn::adam::Adam;
use crate::learn::autoencoder::Autoencoder;
use crate::learn::line::LineSums;
use crate::learn::loss::{
    Batch, LossSettings, annealed_beta, decoder_gradient, loss_and_gradient, no_latent_noise,
};
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{Architecture, LATENT_COUNT, Layer, Network, Objective, Scaler};

/// A trained network with what it needs to score.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedNetwork {
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

impl FittedNetwork {
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
        self.network.encode(z)
    }

    /// Score of latent coordinates.
    pub fn score(&self, [z1, z2]: [f64; LATENT_COUNT]) -> f64 {
        self.readout[0] * z1 + self.readout[1] * z2 + self.offset
    }
}

/// Trains a network by the recipe; the same data, recipe and seed give the same bits. `tick` is called after every epoch.
///
/// # Errors
/// [`FitError`]: what [`check`] finds, or a loss that is not finite.
pub fn fit(
    data: &Dataset,
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<FittedNetwork, FitError> {
    check(data, recipe)?;
    let without_readings;
    let data = match recipe.reading {
        Some(_) => data,
        None => {
            without_readings = data.without_readings();
            &without_readings
        }
    };
    let scaler = data.scaler();
    let rows = TrainingRows::new(data, &scaler, recipe);
    let sampler = BatchSampler::new(&rows, recipe);
    // The log-variance head of a VAE is used in training only.
    let mut network = train(&sampler, data.len(), recipe, seed, tick)?.network;
    let has_axis = matches!(recipe.objective, Objective::MetricAct | Objective::MetricVal);
    let rescale = |network: &mut Network| {
        if recipe.rescale && has_axis {
            rescale::rescale_to_labels(network, data, &rows.clean, &rows.labels);
        }
    };
    rescale(&mut network);
    if let Some(line) = recipe.own_line() {
        let weights = line_in_label_units(&rows, &line, recipe.limit);
        line_unit::insert_line(&mut network, &weights, line.share, recipe.limit);
        // The mean of two has less spread than either.
        rescale(&mut network);
        round(&mut network.encoder, recipe.precision);
        train_decoder(&mut network, &sampler, recipe, seed);
    }
    round(&mut network.encoder, recipe.precision);
    round(&mut network.decoder, recipe.precision);
    network.round_to_f32();
    let mut fitted = FittedNetwork { scaler, limit: recipe.limit, network, readout: [0.5, 0.5], offset: 0.0 };
    let latents = fitted.latents(data);
    if !recipe.objective.has_own_score() {
        fitted.readout = least_squares(&latents, &data.labels());
    }
    // The mean score of the labelled utterances is their mean label.
    let mut sum = 0.0;
    for (u, &point) in data.utterances.iter().zip(&latents) {
        sum += u.activation - fitted.score(point);
    }
    fitted.offset = sum / data.len().max(1) as f64;
    Ok(fitted)
}

fn round(layers: &mut [Layer], precision: Precision) {
    if precision == Precision::Half {
        Network::round_to_f16(layers);
    }
}

/// Weights of the line on standardised features, its slope against the labels 1 within corpora.
fn line_in_label_units(rows: &TrainingRows, line: &LineInNetwork, limit: f64) -> Vec<f64> {
    let sums = LineSums::new(rows.data, rows.scaler, limit, line.settings.reading);
    let line = sums.fit(&line.settings);
    let axis: Vec<f64> = rows
        .clean
        .rows()
        .into_iter()
        .take(rows.data.len())
        .map(|row| line.predict(row.iter().copied()))
        .collect();
    let slope = rescale::slope(rows.data, &axis, &rows.labels);
    line.weights.iter().map(|w| slope * w).collect()
}

/// Checks whether a network can be trained on the data by the recipe.
///
/// # Errors
/// [`FitError`]: no rows, features or labels that are no numbers, constant activation labels (every score is made from
/// them); for metric-val missing or constant valence labels; for metric-cluster a single emotion.
pub fn check(data: &Dataset, recipe: &Recipe) -> Result<(), FitError> {
    let utterances = data.len();
    let Some(first_utterance) = data.utterances.first() else { return Err(FitError::Empty) };
    let broken = |(features, variants): (&[f32; FEATURE_COUNT], &Variants)| {
        let mut features = std::iter::once(features).chain(&variants.augmented);
        features.find_map(|features| features.iter().position(|v| !v.is_finite()))
    };
    let recordings = data.features().zip(data.variants()).enumerate();
    let mut bad = recordings.filter_map(|(i, recording)| broken(recording).map(|f| (i, f)));
    if let Some((first, feature)) = bad.next() {
        let utterances = utterances + data.readings.len();
        return Err(FitError::Features { bad: 1 + bad.count(), utterances, first, feature });
    }
    check_labels(Label::Activation, &data.labels())?;
    match recipe.objective {
        Objective::MetricVal => {
            let valence: Vec<f64> = data.utterances.iter().filter_map(|u| u.valence).collect();
            if valence.len() < utterances {
                return Err(FitError::NoValence { missing: utterances - valence.len(), utterances });
            }
            check_labels(Label::Valence, &valence)
        }
        Objective::MetricCluster if data.utterances.iter().all(|u| u.emotion == first_utterance.emotion) => {
            Err(FitError::OneEmotion { emotion: first_utterance.emotion, utterances })
        }
        _ => Ok(()),
    }
}

fn check_labels(label: Label, values: &[f64]) -> Result<(), FitError> {
    let bad = values.iter().filter(|v| !v.is_finite()).count();
    if bad > 0 {
        return Err(FitError::LabelNotFinite { label, bad, utterances: values.len() });
    }
    match values.first() {
        Some(&value) if values.iter().all(|&v| v == value) => Err(FitError::ConstantLabels { label, value }),
        _ => Ok(()),
    }
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

/// Trains by Adam with a learning rate that falls along half a cosine to 0. `utterances`: how many labelled ones there are.
///
/// Without readings, and with corpora as they fall, every epoch shuffles the order that the last one left (the first: that of the data set) and cuts it into
/// consecutive batches of [`Recipe::batch_size`]; the last of an epoch may be smaller, and every utterance occurs once per
/// epoch. Otherwise rows are drawn with replacement, each from a corpus that is drawn by its weight. One generator, seeded
/// with `seed`, draws in this order: initial weights; per epoch its rows; per batch and row its augmentation and its
/// shift; then the batch's input noise (DAE) or latent noise (VAE), row by row.
fn train(
    sampler: &BatchSampler,
    utterances: usize,
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<Autoencoder, FitError> {
    let mut random = Random::new(seed);
    let mut model = Autoencoder::initial(recipe.architecture, &mut random);
    for layer in model.network.encoder.iter_mut().filter(|layer| layer.rectify) {
        layer.bias += recipe.initial_bias;
    }
    if recipe.own_line().is_some() {
        line_unit::clear_spare_units(&mut model.network);
    }
    let mut gradient = Autoencoder::zeros(recipe.architecture);
    let mut adam = Adam::new(recipe.architecture);
    let mut order: Vec<usize> = (0..utterances).collect();
    let mut rate = FallingRate::new(recipe, recipe.epochs * sampler.batches());
    for epoch in 1..=recipe.epochs {
        let settings = LossSettings {
            objective: recipe.objective,
            as_released: recipe.as_released,
            logarithm: recipe.logarithm,
            beta: annealed_beta(recipe.beta, epoch, recipe.epochs),
        };
        for batch in sampler.epoch(&mut order, &mut random) {
            let sampled = sampler.sample(&batch, &mut random);
            let (input, latent_noise) = match recipe.architecture {
                Architecture::Dae => {
                    (sampled.input.mapv(|v| v + recipe.noise * random.normal()), no_latent_noise(batch.len()))
                }
                Architecture::Vae => (sampled.input, no_latent_noise(batch.len()).mapv(|_| random.normal())),
            };
            let batch = Batch {
                input: &input,
                target: &sampled.target,
                labels: &sampled.labels,
                classes: &sampled.classes,
                latent_noise: &latent_noise,
            };
            if !loss_and_gradient(&model, batch, &settings, &mut gradient).total.is_finite() {
                return Err(FitError::Diverged { epoch });
            }
            adam.step(&mut model, &gradient, rate.next());
        }
        tick();
    }
    Ok(model)
}

/// A learning rate that falls to 0 along half a cosine.
struct FallingRate {
    start: f64,
    step: f64,
    steps: f64,
}

impl FallingRate {
    fn new(recipe: &Recipe, steps: usize) -> FallingRate {
        FallingRate { start: recipe.learning_rate, step: 0.0, steps: steps.max(1) as f64 }
    }

    fn next(&mut self) -> f64 {
        let rate = self.start * (1.0 + libm::cos(std::f64::consts::PI * self.step / self.steps)) / 2.0;
        self.step += 1.0;
        rate
    }
}

/// Trains the decoder further, for latents that it has not seen; the encoder stays as it is. As many epochs as the network had,
/// with draws of their own; inputs have the noise of a DAE, a VAE decodes the mean of the latent distribution.
fn train_decoder(network: &mut Network, sampler: &BatchSampler, recipe: &Recipe, seed: u64) {
    let mut random = Random::new(seed);
    let mut model = Autoencoder { network: network.clone(), log_variance: None };
    let mut gradient = Autoencoder::zeros(Architecture::Dae);
    let mut adam = Adam::new(Architecture::Dae);
    let mut order: Vec<usize> = (0..sampler.labelled()).collect();
    let mut rate = FallingRate::new(recipe, recipe.epochs * sampler.batches());
    for _ in 0..recipe.epochs {
        for batch in sampler.epoch(&mut order, &mut random) {
            let sampled = sampler.sample(&batch, &mut random);
            let input = match recipe.architecture {
                Architecture::Dae => sampled.input.mapv(|v| v + recipe.noise * random.normal()),
                Architecture::Vae => sampled.input,
            };
            decoder_gradient(&model.network, &input, &sampled.target, &mut gradient.network);
            // The encoder's gradients are 0, and Adam leaves it alone.
            adam.step(&mut model, &gradient, rate.next());
        }
    }
    *network = model.network;
}

#[cfg(test)]
mod tests;

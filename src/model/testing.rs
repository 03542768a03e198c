//! Small random models for tests.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use super::*;
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};

/// Numbers in −1 … 1 from a linear congruential generator (Knuth's MMIX constants): tests only.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn draw(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

/// A random network of the layers of Das et al.
pub fn network(seed: u64) -> Network {
    let mut numbers = Numbers(seed);
    let mut network = Network::zeros();
    for layer in network.encoder.iter_mut().chain(&mut network.decoder) {
        let bound = 2.0 / libm::sqrt(layer.weight.ncols() as f64);
        layer.weight.mapv_inplace(|_| bound * numbers.draw());
        layer.bias.mapv_inplace(|_| bound * numbers.draw());
    }
    network.round_to_f32();
    network
}

/// A random model with five training voices.
pub fn model(seed: u64) -> Model {
    let mut numbers = Numbers(seed ^ 0xABCD);
    let corpus = |id: &str| CorpusInfo {
        id: id.into(),
        name: format!("The corpus {id}"),
        language: "German".into(),
        licence: "CC0-1.0".into(),
        labels: LabelOrigin::Human,
        utterances: 3,
        speakers: 2,
    };
    let info = ModelInfo {
        format: FORMAT_VERSION,
        catalogue: CATALOGUE_VERSION.into(),
        objective: Objective::MetricAct,
        architecture: Architecture::Dae,
        readout: [0.5, 0.5],
        offset: 3.25,
        limit: 10.0,
        interval: Interval {
            level: 0.8,
            lower: -0.75,
            upper: 0.5,
            method: "made up".into(),
            residuals: 5,
            half_widths: None,
        },
        novelty: Novelty { quantile: 0.99, reconstruction_error: 50.0, feature_distance: 3.0 },
        order: None,
        corpora: vec![corpus("one"), corpus("two")],
        emotions: vec!["anger".into(), "neutral".into()],
        speakers: vec!["one/a".into(), "one/b".into(), "two/a".into()],
        provenance: Provenance {
            name: "random".into(),
            seed,
            epochs: 0,
            date: "2000-01-01".into(),
            commit: "none".into(),
            version: "0".into(),
        },
        hash: String::new(),
    };
    let scaler = Scaler {
        mean: (0..FEATURE_COUNT).map(|_| numbers.draw() as f32 * 20.0).collect(),
        scale: (0..FEATURE_COUNT).map(|_| numbers.draw() as f32 * 4.0 + 4.5).collect(),
    };
    let training_voices = TrainingVoices {
        latent: (0..5).map(|_| [numbers.draw() as f32, numbers.draw() as f32]).collect(),
        activation: vec![1.0, 2.0, 3.0, 4.0, 5.0],
        emotion: vec![0, 1, 0, 1, 0],
        corpus: vec![0, 0, 0, 1, 1],
        speaker: vec![0, 1, 0, 2, 2],
    };
    let columns: Vec<Vec<f32>> =
        (0..FEATURE_COUNT).map(|_| (0..9).map(|_| numbers.draw() as f32).collect()).collect();
    Model::from_parts(info, scaler, network(seed), training_voices, Quantiles::of(&columns)).unwrap()
}

/// The same model with half-widths and the order of two recordings.
pub fn calibrated(model: &Model) -> Model {
    let mut info = model.info().clone();
    info.interval.half_widths = Some(HalfWidths {
        speech_s: [1.0, 2.0, 3.0],
        clean: [0.75, 0.5, 0.25],
        noisy: [1.25, 0.75, 0.5],
        noisy_below_snr_db: 12.0,
        residuals: [[40, 30, 20], [4, 3, 2]],
    });
    info.order = Some(Order {
        speech_s: [1.0, 2.0, 3.0],
        slopes: [2.0, 3.0, 4.0],
        speakers: 3,
        pairs: 17,
        method: "made up, too".into(),
    });
    with_info(model, info)
}

/// The same model with other metadata.
pub fn with_info(model: &Model, info: ModelInfo) -> Model {
    Model::from_parts(
        info,
        model.scaler().clone(),
        model.network().clone(),
        model.training_voices().clone(),
        model.quantiles().clone(),
    )
    .unwrap()
}

/// Features around the model's training mean, up to two scales away.
pub fn features(model: &Model, seed: u64) -> [f32; FEATURE_COUNT] {
    let mut numbers = Numbers(seed);
    std::array::from_fn(|i| model.scaler().mean[i] + model.scaler().scale[i] * 2.0 * numbers.draw() as f32)
}

//! The model: 88 numbers in, two coordinates, an activation (arousal) score and its uncertainty out.
//!
//! A fully connected autoencoder 88 → 40 → 20 → 10 → **2** → 10 → 20 → 40 → 88 (Das et al. 2022) whose two latent
//! coordinates were trained to average to the activation of the voice plus a constant. So the score is the mean of
//! the two coordinates plus an offset, in label units: 1 calm … 5 excited (never clamped here). The other objectives of
//! Das et al. define no such axis; there the score is a linear readout of the coordinates that was fitted to the
//! training labels ([`ModelInfo::readout`]).
//!
//! Weights are stored as `f32` and evaluated in `f64` with plain loops in a fixed order: the same bits everywhere.
//!
//! This module knows nothing of sound; of [`egemaps`] it uses the catalogue of names only.
//!
//! | file | what is in it |
//! |---|---|
//! | `evaluate` | [`Model`]: standardise, encode, score, interval, novelty |
//! | `built_in` | the models that come with the program |
//! | `weights`, `container` | reading and writing weights files; the format safetensors, of which they are |
//! | `packed` | the models as the page loads them |
//! | `fingerprints` | which recordings a model was trained on |
//! | [`half`] | numbers of 16 bits, in which some weights are stored |
//! | `info` | the metadata of a weights file |
//! | `half_width` | the interval's half-width by duration of the speech and background |
//! | [`order`] | how often listeners hear two recordings of one voice in the order of their scores |
//! | `network`, `scaler` | layers and autoencoder; mean and scale of the features |
//! | `training_voices`, `quantiles` | the training utterances in the latent space; distributions of their features |
//! | `laughter` | the rhythm of laughter, which neither novelty threshold notices |
//! | `layer_activations` | what every unit of the encoder puts out |
//! | `projection` | how a model's latent space lies on the map |
//!
//! ```
//! use undertone::model::{Objective, built_in};
//!
//! let model = built_in(Objective::MetricAct)?;
//! // The average training voice, and one whose pitch is higher: its mean and its percentiles.
//! let mut features: [f32; 88] = std::array::from_fn(|i| model.scaler().mean[i]);
//! assert_eq!(model.evaluate(&features).activation, model.baseline());
//! for i in [0, 2, 3, 4] {
//!     features[i] += model.scaler().scale[i];
//! }
//! assert!(model.evaluate(&features).activation > model.baseline());
//! # Ok::<(), undertone::model::ModelError>(())
//! ```

#[cfg(not(target_arch = "wasm32"))]
mod built_in;
mod container;
mod error;
mod evaluate;
mod fingerprints;
pub mod half;
mod half_width;
mod info;
mod laughter;
mod layer_activations;
mod network;
pub mod order;
mod packed;
mod projection;
mod quantiles;
mod scaler;
#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
pub mod testing;
mod training_voices;
mod weights;

#[cfg(not(target_arch = "wasm32"))]
pub use built_in::{built_in, built_in_bytes};
pub use container::{ContainerError, ElementType};
pub use error::ModelError;
pub use evaluate::{Evaluation, Model, ModelInput};
pub use fingerprints::{FINGERPRINT_BYTES, Fingerprint, Fingerprints, fingerprint};
pub use half_width::{Circumstances, HalfWidths, KNOTS};
pub use info::{
    Architecture, CorpusInfo, FORMAT_VERSION, Interval, LabelOrigin, ModelInfo, Novelty, Objective,
    Provenance,
};
pub use layer_activations::LayerActivations;
pub use network::{LATENT_COUNT, Layer, Network, WIDTHS};
pub use order::{Order, OrderEstimate, OrderVerdict};
#[cfg(not(target_arch = "wasm32"))]
pub use packed::{PackedModels, pack};
pub use projection::{MapAxis, MapProjection};
pub use quantiles::{QUANTILE_COUNT, Quantiles};
pub use scaler::Scaler;
pub use training_voices::TrainingVoices;

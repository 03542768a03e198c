//! Training and evaluation: corpora in, weights files and tables out. Native only.
//!
//! Everything is deterministic for a seed on any machine: sums run in a fixed order, transcendental functions come
//! from `libm`, random numbers from one documented generator. Threads only ever work on separate runs.
//!
//! | module | what |
//! |---|---|
//! | [`corpora`] | labelled speech: folder layouts, ratings, feature tables, a cache of features |
//! | [`dataset`] | utterances as numbers; scaler; stratified and speaker-grouped folds |
//! | [`autoencoder`] | what training moves: the network, and a VAE's second head |
//! | [`metric`], [`loss`], [`adam`] | the objectives, their gradients, the optimiser |
//! | [`fit`] | the recipe: from a data set and a seed to a network |
//! | [`baselines`], [`svc`] | ridge regression and the best single feature; linear support-vector classification |
//! | [`statistics`] | rank correlation, quantiles |
//! | [`ship`], [`card`] | interval, novelty thresholds, cloud: the weights file and its card |
//! | [`zero_shot`] | one model on the unheard: the table of zero-shot results, and how a weights file judges |
//! | [`study`] | all methods side by side over seeds and folds, with baselines |

pub mod adam;
pub mod autoencoder;
mod backprop;
pub mod baselines;
pub mod card;
pub mod corpora;
pub mod dataset;
pub mod fit;
pub mod loss;
pub mod metric;
pub mod random;
pub mod ship;
pub mod statistics;
pub mod study;
pub mod svc;
pub mod zero_shot;

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
//! | [`augment`] | versions of training utterances: randomly degraded, seeded by their content |
//! | [`conditions`] | noise, rooms, telephones: sound under other conditions |
//! | [`sound_sets`] | synthetic sounds that are no speech, and voices of adults and children |
//! | [`robustness`] | scores under conditions, novelty, personal baselines |
//! | [`interval`] | how far labels lie from scores of the unheard |
//! | [`held_out`] | what networks say about speech that they have not heard |
//! | [`ship`], [`card`] | novelty thresholds, cloud: the weights file and its card |
//! | [`attribution_study`] | which groups of features move each method's output, and for which emotions |
//! | [`ablation`] | the shipped recipe with one thing changed at a time |
//! | [`zero_shot`] | one model on the unheard: the table of zero-shot results, and how a weights file judges |
//! | [`study`] | all methods side by side over seeds and folds, with baselines |

pub mod ablation;
pub mod adam;
pub mod attribution_study;
pub mod augment;
pub mod autoencoder;
mod backprop;
pub mod baselines;
pub mod card;
pub mod conditions;
pub mod corpora;
pub mod dataset;
pub mod fit;
pub mod held_out;
pub mod interval;
pub mod loss;
pub mod metric;
pub mod random;
pub mod robustness;
pub mod ship;
pub mod sound_sets;
pub mod statistics;
pub mod study;
pub mod svc;
pub mod zero_shot;

//! Training of networks, and the baselines that they are compared with.
//!
//! | module | what it does |
//! |---|---|
//! | [`autoencoder`] | the trainable parameters: the network, and a VAE's log-variance head |
//! | [`metric`], [`loss`], [`adam`] | the metric terms, the loss and its gradient, the optimiser |
//! | [`fit`] | training by a recipe: from a data set and a seed to a network |
//! | [`mod@line`] | a weighted sum of the features: ridge regression with gains and a channel penalty |
//! | [`inside`] | the criterion by which recipes and penalties are chosen |
//! | [`baselines`], [`svc`] | ridge regression and the best single feature; linear support-vector classification |

pub mod adam;
pub mod autoencoder;
mod backprop;
pub mod baselines;
pub mod fit;
pub mod inside;
pub mod line;
pub mod loss;
pub mod metric;
pub mod svc;

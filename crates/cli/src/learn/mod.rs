//! Training of networks, and the baselines that they are compared with.
//!
//! | module | what it does |
//! |---|---|
//! | [`autoencoder`] | the trainable parameters: the network, and a VAE's log-variance head |
//! | [`metric`], [`loss`], [`adam`] | the metric terms, the loss and its gradient, the optimiser |
//! | [`fit`] | training by a recipe: from a data set and a seed to a network |
//! | [`baselines`], [`svc`] | ridge regression and the best single feature; linear support-vector classification |

pub mod adam;
pub mod autoencoder;
mod backprop;
pub mod baselines;
pub mod fit;
pub mod loss;
pub mod metric;
pub mod svc;

//! From a data set and a seed to a network, and the baselines that it is compared with.
//!
//! | module | what it does |
//! |---|---|
//! | [`autoencoder`] | what training moves: the network, and a VAE's second head |
//! | [`metric`], [`loss`], [`adam`] | the objectives, their gradients, the optimiser |
//! | [`fit`] | the recipe: from a data set and a seed to a network |
//! | [`baselines`], [`svc`] | ridge regression and the best single feature; linear support-vector classification |

pub mod adam;
pub mod autoencoder;
mod backprop;
pub mod baselines;
pub mod fit;
pub mod loss;
pub mod metric;
pub mod svc;

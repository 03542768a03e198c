//! The final model: trained on all data, with an interval and novelty thresholds from held-out speech.
//!
//! | module | what it does |
//! |---|---|
//! | [`final_model`] | trains the final model and puts the weights file together |
//! | `networks` | the final network, and those that hold speakers or corpora out |
//! | [`held_out`] | predictions and results on held-out speech |
//! | [`interval`] | the score's interval from residuals on held-out speech |
//! | [`takes`], [`scored_takes`] | versions of recordings, shorter and noisier; their scores beside the labels |
//! | `half_widths`, `order` | the interval by duration and background, and the order of two recordings, from held-out takes |
//! | `cross_fit` | how well both hold in each training corpus |
//! | [`novelty`] | the novelty thresholds |
//! | [`test_result`] | evaluation of a weights file on test corpora |
//! | [`card`] | the model card |

pub mod card;
mod cross_fit;
mod error;
pub mod final_model;
pub mod half_widths;
pub mod held_out;
pub mod interval;
mod networks;
pub mod novelty;
mod order;
pub mod scored_takes;
pub mod takes;
pub mod test_result;
#[cfg(test)]
pub(crate) mod testing;

pub use error::FinalModelError;

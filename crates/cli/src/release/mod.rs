//! The final model: trained on all data, with an interval and novelty thresholds from held-out speech.
//!
//! | module | what it does |
//! |---|---|
//! | [`final_model`] | trains the final model and puts the weights file together |
//! | `networks` | the final network, and those that hold speakers or corpora out |
//! | [`held_out`] | predictions and results on held-out speech |
//! | [`interval`] | the score's interval from residuals on held-out speech |
//! | [`novelty`] | the novelty thresholds |
//! | [`test_result`] | evaluation of a weights file on test corpora |
//! | [`card`] | the model card |

pub mod card;
mod error;
pub mod final_model;
pub mod held_out;
pub mod interval;
mod networks;
pub mod novelty;
pub mod test_result;
#[cfg(test)]
pub(crate) mod testing;

pub use error::FinalModelError;

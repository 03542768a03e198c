//! The final model: what is trained on all of the data, with an interval and thresholds from held-out speech.
//!
//! | module | what it does |
//! |---|---|
//! | [`interval`] | how far labels lie from scores of held-out speech |
//! | [`held_out`] | what networks say about speech that was not in their training data |
//! | [`final_model`] | novelty thresholds, cloud, the weights file |
//! | [`test_result`] | how a weights file does on corpora that it was not trained on |
//! | [`card`] | the model card |

pub mod card;
pub mod final_model;
pub mod held_out;
pub mod interval;
pub mod test_result;

//! What is measured beyond the final model: tables and figures.
//!
//! | module | what it does |
//! |---|---|
//! | [`replication`] | the methods of Das et al. (2022) side by side over seeds and folds, with baselines |
//! | [`zero_shot`] | one model on held-out corpora |
//! | [`ablation`] | the final model's recipe with one thing changed at a time |
//! | [`attribution_study`] | which groups of features move each method's output, and for which emotions |
//! | [`robustness`] | scores under conditions, novelty, personal baselines |
//! | [`figures`] | the sheets of these analyses |

pub mod ablation;
pub mod attribution_study;
pub mod figures;
pub mod replication;
pub mod robustness;
pub mod zero_shot;

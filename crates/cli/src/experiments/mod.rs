//! Experiments: tables and figures beyond the final model.
//!
//! | module | what it does |
//! |---|---|
//! | [`replication`] | the replication of Das et al. (2022): methods and baselines over seeds and folds |
//! | [`zero_shot`] | networks and baselines on corpora that they were not trained on |
//! | [`ablation`] | the shipped recipe with one thing changed at a time |
//! | [`attribution_analysis`] | contributions of the feature groups to each method's output, by emotion |
//! | [`robustness`] | scores under conditions, novelty detection, personal baselines |
//! | [`conversations`] | utterances found again in conversations built of them |
//! | [`figures`] | figures of the attribution analysis and of latents |

pub mod ablation;
pub mod attribution_analysis;
pub mod conversations;
pub mod figures;
pub mod replication;
pub mod robustness;
pub mod zero_shot;

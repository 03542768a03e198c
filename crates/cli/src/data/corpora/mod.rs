//! Corpora of labelled speech: folder layouts, human ratings, feature tables.
//!
//! A corpus comes from a folder in its documented layout ([`load`]) or from a table of features ([`read_table`],
//! [`read_joined`]). What does not fit is named with counts ([`Problems`]) and never silently dropped.
//!
//! | module | what |
//! |---|---|
//! | `layout` | the known corpora: facts and what file names say, one module each |
//! | `ratings`, `evaluations` | human ratings: tables; IEMOCAP's text files |
//! | `labels` | which label a file gets |
//! | `speakers` | the ages of speakers |
//! | `corpus`, `join` | a corpus in memory; several of them as one data set |
//! | `features` | from the bytes of a sound file to the features of a model |
//! | `folder` | a corpus from its folder |
//! | `table` | a corpus from a table of features |
//! | `cache` | features kept between runs |

mod cache;
mod corpus;
mod error;
mod evaluations;
mod features;
mod folder;
mod join;
mod labels;
mod layout;
mod problems;
mod ratings;
mod speakers;
mod table;

pub use cache::{FeatureCache, default_directory};
pub use corpus::{Corpus, ReadingRow, Row};
pub use error::CorpusError;
pub use features::{
    FeatureError, FeatureFunction, features_at_recorded_level, features_of_changed, model_features,
};
pub use folder::{LoadOptions, files, load, load_by_category};
pub use join::join;
pub use layout::{AgeGroup, CorpusId, Labels, Layout, NameError, Named, Sex, SpeakerGroup};
pub use problems::{Problem, Problems};
pub use table::{columns_help, read_joined, read_table};

//! Sound files in, results out.
//!
//! | module | what it does |
//! |---|---|
//! | [`decode`] | any sound file → mono at its own rate, piece by piece |
//! | [`prepare`] | a sound file as a model takes it |
//! | [`batch`] | many files on all cores, results in the order given, files that fail reported and skipped |
//! | [`output`] | standard output, or a file that is never half written |
//! | [`terminal`] | progress bars and messages on standard error |
//! | [`error`] | why a file was skipped, why an output could not be written |

pub mod batch;
pub mod decode;
pub mod error;
pub mod output;
pub mod prepare;
pub mod terminal;

pub use error::{FileError, WriteError};

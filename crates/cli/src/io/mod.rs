//! Files in and out.
//!
//! | module | what it does |
//! |---|---|
//! | [`decode`] | any sound file → mono at its own rate |
//! | [`batch`] | many files on all cores, in the order given, one bad file no reason to stop |
//! | [`output`] | standard output, or a file that is never half written |
//! | [`error`] | why a file was skipped, why an output could not be written |

pub mod batch;
pub mod decode;
pub mod error;
pub mod output;

pub use error::{FileError, WriteError};

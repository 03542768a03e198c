//! Sound files in, results out.
//!
//! | module | what it does |
//! |---|---|
//! | [`inputs`] | files, folders, lists of files, standard input → files |
//! | [`segments`] | tables of segments: audformat, Audacity, Praat, RTTM |
//! | [`decode`] | any sound file → mono at its own rate, piece by piece |
//! | [`sound`] | one file: its channels, segments and windows, each given to what computes something of it |
//! | [`channels`] | which channel, and whether a file's channels differ |
//! | [`time`] | points in a sound |
//! | [`extracting`] | a sound's features |
//! | [`prepare`] | a sound as a model takes it |
//! | [`utterances`] | a longer sound, cut at its pauses and scored |
//! | [`batch`] | many files on all cores, results in the order given |
//! | [`table`] | rows as CSV, JSON lines or Parquet |
//! | [`lines`] | results as lines of JSON and as cells of a table |
//! | [`textgrid`] | intervals as a Praat TextGrid |
//! | [`resume`] | a table that stands there, and is carried on |
//! | [`output`] | standard output, or a file that is never half written, and never an input |
//! | `interrupt` | temporary files, removed when the program is interrupted |
//! | [`names`] | names of files in tables and messages |
//! | [`terminal`] | progress bars and messages on standard error |
//! | [`error`] | why a file was skipped, why an output could not be written |

pub mod batch;
pub mod channels;
pub mod decode;
pub mod error;
pub mod extracting;
pub mod inputs;
mod interrupt;
pub mod lines;
pub mod names;
pub mod output;
pub mod prepare;
pub mod reason;
pub mod resume;
pub mod segments;
pub mod sound;
pub mod table;
pub mod terminal;
pub mod textgrid;
pub mod time;
pub mod utterances;

pub use error::{FileError, WriteError};

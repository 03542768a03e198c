//! eGeMAPSv02: 25 contours and 88 functionals, as the reference computes them, oddities included.
//!
//! Knows nothing of emotion or of the model.

mod arithmetic;
mod balance;
pub mod catalogue;
mod error;
pub mod fft;
mod formants;
pub mod geometry;
mod mel;
#[cfg(test)]
pub(crate) mod testing;

pub use error::ExtractError;

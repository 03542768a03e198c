//! eGeMAPSv02: 25 contours and 88 functionals, as the reference computes them, oddities included.
//!
//! Knows nothing of emotion or of the model.

pub mod catalogue;
pub mod fft;

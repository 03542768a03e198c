//! Figures of the analyses: sheets of panels for a page of paper.
//!
//! [`attributions`] shows the contributions of the feature groups to each method's output, [`latents`] the latents of a corpus
//! beside those of the training voices. Unlike the charts of the page they contain their own text.

pub mod attributions;
pub mod latents;
mod sheet;
#[cfg(test)]
mod testing;

pub use sheet::{Heading, SHEET_WIDTH, text_width};

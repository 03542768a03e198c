//! The picture of a score: three panels over one horizontal axis in score units, drawn with plotters.
//!
//! [`scale`] shows the score and its interval, [`embedding`] where the voice lands among the training voices, and
//! [`contributions`] what moved it there. Each turns its options into a [`shape::Drawing`], a list of
//! shapes in CSS px; [`shape::paint`] puts that list through plotters onto any backend: a canvas in the page, SVG
//! on the command line and in the page's export ([`svg`]). So there is one drawing code, tests look at the shapes
//! instead of at rendered text, and only the small painter is compiled once per backend.
//!
//! All panels get the same [`geometry::Axis`], so a guide line that the page draws through them meets the same score in
//! each; [`crate::model::MapProjection`] says how a model's space lies on it. [`sound_picture`] turns the recording
//! itself into tones of ink, which the page draws; [`lesson`] has the figures of the page's lesson. Words are not drawn on
//! a canvas: they belong to the page, where they can be read aloud and enlarged, and measuring text for plotters would
//! break the page's content security policy.
//!
//! ```
//! use undertone::chart::{palette::Palette, shape::Drawing, svg};
//!
//! let mut drawing = Drawing::new(120.0, 40.0);
//! drawing.line(vec![(10.0, 20.0), (110.0, 20.0)], 2.4, Palette::LIGHT.ink);
//! drawing.disc((60.0, 20.0), 7.5, Palette::LIGHT.excited);
//! let caption = svg::Caption { title: "A score".into(), description: "A disc in the middle of a line".into() };
//! let text = svg::render(&drawing, &caption)?;
//! assert!(text.contains("<title>A score</title>") && text.contains("<circle"));
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

mod colour;
pub mod contributions;
pub mod density;
pub mod embedding;
pub mod figure;
pub mod geometry;
mod hatch;
pub mod lesson;
pub mod mark;
pub(crate) mod options;
pub mod palette;
mod panel;
pub mod scale;
pub mod shape;
pub mod sound_picture;
pub mod svg;

pub use colour::Rgb;
pub use options::{Declared, Source, Value};
pub use panel::{Guide, Panel};

use crate::number::Decimal;

/// Why a chart could not be drawn. Serialises to a flat object `{ code, …data }`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code")]
#[non_exhaustive]
pub enum ChartError {
    /// A number of the specification is not finite or outside what can be drawn.
    #[error("the specification's `{field}` cannot be drawn: {}", Decimal(*value))]
    #[serde(rename = "chart_bad_number")]
    BadNumber {
        /// Name of the field.
        field: &'static str,
        /// Its value.
        value: f64,
    },
    /// A field of the options is missing or not what it has to be.
    #[error("`{field}` is not {wanted}")]
    #[serde(rename = "bad_argument")]
    BadOption {
        /// Name of the field.
        field: &'static str,
        /// What it has to be.
        wanted: &'static str,
    },
    /// A colour is neither `#rgb`, `#rrggbb` nor `rgb(r, g, b)`.
    #[error("not a colour: {text:?}")]
    #[serde(rename = "chart_bad_colour")]
    BadColour {
        /// The text that was given.
        text: String,
    },
    /// The columns of the training voices differ in length.
    #[error("the columns of the training voices differ in length")]
    #[serde(rename = "chart_bad_cloud")]
    BadCloud,
    /// The backend refused to draw.
    #[error("the drawing surface failed: {message}")]
    #[serde(rename = "chart_surface_failed")]
    Backend {
        /// What the backend said.
        message: String,
    },
}

impl ChartError {
    /// The name of this error in the page and in JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            ChartError::BadNumber { .. } => "chart_bad_number",
            ChartError::BadOption { .. } => "bad_argument",
            ChartError::BadColour { .. } => "chart_bad_colour",
            ChartError::BadCloud => "chart_bad_cloud",
            ChartError::Backend { .. } => "chart_surface_failed",
        }
    }
}

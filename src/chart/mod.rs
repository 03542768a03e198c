//! The picture of a score: three staves over one horizontal axis in score units, drawn with plotters.
//!
//! [`scale`] shows the score and its range, [`embedding`] where the voice lands among the reference voices, and
//! [`contributions`] what moved it there. Each turns a plain specification into a [`shape::Drawing`], a list of
//! shapes in CSS px; [`shape::paint`] puts that list through plotters onto any backend: a canvas in the page, SVG
//! on the command line and in the page's export ([`svg`]). So there is one drawing code, tests look at the shapes
//! instead of at rendered text, and only the small painter is compiled once per backend.
//!
//! All staves get the same [`geometry::Axis`], so a plumb line that the page drops through them meets the same
//! score in each; [`crate::model::frame`] says how a model's space lies on it. [`sound_picture`] turns the recording itself into tones of ink, which the page draws. The figures of
//! the study's analyses, in `study`, are native only. Words are not drawn on a canvas: they belong to the page, where they can be read aloud and
//! enlarged, and measuring text for plotters would break the page's content security policy.
//!
//! ```
//! use undertone::chart::{palette::Palette, shape::Drawing, svg};
//!
//! let mut drawing = Drawing::new(120.0, 40.0);
//! drawing.line(vec![(10.0, 20.0), (110.0, 20.0)], 2.4, Palette::LIGHT.ink);
//! drawing.disc((60.0, 20.0), 7.5, Palette::LIGHT.exc);
//! let text = svg::render(&drawing, "A score", "A disc in the middle of a line")?;
//! assert!(text.contains("<title>A score</title>") && text.contains("<circle"));
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

pub mod contributions;
pub mod density;
pub mod embedding;
pub mod figure;
pub mod geometry;
pub mod lesson;
pub mod mark;
pub mod palette;
pub mod scale;
pub mod shape;
pub mod sound_picture;
pub mod svg;

/// Why a chart could not be drawn. Serialises to a flat object `{ code, …data }`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code")]
pub enum ChartError {
    /// A number of the specification is not finite or outside what can be drawn.
    #[error("the specification's `{field}` cannot be drawn: {value}")]
    #[serde(rename = "chart_bad_number")]
    BadNumber {
        /// Name of the field.
        field: &'static str,
        /// Its value.
        value: f64,
    },
    /// A colour is neither `#rgb`, `#rrggbb` nor `rgb(r, g, b)`.
    #[error("not a colour: {text:?}")]
    #[serde(rename = "chart_bad_colour")]
    BadColour {
        /// The text that was given.
        text: String,
    },
    /// The reference cloud's columns differ in length.
    #[error("the reference cloud's columns differ in length")]
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
            ChartError::BadColour { .. } => "chart_bad_colour",
            ChartError::BadCloud => "chart_bad_cloud",
            ChartError::Backend { .. } => "chart_surface_failed",
        }
    }
}

//! Drawings as SVG text.
//!
//! ```
//! use undertone::chart::{shape::Drawing, svg};
//!
//! let caption = svg::Caption { title: "1 < 2".into(), description: "Nothing is drawn".into() };
//! let text = svg::render(&Drawing::new(120.0, 40.0), &caption)?;
//! assert!(text.contains("<title>1 &lt; 2</title>"));
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

use plotters::prelude::SVGBackend;

use super::ChartError;
use super::options::options;
use super::shape::{Drawing, paint};

options! {
    /// What a saved picture says to screen readers.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Caption {
        /// Its title.
        title: String = String::new(),
        /// What it shows.
        description: String = String::new(),
    }
}

/// Writes a drawing as a standalone SVG document of its size in CSS px, with a title and a description that screen
/// readers find.
///
/// # Errors
/// [`ChartError::Backend`] if plotters cannot write a shape.
pub fn render(drawing: &Drawing, caption: &Caption) -> Result<String, ChartError> {
    let (width, height) = drawing.size_in_units();
    let mut painted = String::new();
    paint(drawing, SVGBackend::with_string(&mut painted, (width, height)))?;
    // plotters opens the document in backend units; ours says how large it is meant to be and what it shows.
    let body = painted.split_once('>').map_or("", |(_, body)| body);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{}</title>\n<desc>{}</desc>{body}",
        drawing.width,
        drawing.height,
        escape(&caption.title),
        escape(&caption.description),
    ))
}

/// Text as XML character data; characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            other if is_xml(other) => escaped.push(other),
            _ => {}
        }
    }
    escaped
}

/// Whether XML 1.0 allows a character.
pub fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

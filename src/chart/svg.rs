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

use std::convert::Infallible;
use std::fmt::{self, Write};

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::options::options;
use super::shape::{Drawing, paint};
use super::{ChartError, Rgb};
use crate::number::Decimal;

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
/// [`ChartError::Backend`] if plotters cannot place a shape.
pub fn render(drawing: &Drawing, caption: &Caption) -> Result<String, ChartError> {
    let size @ (width, height) = drawing.size_in_units();
    let mut body = String::new();
    paint(drawing, Elements { body: &mut body, size })?;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{}</title>\n<desc>{}</desc>\n{body}</svg>\n",
        Decimal(drawing.width),
        Decimal(drawing.height),
        escape(&caption.title),
        escape(&caption.description),
    ))
}

/// A plotters backend that writes what [`paint`] draws as elements of an SVG document.
struct Elements<'a> {
    body: &'a mut String,
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Elements<'_> {
    /// Adds an element, unless its colour is invisible.
    fn add(&mut self, colour: BackendColor, element: fmt::Arguments<'_>) -> Drawn {
        if colour.alpha != 0.0 {
            // Writing to a string does not fail.
            let _ = self.body.write_fmt(element);
        }
        Ok(())
    }
}

fn hex(colour: BackendColor) -> Rgb {
    let (red, green, blue) = colour.rgb;
    Rgb(red, green, blue)
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    path.into_iter().fold(String::new(), |mut text, (x, y)| {
        let _ = write!(text, "{x},{y} ");
        text
    })
}

impl DrawingBackend for Elements<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.fill_polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], &colour)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let colour = style.color();
        self.add(
            colour,
            format_args!(
                "<polyline fill=\"none\" opacity=\"{}\" stroke=\"{}\" stroke-width=\"{}\" points=\"{}\"/>\n",
                Decimal(colour.alpha),
                hex(colour),
                style.stroke_width(),
                points(path)
            ),
        )
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let colour = style.color();
        let none: &dyn fmt::Display = &"none";
        let visible: &dyn fmt::Display = &hex(colour);
        let (inside, rim) = if fill { (visible, none) } else { (none, visible) };
        self.add(
            colour,
            format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" opacity=\"{}\" fill=\"{inside}\" stroke=\"{rim}\" \
                 stroke-width=\"{}\"/>\n",
                Decimal(colour.alpha),
                style.stroke_width()
            ),
        )
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let colour = style.color();
        self.add(
            colour,
            format_args!(
                "<polygon opacity=\"{}\" fill=\"{}\" points=\"{}\"/>\n",
                Decimal(colour.alpha),
                hex(colour),
                points(path)
            ),
        )
    }

    /// The position is in the middle of the text, vertically.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let colour = style.color();
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let face = match style.style() {
            FontStyle::Normal => "",
            FontStyle::Bold => " font-weight=\"bold\"",
            FontStyle::Italic | FontStyle::Oblique => " font-style=\"italic\"",
        };
        self.add(
            colour,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\" dy=\"0.5ex\" text-anchor=\"{anchor}\" font-family=\"{}\" font-size=\"{}\" \
                 opacity=\"{}\" fill=\"{}\"{face}>\n{}\n</text>\n",
                escape(style.family().as_str()),
                // As plotters' own SVG has it: its sizes are line heights.
                Decimal(style.size() / 1.24),
                Decimal(colour.alpha),
                hex(colour),
                escape(text)
            ),
        )
    }
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

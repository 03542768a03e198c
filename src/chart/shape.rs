//! A drawing as a list of shapes in CSS px, and the painter that puts it through plotters.
//!
//! ```
//! use undertone::chart::palette::Palette;
//! use undertone::chart::shape::{Drawing, Shape};
//!
//! let mut drawing = Drawing::new(120.0, 40.0);
//! drawing.disc((60.0, 20.0), 7.5, Palette::LIGHT.ink);
//! assert!(matches!(drawing.shapes[..], [Shape::Disc { radius: 7.5, .. }]));
//! assert_eq!(drawing.size_in_device_px(2.0), (240, 80));
//! ```

use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::prelude::{Cartesian2d, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingErrorKind;

use super::ChartError;
use super::colour::Rgb;
use super::options::words;

/// Backends place shapes on whole units; one CSS px has this many of them, so that a line of 1.6 px and a dot
/// between two pixels come out as meant on any screen.
pub const UNITS_PER_PX: u32 = 16;

/// A position in CSS px from the upper left corner.
pub type Point = (f64, f64);

/// A colour and how much of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// The colour.
    pub colour: Rgb,
    /// 0 (nothing) to 1 (opaque).
    pub alpha: f64,
}

impl Ink {
    /// An opaque colour.
    pub const fn opaque(colour: Rgb) -> Self {
        Ink { colour, alpha: 1.0 }
    }
}

impl From<Rgb> for Ink {
    fn from(colour: Rgb) -> Self {
        Ink::opaque(colour)
    }
}

/// How a text looks and which of its points is its position; its middle line always is, vertically.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lettering {
    /// Font size in CSS px.
    pub size: f64,
    /// Which family.
    pub face: Face,
    /// Where the position is in the text.
    pub anchor: Anchor,
}

words! {
    /// The page's faces.
    pub enum Face {
        /// Sans serif, upright.
        Sans = "sans",
        /// Sans serif, bold.
        SansBold = "sans-bold",
        /// Serif, upright.
        Serif = "serif",
        /// Serif, italic.
        SerifItalic = "serif-italic",
    }
}

words! {
    /// Horizontal reference point of a text.
    pub enum Anchor {
        /// The position is the text's left end.
        Start = "start",
        /// … its middle.
        Middle = "middle",
        /// … its right end.
        End = "end",
    }
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled polygon (non-zero rule).
    Area {
        /// Corners.
        points: Vec<Point>,
        /// Fill.
        ink: Ink,
    },
    /// A line through points.
    Line {
        /// Corners; of a closed line the first is not repeated.
        points: Vec<Point>,
        /// Whether it returns to its first point.
        closed: bool,
        /// Stroke width in CSS px.
        width: f64,
        /// Stroke.
        ink: Ink,
    },
    /// A filled circle.
    Disc {
        /// Centre.
        centre: Point,
        /// Radius in CSS px.
        radius: f64,
        /// Fill.
        ink: Ink,
    },
    /// A circle's rim.
    Ring {
        /// Centre.
        centre: Point,
        /// Radius of the stroke's middle in CSS px.
        radius: f64,
        /// Stroke width in CSS px.
        width: f64,
        /// Stroke.
        ink: Ink,
    },
    /// A short text: the digits in a disc, or the words of an exported picture.
    Text {
        /// Reference point.
        at: Point,
        /// The words.
        text: String,
        /// Size, face, anchor.
        lettering: Lettering,
        /// Colour.
        ink: Ink,
    },
}

/// A picture: its size and its shapes from the lowest to the topmost.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width in CSS px.
    pub width: f64,
    /// Height in CSS px.
    pub height: f64,
    /// Shapes in drawing order.
    pub shapes: Vec<Shape>,
}

/// Charts call these at hundreds of places, but seldom at run time; `#[inline(never)]` keeps the page’s module small.
impl Drawing {
    /// An empty picture.
    pub fn new(width: f64, height: f64) -> Self {
        Drawing { width, height, shapes: Vec::new() }
    }

    /// Size in backend units ([`UNITS_PER_PX`]), at least one each.
    pub fn size_in_units(&self) -> (u32, u32) {
        let units = |px: f64| ((px * f64::from(UNITS_PER_PX)).round() as u32).max(1);
        (units(self.width), units(self.height))
    }

    /// Size in device px at a ratio of device px per CSS px.
    pub fn size_in_device_px(&self, ratio: f64) -> (u32, u32) {
        ((self.width * ratio).round() as u32, (self.height * ratio).round() as u32)
    }

    /// Adds a filled polygon.
    #[inline(never)]
    pub fn area(&mut self, points: Vec<Point>, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Area { points, ink: ink.into() });
    }

    /// Adds a filled rectangle with corners (left, top) and (right, bottom).
    #[inline(never)]
    pub fn rectangle(&mut self, (left, top): Point, (right, bottom): Point, ink: impl Into<Ink>) {
        self.area(vec![(left, top), (right, top), (right, bottom), (left, bottom)], ink);
    }

    /// Adds an open line.
    #[inline(never)]
    pub fn line(&mut self, points: Vec<Point>, width: f64, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Line { points, closed: false, width, ink: ink.into() });
    }

    /// Adds a closed line.
    #[inline(never)]
    pub fn outline(&mut self, points: Vec<Point>, width: f64, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Line { points, closed: true, width, ink: ink.into() });
    }

    /// Adds a filled circle.
    #[inline(never)]
    pub fn disc(&mut self, centre: Point, radius: f64, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Disc { centre, radius, ink: ink.into() });
    }

    /// Adds a circle's rim.
    #[inline(never)]
    pub fn ring(&mut self, centre: Point, radius: f64, width: f64, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Ring { centre, radius, width, ink: ink.into() });
    }

    /// Adds a text.
    #[inline(never)]
    pub fn text(&mut self, at: Point, text: impl Into<String>, lettering: Lettering, ink: impl Into<Ink>) {
        self.shapes.push(Shape::Text { at, text: text.into(), lettering, ink: ink.into() });
    }

    /// Adds the dashes of a straight line from `from` to `to`: `on` px drawn, `off` px left out.
    #[inline(never)]
    pub fn dashes(&mut self, from: Point, to: Point, (on, off): (f64, f64), width: f64, ink: impl Into<Ink>) {
        let ink = ink.into();
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let period = on + off;
        if !(length > 0.0 && on > 0.0 && off >= 0.0) {
            return;
        }
        let at = |distance: f64| (from.0 + dx * distance / length, from.1 + dy * distance / length);
        for dash in 0..(length / period).ceil() as usize {
            let start = dash as f64 * period;
            self.line(vec![at(start), at((start + on).min(length))], width, ink);
        }
    }

    /// Adds another picture, moved by `(dx, dy)`.
    #[inline(never)]
    pub fn append(&mut self, other: Drawing, (dx, dy): Point) {
        let shift = |point: &mut Point| *point = (point.0 + dx, point.1 + dy);
        self.shapes.extend(other.shapes.into_iter().map(|mut shape| {
            match &mut shape {
                Shape::Area { points, .. } | Shape::Line { points, .. } => points.iter_mut().for_each(shift),
                Shape::Disc { centre, .. } | Shape::Ring { centre, .. } => shift(centre),
                Shape::Text { at, .. } => shift(at),
            }
            shape
        }));
    }
}

/// Device px per backend unit at a ratio of device px per CSS px.
pub fn device_px_per_unit(ratio: f64) -> f64 {
    ratio / f64::from(UNITS_PER_PX)
}

type Area<DB> = DrawingArea<DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Paints a drawing on a plotters backend whose size is [`Drawing::size_in_units`].
///
/// Shapes with a position that is not finite are left out: a missing mark can be noticed, a mark in the upper left
/// corner would be a lie.
///
/// # Errors
/// [`ChartError::Backend`] if the backend refuses a shape.
pub fn paint<DB: DrawingBackend>(drawing: &Drawing, backend: DB) -> Result<(), ChartError> {
    let root = backend.into_drawing_area();
    let (width, height) = drawing.size_in_units();
    // plotters cuts positions down to whole units; half a unit more makes that the nearest one.
    let half = 0.5 / f64::from(UNITS_PER_PX);
    let area: Area<DB> = root.apply_coord_spec(Cartesian2d::new(
        -half..f64::from(width) / f64::from(UNITS_PER_PX) - half,
        -half..f64::from(height) / f64::from(UNITS_PER_PX) - half,
        (0..width as i32, 0..height as i32),
    ));
    for shape in &drawing.shapes {
        paint_shape(shape, &area).map_err(|error| backend_error(&error))?;
    }
    root.present().map_err(|error| backend_error(&error))
}

/// The errors of plotters have more to say than can happen here, and their texts are a part of the page's module.
fn backend_error<E: std::error::Error + Send + Sync>(error: &DrawingAreaErrorKind<E>) -> ChartError {
    let message = match error {
        DrawingAreaErrorKind::BackendError(DrawingErrorKind::DrawingError(error)) => error.to_string(),
        _ => "plotters cannot place a shape".to_owned(),
    };
    ChartError::Backend { message }
}

fn units(px: f64) -> u32 {
    ((px * f64::from(UNITS_PER_PX)).round() as u32).max(1)
}

fn fill(ink: &Ink) -> ShapeStyle {
    ShapeStyle { color: colour(ink), filled: true, stroke_width: 0 }
}

fn stroke(ink: &Ink, width: f64) -> ShapeStyle {
    ShapeStyle { color: colour(ink), filled: false, stroke_width: units(width) }
}

fn colour(ink: &Ink) -> RGBAColor {
    RGBAColor(ink.colour.0, ink.colour.1, ink.colour.2, ink.alpha)
}

fn is_finite(points: &[Point]) -> bool {
    points.iter().all(|point| point.0.is_finite() && point.1.is_finite())
}

/// A closed line begins in the middle of its first side, where begin and end meet straight: plotters does not close
/// paths, and at a corner the missing join would show.
fn closed_from_mid_side(points: &[Point]) -> Vec<Point> {
    let (Some(&first), Some(&second)) = (points.first(), points.get(1)) else { return points.to_vec() };
    let middle = ((first.0 + second.0) / 2.0, (first.1 + second.1) / 2.0);
    let mut path = Vec::with_capacity(points.len() + 2);
    path.push(middle);
    path.extend_from_slice(&points[1..]);
    path.extend([first, middle]);
    path
}

fn paint_shape<DB: DrawingBackend>(
    shape: &Shape,
    area: &Area<DB>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    match shape {
        Shape::Area { points, ink } if is_finite(points) && points.len() > 2 => {
            area.draw(&Polygon::new(points.as_slice(), fill(ink)))
        }
        Shape::Line { points, closed, width, ink } if is_finite(points) && points.len() > 1 => {
            let path = if *closed { closed_from_mid_side(points) } else { points.clone() };
            area.draw(&PathElement::new(path, stroke(ink, *width)))
        }
        Shape::Disc { centre, radius, ink } if is_finite(&[*centre]) => {
            area.draw(&Circle::new(*centre, units(*radius), fill(ink)))
        }
        Shape::Ring { centre, radius, width, ink } if is_finite(&[*centre]) => {
            area.draw(&Circle::new(*centre, units(*radius), stroke(ink, *width)))
        }
        Shape::Text { at, text, lettering, ink } if is_finite(&[*at]) => {
            let style = text_style(lettering, ink);
            area.draw(&Text::new(text.as_str(), *at, style))
        }
        _ => Ok(()),
    }
}

const SANS: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const SERIF: &str = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, 'Noto Serif', \
     Georgia, serif";

fn text_style(lettering: &Lettering, ink: &Ink) -> TextStyle<'static> {
    let (family, style) = match lettering.face {
        Face::Sans => (SANS, FontStyle::Normal),
        Face::SansBold => (SANS, FontStyle::Bold),
        Face::Serif => (SERIF, FontStyle::Normal),
        Face::SerifItalic => (SERIF, FontStyle::Italic),
    };
    let horizontal = match lettering.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::Name(family), lettering.size * f64::from(UNITS_PER_PX), style);
    let mut text = TextStyle::from(font);
    text.color = colour(ink).to_backend_color();
    text.pos = Pos::new(horizontal, VPos::Center);
    text
}

//! The figures of the page's lesson: one file each, all with linear axes of their own.
//!
//! They draw what [`crate::lesson`] hands out and leave words to the page, as the panels do.
//!
//! ```
//! use undertone::chart::lesson::{RankRow, RanksSpec, Sheet, draw_ranks};
//! use undertone::chart::palette::Palette;
//!
//! let sheet = Sheet { width: 200.0, height: 40.0, ratio: 1.0, palette: Palette::LIGHT };
//! // A value that is higher than those of nine tenths of the training voices.
//! let rows = vec![RankRow { top: 10.0, height: 20.0, ticks: vec![0.9], marked: None }];
//! let drawing = draw_ranks(&RanksSpec { sheet, rows })?;
//! assert!(!drawing.shapes.is_empty());
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

pub(crate) mod close_up;
pub(crate) mod layers;
pub(crate) mod llds;
pub(crate) mod pitch;
pub(crate) mod ranks;
pub(crate) mod spectrum;
pub(crate) mod summary;
pub(crate) mod waveform;

pub use close_up::tones;
pub use layers::{LayersSpec, draw as draw_layers};
pub use llds::{LldRow, LldsSpec, draw as draw_llds};
pub use pitch::{PitchSpec, draw as draw_pitch};
pub use ranks::{RankRow, RanksSpec, draw as draw_ranks};
pub use spectrum::{SpectrumSpec, draw as draw_spectrum};
pub use summary::{Heights, SummarySpec, draw as draw_summary};
pub use waveform::{SliceSpec, WaveSpec, WindowKind, WindowSpec, draw as draw_waveform, draw_slice};

use super::ChartError;
use super::geometry::{check_ratio, check_sides, crisp};
use super::options::options;
use super::palette::Palette;
use super::shape::{Drawing, Ink, Point};
use crate::number::within;

options! {
    /// What every figure of the lesson has: its size and its colours.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Sheet {
        /// CSS px.
        width: f64,
        /// CSS px.
        height: f64,
        /// Device px per CSS px.
        ratio: f64,
        /// Colours.
        palette: Palette,
    }
}

impl Sheet {
    /// An empty drawing of this size.
    #[inline(never)]
    fn drawing(&self) -> Result<Drawing, ChartError> {
        check_sides(self.width, self.height)?;
        check_ratio(self.ratio)?;
        Ok(Drawing::new(self.width, self.height))
    }

    /// A line's place on the grid of device pixels; see [`crisp`].
    fn crisp(&self, position: f64, width: f64) -> f64 {
        crisp(position, width, self.ratio)
    }

    /// The horizontal axis of this sheet from `from` to `to`.
    fn across(&self, [from, to]: [f64; 2]) -> Result<Scale, ChartError> {
        Scale::new([from, to], [0.0, self.width])
    }
}

/// A linear axis: values to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
    begin: f64,
    end: f64,
}

impl Scale {
    /// The axis on which value `from` stands at place `begin` and value `to` at place `end`.
    ///
    /// # Errors
    /// [`ChartError::BadNumber`] if an end is not finite or both values are the same.
    #[inline(never)]
    pub fn new([from, to]: [f64; 2], [begin, end]: [f64; 2]) -> Result<Scale, ChartError> {
        let good = [from, to, begin, end].iter().all(|v| v.is_finite()) && from != to;
        if good {
            Ok(Scale { from, to, begin, end })
        } else {
            Err(ChartError::BadNumber { field: "range", value: to })
        }
    }

    /// Place of a value.
    pub fn at(&self, value: f64) -> f64 {
        self.begin + (value - self.from) / (self.to - self.from) * (self.end - self.begin)
    }

    /// Place of a value, clamped to the axis.
    #[inline(never)]
    pub fn clamped(&self, value: f64) -> f64 {
        let (low, high) = (self.begin.min(self.end), self.begin.max(self.end));
        within(self.at(value), low, high)
    }
}

/// The lowest and the highest of the values that are numbers, a little apart if they are the same; 0 … 1 for none.
pub fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let finite = values.filter(|v| v.is_finite());
    let (low, high) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low > high {
        [0.0, 1.0]
    } else if high - low < 1e-9 {
        [low - 0.5, high + 0.5]
    } else {
        [low, high]
    }
}

/// The ends of the usual values: all but the outermost fiftieth at each end, or of all if that leaves a single value.
pub fn usual_range(values: &[f32]) -> [f64; 2] {
    let mut sorted: Vec<f64> = values.iter().map(|v| f64::from(*v)).filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    let at = |share: f64| sorted.get((last * share).round() as usize).copied().unwrap_or(f64::NAN);
    let ends = [at(0.02), at(0.98)];
    if ends[1] - ends[0] > 1e-9 { ends } else { extent(sorted.into_iter()) }
}

/// A line through points, with a gap where one is not a number; a point that stands alone gets a dot.
fn broken_line(drawing: &mut Drawing, points: impl Iterator<Item = Point>, width: f64, ink: impl Into<Ink>) {
    let ink = ink.into();
    let mut piece: Vec<Point> = Vec::new();
    let mut end = |piece: &mut Vec<Point>| match piece.as_slice() {
        [] => {}
        [alone] => drawing.disc(*alone, width / 2.0, ink),
        _ => drawing.line(piece.clone(), width, ink),
    };
    for point in points {
        if point.0.is_finite() && point.1.is_finite() {
            piece.push(point);
        } else {
            end(&mut piece);
            piece.clear();
        }
    }
    end(&mut piece);
}

#[cfg(test)]
pub(super) mod testing {
    use super::Sheet;
    use crate::chart::palette::Palette;
    use crate::chart::shape::{Drawing, Shape};

    pub fn sheet(width: f64, height: f64) -> Sheet {
        Sheet { width, height, ratio: 1.0, palette: Palette::LIGHT }
    }

    pub fn lines(drawing: &Drawing) -> Vec<&Vec<(f64, f64)>> {
        let mut lines = Vec::new();
        for shape in &drawing.shapes {
            if let Shape::Line { points, .. } = shape {
                lines.push(points);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_leads_from_end_to_end_and_clamps_what_lies_beyond() {
        let scale = Scale::new([1.0, 3.0], [100.0, 0.0]).unwrap();
        assert_eq!((scale.at(1.0), scale.at(2.0), scale.at(3.0), scale.at(4.0)), (100.0, 50.0, 0.0, -50.0));
        assert_eq!((scale.clamped(4.0), scale.clamped(0.0)), (0.0, 100.0));
        assert!(Scale::new([1.0, 1.0], [0.0, 1.0]).is_err());
        assert!(Scale::new([f64::NAN, 1.0], [0.0, 1.0]).is_err());
    }

    #[test]
    fn broken_line_has_gaps_where_there_is_nothing() {
        let mut drawing = Drawing::new(10.0, 10.0);
        let y = [1.0, 2.0, f64::NAN, 3.0, f64::NAN, f64::NAN, 4.0, 5.0, 6.0];
        let points = y.iter().enumerate().map(|(x, y)| (x as f64, *y));
        broken_line(&mut drawing, points, 2.0, Palette::LIGHT.ink);
        let lengths: Vec<usize> = testing::lines(&drawing).iter().map(|line| line.len()).collect();
        assert_eq!(lengths, [2, 3]);
        assert_eq!(drawing.shapes.len(), 3, "the single one is a dot");
    }

    #[test]
    fn extent_is_never_empty() {
        assert_eq!(extent([3.0, f64::NAN, -1.0].into_iter()), [-1.0, 3.0]);
        assert_eq!(extent([2.0].into_iter()), [1.5, 2.5]);
        assert_eq!(extent([f64::NAN].into_iter()), [0.0, 1.0]);
    }
}

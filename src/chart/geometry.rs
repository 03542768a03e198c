//! Where things stand: one function from a score to a horizontal position, and the grid of device pixels.
//!
//! ```
//! use undertone::chart::geometry::{Axis, Beyond};
//!
//! let axis = Axis { left: 40.0, right: 440.0 };
//! assert_eq!(axis.x(3.0), 240.0);
//! assert_eq!(axis.x_clamped(5.4), (440.0, Some(Beyond::Right)));
//! ```

use super::ChartError;
use super::options::options;

/// The calmest score on the axis.
pub const LOWEST_SCORE: f64 = 1.0;
/// The most excited score on the axis.
pub const HIGHEST_SCORE: f64 = 5.0;
/// Largest width or height that is drawn, in CSS px.
const MAX_SIDE: f64 = 16_384.0;

options! {
    /// The axis that all panels share: where scores 1 and 5 stand, CSS px from the panel's left edge.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Axis {
        /// Position of score 1.
        left: f64,
        /// Position of score 5.
        right: f64,
    }
}

/// On which side of the axis, or of the map, a place lies that is not within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Below 1.
    Left,
    /// Above 5.
    Right,
    /// Over the map's upper edge.
    Above,
    /// Under the map's lower edge.
    Below,
}

impl Axis {
    /// Position of a score, also of one outside 1–5, in CSS px.
    pub fn x(&self, score: f64) -> f64 {
        self.left + (score - LOWEST_SCORE) * self.px_per_unit()
    }

    /// Position of a score, clamped to the ends of the axis, and on which side it would have been.
    pub fn x_clamped(&self, score: f64) -> (f64, Option<Beyond>) {
        if score < LOWEST_SCORE {
            (self.left, Some(Beyond::Left))
        } else if score > HIGHEST_SCORE {
            (self.right, Some(Beyond::Right))
        } else {
            (self.x(score), None)
        }
    }

    /// Length of one score unit in CSS px.
    pub fn px_per_unit(&self) -> f64 {
        (self.right - self.left) / (HIGHEST_SCORE - LOWEST_SCORE)
    }

    /// The part of an interval that lies on the axis: left and right edge in px, and whether each end is open
    /// because the interval goes on beyond the axis. `None` if nothing of it lies on the axis.
    pub fn span(&self, [low, high]: [f64; 2]) -> Option<Span> {
        let on_axis = low <= high && high >= LOWEST_SCORE && low <= HIGHEST_SCORE;
        on_axis.then(|| {
            let (left, below) = self.x_clamped(low);
            let (right, above) = self.x_clamped(high);
            Span { left, right, open_left: below.is_some(), open_right: above.is_some() }
        })
    }
}

/// The visible part of an interval; see [`Axis::span`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Left edge in CSS px.
    pub left: f64,
    /// Right edge in CSS px.
    pub right: f64,
    /// The interval begins below 1.
    pub open_left: bool,
    /// The interval ends above 5.
    pub open_right: bool,
}

fn check(field: &'static str, value: f64, good: bool) -> Result<(), ChartError> {
    if value.is_finite() && good { Ok(()) } else { Err(ChartError::BadNumber { field, value }) }
}

/// Checks a picture's sides.
///
/// # Errors
/// [`ChartError::BadNumber`] for a side that is not positive or larger than 16,384 px.
pub fn check_sides(width: f64, height: f64) -> Result<(), ChartError> {
    check("width", width, width > 0.0 && width <= MAX_SIDE)?;
    check("height", height, height > 0.0 && height <= MAX_SIDE)
}

/// Device px per CSS px within what screens have.
///
/// # Errors
/// [`ChartError::BadNumber`] for a ratio outside 0.25–8.
pub fn check_ratio(ratio: f64) -> Result<(), ChartError> {
    check("ratio", ratio, (0.25..=8.0).contains(&ratio))
}

/// Checks an axis.
///
/// # Errors
/// [`ChartError::BadNumber`] for an axis that is not finite or not from left to right.
pub fn check_axis(axis: &Axis) -> Result<(), ChartError> {
    check("axis.left", axis.left, axis.left.abs() <= MAX_SIDE)?;
    check("axis.right", axis.right, axis.right.abs() <= MAX_SIDE && axis.right > axis.left)
}

/// The centre of a straight line `width` px wide at `position`, moved by less than half a device pixel so that its edges
/// fall on the grid of device pixels. A browser snaps an HTML box of the same width at `position − width/2` in the same
/// way, so lines of the page and of the panels meet.
#[inline(never)]
pub fn crisp(position: f64, width: f64, ratio: f64) -> f64 {
    ((position - width / 2.0) * ratio).round() / ratio + width / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: Axis = Axis { left: 250.0, right: 790.0 };

    #[test]
    fn axis_maps_scores_linearly_and_clamps_those_beyond_it() {
        assert_eq!(AXIS.x(1.0), 250.0);
        assert_eq!(AXIS.x(3.0), 520.0);
        assert_eq!(AXIS.x(5.0), 790.0);
        assert_eq!(AXIS.x_clamped(0.2), (250.0, Some(Beyond::Left)));
        assert_eq!(AXIS.x_clamped(5.0), (790.0, None));
        assert_eq!(AXIS.x_clamped(7.0), (790.0, Some(Beyond::Right)));
    }

    #[test]
    fn axis_span_is_cut_at_the_ends_and_says_where() {
        let span = AXIS.span([0.5, 2.0]).unwrap();
        assert_eq!(span, Span { left: 250.0, right: 385.0, open_left: true, open_right: false });
        assert!(AXIS.span([5.1, 6.0]).is_none());
        assert!(AXIS.span([3.0, 2.0]).is_none());
        assert!(AXIS.span([f64::NAN, 2.0]).is_none());
    }

    #[test]
    fn crisp_lines_have_their_edges_on_device_pixels() {
        for ratio in [1.0, 1.25, 1.5, 2.0, 3.0] {
            for position in [10.0, 10.3, 251.77] {
                let centre = crisp(position, 2.0, ratio);
                let edge = (centre - 1.0) * ratio;
                assert!((edge - edge.round()).abs() < 1e-9);
                assert!((centre - position).abs() <= 0.5 / ratio + 1e-9);
            }
        }
    }
}

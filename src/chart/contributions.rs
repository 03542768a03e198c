//! The third panel: the reasons as a bar chart along the score axis, from the start score to this voice's.
//!
//! Each bar starts where the last one ended, so the column is the sum: solid bars with a point to the right raise
//! the score, hatched bars with a point to the left lower it.
//!
//! ```
//! use undertone::chart::contributions::{ContributionRow, ContributionsSpec, StartMark, draw};
//! use undertone::chart::{Panel, geometry::Axis, palette::Palette};
//!
//! let (axis, palette) = (Axis { left: 40.0, right: 440.0 }, Palette::LIGHT);
//! let panel = Panel { width: 480.0, height: 60.0, ratio: 1.0, axis, palette };
//! let rows = vec![ContributionRow { top: 10.0, height: 15.0, value: 0.8, nested: false }];
//! let ends = (Some(5.0), Some(50.0));
//! let spec = ContributionsSpec { panel, start: 2.9, end: 3.7, rows, start_y: ends.0, start_mark: StartMark::Average,
//!     end_y: ends.1, guides: vec![] };
//! assert!(!draw(&spec)?.shapes.is_empty());
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

use super::ChartError;
use super::hatch::hatch;
use super::mark::{self, NumberedDisc, RIM_PX};
use super::options::{options, words};
use super::panel::{Guide, Panel};
use super::shape::{Drawing, Point};

/// Length of a bar's point in CSS px; a shorter bar is nothing but its point.
pub const POINT_PX: f64 = 6.0;
/// A bar that is not zero is at least this long in CSS px.
const SHORTEST_PX: f64 = 2.5;
/// Distance of the hatch's lines, measured along the horizontal, in CSS px.
const HATCH_PX: f64 = 6.0;

options! {
    /// What the bar chart shows.
    #[derive(Debug, Clone)]
    pub struct ContributionsSpec extends panel: Panel {
        /// Score that the first bar starts at.
        start: f64,
        /// Score of this voice.
        end: f64,
        /// Bars from top to bottom.
        rows: Vec<ContributionRow>,
        /// Vertical position of the start's mark, CSS px; no mark if absent.
        start_y as "startY": Option<f64> = None,
        /// What the start is.
        start_mark as "startMark": StartMark = StartMark::Average,
        /// Vertical position of this voice's mark, CSS px; no mark if absent.
        end_y as "endY": Option<f64> = None,
        /// Guide lines; here a dashed one ends at the start's mark and a solid one at this voice's.
        guides: Vec<Guide> = Vec::new(),
    }
}

options! {
    /// One bar.
    #[derive(Debug, Clone, Copy)]
    pub struct ContributionRow {
        /// Upper edge of the bar, CSS px.
        top: f64,
        /// Height of the bar, CSS px.
        height: f64,
        /// Signed contribution in score units.
        value: f64,
        /// The bar is a part of the last bar that is not nested: it runs within that bar's span and adds nothing.
        nested: bool = false,
    }
}

words! {
    /// What the sum starts from.
    pub enum StartMark {
        /// The average voice: a hollow diamond.
        Average = "average",
        /// Another recording: a hollow disc.
        Recording = "recording",
        /// The speaker's calm voice: a hollow triangle.
        Calm = "calm",
    }
}

/// A bar in place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bar {
    start: f64,
    end: f64,
    top: f64,
    bottom: f64,
}

impl Bar {
    fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }
}

/// Draws the bars, the hairlines that join them, and the marks of start and end.
///
/// Scores beyond the axis are clamped to its ends, where the scale and the map show them too.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn or values that are not finite.
pub fn draw(spec: &ContributionsSpec) -> Result<Drawing, ChartError> {
    let panel = &spec.panel;
    let mut drawing = panel.drawing()?;
    let bars = place(spec)?;
    panel.draw_score_lines(&mut drawing);
    // Below the bars: a short bar would vanish behind the line.
    let reach = |guide: &Guide| {
        let end = if guide.dashed { spec.start_y } else { spec.end_y };
        (0.0, end.unwrap_or(panel.height))
    };
    panel.draw_guides(&mut drawing, &spec.guides, reach);
    join(&mut drawing, spec, &bars);
    for (row, bar) in spec.rows.iter().zip(&bars) {
        draw_bar(&mut drawing, panel, bar, row.value);
    }
    if let Some(y) = spec.start_y {
        let at = (panel.axis.x_clamped(spec.start).0, y);
        match spec.start_mark {
            StartMark::Average => mark::diamond(&mut drawing, at, &panel.palette),
            StartMark::Calm => mark::triangle(&mut drawing, at, mark::CALM_REACH, &panel.palette),
            StartMark::Recording => end_disc(&mut drawing, spec, spec.start, y, false),
        }
    }
    if let Some(y) = spec.end_y {
        end_disc(&mut drawing, spec, spec.end, y, true);
    }
    Ok(drawing)
}

fn end_disc(drawing: &mut Drawing, spec: &ContributionsSpec, score: f64, y: f64, solid: bool) {
    let (x, beyond) = spec.panel.axis.x_clamped(score);
    let disc = NumberedDisc { radius: 7.5, solid, number: None, beyond };
    mark::numbered_disc(drawing, (x, y), disc, &spec.panel.palette);
}

/// Start and end of every bar in scores become places in px.
fn place(spec: &ContributionsSpec) -> Result<Vec<Bar>, ChartError> {
    let finite = |field, value: f64| {
        if value.is_finite() { Ok(value) } else { Err(ChartError::BadNumber { field, value }) }
    };
    let mut total = finite("start", spec.start)?;
    finite("end", spec.end)?;
    let mut within = total;
    let x = |score: f64| spec.panel.axis.x_clamped(score).0;
    let mut bars = Vec::with_capacity(spec.rows.len());
    for row in &spec.rows {
        let value = finite("rows.value", row.value)?;
        let top = finite("rows.top", row.top)?;
        let bottom = top + finite("rows.height", row.height)?.max(0.0);
        let start = if row.nested {
            within
        } else {
            within = total;
            total
        };
        let end = start + value;
        if row.nested {
            within = end;
        } else {
            total = end;
        }
        bars.push(Bar { start: x(start), end: x(end), top, bottom });
    }
    Ok(bars)
}

/// Hairlines from row to row at the place where the next bar starts.
fn join(drawing: &mut Drawing, spec: &ContributionsSpec, bars: &[Bar]) {
    let mut hairline = |x: f64, from: f64, to: f64| {
        let x = spec.panel.crisp(x, 1.0);
        drawing.line(vec![(x, from), (x, to)], 1.0, spec.panel.palette.ink);
    };
    if let (Some(y), Some(first)) = (spec.start_y, bars.first()) {
        hairline(first.start, y, first.middle());
    }
    for pair in bars.windows(2) {
        hairline(pair[1].start, pair[0].middle(), pair[1].middle());
    }
    if let (Some(y), Some(last)) = (spec.end_y, bars.last()) {
        let total_end = spec.panel.axis.x_clamped(spec.end).0;
        hairline(total_end, last.middle(), y);
    }
}

/// One bar as a polygon whose point lies exactly at its end.
fn draw_bar(drawing: &mut Drawing, panel: &Panel, bar: &Bar, value: f64) {
    let palette = &panel.palette;
    if value == 0.0 || bar.bottom <= bar.top {
        return;
    }
    let corners = arrow(bar, value > 0.0);
    if value > 0.0 {
        drawing.area(corners, palette.excited);
    } else {
        drawing.area(corners.clone(), palette.paper);
        let spacing = (HATCH_PX * panel.ratio).round().max(1.0) / panel.ratio;
        for (from, to) in hatch(&corners, spacing) {
            drawing.line(vec![from, to], 1.2, palette.calm);
        }
        drawing.outline(inset(&corners, bar), 1.3, palette.calm);
    }
}

fn arrow(bar: &Bar, rightwards: bool) -> Vec<Point> {
    let direction = if rightwards { 1.0 } else { -1.0 };
    let point = POINT_PX.min(0.5 * (bar.bottom - bar.top));
    let length = ((bar.end - bar.start) * direction).max(SHORTEST_PX);
    // Clamped to the end of the axis, the bar has no length left: its point ends there instead of leaving the panel.
    let start = bar.end - direction * length;
    let (end, middle) = (bar.end, bar.middle());
    if length <= point {
        return vec![(start, bar.top), (end, middle), (start, bar.bottom)];
    }
    let shoulder = end - direction * point;
    vec![(start, bar.top), (shoulder, bar.top), (end, middle), (shoulder, bar.bottom), (start, bar.bottom)]
}

/// The outline moved inwards by half its stroke, so that rim and solid bars have the same height.
fn inset(corners: &[Point], bar: &Bar) -> Vec<Point> {
    let half = RIM_PX / 2.0;
    corners
        .iter()
        .map(|&(x, y)| {
            let dy = if y < bar.middle() {
                half
            } else if y > bar.middle() {
                -half
            } else {
                0.0
            };
            (x, y + dy)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::geometry::Axis;
    use crate::chart::palette::Palette;
    use crate::chart::panel::testing::panel;
    use crate::chart::shape::{Ink, Shape};

    fn spec(start: f64, values: &[f64]) -> ContributionsSpec {
        ContributionsSpec {
            panel: Panel { axis: Axis { left: 250.0, right: 790.0 }, ..panel(900.0, 300.0, 2.0, 0.0) },
            start,
            end: start + values.iter().sum::<f64>(),
            rows: values
                .iter()
                .enumerate()
                .map(|(k, &value)| ContributionRow {
                    top: 30.0 * k as f64 + 40.0,
                    height: 15.0,
                    value,
                    nested: false,
                })
                .collect(),
            start_y: Some(15.0),
            start_mark: StartMark::Average,
            end_y: Some(280.0),
            guides: Vec::new(),
        }
    }

    const VALUES: [f64; 6] = [0.46, 0.38, 0.29, -0.21, 0.3, -0.04];

    /// Horizontal extents of the bars of one colour: (back, point).
    fn bars(drawing: &Drawing, colour: crate::chart::colour::Rgb) -> Vec<(f64, f64)> {
        let is = |ink: &Ink| *ink == Ink::opaque(colour);
        drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { points, ink } if is(ink) => Some(points),
                Shape::Line { points, closed: true, ink, .. } if is(ink) => Some(points),
                _ => None,
            })
            .map(|points| (points[0].0, points[points.len() / 2].0))
            .collect()
    }

    #[test]
    fn contributions_start_where_the_last_bar_ended_and_end_at_the_score() {
        let spec = spec(2.92, &VALUES);
        let drawing = draw(&spec).unwrap();
        let up = bars(&drawing, Palette::LIGHT.excited);
        let down = bars(&drawing, Palette::LIGHT.calm);
        let chain = [up[0], up[1], up[2], down[0], up[3], down[1]];
        let mut score = 2.92;
        for ((start, end), value) in chain.into_iter().zip(VALUES) {
            assert!((start - spec.panel.axis.x(score)).abs() < 1e-9, "starts at {start}");
            score += value;
            assert!((end - spec.panel.axis.x(score)).abs() < 1e-9, "ends at {end}");
        }
        let Some(Shape::Disc { centre, .. }) = drawing.shapes.last() else { panic!("no disc at the end") };
        assert_eq!(centre.0, spec.panel.axis.x(spec.end));
        assert!((chain[5].1 - centre.0).abs() < 1e-9);
    }

    #[test]
    fn contributions_that_raise_are_solid_and_those_that_lower_are_hatched_within_their_rim() {
        let drawing = draw(&spec(2.92, &[-0.5])).unwrap();
        assert!(bars(&drawing, Palette::LIGHT.excited).is_empty());
        let hatch: Vec<_> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line { points, closed: false, ink, .. }
                    if *ink == Ink::opaque(Palette::LIGHT.calm) =>
                {
                    Some(points)
                }
                _ => None,
            })
            .collect();
        assert!(hatch.len() > 10, "{} lines over 67 px", hatch.len());
        for point in hatch.into_iter().flatten() {
            assert!(point.0 >= spec(2.92, &[]).panel.axis.x(2.42) - 1e-9 && point.0 <= 509.2 + 1e-9);
            assert!((40.0..=55.0).contains(&point.1));
        }
    }

    #[test]
    fn contributions_shorter_than_the_point_are_only_the_point_and_a_zero_is_nothing() {
        let drawing = draw(&spec(3.0, &[0.02, 0.0])).unwrap();
        let solid: Vec<_> = drawing
            .shapes
            .iter()
            .filter(|shape| {
                matches!(shape, Shape::Area { points, ink }
                    if points.len() == 3 && *ink == Ink::opaque(Palette::LIGHT.excited))
            })
            .collect();
        assert_eq!(solid.len(), 1);
    }

    #[test]
    fn contributions_that_are_nested_run_within_their_group_and_add_nothing() {
        let mut spec = spec(3.0, &[0.4, 0.3, 0.1, 0.5]);
        spec.rows[1].nested = true;
        spec.rows[2].nested = true;
        let placed = place(&spec).unwrap();
        assert_eq!(placed[1].start, placed[0].start);
        assert_eq!(placed[2].start, placed[1].end);
        assert!((placed[2].end - placed[0].end).abs() < 1e-9);
        assert_eq!(placed[3].start, placed[0].end);
    }

    #[test]
    fn contributions_beyond_the_axis_stay_inside_the_panel() {
        for (start, values) in [(4.5, [0.4, 0.6, 0.7]), (1.2, [-0.9, -0.8, -0.1])] {
            let drawing = draw(&spec(start, &values)).unwrap();
            for (a, b) in
                bars(&drawing, Palette::LIGHT.excited).into_iter().chain(bars(&drawing, Palette::LIGHT.calm))
            {
                assert!((250.0..=790.0).contains(&a) && (250.0..=790.0).contains(&b), "{a} {b}");
            }
            assert!(matches!(drawing.shapes.last(), Some(Shape::Line { .. })), "an angle points beyond");
        }
    }

    #[test]
    fn contributions_that_are_not_finite_are_refused() {
        assert_eq!(draw(&spec(3.0, &[f64::NAN])).unwrap_err().code(), "chart_bad_number");
        assert!(draw(&spec(f64::INFINITY, &[])).is_err());
    }
}

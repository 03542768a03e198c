//! The first panel: the scale from 1 to 5 with the average voice, this voice and its interval.
//!
//! ```
//! use undertone::chart::{Panel, geometry::Axis, palette::Palette, scale};
//!
//! let (axis, palette) = (Axis { left: 40.0, right: 440.0 }, Palette::LIGHT);
//! let panel = Panel { width: 480.0, height: 60.0, ratio: 1.0, axis, palette };
//! let spec = scale::ScaleSpec { panel, y: 30.0, average: Some(2.9), calm: None, marks: vec![],
//!     guides: vec![], hatched: false };
//! assert!(scale::draw(&spec)?.shapes.len() > 5, "an axis, five marks and a diamond");
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

use super::ChartError;
use super::hatch::hatch;
use super::mark::{self, NumberedDisc};
use super::options::{options, words};
use super::panel::{Guide, Panel};
use super::shape::Drawing;

/// Height of the interval's band in CSS px.
const BAND_HEIGHT: f64 = 26.0;
/// Distance of the hatch's lines, measured along the horizontal, in CSS px.
const HATCH_PX: f64 = 6.0;
/// Width of the axis in CSS px.
const AXIS_PX: f64 = 2.4;

options! {
    /// What the scale shows.
    #[derive(Debug, Clone)]
    pub struct ScaleSpec extends panel: Panel {
        /// Vertical position of the axis, CSS px.
        y: f64,
        /// Score of the average voice, a hollow diamond; left out if absent.
        average: Option<f64> = None,
        /// Score of the speaker's calm voice, a hollow triangle; left out if absent.
        calm: Option<f64> = None,
        /// Recordings, from the lowest to the topmost.
        marks: Vec<ScaleMark> = Vec::new(),
        /// Guide lines, from the axis on.
        guides: Vec<Guide> = Vec::new(),
        /// This voice's interval is hatched instead of filled: on paper no tint carries a meaning alone.
        hatched: bool = false,
    }
}

options! {
    /// One recording on the scale.
    #[derive(Debug, Clone)]
    pub struct ScaleMark {
        /// Its score; not limited to 1–5.
        score: f64,
        /// Its interval, in scores.
        interval: Option<[f64; 2]> = None,
        /// What it is.
        style: MarkStyle,
        /// Its number, if that is to stand in the disc.
        number: Option<u32> = None,
    }
}

words! {
    /// What a recording is on the scale.
    pub enum MarkStyle {
        /// This voice: a solid disc, its interval a filled band.
        Current = "current",
        /// What this voice is compared with: a hollow disc, its interval a dashed rim.
        Start = "start",
        /// A voice unlike the training voices: a hollow disc, its interval a dashed rim.
        Unlike = "unlike",
    }
}

/// Draws the scale.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn.
pub fn draw(spec: &ScaleSpec) -> Result<Drawing, ChartError> {
    let panel = &spec.panel;
    let mut drawing = panel.drawing()?;
    if !spec.y.is_finite() {
        return Err(ChartError::BadNumber { field: "y", value: spec.y });
    }
    let y = panel.crisp(spec.y, AXIS_PX);
    let (filled, rimmed): (Vec<_>, Vec<_>) =
        spec.marks.iter().partition(|recording| recording.style == MarkStyle::Current);
    for recording in &filled {
        band(&mut drawing, panel, recording, y);
        if spec.hatched {
            hatched_band(&mut drawing, panel, recording, y);
        }
    }
    // A dashed rim must stay visible where a filled band lies over the same scores.
    for recording in &rimmed {
        band(&mut drawing, panel, recording, y);
    }
    draw_axis(&mut drawing, panel, y);
    panel.draw_guides(&mut drawing, &spec.guides, |_| (y, panel.height));
    if let Some(average) = spec.average {
        mark::diamond(&mut drawing, (panel.axis.x_clamped(average).0, y), &panel.palette);
    }
    if let Some(calm) = spec.calm {
        let at = (panel.axis.x_clamped(calm).0, y);
        mark::triangle(&mut drawing, at, mark::CALM_REACH, &panel.palette);
    }
    for recording in &spec.marks {
        let (x, beyond) = panel.axis.x_clamped(recording.score);
        let solid = recording.style == MarkStyle::Current;
        let radius = if recording.number.is_some() || beyond.is_some() { 10.0 } else { 8.5 };
        let disc = NumberedDisc { radius, solid, number: recording.number, beyond };
        mark::numbered_disc(&mut drawing, (x, y), disc, &panel.palette);
    }
    Ok(drawing)
}

fn draw_axis(drawing: &mut Drawing, panel: &Panel, y: f64) {
    let (axis, palette) = (&panel.axis, &panel.palette);
    drawing.line(vec![(axis.left, y), (axis.right, y)], AXIS_PX, palette.ink);
    for score in 1..=5 {
        let is_end = score == 1 || score == 5;
        let (reach, width) = if is_end { (7.0, AXIS_PX) } else { (6.0, 1.6) };
        let x = panel.crisp(axis.x(f64::from(score)), width);
        drawing.line(vec![(x, y - reach), (x, y + reach)], width, palette.ink);
    }
}

/// A recording's interval: a filled band with end strokes, or a dashed rim; open where it goes on beyond the axis.
fn band(drawing: &mut Drawing, panel: &Panel, recording: &ScaleMark, y: f64) {
    let palette = &panel.palette;
    let Some(span) = recording.interval.and_then(|interval| panel.axis.span(interval)) else { return };
    let (top, bottom) = (y - BAND_HEIGHT / 2.0, y + BAND_HEIGHT / 2.0);
    let left = panel.crisp(span.left, mark::RIM_PX);
    let right = panel.crisp(span.right, mark::RIM_PX);
    let ends = [(left, span.open_left), (right, span.open_right)];
    if recording.style == MarkStyle::Current {
        drawing.rectangle((left, top), (right, bottom), palette.mark);
        for (x, _) in ends.into_iter().filter(|(_, open)| !open) {
            drawing.line(vec![(x, top), (x, bottom)], mark::RIM_PX, palette.ink);
        }
    } else {
        let dash = (3.5, 3.0);
        for edge in [top, bottom] {
            drawing.dashes((left, edge), (right, edge), dash, mark::RIM_PX, palette.ink);
        }
        for (x, _) in ends.into_iter().filter(|(_, open)| !open) {
            drawing.dashes((x, top), (x, bottom), dash, mark::RIM_PX, palette.ink);
        }
    }
}

/// Diagonals over this voice's band.
fn hatched_band(drawing: &mut Drawing, panel: &Panel, recording: &ScaleMark, y: f64) {
    let Some(span) = recording.interval.and_then(|interval| panel.axis.span(interval)) else { return };
    let (top, bottom) = (y - BAND_HEIGHT / 2.0, y + BAND_HEIGHT / 2.0);
    let corners = [(span.left, top), (span.right, top), (span.right, bottom), (span.left, bottom)];
    for (from, to) in hatch(&corners, HATCH_PX) {
        drawing.line(vec![from, to], 1.0, panel.palette.line2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::palette::Palette;
    use crate::chart::panel::testing::panel;
    use crate::chart::shape::{Ink, Shape};

    fn spec(marks: Vec<ScaleMark>) -> ScaleSpec {
        ScaleSpec {
            panel: panel(600.0, 60.0, 2.0, 30.0),
            y: 30.0,
            average: Some(2.92),
            calm: None,
            marks,
            guides: Vec::new(),
            hatched: false,
        }
    }

    fn current(score: f64, interval: [f64; 2]) -> ScaleMark {
        ScaleMark { score, interval: Some(interval), style: MarkStyle::Current, number: None }
    }

    fn solid_discs(drawing: &Drawing) -> Vec<(f64, f64)> {
        let ink = Ink::opaque(Palette::LIGHT.ink);
        let centre = |shape: &Shape| match shape {
            Shape::Disc { centre, ink: i, .. } if *i == ink => Some(*centre),
            _ => None,
        };
        drawing.shapes.iter().filter_map(centre).collect()
    }

    fn bands(drawing: &Drawing) -> Vec<Vec<(f64, f64)>> {
        let mark = Ink::opaque(Palette::LIGHT.mark);
        let area = |shape: &Shape| match shape {
            Shape::Area { points, ink } if *ink == mark => Some(points.clone()),
            _ => None,
        };
        drawing.shapes.iter().filter_map(area).collect()
    }

    fn end_strokes(drawing: &Drawing) -> usize {
        let is_stroke = |shape: &&Shape| matches!(shape, Shape::Line { points, .. } if points[0].0 == points[1].0 && (points[1].1 - points[0].1 - BAND_HEIGHT).abs() < 1e-9);
        drawing.shapes.iter().filter(is_stroke).count()
    }

    #[test]
    fn scale_has_the_voice_at_its_score_and_a_band_over_its_interval() {
        let drawing = draw(&spec(vec![current(4.1, [3.3, 4.9])])).unwrap();
        let x = 30.0 + 3.1 * 135.0;
        assert_eq!(solid_discs(&drawing).len(), 1);
        assert!((solid_discs(&drawing)[0].0 - x).abs() < 1e-9);
        let band = &bands(&drawing)[0];
        assert!(
            (band[0].0 - (30.0 + 2.3 * 135.0)).abs() <= 0.5
                && (band[1].0 - (30.0 + 3.9 * 135.0)).abs() <= 0.5
        );
        assert!((band[2].1 - band[1].1 - BAND_HEIGHT).abs() < 1e-9);
        assert_eq!(end_strokes(&drawing), 2);
    }

    #[test]
    fn scale_hatches_the_interval_within_its_band_where_that_is_wished() {
        let mut spec = spec(vec![current(4.1, [3.3, 5.6])]);
        let plain = draw(&spec).unwrap().shapes.len();
        spec.hatched = true;
        let drawing = draw(&spec).unwrap();
        assert!(drawing.shapes.len() > plain + 20);
        let (left, right) = (30.0 + 2.3 * 135.0, 570.0);
        // The line lies on the grid of device pixels, at most half of one from its place.
        let line2 = Ink::opaque(Palette::LIGHT.line2);
        for shape in &drawing.shapes {
            if let Shape::Line { points, ink, .. } = shape
                && *ink == line2
            {
                assert!(points.iter().all(|&(x, y)| x >= left - 1e-9
                    && x <= right + 1e-9
                    && (y - 30.0).abs() <= BAND_HEIGHT / 2.0 + 0.25));
            }
        }
    }

    #[test]
    fn scale_has_the_calm_voice_as_a_triangle_at_its_score() {
        let mut spec = spec(vec![current(4.1, [3.3, 4.9])]);
        spec.calm = Some(2.0);
        let drawing = draw(&spec).unwrap();
        let tops = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Area { points, .. } if points.len() == 3 => Some(points[0]),
            _ => None,
        });
        assert_eq!(tops.map(|(x, _)| x).collect::<Vec<_>>(), [165.0]);
    }

    #[test]
    fn scale_cuts_an_interval_beyond_the_axis_and_leaves_it_open() {
        let drawing = draw(&spec(vec![current(4.8, [4.0, 5.6])])).unwrap();
        assert!((bands(&drawing)[0][1].0 - 570.0).abs() <= 0.5);
        assert_eq!(end_strokes(&drawing), 1);
    }

    #[test]
    fn scale_has_a_score_beyond_the_axis_at_its_end_with_an_angle() {
        let drawing = draw(&spec(vec![current(5.7, [4.9, 6.5])])).unwrap();
        assert_eq!(solid_discs(&drawing)[0].0, 570.0);
        let Some(Shape::Line { points, ink, .. }) = drawing.shapes.last() else { panic!("no angle") };
        assert_eq!(*ink, Ink::opaque(Palette::LIGHT.paper));
        assert!(points[1].0 > points[0].0);
    }

    #[test]
    fn scale_has_only_this_voice_solid_and_filled() {
        let other = |style| ScaleMark { score: 3.2, interval: Some([2.4, 4.0]), style, number: Some(2) };
        for style in [MarkStyle::Start, MarkStyle::Unlike] {
            let drawing = draw(&spec(vec![other(style)])).unwrap();
            assert!(solid_discs(&drawing).is_empty() && bands(&drawing).is_empty());
            assert!(
                drawing.shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == "2"))
            );
        }
    }
}

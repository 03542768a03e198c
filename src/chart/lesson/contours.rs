//! Contours under each other, as the staves of a score, with one moment marked in all of them.

use super::{ChartError, Scale, Sheet, broken_line, usual};
use crate::chart::shape::Drawing;

/// Several contours over the same time.
#[derive(Debug, Clone)]
pub struct ContoursSpec {
    /// Size and colours.
    pub sheet: Sheet,
    /// Beginning and end of the time axis, s.
    pub span: [f64; 2],
    /// The contours from top to bottom.
    pub rows: Vec<ContourRow>,
    /// The marked moment, s.
    pub at: Option<f64>,
}

/// One contour.
#[derive(Debug, Clone)]
pub struct ContourRow {
    /// Upper edge, CSS px.
    pub top: f64,
    /// Height, CSS px.
    pub height: f64,
    /// Its values; not a number where it has none.
    pub values: Vec<f32>,
    /// Time of the first value, s.
    pub start_s: f64,
    /// Time from value to value, s.
    pub step_s: f64,
    /// Which value the marked moment falls on.
    pub marked: Option<usize>,
}

/// Draws the contours, each between the ends of its usual values over a hairline; what lies beyond is held there, or a
/// single slip would flatten the rest.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and times that cannot be drawn.
pub fn draw(spec: &ContoursSpec) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, palette) = (spec.sheet.width, &spec.sheet.palette);
    let x = spec.sheet.across(spec.span)?;
    let cursor = spec.at.map(|at| spec.sheet.crisp(x.held(at), 2.0));
    if let Some(x) = cursor {
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, spec.sheet.height), palette.mark);
        drawing.line(vec![(x, 0.0), (x, spec.sheet.height)], 2.0, palette.ink);
    }
    for row in &spec.rows {
        let base = spec.sheet.crisp(row.top + row.height - 2.0, 1.0);
        drawing.line(vec![(0.0, base), (width, base)], 1.0, palette.line);
        let y = Scale::new(usual(&row.values), [base - 1.0, row.top + 5.0])?;
        let time = |k: usize| row.start_s + row.step_s * k as f64;
        let inside = |t: f64| t >= spec.span[0] - row.step_s && t <= spec.span[1] + row.step_s;
        let shown = row.values.iter().enumerate().filter(|(k, _)| inside(time(*k)));
        // Not a number stays that: there the line has a gap.
        let points = shown.map(|(k, v)| (x.at(time(k)), y.held(f64::from(*v))));
        broken_line(&mut drawing, points, 1.6, palette.ink);
        let marked = row.marked.and_then(|k| row.values.get(k)).filter(|v| v.is_finite());
        if let (Some(x), Some(value)) = (cursor, marked) {
            let at = (x, y.held(f64::from(*value)));
            drawing.disc(at, 6.0, palette.paper);
            drawing.disc(at, 4.5, palette.ink);
        }
    }
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, sheet};
    use super::*;
    use crate::chart::shape::Shape;

    fn row(values: &[f32]) -> ContourRow {
        ContourRow {
            top: 10.0,
            height: 50.0,
            values: values.to_vec(),
            start_s: 0.01,
            step_s: 0.01,
            marked: Some(1),
        }
    }

    fn spec(values: &[f32]) -> ContoursSpec {
        ContoursSpec { sheet: sheet(100.0, 60.0), span: [0.0, 0.1], rows: vec![row(values)], at: Some(0.02) }
    }

    #[test]
    fn a_contour_stands_between_its_own_lowest_and_highest_at_its_times() {
        let drawing = draw(&spec(&[1.0, 2.0, 3.0])).unwrap();
        let lines = lines(&drawing);
        let contour = lines.last().unwrap();
        let base = 58.5;
        assert_eq!(contour[0], (10.0, base - 1.0));
        assert_eq!(contour[2], (30.0, 15.0));
        let Some(Shape::Disc { centre, .. }) = drawing.shapes.last() else { panic!("no dot") };
        assert_eq!(*centre, (20.0, (base - 1.0 + 15.0) / 2.0));
    }

    #[test]
    fn a_single_slip_does_not_flatten_the_rest() {
        let mut values: Vec<f32> = (0..200).map(|k| 100.0 + (k % 2) as f32).collect();
        values[77] = 900.0;
        let drawing = draw(&spec(&values)).unwrap();
        let lines = lines(&drawing);
        let contour = lines.last().unwrap();
        assert_eq!((contour[0].1, contour[1].1), (57.5, 15.0));
        assert!(contour.iter().all(|point| (15.0..=57.5).contains(&point.1)));
    }

    #[test]
    fn where_there_is_no_value_there_is_no_dot() {
        let drawing = draw(&spec(&[1.0, f32::NAN, 3.0])).unwrap();
        // The two lonely values are dots as thin as the line.
        let dot = |shape: &Shape| matches!(shape, Shape::Disc { radius, .. } if *radius > 1.0);
        assert!(!drawing.shapes.iter().any(dot));
    }
}

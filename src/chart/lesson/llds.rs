//! LLDs below each other over one time axis, with one moment marked in all of them.

use super::{ChartError, Scale, Sheet, broken_line, usual_range};
use crate::chart::options::options;
use crate::chart::shape::Drawing;
use crate::lesson::LldLine;
use egemaps::catalogue::Lld;

options! {
    /// LLDs over the same time.
    #[derive(Debug, Clone)]
    pub struct LldsSpec extends sheet: Sheet {
        /// Beginning and end of the time axis, s into the speech.
        span: [f64; 2],
        /// The marked moment, s into the speech.
        at: Option<f64> = None,
        /// Which LLDs, and where, from top to bottom.
        rows: Vec<LldRow>,
    }
}

options! {
    /// One LLD.
    #[derive(Debug, Clone)]
    pub struct LldRow {
        /// Its official name.
        lld: Lld,
        /// Upper edge, CSS px.
        top: f64,
        /// Height, CSS px.
        height: f64,
    }
}

/// Draws the LLDs, one for each row, each between the ends of its usual values over a hairline; what lies beyond is
/// clamped there, or a single slip would flatten the rest.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and times that cannot be drawn.
pub fn draw(spec: &LldsSpec, lines: &[LldLine]) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, palette) = (spec.sheet.width, &spec.sheet.palette);
    let x = spec.sheet.across(spec.span)?;
    let cursor = spec.at.map(|at| spec.sheet.crisp(x.clamped(at), 2.0));
    if let Some(x) = cursor {
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, spec.sheet.height), palette.mark);
        drawing.line(vec![(x, 0.0), (x, spec.sheet.height)], 2.0, palette.ink);
    }
    for (row, line) in spec.rows.iter().zip(lines) {
        let base = spec.sheet.crisp(row.top + row.height - 2.0, 1.0);
        drawing.line(vec![(0.0, base), (width, base)], 1.0, palette.line);
        let y = Scale::new(usual_range(&line.values), [base - 1.0, row.top + 5.0])?;
        let time = |k: usize| line.start_s + line.step_s * k as f64;
        let inside = |t: f64| t >= spec.span[0] - line.step_s && t <= spec.span[1] + line.step_s;
        let shown = line.values.iter().enumerate().filter(|(k, _)| inside(time(*k)));
        // Not a number stays that: there the line has a gap.
        let points = shown.map(|(k, v)| (x.at(time(k)), y.clamped(f64::from(*v))));
        broken_line(&mut drawing, points, 1.6, palette.ink);
        let marked = line.marked.and_then(|k| line.values.get(k)).filter(|v| v.is_finite());
        if let (Some(x), Some(value)) = (cursor, marked) {
            let at = (x, y.clamped(f64::from(*value)));
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

    fn drawn(values: &[f32]) -> Drawing {
        let row = LldRow { lld: Lld::Loudness, top: 10.0, height: 50.0 };
        let spec = LldsSpec { sheet: sheet(100.0, 60.0), span: [0.0, 0.1], rows: vec![row], at: Some(0.02) };
        let line = LldLine { values: values.to_vec(), start_s: 0.01, step_s: 0.01, marked: Some(1) };
        draw(&spec, &[line]).unwrap()
    }

    #[test]
    fn llds_stand_between_their_lowest_and_highest_at_their_times() {
        let drawing = drawn(&[1.0, 2.0, 3.0]);
        let lines = lines(&drawing);
        let line = lines.last().unwrap();
        let base = 58.5;
        assert_eq!(line[0], (10.0, base - 1.0));
        assert_eq!(line[2], (30.0, 15.0));
        let Some(Shape::Disc { centre, .. }) = drawing.shapes.last() else { panic!("no dot") };
        assert_eq!(*centre, (20.0, (base - 1.0 + 15.0) / 2.0));
    }

    #[test]
    fn llds_are_not_flattened_by_a_single_slip() {
        let mut values: Vec<f32> = (0..200).map(|k| 100.0 + (k % 2) as f32).collect();
        values[77] = 900.0;
        let drawing = drawn(&values);
        let lines = lines(&drawing);
        let line = lines.last().unwrap();
        assert_eq!((line[0].1, line[1].1), (57.5, 15.0));
        assert!(line.iter().all(|point| (15.0..=57.5).contains(&point.1)));
    }

    #[test]
    fn llds_have_no_dot_where_there_is_no_value() {
        let drawing = drawn(&[1.0, f32::NAN, 3.0]);
        // The two single values are dots as thin as the line.
        let dot = |shape: &Shape| matches!(shape, Shape::Disc { radius, .. } if *radius > 1.0);
        assert!(!drawing.shapes.iter().any(dot));
    }
}

//! The air that moves: a stretch of the sound, and the windows that slide over it.

use super::{ChartError, Scale, Sheet};
use crate::chart::shape::{Drawing, Ink, Point};

/// From this many samples per px on, a column of the picture shows the lowest and highest of its samples.
const CROWDED: f64 = 10.0;
/// From this distance on, in px, every sample gets a dot.
const SPARSE_PX: f64 = 7.0;

/// What is shown of a sound.
#[derive(Debug, Clone)]
pub struct WaveformSpec {
    /// Size and colours.
    pub sheet: Sheet,
    /// Beginning and end of the stretch, s.
    pub span: [f64; 2],
    /// The largest sample that the sheet has room for.
    pub peak: f64,
    /// Windows over it.
    pub windows: Vec<Bell>,
    /// Place of the cursor, s.
    pub at: Option<f64>,
}

/// A window over the sound.
#[derive(Debug, Clone)]
pub struct Bell {
    /// Its beginning, s.
    pub start_s: f64,
    /// Its length, s.
    pub length_s: f64,
    /// Its values, 0 … 1.
    pub shape: Vec<f32>,
    /// The window that it is about is filled; its neighbours are hairlines.
    pub strong: bool,
    /// Its line is dashed.
    pub dashed: bool,
}

/// Draws the stretch of `samples` at `rate_hz`.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and stretches that cannot be drawn.
pub fn draw(spec: &WaveformSpec, samples: &[f32], rate_hz: f64) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, height) = (spec.sheet.width, spec.sheet.height);
    let palette = &spec.sheet.palette;
    let x = spec.sheet.across(spec.span)?;
    let peak = if spec.peak > 0.0 { spec.peak } else { 1.0 };
    let y = Scale::new([-peak, peak], [height - 2.0, 2.0])?;
    if let Some(at) = spec.at {
        let x = spec.sheet.crisp(x.at(at), 2.0);
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, height), palette.mark);
        drawing.line(vec![(x, 0.0), (x, height)], 2.0, palette.ink);
    }
    for bell in &spec.windows {
        draw_bell(&mut drawing, &spec.sheet, bell, &x);
    }
    let middle = spec.sheet.crisp(y.at(0.0), 1.0);
    drawing.line(vec![(0.0, middle), (width, middle)], 1.0, palette.line);

    let per_px = (spec.span[1] - spec.span[0]) * rate_hz / width;
    let value =
        |index: i64| usize::try_from(index).ok().and_then(|index| samples.get(index)).map(|v| f64::from(*v));
    if per_px >= CROWDED {
        let outline = envelope(&spec.sheet, spec.span, rate_hz, samples, &y);
        drawing.area(outline, palette.ink);
        return Ok(drawing);
    }
    let first = (spec.span[0] * rate_hz).floor() as i64;
    let last = (spec.span[1] * rate_hz).ceil() as i64;
    let points: Vec<Point> = (first..=last)
        .filter_map(|index| value(index).map(|v| (x.at(index as f64 / rate_hz), y.held(v))))
        .collect();
    if 1.0 / per_px >= SPARSE_PX {
        for point in &points {
            drawing.disc(*point, 2.2, palette.ink);
        }
    }
    drawing.line(points, 1.6, palette.ink);
    Ok(drawing)
}

/// Highest samples from left to right, then lowest back: a column per device px, at least one px high.
fn envelope(sheet: &Sheet, [from, to]: [f64; 2], rate_hz: f64, samples: &[f32], y: &Scale) -> Vec<Point> {
    let columns = (sheet.width * sheet.ratio).ceil().max(1.0) as usize;
    let edge = |column: usize| {
        let at = (from + (to - from) * column as f64 / columns as f64) * rate_hz;
        (at.max(0.0) as usize).min(samples.len())
    };
    let (mut top, mut bottom) = (Vec::with_capacity(2 * columns), Vec::with_capacity(columns));
    for column in 0..columns {
        // Up to the next column's first sample, so that the outline has no gaps.
        let part = &samples[edge(column)..(edge(column + 1) + 1).min(samples.len())];
        let first = part.first().copied().unwrap_or(0.0);
        let low = part.iter().fold(first, |low, v| low.min(*v));
        let high = part.iter().fold(first, |high, v| high.max(*v));
        let x = (column as f64 + 0.5) / sheet.ratio;
        top.push((x, y.held(f64::from(high)) - 0.5));
        bottom.push((x, y.held(f64::from(low)) + 0.5));
    }
    top.extend(bottom.into_iter().rev());
    top
}

fn draw_bell(drawing: &mut Drawing, sheet: &Sheet, bell: &Bell, x: &Scale) {
    let (height, palette) = (sheet.height, &sheet.palette);
    let last = bell.shape.len().saturating_sub(1).max(1) as f64;
    // A point per px is enough.
    let px = (x.at(bell.start_s + bell.length_s) - x.at(bell.start_s)).abs().max(1.0);
    let stride = ((last / px) as usize).max(1);
    let place = |(k, value): (usize, &f32)| {
        (
            x.at(bell.start_s + bell.length_s * k as f64 / last),
            height - 1.0 - f64::from(*value) * (height - 3.0),
        )
    };
    let mut points: Vec<Point> = bell.shape.iter().enumerate().step_by(stride).map(place).collect();
    points.extend(bell.shape.last().map(|value| place((bell.shape.len() - 1, value))));
    let (Some(&first), Some(&end)) = (points.first(), points.last()) else { return };
    if bell.strong {
        let foot = [(end.0, height), (first.0, height)];
        let alpha = if bell.dashed { 0.45 } else { 1.0 };
        let area = points.iter().copied().chain(foot).collect();
        drawing.area(area, Ink { colour: palette.mark, alpha });
    }
    let (width, colour) = if bell.strong { (1.6, palette.ink) } else { (1.0, palette.line2) };
    if bell.dashed {
        for pair in points.chunks(4) {
            drawing.line(pair.to_vec(), width, colour);
        }
    } else {
        drawing.line(points, width, colour);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, sheet};
    use super::*;
    use crate::chart::shape::Shape;

    fn spec(span: [f64; 2]) -> WaveformSpec {
        WaveformSpec { sheet: sheet(100.0, 50.0), span, peak: 1.0, windows: Vec::new(), at: None }
    }

    #[test]
    fn from_afar_the_wave_is_an_area_from_its_lowest_to_its_highest() {
        let samples: Vec<f32> = (0..16_000).map(|n| if n % 2 == 0 { 0.5 } else { -0.5 }).collect();
        let drawing = draw(&spec([0.0, 1.0]), &samples, 16_000.0).unwrap();
        let Some(Shape::Area { points, .. }) = drawing.shapes.last() else { panic!("no area") };
        assert_eq!(points.len(), 200);
        assert!((points[10].1 - (25.0 - 11.5 - 0.5)).abs() < 1e-9, "{:?}", points[10]);
        assert!((points[110].1 - (25.0 + 11.5 + 0.5)).abs() < 1e-9);
    }

    #[test]
    fn near_by_it_is_a_line_through_its_samples() {
        let samples: Vec<f32> = (0..16_000).map(|n| (n % 10) as f32 / 10.0).collect();
        let drawing = draw(&spec([0.5, 0.51]), &samples, 16_000.0).unwrap();
        assert_eq!(lines(&drawing).last().unwrap().len(), 161);
        let dots = |d: &Drawing| d.shapes.iter().filter(|s| matches!(s, Shape::Disc { .. })).count();
        assert_eq!(dots(&drawing), 0);
        assert_eq!(dots(&draw(&spec([0.5, 0.5005]), &samples, 16_000.0).unwrap()), 9);
    }

    #[test]
    fn beyond_the_sound_there_is_only_the_middle_line() {
        assert_eq!(lines(&draw(&spec([2.0, 2.01]), &[0.1; 100], 16_000.0).unwrap())[1].len(), 0);
        assert!(draw(&spec([1.0, 1.0]), &[0.1; 100], 16_000.0).is_err());
    }
}

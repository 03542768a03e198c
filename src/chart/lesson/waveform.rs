//! The waveform: a span of the sound, and the windows that slide over it.

use super::{ChartError, Scale, Sheet};
use crate::chart::options::{options, words};
use crate::chart::shape::{Drawing, Ink, Point};
use crate::lesson::ShortFrame;
use egemaps::geometry::{FrameShape, SHORT_FRAME_S, Window};

/// From this many samples per px on, a column of the picture shows the lowest and highest of its samples.
const CROWDED: f64 = 10.0;
/// From this distance on, in px, every sample gets a dot.
const SPARSE_PX: f64 = 7.0;

/// Lengths of windows that make sense, s.
const WINDOW_S: [f64; 2] = [0.001, 1.0];

options! {
    /// What is shown of a sound.
    #[derive(Debug, Clone)]
    pub struct WaveSpec extends sheet: Sheet {
        /// Beginning and end, s into the speech.
        span: [f64; 2],
        /// The marked moment, s into the speech.
        at: Option<f64> = None,
        /// Windows over it.
        windows: Vec<WindowSpec> = Vec::new(),
    }
}

options! {
    /// A window over the sound.
    #[derive(Debug, Clone)]
    pub struct WindowSpec {
        /// Its shape; a Gaussian one is dashed.
        kind: WindowKind,
        /// Its middle, s into the speech.
        middle: f64,
        /// Its length, s.
        seconds: f64,
        /// The window that it is about is filled; its neighbours are hairlines.
        strong: bool = false,
    }
}

words! {
    /// The shape of a window.
    pub enum WindowKind {
        /// Of the short frames.
        Hamming = "hamming",
        /// Of the long frames.
        Gaussian = "gaussian",
    }
}

options! {
    /// The short frame under its window around a moment.
    #[derive(Debug, Clone)]
    pub struct SliceSpec extends sheet: Sheet {
        /// The moment, s into the speech.
        at: f64,
    }
}

/// Draws the short frame around a moment, as it is under its window; `peak` is the largest sample that there is room for.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn.
pub fn draw_slice(
    spec: &SliceSpec,
    frame: &ShortFrame,
    rate_hz: u32,
    peak: f64,
) -> Result<Drawing, ChartError> {
    let sheet = spec.sheet.clone();
    let wave = WaveSpec { sheet, span: [0.0, SHORT_FRAME_S], at: None, windows: Vec::new() };
    draw(&wave, &frame.slice.windowed, rate_hz, peak)
}

/// Draws the span of `samples` at `rate_hz`; `peak` is the largest sample that there is room for.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and spans that cannot be drawn.
pub fn draw(spec: &WaveSpec, samples: &[f32], rate_hz: u32, peak: f64) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, height) = (spec.sheet.width, spec.sheet.height);
    let palette = &spec.sheet.palette;
    let x = spec.sheet.across(spec.span)?;
    let peak = if peak > 0.0 { peak } else { 1.0 };
    let y = Scale::new([-peak, peak], [height - 2.0, 2.0])?;
    if let Some(at) = spec.at {
        let x = spec.sheet.crisp(x.at(at), 2.0);
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, height), palette.mark);
        drawing.line(vec![(x, 0.0), (x, height)], 2.0, palette.ink);
    }
    for window in &spec.windows {
        draw_window(&mut drawing, &spec.sheet, window, rate_hz, &x);
    }
    let rate_hz = f64::from(rate_hz);
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
        .filter_map(|index| value(index).map(|v| (x.at(index as f64 / rate_hz), y.clamped(v))))
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
        top.push((x, y.clamped(f64::from(high)) - 0.5));
        bottom.push((x, y.clamped(f64::from(low)) + 0.5));
    }
    top.extend(bottom.into_iter().rev());
    top
}

fn draw_window(drawing: &mut Drawing, sheet: &Sheet, spec: &WindowSpec, rate_hz: u32, x: &Scale) {
    let (height, palette) = (sheet.height, &sheet.palette);
    let kind = match spec.kind {
        WindowKind::Hamming => Window::Hamming,
        WindowKind::Gaussian => Window::Gaussian,
    };
    let dashed = spec.kind == WindowKind::Gaussian;
    let length_s = spec.seconds.clamp(WINDOW_S[0], WINDOW_S[1]);
    let start_s = spec.middle - length_s / 2.0;
    let shape = FrameShape::new(rate_hz, length_s, kind).window;
    let last = shape.len().saturating_sub(1).max(1) as f64;
    // A point per px is enough.
    let px = (x.at(start_s + length_s) - x.at(start_s)).abs().max(1.0);
    let stride = ((last / px) as usize).max(1);
    let place = |(k, value): (usize, &f32)| {
        (x.at(start_s + length_s * k as f64 / last), height - 1.0 - f64::from(*value) * (height - 3.0))
    };
    let mut points: Vec<Point> = shape.iter().enumerate().step_by(stride).map(place).collect();
    points.extend(shape.last().map(|value| place((shape.len() - 1, value))));
    let (Some(&first), Some(&end)) = (points.first(), points.last()) else { return };
    if spec.strong {
        let foot = [(end.0, height), (first.0, height)];
        let alpha = if dashed { 0.45 } else { 1.0 };
        let area = points.iter().copied().chain(foot).collect();
        drawing.area(area, Ink { colour: palette.mark, alpha });
    }
    let (width, colour) = if spec.strong { (1.6, palette.ink) } else { (1.0, palette.line2) };
    if dashed {
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

    fn drawn(span: [f64; 2], samples: &[f32]) -> Result<Drawing, ChartError> {
        let spec = WaveSpec { sheet: sheet(100.0, 50.0), span, windows: Vec::new(), at: None };
        draw(&spec, samples, 16_000, 1.0)
    }

    #[test]
    fn wave_from_afar_is_an_area_from_its_lowest_to_its_highest() {
        let samples: Vec<f32> = (0..16_000).map(|n| if n % 2 == 0 { 0.5 } else { -0.5 }).collect();
        let drawing = drawn([0.0, 1.0], &samples).unwrap();
        let Some(Shape::Area { points, .. }) = drawing.shapes.last() else { panic!("no area") };
        assert_eq!(points.len(), 200);
        assert!((points[10].1 - (25.0 - 11.5 - 0.5)).abs() < 1e-9, "{:?}", points[10]);
        assert!((points[110].1 - (25.0 + 11.5 + 0.5)).abs() < 1e-9);
    }

    #[test]
    fn wave_near_by_is_a_line_through_its_samples() {
        let samples: Vec<f32> = (0..16_000).map(|n| (n % 10) as f32 / 10.0).collect();
        let drawing = drawn([0.5, 0.51], &samples).unwrap();
        assert_eq!(lines(&drawing).last().unwrap().len(), 161);
        let dots = |d: &Drawing| d.shapes.iter().filter(|s| matches!(s, Shape::Disc { .. })).count();
        assert_eq!(dots(&drawing), 0);
        assert_eq!(dots(&drawn([0.5, 0.5005], &samples).unwrap()), 9);
    }

    #[test]
    fn wave_beyond_the_sound_is_only_the_middle_line() {
        assert_eq!(lines(&drawn([2.0, 2.01], &[0.1; 100]).unwrap())[1].len(), 0);
        assert!(drawn([1.0, 1.0], &[0.1; 100]).is_err());
    }

    #[test]
    fn wave_windows_stand_around_their_middles() {
        let window = |kind, strong| WindowSpec { kind, middle: 0.05, seconds: 0.02, strong };
        let windows = vec![window(WindowKind::Hamming, true), window(WindowKind::Gaussian, false)];
        let spec = WaveSpec { sheet: sheet(100.0, 50.0), span: [0.0, 0.1], windows, at: None };
        let drawing = draw(&spec, &[], 16_000, 1.0).unwrap();
        let lines = lines(&drawing);
        let (first, last) = (lines[0][0].0, lines[0].last().unwrap().0);
        assert!(
            (first - 40.0).abs() < 1e-9 && (last - 60.0).abs() < 1e-9,
            "a solid line from {first} to {last}"
        );
        assert!(lines[1].len() <= 4 && lines.len() > 4, "dashes");
        let Some(Shape::Area { points, .. }) = drawing.shapes.first() else { panic!("no area under it") };
        let top = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
        assert!((2.0..2.5).contains(&top), "{top}");
    }
}

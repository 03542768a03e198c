//! The spectrum of a slice, its low, middle and bright part told apart by their hatching.

use super::waveform::SliceSpec;
use super::{ChartError, Scale, Sheet};
use crate::chart::hatch::hatch;
use crate::chart::options::options;
use crate::chart::shape::{Drawing, Ink, Point};
use crate::lesson::ShortFrame;

/// Distance of the lines, CSS px.
const HATCH_PX: f64 = 6.0;

/// How far the sheet reaches down from the loudest magnitude, dB.
const RANGE_DB: f64 = 80.0;

options! {
    /// What is shown of the spectrum of a moment.
    #[derive(Debug, Clone)]
    pub struct SpectrumSpec extends slice: SliceSpec {
        /// Edges of the three parts, Hz; the last is the end of the axis.
        edges_hz as "edgesHz": [f64; 4],
    }
}

/// Draws the spectrum of a frame.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and ranges that cannot be drawn.
pub fn draw(spec: &SpectrumSpec, frame: &ShortFrame) -> Result<Drawing, ChartError> {
    let sheet = &spec.slice.sheet;
    let mut drawing = sheet.drawing()?;
    let (height, palette) = (sheet.height, &sheet.palette);
    let [from, .., to] = spec.edges_hz;
    let x = sheet.across([from, to])?;
    let y = Scale::new([-RANGE_DB, 0.0], [height - 1.0, 2.0])?;
    let level = |magnitude: f32| 20.0 * libm::log10((f64::from(magnitude) / frame.loudest).max(1e-12));
    let points: Vec<Point> = frame
        .slice
        .magnitudes
        .iter()
        .enumerate()
        .map(|(k, magnitude)| (x.at(k as f64 * frame.bin_hz), y.clamped(level(*magnitude))))
        .take_while(|(x, _)| *x <= sheet.width + 1.0)
        .collect();
    let mirror = |(x, y): Point| (-x, y);
    for pair in points.windows(2) {
        let [(left, a), (right, b)] = [pair[0], pair[1]];
        let corners = vec![(left, a), (right, b), (right, height), (left, height)];
        let part = spec.edges_hz[1..3].iter().filter(|edge| (left + right) / 2.0 > x.at(**edge)).count();
        match part {
            0 => lines(&mut drawing, hatch(&corners, HATCH_PX), sheet),
            1 => drawing.area(corners, Ink { colour: palette.ink, alpha: 0.18 }),
            _ => {
                // The other way round, on the same grid.
                let turned: Vec<Point> = corners.into_iter().rev().map(mirror).collect();
                let found = hatch(&turned, HATCH_PX);
                lines(&mut drawing, found.into_iter().map(|(a, b)| (mirror(a), mirror(b))).collect(), sheet);
            }
        }
    }
    for edge in &spec.edges_hz[1..3] {
        let x = sheet.crisp(x.at(*edge), 1.0);
        drawing.dashes((x, 0.0), (x, height), (2.0, 4.0), 1.0, palette.line2);
    }
    drawing.line(points, 1.8, palette.ink);
    drawing.line(vec![(0.0, height - 0.5), (sheet.width, height - 0.5)], 1.0, palette.line2);
    Ok(drawing)
}

fn lines(drawing: &mut Drawing, lines: Vec<(Point, Point)>, sheet: &Sheet) {
    for (from, to) in lines {
        drawing.line(vec![from, to], 1.0, Ink { colour: sheet.palette.ink, alpha: 0.6 });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, sheet};
    use super::*;
    use egemaps::Slice;

    #[test]
    fn spectrum_levels_are_decibels_below_the_loudest_at_their_frequencies() {
        let slice = SliceSpec { sheet: sheet(500.0, 163.0), at: 0.0 };
        let spec = SpectrumSpec { slice, edges_hz: [0.0, 500.0, 1_500.0, 5_000.0] };
        let mut magnitudes = vec![1e-5; 101];
        magnitudes[20] = 10.0;
        magnitudes[40] = 1.0;
        let frame =
            ShortFrame { slice: Slice { windowed: Vec::new(), magnitudes }, bin_hz: 50.0, loudest: 10.0 };
        let drawing = draw(&spec, &frame).unwrap();
        let lines = lines(&drawing);
        let line = lines[lines.len() - 2];
        assert_eq!(line.len(), 101);
        assert_eq!(line[20], (100.0, 2.0));
        assert_eq!(line[40], (200.0, 42.0));
        assert_eq!(line[60], (300.0, 162.0));
        let slants: Vec<bool> = lines
            .iter()
            .filter(|l| l.len() == 2 && l[0].0 != l[1].0 && l[0].1 != l[1].1)
            .map(|l| (l[1].0 - l[0].0) * (l[1].1 - l[0].1) > 0.0)
            .collect();
        assert!(slants.contains(&true) && slants.contains(&false), "two kinds of hatching");
    }
}

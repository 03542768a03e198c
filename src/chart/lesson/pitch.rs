//! The hunt for the pitch: candidates as hollow dots, and the way that was chosen through them.

use super::{ChartError, Scale, Sheet, broken_line};
use crate::chart::shape::Drawing;

/// Ends of the axis, Hz; logarithmic, as candidates lie between 55 and 1,000 Hz.
pub const RANGE_HZ: [f64; 2] = [50.0, 1_000.0];
/// Neighbours further apart than this, in octaves, are joined by no line.
const LEAP_OCTAVES: f64 = 1.0 / 3.0;

/// A stretch of frames with their candidates.
#[derive(Debug, Clone)]
pub struct PitchSpec {
    /// Size and colours.
    pub sheet: Sheet,
    /// Beginning and end of the time axis, s.
    pub span: [f64; 2],
    /// The marked moment, s.
    pub at: Option<f64>,
    /// Also join what leaps: to show that it does.
    pub join_leaps: bool,
}

/// One candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Middle of its frame, s.
    pub at_s: f64,
    /// Frequency, Hz.
    pub f0_hz: f64,
    /// Whether it speaks for a tone.
    pub strong: bool,
}

/// Draws candidates, and a line through the frames of `path`: the middle of each, s, and its pitch, Hz, 0 = unvoiced.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and times that cannot be drawn.
pub fn draw(spec: &PitchSpec, dots: &[Dot], path: &[(f64, f64)]) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, height, palette) = (spec.sheet.width, spec.sheet.height, &spec.sheet.palette);
    let x = spec.sheet.across(spec.span)?;
    let y = Scale::new(RANGE_HZ.map(libm::log2), [height - 4.0, 4.0])?;
    for octave in [100.0, 200.0, 400.0, 800.0] {
        let y = spec.sheet.crisp(y.at(libm::log2(octave)), 1.0);
        drawing.line(vec![(0.0, y), (width, y)], 1.0, palette.line);
    }
    if let Some(at) = spec.at {
        let x = spec.sheet.crisp(x.held(at), 2.0);
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, height), palette.wash);
        drawing.line(vec![(x, 0.0), (x, height)], 1.0, palette.ink);
    }
    for dot in dots {
        let ink = if dot.strong { palette.ink } else { palette.line2 };
        drawing.ring(
            (x.at(dot.at_s), y.held(libm::log2(dot.f0_hz))),
            2.4,
            if dot.strong { 1.3 } else { 0.8 },
            ink,
        );
    }
    let mut points = Vec::with_capacity(path.len());
    let mut before = 0.0;
    for &(at_s, f0_hz) in path {
        let leaps = before > 0.0 && f0_hz > 0.0 && libm::log2(f0_hz / before).abs() > LEAP_OCTAVES;
        if leaps && !spec.join_leaps {
            points.push((f64::NAN, f64::NAN));
        }
        points.push(if f0_hz > 0.0 { (x.at(at_s), y.held(libm::log2(f0_hz))) } else { (f64::NAN, f64::NAN) });
        before = f0_hz;
    }
    broken_line(&mut drawing, points.iter().copied(), 5.5, palette.ink);
    broken_line(&mut drawing, points.iter().copied(), 2.6, palette.mark);
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, sheet};
    use super::*;

    fn spec(join_leaps: bool) -> PitchSpec {
        PitchSpec { sheet: sheet(100.0, 108.0), span: [0.0, 1.0], at: None, join_leaps }
    }

    #[test]
    fn an_octave_is_as_high_everywhere_and_leaps_are_joined_only_on_demand() {
        let path = [(0.1, 100.0), (0.2, 101.0), (0.3, 202.0), (0.4, 202.0), (0.5, 0.0)];
        let pieces = |join| {
            let drawing = draw(&spec(join), &[], &path).unwrap();
            lines(&drawing)[4..].iter().map(|line| line.len()).collect::<Vec<_>>()
        };
        assert_eq!(pieces(false), [2, 2, 2, 2], "casing and line, in two pieces");
        assert_eq!(pieces(true), [4, 4]);
        let drawing = draw(&spec(true), &[], &[]).unwrap();
        let octaves: Vec<f64> = lines(&drawing).iter().map(|line| line[0].1).collect();
        let step = 100.0 / libm::log2(20.0);
        for pair in octaves.windows(2) {
            assert!((pair[0] - pair[1] - step).abs() <= 1.0, "{octaves:?}");
        }
    }
}

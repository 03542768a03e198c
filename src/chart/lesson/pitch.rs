//! The pitch: candidates as hollow dots, and the path that was chosen through them.

use super::{ChartError, Scale, Sheet, broken_line};
use crate::chart::options::options;
use crate::chart::shape::Drawing;
use crate::lesson::PitchFrame;

/// Ends of the axis, Hz; logarithmic, as candidates lie between 55 and 1,000 Hz.
pub const RANGE_HZ: [f64; 2] = [50.0, 1_000.0];
/// Neighbours further apart than this, in octaves, are joined by no line.
const LEAP_OCTAVES: f64 = 1.0 / 3.0;

options! {
    /// A span of frames with their candidates.
    #[derive(Debug, Clone)]
    pub struct PitchSpec extends sheet: Sheet {
        /// Beginning and end of the time axis, s into the speech.
        span: [f64; 2],
        /// The marked moment, s into the speech.
        at: Option<f64> = None,
        /// The path that the extractor chose; else the best candidate of each frame by itself, whose leaps are joined, to
        /// show that it does leap.
        path: bool,
    }
}

/// Draws the candidates of the frames, and a line through their pitch.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes and times that cannot be drawn.
pub fn draw(spec: &PitchSpec, frames: &[PitchFrame]) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let (width, height, palette) = (spec.sheet.width, spec.sheet.height, &spec.sheet.palette);
    let x = spec.sheet.across(spec.span)?;
    let y = Scale::new(RANGE_HZ.map(libm::log2), [height - 4.0, 4.0])?;
    for octave in [100.0, 200.0, 400.0, 800.0] {
        let y = spec.sheet.crisp(y.at(libm::log2(octave)), 1.0);
        drawing.line(vec![(0.0, y), (width, y)], 1.0, palette.line);
    }
    if let Some(at) = spec.at {
        let x = spec.sheet.crisp(x.clamped(at), 2.0);
        drawing.rectangle((x - 4.5, 0.0), (x + 4.5, height), palette.wash);
        drawing.line(vec![(x, 0.0), (x, height)], 1.0, palette.ink);
    }
    for (frame, candidate) in
        frames.iter().flat_map(|frame| frame.candidates.iter().map(move |found| (frame, found)))
    {
        let at = (x.at(frame.middle_s), y.clamped(libm::log2(candidate.f0_hz)));
        let (width, ink) = if candidate.is_voiced { (1.3, palette.ink) } else { (0.8, palette.line2) };
        drawing.ring(at, 2.4, width, ink);
    }
    const NOTHING: (f64, f64) = (f64::NAN, f64::NAN);
    let mut points = Vec::with_capacity(frames.len());
    let mut before = 0.0;
    for &PitchFrame { middle_s, f0_hz, .. } in frames {
        let leaps = before > 0.0 && f0_hz > 0.0 && libm::log2(f0_hz / before).abs() > LEAP_OCTAVES;
        if leaps && spec.path {
            points.push(NOTHING);
        }
        points.push(if f0_hz > 0.0 { (x.at(middle_s), y.clamped(libm::log2(f0_hz))) } else { NOTHING });
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
    use crate::chart::shape::Shape;
    use crate::lesson::PitchCandidate;

    fn drawn(path: bool, frames: &[(f64, f64)]) -> Drawing {
        let spec = PitchSpec { sheet: sheet(100.0, 108.0), span: [0.0, 1.0], at: None, path };
        let candidates = vec![PitchCandidate { f0_hz: 100.0, is_voiced: true }];
        let frame = |&(middle_s, f0_hz)| PitchFrame { middle_s, f0_hz, candidates: candidates.clone() };
        draw(&spec, &frames.iter().map(frame).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn pitch_octaves_are_equally_high_and_leaps_are_joined_off_the_path_only() {
        let frames = [(0.1, 100.0), (0.2, 101.0), (0.3, 202.0), (0.4, 202.0), (0.5, 0.0)];
        let pieces = |path| {
            let drawing = drawn(path, &frames);
            lines(&drawing)[4..].iter().map(|line| line.len()).collect::<Vec<_>>()
        };
        assert_eq!(pieces(true), [2, 2, 2, 2], "casing and line, in two pieces");
        assert_eq!(pieces(false), [4, 4]);
        let drawing = drawn(false, &[]);
        let octaves: Vec<f64> = lines(&drawing).iter().map(|line| line[0].1).collect();
        let step = 100.0 / libm::log2(20.0);
        for pair in octaves.windows(2) {
            assert!((pair[0] - pair[1] - step).abs() <= 1.0, "{octaves:?}");
        }
    }

    #[test]
    fn pitch_candidates_are_dots_in_the_middle_of_their_frames() {
        let drawing = drawn(true, &[(0.1, 0.0), (0.3, 0.0)]);
        let places = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Ring { centre, .. } => Some(centre.0),
            _ => None,
        });
        assert_eq!(places.collect::<Vec<_>>(), [10.0, 30.0]);
    }
}

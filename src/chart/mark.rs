//! Marks: the dots of the training voices, the numbered discs of this session, diamonds, triangles and guide lines.

use super::geometry::Beyond;
use super::palette::{EmotionMark, Palette};
use super::shape::{Anchor, Drawing, Face, Ink, Lettering, Point};

/// Stroke of a control or a rim, in CSS px.
pub const RIM_PX: f64 = 1.6;

/// Draws one training voice's dot, about 6 px across, at `centre`.
///
/// Areas are alike, so that no emotion looks more numerous than another.
pub fn dot(drawing: &mut Drawing, mark: EmotionMark, (x, y): Point, ink: Ink) {
    match mark {
        EmotionMark::Anger => drawing.area(vec![(x, y - 4.0), (x + 3.7, y + 2.6), (x - 3.7, y + 2.6)], ink),
        EmotionMark::Fear => drawing.area(vec![(x, y + 4.0), (x - 3.7, y - 2.6), (x + 3.7, y - 2.6)], ink),
        EmotionMark::Happiness => drawing.disc((x, y), 3.0, ink),
        EmotionMark::Surprise => {
            drawing.area(vec![(x, y - 4.0), (x + 4.0, y), (x, y + 4.0), (x - 4.0, y)], ink);
        }
        EmotionMark::Neutral => drawing.rectangle((x - 2.75, y - 2.75), (x + 2.75, y + 2.75), ink),
        EmotionMark::Sadness => drawing.ring((x, y), 2.5, 1.6, ink),
        EmotionMark::Disgust => {
            let (arm, half) = (3.6, 1.25);
            drawing.area(
                vec![
                    (x - half, y - arm),
                    (x + half, y - arm),
                    (x + half, y - half),
                    (x + arm, y - half),
                    (x + arm, y + half),
                    (x + half, y + half),
                    (x + half, y + arm),
                    (x - half, y + arm),
                    (x - half, y + half),
                    (x - arm, y + half),
                    (x - arm, y - half),
                    (x - half, y - half),
                ],
                ink,
            );
        }
        EmotionMark::Boredom => drawing.rectangle((x - 3.75, y - 1.6), (x + 3.75, y + 1.6), ink),
        EmotionMark::Calm => {
            drawing.ring((x, y), 2.8, 1.0, ink);
            drawing.area(half_disc((x, y), 2.8), ink);
        }
    }
}

/// The left half of a disc as a polygon.
fn half_disc((x, y): Point, radius: f64) -> Vec<Point> {
    const STEPS: u32 = 8;
    (0..=STEPS)
        .map(|step| {
            let angle = std::f64::consts::PI * f64::from(step) / f64::from(STEPS);
            (x - radius * libm::sin(angle), y - radius * libm::cos(angle))
        })
        .collect()
}

/// The average voice: a hollow diamond.
pub fn diamond(drawing: &mut Drawing, (x, y): Point, palette: &Palette) {
    let reach = 7.0;
    let corners = vec![(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)];
    drawing.area(corners.clone(), palette.paper);
    drawing.outline(corners, RIM_PX, palette.ink);
}

/// The person's own calm reading: a hollow triangle.
pub fn triangle(drawing: &mut Drawing, (x, y): Point, palette: &Palette) {
    let corners = vec![(x, y - 8.0), (x + 7.5, y + 5.5), (x - 7.5, y + 5.5)];
    drawing.area(corners.clone(), palette.paper);
    drawing.outline(corners, RIM_PX, palette.ink);
}

/// A piece of a guide line at `x`, from top to bottom.
pub fn guide_line(drawing: &mut Drawing, x: f64, (top, bottom): (f64, f64), dashed: bool, palette: &Palette) {
    if dashed {
        drawing.dashes((x, top), (x, bottom), (5.0, 3.5), RIM_PX, palette.ink);
    } else {
        drawing.line(vec![(x, top), (x, bottom)], RIM_PX, palette.ink);
    }
}

/// A disc of this session's recordings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberedDisc {
    /// Outer radius in CSS px.
    pub radius: f64,
    /// Filled with ink, or hollow with a rim.
    pub solid: bool,
    /// The recording's number, if it is to be shown.
    pub number: Option<u32>,
    /// The score lies beyond this end of the axis: an angle points there.
    pub beyond: Option<Beyond>,
}

/// Draws a numbered disc, with a little paper around a solid one so that it stands out from what lies below.
///
/// An angle that points beyond the axis takes the number's place: it always has room there, at the very edge of a
/// phone as well, and the recording's number stands elsewhere on the page.
pub fn numbered_disc(drawing: &mut Drawing, (x, y): Point, disc: NumberedDisc, palette: &Palette) {
    let front = if disc.solid {
        drawing.disc((x, y), disc.radius + 2.0, palette.paper);
        drawing.disc((x, y), disc.radius, palette.ink);
        palette.paper
    } else {
        drawing.disc((x, y), disc.radius, palette.paper);
        drawing.ring((x, y), disc.radius - RIM_PX / 2.0, RIM_PX, palette.ink);
        palette.ink
    };
    if let Some(side) = disc.beyond {
        let (half, tip) = (0.42 * disc.radius, if side == Beyond::Left { -1.0 } else { 1.0 });
        let angle = vec![
            (x - tip * half / 2.0, y - half),
            (x + tip * half / 2.0, y),
            (x - tip * half / 2.0, y + half),
        ];
        drawing.line(angle, 2.0, front);
    } else if let Some(number) = disc.number {
        let text = number.to_string();
        // Two digits fit at full size, three and more get smaller.
        let size = 1.1 * disc.radius * (2.0 / text.len().max(2) as f64);
        let lettering = Lettering { size, face: Face::SansBold, anchor: Anchor::Middle };
        drawing.text((x, y + 0.04 * size), text, lettering, front);
    }
}

/// A dashed arrow that ends in a point, readable on dots.
pub fn arrow(drawing: &mut Drawing, [tail, head]: [Point; 2], palette: &Palette) {
    const POINT_PX: f64 = 15.0;
    const HALF_PX: f64 = 6.0;
    let (dx, dy) = (head.0 - tail.0, head.1 - tail.1);
    let length = libm::hypot(dx, dy);
    if !(length.is_finite() && length > 0.0) {
        return;
    }
    let (dx, dy) = (dx / length, dy / length);
    let neck = (head.0 - dx * POINT_PX.min(length), head.1 - dy * POINT_PX.min(length));
    let corner = |side: f64| (neck.0 - dy * HALF_PX * side, neck.1 + dx * HALF_PX * side);
    drawing.line(vec![tail, head], 5.0, palette.paper);
    drawing.dashes(tail, neck, (7.0, 4.0), 2.0, palette.ink);
    let point = vec![head, corner(1.0), corner(-1.0)];
    drawing.outline(point.clone(), 3.0, palette.paper);
    drawing.area(point, palette.ink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::shape::Shape;

    #[test]
    fn dots_are_about_six_px_and_no_two_look_alike() {
        let mut seen: Vec<Vec<Shape>> = Vec::new();
        for mark in EmotionMark::ALL {
            let mut drawing = Drawing::new(20.0, 20.0);
            dot(&mut drawing, mark, (10.0, 10.0), Ink::opaque(Palette::LIGHT.ink));
            for shape in &drawing.shapes {
                let reach = match shape {
                    Shape::Area { points, .. } => points
                        .iter()
                        .map(|point| (point.0 - 10.0).abs().max((point.1 - 10.0).abs()))
                        .fold(0.0, f64::max),
                    Shape::Disc { radius, .. } => *radius,
                    Shape::Ring { radius, width, .. } => radius + width / 2.0,
                    other => panic!("a dot has no {other:?}"),
                };
                assert!((2.5..=4.0).contains(&reach), "{mark:?} reaches {reach} px");
            }
            assert!(!seen.contains(&drawing.shapes), "{mark:?} looks like another");
            seen.push(drawing.shapes);
        }
    }

    #[test]
    fn numbered_disc_beyond_the_axis_points_there_instead_of_showing_its_number() {
        let disc = NumberedDisc { radius: 10.0, solid: false, number: Some(3), beyond: Some(Beyond::Right) };
        let mut drawing = Drawing::new(40.0, 40.0);
        numbered_disc(&mut drawing, (20.0, 20.0), disc, &Palette::LIGHT);
        let Some(Shape::Line { points, .. }) = drawing.shapes.last() else { panic!("no angle") };
        assert!(points[1].0 > points[0].0, "the tip is on the right");
        assert!(!drawing.shapes.iter().any(|shape| matches!(shape, Shape::Text { .. })));
    }
}

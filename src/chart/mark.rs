//! Marks: the dots of the training voices, the numbered discs of this session, diamonds, triangles and guide lines.
//!
//! ```
//! use undertone::chart::palette::{EmotionMark, Palette};
//! use undertone::chart::{mark, shape::Drawing, shape::Ink};
//!
//! let mut drawing = Drawing::new(20.0, 20.0);
//! mark::dot(&mut drawing, EmotionMark::Neutral, (10.0, 10.0), Ink::opaque(Palette::LIGHT.ink));
//! assert_eq!(drawing.shapes.len(), 1, "a square");
//! assert!(mark::svg_path(EmotionMark::Neutral).ends_with('Z'));
//! ```

use super::geometry::Beyond;
use super::palette::{EmotionMark, Palette};
use super::shape::{Anchor, Drawing, Face, Ink, Lettering, Point, Shape};
use crate::number::Decimal;

/// Stroke of a control or a rim, in CSS px.
pub const RIM_PX: f64 = 1.6;
/// Radius of a recording's disc without a number, in CSS px.
const SMALL_RADIUS: f64 = 4.0;

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

/// Side of the square that [`svg_path`] is drawn in.
pub const PATH_BOX: f64 = 14.0;
/// Size of a mark in that square compared with the map's.
const PATH_SCALE: f64 = 5.0 / 3.0;

/// A training voice's mark, as [`dot`] draws it, as the data of an SVG path (filled, non-zero rule) in the middle of a
/// square of side [`PATH_BOX`]: the page's legend.
pub fn svg_path(mark: EmotionMark) -> String {
    let mut drawing = Drawing::new(0.0, 0.0);
    dot(&mut drawing, mark, (0.0, 0.0), Ink::opaque(Palette::LIGHT.ink));
    // Triangles lie above or below their centre.
    let [low, high] = drawing
        .shapes
        .iter()
        .map(vertical_extent)
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], [top, bottom]| {
            [low.min(top), high.max(bottom)]
        });
    let place = |(x, y): Point| {
        (PATH_BOX / 2.0 + PATH_SCALE * x, PATH_BOX / 2.0 + PATH_SCALE * (y - (low + high) / 2.0))
    };
    let mut path = String::new();
    for shape in &drawing.shapes {
        match shape {
            Shape::Area { points, .. } => polygon(&mut path, points.iter().copied().map(place)),
            Shape::Disc { centre, radius, .. } => {
                circle(&mut path, place(*centre), PATH_SCALE * radius, true)
            }
            Shape::Ring { centre, radius, width, .. } => {
                circle(&mut path, place(*centre), PATH_SCALE * (radius + width / 2.0), true);
                // The other way round, it is a hole.
                circle(&mut path, place(*centre), PATH_SCALE * (radius - width / 2.0), false);
            }
            // No mark has them.
            Shape::Line { .. } | Shape::Text { .. } => {}
        }
    }
    path
}

/// Upper and lower end of a mark's shape.
fn vertical_extent(shape: &Shape) -> [f64; 2] {
    match shape {
        Shape::Area { points, .. } | Shape::Line { points, .. } => {
            points.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], point| {
                [low.min(point.1), high.max(point.1)]
            })
        }
        Shape::Disc { centre, radius, .. } => [centre.1 - radius, centre.1 + radius],
        Shape::Ring { centre, radius, width, .. } => {
            [centre.1 - radius - width / 2.0, centre.1 + radius + width / 2.0]
        }
        Shape::Text { at, .. } => [at.1; 2],
    }
}

/// A polygon, clockwise as the outer circles are, so that what it shares with them stays filled.
fn polygon(path: &mut String, points: impl Iterator<Item = Point>) {
    let mut points: Vec<Point> = points.collect();
    let next = points.iter().cycle().skip(1);
    let doubled_area: f64 = points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    if doubled_area < 0.0 {
        points.reverse();
    }
    for (index, (x, y)) in points.into_iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{command}{} {}", rounded(x), rounded(y)));
    }
    path.push('Z');
}

/// Two half circles, clockwise or the other way round.
fn circle(path: &mut String, (x, y): Point, radius: f64, clockwise: bool) {
    let (Decimal(exact), sweep) = (rounded(radius), u8::from(clockwise));
    let (left, right, y) = (rounded(x - exact), rounded(x + exact), rounded(y));
    let radius = Decimal(exact);
    path.push_str(&format!(
        "M{left} {y}A{radius} {radius} 0 1 {sweep} {right} {y}A{radius} {radius} 0 1 {sweep} {left} {y}Z"
    ));
}

/// Two digits are enough for a square of 14 px.
fn rounded(value: f64) -> Decimal {
    Decimal((value * 100.0).round() / 100.0)
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

/// Half the height of the speaker's calm voice on scale and reasons, in CSS px.
pub const CALM_REACH: f64 = 8.0;

/// The speaker's calm voice, or one line of it: a hollow triangle of twice this height.
pub fn triangle(drawing: &mut Drawing, (x, y): Point, reach: f64, palette: &Palette) {
    let corners = vec![(x, y - reach), (x + reach, y + 0.8 * reach), (x - reach, y + 0.8 * reach)];
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
    /// The place lies beyond this end of the axis or this edge of the map: an angle points there.
    pub beyond: Option<Beyond>,
}

/// Draws a numbered disc, with a little paper around a solid one so that it stands out from what lies below.
///
/// An angle that points beyond the axis or the map takes the number's place: it always has room there, at the very edge
/// of a phone as well, and the recording's number stands elsewhere on the page.
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
        drawing.line(angle((x, y), side, 0.42 * disc.radius), 2.0, front);
    } else if let Some(number) = disc.number {
        let text = number.to_string();
        // Two digits fit at full size, three and more get smaller.
        let size = 1.1 * disc.radius * (2.0 / text.len().max(2) as f64);
        let lettering = Lettering { size, face: Face::SansBold, anchor: Anchor::Middle };
        drawing.text((x, y + 0.04 * size), text, lettering, front);
    }
}

/// An angle `half` px to each side of its middle, its tip towards a side.
fn angle((x, y): Point, side: Beyond, half: f64) -> Vec<Point> {
    let (across, up) = match side {
        Beyond::Left => (-0.5, 0.0),
        Beyond::Right => (0.5, 0.0),
        Beyond::Above => (0.0, -0.5),
        Beyond::Below => (0.0, 0.5),
    };
    let (dx, dy) = (across * half, up * half);
    // Along the edge that the angle stands at.
    let (along_x, along_y) = (2.0 * dy.abs(), 2.0 * dx.abs());
    vec![(x - dx - along_x, y - dy - along_y), (x + dx, y + dy), (x - dx + along_x, y - dy + along_y)]
}

/// A training voice beyond the left or right edge of the map: an angle in the colour of its mark points there.
pub fn dot_beyond(drawing: &mut Drawing, at: Point, side: Beyond, ink: Ink) {
    drawing.line(angle(at, side, 3.5), 1.6, ink);
}

/// A recording without a number: an earlier one, where there are many.
pub fn small_disc(drawing: &mut Drawing, at: Point, palette: &Palette) {
    drawing.disc(at, SMALL_RADIUS + 1.0, palette.paper);
    drawing.disc(at, SMALL_RADIUS, palette.ink2);
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
    fn svg_path_has_the_shapes_of_the_mark_within_its_square() {
        assert_eq!(svg_path(EmotionMark::Anger), "M7 1.5L13.17 12.5L0.83 12.5Z");
        assert_eq!(svg_path(EmotionMark::Happiness), "M2 7A5 5 0 1 1 12 7A5 5 0 1 1 2 7Z");
        let ring = svg_path(EmotionMark::Sadness);
        assert_eq!(
            ring,
            "M1.5 7A5.5 5.5 0 1 1 12.5 7A5.5 5.5 0 1 1 1.5 7ZM4.17 7A2.83 2.83 0 1 0 9.83 7A2.83 2.83 0 1 0 4.17 7Z"
        );
        // The half disc goes round as the ring does, from the bottom over the left to the top.
        assert!(
            svg_path(EmotionMark::Calm).ends_with(
                "ZM7 11.67L5.21 11.31L3.7 10.3L2.69 8.79L2.33 7L2.69 5.21L3.7 3.7L5.21 2.69L7 2.33Z"
            )
        );
        let mut seen = Vec::new();
        for mark in EmotionMark::ALL {
            let path = svg_path(mark);
            let numbers: Vec<f64> = path
                .split(|c: char| c.is_ascii_alphabetic() || c == ' ')
                .filter_map(|number| number.parse().ok())
                .collect();
            assert!(
                numbers.len() >= 6 && numbers.iter().all(|v| (0.0..=PATH_BOX).contains(v)),
                "{mark:?}: {path}"
            );
            assert!(!seen.contains(&path));
            seen.push(path);
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

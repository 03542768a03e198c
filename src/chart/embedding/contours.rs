//! The contours of the density of the training voices.

use crate::chart::density::{Density, ENCLOSED_SHARES};
use crate::chart::palette::Palette;
use crate::chart::shape::{Drawing, Ink, Point};
use crate::number::within;

/// Ink within each density contour; they lie on top of each other.
pub(super) const CONTOUR_INK: f64 = 0.02;

/// Draws the contours of a density over the whole of a picture; `at` brings coordinates to px.
pub fn draw_contours(
    drawing: &mut Drawing,
    density: &Density,
    palette: &Palette,
    at: &dyn Fn((f64, f64)) -> Point,
) {
    let (width, height) = (drawing.width, drawing.height);
    let mut rims = Vec::new();
    for share in 0..ENCLOSED_SHARES.len() {
        let mut lines: Vec<Vec<Point>> = density.contours(share);
        for place in lines.iter_mut().flatten() {
            *place = at(*place);
        }
        let held = |&(x, y): &Point| (within(x, 0.0, width), within(y, 0.0, height));
        let outline: Vec<Point> = bridged(&lines).iter().map(held).collect();
        drawing.area(outline, Ink { colour: palette.ink, alpha: CONTOUR_INK });
        rims.extend(lines.iter().flat_map(|line| pieces_inside(line, (width, height))));
    }
    for rim in rims {
        drawing.line(rim, 1.0, palette.line2);
    }
}

/// All lines of a level as one polygon: from each line a bridge leads to the next and at the end all bridges are
/// walked back, so that they enclose nothing. Hollows turn the other way and stay empty when it is filled.
fn bridged(lines: &[Vec<Point>]) -> Vec<Point> {
    let mut path = Vec::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for line in lines {
        path.extend_from_slice(line);
        path.extend(line.first());
    }
    path.extend(lines.iter().rev().skip(1).filter_map(|line| line.first()));
    path
}

/// A closed line as open lines, without what lies outside the picture.
fn pieces_inside(line: &[Point], (width, height): (f64, f64)) -> Vec<Vec<Point>> {
    let inside = |&(x, y): &Point| x >= 0.0 && x <= width && y >= 0.0 && y <= height;
    let Some(gap) = line.iter().position(|point| !inside(point)) else {
        let mut closed = line.to_vec();
        // Once round and one step on, so that the line meets itself without a notch.
        closed.extend(line.iter().take(2));
        return vec![closed];
    };
    let mut pieces = vec![Vec::new()];
    for point in line[gap..].iter().chain(&line[..gap]) {
        if inside(point) {
            if let Some(piece) = pieces.last_mut() {
                piece.push(*point);
            }
        } else {
            pieces.push(Vec::new());
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

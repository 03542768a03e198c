//! Hatching: diagonals inside a polygon.

use super::shape::Point;

/// Diagonals (rising to the right) inside a convex polygon. They stand on one grid for the whole panel, so that the
/// pattern of neighbouring bars goes on.
pub fn hatch(corners: &[Point], spacing: f64) -> Vec<(Point, Point)> {
    let sums = corners.iter().map(|corner| corner.0 + corner.1);
    let lowest = sums.clone().fold(f64::INFINITY, f64::min);
    let highest = sums.fold(f64::NEG_INFINITY, f64::max);
    let (first, last) = ((lowest / spacing).ceil(), (highest / spacing).floor());
    if !(first <= last && last - first < 1e4) {
        return Vec::new();
    }
    (first as i64..=last as i64).filter_map(|k| clip_diagonal(corners, k as f64 * spacing)).collect()
}

/// The part of the line x + y = `sum` inside a convex polygon.
fn clip_diagonal(corners: &[Point], sum: f64) -> Option<(Point, Point)> {
    let mut ends: Option<(Point, Point)> = None;
    for (k, a) in corners.iter().enumerate() {
        let b = corners[(k + 1) % corners.len()];
        let (sa, sb) = (a.0 + a.1, b.0 + b.1);
        if (sa < sum) == (sb < sum) {
            continue;
        }
        let part = (sum - sa) / (sb - sa);
        let hit = (a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1));
        ends = Some(match ends {
            None => (hit, hit),
            Some((first, _)) => (first, hit),
        });
    }
    ends.filter(|(from, to)| from != to)
}

//! Numerical functions whose rounding or order of operations the specification fixes.

/// Natural logarithm in single precision, correctly rounded but for the rarest cases.
pub(super) fn ln_f32(x: f32) -> f32 {
    libm::log(f64::from(x)) as f32
}

/// Common logarithm in single precision.
pub(super) fn log10_f32(x: f32) -> f32 {
    libm::log10(f64::from(x)) as f32
}

/// Vertex (abscissa, ordinate) of the parabola through three points, in the operation order of part 2, section 4:
/// the problem is ill-conditioned, so the order matters.
///
/// Collinear or coincident points: the strictly largest of the three; if there is none, the first.
pub(super) fn parabola_vertex(x: [f64; 3], y: [f64; 3]) -> (f64, f64) {
    let ([x1, x2, x3], [y1, y2, y3]) = (x, y);
    let den = x1 * x1 * x2 + x2 * x2 * x3 + x3 * x3 * x1 - x3 * x3 * x2 - x2 * x2 * x1 - x1 * x1 * x3;
    let a = (y1 * x2 + y2 * x3 + y3 * x1 - y3 * x2 - y2 * x1 - y1 * x3) / den;
    if den == 0.0 || a == 0.0 {
        return if y1 > y2 && y1 > y3 {
            (x1, y1)
        } else if y2 > y1 && y2 > y3 {
            (x2, y2)
        } else if y3 > y1 && y3 > y2 {
            (x3, y3)
        } else {
            (x1, y1)
        };
    }
    let b = (x1 * x1 * y2 + x2 * x2 * y3 + x3 * x3 * y1 - x3 * x3 * y2 - x2 * x2 * y1 - x1 * x1 * y3) / den;
    let c = (x1 * x1 * x2 * y3 + x2 * x2 * x3 * y1 + x3 * x3 * x1 * y2
        - x3 * x3 * x2 * y1
        - x2 * x2 * x1 * y3
        - x1 * x1 * x3 * y2)
        / den;
    let vertex = -b / (2.0 * a);
    (vertex, c - a * vertex * vertex)
}

/// Whether `values[j]` is strictly larger than its neighbours (at the two ends: than the only one).
pub(super) fn is_peak(values: &[f32], j: usize) -> bool {
    let Some(v) = values.get(j) else { return false };
    let above = |other: Option<&f32>| other.is_none_or(|o| v > o);
    values.len() > 1 && above(j.checked_sub(1).and_then(|i| values.get(i))) && above(values.get(j + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parabola_vertex_finds_a_known_vertex() {
        // y = 3 − 2·(x − 1.25)²
        let f = |x: f64| 3.0 - 2.0 * (x - 1.25) * (x - 1.25);
        let (x, y) = parabola_vertex([0.0, 1.0, 2.0], [f(0.0), f(1.0), f(2.0)]);
        assert!((x - 1.25).abs() < 1e-12 && (y - 3.0).abs() < 1e-12);
    }

    #[test]
    fn parabola_vertex_of_a_line_is_its_largest_point() {
        assert_eq!(parabola_vertex([0.0, 1.0, 2.0], [1.0, 2.0, 3.0]), (2.0, 3.0));
        assert_eq!(parabola_vertex([0.0, 1.0, 2.0], [5.0, 5.0, 5.0]), (0.0, 5.0));
    }

    #[test]
    fn is_peak_compares_an_end_with_its_only_neighbour() {
        let v = [2.0, 1.0, 1.0, 3.0];
        assert_eq!([0, 1, 2, 3, 4].map(|j| is_peak(&v, j)), [true, false, false, true, false]);
    }
}

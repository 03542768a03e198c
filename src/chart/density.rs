//! How densely the training voices lie: a kernel density estimate and the contours that enclose given shares.
//!
//! The estimate is a two-dimensional Gaussian kernel with its own bandwidth per axis. The bandwidth follows Scott's
//! rule for two dimensions, `h = s · n^(−1/6)`, where `s` is the smaller of the standard deviation and the
//! interquartile range / 1.349, so that a few far points do not blur the middle (Scott, *Multivariate Density
//! Estimation*, 1992, section 6.3; Silverman, *Density Estimation*, 1986, section 3.4.2 for the robust spread).
//! Points are shared out linearly among the four grid nodes around them and the grid is convolved with the kernel
//! along one axis, then the other.
//!
//! A contour's level is chosen by what it encloses: the density at the points themselves is sorted, and the level
//! of "80 %" lies between the points that belong to the densest 80 % and the next one.
//!
//! ```
//! use undertone::chart::density::{Density, DensityClass};
//!
//! // Voices around (0, 0).
//! let [u, v]: [Vec<f32>; 2] = [2.0, 3.0].map(|step| (0..100).map(|k| (step * k as f32).sin()).collect());
//! let density = Density::new(&u, &v).ok_or("fewer than five voices")?;
//! assert!(density.at((0.0, 0.0)) > density.at((5.0, 5.0)));
//! assert_eq!(density.class((5.0, 5.0)), DensityClass::Outside);
//! # Ok::<(), &str>(())
//! ```

/// Shares of the training voices that the contours enclose, from the outermost to the innermost.
pub const ENCLOSED_SHARES: [f64; 5] = [0.95, 0.80, 0.60, 0.40, 0.20];
/// Grid steps per bandwidth; finer is not visible.
const STEPS_PER_BANDWIDTH: f64 = 5.0;
/// Bandwidths after which the kernel is cut off, and width of the empty margin around the points.
const KERNEL_REACH: f64 = 4.0;
/// Most grid nodes along one axis.
const MAX_NODES: usize = 400;

/// A position in the map: (score, other), both in score units.
pub type Place = (f64, f64);

/// How dense the training voices are where a voice lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DensityClass {
    /// Among the densest 60 % of the training voices.
    Dense,
    /// Within the contour that encloses 95 %.
    Sparse,
    /// Further out.
    Outside,
}

/// One axis of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Steps {
    origin: f64,
    step: f64,
    count: usize,
    bandwidth: f64,
}

/// The density of a cloud of points on a grid, with the levels of its contours.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    u: Steps,
    v: Steps,
    /// Row by row, `u` runs fastest; the outermost nodes are zero.
    values: Vec<f64>,
    levels: [f64; 5],
}

impl Density {
    /// Estimates the density of points given by their scores `u` and other coordinates `v`; a longer column is cut,
    /// points that are not finite are left out. `None` for fewer than five points: nothing can be said then.
    pub fn new(u: &[f32], v: &[f32]) -> Option<Self> {
        let points: Vec<Place> = u
            .iter()
            .zip(v)
            .map(|(&u, &v)| (f64::from(u), f64::from(v)))
            .filter(|point| point.0.is_finite() && point.1.is_finite())
            .collect();
        if points.len() < 5 {
            return None;
        }
        let u = Steps::over(points.iter().map(|point| point.0).collect());
        let v = Steps::over(points.iter().map(|point| point.1).collect());
        let mut density = Density { u, v, values: vec![0.0; u.count * v.count], levels: [0.0; 5] };
        let share = 1.0 / points.len() as f64;
        for &point in &points {
            density.share_out(point, share);
        }
        density.smooth();
        let mut at_points: Vec<f64> = points.iter().map(|&point| density.at(point)).collect();
        at_points.sort_by(f64::total_cmp);
        at_points.reverse();
        density.levels = ENCLOSED_SHARES.map(|share| level_between(&at_points, share));
        Some(density)
    }

    /// Adds a point's weight to the four nodes around it.
    fn share_out(&mut self, (u, v): Place, weight: f64) {
        let (i, a) = self.u.cell(u);
        let (j, b) = self.v.cell(v);
        for (di, wi) in [(0, 1.0 - a), (1, a)] {
            for (dj, wj) in [(0, 1.0 - b), (1, b)] {
                self.values[(j + dj) * self.u.count + i + di] += weight * wi * wj;
            }
        }
    }

    /// Convolves with the kernel along both axes.
    fn smooth(&mut self) {
        let (columns, rows) = (self.u.count, self.v.count);
        let along_u = self.u.kernel();
        let along_v = self.v.kernel();
        let mut smoothed = vec![0.0; self.values.len()];
        for (line, out) in self.values.chunks_exact(columns).zip(smoothed.chunks_exact_mut(columns)) {
            // Most rows lie in the margins or between points.
            if line.iter().any(|value| *value != 0.0) {
                convolve(line, &along_u, out);
            }
        }
        self.values.fill(0.0);
        let reach = along_v.len() / 2;
        for (row, out) in self.values.chunks_exact_mut(columns).enumerate() {
            let first = row.saturating_sub(reach);
            let weights = along_v.iter().skip(first + reach - row);
            for (line, weight) in smoothed.chunks_exact(columns).skip(first).zip(weights) {
                add_times(out, line, *weight);
            }
        }
        // Contours close because nothing on the rim reaches a level.
        for column in 0..columns {
            self.values[column] = 0.0;
            self.values[(rows - 1) * columns + column] = 0.0;
        }
        for row in 0..rows {
            self.values[row * columns] = 0.0;
            self.values[row * columns + columns - 1] = 0.0;
        }
    }

    /// Density at a place (per square score unit); 0 outside the grid and for NaN.
    pub fn at(&self, (u, v): Place) -> f64 {
        if !(self.u.holds(u) && self.v.holds(v)) {
            return 0.0;
        }
        let (i, a) = self.u.cell(u);
        let (j, b) = self.v.cell(v);
        let node = |di: usize, dj: usize| self.values[(j + dj) * self.u.count + i + di];
        (node(0, 0) * (1.0 - a) + node(1, 0) * a) * (1.0 - b) + (node(0, 1) * (1.0 - a) + node(1, 1) * a) * b
    }

    /// Where a voice lies: among the densest 60 %, within 95 %, or outside.
    pub fn class(&self, place: Place) -> DensityClass {
        let density = self.at(place);
        if density >= self.levels[2] {
            DensityClass::Dense
        } else if density >= self.levels[0] {
            DensityClass::Sparse
        } else {
            DensityClass::Outside
        }
    }

    /// The closed lines around everything at least as dense as [`ENCLOSED_SHARES`]`[share]`; see [`contours`].
    pub fn contours(&self, share: usize) -> Vec<Vec<Place>> {
        let Some(&level) = self.levels.get(share) else { return Vec::new() };
        let mut lines = contours(&self.values, self.u.count, self.v.count, level);
        for place in lines.iter_mut().flatten() {
            *place = (self.u.origin + place.0 * self.u.step, self.v.origin + place.1 * self.v.step);
        }
        lines
    }

    /// The cloud's extent across the score axis: what the outermost contour spans.
    pub fn other_range(&self) -> [f64; 2] {
        let lines = self.contours(0);
        lines.iter().flatten().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], place| {
            [low.min(place.1), high.max(place.1)]
        })
    }
}

/// A level with the densest `share` of the points above it.
fn level_between(descending: &[f64], share: f64) -> f64 {
    let inside = ((share * descending.len() as f64).round() as usize).clamp(1, descending.len());
    let last_inside = descending[inside - 1];
    descending.get(inside).map_or(last_inside * 0.999, |first_outside| (last_inside + first_outside) / 2.0)
}

/// Adds the convolution of a line with a kernel of odd length to `out`. Each sum runs from the line's beginning to its end.
fn convolve(line: &[f64], kernel: &[f64], out: &mut [f64]) {
    let reach = kernel.len() / 2;
    for (place, weight) in kernel.iter().enumerate() {
        let from = line.get(place.saturating_sub(reach)..).unwrap_or_default();
        let to = out.get_mut(reach.saturating_sub(place)..).unwrap_or_default();
        add_times(to, from, *weight);
    }
}

/// Adds a multiple of a line to another, as far as both go.
fn add_times(out: &mut [f64], line: &[f64], factor: f64) {
    for (sum, value) in out.iter_mut().zip(line) {
        *sum += value * factor;
    }
}

impl Steps {
    /// A grid over the values with an empty margin, and the bandwidth for them.
    fn over(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let bandwidth = bandwidth(&values);
        let margin = (KERNEL_REACH + 1.0) * bandwidth;
        let origin = values[0] - margin;
        let length = values[values.len() - 1] + margin - origin;
        let count = ((length / bandwidth * STEPS_PER_BANDWIDTH).ceil() as usize + 1).clamp(8, MAX_NODES);
        Steps { origin, step: length / (count - 1) as f64, count, bandwidth }
    }

    fn holds(&self, value: f64) -> bool {
        value >= self.origin && value <= self.origin + self.step * (self.count - 1) as f64
    }

    /// The node below a value and the value's place between it and the next, 0 to 1.
    fn cell(&self, value: f64) -> (usize, f64) {
        let position = (value - self.origin) / self.step;
        let node = (position.floor().max(0.0) as usize).min(self.count - 2);
        (node, (position - node as f64).clamp(0.0, 1.0))
    }

    /// The Gaussian at grid steps, so scaled that the density integrates to 1.
    fn kernel(&self) -> Vec<f64> {
        let reach = (KERNEL_REACH * self.bandwidth / self.step).ceil() as i64;
        let weights: Vec<f64> = (-reach..=reach)
            .map(|k| {
                let z = k as f64 * self.step / self.bandwidth;
                libm::exp(-0.5 * z * z)
            })
            .collect();
        let norm = weights.iter().sum::<f64>() * self.step;
        weights.into_iter().map(|weight| weight / norm).collect()
    }
}

/// Scott's rule in two dimensions on sorted values, with a floor for points that (nearly) coincide.
fn bandwidth(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let deviation = (sorted.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n).sqrt();
    let quantile = |share: f64| sorted[((n - 1.0) * share).round() as usize];
    let robust = (quantile(0.75) - quantile(0.25)) / 1.349;
    let spread = if robust > 0.0 { deviation.min(robust) } else { deviation };
    let floor = 1e-3_f64.max(1e-6 * mean.abs());
    (spread * libm::pow(n, -1.0 / 6.0)).max(floor)
}

/// Closed contour lines of a grid at `level`, by marching squares; positions are in grid steps, (column, row).
///
/// The outermost nodes must lie below the level. Lines run with the higher side on their left (row upwards), so
/// outer lines turn one way and the lines of hollows the other, and a non-zero fill of all of them together leaves
/// the hollows empty. At a saddle the mean of the four nodes decides.
pub fn contours(values: &[f64], columns: usize, rows: usize, level: f64) -> Vec<Vec<Place>> {
    if columns < 2 || rows < 2 || values.len() < columns * rows {
        return Vec::new();
    }
    let grid = Grid { values, columns, level };
    // Every crossed grid edge is entered by one line and left by it: `next` holds the edge that follows.
    let mut next = vec![usize::MAX; 2 * columns * rows];
    for row in 0..rows - 1 {
        for column in 0..columns - 1 {
            for (from, to) in grid.segments(column, row).into_iter().flatten() {
                next[from] = to;
            }
        }
    }
    let mut lines = Vec::new();
    for start in 0..next.len() {
        let mut line = Vec::new();
        let mut edge = start;
        while next[edge] != usize::MAX {
            line.push(grid.crossing(edge));
            edge = std::mem::replace(&mut next[edge], usize::MAX);
        }
        if line.len() > 2 {
            lines.push(line);
        }
    }
    lines
}

struct Grid<'a> {
    values: &'a [f64],
    columns: usize,
    level: f64,
}

impl Grid<'_> {
    fn value(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// Number of the edge from a node to its right neighbour.
    fn along(&self, column: usize, row: usize) -> usize {
        2 * (row * self.columns + column)
    }

    /// Number of the edge from a node to its upper neighbour.
    fn across(&self, column: usize, row: usize) -> usize {
        self.along(column, row) + 1
    }

    /// Where the level crosses an edge.
    fn crossing(&self, edge: usize) -> Place {
        let (column, row) = ((edge / 2) % self.columns, edge / 2 / self.columns);
        let here = self.value(column, row);
        let there =
            if edge.is_multiple_of(2) { self.value(column + 1, row) } else { self.value(column, row + 1) };
        let part = ((self.level - here) / (there - here)).clamp(0.0, 1.0);
        if edge.is_multiple_of(2) {
            (column as f64 + part, row as f64)
        } else {
            (column as f64, row as f64 + part)
        }
    }

    /// The at most two pieces of contour within the cell whose lower left node is given.
    fn segments(&self, column: usize, row: usize) -> [Option<(usize, usize)>; 2] {
        let corners = [
            self.value(column, row),
            self.value(column + 1, row),
            self.value(column + 1, row + 1),
            self.value(column, row + 1),
        ];
        let case = corners
            .iter()
            .enumerate()
            .fold(0, |case, (k, &value)| case | (usize::from(value >= self.level) << k));
        // Nearly all cells lie wholly on one side.
        if case == 0 || case == 15 {
            return [None, None];
        }
        let bottom = self.along(column, row);
        let top = self.along(column, row + 1);
        let left = self.across(column, row);
        let right = self.across(column + 1, row);
        let centre_is_high = corners.iter().sum::<f64>() / 4.0 >= self.level;
        match (case, centre_is_high) {
            (1, _) => [Some((bottom, left)), None],
            (2, _) => [Some((right, bottom)), None],
            (3, _) => [Some((right, left)), None],
            (4, _) => [Some((top, right)), None],
            (5, true) => [Some((bottom, right)), Some((top, left))],
            (5, false) => [Some((bottom, left)), Some((top, right))],
            (6, _) => [Some((top, bottom)), None],
            (7, _) => [Some((top, left)), None],
            (8, _) => [Some((left, top)), None],
            (9, _) => [Some((bottom, top)), None],
            (10, true) => [Some((left, bottom)), Some((right, top))],
            (10, false) => [Some((right, bottom)), Some((left, top))],
            (11, _) => [Some((right, top)), None],
            (12, _) => [Some((left, right)), None],
            (13, _) => [Some((bottom, right)), None],
            (14, _) => [Some((left, bottom)), None],
            _ => [None, None],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_gives_the_bits_of_sums_from_one_end_of_a_line_to_the_other() {
        let (u, v) = cloud(60, &[(1.5, 0.0), (4.5, 2.0)]);
        let [along_u, along_v] = [u, v].map(|v| Steps::over(v.iter().map(|v| f64::from(*v)).collect()));
        let (columns, rows) = (along_u.count, along_v.count);
        let mut density =
            Density { u: along_u, v: along_v, values: vec![0.0; columns * rows], levels: [0.0; 5] };
        for k in 0..60 {
            density.share_out((1.0 + 0.06 * f64::from(k), 0.03 * f64::from(k)), 0.1 + 0.01 * f64::from(k));
        }
        let sum = |line: &dyn Fn(usize) -> f64, count: usize, kernel: &[f64], at: usize| -> f64 {
            let reach = kernel.len() / 2;
            let range = at.saturating_sub(reach)..=(at + reach).min(count - 1);
            range.map(|from| line(from) * kernel[from + reach - at]).fold(0.0, |a, b| a + b)
        };
        let (before, kernel) = (density.values.clone(), along_u.kernel());
        let across: Vec<f64> = (0..columns * rows)
            .map(|k| sum(&|column| before[k / columns * columns + column], columns, &kernel, k % columns))
            .collect();
        density.smooth();
        let kernel = along_v.kernel();
        for row in 1..rows - 1 {
            for column in 1..columns - 1 {
                let wanted = sum(&|row| across[row * columns + column], rows, &kernel, row);
                assert_eq!(density.values[row * columns + column].to_bits(), wanted.to_bits());
            }
        }
        assert!(density.values.iter().filter(|value| **value > 0.0).count() > 1_000);
    }

    /// Roughly normal points from a fixed linear congruential generator.
    fn cloud(count: usize, centres: &[Place]) -> (Vec<f32>, Vec<f32>) {
        let mut state = 42_u64;
        let mut uniform = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1_u64 << 24) as f64
        };
        let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        (0..count)
            .map(|k| {
                let centre = centres[k % centres.len()];
                ((centre.0 + 0.7 * normal()) as f32, (centre.1 + 0.4 * normal()) as f32)
            })
            .unzip()
    }

    /// Even–odd rule over all lines of a level: hollows count as outside.
    fn encloses(lines: &[Vec<Place>], (u, v): Place) -> bool {
        let mut inside = false;
        for line in lines {
            for (k, a) in line.iter().enumerate() {
                let b = line[(k + 1) % line.len()];
                if (a.1 > v) != (b.1 > v) && u < a.0 + (v - a.1) / (b.1 - a.1) * (b.0 - a.0) {
                    inside = !inside;
                }
            }
        }
        inside
    }

    fn signed_area(line: &[Place]) -> f64 {
        let turn = |k: usize| {
            let (a, b) = (line[k], line[(k + 1) % line.len()]);
            a.0 * b.1 - b.0 * a.1
        };
        (0..line.len()).map(turn).sum::<f64>() / 2.0
    }

    #[test]
    fn density_contours_enclose_the_shares_that_they_are_named_after() {
        for centres in [vec![(3.0, 0.0)], vec![(1.8, 0.4), (3.6, -0.3), (4.4, 0.8)]] {
            let (u, v) = cloud(1800, &centres);
            let density = Density::new(&u, &v).unwrap();
            for (k, share) in ENCLOSED_SHARES.iter().enumerate() {
                let lines = density.contours(k);
                let inside = u
                    .iter()
                    .zip(&v)
                    .filter(|&(&u, &v)| encloses(&lines, (f64::from(u), f64::from(v))))
                    .count() as f64
                    / u.len() as f64;
                assert!((inside - share).abs() < 0.01, "wanted {share}, enclosed {inside}");
            }
        }
    }

    #[test]
    fn density_integrates_to_one() {
        let (u, v) = cloud(500, &[(3.0, 0.0)]);
        let density = Density::new(&u, &v).unwrap();
        let mass = density.values.iter().sum::<f64>() * density.u.step * density.v.step;
        assert!((mass - 1.0).abs() < 1e-3, "{mass}");
    }

    #[test]
    fn density_of_a_tight_cloud_looks_like_its_kernel() {
        // Two hundred points at two places: the density at one of them is that of a Gaussian of half the mass.
        let u: Vec<f32> = (0..200).map(|k| if k % 2 == 0 { 2.0 } else { 4.0 }).collect();
        let v: Vec<f32> = (0..200).map(|k| if k % 4 < 2 { -1.0 } else { 1.0 }).collect();
        let density = Density::new(&u, &v).unwrap();
        let (hu, hv) = (density.u.bandwidth, density.v.bandwidth);
        // Standard deviation 1 in both, times 200^(-1/6).
        assert!((hu - libm::pow(200.0, -1.0 / 6.0)).abs() < 1e-6 && (hv - hu).abs() < 1e-12);
        let far = libm::exp(-0.5 * (2.0 / hu) * (2.0 / hu));
        let expected = 0.25 / (2.0 * std::f64::consts::PI * hu * hv) * (1.0 + far) * (1.0 + far);
        assert!((density.at((2.0, -1.0)) / expected - 1.0).abs() < 0.02);
    }

    #[test]
    fn density_class_says_where_a_voice_lies() {
        let (u, v) = cloud(1800, &[(3.0, 0.0)]);
        let density = Density::new(&u, &v).unwrap();
        assert_eq!(density.class((3.0, 0.0)), DensityClass::Dense);
        assert_eq!(density.class((4.4, 0.0)), DensityClass::Sparse);
        assert_eq!(density.class((9.0, 0.0)), DensityClass::Outside);
        assert_eq!(density.class((f64::NAN, 0.0)), DensityClass::Outside);
    }

    #[test]
    fn contours_around_hills_and_hollows_turn_opposite_ways() {
        // A crater: a ring of ones around a zero.
        let mut values = vec![0.0; 49];
        for row in 2..5 {
            for column in 2..5 {
                values[row * 7 + column] = 1.0;
            }
        }
        values[3 * 7 + 3] = 0.0;
        let mut areas: Vec<f64> = contours(&values, 7, 7, 0.5).iter().map(|line| signed_area(line)).collect();
        areas.sort_by(f64::total_cmp);
        assert_eq!(areas.len(), 2);
        assert!((areas[0] + 0.5).abs() < 1e-9, "the hollow is a diamond of half a cell: {areas:?}");
        assert!((areas[1] - 8.5).abs() < 1e-9, "nine cells without four corners of an eighth: {areas:?}");
    }

    #[test]
    fn contours_at_saddles_are_two_lines_or_one_and_nothing_is_left_open() {
        for (centre, expected) in [(0.4, 2), (0.6, 1)] {
            // Two high corners diagonally; the other two decide what the centre's mean is.
            let low = centre * 2.0 - 1.0;
            let values = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, low, 0.0, 0.0, low, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
            let lines = contours(&values, 4, 4, 0.5);
            assert_eq!(lines.len(), expected);
            for line in lines {
                for (k, a) in line.iter().enumerate() {
                    let b = line[(k + 1) % line.len()];
                    assert!((a.0 - b.0).abs() <= 1.0 && (a.1 - b.1).abs() <= 1.0, "a gap in {line:?}");
                }
            }
        }
    }

    #[test]
    fn density_of_strange_clouds_is_finite_or_none() {
        assert!(Density::new(&[1.0; 4], &[1.0; 4]).is_none());
        assert!(Density::new(&[f32::NAN; 9], &[1.0; 9]).is_none());
        let same = Density::new(&[3.0; 9], &[1.0; 9]).unwrap();
        assert_eq!(same.contours(0).len(), 1);
        let far = Density::new(&[1.0, 2.0, 3.0, 4.0, 1e6], &[0.0; 5]).unwrap();
        assert!(far.values.iter().all(|value| value.is_finite()));
        assert!(same.contours(9).is_empty());
    }
}

//! One LLD over time, its histogram beside it, and the functionals that summarise it.

use super::{ChartError, Scale, Sheet, broken_line, extent};
use crate::chart::options::options;
use crate::chart::shape::{Drawing, Ink};
use crate::lesson::Summary;

/// Bars of the histogram.
const BARS: usize = 28;

options! {
    /// An LLD and the functionals that summarise it.
    #[derive(Debug, Clone)]
    pub struct SummarySpec extends sheet: Sheet {
        /// Index of the feature that is the LLD's mean.
        feature: usize,
        /// Right edge of the LLD over time, CSS px.
        lld_right as "lldRight": f64,
        /// Left edge of the histogram, CSS px.
        histogram_left as "histogramLeft": f64,
    }
}

/// Heights at which the page writes the numbers, CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heights {
    /// Of the mean.
    pub mean: f64,
    /// Of the percentiles.
    pub percentiles: Option<[f64; 3]>,
}

/// Draws the values, one per 10 ms, with a gap where one does not take part.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn.
pub fn draw(spec: &SummarySpec, summary: &Summary<'_>) -> Result<(Drawing, Heights), ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let values = summary.gapped();
    let summary_mean = f64::from(summary.mean);
    let percentiles = summary.percentiles.map(|all| all.map(f64::from));
    let (width, height, palette) = (spec.sheet.width, spec.sheet.height, &spec.sheet.palette);
    let range = extent(values.iter().map(|v| f64::from(*v)));
    let y = Scale::new(range, [height - 6.0, 6.0])?;
    let x = Scale::new([0.0, values.len().saturating_sub(1).max(1) as f64], [0.0, spec.lld_right])?;

    if let Some(spread) = summary.spread.map(f64::from) {
        let (top, bottom) = (y.clamped(summary_mean + spread), y.clamped(summary_mean - spread));
        drawing.rectangle((0.0, top), (width, bottom), palette.wash);
        for edge in [top, bottom] {
            drawing.line(vec![(spec.histogram_left, edge), (width, edge)], 1.0, palette.markline);
        }
    }
    // How often: the longest bar fills the room.
    let mut counts = [0usize; BARS];
    for value in values.iter().filter(|v| v.is_finite()) {
        let share = (f64::from(*value) - range[0]) / (range[1] - range[0]);
        let bar = ((share * BARS as f64) as usize).min(BARS - 1);
        counts[bar] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = (range[1] - range[0]) / BARS as f64;
    for (bar, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (bottom, top) = (y.at(range[0] + step * bar as f64), y.at(range[0] + step * (bar + 1) as f64));
        let right = spec.histogram_left + (width - spec.histogram_left) * *count as f64 / most;
        drawing.rectangle(
            (spec.histogram_left, top + 0.5),
            (right, bottom - 0.5),
            Ink { colour: palette.ink, alpha: 0.3 },
        );
    }
    broken_line(
        &mut drawing,
        values.iter().enumerate().map(|(k, v)| (x.at(k as f64), y.at(f64::from(*v)))),
        1.6,
        palette.ink,
    );
    let mean = y.clamped(summary_mean);
    for percentile in percentiles.into_iter().flatten() {
        let y = y.clamped(percentile);
        drawing.dashes((0.0, y), (width, y), (5.0, 3.5), 1.3, palette.ink);
    }
    drawing.line(vec![(0.0, mean), (width, mean)], 2.4, palette.ink);
    Ok((drawing, Heights { mean, percentiles: percentiles.map(|all| all.map(|v| y.clamped(v))) }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::sheet;
    use super::*;
    use crate::chart::shape::Shape;

    #[test]
    fn summary_has_the_functionals_at_their_values_and_bars_that_count() {
        let spec =
            SummarySpec { sheet: sheet(300.0, 112.0), feature: 0, lld_right: 200.0, histogram_left: 220.0 };
        let summary = Summary {
            values: &[0.0, 10.0, 10.0, f32::NAN, 10.0, 10.0],
            skips_zeros: false,
            mean: 5.0,
            spread: Some(2.5),
            percentiles: Some([2.0, 4.0, 8.0]),
        };
        let (drawing, heights) = draw(&spec, &summary).unwrap();
        assert_eq!(heights, Heights { mean: 56.0, percentiles: Some([86.0, 66.0, 26.0]) });
        let areas: Vec<f64> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { points, .. } => Some(points[1].0),
                _ => None,
            })
            .collect();
        assert_eq!(areas, [300.0, 240.0, 300.0], "the spread, one, and four times as many");
    }
}

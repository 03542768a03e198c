//! Values as ticks among those of the training voices.

use super::{ChartError, Sheet};
use crate::chart::options::options;
use crate::chart::shape::Drawing;

options! {
    /// Rows of ticks over an axis from 0 to 1.
    #[derive(Debug, Clone)]
    pub struct RanksSpec extends sheet: Sheet {
        /// Rows from top to bottom.
        rows: Vec<RankRow>,
    }
}

options! {
    /// One row.
    #[derive(Debug, Clone)]
    pub struct RankRow {
        /// Upper edge, CSS px.
        top: f64,
        /// Height, CSS px.
        height: f64,
        /// Shares of the training voices below, 0 … 1; not a number where that is not known.
        ticks: Vec<f64>,
        /// Index of the tick that is marked.
        marked: Option<usize> = None,
    }
}

/// Draws a line per row, thick in the middle half of the training voices, with its ticks.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn.
pub fn draw(spec: &RanksSpec) -> Result<Drawing, ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let palette = &spec.sheet.palette;
    const INSET: f64 = 6.0;
    let x = super::Scale::new([0.0, 1.0], [INSET, spec.sheet.width - INSET])?;
    for row in &spec.rows {
        let middle = row.top + row.height / 2.0;
        drawing.line(vec![(x.at(0.0), middle), (x.at(1.0), middle)], 1.0, palette.line2);
        drawing.line(vec![(x.at(0.25), middle), (x.at(0.75), middle)], 4.0, palette.line);
        let reach = row.height * 0.32;
        for (index, share) in row.ticks.iter().enumerate().filter(|(_, share)| share.is_finite()) {
            let x = x.clamped(*share);
            if row.marked == Some(index) {
                drawing.rectangle((x - 4.5, row.top), (x + 4.5, row.top + row.height), palette.mark);
            }
            let (reach, width) =
                if row.marked == Some(index) { (row.height / 2.0, 2.4) } else { (reach, 1.3) };
            drawing.line(vec![(x, middle - reach), (x, middle + reach)], width, palette.ink);
        }
    }
    Ok(drawing)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, sheet};
    use super::*;

    #[test]
    fn ranks_stand_at_their_shares_and_those_without_are_left_out() {
        let row = RankRow { top: 10.0, height: 40.0, ticks: vec![0.5, f64::NAN, 1.0], marked: Some(2) };
        let drawing = draw(&RanksSpec { sheet: sheet(112.0, 60.0), rows: vec![row] }).unwrap();
        let lines = lines(&drawing);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[2][0], (56.0, 30.0 - 12.8));
        assert_eq!(lines[3][0], (106.0, 10.0));
        assert_eq!(drawing.shapes.len(), 5, "the marked one has a ground");
    }
}

//! A panel of the figure: one of the pictures below each other that share the axis of scores.

use super::ChartError;
use super::geometry::{Axis, check_axis, check_ratio, check_sides, crisp};
use super::mark::{self, RIM_PX};
use super::options::options;
use super::palette::Palette;
use super::shape::Drawing;

options! {
    /// What every panel has: its size, the shared axis and its colours.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Panel {
        /// CSS px.
        width: f64,
        /// CSS px.
        height: f64,
        /// Device px per CSS px.
        ratio: f64,
        /// Where scores 1 and 5 stand.
        axis: Axis,
        /// Colours.
        palette: Palette,
    }
}

options! {
    /// A guide line: it leads from a score on the scale down through all panels. The page draws it between the panels.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Guide {
        /// The score.
        score: f64,
        /// Dashed, as from the average voice; else solid, as from this voice.
        dashed: bool = false,
    }
}

impl Panel {
    /// An empty drawing of the panel's size.
    ///
    /// # Errors
    /// [`ChartError::BadNumber`] for a side that is not positive or larger than 16,384 px, a ratio outside 0.25–8, or an
    /// axis that is not finite or not from left to right.
    pub fn drawing(&self) -> Result<Drawing, ChartError> {
        check_sides(self.width, self.height)?;
        check_ratio(self.ratio)?;
        check_axis(&self.axis)?;
        Ok(Drawing::new(self.width, self.height))
    }

    /// A line's place on the grid of device pixels; see [`crisp`].
    pub fn crisp(&self, position: f64, width: f64) -> f64 {
        crisp(position, width, self.ratio)
    }

    /// Draws faint vertical lines at the whole scores.
    pub(super) fn draw_score_lines(&self, drawing: &mut Drawing) {
        for score in 1..=5 {
            let x = self.crisp(self.axis.x(f64::from(score)), 1.0);
            drawing.dashes((x, 0.0), (x, self.height), (2.0, 4.0), 1.0, self.palette.line);
        }
    }

    /// Draws the panel's parts of the guide lines, each between the ends that `reach` gives; scores beyond the axis have
    /// theirs at its end.
    pub(super) fn draw_guides(
        &self,
        drawing: &mut Drawing,
        guides: &[Guide],
        reach: impl Fn(&Guide) -> (f64, f64),
    ) {
        for guide in guides.iter().filter(|guide| guide.score.is_finite()) {
            let x = self.crisp(self.axis.x_clamped(guide.score).0, RIM_PX);
            mark::guide_line(drawing, x, reach(guide), guide.dashed, &self.palette);
        }
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::Panel;
    use crate::chart::geometry::Axis;
    use crate::chart::palette::Palette;

    /// A panel of some size, its axis `inset` px from both edges.
    pub fn panel(width: f64, height: f64, ratio: f64, inset: f64) -> Panel {
        let axis = Axis { left: inset, right: width - inset };
        Panel { width, height, ratio, axis, palette: Palette::LIGHT }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::panel;
    use super::*;

    #[test]
    fn panel_refuses_senseless_numbers_by_name() {
        let refused = |change: fn(&mut Panel)| {
            let mut panel = panel(900.0, 60.0, 1.0, 30.0);
            assert!(panel.drawing().is_ok());
            change(&mut panel);
            match panel.drawing().unwrap_err() {
                ChartError::BadNumber { field, .. } => field,
                other => panic!("{other}"),
            }
        };
        assert_eq!(refused(|panel| panel.width = 0.0), "width");
        assert_eq!(refused(|panel| panel.height = f64::INFINITY), "height");
        assert_eq!(refused(|panel| panel.ratio = f64::NAN), "ratio");
        assert_eq!(refused(|panel| panel.axis.left = f64::NAN), "axis.left");
        assert_eq!(refused(|panel| panel.axis.right = panel.axis.left), "axis.right");
    }

    #[test]
    fn panel_draws_guides_at_their_scores_or_at_the_end_of_the_axis() {
        let panel = panel(900.0, 60.0, 2.0, 50.0);
        let guide = |score, dashed| Guide { score, dashed };
        let mut drawing = panel.drawing().unwrap();
        let guides = [guide(3.0, false), guide(7.0, false), guide(f64::NAN, true)];
        panel.draw_guides(&mut drawing, &guides, |_| (5.0, 60.0));
        let places: Vec<f64> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                crate::chart::shape::Shape::Line { points, .. } => Some(points[0].0),
                _ => None,
            })
            .collect();
        assert_eq!(places, [panel.crisp(450.0, RIM_PX), panel.crisp(850.0, RIM_PX)]);
    }
}

//! From places in the map to CSS px.

use super::cloud::MARGIN_PX;
use crate::chart::geometry::Beyond;
use crate::chart::panel::Panel;
use crate::chart::shape::Point;
use crate::number::within;

/// The area of the map: from places to px. Sideways a step is as long as on the axis; upwards it is as long, or shorter
/// where the panel is too low for that.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapArea<'a> {
    panel: &'a Panel,
    /// Place upwards at half the height.
    middle: f64,
    /// CSS px of a step upwards.
    step_px: f64,
}

impl<'a> MapArea<'a> {
    /// A panel that shows a range upwards from edge to edge, but for its margins.
    pub(super) fn new(panel: &'a Panel, [low, high]: [f64; 2]) -> MapArea<'a> {
        let room = (panel.height - 2.0 * MARGIN_PX).max(panel.height / 2.0);
        let span = (high - low).max(f64::MIN_POSITIVE);
        MapArea { panel, middle: (low + high) / 2.0, step_px: panel.axis.px_per_unit().min(room / span) }
    }

    /// The panel.
    pub(super) fn panel(&self) -> &'a Panel {
        self.panel
    }

    /// How long a step is upwards compared with one sideways, at most 1.
    pub(super) fn flatness(&self) -> f64 {
        self.step_px / self.panel.axis.px_per_unit()
    }

    /// Where a place lies, CSS px.
    pub(super) fn at(&self, (u, v): (f64, f64)) -> Point {
        (self.panel.axis.x(u), self.panel.height / 2.0 - (v - self.middle) * self.step_px)
    }

    /// A mark of some reach held within the panel's sides, and beyond which of them its place lies.
    pub(super) fn held_across(&self, (x, y): Point, reach: f64) -> (Point, Option<Beyond>) {
        let (left, right) = (reach, (self.panel.width - reach).max(reach));
        let side = if x < left {
            Some(Beyond::Left)
        } else if x > right {
            Some(Beyond::Right)
        } else {
            None
        };
        ((within(x, left, right), y), side)
    }

    /// A disc of some reach held within the panel's upper and lower edge, and beyond which of them its centre lies.
    pub(super) fn held_upwards(&self, y: f64, reach: f64) -> (f64, Option<Beyond>) {
        let height = self.panel.height;
        let side = if y < 0.0 {
            Some(Beyond::Above)
        } else if y > height {
            Some(Beyond::Below)
        } else {
            None
        };
        (within(y, reach.min(height / 2.0), (height - reach).max(height / 2.0)), side)
    }
}

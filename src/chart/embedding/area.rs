//! From places in the map to CSS px.

use crate::chart::panel::Panel;
use crate::chart::shape::Point;

/// The area of the map: from places to px, one scale for both directions.
#[derive(Debug, Clone, Copy)]
pub(super) struct MapArea<'a> {
    panel: &'a Panel,
    /// Place upwards at half the height.
    middle: f64,
}

impl<'a> MapArea<'a> {
    /// A panel that shows the middle of a range upwards at half its height.
    pub(super) fn new(panel: &'a Panel, [low, high]: [f64; 2]) -> MapArea<'a> {
        MapArea { panel, middle: (low + high) / 2.0 }
    }

    /// The panel.
    pub(super) fn panel(&self) -> &'a Panel {
        self.panel
    }

    /// Where a place lies, CSS px.
    pub(super) fn at(&self, (u, v): (f64, f64)) -> Point {
        let y = self.panel.height / 2.0 - (v - self.middle) * self.panel.axis.px_per_unit();
        (self.panel.axis.x(u), y)
    }

    /// Whether a mark of some reach lies within the panel.
    pub(super) fn holds(&self, (x, y): Point, reach: f64) -> bool {
        x >= reach && x <= self.panel.width - reach && y >= reach && y <= self.panel.height - reach
    }
}

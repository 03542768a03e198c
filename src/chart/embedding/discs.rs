//! The numbered discs of this session's recordings and the line from one to the next.

use super::area::MapArea;
use super::spec::EmbeddingSpec;
use crate::chart::mark::{self, NumberedDisc};
use crate::chart::shape::{Drawing, Point};
use crate::number::within;

/// Radius of this voice's disc in CSS px.
pub(super) const CURRENT_RADIUS: f64 = 13.0;
/// Radius of the other recordings' discs in CSS px.
const OTHER_RADIUS: f64 = 10.0;

/// Where a recording's disc was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedDisc {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Vertical position in CSS px.
    pub y: f64,
    /// The recording's number.
    pub number: u32,
}

/// Draws a line from recording to recording and their discs, this voice's on top, and tells where the discs are.
pub(super) fn draw_discs(drawing: &mut Drawing, area: &MapArea<'_>, spec: &EmbeddingSpec) -> Vec<PlacedDisc> {
    let panel = area.panel();
    let places: Vec<_> = spec
        .utterances
        .iter()
        .filter(|utterance| utterance.u.is_finite() && utterance.v.is_finite())
        .map(|utterance| {
            let (x, beyond) = panel.axis.x_clamped(utterance.u);
            let reach = CURRENT_RADIUS + 2.0;
            let y = area.at((utterance.u, utterance.v)).1;
            (
                (x, within(y, reach.min(panel.height / 2.0), (panel.height - reach).max(panel.height / 2.0))),
                beyond,
                utterance,
            )
        })
        .collect();
    if places.len() > 1 {
        let line: Vec<Point> = places.iter().map(|place| place.0).collect();
        drawing.line(line.clone(), 5.0, panel.palette.paper);
        drawing.line(line, mark::RIM_PX, panel.palette.ink);
    }
    let (below, on_top): (Vec<_>, Vec<_>) =
        places.iter().copied().partition(|(_, _, utterance)| !utterance.current);
    for (at, beyond, utterance) in below.into_iter().chain(on_top) {
        let radius = if utterance.current { CURRENT_RADIUS } else { OTHER_RADIUS };
        let disc = NumberedDisc { radius, solid: utterance.current, number: Some(utterance.number), beyond };
        mark::numbered_disc(drawing, at, disc, &panel.palette);
    }
    places
        .iter()
        .map(|((x, y), _, utterance)| PlacedDisc { x: *x, y: *y, number: utterance.number })
        .collect()
}

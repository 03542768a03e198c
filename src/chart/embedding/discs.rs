//! The numbered discs of this session's recordings and the line from one to the next.

use super::area::MapArea;
use super::spec::{EmbeddingSpec, Utterance};
use crate::chart::geometry::Beyond;
use crate::chart::mark::{self, NumberedDisc};
use crate::chart::shape::{Drawing, Point};

/// Radius of this voice's disc in CSS px.
pub(super) const CURRENT_RADIUS: f64 = 13.0;
/// Radius of the other recordings' discs in CSS px.
const OTHER_RADIUS: f64 = 10.0;

/// Half the height of a calm line's triangle in CSS px.
const CALM_REACH: f64 = 6.0;

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

/// Draws a line from recording to recording and their discs, this voice's on top, and tells where the discs are. Small
/// ones and calm lines lie beneath all that.
pub(super) fn draw_discs(drawing: &mut Drawing, area: &MapArea<'_>, spec: &EmbeddingSpec) -> Vec<PlacedDisc> {
    let panel = area.panel();
    let places: Vec<Place<'_>> = spec
        .utterances
        .iter()
        .filter(|utterance| utterance.u.is_finite() && utterance.v.is_finite())
        .map(|utterance| {
            let (x, across) = panel.axis.x_clamped(utterance.u);
            let (y, upwards) = area.held_upwards(area.at((utterance.u, utterance.v)).1, CURRENT_RADIUS + 2.0);
            Place { at: (x, y), beyond: across.or(upwards), utterance }
        })
        .collect();
    let (calm, recordings): (Vec<&Place<'_>>, Vec<_>) = places.iter().partition(|place| place.utterance.calm);
    let (small, numbered): (Vec<_>, Vec<_>) = recordings.into_iter().partition(|place| place.utterance.small);
    for place in small {
        mark::small_disc(drawing, place.at, &panel.palette);
    }
    for place in calm {
        mark::triangle(drawing, place.at, CALM_REACH, &panel.palette);
    }
    if numbered.len() > 1 {
        let line: Vec<Point> = numbered.iter().map(|place| place.at).collect();
        drawing.line(line.clone(), 5.0, panel.palette.paper);
        drawing.line(line, mark::RIM_PX, panel.palette.ink);
    }
    let (below, on_top): (Vec<_>, Vec<_>) = numbered.into_iter().partition(|place| !place.utterance.current);
    for Place { at, beyond, utterance } in below.into_iter().chain(on_top) {
        let radius = if utterance.current { CURRENT_RADIUS } else { OTHER_RADIUS };
        let disc = NumberedDisc {
            radius,
            solid: utterance.current,
            number: Some(utterance.number),
            beyond: *beyond,
        };
        mark::numbered_disc(drawing, *at, disc, &panel.palette);
    }
    places
        .iter()
        .filter(|place| !place.utterance.calm)
        .map(|Place { at: (x, y), utterance, .. }| PlacedDisc { x: *x, y: *y, number: utterance.number })
        .collect()
}

/// Where a recording lies, and beyond which edge.
struct Place<'a> {
    at: Point,
    beyond: Option<Beyond>,
    utterance: &'a Utterance,
}

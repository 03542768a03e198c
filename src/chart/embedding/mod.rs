//! The second panel: the map of voices, turned so that its horizontal axis is the score where the model has one
//! ([`crate::model::MapProjection`]).
//!
//! Nothing is cropped: a step is as long upwards as it is sideways where the panel is high enough for that
//! ([`Cloud::natural_height`]), and shorter where it is not; [`Map::flatness`] says by how much. What lies beyond an edge
//! all the same stands there as an angle.
//!
//! ```
//! use undertone::chart::embedding::{Cloud, DotsBy, EmbeddingSpec, draw};
//! use undertone::chart::{Panel, geometry::Axis, palette::Palette};
//!
//! let (axis, palette) = (Axis { left: 40.0, right: 440.0 }, Palette::LIGHT);
//! let panel = Panel { width: 480.0, height: 300.0, ratio: 1.0, axis, palette };
//! let spec = EmbeddingSpec { panel, dots_by: DotsBy::None, hidden: vec![], single: None, faded: false,
//!     max_dots: 100, utterances: vec![], interval: None, guides: vec![] };
//! let cloud = Cloud { score: &[2.0, 4.0], other: &[0.5, -0.5], emotion: &[0, 0], corpus: &[0, 0],
//!     emotions: &["anger".into()], corpora: &["emodb".into()], density: None, arrow: None };
//! assert_eq!(draw(&spec, &cloud)?.dots.len(), 2);
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

mod area;
mod cloud;
mod contours;
mod discs;
mod dots;
mod spec;

pub use cloud::Cloud;
pub use contours::draw_contours;
pub use discs::PlacedDisc;
pub use dots::{PlacedDot, chosen};
pub use spec::{DotsBy, EmbeddingSpec, Utterance};

use super::ChartError;
use super::mark;
use super::shape::Drawing;
use area::MapArea;
use discs::draw_discs;
use dots::draw_dots;

/// The drawn map and where things are in it, for pointer and keyboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The picture.
    pub drawing: Drawing,
    /// Dots that were drawn.
    pub dots: Vec<PlacedDot>,
    /// Discs in the order of the recordings.
    pub discs: Vec<PlacedDisc>,
    /// How long a step is upwards compared with one sideways: 1, or less where the panel is low.
    pub flatness: f64,
}

/// Draws the map.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn, [`ChartError::BadCloud`] for columns of unequal length.
pub fn draw(spec: &EmbeddingSpec, cloud: &Cloud<'_>) -> Result<Map, ChartError> {
    let panel = &spec.panel;
    let mut drawing = panel.drawing()?;
    cloud.check()?;
    let others: Vec<f64> = spec.utterances.iter().map(|utterance| utterance.v).collect();
    let area = MapArea::new(panel, cloud.other_range(&others));
    draw_interval(&mut drawing, spec);
    panel.draw_score_lines(&mut drawing);
    if let Some(density) = cloud.density {
        draw_contours(&mut drawing, density, &panel.palette, &|place| area.at(place));
    }
    let dots = draw_dots(&mut drawing, &area, spec, cloud);
    panel.draw_guides(&mut drawing, &spec.guides, |_| (0.0, panel.height));
    if let Some(arrow) = cloud.arrow {
        mark::arrow(&mut drawing, arrow.map(|[u, v]| area.at((u, v))), &panel.palette);
    }
    let discs = draw_discs(&mut drawing, &area, spec);
    Ok(Map { drawing, dots, discs, flatness: area.flatness() })
}

/// This voice's interval as a wash from top to bottom, with its edges where it ends on the axis.
fn draw_interval(drawing: &mut Drawing, spec: &EmbeddingSpec) {
    let panel = &spec.panel;
    let Some(span) = spec.interval.and_then(|interval| panel.axis.span(interval)) else { return };
    // As on the scale, so that the edges of both are one line.
    let left = panel.crisp(span.left, mark::RIM_PX);
    let right = panel.crisp(span.right, mark::RIM_PX);
    drawing.rectangle((left, 0.0), (right, panel.height), panel.palette.wash);
    for (x, open) in [(left, span.open_left), (right, span.open_right)] {
        if !open {
            drawing.line(vec![(x, 0.0), (x, panel.height)], 1.0, panel.palette.markline);
        }
    }
}

#[cfg(test)]
mod tests;

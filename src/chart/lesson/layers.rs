//! The layers of the encoder side by side: a cell per unit, its activation as ink.

use super::{ChartError, Sheet};
use crate::attribution::groups::Group;
use crate::chart::hatch::hatch;
use crate::chart::options::options;
use crate::chart::shape::{Drawing, Ink, Point};
use egemaps::catalogue::FEATURES;

/// Cells of the tallest column.
const ROWS: usize = 22;
/// Room around a cell, CSS px.
const GAP_PX: f64 = 1.5;
/// Distance of the lines in the cells of units below zero, CSS px.
const HATCH_PX: f64 = 4.0;

/// An input this many standard deviations from the average voice is full ink.
const FULL_INPUT: f64 = 3.0;
/// A latent coordinate this far from the average voice's is full ink: most training voices lie nearer.
const FULL_COORDINATE: f64 = 2.0;

options! {
    /// The layers of an encoder.
    #[derive(Debug, Clone)]
    pub struct LayersSpec extends sheet: Sheet {
        /// The group whose inputs are marked.
        group: Option<String> = None,
    }
}

/// Where the cells of one layer stand.
struct Block {
    left: f64,
    top: f64,
    columns: usize,
    rows: usize,
}

impl Block {
    /// Upper left corner of cell `unit`: down first, then to the right.
    fn corner(&self, unit: usize, side: f64) -> Point {
        (self.left + (unit / self.rows) as f64 * side, self.top + (unit % self.rows) as f64 * side)
    }
}

/// Draws the layers from left to right, the inputs first and the coordinates last, and tells where each begins and ends,
/// CSS px. Above zero a cell is solid, below it is hatched; the darker, the stronger: hidden layers as against their own
/// strongest unit.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn.
pub fn draw(spec: &LayersSpec, layers: &[Vec<f64>]) -> Result<(Drawing, Vec<[f64; 2]>), ChartError> {
    let mut drawing = spec.sheet.drawing()?;
    let palette = &spec.sheet.palette;
    let (width, height) = (spec.sheet.width, spec.sheet.height);
    let columns = |units: usize| units.div_ceil(ROWS).max(1);
    let all: usize = layers.iter().map(|layer| columns(layer.len())).sum();
    // As tall as the sheet, unless the cells and as much room between the layers would not fit side by side.
    let side = (height / ROWS as f64).min(width / (all as f64 * 1.6));
    let room = (width - all as f64 * side) / layers.len().saturating_sub(1).max(1) as f64;
    let mut left = 0.0;
    let blocks: Vec<Block> = layers
        .iter()
        .map(|layer| {
            let columns = columns(layer.len());
            let rows = layer.len().div_ceil(columns).max(1);
            let block = Block { left, top: (height - rows as f64 * side) / 2.0, columns, rows };
            left += columns as f64 * side + room;
            block
        })
        .collect();
    for pair in blocks.windows(2) {
        let (from, to) = (pair[0].left + pair[0].columns as f64 * side + 2.0, pair[1].left - 2.0);
        for end in [0.0, 1.0] {
            let y = |block: &Block| block.top + end * block.rows as f64 * side;
            drawing.line(vec![(from, y(&pair[0])), (to, y(&pair[1]))], 1.0, palette.line2);
        }
    }
    for (index, (layer, block)) in layers.iter().zip(&blocks).enumerate() {
        let full = match index {
            0 => FULL_INPUT,
            _ if index + 1 == layers.len() => FULL_COORDINATE,
            _ => layer.iter().fold(0.0f64, |most, v| most.max(v.abs())),
        };
        for (unit, value) in layer.iter().enumerate() {
            let (x, y) = block.corner(unit, side);
            if index == 0 && is_marked(spec, unit) {
                drawing.rectangle((x, y), (x + side, y + side), palette.mark);
            }
            let share = if full > 0.0 { (value.abs() / full).min(1.0) } else { 0.0 };
            cell(&mut drawing, &spec.sheet, (x, y), side, if *value < 0.0 { -share } else { share });
        }
    }
    let ends = blocks.iter().map(|block| [block.left, block.left + block.columns as f64 * side]).collect();
    Ok((drawing, ends))
}

/// Whether an input belongs to the group that is marked.
fn is_marked(spec: &LayersSpec, input: usize) -> bool {
    let group = FEATURES.get(input).map(|feature| Group::of(feature).name());
    group.is_some() && group == spec.group.as_deref()
}

fn cell(drawing: &mut Drawing, sheet: &Sheet, (x, y): Point, side: f64, strength: f64) {
    let inset = GAP_PX.min(side / 6.0);
    let (left, top, right, bottom) = (x + inset, y + inset, x + side - inset, y + side - inset);
    let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    let ink = Ink { colour: sheet.palette.ink, alpha: strength.abs() };
    if strength < 0.0 {
        for (from, to) in hatch(&corners, HATCH_PX) {
            drawing.line(vec![from, to], 1.6, ink);
        }
    } else {
        drawing.area(corners.clone(), ink);
    }
    drawing.outline(corners, 1.0, sheet.palette.line2);
}

#[cfg(test)]
mod tests {
    use super::super::testing::sheet;
    use super::*;
    use crate::chart::shape::Shape;

    fn areas(drawing: &Drawing) -> Vec<(f64, f64)> {
        let area = |shape: &Shape| match shape {
            Shape::Area { points, ink } => Some((points[0].0, ink.alpha)),
            _ => None,
        };
        drawing.shapes.iter().filter_map(area).collect()
    }

    #[test]
    fn layers_have_a_cell_for_every_unit_as_dark_as_it_is_strong() {
        let layers = [vec![1.5; 88], vec![0.0; 40], vec![1.0; 20], vec![1.0; 10], vec![0.5, 9.0]];
        let spec = LayersSpec { sheet: sheet(300.0, 240.0), group: None };
        let (drawing, ends) = draw(&spec, &layers).unwrap();
        assert_eq!(ends.len(), 5);
        assert!(ends[0][0] == 0.0 && (ends[4][1] - 300.0).abs() < 1e-9);
        let areas = areas(&drawing);
        assert_eq!(areas.len(), 88 + 40 + 20 + 10 + 2);
        assert!(areas.iter().all(|(x, _)| (0.0..300.0).contains(x)));
        assert_eq!(areas[0].1, 0.5, "half of what is full");
        assert_eq!(areas[88].1, 0.0);
        assert_eq!(areas[128].1, 1.0, "the layer's own strongest");
        assert_eq!(areas[159].1, 1.0, "no darker than full");
        assert_eq!(areas[158].1, 0.25);
    }

    #[test]
    fn layers_have_units_below_zero_hatched() {
        let spec =
            LayersSpec { sheet: sheet(300.0, 240.0), group: Some(Group::of(&FEATURES[0]).name().to_owned()) };
        let (drawing, _) = draw(&spec, &[vec![-1.0, 1.0], vec![0.0]]).unwrap();
        // The marks of both inputs, which are of one group, the second's fill, the last's empty fill.
        assert_eq!(areas(&drawing).len(), 4);
        let slanted = |shape: &&Shape| matches!(shape, Shape::Line { points, closed: false, .. } if points[0].0 != points[1].0 && points[0].1 != points[1].1);
        assert!(drawing.shapes.iter().filter(slanted).count() > 1);
    }
}

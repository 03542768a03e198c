//! The dots of the training voices.

use super::area::MapArea;
use super::cloud::Cloud;
use super::spec::{DotsBy, EmbeddingSpec};
use crate::chart::colour::Rgb;
use crate::chart::mark;
use crate::chart::palette::EmotionMark;
use crate::chart::shape::{Drawing, Ink};

/// What is left of the other dots when one kind is singled out.
const FADED: f64 = 0.25;
/// How far a mark reaches from its place, in CSS px.
const REACH_PX: f64 = 4.0;

/// Where a training voice's dot was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedDot {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Vertical position in CSS px.
    pub y: f64,
    /// Index in the cloud's columns.
    pub index: usize,
}

/// At most `most` of `count` voices, chosen evenly however they are stored, in an order in which no kind of voice
/// covers the others: steps of the golden ratio round a circle fall evenly into any part of it.
pub fn chosen(count: usize, most: usize) -> Vec<usize> {
    let mut step = ((count as f64) * 0.618_033_988_749_895).round().max(1.0) as usize;
    while common_divisor(step, count) > 1 {
        step += 1;
    }
    (0..count.min(most)).map(|k| (k as u64 * step as u64 % count as u64) as usize).collect()
}

/// Without a common divisor the steps visit every voice before they come back to the first.
fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// Mark of an entry of the legend: by its name among the emotions, by its place among the corpora.
fn legend_mark(dots_by: DotsBy, names: &[String], index: usize) -> EmotionMark {
    let by_place = EmotionMark::ALL[index % EmotionMark::ALL.len()];
    match dots_by {
        DotsBy::Emotion => names.get(index).and_then(|name| EmotionMark::from_name(name)).unwrap_or(by_place),
        DotsBy::Corpus => by_place,
        DotsBy::None => EmotionMark::Happiness,
    }
}

/// Draws the training voices that are chosen and not hidden, those beyond the left or right edge as angles there, and
/// tells where.
pub(super) fn draw_dots(
    drawing: &mut Drawing,
    area: &MapArea<'_>,
    spec: &EmbeddingSpec,
    cloud: &Cloud<'_>,
) -> Vec<PlacedDot> {
    let mut placed = Vec::new();
    let (kinds, names) = match spec.dots_by {
        DotsBy::Emotion => (cloud.emotion, cloud.emotions),
        DotsBy::Corpus => (cloud.corpus, cloud.corpora),
        DotsBy::None => (cloud.emotion, &[][..]),
    };
    for index in chosen(cloud.score.len(), spec.max_dots) {
        let at = area.at((f64::from(cloud.score[index]), f64::from(cloud.other[index])));
        let kind = usize::from(kinds[index]);
        let name = names.get(kind).map(String::as_str);
        let is_hidden = name.is_some_and(|name| spec.hidden.iter().any(|hidden| hidden == name));
        if is_hidden || !(at.0.is_finite() && at.1.is_finite()) {
            continue;
        }
        let (at, side) = area.held_across(at, REACH_PX);
        let mark = legend_mark(spec.dots_by, names, kind);
        let is_other = spec.single.as_deref().is_some_and(|single| name != Some(single));
        let alpha = if is_other || spec.faded { FADED } else { 1.0 };
        let ink = Ink { colour: dot_colour(spec, mark), alpha };
        match side {
            Some(side) => mark::dot_beyond(drawing, at, side, ink),
            None => mark::dot(drawing, mark, at, ink),
        }
        placed.push(PlacedDot { x: at.0, y: at.1, index });
    }
    placed
}

fn dot_colour(spec: &EmbeddingSpec, mark: EmotionMark) -> Rgb {
    if spec.dots_by == DotsBy::None { spec.panel.palette.line2 } else { spec.panel.palette.emotion(mark) }
}

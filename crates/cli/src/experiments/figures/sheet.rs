//! What the sheets have in common: heading, legend, ticks.

use undertone::chart::Rgb;
use undertone::chart::mark;
use undertone::chart::palette::{EmotionMark, Palette};
use undertone::chart::shape::{Anchor, Drawing, Face, Ink, Lettering, Point};

/// Width of a sheet in CSS px: at the width of a printed page its small words come out at 8 pt.
pub const SHEET_WIDTH: f64 = 760.0;
/// Margin of a sheet in CSS px.
pub(super) const MARGIN: f64 = 16.0;
/// Size of most words in CSS px.
pub(super) const SMALL: f64 = 11.0;

/// Heading of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What is shown, large.
    pub title: String,
    /// How to read it, one line each.
    pub lines: Vec<String>,
}

pub(super) fn words(
    drawing: &mut Drawing,
    at: Point,
    text: &str,
    size: f64,
    face: Face,
    anchor: Anchor,
    colour: Rgb,
) {
    drawing.text(at, text, Lettering { size, face, anchor }, colour);
}

/// Draws a sheet's heading and returns where it ends.
pub(super) fn heading(drawing: &mut Drawing, heading: &Heading, palette: &Palette) -> f64 {
    words(drawing, (MARGIN, 24.0), &heading.title, 18.0, Face::Serif, Anchor::Start, palette.ink);
    let mut y = 46.0;
    for line in &heading.lines {
        words(drawing, (MARGIN, y), line, SMALL, Face::Sans, Anchor::Start, palette.ink2);
        y += 16.0;
    }
    y
}

/// Height of [`heading`] in CSS px.
pub(super) fn heading_height(heading: &Heading) -> f64 {
    46.0 + 16.0 * heading.lines.len() as f64
}

/// Most room that a text can take in CSS px: an estimate that is too wide rather than too narrow.
pub fn text_width(text: &str, size: f64) -> f64 {
    0.62 * size * text.chars().count() as f64
}

/// The mark of an emotion by its name; unknown ones get marks in order.
pub(super) fn mark_of(names: &[String], index: usize) -> EmotionMark {
    names
        .get(index)
        .and_then(|name| EmotionMark::from_name(name))
        .unwrap_or(EmotionMark::ALL[index % EmotionMark::ALL.len()])
}

/// A line of marks with their names, broken where it gets too long; returns where it ends.
pub(super) fn legend(
    drawing: &mut Drawing,
    top: f64,
    names: &[String],
    counts: &[usize],
    palette: &Palette,
) -> f64 {
    let (mut x, mut y) = (MARGIN + 4.0, top);
    for (index, name) in names.iter().enumerate() {
        let label = match counts.get(index) {
            Some(count) => format!("{name} ({count})"),
            None => name.clone(),
        };
        let width = 12.0 + text_width(&label, SMALL) + 12.0;
        if x + width > SHEET_WIDTH - MARGIN && index > 0 {
            (x, y) = (MARGIN + 4.0, y + 17.0);
        }
        let played = mark_of(names, index);
        mark::dot(drawing, played, (x, y), Ink::opaque(palette.emotion(played)));
        words(drawing, (x + 10.0, y), &label, SMALL, Face::Sans, Anchor::Start, palette.ink);
        x += width;
    }
    y + 17.0
}

/// The round numbers from `low` to `high` at which an axis has its ticks, at most `most` + 1 of them, and how many
/// decimals they need.
pub(super) fn ticks(low: f64, high: f64, most: usize) -> (Vec<f64>, usize) {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return (vec![low], 0);
    }
    let wanted = span / most.max(1) as f64;
    let mut exponent = libm::floor(libm::log10(wanted)) as i32;
    let mut factor = 10.0;
    for candidate in [1.0, 2.0, 5.0] {
        if candidate * libm::pow(10.0, f64::from(exponent)) >= wanted * (1.0 - 1e-12) {
            factor = candidate;
            break;
        }
    }
    if factor == 10.0 {
        (factor, exponent) = (1.0, exponent + 1);
    }
    let step = factor * libm::pow(10.0, f64::from(exponent));
    let first = libm::ceil(low / step - 1e-9) as i64;
    let last = libm::floor(high / step + 1e-9) as i64;
    ((first..=last).map(|k| k as f64 * step).collect(), (-exponent).max(0) as usize)
}

/// A tick's label, with a minus sign (−); 0 without decimals.
pub(super) fn tick_label(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    match text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        false => "0".to_owned(),
        true if value < 0.0 => format!("−{text}"),
        true => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(0.0, 1.0, 4), (vec![0.0, 0.5, 1.0], 1));
        assert_eq!(ticks(0.0, 0.07, 4), (vec![0.0, 0.02, 0.04, 0.06], 2));
        assert_eq!(ticks(-3.0, 5.0, 4), (vec![-2.0, 0.0, 2.0, 4.0], 0));
        assert_eq!(ticks(0.0, 900.0, 3).0, [0.0, 500.0]);
        assert_eq!(ticks(0.0, 0.0, 3).0, [0.0]);
        for span in [1e-4, 0.3, 1.9, 77.0] {
            let (list, decimals) = ticks(0.0, span, 4);
            assert!((2..=5).contains(&list.len()), "{list:?}");
            let labels: Vec<String> = list.iter().map(|v| tick_label(*v, decimals)).collect();
            let mut different = labels.clone();
            different.dedup();
            assert_eq!(labels, different);
        }
    }

    #[test]
    fn tick_labels_have_a_minus_sign_and_zero_has_no_decimals() {
        assert_eq!(tick_label(-2.0, 1), "−2.0");
        assert_eq!(tick_label(0.5, 2), "0.50");
        assert_eq!(tick_label(-0.001, 1), "0");
    }
}

//! Figures of the study's analyses: sheets of panels for a page of paper. Native only.
//!
//! [`attributions`] shows how far the groups of features move each method's output, [`latents`] where the voices of a
//! corpus land among those that a method was trained on. Unlike the staves of the page they carry their own words.

pub mod attributions;
pub mod latents;

use undertone::chart::colour::Rgb;
use undertone::chart::mark;
use undertone::chart::palette::{EmotionMark, Palette};
use undertone::chart::shape::{Anchor, Drawing, Face, Ink, Lettering, Point};

/// Width of a sheet in CSS px: at the width of a printed page its small words come out at 8 pt.
pub const SHEET_WIDTH: f64 = 760.0;
/// Margin of a sheet in CSS px.
const MARGIN: f64 = 16.0;
/// Size of most words in CSS px.
const SMALL: f64 = 11.0;

/// Heading of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What is shown, large.
    pub title: String,
    /// How to read it, one line each.
    pub lines: Vec<String>,
}

fn words(drawing: &mut Drawing, at: Point, text: &str, size: f64, face: Face, anchor: Anchor, colour: Rgb) {
    drawing.text(at, text, Lettering { size, face, anchor }, colour);
}

/// Draws a sheet's heading and returns where it ends.
fn heading(drawing: &mut Drawing, heading: &Heading, palette: &Palette) -> f64 {
    words(drawing, (MARGIN, 24.0), &heading.title, 18.0, Face::Serif, Anchor::Start, palette.ink);
    let mut y = 46.0;
    for line in &heading.lines {
        words(drawing, (MARGIN, y), line, SMALL, Face::Sans, Anchor::Start, palette.ink2);
        y += 16.0;
    }
    y
}

/// Height of [`heading`] in CSS px.
fn heading_height(heading: &Heading) -> f64 {
    46.0 + 16.0 * heading.lines.len() as f64
}

/// Most room that a text can take in CSS px: an estimate that is too wide rather than too narrow.
pub fn text_width(text: &str, size: f64) -> f64 {
    0.62 * size * text.chars().count() as f64
}

/// The mark of an emotion by its name; unknown ones get marks in order.
fn mark_of(names: &[String], index: usize) -> EmotionMark {
    names
        .get(index)
        .and_then(|name| EmotionMark::from_name(name))
        .unwrap_or(EmotionMark::ALL[index % EmotionMark::ALL.len()])
}

/// A line of marks with their names, broken where it gets too long; returns where it ends.
fn legend(drawing: &mut Drawing, top: f64, names: &[String], counts: &[usize], palette: &Palette) -> f64 {
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
fn ticks(low: f64, high: f64, most: usize) -> (Vec<f64>, usize) {
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

/// A tick's number, with a true minus sign; nothing is plain 0.
fn tick_label(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    match text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        false => "0".to_owned(),
        true if value < 0.0 => format!("−{text}"),
        true => text,
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use undertone::chart::shape::Shape;

    /// Corners of the box of every text: left, top, right, bottom.
    pub(crate) fn text_boxes(drawing: &Drawing) -> Vec<(String, [f64; 4])> {
        let boxed = |shape: &Shape| match shape {
            Shape::Text { at, text, lettering, .. } => {
                let (width, half) = (text_width(text, lettering.size), 0.5 * lettering.size);
                let left = match lettering.anchor {
                    Anchor::Start => at.0,
                    Anchor::Middle => at.0 - width / 2.0,
                    Anchor::End => at.0 - width,
                };
                Some((text.clone(), [left, at.1 - half, left + width, at.1 + half]))
            }
            _ => None,
        };
        drawing.shapes.iter().filter_map(boxed).collect()
    }

    /// No text touches another or leaves the sheet.
    pub(crate) fn assert_readable(drawing: &Drawing) {
        let boxes = text_boxes(drawing);
        for (k, (text, a)) in boxes.iter().enumerate() {
            assert!(
                a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= drawing.width && a[3] <= drawing.height,
                "“{text}” leaves the sheet: {a:?}"
            );
            for (other, b) in &boxes[k + 1..] {
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                assert!(apart, "“{text}” touches “{other}”");
            }
        }
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
    fn numbers_have_a_true_minus_and_nothing_is_plain_zero() {
        assert_eq!(tick_label(-2.0, 1), "−2.0");
        assert_eq!(tick_label(0.5, 2), "0.50");
        assert_eq!(tick_label(-0.001, 1), "0");
    }
}

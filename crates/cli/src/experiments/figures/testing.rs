//! Checks of drawings for tests.

use super::sheet::text_width;
use undertone::chart::shape::{Anchor, Drawing, Shape};

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

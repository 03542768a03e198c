//! Contributions of the feature groups to each method's output, by emotion: one panel per method, one row per group.

use super::sheet::{
    Heading, MARGIN, SHEET_WIDTH, SMALL, heading, heading_height, legend, mark_of, text_width, tick_label,
    ticks, words,
};
use undertone::chart::ChartError;
use undertone::chart::geometry;
use undertone::chart::mark;
use undertone::chart::palette::Palette;
use undertone::chart::shape::{Anchor, Drawing, Face, Ink};

/// Room for the names of the groups, in CSS px.
const NAMES: f64 = 108.0;
/// Distance of two panels in CSS px.
const GAP: f64 = 22.0;
/// Height of a row in CSS px.
const ROW: f64 = 16.0;
/// Additional distance between blocks of groups in CSS px.
const BLOCK_GAP: f64 = 8.0;
/// Room below the rows for ticks and unit.
const FOOT: f64 = 50.0;

/// One method.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name.
    pub title: String,
    /// Per group the value of every emotion; `None` where emotions do not differ.
    pub rows: Vec<Option<Vec<f64>>>,
}

/// All methods on one corpus.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Words above.
    pub heading: Heading,
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Indices of groups that begin a block of their own.
    pub blocks: Vec<usize>,
    /// Names of the emotions.
    pub emotions: Vec<String>,
    /// Utterances per emotion.
    pub counts: Vec<usize>,
    /// The methods.
    pub panels: Vec<Panel>,
    /// What the values are measured in.
    pub unit: String,
    /// Whether all panels have the same scale; else each has its own.
    pub shared_scale: bool,
    /// Colours.
    pub palette: Palette,
}

/// Draws the sheet.
///
/// # Errors
/// [`ChartError::BadNumber`] for a sheet without panels or with values that are negative or not finite.
pub fn draw(sheet: &Sheet) -> Result<Drawing, ChartError> {
    let values = || sheet.panels.iter().flat_map(|panel| panel.rows.iter().flatten().flatten());
    if let Some(&value) = values().find(|value| !(value.is_finite() && **value >= 0.0)) {
        return Err(ChartError::BadNumber { field: "rows", value });
    }
    if sheet.panels.is_empty() {
        return Err(ChartError::BadNumber { field: "panels", value: 0.0 });
    }
    let rows_height = row_y(sheet, sheet.groups.len());
    let palette = &sheet.palette;
    let mut top = Drawing::new(SHEET_WIDTH, 1.0);
    let legend_end =
        legend(&mut top, heading_height(&sheet.heading) + 8.0, &sheet.emotions, &sheet.counts, palette);
    let rows_top = legend_end + 40.0;
    let height = rows_top + rows_height + FOOT;
    geometry::check_sides(SHEET_WIDTH, height)?;
    let mut drawing = Drawing::new(SHEET_WIDTH, height);
    drawing.rectangle((0.0, 0.0), (SHEET_WIDTH, height), palette.paper);
    heading(&mut drawing, &sheet.heading, palette);
    drawing.append(top, (0.0, 0.0));
    no_difference(&mut drawing, legend_end, palette);
    let largest = values().fold(0.0_f64, |largest, &value| largest.max(value));
    let count = sheet.panels.len() as f64;
    let width = (SHEET_WIDTH - 2.0 * MARGIN - NAMES - GAP * (count - 1.0)) / count;
    for (group, name) in sheet.groups.iter().enumerate() {
        let y = rows_top + row_y(sheet, group);
        words(&mut drawing, (MARGIN + NAMES - 10.0, y), name, SMALL, Face::Sans, Anchor::End, palette.ink);
    }
    for (k, panel) in sheet.panels.iter().enumerate() {
        let left = MARGIN + NAMES + k as f64 * (width + GAP);
        let own = panel.rows.iter().flatten().flatten().fold(0.0_f64, |largest, &value| largest.max(value));
        let largest = if sheet.shared_scale { largest } else { own };
        // A panel of nothing but zeros still has an axis.
        let area =
            PanelArea { left, width, top: rows_top, largest: if largest > 0.0 { largest } else { 1.0 } };
        draw_panel(&mut drawing, sheet, panel, &area);
    }
    let middle = MARGIN + NAMES + (SHEET_WIDTH - 2.0 * MARGIN - NAMES) / 2.0;
    let scale = if sheet.shared_scale { "" } else { "; every panel has its own scale" };
    let unit = format!("mean |φ| in {}{scale}", sheet.unit);
    words(&mut drawing, (middle, height - 14.0), &unit, SMALL, Face::Sans, Anchor::Middle, palette.ink2);
    Ok(drawing)
}

/// Distance of a row's middle from the top of the rows; of the row after the last, where the rows end.
fn row_y(sheet: &Sheet, row: usize) -> f64 {
    let blocks =
        sheet.blocks.iter().filter(|&&first| first > 0 && first <= row && first < sheet.groups.len()).count();
    let middle = if row < sheet.groups.len() { ROW / 2.0 } else { 0.0 };
    row as f64 * ROW + middle + blocks as f64 * BLOCK_GAP
}

/// The legend's entry for groups without a difference.
fn no_difference(drawing: &mut Drawing, y: f64, palette: &Palette) {
    let x = MARGIN + 4.0;
    drawing.line(vec![(x, y - 4.0), (x, y + 4.0)], 1.6, palette.line2);
    let text = "no significant difference between emotions: counted as zero";
    words(drawing, (x + 10.0, y), text, SMALL, Face::Sans, Anchor::Start, palette.ink);
}

/// Position of a panel, and the value at its right edge.
struct PanelArea {
    left: f64,
    width: f64,
    top: f64,
    largest: f64,
}

impl PanelArea {
    fn x(&self, value: f64) -> f64 {
        // Marks are half of 8 px wide; so much stays free at the right.
        self.left + value / self.largest * (self.width - 5.0)
    }
}

/// As many ticks as have room for their numbers, beside those of the next panel too.
fn fitting_ticks(area: &PanelArea) -> Vec<(f64, String)> {
    let labelled = |most| {
        let (marks, decimals) = ticks(0.0, area.largest, most);
        marks.into_iter().map(|value| (value, tick_label(value, decimals))).collect::<Vec<_>>()
    };
    let fits = |list: &Vec<(f64, String)>| {
        let half = |label: &str| text_width(label, 10.0) / 2.0;
        let ends_in_time = list.last().is_none_or(|(value, label)| {
            area.x(*value) + half(label) < area.left + area.width + GAP - half("0") - 2.0
        });
        let apart = list
            .windows(2)
            .all(|pair| area.x(pair[1].0) - area.x(pair[0].0) > half(&pair[0].1) + half(&pair[1].1) + 4.0);
        ends_in_time && apart
    };
    [4, 3, 2].map(labelled).into_iter().find(fits).unwrap_or_else(|| labelled(1))
}

fn draw_panel(drawing: &mut Drawing, sheet: &Sheet, panel: &Panel, area: &PanelArea) {
    let palette = &sheet.palette;
    let bottom = area.top + row_y(sheet, sheet.groups.len());
    words(
        drawing,
        (area.left, area.top - 12.0),
        &panel.title,
        12.0,
        Face::SansBold,
        Anchor::Start,
        palette.ink,
    );
    for (value, label) in fitting_ticks(area) {
        let x = area.x(value);
        let width = if value == 0.0 { 1.2 } else { 0.6 };
        drawing.line(vec![(x, area.top), (x, bottom + 4.0)], width, palette.line);
        words(drawing, (x, bottom + 13.0), &label, 10.0, Face::Sans, Anchor::Middle, palette.ink2);
    }
    for (group, row) in panel.rows.iter().enumerate() {
        let y = area.top + row_y(sheet, group);
        let Some(values) = row else {
            drawing.line(vec![(area.left, y - 4.0), (area.left, y + 4.0)], 1.6, palette.line2);
            continue;
        };
        let (low, high) =
            values.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &v| (low.min(v), high.max(v)));
        drawing.line(vec![(area.x(low), y), (area.x(high), y)], 1.0, palette.line2);
        for (index, &value) in values.iter().enumerate() {
            let played = mark_of(&sheet.emotions, index);
            mark::dot(drawing, played, (area.x(value), y), Ink::opaque(palette.emotion(played)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_readable;
    use super::*;
    use undertone::attribution::groups::Group;
    use undertone::chart::shape::Shape;
    use undertone::chart::svg;

    fn sheet() -> Sheet {
        let row = |k: usize| (k % 3 != 1).then(|| (0..7).map(|e| 0.01 * (k * (e + 2) % 40) as f64).collect());
        let panel = |title: &str| Panel { title: title.to_owned(), rows: (0..27).map(row).collect() };
        let emotions = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];
        Sheet {
            heading: Heading {
                title: "What moves the mean latent: EmoTale (Danish)".to_owned(),
                lines: vec!["One line that says how to read it".to_owned(), "and another".to_owned()],
            },
            groups: Group::ALL.iter().map(|group| group.name().to_owned()).collect(),
            blocks: vec![11, 17, 22],
            emotions: emotions.map(str::to_owned).to_vec(),
            counts: vec![1234; 7],
            panels: ["unsupervised", "metric-cluster", "metric-act", "metric-val"].map(panel).to_vec(),
            unit: "standard deviations of the output".to_owned(),
            shared_scale: true,
            palette: Palette::LIGHT,
        }
    }

    #[test]
    fn sheet_texts_do_not_overlap_or_leave_the_sheet() {
        assert_readable(&draw(&sheet()).unwrap());
        let mut own = sheet();
        own.shared_scale = false;
        own.panels[1].rows.iter_mut().flatten().flatten().for_each(|v| *v *= 1e-4);
        own.panels[2].rows.iter_mut().flatten().flatten().for_each(|v| *v *= 777.0);
        own.panels[3].rows.iter_mut().for_each(|row| *row = None);
        assert_readable(&draw(&own).unwrap());
    }

    #[test]
    fn sheet_has_marks_at_their_values_and_none_for_zeroed_groups() {
        let mut sheet = sheet();
        sheet.emotions = vec!["happiness".to_owned(), "anger".to_owned()];
        sheet.panels = vec![Panel { title: "one".to_owned(), rows: vec![None; 27] }];
        let empty = draw(&sheet).unwrap().shapes.len();
        sheet.panels[0].rows[3] = Some(vec![0.0, 2.0]);
        let drawing = draw(&sheet).unwrap();
        // One mark per emotion and the line between them instead of the sign for nothing; ticks 0 1 2 instead of 0 to 1.
        assert!(drawing.shapes.len() > empty);
        let discs: Vec<(f64, f64)> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Disc { centre, .. } => Some(*centre),
                _ => None,
            })
            .collect();
        // The legend's and the row's; the latter at the zero line.
        assert_eq!(discs.len(), 2);
        assert_eq!(discs[1].0, MARGIN + NAMES);
        let row = drawing.shapes.iter().find_map(|shape| match shape {
            Shape::Text { at, text, .. } if text == Group::ALL[3].name() => Some(at.1),
            _ => None,
        });
        assert_eq!(Some(discs[1].1), row);
    }

    #[test]
    fn sheet_is_the_same_every_time_and_refuses_what_cannot_be_drawn() {
        let caption = svg::Caption { title: "a".into(), description: "b".into() };
        let document = || svg::render(&draw(&sheet()).unwrap(), &caption).unwrap();
        assert_eq!(document(), document());
        assert!(document().trim_end().ends_with("</svg>") && !document().contains("NaN"));
        let mut bad = sheet();
        bad.panels[0].rows[0] = Some(vec![f64::NAN]);
        assert!(matches!(draw(&bad), Err(ChartError::BadNumber { field: "rows", .. })));
        bad.panels.clear();
        assert!(matches!(draw(&bad), Err(ChartError::BadNumber { field: "panels", .. })));
    }
}

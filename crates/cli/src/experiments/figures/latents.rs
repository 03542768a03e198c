//! The latents of a corpus by each method: contours of the training voices, dots of the corpus by emotion.

use super::sheet::{
    Heading, MARGIN, SHEET_WIDTH, SMALL, heading, heading_height, legend, mark_of, text_width, tick_label,
    ticks, words,
};
use undertone::chart::ChartError;
use undertone::chart::density::Density;
use undertone::chart::embedding::{chosen, draw_contours};
use undertone::chart::geometry;
use undertone::chart::mark;
use undertone::chart::palette::Palette;
use undertone::chart::shape::{Anchor, Drawing, Face, Ink, Point};

/// Panels side by side.
const COLUMNS: usize = 2;
/// Height of a panel in CSS px.
const PANEL_HEIGHT: f64 = 290.0;
/// Room left of a panel for the numbers of its vertical axis.
const NUMBERS: f64 = 40.0;
/// Room above a panel for its name.
const NAME: f64 = 26.0;
/// Room below a panel for the numbers of its horizontal axis.
const FOOT: f64 = 34.0;
/// Part of the dots at either end of an axis that may lie beyond the frame.
const BEYOND: f64 = 0.005;

/// One method.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// Its name.
    pub title: String,
    /// Density of the voices that it was trained on.
    pub density: Option<&'a Density>,
    /// Latent coordinates of the other corpus.
    pub points: Vec<(f64, f64)>,
}

/// All methods with one corpus.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// Words above.
    pub heading: Heading,
    /// Names of the emotions.
    pub emotions: Vec<String>,
    /// Index of the emotion of every point.
    pub kinds: Vec<usize>,
    /// The methods.
    pub panels: Vec<Panel<'a>>,
    /// Colours.
    pub palette: Palette,
}

/// Draws the sheet.
///
/// # Errors
/// [`ChartError::BadCloud`] for panels with another number of points than there are kinds, [`ChartError::BadNumber`] for
/// a sheet without panels.
pub fn draw(sheet: &Sheet<'_>) -> Result<Drawing, ChartError> {
    if sheet.panels.iter().any(|panel| panel.points.len() != sheet.kinds.len()) {
        return Err(ChartError::BadCloud);
    }
    if sheet.panels.is_empty() {
        return Err(ChartError::BadNumber { field: "panels", value: 0.0 });
    }
    let palette = &sheet.palette;
    let counts: Vec<usize> =
        (0..sheet.emotions.len()).map(|kind| sheet.kinds.iter().filter(|&&k| k == kind).count()).collect();
    let mut top = Drawing::new(SHEET_WIDTH, 1.0);
    let head = legend(&mut top, heading_height(&sheet.heading) + 8.0, &sheet.emotions, &counts, palette);
    let width = (SHEET_WIDTH - 2.0 * MARGIN - COLUMNS as f64 * NUMBERS) / COLUMNS as f64;
    let rows = sheet.panels.len().div_ceil(COLUMNS);
    let height = head + rows as f64 * (NAME + PANEL_HEIGHT + FOOT);
    geometry::check_sides(SHEET_WIDTH, height)?;
    let mut drawing = Drawing::new(SHEET_WIDTH, height);
    drawing.rectangle((0.0, 0.0), (SHEET_WIDTH, height), palette.paper);
    heading(&mut drawing, &sheet.heading, palette);
    drawing.append(top, (0.0, 0.0));
    for (k, panel) in sheet.panels.iter().enumerate() {
        let left = MARGIN + NUMBERS + (k % COLUMNS) as f64 * (width + NUMBERS);
        let upper = head + NAME + (k / COLUMNS) as f64 * (NAME + PANEL_HEIGHT + FOOT);
        let scale = PanelScale::over(panel, (width, PANEL_HEIGHT));
        let (inside, beyond) = draw_points(sheet, panel, &scale);
        drawing.append(inside, (left, upper));
        frame(&mut drawing, &scale, (left, upper), palette);
        words(
            &mut drawing,
            (left, upper - 11.0),
            &panel.title,
            12.0,
            Face::SansBold,
            Anchor::Start,
            palette.ink,
        );
        if beyond > 0 {
            let text = format!("{beyond} beyond the frame");
            words(
                &mut drawing,
                (left + width, upper - 11.0),
                &text,
                10.0,
                Face::Sans,
                Anchor::End,
                palette.ink2,
            );
        }
    }
    Ok(drawing)
}

/// From latent coordinates to px within a panel; one scale for both directions.
struct PanelScale {
    middle: (f64, f64),
    px_per_unit: f64,
    size: (f64, f64),
}

impl PanelScale {
    /// Shows the outermost contour and all but the outermost points.
    fn over(panel: &Panel<'_>, size: (f64, f64)) -> PanelScale {
        let contour: Vec<Point> =
            panel.density.map(|density| density.contours(0).concat()).unwrap_or_default();
        let range = |axis: fn(&Point) -> f64| {
            let mut sorted: Vec<f64> = panel.points.iter().map(axis).filter(|v| v.is_finite()).collect();
            sorted.sort_by(f64::total_cmp);
            let last = sorted.len().saturating_sub(1) as f64;
            let at = |share: f64| sorted.get((last * share).round() as usize).copied();
            let ends = contour.iter().map(axis).chain(at(BEYOND)).chain(at(1.0 - BEYOND));
            let (low, high) =
                ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
            if low <= high { (low, high) } else { (-1.0, 1.0) }
        };
        let (x, y) = (range(|p| p.0), range(|p| p.1));
        let room = 12.0;
        let fit = |(low, high): (f64, f64), px: f64| (px - 2.0 * room) / (high - low).max(1e-9);
        PanelScale {
            middle: ((x.0 + x.1) / 2.0, (y.0 + y.1) / 2.0),
            px_per_unit: fit(x, size.0).min(fit(y, size.1)),
            size,
        }
    }

    fn at(&self, (z1, z2): Point) -> Point {
        (
            self.size.0 / 2.0 + (z1 - self.middle.0) * self.px_per_unit,
            self.size.1 / 2.0 - (z2 - self.middle.1) * self.px_per_unit,
        )
    }

    fn holds(&self, (x, y): Point) -> bool {
        let reach = 4.0;
        x >= reach && x <= self.size.0 - reach && y >= reach && y <= self.size.1 - reach
    }

    /// Ends of an axis in latent units.
    fn ends(&self, middle: f64, px: f64) -> (f64, f64) {
        (middle - px / 2.0 / self.px_per_unit, middle + px / 2.0 / self.px_per_unit)
    }
}

/// Contours and dots of a panel, and how many dots lie beyond it.
fn draw_points(sheet: &Sheet<'_>, panel: &Panel<'_>, scale: &PanelScale) -> (Drawing, usize) {
    let mut drawing = Drawing::new(scale.size.0, scale.size.1);
    if let Some(density) = panel.density {
        draw_contours(&mut drawing, density, &sheet.palette, &|place| scale.at(place));
    }
    let mut beyond = 0;
    for index in chosen(panel.points.len(), usize::MAX) {
        let at = scale.at(panel.points[index]);
        if !scale.holds(at) {
            beyond += 1;
            continue;
        }
        let played = mark_of(&sheet.emotions, sheet.kinds[index]);
        mark::dot(&mut drawing, played, at, Ink::opaque(sheet.palette.emotion(played)));
    }
    (drawing, beyond)
}

/// The frame with its ticks.
fn frame(drawing: &mut Drawing, scale: &PanelScale, (left, upper): Point, palette: &Palette) {
    let (right, lower) = (left + scale.size.0, upper + scale.size.1);
    drawing.outline(vec![(left, upper), (right, upper), (right, lower), (left, lower)], 1.0, palette.line2);
    let (low, high) = scale.ends(scale.middle.0, scale.size.0);
    let (marks, decimals) = ticks(low, high, 5);
    for value in marks {
        let x = left + scale.at((value, 0.0)).0;
        drawing.line(vec![(x, lower), (x, lower + 4.0)], 1.0, palette.line2);
        let label = tick_label(value, decimals);
        let half = text_width(&label, 10.0) / 2.0;
        // Beside the axis's own name, and clear of the other axis's numbers.
        if right - x > half + text_width("z₁", SMALL) + 4.0 && x - left > half - 4.0 {
            words(drawing, (x, lower + 13.0), &label, 10.0, Face::Sans, Anchor::Middle, palette.ink2);
        }
    }
    words(drawing, (right, lower + 13.0), "z₁", SMALL, Face::SerifItalic, Anchor::End, palette.ink2);
    let (low, high) = scale.ends(scale.middle.1, scale.size.1);
    let (marks, decimals) = ticks(low, high, 5);
    for value in marks {
        let y = upper + scale.at((0.0, value)).1;
        drawing.line(vec![(left - 4.0, y), (left, y)], 1.0, palette.line2);
        if y - upper > 18.0 && lower - y > 4.0 {
            let label = tick_label(value, decimals);
            words(drawing, (left - 7.0, y), &label, 10.0, Face::Sans, Anchor::End, palette.ink2);
        }
    }
    words(drawing, (left - 7.0, upper + 7.0), "z₂", SMALL, Face::SerifItalic, Anchor::End, palette.ink2);
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_readable;
    use super::*;
    use undertone::chart::svg;

    fn spiral(count: usize, scale: f64) -> Vec<(f64, f64)> {
        let turn = |k: usize| 2.4 * k as f64;
        let reach = |k: usize| scale * (k as f64 / count as f64).sqrt();
        (0..count).map(|k| (reach(k) * libm::cos(turn(k)), 0.5 * reach(k) * libm::sin(turn(k)))).collect()
    }

    fn density(scale: f64) -> Density {
        let (u, v): (Vec<f32>, Vec<f32>) =
            spiral(400, scale).into_iter().map(|(u, v)| (u as f32, v as f32)).unzip();
        Density::new(&u, &v).unwrap()
    }

    fn sheet(densities: &[Density]) -> Sheet<'_> {
        let names = ["unsupervised", "metric-cluster", "metric-act", "metric-val"];
        let panel = |(name, density): (&str, _)| Panel {
            title: name.to_owned(),
            density: Some(density),
            points: spiral(250, 1.5),
        };
        Sheet {
            heading: Heading {
                title: "Where EmoTale (Danish) lands".to_owned(),
                lines: vec!["Contours: source".to_owned()],
            },
            emotions: ["anger", "happiness", "neutral", "sadness", "boredom"].map(str::to_owned).to_vec(),
            kinds: (0..250).map(|k| k % 5).collect(),
            panels: names.into_iter().zip(densities).map(panel).collect(),
            palette: Palette::LIGHT,
        }
    }

    #[test]
    fn sheet_texts_do_not_overlap_whatever_the_scale_of_the_latent() {
        for scale in [0.003, 1.0, 250.0] {
            let densities = [density(scale), density(2.0 * scale), density(scale), density(1.0)];
            assert_readable(&draw(&sheet(&densities)).unwrap());
        }
    }

    #[test]
    fn panel_has_one_scale_and_every_dot_is_drawn_or_counted() {
        let densities = [density(1.0)];
        let mut sheet = sheet(&densities);
        sheet.panels.truncate(1);
        sheet.panels[0].points[7] = (40.0, 0.0);
        sheet.panels[0].points[8] = (f64::NAN, 0.0);
        let scale = PanelScale::over(&sheet.panels[0], (300.0, 290.0));
        let (origin, along, up) = (scale.at((0.0, 0.0)), scale.at((0.5, 0.0)), scale.at((0.0, 0.5)));
        assert!(((along.0 - origin.0) - (origin.1 - up.1)).abs() < 1e-9);
        let (drawing, beyond) = draw_points(&sheet, &sheet.panels[0], &scale);
        assert!(beyond >= 2);
        sheet.panels[0].density = None;
        let (dots, beyond_alone) = draw_points(&sheet, &sheet.panels[0], &scale);
        assert_eq!(beyond_alone, beyond);
        assert_eq!(dots.shapes.len(), 250 - beyond);
        assert!(drawing.shapes.len() > dots.shapes.len());
    }

    #[test]
    fn sheet_is_the_same_every_time_and_refuses_what_cannot_be_drawn() {
        let densities = [density(1.0), density(1.0)];
        let caption = svg::Caption { title: "a".into(), description: "b".into() };
        let document = || svg::render(&draw(&sheet(&densities)).unwrap(), &caption).unwrap();
        assert_eq!(document(), document());
        assert!(document().trim_end().ends_with("</svg>") && !document().contains("NaN"));
        let mut bad = sheet(&densities);
        bad.kinds.pop();
        assert_eq!(draw(&bad).unwrap_err(), ChartError::BadCloud);
        bad.panels.clear();
        assert!(matches!(draw(&bad), Err(ChartError::BadNumber { field: "panels", .. })));
    }
}

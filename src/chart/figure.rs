//! The whole figure as one picture, for saving: staves below each other, the lines through them, and words.
//!
//! In the page the words are HTML beside the canvases; a saved figure has to carry them itself.

use super::ChartError;
use super::contributions::{self, ContributionsSpec};
use super::density::Density;
use super::embedding::{self, Cloud, EmbeddingSpec};
use super::geometry;
use super::mark;
use super::palette::{Palette, Rgb};
use super::scale::{self, ScaleSpec};
use super::shape::{Anchor, Drawing, Face, Lettering};
use super::svg;

/// A figure to be saved.
#[derive(Debug, Clone)]
pub struct FigureSpec {
    /// Width in CSS px.
    pub width: f64,
    /// Height in CSS px.
    pub height: f64,
    /// Colours; the ground is paper.
    pub palette: Palette,
    /// The scale.
    pub scale: Option<Placed<ScaleSpec>>,
    /// The map.
    pub embedding: Option<Placed<EmbeddingSpec>>,
    /// The reasons.
    pub contributions: Option<Placed<ContributionsSpec>>,
    /// Pieces of the plumb lines where no stave draws them.
    pub gaps: Vec<Gap>,
    /// Words.
    pub labels: Vec<Label>,
}

/// A stave's place in the figure.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// Distance of its left edge from the figure's, in CSS px.
    pub left: f64,
    /// Distance of its upper edge from the figure's, in CSS px.
    pub top: f64,
    /// What it shows.
    pub spec: T,
}

/// A piece of a plumb line between two staves.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Upper end in CSS px.
    pub top: f64,
    /// Lower end in CSS px.
    pub bottom: f64,
    /// Dashed, as from the average voice.
    pub dashed: bool,
}

/// Words in the figure.
#[derive(Debug, Clone)]
pub struct Label {
    /// Reference point, horizontally.
    pub x: f64,
    /// Middle of the line, vertically.
    pub y: f64,
    /// The words.
    pub text: String,
    /// Font size in CSS px.
    pub size: f64,
    /// Face.
    pub face: Face,
    /// Where the reference point is in the text.
    pub anchor: Anchor,
    /// Colour; ink if absent.
    pub colour: Option<Rgb>,
}

/// Puts the figure together.
///
/// # Errors
/// Those of the staves.
pub fn draw(spec: &FigureSpec, cloud: Option<(&Cloud<'_>, Option<&Density>)>) -> Result<Drawing, ChartError> {
    geometry::check_sides(spec.width, spec.height)?;
    let mut drawing = Drawing::new(spec.width, spec.height);
    drawing.rectangle((0.0, 0.0), (spec.width, spec.height), spec.palette.paper);
    for gap in &spec.gaps {
        mark::plumb(&mut drawing, gap.x, (gap.top, gap.bottom), gap.dashed, &spec.palette);
    }
    if let (Some(part), Some((cloud, density))) = (&spec.embedding, cloud) {
        drawing.append(embedding::draw(&part.spec, cloud, density)?.drawing, (part.left, part.top));
    }
    if let Some(part) = &spec.contributions {
        drawing.append(contributions::draw(&part.spec)?, (part.left, part.top));
    }
    if let Some(part) = &spec.scale {
        drawing.append(scale::draw(&part.spec)?, (part.left, part.top));
    }
    for label in &spec.labels {
        let lettering = Lettering { size: label.size, face: label.face, anchor: label.anchor };
        let text: String = label.text.chars().filter(|&character| svg::is_xml(character)).collect();
        drawing.text((label.x, label.y), text, lettering, label.colour.unwrap_or(spec.palette.ink));
    }
    Ok(drawing)
}

/// The figure as an SVG document with its title and its text alternative.
///
/// # Errors
/// Those of [`draw`] and of the SVG writer.
pub fn to_svg(
    spec: &FigureSpec,
    (title, description): (&str, &str),
    cloud: Option<(&Cloud<'_>, Option<&Density>)>,
) -> Result<String, ChartError> {
    svg::render(&draw(spec, cloud)?, title, description)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::contributions::{Row, StartMark};
    use crate::chart::embedding::{DotsBy, Utterance};
    use crate::chart::geometry::{Axis, Plumb};
    use crate::chart::scale::{MarkStyle, ScaleMark};

    /// A figure with one of everything.
    fn spec() -> FigureSpec {
        let (palette, axis) = (Palette::LIGHT, Axis { left: 50.0, right: 590.0 });
        let (width, height, ratio) = (640.0, 260.0, 1.0);
        let plumbs = vec![Plumb { score: 4.1, dashed: false }, Plumb { score: 2.92, dashed: true }];
        let mark =
            |score, interval, style, number| ScaleMark { score, interval: Some(interval), style, number };
        let scale = ScaleSpec {
            width,
            height: 60.0,
            ratio,
            axis,
            palette,
            y: 30.0,
            average: Some(2.92),
            own: Some(2.1),
            marks: vec![
                mark(3.2, [2.4, 4.0], MarkStyle::Start, Some(2)),
                mark(4.1, [3.3, 5.3], MarkStyle::Current, None),
            ],
            plumbs: plumbs.clone(),
        };
        let embedding = EmbeddingSpec {
            width,
            height,
            ratio,
            axis,
            palette,
            dots_by: DotsBy::Corpus,
            hidden: Vec::new(),
            single: None,
            faded: false,
            max_dots: 100,
            utterances: vec![
                Utterance { u: 2.7, v: 0.3, number: 1, current: false },
                Utterance { u: 4.1, v: -0.2, number: 12, current: true },
            ],
            interval: Some([3.3, 5.3]),
            plumbs: plumbs.clone(),
            arrow: None,
        };
        let row = |top, value| Row { top, height: 15.0, value, nested: false };
        let contributions = ContributionsSpec {
            width,
            height,
            ratio,
            axis,
            palette,
            start: 2.92,
            end: 4.1,
            rows: vec![row(30.0, 1.4), row(60.0, -0.22)],
            start_y: Some(12.0),
            start_mark: StartMark::Own,
            end_y: Some(200.0),
            plumbs,
        };
        FigureSpec {
            width: 700.0,
            height: 700.0,
            palette,
            scale: Some(Placed { left: 30.0, top: 0.0, spec: scale }),
            embedding: Some(Placed { left: 30.0, top: 60.0, spec: embedding }),
            contributions: Some(Placed { left: 30.0, top: 360.0, spec: contributions }),
            gaps: vec![Gap { x: 498.5, top: 320.0, bottom: 360.0, dashed: false }],
            labels: vec![Label {
                x: 10.0,
                y: 20.0,
                text: "a < b & \"c\"\u{1}".to_owned(),
                size: 19.0,
                face: Face::SerifItalic,
                anchor: Anchor::End,
                colour: Some(palette.ink2),
            }],
        }
    }

    fn voices() -> (Vec<f32>, Vec<f32>) {
        (0..90).map(|k| (2.0 + 0.02 * k as f32, ((k * 37) % 90) as f32 / 60.0 - 0.75)).unzip()
    }

    fn svg_of(spec: &FigureSpec, score: &[f32], other: &[f32]) -> String {
        let kinds = vec![0; score.len()];
        let names = [String::from("emodb")];
        let cloud =
            Cloud { score, other, emotion: &kinds, corpus: &kinds, emotions: &names, corpora: &names };
        let density = Density::new(score, other);
        let words = ("Tom & Jerry <3", "4.1 on a scale\u{0} from 1");
        to_svg(spec, words, Some((&cloud, density.as_ref()))).unwrap()
    }

    #[test]
    fn a_whole_figure_becomes_one_well_formed_document() {
        let (score, other) = voices();
        let svg = svg_of(&spec(), &score, &other);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(svg.contains("width=\"700\" height=\"700\" viewBox=\"0 0 11200 11200\""));
        assert!(svg.contains("<title>Tom &amp; Jerry &lt;3</title>"));
        assert!(svg.contains("<desc>4.1 on a scale from 1</desc>"));
        assert!(svg.contains("a &lt; b &amp; &quot;c&quot;\n"));
        assert!(svg.trim_end().ends_with("</svg>"));
        assert_eq!(svg.matches("<svg").count(), 1);
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        let bare = ["&lt;", "&gt;", "&amp;", "&quot;", "&apos;"]
            .iter()
            .fold(svg.clone(), |text, entity| text.replace(entity, ""));
        assert!(!bare.contains('&'), "a bare ampersand");
        for number in ["NaN", "inf", "e+", "E-"] {
            assert!(!svg.contains(number), "{number} in the document");
        }
    }

    #[test]
    fn positions_come_out_in_sixteenths_of_a_pixel_and_staves_share_them() {
        let (score, other) = voices();
        let svg = svg_of(&spec(), &score, &other);
        // x(4.1) = 30 + 50 + 3.1 · 135 = 498.5 px; the discs of scale, map and reasons stand there.
        assert!(svg.matches("cx=\"7976\"").count() >= 6, "discs with their rims of paper in three staves");
    }

    #[test]
    fn voices_that_are_not_finite_leave_no_trace() {
        let (mut score, mut other) = voices();
        score[3] = f32::NAN;
        other[4] = f32::INFINITY;
        score[5] = f32::NEG_INFINITY;
        let mut spec = spec();
        if let Some(map) = &mut spec.embedding {
            map.spec.utterances[0].v = f64::NAN;
            map.spec.interval = Some([f64::NAN, f64::INFINITY]);
        }
        let svg = svg_of(&spec, &score, &other);
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        let dots = svg.matches("fill=\"#621A2D\"").count();
        assert_eq!(dots, 87);
    }
}

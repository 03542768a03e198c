//! The whole figure as one picture, for saving: staves below each other, the lines through them, and words.
//!
//! In the page the words are HTML beside the canvases; a saved figure has to carry them itself.

use serde::Deserialize;

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
#[derive(Debug, Clone, Deserialize)]
pub struct FigureSpec {
    /// Width in CSS px.
    pub width: f64,
    /// Height in CSS px.
    pub height: f64,
    /// Colours; the ground is paper.
    pub palette: Palette,
    /// What the figure is.
    pub title: String,
    /// The text alternative: what the figure shows.
    pub description: String,
    /// The scale.
    #[serde(default)]
    pub scale: Option<Placed<ScaleSpec>>,
    /// The map.
    #[serde(default)]
    pub embedding: Option<Placed<EmbeddingSpec>>,
    /// The reasons.
    #[serde(default)]
    pub contributions: Option<Placed<ContributionsSpec>>,
    /// Pieces of the plumb lines where no stave draws them.
    #[serde(default)]
    pub plumbs: Vec<Gap>,
    /// Words.
    #[serde(default)]
    pub labels: Vec<Label>,
}

/// A stave's place in the figure.
#[derive(Debug, Clone, Deserialize)]
pub struct Placed<T> {
    /// Distance of its left edge from the figure's, in CSS px.
    #[serde(default)]
    pub left: f64,
    /// Distance of its upper edge from the figure's, in CSS px.
    pub top: f64,
    /// What it shows.
    pub spec: T,
}

/// A piece of a plumb line between two staves.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Gap {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Upper end in CSS px.
    pub top: f64,
    /// Lower end in CSS px.
    pub bottom: f64,
    /// Dashed, as from the average voice.
    #[serde(default)]
    pub dashed: bool,
}

/// Words in the figure.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// Reference point, horizontally.
    pub x: f64,
    /// Middle of the line, vertically.
    pub y: f64,
    /// The words.
    pub text: String,
    /// Font size in CSS px.
    pub size: f64,
    /// `sans`, `sans-bold`, `serif` or `serif-italic`.
    #[serde(default)]
    pub face: LabelFace,
    /// Where the reference point is in the text.
    #[serde(default)]
    pub anchor: LabelAnchor,
    /// Colour; ink if absent.
    #[serde(default)]
    pub colour: Option<Rgb>,
}

/// Face of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LabelFace {
    #[default]
    Sans,
    SansBold,
    Serif,
    SerifItalic,
}

/// Horizontal reference point of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum LabelAnchor {
    #[default]
    Start,
    Middle,
    End,
}

/// Puts the figure together.
///
/// # Errors
/// Those of the staves.
pub fn draw(spec: &FigureSpec, cloud: Option<(&Cloud<'_>, Option<&Density>)>) -> Result<Drawing, ChartError> {
    geometry::check_sides(spec.width, spec.height)?;
    let mut drawing = Drawing::new(spec.width, spec.height);
    drawing.rectangle((0.0, 0.0), (spec.width, spec.height), spec.palette.paper);
    for gap in &spec.plumbs {
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
        let lettering = Lettering { size: label.size, face: face(label.face), anchor: anchor(label.anchor) };
        let text: String = label.text.chars().filter(|&character| svg::is_xml(character)).collect();
        drawing.text((label.x, label.y), text, lettering, label.colour.unwrap_or(spec.palette.ink));
    }
    Ok(drawing)
}

/// The figure as an SVG document.
///
/// # Errors
/// Those of [`draw`] and of the SVG writer.
pub fn to_svg(
    spec: &FigureSpec,
    cloud: Option<(&Cloud<'_>, Option<&Density>)>,
) -> Result<String, ChartError> {
    svg::render(&draw(spec, cloud)?, &spec.title, &spec.description)
}

const fn face(face: LabelFace) -> Face {
    match face {
        LabelFace::Sans => Face::Sans,
        LabelFace::SansBold => Face::SansBold,
        LabelFace::Serif => Face::Serif,
        LabelFace::SerifItalic => Face::SerifItalic,
    }
}

const fn anchor(anchor: LabelAnchor) -> Anchor {
    match anchor {
        LabelAnchor::Start => Anchor::Start,
        LabelAnchor::Middle => Anchor::Middle,
        LabelAnchor::End => Anchor::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A figure as the page hands it over, with one of everything.
    fn spec() -> FigureSpec {
        let colours = serde_json::json!({
            "paper": "#F5F6F3", "field": "#E9ECE8", "mark": "#FFE06B", "wash": "#FBF3D0", "ink": "#141B34",
            "ink2": "#4B5370", "line2": "#747C93", "line": "#C6CCD4", "calm": "#1F4FB4", "exc": "#C43A12",
            "markline": "#8A6D00",
            "emotions": { "anger": "#621A2D", "happiness": "#BD660B", "surprise": "#362E64", "neutral": "#7C8388",
                "sadness": "#1880DB", "fear": "#704A91", "disgust": "#2D5314", "boredom": "#A7653F",
                "calm": "#007457" }
        });
        let common = serde_json::json!({ "width": 640, "height": 260, "ratio": 1, "palette": colours,
            "axis": { "left": 50, "right": 590 }, "plumbs": [{ "score": 4.1 }, { "score": 2.92, "dashed": true }] });
        let with = |more: serde_json::Value| {
            let mut spec = common.clone();
            let fields = spec.as_object_mut().unwrap();
            fields.extend(more.as_object().unwrap().clone());
            spec
        };
        serde_json::from_value(serde_json::json!({
            "width": 700, "height": 700, "palette": common["palette"],
            "title": "Tom & Jerry <3", "description": "4.1 on a scale\u{0} from 1",
            "scale": { "left": 30, "top": 0, "spec": with(serde_json::json!({
                "height": 60, "y": 30, "average": 2.92, "own": 2.1,
                "marks": [{ "score": 3.2, "interval": [2.4, 4.0], "style": "start", "number": 2 },
                    { "score": 4.1, "interval": [3.3, 5.3], "style": "current" }] })) },
            "embedding": { "left": 30, "top": 60, "spec": with(serde_json::json!({
                "dotsBy": "corpus", "maxDots": 100, "interval": [3.3, 5.3],
                "utterances": [{ "u": 2.7, "v": 0.3, "number": 1 },
                    { "u": 4.1, "v": -0.2, "number": 12, "current": true }] })) },
            "contributions": { "left": 30, "top": 360, "spec": with(serde_json::json!({
                "start": 2.92, "end": 4.1, "startY": 12, "endY": 200, "startMark": "own",
                "rows": [{ "top": 30, "height": 15, "value": 1.4 }, { "top": 60, "height": 15, "value": -0.22 }] })) },
            "plumbs": [{ "x": 498.5, "top": 320, "bottom": 360 }],
            "labels": [{ "x": 10, "y": 20, "text": "a < b & \"c\"\u{1}", "size": 19, "face": "serif-italic",
                "anchor": "end", "colour": "#4B5370" }]
        }))
        .unwrap()
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
        to_svg(spec, Some((&cloud, density.as_ref()))).unwrap()
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

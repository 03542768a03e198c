//! The whole figure as one picture, for saving: panels below each other, the guide lines through them, and words.
//!
//! In the page the words are HTML beside the canvases; a saved figure has to carry them itself.
//!
//! ```
//! use undertone::chart::figure::{FigureLabel, FigureSpec, draw};
//! use undertone::chart::{palette::Palette, shape::Anchor, shape::Face};
//!
//! let label = FigureLabel { x: 20.0, y: 20.0, text: "calm".into(), size: 16.0, face: Face::SerifItalic,
//!     anchor: Anchor::Start, colour: None };
//! let spec = FigureSpec { width: 200.0, height: 40.0, palette: Palette::LIGHT, scale: None, embedding: None,
//!     contributions: None, guides: vec![], labels: vec![label] };
//! let drawing = draw(&spec, None)?;
//! assert_eq!(drawing.shapes.len(), 2, "the background and a word");
//! # Ok::<(), undertone::chart::ChartError>(())
//! ```

use super::ChartError;
use super::colour::Rgb;
use super::contributions::{self, ContributionsSpec};
use super::embedding::{self, Cloud, EmbeddingSpec};
use super::geometry;
use super::mark;
use super::options::options;
use super::palette::Palette;
use super::scale::{self, ScaleSpec};
use super::shape::{Anchor, Drawing, Face, Lettering};
use super::svg;

options! {
    /// A figure to be saved; its background is paper.
    #[derive(Debug, Clone)]
    pub struct FigureSpec {
        /// CSS px.
        width: f64,
        /// CSS px.
        height: f64,
        /// Colours.
        palette: Palette,
        /// The scale.
        scale: Option<PlacedScale> = None,
        /// The map.
        embedding: Option<PlacedEmbedding> = None,
        /// The reasons.
        contributions: Option<PlacedContributions> = None,
        /// The parts of the guide lines between the panels.
        guides: Vec<GuidePart> = Vec::new(),
        /// Words.
        labels: Vec<FigureLabel> = Vec::new(),
    }
}

options! {
    /// The scale and its place in the figure.
    #[derive(Debug, Clone)]
    pub struct PlacedScale {
        /// Distance of its left edge from the figure's, CSS px.
        left: f64 = 0.0,
        /// Distance of its upper edge from the figure's, CSS px.
        top: f64,
        /// What it shows.
        spec: ScaleSpec,
    }
}

options! {
    /// The map and its place in the figure.
    #[derive(Debug, Clone)]
    pub struct PlacedEmbedding {
        /// Distance of its left edge from the figure's, CSS px.
        left: f64 = 0.0,
        /// Distance of its upper edge from the figure's, CSS px.
        top: f64,
        /// What it shows.
        spec: EmbeddingSpec,
    }
}

options! {
    /// The reasons and its place in the figure.
    #[derive(Debug, Clone)]
    pub struct PlacedContributions {
        /// Distance of its left edge from the figure's, CSS px.
        left: f64 = 0.0,
        /// Distance of its upper edge from the figure's, CSS px.
        top: f64,
        /// What it shows.
        spec: ContributionsSpec,
    }
}

options! {
    /// A part of a guide line between two panels.
    #[derive(Debug, Clone, Copy)]
    pub struct GuidePart {
        /// Horizontal position, CSS px.
        x: f64,
        /// Upper end, CSS px.
        top: f64,
        /// Lower end, CSS px.
        bottom: f64,
        /// Dashed, as from the average voice.
        dashed: bool = false,
    }
}

options! {
    /// Words in the figure.
    #[derive(Debug, Clone)]
    pub struct FigureLabel {
        /// Reference point, horizontally, CSS px.
        x: f64,
        /// Middle of the line, vertically, CSS px.
        y: f64,
        /// The words.
        text: String,
        /// Font size, CSS px.
        size: f64,
        /// Face.
        face: Face = Face::Sans,
        /// Where the reference point is in the text.
        anchor: Anchor = Anchor::Start,
        /// Colour; ink if absent.
        colour: Option<Rgb> = None,
    }
}

/// Puts the figure together.
///
/// # Errors
/// Those of the panels.
pub fn draw(spec: &FigureSpec, cloud: Option<&Cloud<'_>>) -> Result<Drawing, ChartError> {
    geometry::check_sides(spec.width, spec.height)?;
    let mut drawing = Drawing::new(spec.width, spec.height);
    drawing.rectangle((0.0, 0.0), (spec.width, spec.height), spec.palette.paper);
    for part in &spec.guides {
        mark::guide_line(&mut drawing, part.x, (part.top, part.bottom), part.dashed, &spec.palette);
    }
    if let (Some(part), Some(cloud)) = (&spec.embedding, cloud) {
        drawing.append(embedding::draw(&part.spec, cloud)?.drawing, (part.left, part.top));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::contributions::{ContributionRow, StartMark};
    use crate::chart::density::Density;
    use crate::chart::embedding::{DotsBy, Utterance};
    use crate::chart::panel::Guide;
    use crate::chart::panel::testing::panel;
    use crate::chart::scale::{MarkStyle, ScaleMark};

    /// A figure with one of everything.
    fn spec() -> FigureSpec {
        let (palette, panel) = (Palette::LIGHT, |height| panel(640.0, height, 1.0, 50.0));
        let guides = vec![Guide { score: 4.1, dashed: false }, Guide { score: 2.92, dashed: true }];
        let mark =
            |score, interval, style, number| ScaleMark { score, interval: Some(interval), style, number };
        let scale = ScaleSpec {
            panel: panel(60.0),
            y: 30.0,
            average: Some(2.92),
            calm: None,
            marks: vec![
                mark(3.2, [2.4, 4.0], MarkStyle::Start, Some(2)),
                mark(4.1, [3.3, 5.3], MarkStyle::Current, None),
            ],
            guides: guides.clone(),
            hatched: false,
        };
        let embedding = EmbeddingSpec {
            panel: panel(260.0),
            dots_by: DotsBy::Corpus,
            hidden: Vec::new(),
            single: None,
            faded: false,
            max_dots: 100,
            utterances: vec![
                Utterance { u: 2.7, v: 0.3, number: 1, current: false, small: false, calm: false },
                Utterance { u: 4.1, v: -0.2, number: 12, current: true, small: false, calm: false },
            ],
            interval: Some([3.3, 5.3]),
            guides: guides.clone(),
        };
        let row = |top, value| ContributionRow { top, height: 15.0, value, nested: false };
        let contributions = ContributionsSpec {
            panel: panel(260.0),
            start: 2.92,
            end: 4.1,
            rows: vec![row(30.0, 1.4), row(60.0, -0.22)],
            start_y: Some(12.0),
            start_mark: StartMark::Average,
            end_y: Some(200.0),
            guides,
        };
        FigureSpec {
            width: 700.0,
            height: 700.0,
            palette,
            scale: Some(PlacedScale { left: 30.0, top: 0.0, spec: scale }),
            embedding: Some(PlacedEmbedding { left: 30.0, top: 60.0, spec: embedding }),
            contributions: Some(PlacedContributions { left: 30.0, top: 360.0, spec: contributions }),
            guides: vec![GuidePart { x: 498.5, top: 320.0, bottom: 360.0, dashed: false }],
            labels: vec![FigureLabel {
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
        let density = Density::new(score, other);
        let cloud = Cloud {
            score,
            other,
            emotion: &kinds,
            corpus: &kinds,
            emotions: &names,
            corpora: &names,
            density: density.as_ref(),
            arrow: None,
        };
        let drawing = draw(spec, Some(&cloud)).unwrap();
        let caption = svg::Caption {
            title: "Tom & Jerry <3".to_owned(),
            description: "4.1 on a scale\u{0} from 1".to_owned(),
        };
        svg::render(&drawing, &caption).unwrap()
    }

    #[test]
    fn figure_becomes_one_well_formed_document() {
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
    fn figure_has_the_same_positions_in_all_panels_in_sixteenths_of_a_pixel() {
        let (score, other) = voices();
        let svg = svg_of(&spec(), &score, &other);
        // x(4.1) = 30 + 50 + 3.1 · 135 = 498.5 px; the discs of scale, map and reasons stand there.
        assert!(svg.matches("cx=\"7976\"").count() >= 6, "discs with their rims of paper in three panels");
    }

    #[test]
    fn figure_leaves_out_voices_that_are_not_finite() {
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

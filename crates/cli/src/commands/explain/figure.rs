//! The contributions as a bar chart with their names and values, drawn as the page draws them.

use crate::commands::weights::score_note;
use crate::numeric::decimal::signed;
use undertone::attribution::{Explanation, Method};
use undertone::chart::ChartError;
use undertone::chart::Panel;
use undertone::chart::Rgb;
use undertone::chart::contributions::{ContributionRow, ContributionsSpec, StartMark};
use undertone::chart::figure::{self, FigureLabel, FigureSpec, PlacedContributions};
use undertone::chart::geometry::{Axis, HIGHEST_SCORE, LOWEST_SCORE};
use undertone::chart::palette::Palette;
use undertone::chart::shape::{Anchor, Face};
use undertone::chart::svg::{self, Caption};
use undertone::model::ModelInfo;

/// Sizes in CSS px.
const WIDTH: f64 = 960.0;
const MARGIN: f64 = 40.0;
/// Left of it the names, right of it the values.
const AXIS: Axis = Axis { left: 400.0, right: 820.0 };
const ROW: f64 = 28.0;
const BAR: f64 = 15.0;
/// Where the rows begin: above them stand title and marks of the axis.
const TOP: f64 = 140.0;
const FOOT: f64 = 88.0;
/// What stands below every score.
const PURPOSE: &str = "Describes how a voice sounds. Not for diagnosis, grading, or decisions about people.";
/// Letters of a method's description on a line.
const LETTERS: usize = 130;

/// What is drawn.
pub struct Figure<'a> {
    pub file: &'a str,
    /// What the contributions start from.
    pub start: String,
    /// Bars from top to bottom.
    pub rows: Vec<(&'static str, f64)>,
    pub explanation: &'a Explanation,
    pub model: &'a ModelInfo,
}

impl Figure<'_> {
    /// An SVG document with a title and a description that hold everything that is drawn.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        let caption = Caption { title: self.title(), description: self.description() };
        svg::render(&figure::draw(&self.spec(), None)?, &caption)
    }

    fn title(&self) -> String {
        format!("Why {} scores {:.2}", self.file, self.explanation.activation)
    }

    /// The same numbers in words.
    fn description(&self) -> String {
        let Explanation { method, baseline, activation, .. } = self.explanation;
        let rows: Vec<String> =
            self.rows.iter().map(|(name, value)| format!("{name} {}", signed(*value, 3))).collect();
        format!(
            "{}. From {}, {baseline:.3}, to this voice, {activation:.3}, on a scale from 1 calm to 5 excited: {}.",
            method.description(),
            self.start,
            rows.join(", ")
        )
    }

    fn spec(&self) -> FigureSpec {
        let palette = Palette::LIGHT;
        let Explanation { baseline, activation, .. } = *self.explanation;
        let height = (self.rows.len() + 2) as f64 * ROW;
        let middle = |row: usize| (row as f64 + 0.5) * ROW;
        let rows = self.rows.iter().enumerate();
        let contributions = ContributionsSpec {
            panel: Panel { width: WIDTH, height, ratio: 1.0, axis: AXIS, palette },
            start: baseline,
            end: activation,
            rows: rows
                .map(|(i, &(_, value))| ContributionRow {
                    top: middle(i + 1) - BAR / 2.0,
                    height: BAR,
                    value,
                    nested: false,
                })
                .collect(),
            start_y: Some(middle(0)),
            start_mark: match self.explanation.method {
                Method::PathGradients | Method::Shapley => StartMark::Average,
                Method::ExpectedGradients => StartMark::Recording,
            },
            end_y: Some(middle(self.rows.len() + 1)),
            guides: Vec::new(),
        };
        FigureSpec {
            width: WIDTH,
            height: TOP + height + FOOT,
            palette,
            scale: None,
            embedding: None,
            contributions: Some(PlacedContributions { left: 0.0, top: TOP, spec: contributions }),
            guides: Vec::new(),
            labels: self.labels(&palette, TOP + height),
        }
    }

    fn labels(&self, palette: &Palette, bottom: f64) -> Vec<FigureLabel> {
        let Explanation { method, baseline, activation, .. } = self.explanation;
        let quiet = Some(palette.ink2);
        let mut labels =
            vec![FigureLabel { size: 26.0, face: Face::Serif, ..at(MARGIN, 44.0, self.title()) }];
        for (line, text) in wrapped(&format!("By {}.", method.description())).into_iter().enumerate() {
            labels.push(FigureLabel {
                size: 12.0,
                colour: quiet,
                ..at(MARGIN, 76.0 + 17.0 * line as f64, text)
            });
        }
        for score in LOWEST_SCORE as u8..=HIGHEST_SCORE as u8 {
            let x = AXIS.x(f64::from(score));
            let mark = at(x, TOP - 12.0, score.to_string());
            labels.push(FigureLabel { size: 12.0, anchor: Anchor::Middle, colour: quiet, ..mark });
        }
        for (x, text, anchor) in
            [(AXIS.left - 14.0, "calm", Anchor::End), (AXIS.right + 12.0, "excited", Anchor::Start)]
        {
            let end = at(x, TOP - 12.0, text.to_owned());
            labels.push(FigureLabel { size: 16.0, face: Face::SerifItalic, anchor, ..end });
        }
        let row = |row: usize| TOP + (row as f64 + 0.5) * ROW;
        let mut line = |i: usize, name: &str, face, value: String, bold, colour: Option<Rgb>| {
            labels.push(FigureLabel { face, ..at(MARGIN, row(i), name.to_owned()) });
            let value = at(WIDTH - MARGIN, row(i), value);
            labels.push(FigureLabel { face: bold, anchor: Anchor::End, colour, ..value });
        };
        line(0, &capital(&self.start), Face::Sans, format!("{baseline:.3}"), Face::Sans, quiet);
        for (i, &(name, value)) in self.rows.iter().enumerate() {
            let colour = if value < 0.0 { palette.calm } else { palette.excited };
            line(i + 1, name, Face::Sans, signed(value, 3).replace('-', "−"), Face::SansBold, Some(colour));
        }
        let last = self.rows.len() + 1;
        line(last, "This voice", Face::SansBold, format!("{activation:.3}"), Face::SansBold, None);
        let ModelInfo { objective, hash, .. } = self.model;
        let made = format!("Undertone {} · {} {:.12}", undertone::VERSION, objective.name(), hash);
        let fitted = score_note(*objective).map(str::to_owned);
        for (line, text) in [made, PURPOSE.to_owned()].into_iter().chain(fitted).enumerate() {
            let y = bottom + 28.0 + 20.0 * line as f64;
            labels.push(FigureLabel { size: 12.0, colour: quiet, ..at(MARGIN, y, text) });
        }
        labels
    }
}

/// A label in the figure's usual lettering.
fn at(x: f64, y: f64, text: String) -> FigureLabel {
    FigureLabel { x, y, text, size: 13.5, face: Face::Sans, anchor: Anchor::Start, colour: None }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text in lines.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

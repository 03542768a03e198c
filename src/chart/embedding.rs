//! The second stave: the map of voices, turned so that its horizontal axis is the score.
//!
//! With latent coordinates z₁ and z₂ the score is u = (z₁ + z₂)/2 + offset and the rest is v = (z₁ − z₂)/2. The turn
//! keeps distances, so one scale serves both directions: a score unit is as long upwards as it is sideways.

use super::ChartError;
use super::contributions::score_lines;
use super::density::{Density, ENCLOSED_SHARES};
use super::geometry::{Axis, Plumb, Stave};
use super::mark::{self, NumberedDisc};
use super::palette::{Palette, Played, Rgb};
use super::shape::{Drawing, Ink, Point};

/// Room above and below the cloud, in CSS px.
const MARGIN_PX: f64 = 16.0;
/// Ink within each density contour; they lie on top of each other.
const CONTOUR_INK: f64 = 0.02;
/// What is left of the other dots when one kind is singled out.
const FADED: f64 = 0.25;
/// Radius of this voice's disc in CSS px.
pub const CURRENT_RADIUS: f64 = 13.0;
/// Radius of the other recordings' discs in CSS px.
pub const OTHER_RADIUS: f64 = 10.0;

/// The reference voices as the map needs them; all columns are equally long.
#[derive(Debug, Clone, Copy)]
pub struct Cloud<'a> {
    /// Score u of every voice.
    pub score: &'a [f32],
    /// Other coordinate v.
    pub other: &'a [f32],
    /// Index of the played feeling in `emotions`.
    pub emotion: &'a [u8],
    /// Index of the recording set in `corpora`.
    pub corpus: &'a [u8],
    /// Names of the feelings that actors were asked to play.
    pub emotions: &'a [String],
    /// Names of the recording sets.
    pub corpora: &'a [String],
}

/// What the map shows.
#[derive(Debug, Clone)]
pub struct EmbeddingSpec {
    /// Width in CSS px.
    pub width: f64,
    /// Height in CSS px; [`natural_height`] shows the whole cloud.
    pub height: f64,
    /// Device px per CSS px.
    pub ratio: f64,
    /// Where scores 1 and 5 stand.
    pub axis: Axis,
    /// Colours.
    pub palette: Palette,
    /// What shape and colour of the dots stand for.
    pub dots_by: DotsBy,
    /// Names of legend entries that are switched off.
    pub hidden: Vec<String>,
    /// Name of the one legend entry that is singled out; the others fade.
    pub single: Option<String>,
    /// Fade all dots, as when two recordings are compared.
    pub faded: bool,
    /// Most dots to draw; they are chosen evenly.
    pub max_dots: usize,
    /// This session's recordings in their order.
    pub utterances: Vec<Utterance>,
    /// This voice's range in scores.
    pub interval: Option<[f64; 2]>,
    /// Plumb lines that drop through this stave; the page draws them where no stave is.
    pub plumbs: Vec<Plumb>,
    /// An arrow from one place to another: where a line that was fitted afterwards reads more activation.
    pub arrow: Option<[[f64; 2]; 2]>,
}

/// What shape and colour of the dots stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DotsBy {
    /// The feeling that the actor was asked to play.
    #[default]
    Emotion,
    /// The recording set.
    Corpus,
    /// Nothing: all dots alike.
    None,
}

/// A recording of this session in the map.
#[derive(Debug, Clone, Copy)]
pub struct Utterance {
    /// Score.
    pub u: f64,
    /// Other coordinate.
    pub v: f64,
    /// Its number.
    pub number: u32,
    /// It is the one that the page shows.
    pub current: bool,
}

/// Where a reference voice's dot was drawn.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct PlacedDot {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Vertical position in CSS px.
    pub y: f64,
    /// Index in the cloud's columns.
    pub index: usize,
}

/// Where a recording's disc was drawn.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct PlacedDisc {
    /// Horizontal position in CSS px.
    pub x: f64,
    /// Vertical position in CSS px.
    pub y: f64,
    /// The recording's number.
    pub number: u32,
}

/// The drawn map and where things are in it, for pointer and keyboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The picture.
    pub drawing: Drawing,
    /// Dots that were drawn.
    pub dots: Vec<PlacedDot>,
    /// Discs in the order of the recordings.
    pub discs: Vec<PlacedDisc>,
}

impl Cloud<'_> {
    fn check(&self) -> Result<(), ChartError> {
        let count = self.score.len();
        let equal = [self.other.len(), self.emotion.len(), self.corpus.len()].iter().all(|&len| len == count);
        if equal { Ok(()) } else { Err(ChartError::BadCloud) }
    }

    /// The part of the other coordinate that the map shows: the outermost contour and all but the outermost
    /// hundredth of the voices.
    fn other_range(&self, density: Option<&Density>) -> [f64; 2] {
        let mut sorted: Vec<f64> =
            self.other.iter().map(|&v| f64::from(v)).filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let at =
            |share: f64| sorted.get(((sorted.len().max(1) - 1) as f64 * share).round() as usize).copied();
        let (Some(low), Some(high)) = (at(0.005), at(0.995)) else { return [-1.0, 1.0] };
        let [outer_low, outer_high] = density.map_or([low, high], Density::other_range);
        [low.min(outer_low), high.max(outer_high)]
    }
}

/// The height in CSS px at which the whole cloud fits, for an axis in px.
pub fn natural_height(axis: Axis, cloud: &Cloud<'_>, density: Option<&Density>) -> f64 {
    let [low, high] = cloud.other_range(density);
    ((high - low) * axis.px_per_unit() + 2.0 * MARGIN_PX).ceil()
}

/// Mark of an entry of the legend: by its name among the feelings, by its place among the recording sets.
pub fn legend_mark(dots_by: DotsBy, names: &[String], index: usize) -> Played {
    let by_place = Played::ALL[index % Played::ALL.len()];
    match dots_by {
        DotsBy::Emotion => names.get(index).and_then(|name| Played::from_name(name)).unwrap_or(by_place),
        DotsBy::Corpus => by_place,
        DotsBy::None => Played::Happiness,
    }
}

/// Draws the map.
///
/// # Errors
/// [`ChartError::BadNumber`] for sizes that cannot be drawn, [`ChartError::BadCloud`] for columns of unequal length.
pub fn draw(spec: &EmbeddingSpec, cloud: &Cloud<'_>, density: Option<&Density>) -> Result<Map, ChartError> {
    let stave = Stave::new(spec.width, spec.height, spec.ratio, spec.axis)?;
    cloud.check()?;
    let [low, high] = cloud.other_range(density);
    let ground = Ground { stave, middle: (low + high) / 2.0 };
    let mut drawing = Drawing::new(stave.width, stave.height);
    band(&mut drawing, &stave, spec);
    score_lines(&mut drawing, &stave, &spec.palette, (0.0, stave.height));
    if let Some(density) = density {
        draw_contours(&mut drawing, density, &spec.palette, &|place| ground.at(place));
    }
    let dots = draw_dots(&mut drawing, &ground, spec, cloud);
    mark::plumbs(&mut drawing, &stave, &spec.plumbs, |_| (0.0, stave.height), &spec.palette);
    if let Some(arrow) = spec.arrow {
        mark::arrow(&mut drawing, arrow.map(|[u, v]| ground.at((u, v))), &spec.palette);
    }
    let discs = draw_trail(&mut drawing, &ground, spec);
    Ok(Map { drawing, dots, discs })
}

/// From coordinates to px.
struct Ground {
    stave: Stave,
    middle: f64,
}

impl Ground {
    fn at(&self, (u, v): (f64, f64)) -> Point {
        let y = self.stave.height / 2.0 - (v - self.middle) * self.stave.axis.px_per_unit();
        (self.stave.axis.x(u), y)
    }

    fn holds(&self, (x, y): Point, reach: f64) -> bool {
        x >= reach && x <= self.stave.width - reach && y >= reach && y <= self.stave.height - reach
    }
}

/// This voice's range as a wash from top to bottom, with its edges where it ends on the axis.
fn band(drawing: &mut Drawing, stave: &Stave, spec: &EmbeddingSpec) {
    let Some(span) = spec.interval.and_then(|interval| stave.axis.span(interval)) else { return };
    // As on the scale, so that the edges of both are one line.
    let left = stave.crisp(span.left, mark::RIM_PX);
    let right = stave.crisp(span.right, mark::RIM_PX);
    drawing.rectangle((left, 0.0), (right, stave.height), spec.palette.wash);
    for (x, open) in [(left, span.open_left), (right, span.open_right)] {
        if !open {
            drawing.line(vec![(x, 0.0), (x, stave.height)], 1.0, spec.palette.markline);
        }
    }
}

/// Draws the contours of a density over the whole of a picture; `at` brings coordinates to px.
pub fn draw_contours(
    drawing: &mut Drawing,
    density: &Density,
    palette: &Palette,
    at: &dyn Fn((f64, f64)) -> Point,
) {
    let (width, height) = (drawing.width, drawing.height);
    let mut rims = Vec::new();
    for share in 0..ENCLOSED_SHARES.len() {
        let mut lines: Vec<Vec<Point>> = density.contours(share);
        for place in lines.iter_mut().flatten() {
            *place = at(*place);
        }
        let held = |&(x, y): &Point| (x.clamp(0.0, width), y.clamp(0.0, height));
        let outline: Vec<Point> = bridged(&lines).iter().map(held).collect();
        drawing.area(outline, Ink { colour: palette.ink, alpha: CONTOUR_INK });
        rims.extend(lines.iter().flat_map(|line| pieces_inside(line, (width, height))));
    }
    for rim in rims {
        drawing.line(rim, 1.0, palette.line2);
    }
}

/// All lines of a level as one polygon: from each line a bridge leads to the next and at the end all bridges are
/// walked back, so that they enclose nothing. Hollows turn the other way and stay empty when it is filled.
fn bridged(lines: &[Vec<Point>]) -> Vec<Point> {
    let mut path = Vec::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for line in lines {
        path.extend_from_slice(line);
        path.extend(line.first());
    }
    path.extend(lines.iter().rev().skip(1).filter_map(|line| line.first()));
    path
}

/// A closed line as open lines, without what lies outside the picture.
fn pieces_inside(line: &[Point], (width, height): (f64, f64)) -> Vec<Vec<Point>> {
    let inside = |&(x, y): &Point| x >= 0.0 && x <= width && y >= 0.0 && y <= height;
    let Some(gap) = line.iter().position(|point| !inside(point)) else {
        let mut closed = line.to_vec();
        // Once round and one step on, so that the line meets itself without a notch.
        closed.extend(line.iter().take(2));
        return vec![closed];
    };
    let mut pieces = vec![Vec::new()];
    for point in line[gap..].iter().chain(&line[..gap]) {
        if inside(point) {
            if let Some(piece) = pieces.last_mut() {
                piece.push(*point);
            }
        } else {
            pieces.push(Vec::new());
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// At most `most` of `count` voices, chosen evenly however they are stored, in an order in which no kind of voice
/// covers the others: steps of the golden section round a circle fall evenly into any stretch of it.
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

fn draw_dots(
    drawing: &mut Drawing,
    ground: &Ground,
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
        let at = ground.at((f64::from(cloud.score[index]), f64::from(cloud.other[index])));
        let kind = usize::from(kinds[index]);
        let name = names.get(kind).map(String::as_str);
        let is_hidden = name.is_some_and(|name| spec.hidden.iter().any(|hidden| hidden == name));
        if is_hidden || !ground.holds(at, 4.0) {
            continue;
        }
        let played = legend_mark(spec.dots_by, names, kind);
        let is_other = spec.single.as_deref().is_some_and(|single| name != Some(single));
        let alpha = if is_other || spec.faded { FADED } else { 1.0 };
        mark::dot(drawing, played, at, Ink { colour: dot_colour(spec, played), alpha });
        placed.push(PlacedDot { x: at.0, y: at.1, index });
    }
    placed
}

fn dot_colour(spec: &EmbeddingSpec, played: Played) -> Rgb {
    if spec.dots_by == DotsBy::None { spec.palette.line2 } else { spec.palette.played(played) }
}

/// The way from recording to recording and their discs; this voice's lies on top.
fn draw_trail(drawing: &mut Drawing, ground: &Ground, spec: &EmbeddingSpec) -> Vec<PlacedDisc> {
    let stave = &ground.stave;
    let places: Vec<_> = spec
        .utterances
        .iter()
        .filter(|utterance| utterance.u.is_finite() && utterance.v.is_finite())
        .map(|utterance| {
            let (x, beyond) = stave.axis.x_held(utterance.u);
            let reach = CURRENT_RADIUS + 2.0;
            let y = ground.at((utterance.u, utterance.v)).1;
            (
                (x, y.clamp(reach.min(stave.height / 2.0), (stave.height - reach).max(stave.height / 2.0))),
                beyond,
                utterance,
            )
        })
        .collect();
    if places.len() > 1 {
        let way: Vec<Point> = places.iter().map(|place| place.0).collect();
        drawing.line(way.clone(), 5.0, spec.palette.paper);
        drawing.line(way, mark::RIM_PX, spec.palette.ink);
    }
    let (below, on_top): (Vec<_>, Vec<_>) =
        places.iter().copied().partition(|(_, _, utterance)| !utterance.current);
    for (at, beyond, utterance) in below.into_iter().chain(on_top) {
        let radius = if utterance.current { CURRENT_RADIUS } else { OTHER_RADIUS };
        let disc = NumberedDisc { radius, solid: utterance.current, number: Some(utterance.number), beyond };
        mark::numbered_disc(drawing, at, disc, &spec.palette);
    }
    places
        .iter()
        .map(|((x, y), _, utterance)| PlacedDisc { x: *x, y: *y, number: utterance.number })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::shape::Shape;

    struct Voices {
        score: Vec<f32>,
        other: Vec<f32>,
        emotion: Vec<u8>,
        corpus: Vec<u8>,
        emotions: Vec<String>,
        corpora: Vec<String>,
    }

    impl Voices {
        /// A spiral of voices around (3, 0.2), every fifth of the same feeling, in two recording sets.
        fn new(count: usize) -> Self {
            let turn = |k: usize| 2.4 * k as f64;
            let reach = |k: usize| 1.5 * (k as f64 / count as f64).sqrt();
            Voices {
                score: (0..count).map(|k| (3.0 + reach(k) * libm::cos(turn(k))) as f32).collect(),
                other: (0..count).map(|k| (0.2 + 0.6 * reach(k) * libm::sin(turn(k))) as f32).collect(),
                emotion: (0..count).map(|k| (k % 5) as u8).collect(),
                corpus: (0..count).map(|k| u8::from(k > count / 2)).collect(),
                emotions: ["anger", "happiness", "surprise", "neutral", "sadness"].map(String::from).to_vec(),
                corpora: ["emodb", "banglaser"].map(String::from).to_vec(),
            }
        }

        fn cloud(&self) -> Cloud<'_> {
            Cloud {
                score: &self.score,
                other: &self.other,
                emotion: &self.emotion,
                corpus: &self.corpus,
                emotions: &self.emotions,
                corpora: &self.corpora,
            }
        }
    }

    fn spec() -> EmbeddingSpec {
        EmbeddingSpec {
            width: 640.0,
            height: 300.0,
            ratio: 1.0,
            axis: Axis { left: 50.0, right: 590.0 },
            palette: Palette::LIGHT,
            dots_by: DotsBy::Emotion,
            hidden: Vec::new(),
            single: None,
            faded: false,
            max_dots: 800,
            utterances: Vec::new(),
            interval: None,
            plumbs: Vec::new(),
            arrow: None,
        }
    }

    fn utterance(u: f64, v: f64, number: u32, current: bool) -> Utterance {
        Utterance { u, v, number, current }
    }

    fn count_with(drawing: &Drawing, wanted: Ink) -> usize {
        let is_wanted = |shape: &&Shape| match shape {
            Shape::Area { ink, .. } | Shape::Disc { ink, .. } | Shape::Ring { ink, .. } => *ink == wanted,
            _ => false,
        };
        drawing.shapes.iter().filter(is_wanted).count()
    }

    #[test]
    fn dots_stand_at_their_coordinates_on_one_scale() {
        let voices = Voices::new(200);
        let map = draw(&spec(), &voices.cloud(), None).unwrap();
        assert_eq!(map.dots.len(), 200);
        let (a, b) = (map.dots[3], map.dots[90]);
        let du = f64::from(voices.score[b.index] - voices.score[a.index]);
        let dv = f64::from(voices.other[b.index] - voices.other[a.index]);
        assert!((a.x - (50.0 + (f64::from(voices.score[a.index]) - 1.0) * 135.0)).abs() < 1e-9);
        assert!((b.x - a.x - 135.0 * du).abs() < 1e-3 && (a.y - b.y - 135.0 * dv).abs() < 1e-3);
    }

    #[test]
    fn too_many_dots_are_chosen_evenly_among_all_kinds() {
        let voices = Voices::new(1805);
        let mut spec = spec();
        spec.max_dots = 400;
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        assert_eq!(map.dots.len(), 400);
        for kind in 0..5_u8 {
            let share = map.dots.iter().filter(|dot| voices.emotion[dot.index] == kind).count();
            assert!((76..=84).contains(&share), "{share} of feeling {kind}");
        }
        let first_half = map.dots.iter().filter(|dot| dot.index < 902).count();
        assert!((196..=204).contains(&first_half));
    }

    #[test]
    fn legend_entries_are_hidden_and_singled_out_by_name() {
        let voices = Voices::new(200);
        let anger = Palette::LIGHT.emotions.anger;
        let sadness = Palette::LIGHT.emotions.sadness;
        let mut spec = spec();
        spec.hidden = vec!["anger".to_owned()];
        spec.single = Some("sadness".to_owned());
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        assert_eq!(map.dots.len(), 160);
        assert_eq!(count_with(&map.drawing, Ink::opaque(anger)), 0);
        assert_eq!(count_with(&map.drawing, Ink::opaque(sadness)), 40);
        let faded = Ink { colour: Palette::LIGHT.emotions.surprise, alpha: 0.25 };
        assert_eq!(count_with(&map.drawing, faded), 40);
        spec.faded = true;
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        assert_eq!(count_with(&map.drawing, Ink::opaque(sadness)), 0);
    }

    #[test]
    fn recording_sets_use_the_first_marks_and_no_names_use_none() {
        let voices = Voices::new(200);
        let mut spec = spec();
        spec.dots_by = DotsBy::Corpus;
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        let (first, second) = (Palette::LIGHT.emotions.anger, Palette::LIGHT.emotions.happiness);
        assert_eq!(count_with(&map.drawing, Ink::opaque(first)), 101);
        assert_eq!(count_with(&map.drawing, Ink::opaque(second)), 99);
        spec.dots_by = DotsBy::None;
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        assert_eq!(count_with(&map.drawing, Ink::opaque(Palette::LIGHT.line2)), 200);
    }

    #[test]
    fn the_whole_cloud_fits_into_its_natural_height() {
        let voices = Voices::new(600);
        let density = Density::new(&voices.score, &voices.other).unwrap();
        let mut spec = spec();
        spec.height = natural_height(spec.axis, &voices.cloud(), Some(&density));
        let map = draw(&spec, &voices.cloud(), Some(&density)).unwrap();
        assert!(map.dots.len() >= 594, "{} dots within {} px", map.dots.len(), spec.height);
        let highest = |shape: &Shape| match shape {
            Shape::Area { points, ink } if ink.alpha == CONTOUR_INK => {
                points.iter().map(|point| point.1).reduce(f64::min)
            }
            _ => None,
        };
        let top = map.drawing.shapes.iter().filter_map(highest).fold(f64::INFINITY, f64::min);
        assert!((MARGIN_PX - 1.0..60.0).contains(&top), "the outer contour begins at {top} px");
        let areas = Ink { colour: Palette::LIGHT.ink, alpha: CONTOUR_INK };
        assert_eq!(count_with(&map.drawing, areas), 5);
    }

    #[test]
    fn the_trail_leads_through_the_recordings_and_this_voice_lies_on_top() {
        let voices = Voices::new(10);
        let mut spec = spec();
        spec.utterances =
            vec![utterance(2.7, 0.1, 1, false), utterance(4.1, 0.0, 2, true), utterance(3.2, 0.4, 3, false)];
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        let numbers: Vec<u32> = map.discs.iter().map(|disc| disc.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert!((map.discs[1].x - (50.0 + 3.1 * 135.0)).abs() < 1e-9);
        let texts: Vec<&str> = map
            .drawing
            .shapes
            .iter()
            .filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None })
            .collect();
        assert_eq!(texts, ["1", "3", "2"]);
        let ways: Vec<_> = map
            .drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line { points, width, .. } if points.len() == 3 => Some((points.clone(), *width)),
                _ => None,
            })
            .collect();
        assert_eq!(ways.len(), 2);
        assert_eq!((ways[0].1, ways[1].1), (5.0, mark::RIM_PX));
        assert_eq!(ways[1].0[2], (map.discs[2].x, map.discs[2].y));
    }

    #[test]
    fn recordings_beyond_the_axis_stay_inside() {
        let voices = Voices::new(10);
        let mut spec = spec();
        spec.utterances = vec![utterance(6.5, 40.0, 1, true), utterance(f64::NAN, 0.0, 2, false)];
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        assert_eq!(map.discs.len(), 1);
        assert_eq!(map.discs[0].x, 590.0);
        assert!(map.discs[0].y >= CURRENT_RADIUS && map.discs[0].y <= 300.0 - CURRENT_RADIUS);
    }

    #[test]
    fn the_range_is_a_wash_with_its_edges_where_the_scale_has_them() {
        let voices = Voices::new(10);
        let mut spec = spec();
        spec.interval = Some([3.3, 5.6]);
        let drawing = draw(&spec, &voices.cloud(), None).unwrap().drawing;
        assert_eq!(count_with(&drawing, Ink::opaque(Palette::LIGHT.wash)), 1);
        let markline = Ink::opaque(Palette::LIGHT.markline);
        let edges = drawing
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Line { ink, .. } if *ink == markline))
            .count();
        assert_eq!(edges, 1, "the right end is open");
    }

    #[test]
    fn a_contour_that_leaves_the_stave_is_cut_there() {
        let voices = Voices::new(600);
        let density = Density::new(&voices.score, &voices.other).unwrap();
        let mut spec = spec();
        spec.height = 120.0;
        let drawing = draw(&spec, &voices.cloud(), Some(&density)).unwrap().drawing;
        let line2 = Ink::opaque(Palette::LIGHT.line2);
        for shape in &drawing.shapes {
            if let Shape::Line { points, ink, .. } = shape
                && *ink == line2
            {
                assert!(points.iter().all(|point| (0.0..=120.0).contains(&point.1)));
            }
        }
    }

    #[test]
    fn the_arrow_leads_between_its_places_under_the_discs() {
        let voices = Voices::new(10);
        let mut spec = spec();
        spec.utterances = vec![utterance(3.0, 0.0, 1, true)];
        let without = draw(&spec, &voices.cloud(), None).unwrap().drawing;
        spec.arrow = Some([[2.0, 0.2], [4.0, 0.2]]);
        let map = draw(&spec, &voices.cloud(), None).unwrap();
        let new: Vec<&Shape> =
            map.drawing.shapes.iter().filter(|shape| !without.shapes.contains(shape)).collect();
        let ends = |x: f64| {
            let stands = |point: &Point| (point.0 - x).abs() < 1e-9;
            new.iter().any(|shape| match shape {
                Shape::Line { points, .. } | Shape::Area { points, .. } => points.iter().any(stands),
                _ => false,
            })
        };
        assert!(ends(50.0 + 135.0) && ends(50.0 + 3.0 * 135.0), "{new:?}");
        assert!(matches!(map.drawing.shapes.last(), Some(Shape::Text { .. })), "this voice lies on top");
    }

    #[test]
    fn columns_of_unequal_length_are_refused() {
        let voices = Voices::new(10);
        let mut cloud = voices.cloud();
        cloud.emotion = &voices.emotion[..9];
        assert_eq!(draw(&spec(), &cloud, None).unwrap_err(), ChartError::BadCloud);
    }
}

//! Tests of the whole map.

use super::contours::CONTOUR_INK;
use super::discs::CURRENT_RADIUS;
use super::*;
use crate::chart::density::Density;
use crate::chart::palette::Palette;
use crate::chart::panel::testing::panel;
use crate::chart::shape::{Ink, Point, Shape};

struct Voices {
    score: Vec<f32>,
    other: Vec<f32>,
    emotion: Vec<u8>,
    corpus: Vec<u8>,
    emotions: Vec<String>,
    corpora: Vec<String>,
}

impl Voices {
    /// A spiral of voices around (3, 0.2), every fifth of the same emotion, in two corpora.
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
            density: None,
            arrow: None,
        }
    }
}

fn spec() -> EmbeddingSpec {
    EmbeddingSpec {
        panel: panel(640.0, 300.0, 1.0, 50.0),
        dots_by: DotsBy::Emotion,
        hidden: Vec::new(),
        single: None,
        faded: false,
        max_dots: 800,
        utterances: Vec::new(),
        interval: None,
        guides: Vec::new(),
    }
}

fn utterance(u: f64, v: f64, number: u32, current: bool) -> Utterance {
    Utterance { u, v, number, current, small: false, calm: false }
}

fn count_with(drawing: &Drawing, wanted: Ink) -> usize {
    let is_wanted = |shape: &&Shape| match shape {
        Shape::Area { ink, .. } | Shape::Disc { ink, .. } | Shape::Ring { ink, .. } => *ink == wanted,
        _ => false,
    };
    drawing.shapes.iter().filter(is_wanted).count()
}

#[test]
fn dots_stand_at_their_places_on_one_scale() {
    let voices = Voices::new(200);
    let map = draw(&spec(), &voices.cloud()).unwrap();
    assert_eq!(map.dots.len(), 200);
    let (a, b) = (map.dots[3], map.dots[90]);
    let du = f64::from(voices.score[b.index] - voices.score[a.index]);
    let dv = f64::from(voices.other[b.index] - voices.other[a.index]);
    assert!((a.x - (50.0 + (f64::from(voices.score[a.index]) - 1.0) * 135.0)).abs() < 1e-9);
    assert!((b.x - a.x - 135.0 * du).abs() < 1e-3 && (a.y - b.y - 135.0 * dv).abs() < 1e-3);
}

#[test]
fn dots_that_are_too_many_are_chosen_evenly_among_all_kinds() {
    let voices = Voices::new(1805);
    let mut spec = spec();
    spec.max_dots = 400;
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(map.dots.len(), 400);
    for kind in 0..5_u8 {
        let share = map.dots.iter().filter(|dot| voices.emotion[dot.index] == kind).count();
        assert!((76..=84).contains(&share), "{share} of emotion {kind}");
    }
    let first_half = map.dots.iter().filter(|dot| dot.index < 902).count();
    assert!((196..=204).contains(&first_half));
}

#[test]
fn dots_are_hidden_and_singled_out_by_name() {
    let voices = Voices::new(200);
    let anger = Palette::LIGHT.emotions.anger;
    let sadness = Palette::LIGHT.emotions.sadness;
    let mut spec = spec();
    spec.hidden = vec!["anger".to_owned()];
    spec.single = Some("sadness".to_owned());
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(map.dots.len(), 160);
    assert_eq!(count_with(&map.drawing, Ink::opaque(anger)), 0);
    assert_eq!(count_with(&map.drawing, Ink::opaque(sadness)), 40);
    let faded = Ink { colour: Palette::LIGHT.emotions.surprise, alpha: 0.25 };
    assert_eq!(count_with(&map.drawing, faded), 40);
    spec.faded = true;
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(count_with(&map.drawing, Ink::opaque(sadness)), 0);
}

#[test]
fn dots_of_corpora_use_the_first_marks_and_those_without_names_use_none() {
    let voices = Voices::new(200);
    let mut spec = spec();
    spec.dots_by = DotsBy::Corpus;
    let map = draw(&spec, &voices.cloud()).unwrap();
    let (first, second) = (Palette::LIGHT.emotions.anger, Palette::LIGHT.emotions.happiness);
    assert_eq!(count_with(&map.drawing, Ink::opaque(first)), 101);
    assert_eq!(count_with(&map.drawing, Ink::opaque(second)), 99);
    spec.dots_by = DotsBy::None;
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(count_with(&map.drawing, Ink::opaque(Palette::LIGHT.line2)), 200);
}

#[test]
fn natural_height_shows_the_whole_cloud() {
    let voices = Voices::new(600);
    let density = Density::new(&voices.score, &voices.other).unwrap();
    let mut spec = spec();
    let cloud = Cloud { density: Some(&density), ..voices.cloud() };
    spec.panel.height = cloud.natural_height(spec.panel.axis, &[]);
    let map = draw(&spec, &cloud).unwrap();
    assert_eq!((map.dots.len(), map.flatness), (600, 1.0));
    let highest = |shape: &Shape| match shape {
        Shape::Area { points, ink } if ink.alpha == CONTOUR_INK => {
            points.iter().map(|point| point.1).reduce(f64::min)
        }
        _ => None,
    };
    let top = map.drawing.shapes.iter().filter_map(highest).fold(f64::INFINITY, f64::min);
    assert!((15.0..60.0).contains(&top), "the outer contour begins at {top} px");
    let areas = Ink { colour: Palette::LIGHT.ink, alpha: CONTOUR_INK };
    assert_eq!(count_with(&map.drawing, areas), 5);
}

#[test]
fn discs_lie_on_a_line_in_their_order_and_this_voice_on_top() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.utterances =
        vec![utterance(2.7, 0.1, 1, false), utterance(4.1, 0.0, 2, true), utterance(3.2, 0.4, 3, false)];
    let map = draw(&spec, &voices.cloud()).unwrap();
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
fn discs_beyond_the_axis_stay_inside() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.utterances = vec![utterance(6.5, 40.0, 1, true), utterance(f64::NAN, 0.0, 2, false)];
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(map.discs.len(), 1);
    assert_eq!(map.discs[0].x, 590.0);
    assert!(map.discs[0].y >= CURRENT_RADIUS && map.discs[0].y <= 300.0 - CURRENT_RADIUS);
}

#[test]
fn interval_is_a_wash_with_its_edges_where_the_scale_has_them() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.interval = Some([3.3, 5.6]);
    let drawing = draw(&spec, &voices.cloud()).unwrap().drawing;
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
fn low_map_is_drawn_flatter_with_everything_in_it() {
    let voices = Voices::new(600);
    let density = Density::new(&voices.score, &voices.other).unwrap();
    let cloud = Cloud { density: Some(&density), ..voices.cloud() };
    let line2 = Ink::opaque(Palette::LIGHT.line2);
    for height in [60.0, 120.0, 236.0] {
        let mut spec = spec();
        spec.panel.height = height;
        spec.utterances = vec![utterance(3.0, 1.2, 1, true)];
        let map = draw(&spec, &cloud).unwrap();
        assert!(map.flatness < 1.0);
        assert_eq!(map.dots.len(), 600);
        assert!(map.dots.iter().all(|dot| (8.0..=height - 8.0).contains(&dot.y)), "at {height} px");
        for shape in &map.drawing.shapes {
            if let Shape::Line { points, closed, ink, .. } = shape
                && *ink == line2
            {
                assert!(points.iter().all(|point| (8.0..=height - 8.0).contains(&point.1)), "at {height} px");
                // A contour that was cut would not come back to where it began.
                assert!(*closed || points.len() < 3 || points[0] == points[points.len() - 2]);
            }
        }
        let (a, b) = (map.dots[3], map.dots[90]);
        let dv = f64::from(voices.other[b.index] - voices.other[a.index]);
        assert!((a.y - b.y - 135.0 * map.flatness * dv).abs() < 1e-3);
    }
}

#[test]
fn map_reaches_to_this_voice_but_no_farther_than_the_cloud_allows() {
    let voices = Voices::new(600);
    let cloud = voices.cloud();
    let [low, high] = cloud.other_range(&[]);
    let span = high - low;
    let near = high + 0.1 * span;
    assert_eq!(cloud.other_range(&[near, f64::NAN]), [low, near]);
    let [least, most] = cloud.other_range(&[high + span, low - 9.0 * span]);
    assert!((most - (high + 0.15 * span)).abs() < 1e-9 && (least - (low - 0.15 * span)).abs() < 1e-9);
    let axis = spec().panel.axis;
    assert!(cloud.natural_height(axis, &[near]) > cloud.natural_height(axis, &[]) + 0.09 * span * 135.0);
}

#[test]
fn what_lies_beyond_an_edge_stands_there_as_an_angle() {
    let mut voices = Voices::new(100);
    voices.score[7] = 9.0;
    voices.score[8] = -4.0;
    let mut spec = spec();
    spec.utterances = vec![utterance(3.0, 40.0, 1, true), utterance(3.2, -40.0, 2, false)];
    let map = draw(&spec, &voices.cloud()).unwrap();
    let dot = |index| map.dots.iter().find(|dot| dot.index == index).unwrap();
    assert_eq!((dot(7).x, dot(8).x), (636.0, 4.0));
    let angles: Vec<&Vec<Point>> = map
        .drawing
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, closed: false, .. } if points.len() == 3 => Some(points),
            _ => None,
        })
        .collect();
    let tips = |wanted: &dyn Fn(&[Point]) -> bool| angles.iter().filter(|points| wanted(points)).count();
    let vertical = |p: &[Point]| p[0].1 == p[2].1;
    let level = |p: &[Point]| p[0].0 == p[2].0;
    assert_eq!(tips(&|p| level(p) && p[1].0 > p[0].0), 1, "one to the right");
    assert_eq!(tips(&|p| level(p) && p[1].0 < p[0].0), 1, "one to the left");
    assert_eq!(tips(&|p| vertical(p) && p[1].1 < p[0].1), 1, "one upwards");
    assert_eq!(tips(&|p| vertical(p) && p[1].1 > p[0].1), 1, "one downwards");
    assert!(map.discs[0].y < 20.0 && map.discs[1].y > 280.0);
    // An angle stands for a number.
    assert!(!map.drawing.shapes.iter().any(|shape| matches!(shape, Shape::Text { .. })));
}

#[test]
fn earlier_recordings_are_small_and_apart_from_the_line() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.utterances = vec![
        Utterance { small: true, ..utterance(2.1, 0.1, 1, false) },
        utterance(2.7, 0.1, 2, false),
        utterance(4.1, 0.0, 3, true),
    ];
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(map.discs.iter().map(|disc| disc.number).collect::<Vec<_>>(), [1, 2, 3]);
    let texts = map.drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })).count();
    assert_eq!(texts, 2);
    let first = map.discs[0].x;
    let ways_to_first = map.drawing.shapes.iter().filter(
        |shape| matches!(shape, Shape::Line { points, .. } if points.iter().any(|point| point.0 == first)),
    );
    assert_eq!(ways_to_first.count(), 0);
    assert_eq!(count_with(&map.drawing, Ink::opaque(Palette::LIGHT.ink2)), 1);
}

#[test]
fn calm_lines_are_triangles_apart_from_the_line_and_have_no_number() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.utterances = vec![utterance(2.7, 0.1, 2, false), utterance(4.1, 0.0, 3, true)];
    let without = draw(&spec, &voices.cloud()).unwrap().drawing;
    spec.utterances.insert(0, Utterance { calm: true, ..utterance(2.1, 0.1, 0, false) });
    let map = draw(&spec, &voices.cloud()).unwrap();
    assert_eq!(map.discs.iter().map(|disc| disc.number).collect::<Vec<_>>(), [2, 3]);
    let new: Vec<&Shape> =
        map.drawing.shapes.iter().filter(|shape| !without.shapes.contains(shape)).collect();
    let corners = |shape: &&Shape| match shape {
        Shape::Area { points, .. } | Shape::Line { points, .. } => points.len(),
        _ => 0,
    };
    assert_eq!(new.iter().map(corners).collect::<Vec<_>>(), [3, 3], "an area and its outline");
}

#[test]
fn arrow_leads_between_its_places_under_the_discs() {
    let voices = Voices::new(10);
    let mut spec = spec();
    spec.utterances = vec![utterance(3.0, 0.0, 1, true)];
    let without = draw(&spec, &voices.cloud()).unwrap().drawing;
    let cloud = Cloud { arrow: Some([[2.0, 0.2], [4.0, 0.2]]), ..voices.cloud() };
    let map = draw(&spec, &cloud).unwrap();
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
fn cloud_with_columns_of_unequal_length_is_refused() {
    let voices = Voices::new(10);
    let mut cloud = voices.cloud();
    cloud.emotion = &voices.emotion[..9];
    assert_eq!(draw(&spec(), &cloud).unwrap_err(), ChartError::BadCloud);
}

//! The order of two recordings of one voice: slopes of the logistic function from pairs of takes of held-out speakers.
//!
//! Where enough speakers were rated by people, pairs with labels by category do not count: a recording that was not acted as
//! its emotion mostly is would be an error of the model there, and the slopes too low for what listeners hear.
//!
//! The slopes are the maximum of the likelihood of the orders of all pairs, every speaker with the same weight. More speech
//! never makes the order less sure: durations whose slopes would fall share one.

use std::collections::{BTreeMap, BTreeSet};

use super::half_widths::KNOTS_S;
use super::scored_takes::{Pair, ScoredTake, pairs};
use crate::numeric::decimal::fixed;
use undertone::model::{KNOTS, Order};

/// Fewer pairs than this make no calibration.
const LEAST_PAIRS: usize = 100;
/// The least and the largest slope, per score unit.
const SLOPES: [f64; 2] = [0.1, 50.0];
/// With fewer speakers whose recordings people rated, labels by category count, too.
const LEAST_RATED_SPEAKERS: usize = 8;
/// Passes over the slopes; each is a step of Newton's method.
const PASSES: usize = 30;

/// The order from takes of held-out speakers for which `keep` is true; `None` if there are too few pairs. `is_rated`: whether
/// people rated the recording of a take.
pub(super) fn calibrate(
    scored: &[ScoredTake],
    keep: impl Fn(&ScoredTake) -> bool,
    is_rated: impl Fn(&ScoredTake) -> bool,
) -> Option<Order> {
    let mut kept: Vec<ScoredTake> = scored.iter().copied().filter(keep).collect();
    let rated_speakers: BTreeSet<usize> =
        kept.iter().filter(|take| is_rated(take)).map(|take| take.speaker).collect();
    let rated_only = rated_speakers.len() >= LEAST_RATED_SPEAKERS;
    if rated_only {
        kept.retain(is_rated);
    }
    let pairs = pairs(&kept);
    let mut count: BTreeMap<usize, f64> = BTreeMap::new();
    pairs.iter().for_each(|pair| *count.entry(pair.speaker).or_default() += 1.0);
    if pairs.len() < LEAST_PAIRS {
        return None;
    }
    // Slopes that fall are merged: `group[k]` is the slope that knot k has.
    let mut group: [usize; KNOTS] = std::array::from_fn(|k| k);
    let slopes = loop {
        let slopes = fit(&pairs, &count, &group);
        let falling = (1..KNOTS).find(|&k| slopes[k] < slopes[k - 1]);
        let Some(k) = falling else { break slopes };
        let (from, to) = (group[k], group[k - 1]);
        group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
    };
    Some(Order {
        speech_s: KNOTS_S,
        slopes,
        speakers: count.len() as u32,
        pairs: pairs.len() as u32,
        method: format!(
            "logistic in the distance of the scores, by maximum likelihood on pairs of recordings and of crops of one \
             speaker whose labels differ{}, scored by networks that held the speaker out; every speaker weighing the same",
            if rated_only { ", all rated by people" } else { "" }
        ),
    })
}

/// The probabilities as a table in Markdown.
pub(super) fn table(order: &Order) -> String {
    const DISTANCES: [f64; 5] = [0.1, 0.2, 0.4, 0.7, 1.0];
    let mut text = String::from("| active speech of the shorter, s |");
    DISTANCES.iter().for_each(|distance| text += &format!(" {} apart |", fixed(*distance, 1)));
    text += &format!("\n|---|{}\n", "---|".repeat(DISTANCES.len()));
    for speech_s in order.speech_s {
        text += &format!("| {speech_s} |");
        for distance in DISTANCES {
            text += &format!(" {:.0} % |", 100.0 * order.probability(distance, speech_s));
        }
        text += "\n";
    }
    text
}

/// The slopes of largest likelihood, knots of a group sharing one.
fn fit(pairs: &[Pair], count: &BTreeMap<usize, f64>, group: &[usize; KNOTS]) -> [f64; KNOTS] {
    // For each pair: the share of each knot at its duration, times its signed distance, and its weight.
    let rows: Vec<([f64; KNOTS], f64)> = pairs
        .iter()
        .map(|pair| {
            let sign = if pair.agrees { pair.distance } else { -pair.distance };
            let shares = shares(pair.shorter_s).map(|share| share * sign);
            (shares, 1.0 / count.get(&pair.speaker).copied().unwrap_or(1.0))
        })
        .collect();
    let mut slopes = [1.0; KNOTS];
    for _ in 0..PASSES {
        for g in 0..KNOTS {
            let (mut gradient, mut curvature) = (0.0, 0.0);
            for (shares, weight) in &rows {
                let (mut own, mut logit) = (0.0, 0.0);
                for k in 0..KNOTS {
                    logit += slopes[k] * shares[k];
                    own += if group[k] == g { shares[k] } else { 0.0 };
                }
                let wrong = 1.0 / (1.0 + libm::exp(logit));
                gradient += weight * wrong * own;
                curvature += weight * wrong * (1.0 - wrong) * own * own;
            }
            if curvature > 0.0 {
                // Not more than a factor of two at once: far from the maximum the curvature is small.
                let now = slopes[(0..KNOTS).find(|&k| group[k] == g).unwrap_or(0)];
                let next =
                    (now + gradient / curvature).clamp(now / 2.0, now * 2.0).clamp(SLOPES[0], SLOPES[1]);
                (0..KNOTS).filter(|&k| group[k] == g).for_each(|k| slopes[k] = next);
            }
        }
    }
    slopes
}

/// The share of each knot in the slope at a duration.
fn shares(speech_s: f64) -> [f64; KNOTS] {
    std::array::from_fn(|knot| {
        let mut slopes = [0.0; KNOTS];
        slopes[knot] = 1.0;
        Order { speech_s: KNOTS_S, slopes, speakers: 0, pairs: 0, method: String::new() }.slope(speech_s)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use undertone::model::Circumstances;

    /// Speakers whose scores are the labels with an offset and noise; listeners disagree with the labels as a logistic
    /// function of their distance would have it.
    fn takes(speakers: usize, each: usize, noise: impl Fn(f64) -> f64, seed: u64) -> Vec<ScoredTake> {
        let mut random = Random::new(seed);
        let mut all = Vec::new();
        for speaker in 0..speakers {
            let offset = random.normal();
            for i in 0..each {
                let speech_s = [0.8, 1.5, 3.0][i % 3];
                let score = 3.0 + random.normal();
                all.push(ScoredTake {
                    corpus: 0,
                    speaker,
                    label: score + noise(speech_s) * random.normal(),
                    score: score + offset,
                    take: 0,
                    circumstances: Circumstances { speech_s, snr_db: None },
                });
            }
        }
        all
    }

    #[test]
    fn order_predicts_as_often_as_it_happens_and_rises_with_duration() {
        let order = calibrate(&takes(20, 60, |s| 1.2 / s, 1), |_| true, |_| true).unwrap();
        assert_eq!((order.speakers, order.pairs), (20, 20 * 60 * 59 / 2));
        assert!(order.slopes[0] < order.slopes[1] && order.slopes[1] < order.slopes[2], "{order:?}");
        // On others of the same kind.
        let fresh = pairs(&takes(20, 60, |s| 1.2 / s, 2));
        for [from, to] in [[0.1, 0.4], [0.4, 0.8], [0.8, 1.5]] {
            let class: Vec<&Pair> = fresh.iter().filter(|p| (from..to).contains(&p.distance)).collect();
            let predicted: f64 = class.iter().map(|p| order.probability(p.distance, p.shorter_s)).sum();
            let observed = class.iter().filter(|p| p.agrees).count() as f64;
            assert!(
                (predicted - observed).abs() < 0.03 * class.len() as f64,
                "{from}: {predicted} {observed}"
            );
        }
    }

    #[test]
    fn slopes_that_would_fall_are_shared_and_speakers_weigh_the_same() {
        let order = calibrate(&takes(10, 60, |s| 0.3 * s, 1), |_| true, |_| true).unwrap();
        assert_eq!((order.slopes[0], order.slopes[1]), (order.slopes[1], order.slopes[2]));
        // One speaker with many surer pairs changes little.
        let few = takes(20, 20, |_| 1.0, 3);
        let mut more = few.clone();
        more.extend(takes(1, 200, |_| 0.1, 4).into_iter().map(|take| ScoredTake { speaker: 99, ..take }));
        let [few, more] = [few, more].map(|all| calibrate(&all, |_| true, |_| true).unwrap().slopes[2]);
        assert!((more / few - 1.0).abs() < 0.2, "{few} {more}");
    }

    #[test]
    fn ratings_by_people_count_alone_where_there_are_enough() {
        // As sure as can be where people rated, at random elsewhere.
        let rated = |speakers| takes(speakers, 40, |_| 0.1, 1);
        let with_categories = |rated: &[ScoredTake]| {
            let by_category = takes(20, 40, |_| 5.0, 2);
            let by_category = by_category.into_iter().map(|t| ScoredTake { speaker: 100 + t.speaker, ..t });
            rated.iter().copied().chain(by_category).collect::<Vec<_>>()
        };
        let calibrated = |all: &[ScoredTake]| calibrate(all, |_| true, |take| take.speaker < 100).unwrap();
        let enough = calibrated(&with_categories(&rated(LEAST_RATED_SPEAKERS)));
        assert_eq!(enough, calibrated(&rated(LEAST_RATED_SPEAKERS)));
        assert!(enough.method.contains("rated by people"));
        let too_few = calibrated(&with_categories(&rated(LEAST_RATED_SPEAKERS - 1)));
        assert_eq!(too_few.speakers, LEAST_RATED_SPEAKERS as u32 - 1 + 20);
        assert!(!too_few.method.contains("rated by people") && too_few.slopes[2] < enough.slopes[2] / 2.0);
    }

    #[test]
    fn table_has_a_line_per_duration() {
        let order = Order {
            speech_s: KNOTS_S,
            slopes: [1.0, 2.0, 3.0],
            speakers: 0,
            pairs: 0,
            method: String::new(),
        };
        let text = table(&order);
        assert!(text.starts_with("| active speech of the shorter, s | 0.1 apart |"), "{text}");
        // 1 / (1 + e^−3) at the end.
        assert!(text.contains("\n| 3 | 57 % |") && text.ends_with(" 95 % |\n"), "{text}");
    }

    #[test]
    fn too_few_pairs_make_no_order() {
        assert_eq!(calibrate(&takes(2, 5, |_| 1.0, 1), |_| true, |_| true), None);
        let equal: Vec<ScoredTake> =
            takes(5, 30, |_| 1.0, 1).into_iter().map(|take| ScoredTake { label: 3.0, ..take }).collect();
        assert_eq!(calibrate(&equal, |_| true, |_| true), None);
    }
}

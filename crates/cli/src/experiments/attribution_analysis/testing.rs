//! Made-up attributions for tests.

use super::View;
use super::measure::{Magnitudes, MethodAttributions};
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use undertone::attribution::groups::GROUP_COUNT;
use undertone::model::Objective;

/// A corpus in which |φ| is around what `level` says of emotion and group, ± 10 % noise, alike in all views and for
/// five networks.
pub(super) fn measured(
    objective: Objective,
    counts: &[(Emotion, usize)],
    level: impl Fn(Emotion, usize) -> f64,
) -> MethodAttributions {
    let mut random = Random::new(objective as u64 + 1);
    let mut emotions = Vec::new();
    let mut rows = Vec::new();
    for &(emotion, count) in counts {
        for _ in 0..count {
            emotions.push(emotion);
            let row: [f64; GROUP_COUNT] =
                std::array::from_fn(|group| level(emotion, group) * (1.0 + random.between(-0.1, 0.1)));
            rows.push(row);
        }
    }
    let mean = rows.iter().flatten().sum::<f64>() / (rows.len().max(1) * GROUP_COUNT) as f64;
    let amplitudes = (0..5).map(|k| mean * (1.0 + 0.001 * f64::from(k))).collect();
    let magnitudes = Magnitudes { rows, amplitudes };
    MethodAttributions {
        objective,
        corpus: "made-up".to_owned(),
        is_source: false,
        emotions,
        views: std::array::from_fn(|_: usize| magnitudes.clone()),
    }
}

const _: () = assert!(View::ALL.len() == 4);

//! Means and tests per emotion, and contrasts of two emotions.

use super::View;
use super::measure::MethodAttributions;
use super::rank_tests::{SMALLEST_CLASS, cliffs_delta, holm, kruskal_wallis};
use crate::data::emotion::Emotion;
use undertone::attribution::groups::GROUP_COUNT;
use undertone::model::Objective;

/// Corrected probability below which classes count as different.
pub const SIGNIFICANCE: f64 = 0.05;

/// One method's classes on one corpus in one view.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassTable {
    /// The method.
    pub objective: Objective,
    /// The corpus.
    pub corpus: String,
    /// Whether the networks were trained on it.
    pub is_source: bool,
    /// The view.
    pub view: View,
    /// The emotions that enter, with their number of utterances; those with fewer than [`SMALLEST_CLASS`] are left out.
    pub emotions: Vec<(Emotion, usize)>,
    /// Emotions left out for being too few.
    pub left_out: Vec<(Emotion, usize)>,
    /// One per group, in the order of [`undertone::attribution::groups::Group::ALL`].
    pub groups: Vec<GroupRow>,
}

/// One group of a [`ClassTable`].
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// Mean |φ| per emotion, in the order of [`ClassTable::emotions`].
    pub means: Vec<f64>,
    /// Statistic of Kruskal and Wallis over the emotions.
    pub h: Option<f64>,
    /// Its probability.
    pub p: Option<f64>,
    /// The same, Holm-corrected over the 27 groups.
    pub p_holm: Option<f64>,
}

impl GroupRow {
    /// Whether the emotions differ.
    pub fn is_significant(&self) -> bool {
        self.p_holm.is_some_and(|p| p < SIGNIFICANCE)
    }

    /// Means as in the figure of Das et al.: 0 where the emotions do not differ significantly.
    pub fn significant_means(&self) -> Vec<f64> {
        if self.is_significant() { self.means.clone() } else { vec![0.0; self.means.len()] }
    }

    /// Largest minus smallest of [`GroupRow::significant_means`].
    pub fn spread(&self) -> f64 {
        let means = self.significant_means();
        let (low, high) = means.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), &v| (l.min(v), h.max(v)));
        (high - low).max(0.0)
    }
}

/// Means and tests of one method on one corpus in one view.
pub fn class_table(measured: &MethodAttributions, view: View) -> ClassTable {
    let rows = &measured.view(view).rows;
    let count = |emotion| measured.emotions.iter().filter(|&&e| e == emotion).count();
    let (emotions, left_out): (Vec<_>, Vec<_>) = Emotion::ALL
        .into_iter()
        .map(|emotion| (emotion, count(emotion)))
        .filter(|(_, count)| *count > 0)
        .partition(|(_, count)| *count >= SMALLEST_CLASS);
    let mut groups: Vec<GroupRow> = (0..GROUP_COUNT)
        .map(|group| {
            let classes: Vec<Vec<f64>> =
                emotions.iter().map(|(emotion, _)| column(measured, rows, *emotion, group)).collect();
            let test = kruskal_wallis(&classes.iter().map(Vec::as_slice).collect::<Vec<_>>());
            GroupRow {
                means: classes.iter().map(|class| mean(class)).collect(),
                h: test.map(|test| test.h),
                p: test.map(|test| test.p),
                p_holm: None,
            }
        })
        .collect();
    let corrected = holm(&groups.iter().map(|row| row.p).collect::<Vec<_>>());
    for (row, p) in groups.iter_mut().zip(corrected) {
        row.p_holm = p;
    }
    ClassTable {
        objective: measured.objective,
        corpus: measured.corpus.clone(),
        is_source: measured.is_source,
        view,
        emotions,
        left_out,
        groups,
    }
}

/// An emotion against neutral speech.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The method.
    pub objective: Objective,
    /// The corpus.
    pub corpus: String,
    /// Whether the networks were trained on it.
    pub is_source: bool,
    /// The view.
    pub view: View,
    /// The emotion.
    pub emotion: Emotion,
    /// One per group.
    pub groups: Vec<ContrastRow>,
}

/// One group of a [`Contrast`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContrastRow {
    /// Mean |φ| in neutral speech.
    pub neutral: f64,
    /// Mean |φ| in the emotion.
    pub emotion: f64,
    /// Cliff's δ: how consistently |φ| is larger in the emotion than in neutral speech, −1 … 1.
    pub cliffs_delta: f64,
    /// Probability by Mann and Whitney.
    pub p: Option<f64>,
    /// The same, Holm-corrected over the 27 groups.
    pub p_holm: Option<f64>,
}

impl ContrastRow {
    /// Change of mean |φ| from neutral speech to the emotion; 0 where the two do not differ.
    pub fn change(&self) -> f64 {
        if self.p_holm.is_some_and(|p| p < SIGNIFICANCE) { self.emotion - self.neutral } else { 0.0 }
    }
}

/// Compares an emotion with neutral speech. `None` if one of the two has fewer than [`SMALLEST_CLASS`] utterances.
pub fn contrast(measured: &MethodAttributions, view: View, emotion: Emotion) -> Option<Contrast> {
    let rows = &measured.view(view).rows;
    let mut groups = Vec::with_capacity(GROUP_COUNT);
    for group in 0..GROUP_COUNT {
        let neutral = column(measured, rows, Emotion::Neutral, group);
        let other = column(measured, rows, emotion, group);
        if neutral.len() < SMALLEST_CLASS || other.len() < SMALLEST_CLASS {
            return None;
        }
        groups.push(ContrastRow {
            neutral: mean(&neutral),
            emotion: mean(&other),
            cliffs_delta: cliffs_delta(&other, &neutral)?,
            p: kruskal_wallis(&[&neutral, &other]).map(|test| test.p),
            p_holm: None,
        });
    }
    let corrected = holm(&groups.iter().map(|row| row.p).collect::<Vec<_>>());
    for (row, p) in groups.iter_mut().zip(corrected) {
        row.p_holm = p;
    }
    Some(Contrast {
        objective: measured.objective,
        corpus: measured.corpus.clone(),
        is_source: measured.is_source,
        view,
        emotion,
        groups,
    })
}

fn column(
    measured: &MethodAttributions,
    rows: &[[f64; GROUP_COUNT]],
    emotion: Emotion,
    group: usize,
) -> Vec<f64> {
    let is_of = |(_, e): &(&[f64; GROUP_COUNT], &Emotion)| **e == emotion;
    rows.iter().zip(&measured.emotions).filter(is_of).map(|(row, _)| row[group]).collect()
}

fn mean(values: &[f64]) -> f64 {
    let mut sum = 0.0;
    for value in values {
        sum += value;
    }
    sum / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::super::Output;
    use super::super::testing::measured;
    use super::*;

    const VIEW: View = View { output: Output::Score, normalised: false };

    #[test]
    fn class_table_shows_only_groups_in_which_emotions_differ() {
        let counts =
            [(Emotion::Anger, 30), (Emotion::Neutral, 30), (Emotion::Sadness, 30), (Emotion::Fear, 4)];
        let data = measured(Objective::MetricAct, &counts, |emotion, group| {
            if emotion == Emotion::Anger && group == 1 { 3.0 } else { 1.0 }
        });
        let table = class_table(&data, VIEW);
        assert_eq!(table.left_out, [(Emotion::Fear, 4)]);
        let names: Vec<Emotion> = table.emotions.iter().map(|(e, _)| *e).collect();
        assert_eq!(names, [Emotion::Anger, Emotion::Neutral, Emotion::Sadness]);
        for (group, row) in table.groups.iter().enumerate() {
            assert_eq!(row.is_significant(), group == 1, "group {group}: {:?}", row.p_holm);
        }
        assert!(table.groups[1].means[0] > 2.5 && table.groups[1].spread() > 1.5);
        assert_eq!(table.groups[0].significant_means(), [0.0; 3]);
        assert_eq!(table.groups[0].spread(), 0.0);
    }

    #[test]
    fn contrast_compares_two_classes_and_says_which_is_larger() {
        let counts = [(Emotion::Anger, 30), (Emotion::Neutral, 30), (Emotion::Sadness, 30)];
        let data = measured(Objective::MetricAct, &counts, |emotion, group| match (emotion, group) {
            (Emotion::Anger, 1) => 3.0,
            (Emotion::Sadness, 8) => 0.2,
            _ => 1.0,
        });
        let anger = contrast(&data, VIEW, Emotion::Anger).unwrap();
        assert!(anger.groups[1].change() > 1.5 && anger.groups[1].cliffs_delta > 0.9);
        assert!(anger.groups.iter().enumerate().all(|(group, row)| group == 1 || row.change() == 0.0));
        let sadness = contrast(&data, VIEW, Emotion::Sadness).unwrap();
        assert!(sadness.groups[8].change() < -0.5 && sadness.groups[8].cliffs_delta < -0.9);
        assert!(contrast(&data, VIEW, Emotion::Fear).is_none());
    }
}

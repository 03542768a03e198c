//! The findings of Das et al. (2022) about attributions, tested on the replication one by one.
//!
//! The rules were fixed before any result was known, and are the same for every run:
//!
//! * **Order of methods** (raw; normalised): a pair of neighbours in the order holds if the amplitude, averaged over the
//!   held-out corpora, is larger in so many of the networks that a one-sided sign test gives p < .05; it is reversed if
//!   that is so the other way round. All pairs hold: confirmed. One is reversed: refuted. Fewer than five networks can
//!   decide nothing.
//! * **What changes from neutral speech**: a group's share is its part of the sum of all significant changes of mean |φ|,
//!   averaged over methods and held-out corpora. The groups that Das et al. name must have larger shares than the others
//!   (Mann–Whitney over the 27 groups, p < .05): confirmed; smaller ones: refuted; also refuted if other groups change
//!   and none of the named ones does.
//! * **Metric-cluster changes least**: over the emotions, the spread of mean |φ| (insignificant groups 0), averaged over
//!   groups, must be the smallest of all methods on every held-out corpus, raw and normalised: confirmed. Another
//!   method changes less in all of these comparisons: refuted.

use super::classes::{class_table, contrast};
use super::measure::MethodAttributions;
use super::rank_tests::{cliffs_delta, kruskal_wallis, sign_test};
use super::{Output, View};
use crate::data::emotion::Emotion;
use crate::numeric::decimal::signed;
use crate::numeric::statistics::mean_and_deviation;
use undertone::attribution::groups::{GROUP_COUNT, Group};
use undertone::model::Objective;

/// Probability below which a finding counts as settled.
const SETTLED: f64 = 0.05;

/// The order of amplitudes in Das et al., largest first.
const ORDER: [Objective; 4] =
    [Objective::MetricVal, Objective::MetricAct, Objective::Unsupervised, Objective::MetricCluster];

/// The groups that Das et al. name for anger against neutral speech: loudness, spectral flux, sound level.
const ANGER_GROUPS: [Group; 5] =
    [Group::Loudness, Group::Flux, Group::FluxVoiced, Group::FluxUnvoiced, Group::SoundLevel];

/// The groups that they name for sadness against neutral speech: formants, lengths of segments.
const SADNESS_GROUPS: [Group; 5] =
    [Group::F1, Group::F2, Group::F3, Group::VoicedSegmentLength, Group::UnvoicedSegmentLength];

/// The verdict of the replication on a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Confirmed,
    /// The opposite holds.
    Refuted,
    /// Neither.
    NotDecidable,
}

impl Verdict {
    /// Name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Refuted => "refuted",
            Verdict::NotDecidable => "not decidable",
        }
    }
}

/// A finding of Das et al. with the verdict of the replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The finding of Das et al.
    pub claim: &'static str,
    /// The verdict of the replication.
    pub verdict: Verdict,
    /// The numbers behind the verdict, in sentences.
    pub evidence: Vec<String>,
}

/// Checks the five findings for one output; only corpora that the networks were not trained on count.
pub fn findings(measured: &[MethodAttributions], output: Output) -> Vec<Finding> {
    let held_out: Vec<&MethodAttributions> = measured.iter().filter(|m| !m.is_source).collect();
    vec![
        order(&held_out, View { output, normalised: false }),
        order(&held_out, View { output, normalised: true }),
        named_groups(
            &held_out,
            output,
            Emotion::Anger,
            &ANGER_GROUPS,
            "Anger against neutral speech: loudness, spectral flux and sound level change most",
        ),
        named_groups(
            &held_out,
            output,
            Emotion::Sadness,
            &SADNESS_GROUPS,
            "Sadness against neutral speech: formants and lengths of segments change most",
        ),
        least(&held_out, output),
    ]
}

/// Amplitude per network, averaged over corpora; empty if the method was not measured.
fn amplitudes(measured: &[&MethodAttributions], objective: Objective, view: View) -> Vec<f64> {
    let of_method: Vec<&[f64]> = measured
        .iter()
        .filter(|m| m.objective == objective)
        .map(|m| m.view(view).amplitudes.as_slice())
        .collect();
    let networks = of_method.iter().map(|list| list.len()).min().unwrap_or(0);
    (0..networks)
        .map(|network| of_method.iter().map(|list| list[network]).sum::<f64>() / of_method.len() as f64)
        .collect()
}

fn order(measured: &[&MethodAttributions], view: View) -> Finding {
    let claim = if view.normalised {
        "Amplitude, normalised: Metric-val > Metric-act > Unsupervised > Metric-cluster"
    } else {
        "Amplitude, raw: Metric-val > Metric-act > Unsupervised > Metric-cluster"
    };
    let by_method = ORDER.map(|objective| amplitudes(measured, objective, view));
    let mut evidence = Vec::new();
    for (objective, values) in ORDER.into_iter().zip(&by_method) {
        let (mean, deviation) = mean_and_deviation(values);
        evidence.push(format!(
            "{}: {mean:.4} ± {deviation:.4} {} (mean ± sd, networks: {})",
            objective.name(),
            view.unit(),
            values.len()
        ));
    }
    let mut holds = 0;
    let mut reversed = false;
    for k in 1..ORDER.len() {
        let pairs = || by_method[k - 1].iter().zip(&by_method[k]);
        let larger = pairs().filter(|(a, b)| a > b).count();
        let smaller = pairs().filter(|(a, b)| a < b).count();
        let (p, p_reversed) = (sign_test(larger, larger + smaller), sign_test(smaller, larger + smaller));
        evidence.push(format!(
            "{} > {} in {larger} of {} networks (p = {p:.3}; reversed p = {p_reversed:.3})",
            ORDER[k - 1].name(),
            ORDER[k].name(),
            larger + smaller
        ));
        holds += usize::from(p < SETTLED);
        reversed |= p_reversed < SETTLED;
    }
    let verdict = match (reversed, holds) {
        (true, _) => Verdict::Refuted,
        (false, 3) => Verdict::Confirmed,
        _ => Verdict::NotDecidable,
    };
    Finding { claim, verdict, evidence }
}

/// Shares of the significant change of mean |φ| from neutral speech to an emotion, averaged over measurements; `None` if
/// none has both classes or nothing changes significantly in any.
fn shares(measured: &[&MethodAttributions], view: View, emotion: Emotion) -> Option<[f64; GROUP_COUNT]> {
    let mut sum = [0.0; GROUP_COUNT];
    let mut count = 0.0;
    for contrast in measured.iter().filter_map(|m| contrast(m, view, emotion)) {
        let changes: Vec<f64> = contrast.groups.iter().map(|row| row.change().abs()).collect();
        let total: f64 = changes.iter().sum();
        if total > 0.0 {
            for (s, change) in sum.iter_mut().zip(changes) {
                *s += change / total;
            }
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum.map(|s| s / count))
}

/// How the named groups' shares stand against the others': Cliff's δ and the probability of Mann and Whitney.
fn against_others(shares: &[f64; GROUP_COUNT], named: &[Group]) -> (f64, f64) {
    let is_named = |g: &usize| named.iter().any(|group| group.index() == *g);
    let (inside, outside): (Vec<usize>, Vec<usize>) = (0..GROUP_COUNT).partition(is_named);
    let values = |list: Vec<usize>| list.into_iter().map(|g| shares[g]).collect::<Vec<f64>>();
    let (inside, outside) = (values(inside), values(outside));
    let p = kruskal_wallis(&[&inside, &outside]).map_or(1.0, |test| test.p);
    (cliffs_delta(&inside, &outside).unwrap_or(0.0), p)
}

fn named_groups(
    measured: &[&MethodAttributions],
    output: Output,
    emotion: Emotion,
    named: &[Group],
    claim: &'static str,
) -> Finding {
    let view = View { output, normalised: true };
    let mut evidence = Vec::new();
    let verdict = match shares(measured, view, emotion) {
        None => {
            evidence.push("no held-out corpus has both classes and a significant change".to_owned());
            Verdict::NotDecidable
        }
        Some(all) => {
            let mut order: Vec<usize> = (0..GROUP_COUNT).collect();
            order.sort_by(|&a, &b| all[b].total_cmp(&all[a]).then(a.cmp(&b)));
            let words = |list: &[usize]| {
                let word = |&g: &usize| format!("{} {:.1} %", Group::ALL[g].name(), 100.0 * all[g]);
                list.iter().map(word).collect::<Vec<_>>().join(", ")
            };
            evidence.push(format!("largest shares of the change: {}", words(&order[..6])));
            let of_named: Vec<usize> =
                order.iter().copied().filter(|&g| named.contains(&Group::ALL[g])).collect();
            let total: f64 = of_named.iter().map(|&g| all[g]).sum();
            evidence.push(format!(
                "the named groups: {} (together {:.1} %)",
                words(&of_named),
                100.0 * total
            ));
            let (delta, p) = against_others(&all, named);
            evidence
                .push(format!("named against other groups: Cliff’s δ = {}, p = {p:.3}", signed(delta, 2)));
            for objective in Objective::ALL {
                let of_method: Vec<&MethodAttributions> =
                    measured.iter().copied().filter(|m| m.objective == objective).collect();
                evidence.push(match shares(&of_method, view, emotion) {
                    Some(own) => {
                        let (delta, p) = against_others(&own, named);
                        format!("{} alone: δ = {}, p = {p:.3}", objective.name(), signed(delta, 2))
                    }
                    None => format!("{} alone: nothing to compare", objective.name()),
                });
            }
            if total == 0.0 || (delta < 0.0 && p < SETTLED) {
                Verdict::Refuted
            } else if delta > 0.0 && p < SETTLED {
                Verdict::Confirmed
            } else {
                Verdict::NotDecidable
            }
        }
    };
    Finding { claim, verdict, evidence }
}

fn least(measured: &[&MethodAttributions], output: Output) -> Finding {
    let claim = "Metric-cluster changes least between emotions";
    let mut corpora: Vec<&str> = measured.iter().map(|m| m.corpus.as_str()).collect();
    corpora.sort_unstable();
    corpora.dedup();
    let mut evidence = Vec::new();
    let (mut least, mut beaten, mut decided) = (0, 0, 0);
    for corpus in corpora {
        for normalised in [false, true] {
            let view = View { output, normalised };
            let spread = |objective| {
                let own = measured.iter().find(|m| m.objective == objective && m.corpus == corpus)?;
                let table = class_table(own, view);
                Some(table.groups.iter().map(|row| row.spread()).sum::<f64>() / GROUP_COUNT as f64)
            };
            let spreads = ORDER.map(spread);
            let [Some(val), Some(act), Some(none), Some(cluster)] = spreads else { continue };
            if val.max(act).max(none).max(cluster) == 0.0 {
                continue;
            }
            decided += 1;
            let others = val.min(act).min(none);
            least += usize::from(cluster < others);
            beaten += usize::from(cluster > others);
            evidence.push(format!(
                "{corpus}, {}: metric-cluster {cluster:.4}, metric-val {val:.4}, metric-act {act:.4}, \
                 unsupervised {none:.4}",
                if normalised { "normalised" } else { "raw" }
            ));
        }
    }
    evidence.push(format!("smallest in {least} of {decided} comparisons"));
    let verdict = match (least, decided) {
        (_, 0) => Verdict::NotDecidable,
        (least, decided) if least == decided => Verdict::Confirmed,
        (_, decided) if beaten == decided => Verdict::Refuted,
        _ => Verdict::NotDecidable,
    };
    Finding { claim, verdict, evidence }
}

#[cfg(test)]
mod tests {
    use super::super::testing::measured;
    use super::*;

    const COUNTS: [(Emotion, usize); 3] =
        [(Emotion::Anger, 25), (Emotion::Neutral, 25), (Emotion::Sadness, 25)];

    /// All four methods with amplitudes 4, 3, 2, 1 in the given order; `change` says what a group gains in an emotion.
    fn methods(order: [Objective; 4], change: impl Fn(Emotion, usize) -> f64) -> Vec<MethodAttributions> {
        let sized = |(k, objective)| {
            let size = (4 - k) as f64;
            measured(objective, &COUNTS, |emotion, group| size * (1.0 + change(emotion, group)))
        };
        order.into_iter().enumerate().map(sized).collect()
    }

    /// Anger and sadness change the groups that Das et al. name.
    fn as_in_das_et_al(emotion: Emotion, group: usize) -> f64 {
        match emotion {
            Emotion::Anger if ANGER_GROUPS.contains(&Group::ALL[group]) => 2.0,
            Emotion::Sadness if SADNESS_GROUPS.contains(&Group::ALL[group]) => 1.0,
            _ => 0.0,
        }
    }

    fn verdicts(measured: &[MethodAttributions]) -> Vec<Verdict> {
        findings(measured, Output::Score).into_iter().map(|f| f.verdict).collect()
    }

    #[test]
    fn findings_are_all_confirmed_by_data_as_in_das_et_al() {
        assert_eq!(verdicts(&methods(ORDER, as_in_das_et_al)), [Verdict::Confirmed; 5]);
    }

    #[test]
    fn findings_are_all_refuted_by_the_opposite() {
        let mut order = ORDER;
        order.reverse();
        let opposite = |emotion, group: usize| match emotion {
            Emotion::Anger if !ANGER_GROUPS.contains(&Group::ALL[group]) => 2.0,
            Emotion::Sadness if !SADNESS_GROUPS.contains(&Group::ALL[group]) => 1.0,
            _ => 0.0,
        };
        assert_eq!(verdicts(&methods(order, opposite)), [Verdict::Refuted; 5]);
    }

    #[test]
    fn findings_on_the_order_are_refuted_by_one_swapped_pair() {
        let order = [ORDER[1], ORDER[0], ORDER[2], ORDER[3]];
        let verdicts = verdicts(&methods(order, as_in_das_et_al));
        assert_eq!(verdicts[..2], [Verdict::Refuted; 2]);
        assert_eq!(verdicts[2..], [Verdict::Confirmed; 3]);
    }

    #[test]
    fn findings_are_not_decidable_with_too_few_networks_classes_or_changes() {
        let mut few = methods(ORDER, as_in_das_et_al);
        few.iter_mut().flat_map(|m| &mut m.views).for_each(|view| view.amplitudes.truncate(4));
        assert_eq!(verdicts(&few)[..2], [Verdict::NotDecidable; 2]);

        let one_class = ORDER.map(|objective| measured(objective, &[(Emotion::Anger, 30)], |_, _| 1.0));
        assert_eq!(verdicts(&one_class)[2..], [Verdict::NotDecidable; 3]);
        assert_eq!(verdicts(&[]), [Verdict::NotDecidable; 5]);
    }

    #[test]
    fn findings_are_not_decidable_if_all_methods_are_alike() {
        let alike = methods(ORDER, as_in_das_et_al);
        let alike: Vec<MethodAttributions> =
            ORDER.into_iter().map(|objective| MethodAttributions { objective, ..alike[0].clone() }).collect();
        let verdicts = verdicts(&alike);
        assert_eq!(
            (verdicts[0], verdicts[1], verdicts[4]),
            (Verdict::NotDecidable, Verdict::NotDecidable, Verdict::NotDecidable)
        );
    }

    #[test]
    fn findings_do_not_count_training_corpora() {
        let mut trained = methods(ORDER, as_in_das_et_al);
        trained.iter_mut().for_each(|m| m.is_source = true);
        assert_eq!(verdicts(&trained), [Verdict::NotDecidable; 5]);
    }

    #[test]
    fn findings_have_the_numbers_as_evidence() {
        let found = findings(&methods(ORDER, as_in_das_et_al), Output::Score);
        assert!(found[0].evidence.iter().any(|line| line.contains("in 5 of 5 networks (p = 0.031")));
        assert!(found[2].evidence[1].contains("together 100.0 %"), "{:?}", found[2].evidence);
        assert!(found[4].evidence.iter().any(|line| line.contains("smallest in 2 of 2")));
    }
}

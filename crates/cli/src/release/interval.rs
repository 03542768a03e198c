//! The interval about a score: a conformal quantile of the residuals on held-out corpora, on recordings as they are and
//! under a few conditions.
//!
//! A user is an unseen speaker, mostly of an unseen language, in some room, with some microphone. So the residuals are those
//! of held-out corpora, and recordings under conditions count beside those as they are. The bias of the score depends on the
//! corpus, so the interval is symmetric: the bias of the few training corpora does not hold for others.

use std::collections::BTreeMap;

use crate::data::conditions::{BackgroundSpeech, Condition};
use crate::numeric::statistics::conformal_quantile_of_groups;

/// Share of labels that the interval is calibrated to cover in a held-out corpus.
pub const INTERVAL_LEVEL: f64 = 0.8;

/// The conditions under which residuals are measured, besides the recordings as they are: noise, babble, a room, a
/// telephone. `background`: the speech that the babble is made of.
pub fn conditions(background: &BackgroundSpeech) -> Vec<Condition> {
    const SNR_DB: f64 = 15.0;
    vec![
        Condition::PinkNoise { snr_db: SNR_DB },
        Condition::Babble { snr_db: SNR_DB, talkers: 6, background: background.clone() },
        Condition::Reverberation { rt60_s: 0.4, direct_db: 0.0 },
        Condition::Telephone { line: false },
    ]
}

/// Residual of a network for an utterance that it held out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Residual {
    /// Index of the corpus.
    pub corpus: usize,
    /// 0: the recording as it is; else one more than the index of the condition.
    pub condition: usize,
    /// The utterance's fold of speakers.
    pub fold: usize,
    /// |label − score|.
    pub distance: f64,
}

/// Half the width of the interval from the residuals for which `keep` is true: [`INTERVAL_LEVEL`] of the distances are at
/// most this, all pairs of corpus and condition with the same weight.
pub(super) fn half_width(residuals: &[Residual], keep: impl Fn(&Residual) -> bool) -> f64 {
    let mut groups: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for r in residuals.iter().filter(|&r| keep(r)) {
        groups.entry((r.corpus, r.condition)).or_default().push(r.distance);
    }
    conformal_quantile_of_groups(&groups.into_values().collect::<Vec<_>>(), INTERVAL_LEVEL)
}

/// How the interval was obtained, for the weights file. `whole`: whether whole corpora were held out; else folds of speakers
/// were.
pub(super) fn method(residuals: &[Residual], whole: bool, folds: usize) -> String {
    let what = if residuals.iter().any(|r| r.condition > 0) {
        let names: Vec<String> = conditions(&BackgroundSpeech::Synthesised)
            .iter()
            // What the babble is made of depends on the training, not on the condition.
            .map(|condition| condition.name().replace(" synthetic", ""))
            .collect();
        format!("recordings as they are and under {} conditions ({})", names.len(), names.join("; "))
    } else {
        "recordings as they are".to_owned()
    };
    let who = if whole {
        "in each training corpus, by a network trained on the other training corpora only".to_owned()
    } else {
        format!("of speakers held out in {folds} speaker-grouped folds")
    };
    let weights = match (whole, residuals.iter().any(|r| r.condition > 0)) {
        (true, true) => ", every corpus under every condition weighing the same",
        (true, false) => ", every corpus weighing the same",
        (false, true) => ", every condition weighing the same",
        (false, false) => "",
    };
    format!("conformal, symmetric: distances |label − score| {who}; {what}{weights}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn residual(corpus: usize, condition: usize, distance: f64) -> Residual {
        Residual { corpus, condition, fold: 0, distance }
    }

    #[test]
    fn half_width_weighs_every_corpus_under_every_condition_the_same() {
        // Corpus 0 clean: 99 distances from 0.01 to 0.99; corpus 1 clean: 9 of the same spread, 1 higher.
        let mut all: Vec<Residual> = (1..100).map(|i| residual(0, 0, f64::from(i) / 100.0)).collect();
        all.extend((1..10).map(|i| residual(1, 0, 1.0 + f64::from(i) / 10.0)));
        // By hand, of a weight of 2: 99 × 0.01 in corpus 0 and seven of 0.1 in corpus 1 are the first to reach 1.6.
        assert!((half_width(&all, |_| true) - 1.7).abs() < 1e-9, "{}", half_width(&all, |_| true));
        assert!((half_width(&all, |r| r.corpus == 0) - 0.8).abs() < 1e-9);
        // With a condition under which all is well, of a weight of 3: 0.9, 0.99 and six of 0.1 reach 2.4.
        all.extend((0..9).map(|_| residual(0, 1, 0.0)));
        assert!((half_width(&all, |_| true) - 1.6).abs() < 1e-9, "{}", half_width(&all, |_| true));
        assert_eq!(half_width(&[], |_| true), 0.0);
    }

    #[test]
    fn method_says_what_was_held_out_and_under_which_conditions() {
        let clean = [residual(0, 0, 1.0)];
        let noisy = [residual(0, 0, 1.0), residual(0, 1, 1.0)];
        assert!(method(&clean, true, 5).ends_with("recordings as they are, every corpus weighing the same"));
        assert!(method(&clean, false, 5).contains("5 speaker-grouped folds; recordings as they are"));
        let text = method(&noisy, true, 5);
        for part in [
            "symmetric",
            "other training corpora only",
            "4 conditions (pink noise, 15 dB SNR; babble of 6 talkers",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}

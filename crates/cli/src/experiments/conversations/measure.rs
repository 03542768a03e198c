//! Compares the utterances that were found with those that were put in.

use super::build::{Clip, Setting, build};
use crate::numeric::random::Random;
use undertone::analysis::model_features;
use undertone::analysis::utterances::{PAUSE_S, Splitter, Utterance, unscored};
use undertone::audio::seconds;
use undertone::model::Model;

/// Two lie over each other if what they share is this much of either.
const SHARED: f64 = 0.2;

/// What was found of some conversations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Utterances that were put in.
    pub utterances: usize,
    /// Those that were found, one to one.
    pub one_to_one: usize,
    /// Those that nothing lies over.
    pub missed: usize,
    /// Those that were found together with another one.
    pub merged: usize,
    /// Those that were found in several pieces.
    pub split: usize,
    /// What was found where there is none.
    pub invented: usize,
    /// How far the starts of those found one to one are off, in seconds.
    pub starts_s: Vec<f64>,
    /// The same of their ends.
    pub ends_s: Vec<f64>,
    /// Of those that were found and not merged, with a score: label, score by itself, score of what was found.
    pub scores: Vec<[f64; 3]>,
}

impl Outcome {
    /// Adds another outcome.
    pub fn add(&mut self, other: Outcome) {
        self.utterances += other.utterances;
        self.one_to_one += other.one_to_one;
        self.missed += other.missed;
        self.merged += other.merged;
        self.split += other.split;
        self.invented += other.invented;
        self.starts_s.extend(other.starts_s);
        self.ends_s.extend(other.ends_s);
        self.scores.extend(other.scores);
    }
}

/// Builds a conversation of clips, cuts it, and compares.
#[must_use]
pub fn measure(clips: &[Clip], setting: Setting, seed: u64, model: &Model) -> Outcome {
    let (samples, spans) = build(clips, setting, &mut Random::new(seed));
    let mut splitter = Splitter::new(PAUSE_S);
    splitter.push(&samples);
    let found = splitter.finish();
    let mut outcome = compare(&spans, &found);
    for (clip, span) in clips.iter().zip(&spans) {
        // The piece that shares most with it, if that is of no other.
        let best = found.iter().max_by_key(|utterance| shared(span, utterance));
        let Some(best) = best.filter(|best| spans.iter().filter(|span| lies_over(span, best)).count() == 1)
        else {
            continue;
        };
        if lies_over(span, best)
            && unscored(best.duration_s(), best.above_background_db).is_none()
            && let Ok(features) = model_features(&samples[best.scored(samples.len())])
        {
            outcome.scores.push([clip.label, clip.alone, model.evaluate(&features).activation]);
        }
    }
    outcome
}

fn compare(spans: &[[usize; 2]], found: &[Utterance]) -> Outcome {
    let mut outcome = Outcome { utterances: spans.len(), ..Outcome::default() };
    let over = |utterance: &Utterance| spans.iter().filter(|span| lies_over(span, utterance)).count();
    outcome.invented = found.iter().filter(|utterance| over(utterance) == 0).count();
    for span in spans {
        let pieces: Vec<&Utterance> = found.iter().filter(|utterance| lies_over(span, utterance)).collect();
        match pieces[..] {
            [] => outcome.missed += 1,
            _ if pieces.iter().any(|piece| over(piece) > 1) => outcome.merged += 1,
            [piece] => {
                let off = |one: usize, other: usize| seconds(one.abs_diff(other));
                outcome.one_to_one += 1;
                outcome.starts_s.push(off(piece.start, span[0]));
                outcome.ends_s.push(off(piece.end, span[1]));
            }
            _ => outcome.split += 1,
        }
    }
    outcome
}

fn shared([start, end]: &[usize; 2], utterance: &Utterance) -> usize {
    utterance.end.min(*end).saturating_sub(utterance.start.max(*start))
}

fn lies_over(span: &[usize; 2], utterance: &Utterance) -> bool {
    let shared = shared(span, utterance) as f64;
    let lengths = [span[1] - span[0], utterance.end - utterance.start];
    lengths.iter().any(|length| shared >= SHARED * *length as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compare_tells_found_missed_merged_split_and_invented_apart() {
        let utterance = |start, end| Utterance { start, end, voiced_s: 1.0, above_background_db: 30.0 };
        let spans = [[0, 100], [200, 300], [400, 500], [600, 700], [800, 900]];
        let found = [
            utterance(16, 110),
            utterance(200, 240),
            utterance(260, 300),
            utterance(330, 390),
            utterance(410, 690),
        ];
        let outcome = compare(&spans, &found);
        let Outcome { one_to_one, missed, merged, split, invented, starts_s, .. } = outcome;
        assert_eq!((one_to_one, missed, merged, split, invented), (1, 1, 2, 1, 1));
        assert_eq!(starts_s, [0.001]);
    }
}

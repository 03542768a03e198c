//! Scores of takes beside their labels: how often the interval holds, and how often two recordings of a voice come in the
//! order of their labels.

use std::collections::BTreeMap;

use serde::Serialize;

use super::held_out::predict_held_out;
use super::takes::CLEAN_TAKES;
use crate::data::corpora::Corpus;
use crate::data::dataset::{Taken, Utterance};
use crate::learn::fit::FittedNetwork;
use crate::numeric::decimal::fixed;
use undertone::model::{Circumstances, Model, Order};

/// Durations between the classes that tables tell apart, in seconds of active speech.
pub const CLASSES_S: [f64; 4] = [0.8, 1.5, 3.0, f64::INFINITY];
/// Distances of scores between the classes of pairs.
pub const DISTANCES: [f64; 6] = [0.0, 0.15, 0.3, 0.6, 1.0, f64::INFINITY];

/// The score of a take beside the label of its utterance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredTake {
    /// Index of the corpus.
    pub corpus: usize,
    /// Index of the speaker.
    pub speaker: usize,
    /// The utterance's label.
    pub label: f64,
    /// The take's score.
    pub score: f64,
    /// Its place in the list of takes.
    pub take: usize,
    /// How much speech it has, how far above the background.
    pub circumstances: Circumstances,
}

/// All takes of utterances, each scored by a network that held its utterance out.
pub(super) fn held_out<'a>(
    rows: impl Iterator<Item = (&'a Utterance, &'a FittedNetwork)>,
) -> Vec<ScoredTake> {
    rows.flat_map(|(u, network)| {
        u.variants.takes.iter().map(|&Taken { take, features, circumstances }| ScoredTake {
            corpus: u.corpus,
            speaker: u.speaker,
            label: u.activation,
            score: predict_held_out(network, &features, u.activation).score,
            take,
            circumstances,
        })
    })
    .collect()
}

/// All takes of a corpus, scored by a model that was not trained on it. `taken`: takes per utterance.
pub fn of_corpus(model: &Model, corpus: &Corpus, taken: &[Vec<Taken>]) -> Vec<ScoredTake> {
    let mut speakers: Vec<&str> = corpus.rows.iter().map(|row| row.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let rows = corpus.rows.iter().zip(taken);
    rows.flat_map(|(row, taken)| {
        let speaker = speakers.binary_search(&row.speaker.as_str()).unwrap_or_default();
        taken.iter().map(move |&Taken { take, features, circumstances }| ScoredTake {
            corpus: 0,
            speaker,
            label: row.activation,
            score: model.evaluate(&features).activation,
            take,
            circumstances,
        })
    })
    .collect()
}

/// Two takes of different utterances of a speaker whose labels differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Index of the speaker.
    pub speaker: usize,
    /// Distance of the scores.
    pub distance: f64,
    /// Whether the higher score has the higher label.
    pub agrees: bool,
    /// Active speech of the shorter one, in seconds.
    pub shorter_s: f64,
}

/// All pairs of takes of one kind of each speaker, without noise. Equal labels do not count.
pub fn pairs(scored: &[ScoredTake]) -> Vec<Pair> {
    let mut groups: BTreeMap<(usize, usize), Vec<&ScoredTake>> = BTreeMap::new();
    for take in scored.iter().filter(|take| CLEAN_TAKES.contains(&take.take)) {
        groups.entry((take.speaker, take.take)).or_default().push(take);
    }
    let mut pairs = Vec::new();
    for (&(speaker, _), takes) in &groups {
        for (i, one) in takes.iter().enumerate() {
            for other in &takes[i + 1..] {
                let (scores, labels) = (one.score - other.score, one.label - other.label);
                if labels != 0.0 {
                    pairs.push(Pair {
                        speaker,
                        distance: scores.abs(),
                        agrees: scores * labels > 0.0,
                        shorter_s: one.circumstances.speech_s.min(other.circumstances.speech_s),
                    });
                }
            }
        }
    }
    pairs
}

/// How often the interval holds, of one corpus, class of durations and background.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntervalCell {
    /// Short name of the corpus.
    pub corpus: String,
    /// Whether the recordings count as noisy.
    pub noisy: bool,
    /// Shortest and longest duration of the class, in seconds of active speech; no end is written as null.
    pub speech_s: [f64; 2],
    /// Takes.
    pub takes: usize,
    /// Share of labels inside the interval.
    pub coverage: f64,
    /// Mean half-width of the interval.
    pub half_width: f64,
}

/// How often the interval holds. `half_width`: of a take's interval; `is_noisy`: its class.
pub fn interval_cells(
    corpus: &str,
    scored: &[ScoredTake],
    half_width: impl Fn(&Circumstances) -> f64,
    is_noisy: impl Fn(&Circumstances) -> bool,
) -> Vec<IntervalCell> {
    let mut cells = Vec::new();
    for noisy in [false, true] {
        for ends in CLASSES_S.windows(2) {
            let class = scored.iter().filter(|take| {
                let Circumstances { speech_s, .. } = take.circumstances;
                (ends[0]..ends[1]).contains(&speech_s) && is_noisy(&take.circumstances) == noisy
            });
            let (mut takes, mut inside, mut sum) = (0usize, 0usize, 0.0);
            for take in class {
                let width = half_width(&take.circumstances);
                takes += 1;
                inside += usize::from((take.label - take.score).abs() <= width);
                sum += width;
            }
            if takes > 0 {
                cells.push(IntervalCell {
                    corpus: corpus.to_owned(),
                    noisy,
                    speech_s: [ends[0], ends[1]],
                    takes,
                    coverage: inside as f64 / takes as f64,
                    half_width: sum / takes as f64,
                });
            }
        }
    }
    cells
}

/// The table of these cells in Markdown.
pub fn interval_table(cells: &[IntervalCell]) -> String {
    let mut text = String::from(
        "| corpus | background | active speech, s | takes | labels inside | half-width |\n|---|---|---|---|---|---|\n",
    );
    for cell in cells {
        text += &format!(
            "| {} | {} | {} | {} | {:.0} % | ± {} |\n",
            cell.corpus,
            if cell.noisy { "noisy" } else { "clean" },
            range(cell.speech_s),
            cell.takes,
            100.0 * cell.coverage,
            fixed(cell.half_width, 2),
        );
    }
    text
}

/// How often pairs come in the order of their labels, of one corpus and class of distances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderCell {
    /// Short name of the corpus.
    pub corpus: String,
    /// Shortest and longest duration of the shorter one, in seconds of active speech.
    pub speech_s: [f64; 2],
    /// Least and largest distance of the scores.
    pub distance: [f64; 2],
    /// Pairs.
    pub pairs: usize,
    /// Mean probability that was predicted.
    pub predicted: f64,
    /// Share in which the higher score has the higher label.
    pub observed: f64,
}

/// How often pairs come in the order of their labels, beside what is predicted; each speaker with the same weight.
pub fn order_cells(corpus: &str, pairs: &[Pair], order: &Order) -> Vec<OrderCell> {
    let mut cells = Vec::new();
    for durations in CLASSES_S.windows(2) {
        for ends in DISTANCES.windows(2) {
            let mut speakers: BTreeMap<usize, [f64; 3]> = BTreeMap::new();
            for pair in pairs.iter().filter(|pair| {
                (ends[0]..ends[1]).contains(&pair.distance)
                    && (durations[0]..durations[1]).contains(&pair.shorter_s)
            }) {
                let [count, predicted, observed] = speakers.entry(pair.speaker).or_default();
                *count += 1.0;
                *predicted += order.probability(pair.distance, pair.shorter_s);
                *observed += f64::from(u8::from(pair.agrees));
            }
            let of = |part: usize| {
                let mut sum = 0.0;
                speakers.values().for_each(|sums| sum += sums[part] / sums[0]);
                sum / speakers.len() as f64
            };
            if !speakers.is_empty() {
                cells.push(OrderCell {
                    corpus: corpus.to_owned(),
                    speech_s: [durations[0], durations[1]],
                    distance: [ends[0], ends[1]],
                    pairs: speakers.values().map(|sums| sums[0] as usize).sum(),
                    predicted: of(1),
                    observed: of(2),
                });
            }
        }
    }
    cells
}

/// The table of these cells in Markdown.
pub fn order_table(cells: &[OrderCell]) -> String {
    let mut text = String::from(
        "| corpus | active speech of the shorter, s | distance of the scores | pairs | predicted | observed |\n\
         |---|---|---|---|---|---|\n",
    );
    for cell in cells {
        text += &format!(
            "| {} | {} | {} | {} | {:.0} % | {:.0} % |\n",
            cell.corpus,
            range(cell.speech_s),
            range(cell.distance),
            cell.pairs,
            100.0 * cell.predicted,
            100.0 * cell.observed,
        );
    }
    text
}

/// A range in words.
fn range([from, to]: [f64; 2]) -> String {
    if to.is_infinite() { format!("from {from}") } else { format!("{from}–{to}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(speaker: usize, label: f64, score: f64, speech_s: f64) -> ScoredTake {
        let circumstances = Circumstances { speech_s, snr_db: Some(if speaker == 9 { 3.0 } else { 40.0 }) };
        ScoredTake { corpus: 0, speaker, label, score, take: 0, circumstances }
    }

    #[test]
    fn interval_cells_count_each_class_by_itself() {
        let scored = [
            take(1, 3.0, 3.4, 1.0),
            take(1, 3.0, 3.6, 1.4),
            take(1, 3.0, 2.6, 2.0),
            take(1, 3.0, 3.1, 5.0),
            take(9, 3.0, 3.6, 5.0),
            take(1, 3.0, 3.0, 0.5),
        ];
        let is_noisy = |c: &Circumstances| c.snr_db < Some(10.0);
        let cells = interval_cells("c", &scored, |c| if c.speech_s < 2.0 { 0.5 } else { 0.3 }, is_noisy);
        let found: Vec<_> = cells.iter().map(|c| (c.noisy, c.speech_s[0], c.takes, c.coverage)).collect();
        assert_eq!(
            found,
            [(false, 0.8, 2, 0.5), (false, 1.5, 1, 0.0), (false, 3.0, 1, 1.0), (true, 3.0, 1, 0.0)]
        );
        assert_eq!((cells[0].half_width, cells[3].half_width), (0.5, 0.3));
        let table = interval_table(&cells);
        assert!(table.contains("| c | clean | 0.8–1.5 | 2 | 50 % | ± 0.50 |"), "{table}");
        assert!(table.contains("| c | noisy | from 3 | 1 | 0 % |"), "{table}");
    }

    #[test]
    fn pairs_are_of_one_voice_and_one_kind_of_take_and_their_labels_differ() {
        let other_kind = ScoredTake { take: CLEAN_TAKES[1], ..take(1, 5.0, 1.0, 1.0) };
        let noise = ScoredTake { take: 1, ..take(1, 5.0, 1.0, 1.0) };
        let scored = [
            take(1, 2.0, 2.5, 3.0),
            take(1, 2.0, 3.0, 1.0),
            take(1, 4.0, 2.75, 2.0),
            other_kind,
            noise,
            noise,
        ];
        assert!(!CLEAN_TAKES.contains(&1));
        let found: Vec<_> = pairs(&scored).iter().map(|p| (p.distance, p.agrees, p.shorter_s)).collect();
        assert_eq!(found, [(0.25, true, 2.0), (0.25, false, 1.0)]);
        assert_eq!(pairs(&[take(1, 2.0, 2.5, 3.0), take(2, 3.0, 3.0, 1.0)]), []);
    }

    #[test]
    fn order_cells_weigh_every_speaker_the_same() {
        let order = Order {
            speech_s: [1.0, 2.0, 3.0],
            slopes: [1.0; 3],
            speakers: 0,
            pairs: 0,
            method: String::new(),
        };
        let pair = |speaker, agrees| Pair { speaker, distance: 0.5, agrees, shorter_s: 2.0 };
        let pairs = [pair(1, true), pair(1, true), pair(1, false), pair(1, true), pair(2, false)];
        let cells = order_cells("c", &pairs, &order);
        assert_eq!(cells.len(), 1);
        assert_eq!((cells[0].pairs, cells[0].observed), (5, 0.375));
        assert!((cells[0].predicted - order.probability(0.5, 2.0)).abs() < 1e-12);
        assert!(order_table(&cells).contains("| c | 1.5–3 | 0.3–0.6 | 5 | 62 % | 38 % |"));
    }
}

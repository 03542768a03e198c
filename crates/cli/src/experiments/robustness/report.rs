//! The report on robustness: Markdown and CSV.

use std::fmt::Write as _;

use super::Robustness;
use super::compare::{ConditionResult, CorpusReport, SMALL_CHANGE};
use super::novelty::{FlagReport, SetReport};
use super::personal::BaselineGain;
use super::plan::Question;
use crate::numeric::decimal::{fixed, signed};
use crate::release::scored_takes::{interval_table, order_table};
use undertone::audio::checks::Flag;

/// All tables in Markdown.
pub fn markdown(robustness: &Robustness) -> String {
    let mut text = format!("Model: `{}`.\n", robustness.model);
    for corpus in &robustness.corpora {
        corpus_tables(corpus, &mut text);
    }
    if !robustness.novelty.is_empty() {
        novelty_table(&robustness.novelty, &mut text);
    }
    if !robustness.flags.is_empty() {
        flag_table(&robustness.flags, &mut text);
    }
    if !robustness.intervals.is_empty() {
        text += "\n## The interval by duration of the speech and background\n\n";
        text += &interval_table(&robustness.intervals);
    }
    if !robustness.orders.is_empty() {
        text += "\n## The order of two recordings of one voice\n\n";
        text += &order_table(&robustness.orders);
        text += "\nPairs of recordings, and of crops, of one speaker whose labels differ; every speaker with the same weight.\n";
    }
    if !robustness.personal.is_empty() {
        personal_table(&robustness.personal, &mut text);
    }
    text
}

// Writing to a string cannot fail, so results of `write!` are dropped in this module.

fn corpus_tables(report: &CorpusReport, text: &mut String) {
    let _ = writeln!(
        text,
        "\n## {} ({} labels, {} utterances)\n",
        report.corpus, report.labels, report.clean.utterances
    );
    *text += "| condition | Spearman | cost | labels inside the interval | unlike the training voices | without a score |\n\
              |---|---|---|---|---|---|\n";
    let robustness = report.conditions.iter().filter(|m| m.question == Question::Robustness);
    for m in std::iter::once(&report.clean).chain(robustness) {
        let number = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| fixed(v, 3));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.1} % | {:.1} % | {} |",
            m.condition,
            number(m.spearman),
            m.cost.map_or_else(|| "–".to_owned(), |v| signed(v, 3)),
            100.0 * m.coverage,
            100.0 * m.unlike_reference,
            m.lost
        );
    }
    let _ = write!(
        text,
        "\n| change of the score | median | 95 % below | largest | at most {SMALL_CHANGE} | without a score |\n\
         |---|---|---|---|---|---|\n"
    );
    let mut line = |name: &str, spread: &super::compare::Spread, lost: &str| {
        let _ = writeln!(
            text,
            "| {name} | {:.3} | {:.3} | {:.3} | {:.1} % | {lost} |",
            spread.median,
            spread.p95,
            spread.max,
            100.0 * spread.small
        );
    };
    for m in report.conditions.iter().filter(|m| matches!(m.question, Question::Level | Question::Edges)) {
        line(&m.condition, &m.change, &m.lost.to_string());
    }
    if let Some(stability) = &report.stability {
        let shifts = report.conditions.iter().filter(|m| m.question == Question::Stability).count();
        line(&format!("standard deviation over {shifts} shifts of 1–159 samples"), stability, "–");
    }
}

fn novelty_table(sets: &[SetReport], text: &mut String) {
    *text += "\n## Sounds that are no speech, and synthetic voices\n\n\
              | set | sounds | refused | not spoken | else unlike the training voices | flagged otherwise | not flagged |\n|---|---|---|---|---|---|---|\n";
    for set in sets {
        let _ = writeln!(
            text,
            "| {}{} | {} | {:.0} % | {:.0} % | {:.0} % | {:.0} % | {:.0} % |",
            set.set,
            if set.speech {
                " (speech)"
            } else if set.held_out {
                " (held out)"
            } else {
                ""
            },
            set.sounds,
            100.0 * set.refused,
            100.0 * set.not_spoken,
            100.0 * set.unlike_reference,
            100.0 * set.flagged_otherwise,
            100.0 * set.unnoticed
        );
    }
}

fn flag_table(reports: &[FlagReport], text: &mut String) {
    *text += "\n## Flags of recordings\n\n| recordings | condition | n | refused |";
    for flag in Flag::ALL {
        let _ = write!(text, " {flag} |");
    }
    *text += " any |\n";
    let _ = writeln!(text, "{}|", "|---".repeat(5 + Flag::ALL.len()));
    for report in reports {
        let _ = write!(
            text,
            "| {} | {} | {} | {:.1} % |",
            report.folder,
            report.condition,
            report.recordings,
            100.0 * report.refused
        );
        for flag in Flag::ALL {
            let share = report.flags.get(flag.name()).copied().unwrap_or_default();
            let _ = write!(text, " {:.1} % |", 100.0 * share);
        }
        let _ = writeln!(text, " {:.1} % |", 100.0 * report.any);
    }
}

fn personal_table(gains: &[BaselineGain], text: &mut String) {
    *text += "\n## Personal baseline from neutral utterances\n\n\
              | corpus | neutral utterances | speakers | tested on | raw | less the neutral mean score | features moved \
              | bias of a speaker, raw | less the neutral mean score | pairs in order, raw | features moved |\n\
              |---|---|---|---|---|---|---|---|---|---|---|\n";
    for g in gains {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} ± {:.3} ({}) | {} ± {:.3} ({}) | {} | {} | {:.1} % | {:.1} % |",
            g.corpus,
            g.neutral,
            g.speakers,
            g.utterances,
            fixed(g.raw, 3),
            fixed(g.score, 3),
            g.score_deviation,
            signed(g.score - g.raw, 3),
            fixed(g.features, 3),
            g.features_deviation,
            signed(g.features - g.raw, 3),
            fixed(g.bias, 2),
            fixed(g.bias_with_baseline, 2),
            100.0 * g.order,
            100.0 * g.order_of_features
        );
    }
    let draws = gains.first().map_or(0, |g| g.draws);
    let _ = writeln!(
        text,
        "\nSpearman's rank correlation over all speakers' other utterances; mean ± standard deviation of {draws} random draws, \
         in brackets the gain. Bias: mean over the speakers of |mean of score − label|. Pairs: of one speaker, labels differing; \
         to subtract a number from all scores of a speaker does not change their order."
    );
}

/// The conditions as CSV, one line per corpus and condition; what does not exist is left empty.
pub fn csv(corpora: &[CorpusReport]) -> String {
    let mut text = String::from(
        "corpus,labels,question,condition,utterances,lost,spearman,cost,coverage,unlike_reference,change_median,change_p95,\
         change_max,change_small\n",
    );
    for corpus in corpora {
        for m in std::iter::once(&corpus.clean).chain(&corpus.conditions) {
            csv_line(corpus, m, &mut text);
        }
    }
    text
}

fn csv_line(corpus: &CorpusReport, m: &ConditionResult, text: &mut String) {
    let number = |v: Option<f64>| v.map_or_else(String::new, |v| v.to_string());
    let question = match m.question {
        Question::Robustness => "robustness",
        Question::Level => "level",
        Question::Edges => "edges",
        Question::Stability => "stability",
    };
    let _ = writeln!(
        text,
        "{},{},{question},\"{}\",{},{},{},{},{},{},{},{},{},{}",
        corpus.corpus,
        corpus.labels,
        m.condition,
        m.utterances,
        m.lost,
        number(m.spearman),
        number(m.cost),
        m.coverage,
        m.unlike_reference,
        m.change.median,
        m.change.p95,
        m.change.max,
        m.change.small
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::corpora;
    use crate::experiments::robustness::compare::{compare, features_of};
    use crate::release::testing::trained;

    #[test]
    fn report_has_every_result() {
        let corpora = corpora(4, 12);
        let model = trained(&corpora, 1).model;
        let same = features_of(&corpora[0]);
        let under = [
            (Question::Robustness, "fog, thick".to_owned(), same.clone()),
            (Question::Level, "louder".to_owned(), same.clone()),
            (Question::Stability, "one".to_owned(), same.clone()),
            (Question::Stability, "two".to_owned(), same),
        ];
        let report = compare(&model, &corpora[0], &under);
        let set = SetReport {
            set: "bells",
            speech: false,
            held_out: true,
            sounds: 8,
            refused: 0.25,
            not_spoken: 0.25,
            unlike_reference: 0.25,
            flagged_otherwise: 0.125,
            unnoticed: 0.125,
        };
        let flags = FlagReport {
            folder: "choir".into(),
            condition: "clean".into(),
            recordings: 7,
            refused: 0.0,
            flags: [("short", 0.125), ("not_spoken", 0.5)].into(),
            any: 0.5,
        };
        let robustness = Robustness {
            model: "abc".into(),
            corpora: vec![report],
            novelty: vec![set],
            flags: vec![flags],
            ..Robustness::default()
        };
        let text = markdown(&robustness);
        for part in [
            "`abc`",
            "## c0 (human labels, 48 utterances)",
            "| louder | 0.000 | 0.000 | 0.000 | 100.0 % | 0 |",
            "over 2 shifts",
            "| bells (held out) | 8 | 25 % | 25 % | 25 % | 12 % | 12 % |",
            "| choir | clean | 7 | 0.0 % | 12.5 % | 0.0 % |",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        let fog = text.lines().find(|line| line.starts_with("| fog, thick |")).unwrap();
        assert_eq!(fog.split(" | ").nth(2), Some("0.000"), "no cost: {fog}");
        assert!(!text.contains("Personal baseline"));
        let table = csv(&robustness.corpora);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), &rows[1][3], &rows[1][7]), (5, "fog, thick", "0"));
    }
}

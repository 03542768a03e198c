//! The report of the attribution analysis (Markdown).

use std::fmt::Write;

use super::classes::{ClassTable, SIGNIFICANCE};
use super::findings::findings;
use super::measure::{MethodAttributions, describe_readout};
use super::rank_tests::SMALLEST_CLASS;
use super::{Output, View};
use crate::learn::fit::Recipe;
use crate::numeric::decimal::fixed;
use crate::numeric::statistics::mean_and_deviation;
use undertone::attribution::groups::Group;
use undertone::model::{Architecture, Objective};

/// How the results were obtained.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Names of the corpora that were trained on.
    pub sources: Vec<String>,
    /// Names of the corpora that were not.
    pub targets: Vec<String>,
    /// The recipe, whatever its objective.
    pub recipe: &'a Recipe,
    /// One network per seed and objective.
    pub seeds: &'a [u64],
}

/// A figure and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// File name, beside the report.
    pub file: String,
    /// Its text alternative.
    pub title: String,
}

/// The report.
pub fn report(
    setting: &Setting<'_>,
    measured: &[MethodAttributions],
    tables: &[ClassTable],
    figures: &[Figure],
) -> String {
    let mut text = String::from("# Attribution analysis\n\n");
    write_setting(&mut text, setting);
    write_findings(&mut text, measured);
    write_amplitudes(&mut text, measured);
    text.push_str("\n## Figures\n");
    for Figure { file, title } in figures {
        let _ = write!(text, "\n![{title}]({file})\n");
    }
    text.push_str("\n## Groups and emotions\n\n");
    let _ = writeln!(
        text,
        "Mean |φ| per emotion. Groups in which emotions do not differ (Kruskal–Wallis, Holm-corrected over the 27 groups, \
         p ≥ {SIGNIFICANCE}) are set to 0, as in Das et al.; the table `attribution-classes.csv` has their means, the raw \
         figures and the other output too."
    );
    let shown = View { output: Output::MeanLatent, normalised: true };
    for table in tables.iter().filter(|table| table.view == shown) {
        write_classes(&mut text, table);
    }
    text
}

fn write_setting(text: &mut String, setting: &Setting<'_>) {
    let architecture = match setting.recipe.architecture {
        Architecture::Dae => "denoising autoencoder",
        Architecture::Vae => "variational autoencoder",
    };
    let seeds = setting.seeds.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        text,
        "Trained on {}; held out: {}. Networks per objective: {} ({architecture}, {} epochs, seeds {seeds}).\n\n\
         φ of a feature is its exact path-integrated gradient from the average training voice; a group’s φ is the sum \
         of its members’. Shown is |φ| of groups, averaged over networks first, so that every utterance counts \
         once. Classes with fewer than {SMALLEST_CLASS} utterances are left out. Utterances of one speaker are not \
         independent, so the probabilities are too small.\n\n\
         Two outputs are looked at, because Das et al. do not say which they used:\n",
        setting.sources.join(", "),
        if setting.targets.is_empty() { "nothing".to_owned() } else { setting.targets.join(", ") },
        setting.seeds.len(),
        setting.recipe.epochs,
    );
    let _ = writeln!(
        text,
        "* `mean-latent`: the {}; for Unsupervised and Metric-cluster its scale and sign are arbitrary.",
        describe_readout(Objective::Unsupervised, Output::MeanLatent)
    );
    let _ = writeln!(
        text,
        "* `score`: the activation (arousal) score, for metric-act {}, for the other objectives {}.",
        describe_readout(Objective::MetricAct, Output::Score),
        describe_readout(Objective::Unsupervised, Output::Score)
    );
    text.push_str(
        "\n`raw` figures are in units of the output; `normalised` ones are divided by the output’s standard deviation over \
         the training corpora. Speech from folders was brought to one active speech level before extraction, so loudness \
         and sound level carry less information than in Das et al.\n",
    );
}

fn write_findings(text: &mut String, measured: &[MethodAttributions]) {
    text.push_str(
        "\n## The findings of Das et al.\n\n| | finding | mean latent | score |\n|---|---|---|---|\n",
    );
    let (latent, score) = (findings(measured, Output::MeanLatent), findings(measured, Output::Score));
    for (k, (a, b)) in latent.iter().zip(&score).enumerate() {
        let _ = writeln!(text, "| {} | {} | {} | {} |", k + 1, a.claim, a.verdict.name(), b.verdict.name());
    }
    text.push_str(
        "\nOnly held-out corpora count. A pair of methods is in order if a sign test over the networks says so (p < .05); \
         named groups must have larger shares of the significant change than the others (Mann–Whitney, p < .05); \
         Metric-cluster must change least on every corpus, raw and normalised.\n",
    );
    for (k, (a, b)) in latent.iter().zip(&score).enumerate() {
        let _ = write!(text, "\n### {}. {}\n", k + 1, a.claim);
        for (name, finding) in [("Mean latent", a), ("Score", b)] {
            let _ = writeln!(text, "\n{name}: **{}**\n", finding.verdict.name());
            for line in &finding.evidence {
                let _ = writeln!(text, "* {line}");
            }
        }
    }
}

fn write_amplitudes(text: &mut String, measured: &[MethodAttributions]) {
    text.push_str("\n## Amplitudes\n\nMean |φ| over utterances and groups, mean ± sd over networks.\n\n| corpus | method |");
    for view in View::ALL {
        let _ = write!(text, " {} |", view.name());
    }
    text.push_str("\n|---|---|---|---|---|---|\n");
    for m in measured {
        let role = if m.is_source { " (trained on)" } else { "" };
        let _ = write!(text, "| {}{role} | {} |", m.corpus, m.objective.name());
        for view in View::ALL {
            let (mean, deviation) = mean_and_deviation(&m.view(view).amplitudes);
            let _ = write!(text, " {mean:.4} ± {deviation:.4} |");
        }
        text.push('\n');
    }
}

fn write_classes(text: &mut String, table: &ClassTable) {
    let role = if table.is_source { ", trained on" } else { "" };
    let _ = write!(
        text,
        "\n### {}{role}: {} ({}, {})\n\n| group |",
        table.corpus,
        table.objective.name(),
        table.view.name(),
        table.view.unit()
    );
    for (emotion, count) in &table.emotions {
        let _ = write!(text, " {} ({count}) |", emotion.name());
    }
    let _ = writeln!(text, " p (Holm) |\n|---|{}---|", "---|".repeat(table.emotions.len()));
    for (row, group) in table.groups.iter().zip(Group::ALL) {
        let _ = write!(text, "| {} |", group.name());
        for value in row.significant_means() {
            let _ = if value == 0.0 { write!(text, " 0 |") } else { write!(text, " {} |", fixed(value, 3)) };
        }
        let _ = match row.p_holm {
            Some(p) if p < 0.001 => writeln!(text, " < .001 |"),
            Some(p) => writeln!(text, " {p:.3} |"),
            None => writeln!(text, " |"),
        };
    }
    for (emotion, count) in &table.left_out {
        let _ = writeln!(text, "\nLeft out: {} ({count}).", emotion.name());
    }
}

#[cfg(test)]
mod tests {
    use super::super::classes::class_table;
    use super::super::testing::measured;
    use super::*;
    use crate::data::emotion::Emotion;

    #[test]
    fn report_has_data_verdicts_and_every_table() {
        let counts = [(Emotion::Anger, 9), (Emotion::Neutral, 9), (Emotion::Fear, 2)];
        let data: Vec<MethodAttributions> =
            Objective::ALL.into_iter().map(|objective| measured(objective, &counts, |_, _| 1.0)).collect();
        let tables: Vec<ClassTable> =
            data.iter().flat_map(|m| View::ALL.map(|view| class_table(m, view))).collect();
        let recipe = Recipe::published();
        let setting = Setting {
            sources: vec!["one".to_owned()],
            targets: vec!["made-up".to_owned()],
            recipe: &recipe,
            seeds: &[4, 13],
        };
        let figure = Figure { file: "a.svg".to_owned(), title: "A".to_owned() };
        let text = report(&setting, &data, &tables, &[figure]);
        assert!(text.contains("Trained on one; held out: made-up. Networks per objective: 2"));
        assert!(text.contains("| 1 | Amplitude, raw"));
        assert_eq!(text.matches("\n### made-up: ").count(), 4);
        assert_eq!(text.matches("Left out: fear (2).").count(), 4);
        assert!(text.contains("![A](a.svg)"));
        // Every table has as many cells in every row as in its header.
        let mut cells = 0;
        for line in text.lines() {
            let count = line.matches(" |").count() + line.matches("---|").count();
            if !line.starts_with('|') {
                cells = 0;
            } else if cells == 0 {
                cells = count;
            } else {
                assert_eq!(count, cells, "{line}");
            }
        }
    }
}

//! The tables of a replication: Markdown, CSV and JSON. The same statistics give the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::corpora::{Corpora, LabelledSet};
use super::error::ReplicationError;
use super::measures::RESAMPLINGS;
use super::plan::{Grouping, Plan, Scaling};
use super::published::{CITATION, CORPORA, published_values};
use super::summary::{IN_DOMAIN, Measure, Statistic};
use crate::io::names::guarded;
use crate::io::table::{csv_writer, quoted};
use crate::numeric::decimal::fixed;
use undertone::model::{Architecture, Objective};

/// The statistics as CSV, one per line.
///
/// # Errors
/// [`ReplicationError::Csv`].
pub fn csv(statistics: &[Statistic]) -> Result<Vec<u8>, ReplicationError> {
    let mut writer = csv_writer(Vec::new());
    writer.write_record([
        "grouping",
        "recipe",
        "scaling",
        "architecture",
        "method",
        "test_set",
        "measure",
        "runs",
        "mean",
        "deviation",
        "of_mean_score",
        "interval_low",
        "interval_high",
    ])?;
    let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
    for f in statistics {
        let text = |text: &str| quoted(guarded(text.to_owned()));
        writer.write_record([
            f.grouping.map_or("", Grouping::name).to_owned(),
            text(f.recipe.as_deref().unwrap_or("")),
            f.scaling.map_or("", Scaling::name).to_owned(),
            text(f.architecture.as_deref().unwrap_or("")),
            text(&f.method),
            text(&f.test_set),
            f.measure.name().to_owned(),
            f.runs.to_string(),
            f.mean.to_string(),
            f.deviation.to_string(),
            number(f.of_mean_score),
            number(f.interval.map(|i| i[0])),
            number(f.interval.map(|i| i[1])),
        ])?;
    }
    writer.into_inner().map_err(|error| ReplicationError::Csv(error.into_error().into()))
}

#[derive(Serialize)]
struct Document<'a> {
    program: String,
    source: CorpusEntry,
    targets: Vec<CorpusEntry>,
    seeds: &'a [u64],
    folds: usize,
    recipes: Vec<(&'a str, String)>,
    statistics: &'a [Statistic],
}

#[derive(Serialize)]
struct CorpusEntry {
    id: String,
    labels: &'static str,
    utterances: usize,
    speakers: usize,
}

impl CorpusEntry {
    fn of(target: &LabelledSet) -> CorpusEntry {
        let speakers: BTreeSet<usize> = target.data.utterances.iter().map(|u| u.speaker).collect();
        CorpusEntry {
            id: target.id.clone(),
            labels: target.labels.name(),
            utterances: target.data.len(),
            speakers: speakers.len(),
        }
    }
}

/// The replication as JSON.
///
/// # Errors
/// [`ReplicationError::Json`].
pub fn json(corpora: &Corpora, plan: &Plan, statistics: &[Statistic]) -> Result<Vec<u8>, ReplicationError> {
    let document = Document {
        program: format!("undertone {}", undertone::VERSION),
        source: CorpusEntry::of(&corpora.source),
        targets: corpora.targets.iter().map(CorpusEntry::of).collect(),
        seeds: &plan.seeds,
        folds: plan.folds,
        recipes: plan.recipes.iter().map(|(name, recipe)| (name.as_str(), format!("{recipe:?}"))).collect(),
        statistics,
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The tables in Markdown.
pub fn markdown(corpora: &Corpora, plan: &Plan, statistics: &[Statistic]) -> String {
    let mut text = String::from(
        "# Replication of Das et al. (2022)\n\n\
         How well models follow labels of activation (arousal), and tell emotions apart, on speech that they were not \
         trained on.\n\n",
    );
    text += &corpora_table(corpora);
    let runs = plan.seeds.len() * plan.folds;
    let _ = write!(
        text,
        "\nSeeds {}; {} folds each: {runs} runs per method. A run trains on the source without one fold and measures on that \
         fold (“{IN_DOMAIN}”) and on every target. `stratified` folds keep the shares of emotions and split speakers, as \
         in Das et al.; `speaker` folds never share a speaker.\n\n\
         A cell: mean ± standard deviation over runs, in brackets the 95 % interval over speakers (bootstrap, \
         {RESAMPLINGS} draws) of the mean over runs: for Spearman that of the utterances' mean scores, so it need not \
         lie around the mean of single runs. Few speakers make it rough.\n\n\
         Baselines: **ridge** on the 88 features (± 3 deviations, penalty chosen by rank on corpora and speakers left out of the training part; \
         for accuracy a linear classifier on the same 88), the **best single feature** of the training part, the \
         **oracle** that predicts the mean label of the acted emotion (1 by definition where labels derive from \
         emotions), and **chance** (labels permuted, or latents drawn at random; in brackets the middle 95 % of the \
         draws). A baseline's axis is its score. The values of Das et al. come from {CITATION}; their source is \
         IEMOCAP, so their column “{IN_DOMAIN}” is IEMOCAP's.\n",
        plan.seeds.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
        plan.folds,
    );
    for (recipe, _) in &plan.recipes {
        for &scaling in &plan.scalings {
            for &grouping in &plan.groupings {
                let _ = write!(
                    text,
                    "\n## Recipe `{recipe}`, scaling `{}`, folds `{}`\n",
                    scaling.name(),
                    grouping.name()
                );
                for measure in Measure::ALL {
                    // It is in the cells of the axis.
                    if measure != Measure::AxisAbsolute {
                        text += &table(corpora, plan, statistics, (recipe, scaling, grouping), measure);
                    }
                }
            }
        }
    }
    text
}

fn corpora_table(corpora: &Corpora) -> String {
    let mut text =
        String::from("| corpus | role | labels | utterances | speakers |\n|---|---|---|---|---|\n");
    let roles = std::iter::once("source").chain(std::iter::repeat("target"));
    for (target, role) in std::iter::once(&corpora.source).chain(&corpora.targets).zip(roles) {
        let entry = CorpusEntry::of(target);
        let _ = writeln!(
            text,
            "| {} | {role} | {} | {} | {} |",
            entry.id, entry.labels, entry.utterances, entry.speakers
        );
    }
    text
}

fn heading(measure: Measure) -> &'static str {
    match measure {
        Measure::Axis | Measure::AxisAbsolute => {
            "Spearman with activation, `axis`: the mean latent coordinate. Its sign is arbitrary for Unsupervised and \
             Metric-cluster, so their mean |ρ| is given too; their brackets are of axes whose sign is chosen on the \
             training part"
        }
        Measure::Transfer => {
            "Spearman with activation, `transfer`: a linear readout fitted on the training part's latents"
        }
        Measure::Supervised => {
            "Spearman with activation, `supervised`: the same encoder, the readout fitted on the test set's own labels in \
             the other folds"
        }
        Measure::Accuracy => {
            "Balanced accuracy, neutral – sadness – happiness – anger: linear support-vector classifier, C = 1, on the \
             latent, trained on the training part; over the classes that a test set has"
        }
        Measure::R2Activation => "Adjusted R² of activation on the latent",
        Measure::R2Valence => "Adjusted R² of valence on the latent",
        Measure::Distance => "Bhattacharyya distance of the latents to those of the training part",
    }
}

fn table(
    corpora: &Corpora,
    plan: &Plan,
    statistics: &[Statistic],
    (recipe, scaling, grouping): (&str, Scaling, Grouping),
    measure: Measure,
) -> String {
    let test_sets: Vec<&str> =
        std::iter::once(IN_DOMAIN).chain(corpora.targets.iter().map(|t| t.id.as_str())).collect();
    let mut text = format!("\n{}.\n\n| method |", heading(measure));
    test_sets.iter().for_each(|name| text += &format!(" {name} |"));
    text += "\n|---|";
    test_sets.iter().for_each(|_| text += "---|");
    text.push('\n');

    let find = |method: &str, architecture: Option<Architecture>, test_set: &str, measure: Measure| {
        statistics.iter().find(|f| {
            let fits_run = f.grouping.is_none_or(|g| g == grouping) && f.scaling.is_none_or(|s| s == scaling);
            let fits_network = match architecture {
                Some(architecture) => {
                    f.architecture.as_deref() == Some(architecture.name())
                        && f.recipe.as_deref() == Some(recipe)
                }
                None => f.architecture.is_none(),
            };
            fits_run
                && fits_network
                && (f.method.as_str(), f.test_set.as_str(), f.measure) == (method, test_set, measure)
        })
    };
    let mut row = |title: &str, method: &str, architecture: Option<Architecture>| {
        text += &format!("| {title} |");
        for test_set in &test_sets {
            let absolute = matches!(method, "unsupervised" | "metric-cluster")
                .then(|| find(method, architecture, test_set, Measure::AxisAbsolute))
                .flatten()
                .filter(|_| measure == Measure::Axis);
            text += &match find(method, architecture, test_set, measure) {
                Some(statistic) => format!(" {} |", cell(statistic, absolute)),
                None => " – |".to_owned(),
            };
        }
        text.push('\n');
    };
    for &architecture in &plan.architectures {
        for &objective in &plan.objectives {
            let title = format!("{}, {}", objective.name(), architecture.name().to_uppercase());
            row(&title, objective.name(), Some(architecture));
        }
    }
    for (title, method) in [
        ("*ridge, 88 features*", "ridge"),
        ("*best single feature*", "single"),
        ("*oracle: mean of the emotion*", "oracle"),
        ("*chance*", "chance"),
    ] {
        row(title, method, None);
    }
    for objective in Objective::ALL {
        text += &published_row(measure, objective, &test_sets);
    }
    text
}

/// The values of Das et al. for these test sets; empty where none is published.
fn published_row(measure: Measure, objective: Objective, test_sets: &[&str]) -> String {
    let Some(values) = published_values(measure, objective) else { return String::new() };
    let mut text = format!("| Das et al.: {} |", objective.name());
    for test_set in test_sets {
        let corpus = if *test_set == IN_DOMAIN { CORPORA[0] } else { test_set };
        let value = CORPORA.iter().position(|&c| c == corpus).and_then(|at| values[at]);
        text += &match value {
            Some((mean, Some(deviation))) => format!(" {mean:.2} ± {deviation:.2} |"),
            Some((mean, None)) => format!(" {mean:.2} |"),
            None => " – |".to_owned(),
        };
    }
    text.push('\n');
    text
}

fn cell(statistic: &Statistic, absolute: Option<&Statistic>) -> String {
    let mut text = fixed(statistic.mean, 3);
    if statistic.runs > 1 {
        let _ = write!(text, " ± {:.3}", statistic.deviation);
    }
    if let Some(absolute) = absolute {
        let _ = write!(text, ", \\|ρ\\| {:.3} ± {:.3}", absolute.mean, absolute.deviation);
    }
    if let Some([low, high]) = statistic.interval {
        let _ = write!(text, " [{}, {}]", fixed(low, 2), fixed(high, 2));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::replicate::replicate;
    use super::super::run_store::RunStore;
    use super::super::summary::summarise;
    use super::super::testing;
    use super::*;

    #[test]
    fn report_tables_have_methods_baselines_and_published_values() {
        let (mut corpora, plan) = (testing::corpora(6, 12), testing::plan());
        corpora.targets[0].id = "emodb".into();
        let plan = Plan { groupings: Grouping::ALL.to_vec(), scalings: Scaling::ALL.to_vec(), ..plan };
        let folder = tempfile::tempdir().unwrap();
        let results = replicate(&corpora, &plan, &RunStore::open(folder.path()).unwrap(), &|_| ()).unwrap();
        let statistics = summarise(&corpora, &plan, &results);
        let text = markdown(&corpora, &plan, &statistics);
        let tables: Vec<&str> = text.split("| method |").skip(1).collect();
        assert_eq!(tables.len(), 2 * 2 * 7);
        for table in &tables {
            for name in [
                "unsupervised, DAE",
                "metric-cluster, DAE",
                "metric-act, DAE",
                "metric-val, DAE",
                "ridge",
                "best single",
                "oracle",
                "chance",
            ] {
                assert_eq!(table.matches(name).count(), 1, "{name}: {table}");
            }
            let columns: Vec<usize> = table
                .lines()
                .filter(|l| l.starts_with('|'))
                .map(|l| l.replace("\\|", "").matches('|').count())
                .collect();
            assert!(columns.iter().all(|&c| c == 4), "{table}");
        }
        assert!(
            tables[1].contains("| Das et al.: metric-act | 0.76 ± 0.05 | 0.53 ± 0.08 |"),
            "{}",
            tables[1]
        );
        assert!(!tables[6].contains("Das et al."));

        let csv = String::from_utf8(csv(&statistics).unwrap()).unwrap();
        assert_eq!(csv.lines().count(), statistics.len() + 1);
        let json: serde_json::Value =
            serde_json::from_slice(&json(&corpora, &plan, &statistics).unwrap()).unwrap();
        assert_eq!(json["statistics"].as_array().unwrap().len(), statistics.len());
        assert_eq!(json["source"]["speakers"], 6);
    }
}

//! The study's tables: Markdown for people, CSV and JSON for programs. The same figures give the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::check::StudyError;
use super::measures::RESAMPLINGS;
use super::plan::{Grouping, Plan, Scaling};
use super::published::{CITATION, CORPORA, figures as published};
use super::summary::{Figure, IN_DOMAIN, Measure};
use super::{Material, Target};
use undertone::model::{Architecture, Objective};

/// The figures as CSV, one per line.
///
/// # Errors
/// [`StudyError::Csv`].
pub fn csv(figures: &[Figure]) -> Result<Vec<u8>, StudyError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "grouping",
        "recipe",
        "scaling",
        "architecture",
        "method",
        "place",
        "measure",
        "runs",
        "mean",
        "deviation",
        "of_mean_score",
        "interval_low",
        "interval_high",
    ])?;
    let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
    for f in figures {
        writer.write_record([
            f.grouping.map_or("", Grouping::name),
            f.recipe.as_deref().unwrap_or(""),
            f.scaling.map_or("", Scaling::name),
            f.architecture.as_deref().unwrap_or(""),
            &f.method,
            &f.place,
            f.measure.name(),
            &f.runs.to_string(),
            &f.mean.to_string(),
            &f.deviation.to_string(),
            &number(f.of_mean_score),
            &number(f.interval.map(|i| i[0])),
            &number(f.interval.map(|i| i[1])),
        ])?;
    }
    writer.into_inner().map_err(|error| StudyError::Csv(error.into_error().into()))
}

#[derive(Serialize)]
struct Document<'a> {
    program: String,
    source: Facts,
    targets: Vec<Facts>,
    seeds: &'a [u64],
    folds: usize,
    recipes: Vec<(&'a str, String)>,
    figures: &'a [Figure],
}

#[derive(Serialize)]
struct Facts {
    id: String,
    labels: &'static str,
    utterances: usize,
    speakers: usize,
}

impl Facts {
    fn of(target: &Target) -> Facts {
        let speakers: BTreeSet<usize> = target.data.utterances.iter().map(|u| u.speaker).collect();
        Facts {
            id: target.id.clone(),
            labels: target.labels.name(),
            utterances: target.data.len(),
            speakers: speakers.len(),
        }
    }
}

/// The study as JSON.
///
/// # Errors
/// [`StudyError::Json`].
pub fn json(material: &Material, plan: &Plan, figures: &[Figure]) -> Result<Vec<u8>, StudyError> {
    let document = Document {
        program: format!("undertone {}", undertone::VERSION),
        source: Facts::of(&material.source),
        targets: material.targets.iter().map(Facts::of).collect(),
        seeds: &plan.seeds,
        folds: plan.folds,
        recipes: plan.recipes.iter().map(|(name, recipe)| (name.as_str(), format!("{recipe:?}"))).collect(),
        figures,
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The study's tables in Markdown.
pub fn markdown(material: &Material, plan: &Plan, figures: &[Figure]) -> String {
    let mut text = String::from("# The study, side by side\n\n");
    text += &material_table(material);
    let runs = plan.seeds.len() * plan.folds;
    let _ = write!(
        text,
        "\nSeeds {}; {} folds each: {runs} runs per method. A run trains on the source without one fold and measures on that \
         fold (“{IN_DOMAIN}”) and on every target. `stratified` folds keep the shares of emotions and split speakers, as \
         in the study; `speaker` folds never share a speaker.\n\n\
         A cell: mean ± standard deviation over runs, in brackets the 95 % interval over speakers (bootstrap, \
         {RESAMPLINGS} draws) of the mean over runs: for Spearman that of the utterances' mean scores, so it need not \
         lie around the mean of single runs. Few speakers make it rough.\n\n\
         Baselines: **ridge** on the 88 features (± 3 deviations, penalty chosen in speaker folds of the training part; \
         for accuracy a linear classifier on the same 88), the **best single feature** of the training part, the \
         **oracle** that knows the acted emotion and says its mean label (1 by definition where labels derive from \
         emotions), and **chance** (labels permuted, or latents drawn at random; in brackets the middle 95 % of the \
         draws). A baseline's axis is its score. Figures of the study itself come from {CITATION}; its source is \
         IEMOCAP, so its column “{IN_DOMAIN}” is IEMOCAP's.\n",
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
                    // It stands in the cells of the axis.
                    if measure != Measure::AxisAbsolute {
                        text += &table(material, plan, figures, (recipe, scaling, grouping), measure);
                    }
                }
            }
        }
    }
    text
}

fn material_table(material: &Material) -> String {
    let mut text =
        String::from("| corpus | role | labels | utterances | speakers |\n|---|---|---|---|---|\n");
    let roles = std::iter::once("source").chain(std::iter::repeat("target"));
    for (target, role) in std::iter::once(&material.source).chain(&material.targets).zip(roles) {
        let facts = Facts::of(target);
        let _ = writeln!(
            text,
            "| {} | {role} | {} | {} | {} |",
            facts.id, facts.labels, facts.utterances, facts.speakers
        );
    }
    text
}

fn heading(measure: Measure) -> &'static str {
    match measure {
        Measure::Axis | Measure::AxisAbsolute => {
            "Spearman with activation, `axis`: the mean latent coordinate. Its sign is arbitrary for Unsupervised and \
             Metric-cluster, so their mean |ρ| stands there too; their brackets are of axes turned upwards on the training \
             part"
        }
        Measure::Transfer => {
            "Spearman with activation, `transfer`: a linear readout fitted on the training part's latents"
        }
        Measure::Supervised => {
            "Spearman with activation, `supervised`: the same encoder, the readout fitted on the place's own labels in \
             the other folds"
        }
        Measure::Accuracy => {
            "Balanced accuracy, neutral – sadness – happiness – anger: linear support-vector classifier, C = 1, on the \
             latent, trained on the training part; over the classes that a place has"
        }
        Measure::R2Activation => "Adjusted R² of activation on the latent",
        Measure::R2Valence => "Adjusted R² of valence on the latent",
        Measure::Distance => "Bhattacharyya distance of the latent cloud to the training part's",
    }
}

fn table(
    material: &Material,
    plan: &Plan,
    figures: &[Figure],
    (recipe, scaling, grouping): (&str, Scaling, Grouping),
    measure: Measure,
) -> String {
    let places: Vec<&str> =
        std::iter::once(IN_DOMAIN).chain(material.targets.iter().map(|t| t.id.as_str())).collect();
    let mut text = format!("\n{}.\n\n| method |", heading(measure));
    places.iter().for_each(|place| text += &format!(" {place} |"));
    text += "\n|---|";
    places.iter().for_each(|_| text += "---|");
    text.push('\n');

    let find = |method: &str, architecture: Option<Architecture>, place: &str, measure: Measure| {
        figures.iter().find(|f| {
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
                && (f.method.as_str(), f.place.as_str(), f.measure) == (method, place, measure)
        })
    };
    let mut row = |title: &str, method: &str, architecture: Option<Architecture>| {
        text += &format!("| {title} |");
        for place in &places {
            let absolute = matches!(method, "unsupervised" | "metric-cluster")
                .then(|| find(method, architecture, place, Measure::AxisAbsolute))
                .flatten()
                .filter(|_| measure == Measure::Axis);
            text += &match find(method, architecture, place, measure) {
                Some(figure) => format!(" {} |", cell(figure, absolute)),
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
        text += &study_row(measure, objective, &places);
    }
    text
}

/// The study's own figures for these places; nothing where it has none.
fn study_row(measure: Measure, objective: Objective, places: &[&str]) -> String {
    let Some(figures) = published(measure, objective) else { return String::new() };
    let mut text = format!("| the study: {} |", objective.name());
    for place in places {
        let corpus = if *place == IN_DOMAIN { CORPORA[0] } else { place };
        let figure = CORPORA.iter().position(|&c| c == corpus).and_then(|at| figures[at]);
        text += &match figure {
            Some((mean, Some(deviation))) => format!(" {mean:.2} ± {deviation:.2} |"),
            Some((mean, None)) => format!(" {mean:.2} |"),
            None => " – |".to_owned(),
        };
    }
    text.push('\n');
    text
}

fn cell(figure: &Figure, absolute: Option<&Figure>) -> String {
    let mut text = if figure.runs > 1 {
        format!("{:.3} ± {:.3}", figure.mean, figure.deviation)
    } else {
        format!("{:.3}", figure.mean)
    };
    if let Some(absolute) = absolute {
        let _ = write!(text, ", \\|ρ\\| {:.3} ± {:.3}", absolute.mean, absolute.deviation);
    }
    if let Some([low, high]) = figure.interval {
        let _ = write!(text, " [{low:.2}, {high:.2}]");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::keep::Keep;
    use super::super::summary::summarise;
    use super::super::{study, testing};
    use super::*;

    #[test]
    fn every_table_has_the_methods_the_baselines_and_the_study() {
        let (mut material, plan) = (testing::material(6, 12), testing::plan());
        material.targets[0].id = "emodb".into();
        let plan = Plan { groupings: Grouping::ALL.to_vec(), scalings: Scaling::ALL.to_vec(), ..plan };
        let folder = tempfile::tempdir().unwrap();
        let results = study(&material, &plan, &Keep::open(folder.path()).unwrap(), &|_| ()).unwrap();
        let figures = summarise(&material, &plan, &results);
        let text = markdown(&material, &plan, &figures);
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
        assert!(tables[1].contains("| the study: metric-act | 0.76 ± 0.05 | 0.53 ± 0.08 |"), "{}", tables[1]);
        assert!(!tables[6].contains("the study"));

        let csv = String::from_utf8(csv(&figures).unwrap()).unwrap();
        assert_eq!(csv.lines().count(), figures.len() + 1);
        let json: serde_json::Value =
            serde_json::from_slice(&json(&material, &plan, &figures).unwrap()).unwrap();
        assert_eq!(json["figures"].as_array().unwrap().len(), figures.len());
        assert_eq!(json["source"]["speakers"], 6);
    }
}

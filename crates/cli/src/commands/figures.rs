//! `undertone figures`: the attribution analysis of Das et al. (2022), and latents, as figures and tables in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::CommandError;
use super::names::{architecture_names, parse_architecture};
use super::read_corpora;
use super::sources::{CorpusOptions, Source};
use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use crate::data::emotion::Emotion;
use crate::experiments::attribution_analysis::classes::{ClassTable, class_table, contrast};
use crate::experiments::attribution_analysis::measure::{MethodAttributions, measure};
use crate::experiments::attribution_analysis::report::{Figure, Setting, report};
use crate::experiments::attribution_analysis::{Output, View, tables};
use crate::experiments::figures::{Heading, attributions, latents};
use crate::experiments::replication::plan;
use crate::io::batch::Outcome;
use crate::io::names::shown;
use crate::io::{WriteError, output, terminal};
use crate::learn::fit::{FitError, FittedNetwork, Recipe, fit};
use undertone::attribution::groups::Group;
use undertone::chart::{ChartError, density::Density, palette::Palette, svg};
use undertone::model::{Architecture, Objective};

/// Trains all four objectives and draws attributions and latents.
///
/// Writes SVG figures, CSV tables and a report (attribution.md) that tests the findings of Das et al. (2022) one by one. The
/// same data, program and options give the same bytes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table; may be given several times
    #[arg(long = "source", value_name = "SOURCE", required = true)]
    sources: Vec<Source>,
    /// Test corpus, named in the same way; may be given several times
    #[arg(long = "target", value_name = "SOURCE", required = true)]
    targets: Vec<Source>,
    #[command(flatten)]
    options: CorpusOptions,
    /// Folder for figures, tables and report
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Networks per objective, each with its own seed; findings about amplitudes need five or more
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=1000))]
    seeds: u64,
    #[arg(
        long,
        alias = "family",
        value_name = "NAME",
        default_value = "dae",
        value_parser = parse_architecture,
        help = format!("Kind of autoencoder, denoising or variational: {}", architecture_names())
    )]
    architecture: Architecture,
    /// Passes over the data [default: those of Das et al.]
    #[arg(long)]
    epochs: Option<usize>,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used or something cannot be drawn or written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let sources = read_corpora::read(&args.sources, &args.options)?;
    let targets = read_corpora::read_labelled(&args.targets, &args.options)?;
    fs::create_dir_all(&args.output).map_err(|source| WriteError::failed(&args.output, source))?;
    let published = Recipe::published();
    let recipe = Recipe {
        architecture: args.architecture,
        epochs: args.epochs.unwrap_or(published.epochs),
        ..published
    };
    let seeds = plan::seeds(args.seeds as usize);
    let (source, _) = join(&sources.iter().collect::<Vec<_>>());
    let methods = train(&source, &recipe, &seeds)?;
    // Calm reading is trained on where the recipe asks for it; without emotions there is nothing to draw of it.
    let labelled: Vec<&Corpus> = sources.iter().filter(|corpus| !corpus.rows.is_empty()).collect();
    let measured = measure_all(&methods, &source, &labelled, &targets);

    let mut figures = Vec::new();
    let tables: Vec<ClassTable> =
        measured.iter().flat_map(|m| View::ALL.map(|view| class_table(m, view))).collect();
    let mut corpora: Vec<&Corpus> = targets.iter().collect();
    corpora.extend(&labelled);
    for corpus in &corpora {
        for view in View::ALL {
            figures.push(draw_attributions(&args.output, corpus, view, &tables)?);
        }
    }
    for target in &targets {
        figures.push(draw_latents(&args.output, target, &source, &sources, &methods)?);
    }

    let mut contrasts = Vec::new();
    for m in &measured {
        for view in View::ALL {
            contrasts
                .extend([Emotion::Anger, Emotion::Sadness].into_iter().filter_map(|e| contrast(m, view, e)));
        }
    }
    write(&args.output, "attribution-classes.csv", &tables::classes_csv(&tables)?)?;
    write(&args.output, "attribution-contrasts.csv", &tables::contrasts_csv(&contrasts)?)?;
    write(&args.output, "attribution-amplitudes.csv", &tables::amplitudes_csv(&measured, &seeds)?)?;
    let ids = |list: &[Corpus]| list.iter().map(|corpus| corpus.id.clone()).collect();
    let setting = Setting { sources: ids(&sources), targets: ids(&targets), recipe: &recipe, seeds: &seeds };
    let text = report(&setting, &measured, &tables, &figures);
    write(&args.output, "attribution.md", text.as_bytes())?;
    terminal::message(&format!(
        "{} figures, three tables and attribution.md in {}",
        figures.len(),
        shown(&args.output)
    ));
    Ok(Outcome::Complete)
}

/// One method with its networks.
type Method = (Objective, Vec<FittedNetwork>);

fn train(source: &Dataset, recipe: &Recipe, seeds: &[u64]) -> Result<Vec<Method>, FitError> {
    let runs: Vec<(Objective, u64)> = Objective::ALL
        .into_iter()
        .flat_map(|objective| seeds.iter().map(move |&seed| (objective, seed)))
        .collect();
    let bar = terminal::epochs_bar(recipe.epochs * runs.len());
    let networks: Result<Vec<FittedNetwork>, FitError> = runs
        .par_iter()
        .map(|&(objective, seed)| fit(source, &Recipe { objective, ..recipe.clone() }, seed, &|| bar.inc(1)))
        .collect();
    bar.finish_and_clear();
    let mut networks = networks?.into_iter();
    Ok(Objective::ALL
        .into_iter()
        .map(|objective| (objective, networks.by_ref().take(seeds.len()).collect()))
        .collect())
}

/// All methods on all corpora: targets first, each corpus with all its methods.
fn measure_all(
    methods: &[Method],
    source: &Dataset,
    sources: &[&Corpus],
    targets: &[Corpus],
) -> Vec<MethodAttributions> {
    let corpora: Vec<(&Corpus, bool)> =
        targets.iter().map(|c| (c, false)).chain(sources.iter().map(|&c| (c, true))).collect();
    let tasks: Vec<(&Method, (&Corpus, bool))> =
        corpora.iter().flat_map(|&corpus| methods.iter().map(move |method| (method, corpus))).collect();
    let bar = terminal::progress_bar("{msg} {bar:30} {pos}/{len}, {eta} left", tasks.len(), "attributing");
    let measured = tasks
        .par_iter()
        .map(|((objective, networks), (corpus, is_source))| {
            let (data, _) = join(&[*corpus]);
            let measured = measure(*objective, networks, source, (&corpus.id, *is_source), &data);
            bar.inc(1);
            measured
        })
        .collect();
    bar.finish_and_clear();
    measured
}

fn draw_attributions(
    folder: &Path,
    corpus: &Corpus,
    view: View,
    tables: &[ClassTable],
) -> Result<Figure, CommandError> {
    let own: Vec<&ClassTable> =
        tables.iter().filter(|table| table.corpus == corpus.id && table.view == view).collect();
    let emotions = own.first().map(|table| table.emotions.clone()).unwrap_or_default();
    let what = match view.output {
        Output::MeanLatent => "mean latent coordinate",
        Output::Score => "activation score",
    };
    let normalised = if view.normalised { ", normalised" } else { "" };
    let trained =
        if own.first().is_some_and(|table| table.is_source) { ", trained on" } else { ", held out" };
    let title = format!("Contributions to the {what}{normalised}: {}{trained}", corpus.id);
    let panel = |table: &&ClassTable| attributions::Panel {
        title: table.objective.name().to_owned(),
        rows: table.groups.iter().map(|row| row.is_significant().then(|| row.means.clone())).collect(),
    };
    let sheet = attributions::Sheet {
        heading: Heading {
            title: title.clone(),
            lines: vec!["Mean size of each group’s contribution, by acted emotion (utterances)".to_owned()],
        },
        groups: Group::ALL.iter().map(|group| group.name().to_owned()).collect(),
        blocks: [Group::AlphaRatioVoiced, Group::AlphaRatioUnvoiced, Group::LoudnessPeakRate]
            .map(Group::index)
            .to_vec(),
        emotions: emotions.iter().map(|(emotion, _)| emotion.name().to_owned()).collect(),
        counts: emotions.iter().map(|(_, count)| *count).collect(),
        panels: own.iter().map(panel).collect(),
        unit: view.unit().to_owned(),
        // Only units that mean the same in every method can share a scale.
        shared_scale: view.normalised || view.output == Output::Score,
        palette: Palette::LIGHT,
    };
    let description = describe(&own);
    let file = format!("attribution-{}-{}.svg", corpus.id, view.name());
    write_svg(folder, &file, attributions::draw(&sheet), &title, &description)?;
    Ok(Figure { file, title })
}

/// The text alternative: per method the three groups with the largest contributions.
fn describe(tables: &[&ClassTable]) -> String {
    let mut text = String::from("Groups with the largest contributions, averaged over emotions.");
    for table in tables {
        let size = |group: usize| {
            let means = table.groups[group].significant_means();
            means.iter().sum::<f64>() / means.len().max(1) as f64
        };
        let mut order: Vec<usize> = (0..table.groups.len()).filter(|&group| size(group) > 0.0).collect();
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        let words: Vec<String> =
            order.iter().take(3).map(|&g| format!("{} {:.3}", Group::ALL[g].name(), size(g))).collect();
        let words = if words.is_empty() { "none".to_owned() } else { words.join(", ") };
        text.push_str(&format!(" {}: {words}.", table.objective.name()));
    }
    text
}

fn draw_latents(
    folder: &Path,
    target: &Corpus,
    source: &Dataset,
    sources: &[Corpus],
    methods: &[Method],
) -> Result<Figure, CommandError> {
    let (data, _) = join(&[target]);
    let present: Vec<Emotion> =
        Emotion::ALL.into_iter().filter(|e| data.utterances.iter().any(|u| u.emotion == *e)).collect();
    let kinds = data.utterances.iter().filter_map(|u| present.iter().position(|e| *e == u.emotion)).collect();
    let shown: Vec<(Objective, &FittedNetwork)> =
        methods.iter().filter_map(|(objective, networks)| Some((*objective, networks.first()?))).collect();
    let densities: Vec<Option<Density>> = shown
        .iter()
        .map(|(_, network)| {
            let (z1, z2): (Vec<f32>, Vec<f32>) =
                network.latents(source).into_iter().map(|[a, b]| (a as f32, b as f32)).unzip();
            Density::new(&z1, &z2)
        })
        .collect();
    let panels = shown
        .iter()
        .zip(&densities)
        .map(|((objective, network), density)| latents::Panel {
            title: objective.name().to_owned(),
            density: density.as_ref(),
            points: network.latents(&data).into_iter().map(|[a, b]| (a, b)).collect(),
        })
        .collect();
    let names = sources.iter().map(|corpus| corpus.id.as_str()).collect::<Vec<_>>().join(", ");
    let title = format!("Latents of {} by each method", target.id);
    let line = format!(
        "Contours hold 95, 80, 60, 40 and 20 % of the training voices ({names}); marks are {} held-out utterances",
        data.len()
    );
    let sheet = latents::Sheet {
        heading: Heading { title: title.clone(), lines: vec![line.clone()] },
        emotions: present.iter().map(|emotion| emotion.name().to_owned()).collect(),
        kinds,
        panels,
        palette: Palette::LIGHT,
    };
    let file = format!("latent-{}.svg", target.id);
    write_svg(folder, &file, latents::draw(&sheet), &title, &line)?;
    Ok(Figure { file, title })
}

fn write_svg(
    folder: &Path,
    file: &str,
    drawing: Result<undertone::chart::shape::Drawing, ChartError>,
    title: &str,
    description: &str,
) -> Result<(), CommandError> {
    let drawn = drawing.and_then(|drawing| {
        svg::render(&drawing, &svg::Caption { title: title.into(), description: description.into() })
    });
    let document = drawn.map_err(|source| CommandError::Chart { file: file.to_owned(), source })?;
    write(folder, file, document.as_bytes())
}

fn write(folder: &Path, file: &str, bytes: &[u8]) -> Result<(), CommandError> {
    Ok(output::write(Some(&folder.join(file)), bytes)?)
}

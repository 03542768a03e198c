//! `undertone robustness`: scores under noise, rooms, gains and edges; novelty detection; personal baselines.

use std::path::{Path, PathBuf};

use super::error::CommandError;
use super::read_corpora;
use super::sources::{CorpusOptions, Source, sources_help};
use super::takes;
use super::weights::{Weights, load};
use crate::data::conditions::{BackgroundSpeech, Condition};
use crate::data::corpora::Corpus;
use crate::data::dataset::Taken;
use crate::data::novelty_sounds::SoundSet;
use crate::experiments::robustness::Robustness;
use crate::experiments::robustness::compare::{CorpusReport, compare, features_of};
use crate::experiments::robustness::novelty::{FlagReport, flag_conditions, flag_shares, novelty};
use crate::experiments::robustness::personal::{BaselineGain, baseline_gain, neutral_mean};
use crate::experiments::robustness::plan;
use crate::experiments::robustness::report::{csv, markdown};
use crate::io::batch::Outcome;
use crate::io::{WriteError, output, terminal};
use crate::release::half_widths;
use crate::release::scored_takes::{self, order_cells, pairs};
use undertone::model::{Circumstances, Model};

/// Neutral utterances that a personal baseline is made of.
const NEUTRAL: [usize; 4] = [1, 3, 4, 5];
/// Random choices of these utterances.
const DRAWS: usize = 20;
/// Seed of the choices.
const SEED: u64 = 4;

/// Measures how a model's scores change when recordings are noisy, reverberant, softer or cut elsewhere.
///
/// Everything is deterministic: the noise is seeded by each file's content. Features are cached between runs.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = sources_help(),
    override_usage = "undertone robustness <--target <SOURCE>|--novelty [COUNT]|--flags <DIR>> [OPTIONS]"
)]
pub struct Args {
    /// Corpus to measure on: NAME=FOLDER, see below; may be given several times
    #[arg(long = "target", value_name = "SOURCE", required_unless_present_any = ["novelty", "flags"])]
    targets: Vec<Source>,
    /// Training corpus, for --baseline: speakers are moved to its mean neutral voice
    #[arg(long = "source", value_name = "SOURCE")]
    sources: Vec<Source>,
    #[command(flatten)]
    options: CorpusOptions,
    /// Built-in model or weights file
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act")]
    model: Weights,
    /// Shifts of the start by less than a hop per utterance
    #[arg(long, default_value_t = 8)]
    shifts: usize,
    /// Folder of speech (any sound files) to make the babble and the vocal sounds of --novelty from [default: synthetic talkers]
    #[arg(long, value_name = "DIR")]
    babble: Option<PathBuf>,
    /// Measure novelty detection on synthetic sounds that are no speech, with this number of each kind
    #[arg(long, value_name = "COUNT", num_args = 0..=1, default_missing_value = "50")]
    novelty: Option<usize>,
    /// Count the flags of the sound files in a folder, as they are and under noise, telephone and rooms; may be given several times
    #[arg(long, value_name = "DIR")]
    flags: Vec<PathBuf>,
    /// With --flags: take every so many files only
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    every: usize,
    /// With --flags: leave the conditions out
    #[arg(long)]
    clean: bool,
    /// Measure the gain of a personal baseline from neutral utterances
    #[arg(long)]
    baseline: bool,
    /// Measure how often the interval holds, by duration of the speech and background, and how often two recordings of a
    /// voice come in the order of their labels
    #[arg(long)]
    calibration: bool,
    /// Leave the conditions out; for --baseline, --calibration and --novelty alone
    #[arg(long)]
    no_conditions: bool,
    /// Folder for robustness.md, .csv and .json [default: Markdown on standard output]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus or the weights cannot be used, or if the output cannot be written. Single files that
/// cannot be read are reported and counted.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let model = load(&args.model)?;
    let clean = read_corpora::read_labelled(&args.targets, &args.options)?;
    let mut results = Robustness { model: model.info().hash.clone(), ..Robustness::default() };
    let background = match &args.babble {
        Some(folder)
            if args.calibration
                || !args.no_conditions
                || args.novelty.is_some()
                || !args.flags.is_empty() =>
        {
            BackgroundSpeech::Recordings(read_corpora::recordings(folder)?.into())
        }
        _ => BackgroundSpeech::Synthesised,
    };
    if !args.no_conditions {
        for (source, clean) in args.targets.iter().zip(&clean) {
            results.corpora.push(conditions(&model, source, clean, args, &background)?);
        }
    }
    if args.calibration {
        for (source, clean) in args.targets.iter().zip(&clean) {
            let taken = takes::of(clean, source, &args.options, &background)?;
            calibration(&model, clean, &taken, &mut results);
        }
    }
    if let Some(count) = args.novelty {
        let bar = terminal::progress_bar(
            "{msg} {bar:30} {pos}/{len} sounds, {eta} left",
            count * SoundSet::all().len(),
            "novelty",
        );
        results.novelty = novelty(&model, count, &background, &|| bar.inc(1));
        bar.finish_and_clear();
    }
    for folder in &args.flags {
        results.flags.extend(flags(&model, folder, args)?);
    }
    if args.baseline {
        let sources = read_corpora::read(&args.sources, &args.options)?;
        results.personal = baselines(&model, &clean, &sources);
    }
    write(&results, args.output.as_deref())?;
    let failed = clean.iter().any(|corpus| !corpus.problems.left_out().is_empty());
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Complete })
}

fn conditions(
    model: &Model,
    source: &Source,
    clean: &Corpus,
    args: &Args,
    background: &BackgroundSpeech,
) -> Result<CorpusReport, CommandError> {
    let plan = plan::conditions(args.shifts, background);
    let mut under = Vec::with_capacity(plan.len());
    for (question, condition) in plan {
        let corpus = read_corpora::read_under_condition(source, &args.options, &condition)?;
        under.push((question, condition.name(), features_of(&corpus)));
    }
    Ok(compare(model, clean, &under))
}

/// The flags of the recordings in a folder. What the conditions draw is seeded by a recording's place in it.
fn flags(model: &Model, folder: &Path, args: &Args) -> Result<Vec<FlagReport>, CommandError> {
    let recordings: Vec<(Vec<f32>, u64)> = read_corpora::recordings(folder)?
        .into_iter()
        .zip(0..)
        .filter(|(_, place)| place % args.every.max(1) as u64 == 0)
        .collect();
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
    let conditions = if args.clean { vec![Condition::Clean] } else { flag_conditions() };
    Ok(conditions.iter().map(|condition| flag_shares(model, &name, &recordings, condition)).collect())
}

/// How often interval and order of the model hold in a corpus.
fn calibration(model: &Model, corpus: &Corpus, taken: &[Vec<Taken>], results: &mut Robustness) {
    let scored = scored_takes::of_corpus(model, corpus, taken);
    let half_width = |circumstances: &Circumstances| {
        let [low, high] = model.interval(0.0, Some(circumstances));
        (high - low) / 2.0
    };
    let cells = scored_takes::interval_cells(&corpus.id, &scored, half_width, half_widths::is_noisy);
    results.intervals.extend(cells);
    if let Some(order) = &model.info().order {
        results.orders.extend(order_cells(&corpus.id, &pairs(&scored), order));
    }
}

fn baselines(model: &Model, targets: &[Corpus], sources: &[Corpus]) -> Vec<BaselineGain> {
    let target_mean = neutral_mean(model, &sources.iter().collect::<Vec<_>>());
    let gain = |corpus, neutral| baseline_gain(model, corpus, &target_mean, neutral, DRAWS, SEED);
    targets
        .iter()
        .flat_map(|corpus| NEUTRAL.iter().filter_map(move |neutral| gain(corpus, *neutral)))
        .collect()
}

fn write(results: &Robustness, folder: Option<&Path>) -> Result<(), CommandError> {
    let Some(folder) = folder else {
        return put(None, &markdown(results));
    };
    std::fs::create_dir_all(folder).map_err(|source| WriteError::failed(folder, source))?;
    put(Some(&folder.join("robustness.md")), &markdown(results))?;
    put(Some(&folder.join("robustness.csv")), &csv(&results.corpora))?;
    put(Some(&folder.join("robustness.json")), &(serde_json::to_string_pretty(results)? + "\n"))
}

fn put(path: Option<&Path>, text: &str) -> Result<(), CommandError> {
    Ok(output::write(path, text.as_bytes())?)
}

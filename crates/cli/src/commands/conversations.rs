//! `undertone conversations`: whether utterances are found again in conversations built of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::error::CommandError;
use super::read_corpora::{folder_of, read_labelled, recording};
use super::sources::{CorpusOptions, Source, sources_help};
use super::weights::{Weights, load};
use crate::data::corpora::Corpus;
use crate::experiments::conversations::{Clip, Outcome, markdown, measure, settings};
use crate::io::batch;
use crate::io::inputs::expanded;
use crate::io::{output, terminal};
use undertone::model::Model;

/// Utterances of a conversation.
const LENGTH: usize = 20;

/// Builds conversations of the utterances of labelled corpora, cuts them at their pauses, and compares what is found with what was put
/// in: a table in Markdown.
///
/// A conversation is of up to 20 utterances of one speaker. Everything is deterministic.
#[derive(Debug, clap::Args)]
#[command(after_long_help = sources_help())]
pub struct Args {
    /// Corpus to build of: NAME=FOLDER, see below; may be given several times
    #[arg(long = "target", value_name = "SOURCE", required = true)]
    targets: Vec<Source>,
    #[command(flatten)]
    options: CorpusOptions,
    /// Built-in model or weights file
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act")]
    model: Weights,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus or the weights cannot be used, or if the output cannot be written.
pub fn run(args: &Args) -> Result<batch::Outcome, CommandError> {
    let model = load(&args.model)?;
    let corpora = read_labelled(&args.targets, &args.options)?;
    let mut rows = Vec::new();
    for (source, corpus) in args.targets.iter().zip(&corpora) {
        let (_, folder) = folder_of(source)?;
        let files: BTreeMap<String, PathBuf> = expanded(vec![folder.to_owned()])
            .into_iter()
            .filter_map(|input| {
                let stem = input.path.file_stem()?.to_str()?.to_owned();
                Some((stem, input.path))
            })
            .collect();
        let conversations = conversations(corpus, &files, &model);
        for setting in settings() {
            let outcomes: Vec<Outcome> = conversations
                .par_iter()
                .enumerate()
                .map(|(seed, clips)| measure(clips, setting, seed as u64 + 1, &model))
                .collect();
            let mut all = Outcome::default();
            outcomes.into_iter().for_each(|outcome| all.add(outcome));
            rows.push((corpus.id.clone(), setting, all));
        }
    }
    output::write(args.output.as_deref(), markdown(&rows).as_bytes())?;
    Ok(batch::Outcome::Complete)
}

/// Up to [`LENGTH`] utterances of each speaker, in the order of the corpus, every so many.
fn conversations(corpus: &Corpus, files: &BTreeMap<String, PathBuf>, model: &Model) -> Vec<Vec<Clip>> {
    let mut speakers: BTreeMap<&str, Vec<(f64, f64, &PathBuf)>> = BTreeMap::new();
    let mut missing = 0;
    for row in &corpus.rows {
        let Some(file) = files.get(&row.id) else {
            missing += 1;
            continue;
        };
        let alone = model.evaluate(&row.features).activation;
        speakers.entry(&row.speaker).or_default().push((row.activation, alone, file));
    }
    if missing > 0 {
        terminal::message(&format!("{}: {missing} files are not found by their names", corpus.id));
    }
    let clip = |(label, alone, file): &(f64, f64, &PathBuf)| {
        let samples = recording(file).ok()?;
        Some(Clip { samples, label: *label, alone: *alone })
    };
    let of_speaker = |rows: &Vec<(f64, f64, &PathBuf)>| {
        let step = rows.len().div_ceil(LENGTH).max(1);
        rows.iter().step_by(step).filter_map(clip).collect()
    };
    speakers.par_iter().map(|(_, rows)| of_speaker(rows)).collect()
}

//! Times of training: metric-act on 5,000 utterances by the recipe of Das et al., ours and PyTorch's on the same made-up data, in
//! turn, on one thread each.

use std::path::Path;

use anyhow::{Context, Result};

use super::contender::Contender;
use super::statistics::{Sample, quartiles, spread, time};
use super::{load, machine};
use crate::shell::{cargo, command};
use crate::{paths, tools};

const PYTORCH: &str = include_str!("training.py");
/// What `training.py` needs.
const PACKAGES: &str = "torch==2.15.0\nnumpy==2.4.6\n";
const RUNS: usize = 25;

/// The table of both.
pub fn table() -> Result<String> {
    let folder = paths::target().join("bench");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("training.f32");
    let bench = ["bench", "--package", "undertone-cli", "--bench", "training", "--", "serve"];
    let mut ours = Contender::start(&mut cargo(&bench))?;
    ours.title = "ours".to_owned();
    ours.ask(&["make", &file.to_string_lossy()])?;
    let python = tools::python_packages("bench-training", PACKAGES)?.join("python");
    let torch = Contender::start_peer(&mut command(python, &["-c", PYTORCH]))?;

    let load_before = load();
    let mut contenders = [(ours, Vec::new()), (torch, Vec::new())];
    for seed in 1..=RUNS {
        for (contender, samples) in &mut contenders {
            samples.push(train(contender, &file, seed)?);
            eprintln!("{}: run {seed}", contender.title);
        }
    }
    let mut text = format!(
        "{}; {RUNS} runs each, one thread. Load averages over 1, 5 and 15 minutes: {load_before} before, {} after.\n\n\
         | program | CPU time of a run: median (quartiles) | all runs | correlation of label and mean latent coordinate, last run |\n\
         |---|---|---|---|\n",
        machine(),
        load()
    );
    for (contender, samples) in &mut contenders {
        let answer = contender.ask(&["fit", &file.to_string_lossy()])?;
        let correlation: f64 = answer.parse().with_context(|| format!("no correlation: {answer:?}"))?;
        text += &format!(
            "| {} | {} | {} | {correlation:.3} |\n",
            contender.title,
            spread(quartiles(samples.iter().map(|sample| sample.cpu_s))),
            time(samples.iter().map(|sample| sample.cpu_s).sum()),
        );
    }
    Ok(text)
}

fn train(contender: &mut Contender, file: &Path, seed: usize) -> Result<Sample> {
    let answer = contender.ask(&["train", &file.to_string_lossy(), &seed.to_string()])?;
    Sample::parse(&answer).with_context(|| format!("{} answers {answer:?}", contender.title))
}

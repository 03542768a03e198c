//! `cargo xtask models`: trains the built-in models, by the command that their cards name.

use anyhow::{Result, bail};

use crate::shell::{cargo, run};

/// The built-in models, by their objectives: the files in `models/`, and `Objective::ALL` of the crate `undertone`, whose
/// test holds both equal.
pub const MODELS: [&str; 4] = ["metric-act", "metric-cluster", "metric-val", "unsupervised"];

/// Where a model's weights lie in the repository.
pub fn weights(model: &str) -> String {
    format!("models/{model}.safetensors")
}

/// Corpora whose licence allows to train on them; the last is calm reading, without labels.
const TRAINED_ON: [&str; 3] =
    ["emodb=corpora/emodb", "bangla-ser=corpora/bangla-ser", "speechocean762=corpora/speechocean762"];
/// Corpora that the models are only tested on, for the cards.
const TESTED_ON: [&str; 3] =
    ["emotale-dk=corpora/emotale", "emotale-en=corpora/emotale", "savee=corpora/savee"];

/// `cargo xtask models [--only NAME] [OPTION...]`: expects the corpora in `corpora/`; further options go to
/// `undertone train`.
pub fn command_line(words: &[&str]) -> Result<()> {
    let (only, options) = match words {
        ["--only", name, options @ ..] => (Some(*name), options),
        options => (None, options),
    };
    let models: Vec<_> = MODELS.into_iter().filter(|name| only.is_none_or(|only| only == *name)).collect();
    if models.is_empty() {
        bail!("--only takes one of {}", MODELS.join(", "));
    }
    for model in models {
        run(&mut cargo(&arguments(model, &weights(model), options)))?;
    }
    Ok(())
}

fn arguments<'a>(objective: &'a str, file: &'a str, options: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["run", "--release", "--quiet", "--package", "undertone-cli", "--", "train"];
    words.extend(TRAINED_ON.iter().flat_map(|source| ["--corpus", source]));
    words.extend(["--ratings", "corpora/ratings"]);
    words.extend(TESTED_ON.iter().flat_map(|source| ["--test", source]));
    words.extend(["--objective", objective, "-o", file]);
    words.extend(options);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_the_files_in_models() {
        let mut files: Vec<String> = std::fs::read_dir(crate::paths::root().join("models"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "safetensors"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        assert_eq!(files, MODELS);
    }

    #[test]
    fn arguments_give_every_objective_its_own_file_and_pass_options_on() {
        for objective in MODELS {
            let file = weights(objective);
            assert_eq!(file, format!("models/{objective}.safetensors"));
            let line = arguments(objective, &file, &["--architecture", "vae"]).join(" ");
            assert!(line.contains(&format!("--objective {objective} -o {file}")));
            assert!(line.ends_with("--architecture vae"));
        }
    }

    #[test]
    fn test_corpora_are_not_trained_on() {
        for tested in TESTED_ON {
            assert!(TRAINED_ON.iter().all(|source| source.split('=').nth(1) != tested.split('=').nth(1)));
        }
    }

    #[test]
    fn only_takes_the_names_of_models() {
        assert!(command_line(&["--only", "metric-mood"]).is_err());
    }
}

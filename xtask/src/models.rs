//! `cargo xtask models`: trains the models that come with the program, by the command that their cards name.

use anyhow::{Result, bail};

use crate::shell::{cargo, run};

/// The built-in models, by their objectives.
pub const MODELS: [&str; 4] = ["metric-act", "metric-cluster", "metric-val", "unsupervised"];

/// Where a model's weights lie in the repository.
pub fn weights(model: &str) -> String {
    format!("models/{model}.safetensors")
}

/// Corpora whose licence allows to train on them.
const TRAINED_ON: [&str; 2] = ["emodb=corpora/emodb", "bangla-ser=corpora/bangla-ser"];
/// Corpora that are only judged, for the cards.
const JUDGED: [&str; 3] = ["emotale-dk=corpora/emotale", "emotale-en=corpora/emotale", "savee=corpora/savee"];

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
    words.extend(JUDGED.iter().flat_map(|source| ["--test", source]));
    words.extend(["--objective", objective, "-o", file]);
    words.extend(options);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_objective_goes_to_its_own_file_and_options_are_passed_on() {
        for objective in MODELS {
            let file = weights(objective);
            assert_eq!(file, format!("models/{objective}.safetensors"));
            let line = arguments(objective, &file, &["--family", "vae"]).join(" ");
            assert!(line.contains(&format!("--objective {objective} -o {file}")));
            assert!(line.ends_with("--family vae"));
        }
    }

    #[test]
    fn nobody_is_trained_on_who_is_judged() {
        for judged in JUDGED {
            assert!(TRAINED_ON.iter().all(|source| source.split('=').nth(1) != judged.split('=').nth(1)));
        }
        assert!(command_line(&["--only", "metric-mood"]).is_err());
    }
}

//! The argument that names a model: a built-in one, or a weights file.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::error::CommandError;
use super::names::objective_names;
use undertone::model::{self, Model, Objective};

/// The model that a command uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Weights {
    /// A built-in model.
    BuiltIn(Objective),
    /// A file.
    File(PathBuf),
}

impl Weights {
    /// The file, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Weights::BuiltIn(_) => None,
            Weights::File(path) => Some(path),
        }
    }
}

impl FromStr for Weights {
    type Err = std::convert::Infallible;

    /// The name of a built-in model means that model, whatever files there are: `./metric-act` means the file.
    fn from_str(text: &str) -> Result<Weights, Self::Err> {
        Ok(Objective::from_name(text).map_or_else(|| Weights::File(text.into()), Weights::BuiltIn))
    }
}

/// Help for the argument.
pub(super) fn weights_help() -> String {
    format!("Built-in model ({}) or a weights file", objective_names())
}

/// Loads the model.
pub(super) fn load(weights: &Weights) -> Result<Model, CommandError> {
    match weights {
        Weights::BuiltIn(objective) => model::built_in(*objective).map_err(|source| CommandError::Model {
            path: format!("{} (built in)", objective.name()).into(),
            source,
        }),
        Weights::File(path) => {
            let bytes = std::fs::read(path)
                .map_err(|source| CommandError::OpenModel { path: path.clone(), source })?;
            Model::from_bytes(&bytes).map_err(|source| CommandError::Model { path: path.clone(), source })
        }
    }
}

/// What a score has to be read with if the model has none of its own.
pub(super) fn score_note(objective: Objective) -> Option<&'static str> {
    (!objective.has_own_score()).then_some(
        "This model was not taught a score: it is a line fitted to the training labels afterwards.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_by_a_built_in_name_are_that_model_and_anything_else_a_file() {
        for objective in Objective::ALL {
            let Ok(weights) = objective.name().parse::<Weights>();
            assert_eq!(weights, Weights::BuiltIn(objective));
            assert_eq!(load(&weights).unwrap().info().objective, objective);
        }
        assert_eq!("./metric-act".parse(), Ok(Weights::File("./metric-act".into())));
        assert!(load(&Weights::File("no-such-file".into())).is_err());
    }
}

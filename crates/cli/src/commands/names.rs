//! Objectives and architectures by name, for arguments and their help.

use undertone::model::{Architecture, Objective};

/// The names of all objectives, with commas between.
pub(super) fn objective_names() -> String {
    Objective::ALL.map(Objective::name).join(", ")
}

/// The names of all architectures, with commas between.
pub(super) fn architecture_names() -> String {
    Architecture::ALL.map(Architecture::name).join(", ")
}

/// An objective by its name.
pub(super) fn parse_objective(text: &str) -> Result<Objective, String> {
    Objective::from_name(text).ok_or_else(|| format!("unknown objective; known: {}", objective_names()))
}

/// A kind of autoencoder by its name.
pub(super) fn parse_architecture(text: &str) -> Result<Architecture, String> {
    Architecture::from_name(text)
        .ok_or_else(|| format!("unknown architecture; known: {}", architecture_names()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objectives_and_architectures_are_known_by_name_only() {
        assert_eq!(parse_objective("metric-val"), Ok(Objective::MetricVal));
        assert_eq!(parse_architecture("vae"), Ok(Architecture::Vae));
        assert!(parse_architecture("DAE").is_err());
        assert!(
            parse_objective("metric-mood").is_err_and(|e| e.contains("known: unsupervised, metric-cluster"))
        );
    }
}

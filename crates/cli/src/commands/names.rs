//! Values of arguments that are given by name, and their names in the help.

use undertone::model::{Architecture, Objective};

/// The item of that name; an unknown name is answered with all that are known. `kind` says what the items are.
pub(super) fn by_name<T: Copy>(
    kind: &str,
    text: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|&item| name(item) == text);
    found.ok_or_else(|| format!("unknown {kind} “{text}”; known: {}", names(all, name)))
}

/// The names of all items, with commas between.
pub(super) fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|&item| name(item)).collect::<Vec<_>>().join(", ")
}

/// The names of all objectives, with commas between.
pub(super) fn objective_names() -> String {
    names(&Objective::ALL, Objective::name)
}

/// The names of all architectures, with commas between.
pub(super) fn architecture_names() -> String {
    names(&Architecture::ALL, Architecture::name)
}

/// An objective by its name.
pub(super) fn parse_objective(text: &str) -> Result<Objective, String> {
    by_name("objective", text, &Objective::ALL, Objective::name)
}

/// A kind of autoencoder by its name.
pub(super) fn parse_architecture(text: &str) -> Result<Architecture, String> {
    by_name("architecture", text, &Architecture::ALL, Architecture::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_by_name_and_unknown_names_answered_with_the_list() {
        assert_eq!(parse_objective("metric-val"), Ok(Objective::MetricVal));
        assert_eq!(parse_architecture("vae"), Ok(Architecture::Vae));
        assert_eq!(
            parse_architecture("DAE"),
            Err("unknown architecture “DAE”; known: dae, vae".to_owned()),
            "names are lower case"
        );
        assert!(
            parse_objective("metric-mood").is_err_and(|e| e.contains("known: unsupervised, metric-cluster"))
        );
    }
}

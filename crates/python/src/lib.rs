//! The compiled part of the Python package `egemaps`: features, scores, attributions and utterances of files and signals.
//!
//! The functions take lists and bytes and hand back the same; the Python part (`python/egemaps`) makes the DataFrames. What is
//! computed, and how, is the command line's (`undertone_cli::io`), so values are the same, bit by bit.
//!
//! | module | what it does |
//! |---|---|
//! | `given` | the sounds that Python hands over |
//! | `run` | computes on all cores without Python's lock, and stops at Ctrl-C |
//! | `features` | functionals and low-level descriptors (LLDs) |
//! | `results` | scores, explanations and utterances, as rows or lines of JSON |
//! | `failure` | what is said of sounds that fail |
#![forbid(unsafe_code)]

mod failure;
mod features;
mod given;
mod results;
mod run;

use pyo3::prelude::*;

use egemaps::catalogue::{CATALOGUE_VERSION, FEATURES, LLD_NAMES};
use undertone::attribution::{Level, Method};
use undertone::model::Objective;

/// The module `egemaps._egemaps`.
#[pymodule]
fn _egemaps(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", undertone::VERSION)?;
    module.add("CATALOGUE_VERSION", CATALOGUE_VERSION)?;
    module.add("FUNCTIONALS", FEATURES.iter().map(|feature| feature.name).collect::<Vec<_>>())?;
    module.add("LLDS", LLD_NAMES.to_vec())?;
    module.add("MODELS", Objective::ALL.map(Objective::name).to_vec())?;
    module.add("METHODS", Method::ALL.map(Method::name).to_vec())?;
    module.add("LEVELS", Level::ALL.map(Level::name).to_vec())?;
    module.add_function(wrap_pyfunction!(features::extract, module)?)?;
    module.add_function(wrap_pyfunction!(results::score, module)?)?;
    module.add_function(wrap_pyfunction!(results::explain, module)?)?;
    module.add_function(wrap_pyfunction!(results::utterances, module)?)?;
    Ok(())
}

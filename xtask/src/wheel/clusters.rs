//! The examples for many files, with the programs that they are for: GNU parallel, Ray and PySpark.

use std::path::Path;

use anyhow::Result;

use super::{install, speech};
use crate::shell::{command, read};
use crate::{build, parity, paths, tools};

const SCRIPT: &str = include_str!("clusters.py");
/// What the examples need beside what the tests do.
const PROGRAMS: &str = include_str!("clusters.txt");

/// Runs each example, compares its table with that of a single run, and says how fast each is.
pub fn table(wheel: &Path) -> Result<String> {
    tools::cluster_programs()?;
    let list = parity::REQUIREMENTS.to_owned() + super::TESTERS + PROGRAMS;
    let python = install(wheel, &tools::python_packages("wheel-clusters", &list)?)?;
    let undertone = build::command_line_tool(build::Profile::Release)?;
    let examples = paths::root().join("examples/many-files");
    let work = paths::target().join("wheel-clusters");
    read(command(python, &["-c", SCRIPT]).arg(speech()?).arg(work).arg(examples).arg(undertone))
}

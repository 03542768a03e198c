//! The speed of the Python package beside opensmile's, in one process and in turn.

use std::path::Path;

use anyhow::Result;

use super::{speech, with_opensmile};
use crate::shell::{command, read};

const SCRIPT: &str = include_str!("bench.py");

/// Measures and prints the table.
pub fn print(wheel: &Path) -> Result<()> {
    let python = with_opensmile(wheel)?;
    print!("{}", read(command(python, &["-c", SCRIPT]).arg(speech()?))?);
    Ok(())
}

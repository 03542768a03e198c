//! The speed of the Python package beside opensmile's, in one process and in turn.

use std::path::Path;

use anyhow::Result;

use super::{speech, with_opensmile};
use crate::shell::{command, read};

const SCRIPT: &str = include_str!("bench.py");

/// Measures, and hands back the table.
pub fn table(wheel: &Path) -> Result<String> {
    let python = with_opensmile(wheel)?;
    read(command(python, &["-c", SCRIPT]).arg(speech()?))
}

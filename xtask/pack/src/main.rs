//! Writes the built-in models into a folder as the page loads them: `shared`, and a file by the name of each objective.
//!
//! `cargo xtask build` runs this program: so the build tool itself is compiled without the library.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use undertone::model::{Objective, built_in, pack};

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("which folder?")?);
    let models = Objective::ALL.into_iter().map(built_in).collect::<Result<Vec<_>, _>>()?;
    let packed = pack(&models)?;
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))
    };
    write("shared", &packed.shared)?;
    for (objective, own) in Objective::ALL.into_iter().zip(&packed.own) {
        write(objective.name(), own)?;
    }
    Ok(())
}

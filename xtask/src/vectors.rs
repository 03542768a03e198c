//! `cargo xtask vectors`: one program, natively and in wasm, and the same bits.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build::{self, Flavour};
use crate::machine::Machine;
use crate::shell::{cargo, command, read, run, which};
use crate::{paths, tools};

const PACKAGE: &str = "undertone-vectors";

/// `cargo xtask vectors`
pub fn command_line() -> Result<()> {
    let native = read(&mut cargo(&["run", "--quiet", "--package", PACKAGE]))?;
    let Comparison { equal, different } = compare(&native)?;
    println!("{equal} passed, {} failed", different.len());
    if !different.is_empty() {
        bail!("native and wasm differ");
    }
    Ok(())
}

/// How the two sides compare.
pub struct Comparison {
    /// Vectors whose bits agree.
    pub equal: usize,
    /// Names of the others.
    pub different: Vec<String>,
}

/// What the program of the native tests' build prints.
pub fn of_the_tests() -> Result<String> {
    run(&mut cargo(&[build::TESTS, &["--no-run", "--quiet"]].concat()))?;
    let program = paths::target().join("debug").join(format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX));
    read(&mut command(program, &[]))
}

/// Holds what the native side prints, built with the profile of the tests, against the vectors in wasm.
pub fn compare(native: &str) -> Result<Comparison> {
    let folder = as_module()?;
    fs::write(
        folder.join("run.js"),
        "import { listing } from './vectors.js';\nprocess.stdout.write(listing());\n",
    )?;
    let node = match which(&["node"]) {
        Some(node) => node,
        None => tools::npm().and_then(|_| which(&["node"]).context("Node.js is not here"))?,
    };
    let in_wasm = read(command(node, &["run.js"]).current_dir(&folder))?;
    Ok(hold_together(native, &in_wasm))
}

/// The vectors' program as a module for Node, `vectors.js`, and the folder where it is.
pub fn as_module() -> Result<PathBuf> {
    let folder = paths::target().join("vectors");
    module_for_node(PACKAGE, &folder, "vectors")?;
    Ok(folder)
}

/// Compiles a package to wasm, as a module for Node in a folder: `NAME.js`.
pub fn module_for_node(package: &str, folder: &Path, name: &str) -> Result<()> {
    let wasm =
        build::compile(&Machine::here()?, package, "", &format!("{}.wasm", package.replace('-', "_")))?;
    fs::create_dir_all(folder)?;
    build::bind(&wasm, folder, name, Flavour::Node)?;
    fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n")?;
    Ok(())
}

fn hold_together(native: &str, wasm: &str) -> Comparison {
    let name = |row: &str| row.split(' ').next().unwrap_or_default().to_owned();
    let mut comparison = Comparison { equal: 0, different: Vec::new() };
    let mut others: Vec<&str> = wasm.lines().collect();
    for row in native.lines() {
        match others.iter().position(|other| *other == row) {
            Some(found) => {
                others.swap_remove(found);
                comparison.equal += 1;
            }
            None => comparison.different.push(name(row)),
        }
    }
    for row in others {
        if !comparison.different.contains(&name(row)) {
            comparison.different.push(name(row));
        }
    }
    for name in &comparison.different {
        println!("vector {name}: native and wasm differ");
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_different_or_missing_line_is_found() {
        let same = hold_together("a 1\nb 2\n", "a 1\nb 2\n");
        assert_eq!((same.equal, same.different.len()), (2, 0));
        let other = hold_together("a 1\nb 2\n", "a 1\nb 3\n");
        assert_eq!((other.equal, other.different), (1, vec!["b".to_owned()]));
        let missing = hold_together("a 1\n", "a 1\nc 9\n");
        assert_eq!((missing.equal, missing.different), (1, vec!["c".to_owned()]));
    }
}

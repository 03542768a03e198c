//! `cargo xtask format`: rustfmt for what is Rust, prettier for the scripts and styles of the page and of the npm package, for their
//! tests and for the script that starts a built page.

use std::process::Command;

use anyhow::Result;

use crate::paths;
use crate::shell::{command, run};
use crate::tools;

/// `cargo xtask format`
pub fn command_line() -> Result<()> {
    run(&mut command("cargo", &["fmt", "--all"]))?;
    tools::npm_packages()?;
    run(prettier().args(["--write", "--list-different"]).args(FOLDERS))
}

/// Fails where prettier would change a file, and names it. The npm packages must be there.
pub fn check_scripts() -> Result<()> {
    run(prettier().arg("--check").args(FOLDERS))
}

/// Where scripts and styles are; `.prettierignore` says what is left alone.
const FOLDERS: [&str; 5] = ["www", "worker", "packages/npm/src", "tests/browser", "xtask/src"];

fn prettier() -> Command {
    let mut node = command("node", &[]);
    node.arg(paths::browser_tests().join("node_modules/prettier/bin/prettier.cjs"));
    node
}

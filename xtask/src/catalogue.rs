//! `cargo xtask catalogue`: writes `www/engine/catalogue.js`.
//!
//! The test that compares the file with the code also writes it, so that this tool needs no package of ours.

use anyhow::Result;

use crate::shell::{command, run};

/// `cargo xtask catalogue`
pub fn command_line() -> Result<()> {
    let test = ["test", "--quiet", "--package", "undertone", "--test", "catalogue"];
    run(command("cargo", &test).env("UNDERTONE_WRITE_CATALOGUE", "1"))
}

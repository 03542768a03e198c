//! `cargo xtask ways-out`: tries every way out of the page in every browser that is here, at a collector on another address,
//! and compares with `docs/ways-out.json`. It takes about a quarter of an hour for each browser; `cargo xtask test` tries a part
//! of the ways.

use anyhow::{Result, bail};

use crate::shell::{command, run};
use crate::test::browser;
use crate::{build, paths, tools};

/// `cargo xtask ways-out [--write]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let write = match words {
        [] => false,
        ["--write"] => true,
        _ => bail!("ways-out knows --write"),
    };
    tools::npm_packages()?;
    build::page()?;
    browser::write_settings()?;
    let script = paths::browser_tests().join("ways/main.mjs");
    run(command("node", &[]).arg(script).args(write.then_some("--write")))
}

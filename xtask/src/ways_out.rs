//! `cargo xtask ways-out`: tries every way out of the page in every browser that is here, at a collector on another address,
//! and compares with `docs/ways-out.json`. It takes about a quarter of an hour for each browser; `cargo xtask test` tries a part
//! of the ways.

use anyhow::{Result, bail};

use crate::shell::{command, run};
use crate::test::browser;
use crate::{build, paths, tools};

/// Engines by the names that the script knows.
const ENGINES: [&str; 3] = ["chromium", "firefox", "webkit"];

/// `cargo xtask ways-out [ENGINE …] [--write]`
pub fn command_line(words: &[&str]) -> Result<()> {
    if let Some(unknown) = words.iter().find(|word| **word != "--write" && !ENGINES.contains(word)) {
        bail!("ways-out does not know {unknown}; it knows --write and the engines {}", ENGINES.join(", "));
    }
    tools::npm_packages()?;
    build::page()?;
    browser::write_settings(build::Profile::Dev)?;
    let script = paths::browser_tests().join("ways/main.mjs");
    run(command("node", &[]).arg(script).args(words))
}

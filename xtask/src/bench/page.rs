//! How fast the page is: the scripts in `tests/browser/bench` drive it, as it is in `pkg/` after a build, in headless Chromium.

use anyhow::Result;

use crate::shell::{command, read};
use crate::test::browser;
use crate::{build, paths, tools};

/// The table of one of the scripts.
pub fn table(script: &str) -> Result<String> {
    build::page()?;
    tools::npm_packages()?;
    browser::write_settings(build::Profile::Dev)?;
    read(command("node", &[]).arg(paths::browser_tests().join("bench").join(script)))
}

//! How fast the page is: `tests/browser/bench/page.mjs` drives it, as it is in `pkg/` after a build, in headless Chromium.

use anyhow::Result;

use crate::shell::{command, read};
use crate::test::browser;
use crate::{build, paths, tools};

/// The page's table.
pub fn table() -> Result<String> {
    build::page()?;
    tools::npm_packages()?;
    browser::write_settings(build::Profile::Dev)?;
    read(command("node", &[]).arg(paths::browser_tests().join("bench/page.mjs")))
}

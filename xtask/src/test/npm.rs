//! The npm package, tried from its tarball as users do: in Node.js, with TypeScript, in bundles, in a page, a worker and an AudioWorklet.

use std::fs;

use anyhow::{Result, bail};

use super::browser;
use super::count::Count;
use crate::shell::{command, run};
use crate::{build, npm, paths, tools};

/// `cargo xtask npm --test`: everything; the tools of others that it takes are installed first, of the versions in
/// `tests/browser/npm/peers/package-lock.json`.
pub fn all() -> Result<()> {
    tools::npm_packages()?;
    let (modules, models) = (npm::modules()?, build::packed_models()?);
    let tarball = npm::pack(&modules, &models, &paths::target().join("npm"))?;
    let again = npm::pack(&modules, &models, &paths::target().join("npm-again"))?;
    if fs::read(&tarball)? != fs::read(&again)? {
        bail!("{} differs when it is made again", tarball.display());
    }
    peers()?;
    // Alone: the tests of the workspace, which the other profile compiles, are not needed here.
    browser::write_settings(build::Profile::Release)?;
    let mut count = Count::default();
    let done = browser::run_folder("npm", &mut count);
    println!("{count}");
    done
}

/// Installs the bundlers, compilers and checkers in a folder of their own.
fn peers() -> Result<()> {
    let source = paths::browser_tests().join("npm/peers");
    let folder = paths::target().join("npm-peers");
    let lock = fs::read(source.join("package-lock.json"))?;
    let stamp = folder.join("installed.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    build::empty(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), folder.join(name))?;
    }
    let install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    run(command(tools::npm()?, &install).current_dir(&folder))?;
    fs::write(stamp, lock)?;
    Ok(())
}

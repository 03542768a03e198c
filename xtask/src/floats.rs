//! `cargo xtask floats`: the logarithm and the power that the extractor computes from tables, compared with libm for every
//! positive single-precision number.

use anyhow::{Result, bail};

use crate::shell::{cargo, run_and_read};

/// Runs the test of `crates/egemaps` that takes too long to be part of all tests.
pub fn command_line() -> Result<()> {
    let test = ["test", "--release", "--package", "egemaps", "--lib", "--"];
    let (text, passed) =
        run_and_read(cargo(&test).args(["--ignored", "--nocapture", "every_positive_float"]))?;
    // A filter that fits no test passes as well.
    if !passed || !text.contains("test result: ok. 1 passed") {
        bail!("the comparison has failed, or there is no such test any more");
    }
    Ok(())
}

//! The built page starts, and with a fault it does not: the check that stands between a build and `pkg/` sees faults of the real
//! module and the real glue.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::count::Count;
use crate::{paths, script_module, start};

/// The table that the glue keeps JavaScript's values in, by the name that the module exports.
const TABLE: &[u8] = b"__wbindgen_externrefs";

/// What is done to a file's bytes.
type Change = fn(&[u8]) -> Result<Vec<u8>>;
/// What is wrong, the file, and the change; none takes the file away.
type Fault = (&'static str, &'static str, Option<Change>);

const FAULTS: [Fault; 10] = [
    // What wasm-opt 108 of Debian 12 makes of the module.
    (
        "the table's name stands for another table",
        "undertone-wasm.js",
        Some(|script| in_module(script, other_table)),
    ),
    ("the table has another name", "undertone-wasm.js", Some(|script| in_module(script, other_name))),
    ("half of the module", "undertone-wasm.js", Some(|script| in_module(script, half))),
    ("no module", "undertone-wasm.js", None),
    ("half of the glue", "undertone.js", Some(half)),
    ("half of the reader's module", "reader-wasm.js", Some(|script| in_module(script, half))),
    ("no reader", "reader.js", None),
    ("half of what the models share", "models-shared.js", Some(|script| in_module(script, half))),
    ("half of a model", "model-unsupervised.js", Some(|script| in_module(script, half))),
    ("no model", "model-metric-act.js", None),
];

/// Starts `pkg/`, then a copy of it with each fault.
pub fn refused(count: &mut Count) -> Result<()> {
    let pkg = paths::pkg();
    println!("{}", start::required(&pkg)?);
    count.passed += 1;
    let copy = paths::target().join("page-broken");
    let mut overlooked = Vec::new();
    for (name, file, change) in FAULTS {
        with_fault(&pkg, &copy, file, change).with_context(|| name)?;
        match start::required(&copy) {
            Ok(_) => {
                count.failed += 1;
                overlooked.push(name);
            }
            Err(fault) => {
                println!("{name}: {fault:#}");
                count.passed += 1;
            }
        }
    }
    fs::remove_dir_all(&copy)?;
    if overlooked.is_empty() { Ok(()) } else { bail!("started all the same: {}", overlooked.join(", ")) }
}

fn with_fault(pkg: &Path, copy: &Path, file: &str, change: Option<Change>) -> Result<()> {
    fs::create_dir_all(copy)?;
    for entry in fs::read_dir(pkg)? {
        let entry = entry?;
        fs::copy(entry.path(), copy.join(entry.file_name()))?;
    }
    let file = copy.join(file);
    match change {
        Some(change) => fs::write(&file, change(&fs::read(&file)?)?)?,
        None => fs::remove_file(&file)?,
    }
    Ok(())
}

/// Changes the bytes that a script module carries.
fn in_module(script: &[u8], change: Change) -> Result<Vec<u8>> {
    let changed = change(&script_module::decode(std::str::from_utf8(script)?)?)?;
    Ok(script_module::encode(&changed).into_bytes())
}

fn half(bytes: &[u8]) -> Result<Vec<u8>> {
    Ok(bytes[..bytes.len() / 2].to_vec())
}

/// Where the table's name ends in the module's list of exports; its kind and its number come next.
fn after_name(module: &[u8]) -> Result<usize> {
    let mut found = module.windows(TABLE.len()).enumerate().filter(|(_, window)| *window == TABLE);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at + TABLE.len()),
        _ => bail!("the module does not have {} once", String::from_utf8_lossy(TABLE)),
    }
}

fn other_name(module: &[u8]) -> Result<Vec<u8>> {
    let mut changed = module.to_vec();
    changed[after_name(module)? - 1] = b'z';
    Ok(changed)
}

fn other_table(module: &[u8]) -> Result<Vec<u8>> {
    let at = after_name(module)?;
    let mut changed = module.to_vec();
    match changed.get_mut(at..at + 2) {
        // A table, the second; the first holds functions.
        Some([0x01, number @ 0x01]) => *number = 0,
        _ => bail!("the table is not the module's second"),
    }
    Ok(changed)
}

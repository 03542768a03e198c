//! `cargo xtask npm`: packs the npm package `undertone`, whose scripts are in `packages/npm/` and whose WebAssembly modules are made of
//! `crates/npm/`. The types are made of the scripts' own comments, and wasm and models travel inside scripts, as base64: that
//! survives every encoding that a bundler or a host may give a script.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::dist::sha256;
use crate::machine::Machine;
use crate::models::MODELS;
use crate::shell::{command, run};
use crate::{build, notices, paths, tools};

/// The modules: the cargo feature that one is made with, which is also its name in the package.
const MODULES: [(&str, &str); 2] = [("extract", "features"), ("score", "score")];
/// What an AudioWorklet knows, for the check of types.
const WORKLET_TYPES: &str = "worklet-globals.d.ts";
/// What cargo calls either.
const WASM: &str = "undertone_npm.wasm";

/// `cargo xtask npm`
pub fn command_line() -> Result<()> {
    let file = tarball()?;
    let bytes = build::read(&file)?;
    println!("{}  {}", sha256(&bytes), file.display());
    println!("{} bytes; npm install {} takes it", bytes.len(), file.display());
    Ok(())
}

/// Builds and packs the package, and says where it lies.
pub fn tarball() -> Result<PathBuf> {
    tools::npm_packages()?;
    let wasm = modules()?;
    let packed = build::packed_models()?;
    pack(&wasm, &packed, &paths::target().join("npm"))
}

/// Compiles the modules, with their bindings, into a folder.
pub fn modules() -> Result<PathBuf> {
    build::same_wasm_bindgen()?;
    let machine = Machine::here()?;
    let made = paths::target().join("npm-modules");
    build::empty(&made)?;
    for (feature, name) in MODULES {
        let wasm = build::compile(&machine, "undertone-npm", feature, WASM)?;
        build::bind(&wasm, &made, name, build::Flavour::Web)?;
        build::names_no_folder(&machine, &made.join(format!("{name}_bg.wasm")))?;
    }
    Ok(made)
}

/// Lays the package out in a folder and packs it there.
pub fn pack(modules: &Path, models: &Path, folder: &Path) -> Result<PathBuf> {
    build::empty(folder)?;
    let package = folder.join("package");
    lay_out(modules, models, &package)?;
    declare(&package)?;
    readable(&package)?;
    let npm = ["pack", "--silent", "--ignore-scripts", "--offline", "--pack-destination", ".."];
    run(command(tools::npm()?, &npm).current_dir(&package))?;
    let mut found = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    found.find(|file| file.extension().is_some_and(|kind| kind == "tgz")).context("npm has packed nothing")
}

/// Puts everything in its place; types are still missing.
fn lay_out(modules: &Path, models: &Path, package: &Path) -> Result<()> {
    let source = paths::root().join("packages/npm");
    let lib = package.join("lib");
    let wasm = lib.join("wasm");
    build::empty(&wasm)?;
    copy_all(&source.join("src"), &lib)?;
    for name in ["package.json", "README.md", "tsconfig.json"] {
        fs::copy(source.join(name), package.join(name))?;
    }
    notices::copy_own_licences(package)?;
    fs::copy(paths::root().join("www/sound").join(WORKLET_TYPES), package.join(WORKLET_TYPES))?;
    fs::write(package.join("THIRD-PARTY.txt"), notices::of_npm()?)?;
    let (script, types) = catalogue(&fs::read_to_string(paths::root().join("www/engine/catalogue.js"))?)?;
    fs::write(lib.join("catalogue.js"), script)?;
    fs::write(lib.join("catalogue.d.ts"), types)?;
    for (_, name) in MODULES {
        for ending in ["js", "d.ts"] {
            fs::copy(modules.join(format!("{name}.{ending}")), wasm.join(format!("{name}.{ending}")))?;
        }
        write_bytes(&build::read(&modules.join(format!("{name}_bg.wasm")))?, &wasm, &format!("{name}-wasm"))?;
    }
    write_bytes(&build::read(&models.join("shared"))?, &wasm, "models-shared")?;
    for model in MODELS {
        write_bytes(&build::read(&models.join(model))?, &wasm, &format!("model-{model}"))?;
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Writes `NAME.js`, a module that exports bytes as base64, and its type.
fn write_bytes(bytes: &[u8], folder: &Path, name: &str) -> Result<()> {
    fs::write(
        folder.join(format!("{name}.js")),
        format!("export default \"{}\";\n", STANDARD.encode(bytes)),
    )?;
    fs::write(
        folder.join(format!("{name}.d.ts")),
        "declare const base64: string;\nexport default base64;\n",
    )?;
    Ok(())
}

/// Makes the types of the scripts, which checks them, and takes away what is only of use for that.
fn declare(package: &Path) -> Result<()> {
    let compiler = paths::browser_tests().join("node_modules/typescript/bin/tsc");
    run(command("node", &[]).arg(compiler).arg("-p").arg(package))?;
    for file in ["tsconfig.json", WORKLET_TYPES] {
        fs::remove_file(package.join(file))?;
    }
    for name in ["slices", "start"] {
        fs::remove_file(package.join(format!("lib/{name}.d.ts")))?;
    }
    // A script cannot hand types on by their names alone.
    for name in ["index", "features"] {
        let file = package.join(format!("lib/{name}.d.ts"));
        let types = fs::read_to_string(&file)?;
        fs::write(file, format!("{types}export type * from './types.js';\n"))?;
    }
    for entry in fs::read_dir(package.join("lib/wasm"))? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(".d.ts") {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// Lets everybody read the files of a folder: npm packs their permissions, and those are of whoever packs.
#[cfg(unix)]
fn readable(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            readable(&path)?;
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

/// Where files have no such permissions.
#[cfg(not(unix))]
fn readable(_: &Path) -> Result<()> {
    Ok(())
}

/// The package's `catalogue.js` and `catalogue.d.ts`, of the page's.
fn catalogue(page: &str) -> Result<(String, String)> {
    let rows = |list: &str| -> Result<Vec<&str>> {
        let (_, rest) = page.split_once(&format!("\n  {list}: [\n")).with_context(|| format!("no {list}"))?;
        let (rows, _) = rest.split_once("\n  ],").with_context(|| format!("no end of {list}"))?;
        Ok(rows.lines().map(|row| row.trim().trim_end_matches(',')).collect())
    };
    let mut script = "// The names and units of what is computed, in official order.\n".to_owned();
    let mut types =
        "// The names of what is computed.\nimport type { Feature, Lld } from './types.js';\n".to_owned();
    for (list, name, title, row_type) in [
        ("llds", "LLDS", "25 low-level descriptors", "Lld"),
        ("features", "FEATURES", "88 functionals", "Feature"),
    ] {
        let rows = rows(list)?;
        let _ = writeln!(script, "export const {name} = Object.freeze([\n  {},\n]);", rows.join(",\n  "));
        let _ = writeln!(
            types,
            "/** The {title}, in official order. */\nexport const {name}: readonly {row_type}[];"
        );
        let named = |row: &&str| Some(format!("\"{}\"", row.split_once("\"name\":\"")?.1.split_once('"')?.0));
        let names: Option<Vec<String>> = rows.iter().map(named).collect();
        union(&mut types, &format!("{row_type}Name"), &names.context("a row without a name")?);
    }
    for (list, name) in [("groups", "GroupName"), ("families", "FamilyName"), ("flags", "FlagName")] {
        let names: Vec<String> = rows(list)?.into_iter().map(str::to_owned).collect();
        union(&mut types, name, &names);
    }
    Ok((script, types))
}

/// A type of the names that there are.
fn union(types: &mut String, name: &str, names: &[String]) {
    let _ = writeln!(types, "export type {name} =\n  | {};", names.join("\n  | "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_of_the_package_has_every_row_of_the_pages() {
        let page = fs::read_to_string(paths::root().join("www/engine/catalogue.js")).unwrap();
        let (script, types) = catalogue(&page).unwrap();
        assert_eq!(script.matches("\"frameSeconds\"").count(), 25);
        assert_eq!(script.matches("\"statistic\"").count(), 88);
        let count = |name: &str| {
            let (_, rest) = types.split_once(&format!("export type {name} =\n")).unwrap();
            rest.split_once(';').unwrap().0.lines().count()
        };
        let counts = ["LldName", "FeatureName", "GroupName", "FamilyName", "FlagName"].map(count);
        assert_eq!(counts, [25, 88, 27, 4, 9]);
        assert!(catalogue("export const catalogue = {};").is_err());
    }

    #[test]
    fn every_built_in_model_can_be_asked_for() {
        let script = fs::read_to_string(paths::root().join("packages/npm/src/index.js")).unwrap();
        for model in MODELS {
            assert!(script.contains(&format!("import('./wasm/model-{model}.js')")), "{model}");
        }
    }
}

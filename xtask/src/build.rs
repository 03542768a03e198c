//! Builds the page: Rust → wasm → glue → script modules. Nothing is fetched at run time, so the wasm and the models
//! travel inside script modules, as base64.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::models::{MODELS, weights};
use crate::shell::{ask, command, run, which};
use crate::{paths, tools};

/// What current Rust emits without being asked; an optimiser that is not told refuses the module.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-multivalue",
];

/// `cargo xtask build`: everything that the page loads, into `pkg/`.
pub fn page() -> Result<()> {
    same_wasm_bindgen()?;
    let wasm = compile("undertone", "undertone.wasm")?;
    let pkg = paths::pkg();
    fs::create_dir_all(&pkg)?;
    bind(&wasm, &pkg, "undertone", Flavour::Web)?;
    let module = pkg.join("undertone_bg.wasm");
    optimise(&module)?;
    script_module(&module, &pkg, "undertone-wasm", "The page's WebAssembly module")?;
    for model in MODELS {
        let file = weights(model);
        let path = paths::root().join(&file);
        if path.is_file() {
            script_module(&path, &pkg, &format!("model-{model}"), "The weights file")?;
        } else {
            bail!("{file} is missing: the page needs all four");
        }
    }
    report(&pkg)
}

/// Compiles one package's library for the page and hands back the wasm file.
pub fn compile(package: &str, file: &str) -> Result<PathBuf> {
    tools::wasm_target()?;
    let target = tools::WASM_TARGET;
    let arguments = [
        "build",
        "--package",
        package,
        "--lib",
        "--profile",
        "page",
        "--no-default-features",
        "--target",
        target,
    ];
    run(&mut command("cargo", &arguments))?;
    Ok(paths::target().join(target).join("page").join(file))
}

/// Who will load the glue.
#[derive(Clone, Copy)]
pub enum Flavour {
    /// A browser, through `initSync`.
    Web,
    /// Node, as an ES module.
    Node,
}

/// Generates the JavaScript glue for a module.
pub fn bind(wasm: &Path, folder: &Path, name: &str, flavour: Flavour) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(name)
        .typescript(true)
        .remove_producers_section(true)
        .remove_name_section(true);
    match flavour {
        Flavour::Web => bindgen.web(true)?.omit_default_module_path(true),
        Flavour::Node => bindgen.nodejs_module(true)?,
    };
    bindgen.generate(folder).with_context(|| format!("wasm-bindgen on {}", wasm.display()))
}

/// The glue generator and the crate in the wasm must be of one version, or the glue does not fit.
fn same_wasm_bindgen() -> Result<()> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock"))?;
    match (locked(&lock, "wasm-bindgen"), locked(&lock, "wasm-bindgen-cli-support")) {
        (Some(library), Some(generator)) if library == generator => Ok(()),
        (library, generator) => bail!(
            "Cargo.lock has wasm-bindgen {} but wasm-bindgen-cli-support {}: they must be equal.\n\
             Pin both with `=` in Cargo.toml and xtask/Cargo.toml.",
            library.unwrap_or("(none)"),
            generator.unwrap_or("(none)")
        ),
    }
}

/// The version of a package in a lock file.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut rows = lock.lines().skip_while(|row| *row != name).skip(1);
    rows.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// Makes the module smaller where wasm-opt is at hand; the page works without.
fn optimise(module: &Path) -> Result<()> {
    let Some(wasm_opt) = tools::wasm_opt() else {
        eprintln!("(no wasm-opt here: the page works, its wasm is about a tenth larger)");
        return Ok(());
    };
    let smaller = module.with_extension("opt.wasm");
    let mut optimise = command(wasm_opt, &["-Oz"]);
    optimise.args(WASM_FEATURES).arg(module).arg("-o").arg(&smaller);
    match run(&mut optimise) {
        Ok(()) => fs::rename(&smaller, module)?,
        // An older wasm-opt may not know what today's compiler emits: the unoptimised module is as right.
        Err(error) => eprintln!("(wasm-opt failed, its work is left out: {error})"),
    }
    Ok(())
}

/// Writes `NAME.js`, a module whose default export is the file in base64, and its type.
fn script_module(file: &Path, folder: &Path, name: &str, what: &str) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = base64::engine::general_purpose::STANDARD.encode(&bytes);
    fs::write(folder.join(format!("{name}.js")), format!("export default \"{text}\";\n"))?;
    let declaration = format!(
        "/** {what}, {} bytes in base64. */\ndeclare const base64: string;\nexport default base64;\n",
        bytes.len()
    );
    fs::write(folder.join(format!("{name}.d.ts")), declaration)?;
    Ok(())
}

/// Prints what a visitor loads: bytes as they are and, where a brotli is at hand, as a host would send them.
fn report(pkg: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(pkg)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "js" || kind == "wasm"));
    files.sort();
    println!("{:<28} {:>10} {:>10}", "pkg/", "bytes", "brotli");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let packed = brotli_bytes(&file).map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
        println!("{name:<28} {:>10} {packed:>10}", fs::metadata(&file)?.len());
    }
    Ok(())
}

/// The size of a file under brotli's best setting, if a brotli program or node is here.
pub fn brotli_bytes(file: &Path) -> Option<usize> {
    if let Some(brotli) = which(&["brotli"]) {
        let output = command(brotli, &["-q", "11", "-c"]).arg(file).output().ok()?;
        return output.status.success().then_some(output.stdout.len());
    }
    let script = "const fs=require('fs');console.log(require('zlib').brotliCompressSync(fs.readFileSync(process.argv[1])).length)";
    ask(command(which(&["node"])?, &["-e", script]).arg(file))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_has_one_wasm_bindgen() {
        same_wasm_bindgen().unwrap();
    }

    #[test]
    fn every_weights_file_goes_into_the_page_and_is_loaded_there() {
        let entries = fs::read_dir(paths::root().join("models")).unwrap();
        let mut names: Vec<String> = entries
            .filter_map(|entry| {
                Some(entry.ok()?.file_name().to_str()?.strip_suffix(".safetensors")?.to_owned())
            })
            .collect();
        names.sort();
        assert_eq!(names, MODELS);
        let registry = fs::read_to_string(paths::root().join("www/engine/models.js")).unwrap();
        for model in MODELS {
            assert!(registry.contains(&format!("import('../../pkg/model-{model}.js')")), "{model}");
        }
    }

    #[test]
    fn finds_the_version_of_exactly_the_package_asked_for() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n";
        assert_eq!(locked(lock, "a"), Some("1.0.0"));
        assert_eq!(locked(lock, "a-b"), Some("2.0.0"));
        assert_eq!(locked(lock, "b"), None);
    }
}

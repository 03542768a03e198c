//! Builds the page: Rust → wasm → glue → script modules. Nothing is fetched at run time, so the wasm and the models
//! travel inside script modules, as text.
//!
//! What comes out depends on the repository and the toolchain alone, and it is started once before it goes to `pkg/`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::lock::locked;
use crate::machine::Machine;
use crate::models::MODELS;
use crate::shell::{ask, cargo, command, run, which};
use crate::start::{self, Attempt};
use crate::{paths, script_module, tools};

/// A module of the page.
struct Part {
    package: &'static str,
    features: &'static str,
    /// What cargo calls the module.
    file: &'static str,
    /// Its name in `pkg/`.
    name: &'static str,
    what: &'static str,
}

/// The modules of the page: the first is loaded before the page is ready, the other with the first file that is opened.
const PARTS: [Part; 2] = [
    Part {
        package: "undertone",
        features: "web",
        file: "undertone.wasm",
        name: "undertone",
        what: "The page's WebAssembly module",
    },
    Part {
        package: "undertone-page-reader",
        features: "",
        file: "undertone_page_reader.wasm",
        name: "reader",
        what: "The WebAssembly module that reads sound files",
    },
];

/// `cargo xtask build`: everything that the page loads, into `pkg/`.
pub fn page() -> Result<()> {
    same_wasm_bindgen()?;
    let machine = Machine::here()?;
    // Made beside `pkg/`: what does not start never stands there as if it were built.
    let made = paths::target().join("page-made");
    empty(&made)?;
    for Part { package, features, file, name, what } in &PARTS {
        let wasm = compile(&machine, package, features, file)?;
        bind(&wasm, &made, name, Flavour::Web)?;
        let module = made.join(format!("{name}_bg.wasm"));
        names_no_folder(&machine, &module)?;
        write_module(&read(&module)?, &made, &format!("{name}-wasm"), what)?;
    }
    write_models(&made)?;
    take(&made, &paths::pkg())?;
    report(&paths::pkg())
}

/// How the command line is compiled; the bits of what it computes are the same.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// As the tests are: nothing is compiled twice.
    Dev,
    /// As it is installed: to measure it, or to work with many files.
    Release,
}

/// The native tests, whose build has the command line, too.
pub const TESTS: &[&str] = &["test", "--workspace", "--exclude", "xtask"];

/// Compiles the command line and says where it is.
pub fn command_line_tool(profile: Profile) -> Result<PathBuf> {
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => "release",
    };
    run(&mut match profile {
        // A build of this package alone has fewer features of its dependencies, and compiles most of them once more.
        Profile::Dev => cargo(&[TESTS, &["--no-run", "--quiet"]].concat()),
        Profile::Release => cargo(&["build", "--package", "undertone-cli", "--release"]),
    })?;
    Ok(paths::target().join(folder).join(format!("undertone{}", std::env::consts::EXE_SUFFIX)))
}

/// Lays the models out for JavaScript, and says where: a file `shared` with what all share, and one by the name of each.
pub fn packed_models() -> Result<PathBuf> {
    let packed = paths::target().join("packed");
    empty(&packed)?;
    let pack = ["run", "--quiet", "--locked", "--profile", "xtask", "--package", "undertone-pack", "--"];
    run(cargo(&pack).arg(&packed))?;
    Ok(packed)
}

/// Writes a script module with what all models share, and one for each.
fn write_models(made: &Path) -> Result<()> {
    let packed = packed_models()?;
    write_module(&read(&packed.join("shared"))?, made, "models-shared", "What the models share")?;
    for model in MODELS {
        write_module(
            &read(&packed.join(model))?,
            made,
            &format!("model-{model}"),
            "What the model has alone",
        )?;
    }
    Ok(())
}

/// Starts what was made and, unless that fails, puts it in the place of what is in `pkg`.
fn take(made: &Path, pkg: &Path) -> Result<()> {
    match start::attempt(made) {
        Ok(Attempt::Started(what)) => eprintln!("({what})"),
        Ok(Attempt::NotTried(why)) => {
            eprintln!(
                "({why}: the page was built, but not started. With Node.js 20 or newer that is done here.)"
            );
        }
        Err(fault) => bail!(
            "the page was built, but it does not start: {fault:#}\n\
             It lies in {} and was not put into pkg/. To see it fail again:\n\
             node xtask/src/start.mjs {} {}\n\
             Leftovers of an earlier build, or a compiler that wasm-bindgen does not fit, can cause this. Try\n\
             cargo clean --target {}\n\
             and this command again. If it stays, please report it with the output of rustc -vV.",
            made.display(),
            made.display(),
            MODELS.join(" "),
            tools::WASM_TARGET
        ),
    }
    empty(pkg)?;
    for entry in fs::read_dir(made)? {
        let entry = entry?;
        fs::copy(entry.path(), pkg.join(entry.file_name()))?;
    }
    Ok(())
}

/// Makes a folder, or takes away what is in it.
pub fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Compiles one package's library for the page, with these features, and hands back the wasm file.
pub fn compile(machine: &Machine, package: &str, features: &str, file: &str) -> Result<PathBuf> {
    tools::wasm_target()?;
    let target = tools::WASM_TARGET;
    let mut compile = cargo(&["rustc", "--locked", "--package", package, "--lib", "--crate-type", "cdylib"]);
    compile.args(["--profile", "page", "--no-default-features", "--target", target]);
    compile.args(["--features", features]);
    compile.arg("--target-dir").arg(paths::target());
    hold(&mut compile, machine.rustflags());
    run(&mut compile)?;
    Ok(paths::target().join(target).join("page").join(file))
}

/// Sets what a person's own cargo configuration could change otherwise; [`cargo`] has taken away what the environment could.
///
/// Variables win over configuration files: these flags are the only ones, no wrapper stands before the compiler, which is the one
/// that `rustup` or PATH has, and nothing is compiled in parts that depend on earlier runs. `[profile.page]` in Cargo.toml names
/// every setting, so that `[profile.release]` in a configuration file changes none. What remains, for who wants it:
/// `[profile.page]`, `[env]` and a linker for the wasm target in a configuration file.
fn hold(compile: &mut Command, flags: OsString) {
    compile.env("CARGO_ENCODED_RUSTFLAGS", flags);
    compile.env("CARGO_INCREMENTAL", "0");
    compile.envs([("RUSTC", "rustc"), ("RUSTC_WRAPPER", ""), ("RUSTC_WORKSPACE_WRAPPER", "")]);
}

/// `[profile.release]` as cargo has it by itself, without symbols. Settings on the command line win over all configuration.
const RELEASE: [&str; 9] = [
    "opt-level=3",
    "debug=false",
    "strip=true",
    "debug-assertions=false",
    "overflow-checks=false",
    "lto=false",
    "codegen-units=16",
    "panic='unwind'",
    "incremental=false",
];

/// The same for what is handed out as a program: cargo, or what runs cargo and hands `--config` on, gets the profile's settings
/// one by one, and no folder of this machine gets into the program. It would tell who built it, and no other folder could make the
/// same bytes.
pub fn hold_release(compile: &mut Command, machine: &Machine) {
    hold(compile, machine.names());
    for setting in RELEASE {
        compile.arg("--config").arg(format!("profile.release.{setting}"));
    }
}

/// Refuses a module in which a folder of this machine is named.
pub fn names_no_folder(machine: &Machine, module: &Path) -> Result<()> {
    name_no_folder(machine, &module.display().to_string(), &read(module)?)
}

/// Refuses bytes, which are called so, in which a folder of this machine is named.
pub fn name_no_folder(machine: &Machine, called: &str, bytes: &[u8]) -> Result<()> {
    let named: Vec<String> = machine.named_in(bytes).iter().map(|path| path.display().to_string()).collect();
    if named.is_empty() {
        return Ok(());
    }
    bail!(
        "{called} names folders of this machine: {}. It would tell who built it, and no other machine could make the same file.\n\
         xtask/src/machine.rs has the names that should stand in their place.",
        named.join(", ")
    )
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
pub fn same_wasm_bindgen() -> Result<()> {
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

/// Writes `NAME.js`, a module that exports bytes, and its type.
fn write_module(bytes: &[u8], folder: &Path, name: &str, what: &str) -> Result<()> {
    fs::write(folder.join(format!("{name}.js")), script_module::encode(bytes))?;
    fs::write(folder.join(format!("{name}.d.ts")), script_module::declaration(what, bytes.len()))?;
    Ok(())
}

pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
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
    fn what_does_not_start_leaves_the_page_before_it_as_it_was() {
        let folder = std::env::temp_dir().join(format!("undertone-build-{}", std::process::id()));
        let (made, pkg) = (folder.join("made"), folder.join("pkg"));
        empty(&made).unwrap();
        empty(&pkg).unwrap();
        fs::write(pkg.join("undertone.js"), "old").unwrap();
        fs::write(made.join("undertone.js"), "export const initSync = 1;").unwrap();
        fs::write(made.join("undertone-wasm.js"), "export default \"\";").unwrap();
        let error = take(&made, &pkg).unwrap_err().to_string();
        assert!(error.starts_with("the page was built, but it does not start: "), "{error}");
        assert_eq!(fs::read_to_string(pkg.join("undertone.js")).unwrap(), "old");
        assert_eq!(fs::read_dir(&pkg).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_module_that_names_this_repository_is_refused() {
        let machine = Machine::here().unwrap();
        let module = std::env::temp_dir().join(format!("undertone-names-{}.wasm", std::process::id()));
        fs::write(&module, "src/lib.rs\0/registry/libm-0.2.16/src/lib.rs").unwrap();
        names_no_folder(&machine, &module).unwrap();
        fs::write(&module, format!("\0asm{}/src/lib.rs", paths::root().display())).unwrap();
        let error = names_no_folder(&machine, &module).unwrap_err().to_string();
        assert!(error.contains(&paths::root().display().to_string()), "{error}");
        fs::remove_file(&module).unwrap();
    }

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
}

//! Running other programs: what is run is always printed, and a failure names the command.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A command in the repository's top level, without standard input.
pub fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(crate::paths::root()).stdin(Stdio::null());
    command
}

/// Variables that say where cargo keeps and fetches things, how many it does at a time and how it prints: they change nothing of
/// what it makes.
const KEPT: [&str; 3] = ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_BUILD_JOBS"];
const KEPT_GROUPS: [&str; 5] =
    ["CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTRIES_", "CARGO_REGISTRY_", "CARGO_TERM_"];
/// Prefixes of the variables that cargo, rustc or wasm-bindgen read; all but those above are removed.
const CLEARED_GROUPS: [&str; 6] = ["CARGO", "__CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "WASM_BINDGEN_"];

/// Cargo, the one that runs this tool, without whatever the environment would change in what it makes: flags, profiles,
/// wrappers, targets, and what cargo has set for this tool's own package. All tasks run cargo through this.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments);
    clear(&mut cargo);
    if on_ci() {
        // Nothing is built there twice, so what would make the second time faster only makes the first one slower.
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// Takes those variables away from a program that runs cargo.
pub fn clear(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_cleared) {
            command.env_remove(name);
        }
    }
}

/// Whether this is a run of the CI: everything is built there from nothing, once.
pub fn on_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true" || value == "1")
}

fn is_cleared(name: &str) -> bool {
    // Windows does not tell small letters from capitals here.
    let name = name.to_ascii_uppercase();
    let begins = |groups: &[&str]| groups.iter().any(|group| name.starts_with(group));
    begins(&CLEARED_GROUPS) && !begins(&KEPT_GROUPS) && !KEPT.contains(&name.as_str())
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a command with its output shown; its failure is an error.
pub fn run(command: &mut Command) -> Result<()> {
    eprintln!("$ {}", short(&line(command)));
    let status = command.status().with_context(|| format!("cannot run {}", line(command)))?;
    if !status.success() {
        bail!("{} ({status})", short(&line(command)));
    }
    Ok(())
}

/// Runs a command, shows its standard output as it comes, and hands it back with the success of the command.
pub fn run_and_read(command: &mut Command) -> Result<(String, bool)> {
    eprintln!("$ {}", short(&line(command)));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {}", line(command)))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        for row in BufReader::new(output).split(b'\n') {
            let row = String::from_utf8_lossy(&row?).into_owned();
            println!("{row}");
            text.push_str(&row);
            text.push('\n');
        }
    }
    Ok((text, child.wait()?.success()))
}

/// Runs a command and hands back its standard output; its complaints are shown, its failure is an error.
pub fn read(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {}", line(command)))?;
    if !output.status.success() {
        bail!("{} ({})", short(&line(command)), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command quietly and hands back its standard output; `None` if it is absent or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first of these programs that stands on PATH.
pub fn which(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|dir| dir.join(name)).find(|file| is_program(file)))
}

fn is_program(file: &Path) -> bool {
    file.is_file() || (cfg!(windows) && file.with_extension("exe").is_file())
}

/// A long command line, cut for display.
fn short(line: &str) -> String {
    const MOST: usize = 200;
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    line.chars().take(MOST).chain(" …".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_does_not_change_what_cargo_makes() {
        for name in [
            "RUSTFLAGS",
            "RUSTDOCFLAGS",
            "RUSTC",
            "RUSTC_WRAPPER",
            "RUSTC_BOOTSTRAP",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_BUILD_RUSTC_WRAPPER",
            "CARGO_INCREMENTAL",
            "CARGO_PROFILE_PAGE_LTO",
            "CARGO_PROFILE_RELEASE_OPT_LEVEL",
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "CARGO_UNSTABLE_BUILD_STD",
            "CARGO_MANIFEST_DIR",
            "CARGO_PKG_VERSION",
            "cargo_profile_page_lto",
            "WASM_BINDGEN_USE_JS_SYS",
        ] {
            assert!(is_cleared(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_JOBS",
            "CARGO_NET_OFFLINE",
            "CARGO_HTTP_PROXY",
            "CARGO_REGISTRIES_OWN_INDEX",
            "CARGO_TERM_COLOR",
            "RUSTUP_TOOLCHAIN",
            "RUST_BACKTRACE",
        ] {
            assert!(!is_cleared(name), "{name}");
        }
    }

    #[test]
    fn what_cargo_has_set_for_this_tool_is_not_passed_on() {
        let cargo = cargo(&["build"]);
        let removed: Vec<_> =
            cargo.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO"] {
            assert!(std::env::var_os(name).is_some() && removed.iter().any(|other| *other == name), "{name}");
        }
    }
}

//! What the tasks need beside Rust: found if it is there, installed where that is possible, and otherwise named
//! together with what to type.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{ask, command, on_ci, read, run, which};

/// The target that the page is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The target that the toolchain in use compiles for by itself.
pub fn host_target() -> Result<String> {
    let about = read(&mut command("rustc", &["-vV"]))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

/// Adds a target to the toolchain in use, if it is not there.
pub fn add_target(target: &str) -> Result<()> {
    if has_target(target) { Ok(()) } else { run(&mut command("rustup", &["target", "add", target])) }
}

fn has_target(target: &str) -> bool {
    let sysroot = ask(&mut command("rustc", &["--print", "sysroot"])).unwrap_or_default();
    PathBuf::from(sysroot.trim()).join("lib/rustlib").join(target).join("lib").is_dir()
}

/// Adds the wasm target to the toolchain in use, if it is not there.
pub fn wasm_target() -> Result<()> {
    if has_target(WASM_TARGET) {
        return Ok(());
    }
    if which(&["rustup"]).is_none() {
        bail!(
            "this Rust cannot compile for {WASM_TARGET}, and rustup is not here to add that.\n\
             With rustup (https://rustup.rs): rustup target add {WASM_TARGET}\n\
             On Debian or Ubuntu with their own Rust: apt-get install libstd-rust-dev-wasm32"
        );
    }
    add_target(WASM_TARGET)
}

/// The first Chromium that knows the header `Connection-Allowlist`, without which WebRTC gets past a page's policy.
const CHROMIUM: u32 = 152;

/// A Chromium to test with, new enough to hold the whole policy.
pub fn chromium() -> Result<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let find = || program(&names, "chromium", "Chromium");
    let found = find()?;
    if chromium_version(&found).is_some_and(|version| version >= CHROMIUM) {
        return Ok(found);
    }
    apt("chromium");
    let found = find()?;
    match chromium_version(&found) {
        Some(version) if version < CHROMIUM => bail!(
            "{} is version {version}; the page's policy needs {CHROMIUM} or newer to be tested.\n\
             On Debian or Ubuntu: sudo apt-get update && sudo apt-get install chromium",
            found.display()
        ),
        _ => Ok(found),
    }
}

fn chromium_version(program: &Path) -> Option<u32> {
    major_version(&ask(&mut command(program, &["--version"]))?)
}

/// The first number of a text such as `Chromium 156.0.8078.108 built on Debian`.
fn major_version(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

/// What else the page is tried with: Firefox, WebKitGTK's driver and a screen for that, the hosts nginx, Apache and Caddy, and what
/// sets up a network namespace. `None` for what is not here: the tests then say what to type.
pub fn further_programs() -> [(&'static str, Option<PathBuf>); 7] {
    // Debian starts it as a service as soon as it is installed, which is no good on somebody's own machine.
    let caddy = if on_ci() { program(&["caddy"], "caddy", "Caddy").ok() } else { which(&["caddy"]) };
    [
        ("firefox", program(&["firefox-esr", "firefox"], "firefox-esr", "Firefox").ok()),
        ("webkit", program(&["WebKitWebDriver"], "webkit2gtk-driver", "WebKitWebDriver").ok()),
        ("xvfb", program(&["Xvfb"], "xvfb", "Xvfb").ok()),
        ("nginx", program(&["nginx", "/usr/sbin/nginx"], "nginx-light", "nginx").ok()),
        ("apache", program(&["apache2", "/usr/sbin/apache2"], "apache2-bin", "Apache").ok()),
        ("caddy", caddy),
        ("ip", program(&["ip", "/usr/sbin/ip"], "iproute2", "ip").ok()),
    ]
}

/// The speech synthesiser that makes test speech.
pub fn espeak() -> Result<PathBuf> {
    program(&["espeak-ng"], "espeak-ng", "espeak-ng")
}

/// What the examples for many files need beside Python: GNU parallel, and Java for PySpark.
pub fn cluster_programs() -> Result<()> {
    program(&["parallel"], "parallel", "GNU parallel")?;
    program(&["java"], "default-jre-headless", "Java")?;
    Ok(())
}

/// A Python that can make virtual environments.
pub fn python() -> Result<PathBuf> {
    if let Some(python) = which(&["python3", "python"])
        && ask(&mut command(&python, &["-c", "import venv, ensurepip"])).is_some()
    {
        return Ok(python);
    }
    apt("python3-venv");
    program(&["python3"], "python3-venv", "Python 3 with venv")
}

/// Packages from PyPI in an environment of their own, `target/NAME/venv`: made once, and again when the list changes.
/// Hands back the folder of its programs, Python among them.
pub fn python_packages(name: &str, list: &str) -> Result<PathBuf> {
    let folder = crate::paths::target().join(name).join("venv");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let stamp = folder.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
        return Ok(programs);
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    run(command(python()?, &["-m", "venv"]).arg(&folder))?;
    let requirements = folder.join("requirements.txt");
    std::fs::write(&requirements, list)?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(command(programs.join("python"), &install).arg(&requirements))?;
    std::fs::write(stamp, list)?;
    Ok(programs)
}

/// npm, and node beside it.
pub fn npm() -> Result<PathBuf> {
    match (which(&["node"]), which(&["npm"])) {
        (Some(_), Some(npm)) => Ok(npm),
        _ => program(&["npm"], "npm", "Node.js (20 or newer) with npm"),
    }
}

/// The JavaScript packages of the browser tests, exactly as the lock file has them.
pub fn npm_packages() -> Result<()> {
    let folder = crate::paths::browser_tests();
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.undertone-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = npm()?;
    run(command(npm, &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

fn program(names: &[&str], package: &str, title: &str) -> Result<PathBuf> {
    if let Some(found) = which(names) {
        return Ok(found);
    }
    apt(package);
    match which(names) {
        Some(found) => Ok(found),
        None => bail!("{title} is not here. On Debian or Ubuntu: sudo apt-get install {package}"),
    }
}

/// Installs or upgrades a Debian package when this is root on a Debian; a failure shows when the program is then missing
/// or old. The lists are read anew first: an old list would bring an old browser.
fn apt(package: &str) {
    let root = ask(&mut command("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    if !root || which(&["apt-get"]).is_none() {
        return;
    }
    let install =
        |arguments: &[&str]| run(command("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    let _ = install(&["update", "-q"]);
    let _ = install(&["install", "-y", "-q", "--no-install-recommends", package]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_first_number() {
        assert_eq!(major_version("Chromium 156.0.8078.108 built on Debian GNU/Linux 12\n"), Some(156));
        assert_eq!(major_version("Google Chrome 9.1"), Some(9));
        assert_eq!(major_version("not a browser"), None);
    }
}

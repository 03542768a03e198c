//! The folders of the machine that builds: rustc would write them into the module, as the places where a panic can happen.
//! They say who built it, and two machines would never make the same file.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::lock::locked;
use crate::paths;
use crate::shell::{command, read};

/// 128-bit vectors, which every lane computes as a scalar instruction would: the same bits. Not `relaxed-simd`, whose results
/// depend on the processor.
const FEATURES: &str = "-Ctarget-feature=+simd128";

/// Where things lie on this machine.
pub struct Machine {
    /// The repository.
    root: PathBuf,
    /// Cargo's target folder.
    target: PathBuf,
    /// Cargo's home.
    cargo_home: PathBuf,
    /// Folders in cargo's home with unpacked packages, one per registry.
    registries: Vec<PathBuf>,
    /// The person's home.
    home: Option<PathBuf>,
    /// The toolchain's library folder.
    library: PathBuf,
    /// The toolchain's commit, or its release where it does not name one.
    commit: String,
}

impl Machine {
    /// This machine, with the toolchain in use.
    pub fn here() -> Result<Self> {
        let cargo_home = cargo_home()?;
        let sysroot = read(&mut command("rustc", &["--print", "sysroot"]))?;
        let version = read(&mut command("rustc", &["--version", "--verbose"]))?;
        let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name));
        let commit = field("commit-hash: ").filter(|hash| *hash != "unknown").or_else(|| field("release: "));
        Ok(Self {
            root: paths::root(),
            target: paths::target(),
            registries: registries(&cargo_home)?,
            cargo_home,
            home: env::home_dir(),
            library: Path::new(sysroot.trim()).join("lib/rustlib"),
            commit: commit.context("rustc does not tell its release")?.to_owned(),
        })
    }

    /// rustc's options for the page, as `CARGO_ENCODED_RUSTFLAGS` takes them: the instructions that the module may use
    /// ([`FEATURES`]), and a fixed name in each folder's place.
    pub fn rustflags(&self) -> OsString {
        let mut flags = OsString::from(FEATURES);
        flags.push("\u{1f}");
        flags.push(self.names());
        flags
    }

    /// rustc's options for a fixed name in each folder's place.
    ///
    /// rustc takes the last option that fits, so folders come before the folders that may lie within them. The standard
    /// library's source gets the name that it has where that source is not installed.
    pub fn names(&self) -> OsString {
        let source = self.library.join("src/rust");
        let commit = format!("/rustc/{}", self.commit);
        let mut names: Vec<(&Path, &str)> =
            vec![(&self.root, "/undertone"), (&self.target, "/target"), (&source, &commit)];
        names.extend(self.registries.iter().map(|folder| (folder.as_path(), "/registry")));
        let mut flags = OsString::new();
        for (folder, name) in names {
            if !flags.is_empty() {
                flags.push("\u{1f}");
            }
            flags.push("--remap-path-prefix=");
            flags.push(folder);
            flags.push("=");
            flags.push(name);
        }
        flags
    }

    /// Which of this machine's folders are named in a file.
    pub fn named_in(&self, bytes: &[u8]) -> Vec<&Path> {
        let folders = [&self.root, &self.target, &self.cargo_home, &self.library];
        let all = folders.into_iter().chain(&self.home).map(PathBuf::as_path);
        all.filter(|folder| is_named(folder, bytes)).collect()
    }
}

/// Cargo's home: settings and downloaded packages.
pub fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(folder) => Ok(paths::root().join(folder)),
        None => Ok(env::home_dir().context("neither CARGO_HOME nor a home folder is known")?.join(".cargo")),
    }
}

/// Whether something in a folder is named. A folder at the top level, such as `/src`, counts where its name is not the
/// end of a longer path.
fn is_named(folder: &Path, bytes: &[u8]) -> bool {
    let name = folder.as_os_str().as_encoded_bytes();
    let at_top = folder.components().count() <= 2;
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    let in_a_path =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-') || is_separator(byte);
    folder.parent().is_some()
        && bytes.windows(name.len()).enumerate().any(|(at, window)| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            window == name
                && bytes.get(at + name.len()).is_some_and(is_separator)
                && !(at_top && before.is_some_and(in_a_path))
        })
}

/// Folders with unpacked packages of the registry that the lock file's packages come from. The tool comes from there too, so they
/// are unpacked by now; folders of other registries, or of `cargo package`, are left out, or each would mean a new build.
fn registries(cargo_home: &Path) -> Result<Vec<PathBuf>> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock"))?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    let known = format!("wasm-bindgen-cli-support-{version}");
    let entries = fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.retain(|folder| folder.join(&known).is_dir());
    folders.sort();
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine() -> Machine {
        Machine {
            root: "/home/ida/undertone".into(),
            target: "/home/ida/undertone/target".into(),
            cargo_home: "/home/ida/.cargo".into(),
            registries: vec!["/home/ida/.cargo/registry/src/index-1".into()],
            home: Some("/home/ida".into()),
            library: "/usr/lib/rustlib".into(),
            commit: "abc".to_owned(),
        }
    }

    #[test]
    fn every_folder_gets_a_fixed_name_and_the_inner_one_comes_last() {
        let flags = machine().rustflags().into_string().unwrap();
        let flags: Vec<&str> = flags.split('\u{1f}').collect();
        assert_eq!(
            flags,
            [
                "-Ctarget-feature=+simd128",
                "--remap-path-prefix=/home/ida/undertone=/undertone",
                "--remap-path-prefix=/home/ida/undertone/target=/target",
                "--remap-path-prefix=/usr/lib/rustlib/src/rust=/rustc/abc",
                "--remap-path-prefix=/home/ida/.cargo/registry/src/index-1=/registry",
            ]
        );
    }

    #[test]
    fn a_module_that_names_a_folder_of_the_machine_is_found_out() {
        let machine = machine();
        let named = |text: &str| -> Vec<String> {
            machine.named_in(text.as_bytes()).iter().map(|folder| folder.display().to_string()).collect()
        };
        assert_eq!(
            named("src/egemaps/fft.rs\0/registry/libm-0.2.16/src/lib.rs\0/rustc/abc/library/"),
            [""; 0]
        );
        assert_eq!(named("x/home/ida/.cargo/registry/src/index-1/y"), ["/home/ida/.cargo", "/home/ida"]);
        assert_eq!(named("/home/ida/undertone/src/lib.rs"), ["/home/ida/undertone", "/home/ida"]);
        assert_eq!(named("/usr/lib/rustlib/src/rust/library/core"), ["/usr/lib/rustlib"]);
        assert_eq!(named("/home/idas/undertone/ and /home/ida"), [""; 0]);
    }

    #[test]
    fn a_folder_at_the_top_is_not_taken_for_a_part_of_a_path() {
        assert!(is_named(Path::new("/src"), b"lib.rs\0/src/lib.rs"));
        assert!(!is_named(Path::new("/src"), b"/registry/libm-0.2.16/src/lib.rs"));
        assert!(!is_named(Path::new("/"), b"/registry/libm-0.2.16/src/lib.rs"));
    }

    #[test]
    fn only_the_registry_of_our_packages_is_renamed() {
        let home = env::temp_dir().join(format!("undertone-registries-{}", std::process::id()));
        let own = Machine::here().unwrap().registries;
        let packages = fs::read_dir(&own[0]).unwrap().map(|entry| entry.unwrap().file_name());
        let name = packages.filter(|name| name.to_string_lossy().starts_with("wasm-bindgen-cli-support-"));
        for name in name {
            fs::create_dir_all(home.join("registry/src/ours").join(name)).unwrap();
        }
        fs::create_dir_all(home.join("registry/src/-0f739ced62be0b69/undertone-0.1.0")).unwrap();
        assert_eq!(registries(&home).unwrap(), [home.join("registry/src/ours")]);
        fs::remove_dir_all(&home).unwrap();
    }

    #[test]
    fn this_machine_has_a_registry_to_rename() {
        let machine = Machine::here().unwrap();
        let flags = machine.rustflags().into_string().unwrap();
        assert!(flags.contains("=/registry") && flags.contains("=/rustc/"), "{flags}");
        let own = machine.root.join("src").display().to_string();
        assert!(!machine.named_in(own.as_bytes()).is_empty());
    }
}

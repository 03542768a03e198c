//! `cargo xtask release`: what a release hands out, each as one archive with its version in the name, its licences inside and its
//! checksum beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::{Compression, GzBuilder};

use crate::lock::of_all_crates;
use crate::machine::Machine;
use crate::shell::{ask, cargo, command, read, run, which};
use crate::{build, dist, hosts, notices, paths, tools};

/// Where the archives come to lie.
const FOLDER: &str = "release";
/// The file of checksums in it.
const SUMS: &str = "SHA256SUMS";
/// Shells that completions are packed for, and the ending of their files.
const SHELLS: [(&str, &str); 5] =
    [("bash", "bash"), ("elvish", "elv"), ("fish", "fish"), ("powershell", "ps1"), ("zsh", "zsh")];

/// `cargo xtask release cli|page`
pub fn command_line(words: &[&str]) -> Result<()> {
    let made = match words {
        ["cli"] => vec![command_line_archive()?],
        ["page"] => page_archives()?,
        _ => bail!("a release of what? cli or page"),
    };
    for file in &made {
        add_sum(&paths::root().join(FOLDER), file)?;
        println!("{FOLDER}/{file}");
    }
    println!("{FOLDER}/{SUMS}");
    Ok(())
}

/// The version that all crates share.
pub fn version() -> Result<String> {
    let manifest = fs::read_to_string(paths::root().join("Cargo.toml"))?;
    of_all_crates(&manifest, "version").context("Cargo.toml names no version")
}

/// The target that the program is built for: on Linux one whose programs need no library of the system, if rustup can add it.
fn target() -> Result<String> {
    let host = tools::host_target()?;
    let Some(static_one) = static_target(&host) else { return Ok(host) };
    if tools::add_target(&static_one).is_ok() {
        return Ok(static_one);
    }
    println!("{static_one} cannot be added here: the program will need the C library of this system");
    Ok(host)
}

/// `x86_64-unknown-linux-musl` for `x86_64-unknown-linux-gnu`; none for other systems.
fn static_target(host: &str) -> Option<String> {
    Some(format!("{}-unknown-linux-musl", host.strip_suffix("-unknown-linux-gnu")?))
}

/// Builds the command line and packs it with its completions, manual pages and licences.
fn command_line_archive() -> Result<String> {
    let target = target()?;
    let machine = Machine::here()?;
    let mut build =
        cargo(&["build", "--release", "--locked", "--package", "undertone-cli", "--target", &target]);
    build::hold_release(&mut build, &machine);
    run(&mut build)?;
    let name = format!("undertone{}", if target.contains("windows") { ".exe" } else { "" });
    let program = paths::target().join(&target).join("release").join(&name);
    build::names_no_folder(&machine, &program)?;
    let mut files = vec![File::program(&name, fs::read(&program)?)];
    for (shell, ending) in SHELLS {
        let script = read(&mut command(&program, &["completions", shell]))?;
        files.push(File::text(&format!("completions/undertone.{ending}"), script));
    }
    files.push(File::text("man/undertone.1", read(&mut command(&program, &["manpage"]))?));
    for name in commands_of(&read(&mut command(&program, &["--help"]))?) {
        if let Some(page) = ask(&mut command(&program, &["manpage", &name])) {
            files.push(File::text(&format!("man/undertone-{name}.1"), page));
        }
    }
    files.extend(licences()?);
    files.push(File::text("THIRD-PARTY.txt", notices::of_command_line()?));
    let guide = paths::root().join("crates/cli/README.md");
    files.push(File::text("COMMANDS.md", fs::read_to_string(guide)?));
    let version = version()?;
    files.push(File::text("README.txt", readme(&version, &needs(&target, c_library(&program)))));
    let name = format!("undertone-{version}-{target}");
    let archive = archive(&name, files)?;
    try_out(&name)?;
    Ok(archive)
}

/// What a program needs of the system that runs it, as a sentence.
fn needs(target: &str, c_library: Option<String>) -> String {
    if target.contains("-linux-musl") {
        "It runs on any Linux of this processor and needs no library of the system.".to_owned()
    } else if let Some(library) = c_library {
        format!("It needs {library} or newer (ldd --version says which one is here).")
    } else {
        format!("It is built for {target}.")
    }
}

/// What somebody reads first who has unpacked the archive. [`try_out`] runs the indented lines.
fn readme(version: &str, needs: &str) -> String {
    format!(
        "Undertone {version}, the command line: eGeMAPSv02 features of voices, and how activated (aroused) they sound\n\
         \n\
         {needs} In this folder, with a sound file of yours in the place of speech.flac:\n\
         \n\
         \x20   ./undertone extract speech.flac -o features.csv\n\
         \x20   ./undertone extract --llds speech.flac -o llds.csv\n\
         \x20   ./undertone score speech.flac\n\
         \x20   ./undertone score --json speech.flac\n\
         \x20   ./undertone score --help\n\
         \n\
         To install it, copy undertone to a folder on PATH (for all users /usr/local/bin), the pages in man/ to /usr/local/share/man/man1,\n\
         and the file for your shell in completions/ to where that looks for them. COMMANDS.md says what each command does.\n\
         \n\
         The score describes how a voice sounds. It is not a diagnosis, names no feeling, and is not for grading or monitoring people.\n\
         \n\
         MIT or Apache 2.0, as you choose (LICENSE-MIT, LICENSE-APACHE). THIRD-PARTY.txt has the licences of the packages within.\n"
    )
}

/// Unpacks the archive into an empty folder and runs the lines of its README there, without anything of this environment.
fn try_out(name: &str) -> Result<()> {
    if !cfg!(unix) {
        println!("(the lines of its README were not run: they are for a Unix shell)");
        return Ok(());
    }
    let folder = paths::target().join("release-tried");
    build::empty(&folder)?;
    let archive = fs::File::open(paths::root().join(FOLDER).join(format!("{name}.tar.gz")))?;
    tar::Archive::new(flate2::read::GzDecoder::new(archive)).unpack(&folder)?;
    let unpacked = folder.join(name);
    fs::copy(paths::root().join("tests/fixtures/voice.flac"), unpacked.join("speech.flac"))?;
    for line in lines_to_run(&fs::read_to_string(unpacked.join("README.txt"))?) {
        let mut shell = command("/bin/sh", &["-c", &line]);
        let said = read(shell.env_clear().current_dir(&unpacked))?;
        println!("$ {line}: {} bytes", said.len());
    }
    let table = fs::read_to_string(unpacked.join("features.csv"))?;
    // The header and a row of file, start, end and the 88 functionals.
    if table.lines().count() != 2 || table.lines().any(|row| row.split(',').count() < 88) {
        bail!("features.csv is not a table of one file: {table}");
    }
    Ok(())
}

/// The indented lines of a text.
fn lines_to_run(readme: &str) -> Vec<String> {
    readme.lines().filter_map(|line| Some(line.strip_prefix("    ")?.to_owned())).collect()
}

/// The commands that a help text lists.
fn commands_of(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let named = listed.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   "));
    let names = named.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The newest version of the C library that a program asks for; none for a static one, or where that cannot be told.
fn c_library(program: &Path) -> Option<String> {
    which(&["objdump"])?;
    let symbols = ask(command("objdump", &["-T"]).arg(program))?;
    newest_c_library(&symbols)
}

fn newest_c_library(symbols: &str) -> Option<String> {
    let versions = symbols.split("GLIBC_").skip(1).filter_map(|rest| {
        let text: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let numbers: Vec<u32> = text.split('.').map_while(|part| part.parse().ok()).collect();
        (!numbers.is_empty()).then_some(numbers)
    });
    let newest: Vec<String> = versions.max()?.iter().map(u32::to_string).collect();
    Some(format!("glibc {}", newest.join(".")))
}

/// Packs the page as a site and as one file.
fn page_archives() -> Result<Vec<String>> {
    let version = version()?;
    dist::command_line(&[])?;
    let mut files = licences()?;
    for (folder, name) in [(paths::dist(), "dist"), (paths::root().join(dist::HOSTS), dist::HOSTS)] {
        files.extend(files_of(&folder, name)?);
    }
    files.push(File::text("README.txt", hosts::readme("/")));
    let site = archive(&format!("undertone-page-{version}"), files)?;
    dist::command_line(&["--single-file"])?;
    let one = format!("undertone-{version}.html");
    fs::copy(paths::root().join("undertone.html"), paths::root().join(FOLDER).join(&one))?;
    Ok(vec![site, one])
}

/// A file in an archive.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
    runs: bool,
}

impl File {
    fn text(path: &str, text: String) -> File {
        File { path: path.to_owned(), bytes: text.into_bytes(), runs: false }
    }

    fn program(path: &str, bytes: Vec<u8>) -> File {
        File { path: path.to_owned(), bytes, runs: true }
    }
}

fn licences() -> Result<Vec<File>> {
    let read = |name: &str| Ok(File::text(name, fs::read_to_string(paths::root().join(name))?));
    notices::OWN_LICENCES.into_iter().map(read).collect()
}

/// All files of a folder and those within, under another name of the folder.
pub fn files_of(folder: &Path, name: &str) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(files_of(&entry.path(), &path)?);
        } else {
            files.push(File { path, bytes: fs::read(entry.path())?, runs: false });
        }
    }
    Ok(files)
}

/// Writes an archive that unpacks into a folder of its name.
fn archive(name: &str, files: Vec<File>) -> Result<String> {
    let folder = paths::root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let file = format!("{name}.tar.gz");
    fs::write(folder.join(&file), packed(name, files)?)?;
    Ok(file)
}

/// The same bytes for the same files: in the order of their names, without times, owners or the name of a system.
fn packed(name: &str, mut files: Vec<File>) -> Result<Vec<u8>> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(gzip);
    for File { path, bytes, runs } in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(if runs { 0o755 } else { 0o644 });
        header.set_mtime(0);
        archive.append_data(&mut header, PathBuf::from(name).join(path), bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

/// Writes the checksum of a file into the list beside it, in the place of an older one of that name.
fn add_sum(folder: &Path, file: &str) -> Result<()> {
    let list = folder.join(SUMS);
    let sum = dist::sha256(&fs::read(folder.join(file))?);
    let before = fs::read_to_string(&list).unwrap_or_default();
    fs::write(&list, with_sum(&before, file, &sum))?;
    Ok(())
}

fn with_sum(list: &str, file: &str, sum: &str) -> String {
    let others = list.lines().filter(|line| line.split_once("  ").is_none_or(|(_, name)| name != file));
    let mut lines: Vec<String> = others.map(str::to_owned).chain([format!("{sum}  {file}")]).collect();
    lines.sort_by(|a, b| {
        a.split_once("  ").map(|(_, name)| name).cmp(&b.split_once("  ").map(|(_, name)| name))
    });
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_program_for_linux_needs_no_library() {
        assert_eq!(static_target("x86_64-unknown-linux-gnu").unwrap(), "x86_64-unknown-linux-musl");
        assert_eq!(static_target("aarch64-unknown-linux-gnu").unwrap(), "aarch64-unknown-linux-musl");
        assert_eq!(static_target("aarch64-apple-darwin"), None);
    }

    #[test]
    fn the_readme_of_the_archive_says_what_the_program_needs_and_its_lines_can_be_run() {
        assert!(needs("x86_64-unknown-linux-musl", None).contains("no library"));
        let text = readme("1.2.3", &needs("x86_64-unknown-linux-gnu", Some("glibc 2.29".to_owned())));
        assert!(
            text.starts_with("Undertone 1.2.3, ") && text.contains("needs glibc 2.29 or newer"),
            "{text}"
        );
        let lines = lines_to_run(&text);
        assert!(lines.len() == 5 && lines.iter().all(|line| line.starts_with("./undertone ")), "{lines:?}");
    }

    #[test]
    fn every_command_in_the_help_has_its_page() {
        let help = "Features.\n\nUsage: undertone\n\nCommands:\n  extract  The table\n           of features\n  score    Scores\n  help     Print\n\nOptions:\n  -h\n";
        assert_eq!(commands_of(help), ["extract", "score"]);
    }

    #[test]
    fn the_c_library_is_the_newest_that_a_symbol_asks_for() {
        let symbols = "memcpy GLIBC_2.14\npow (GLIBC_2.29)\nopen GLIBC_2.2.5\n";
        assert_eq!(newest_c_library(symbols), Some("glibc 2.29".to_owned()));
        assert_eq!(newest_c_library("no symbols"), None);
    }

    #[test]
    fn an_archive_has_the_same_bytes_again_and_unpacks_into_its_folder() {
        let files = || {
            let program = File::program("undertone", b"program".to_vec());
            vec![program, File::text("man/undertone.1", "page".to_owned())]
        };
        let bytes = packed("undertone-1", files()).unwrap();
        assert_eq!(bytes, packed("undertone-1", files().into_iter().rev().collect()).unwrap());
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let mut seen = Vec::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let path = entry.path().unwrap().to_string_lossy().into_owned();
            seen.push((path, entry.header().mode().unwrap(), text));
        }
        let expect = |path: &str, mode, text: &str| (path.to_owned(), mode, text.to_owned());
        assert_eq!(
            seen,
            [
                expect("undertone-1/man/undertone.1", 0o644, "page"),
                expect("undertone-1/undertone", 0o755, "program"),
            ]
        );
    }

    #[test]
    fn a_checksum_takes_the_place_of_the_older_one_of_its_file() {
        let list = with_sum("", "b", "1");
        assert_eq!(with_sum(&list, "a", "2"), "2  a\n1  b\n");
        assert_eq!(with_sum("2  a\n1  b\n", "b", "3"), "2  a\n3  b\n");
    }
}

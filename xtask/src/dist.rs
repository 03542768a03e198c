//! `cargo xtask dist`: packs the page as a static site, scripts and style sheets minified, with the headers that a host has to
//! send and the checksums that a visitor can compare; or as one HTML file that opens from a disk.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::serve::{offline, policy};
use crate::shell::{command, run, which};
use crate::{build, hosts, notices, paths, tools};

/// The folder for the administrator of a host.
pub const HOSTS: &str = "dist-hosts";

/// `cargo xtask dist [--base /path/|--single-file]`
pub fn command_line(words: &[&str]) -> Result<()> {
    match words {
        [] => site("/"),
        ["--base", base] => site(hosts::checked_base(base)?),
        ["--single-file"] => {
            minifier()?;
            build::page()?;
            let file = paths::root().join("undertone.html");
            single_file(&paths::root(), &file)?;
            let bytes = fs::read(&file)?;
            println!("{}  undertone.html", sha256(&bytes));
            println!("undertone.html: {} bytes; it opens from a disk, without a server", bytes.len());
            Ok(())
        }
        _ => bail!("dist knows --base /path/ or --single-file"),
    }
}

/// Joins the page of a folder into one file.
pub fn single_file(root: &Path, file: &Path) -> Result<()> {
    let (node, esbuild) = minifier()?;
    let package = esbuild.parent().and_then(Path::parent).context("esbuild has no folder")?;
    let script = paths::root().join("xtask/src/single_file.mjs");
    run(command(node, &[]).arg(script).args([root, package, file]))
}

/// What hosts have to be told, beside the page.
pub fn write_hosts(folder: &Path, base: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in [
        ("nginx.conf", hosts::nginx(base)),
        ("Caddyfile", hosts::caddy(base)),
        ("htaccess", hosts::apache(base)),
        ("README.txt", hosts::readme(base)),
    ] {
        fs::write(folder.join(name), text)?;
    }
    fs::write(folder.join("THIRD-PARTY.txt"), notices::of_page()?)?;
    notices::copy_own_licences(folder)
}

fn site(base: &str) -> Result<()> {
    minifier()?;
    build::page()?;
    let dist = paths::dist();
    pack(&paths::root(), &dist)?;
    let mut sums = String::new();
    let mut total = 0;
    for path in policy::all_files(&dist) {
        let bytes = read(&dist, &path)?;
        let _ = writeln!(sums, "{}  {path}", sha256(&bytes));
        total += bytes.len();
    }
    fs::write(dist.join("_headers"), hosts::static_hosts(base))?;
    write_hosts(&paths::root().join(HOSTS), base)?;
    fs::write(dist.join("SHA256SUMS"), &sums)?;
    print!("{sums}");
    println!("{}  all that the page loads, as it shows under “Checksums of its files”", sum_of_kept(&dist)?);
    println!(
        "dist/: {} files, {total} bytes; for the administrator of a host: dist-hosts/README.txt",
        sums.lines().count()
    );
    Ok(())
}

fn read(folder: &Path, path: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(path)).with_context(|| format!("cannot read {path}"))
}

/// Copies the page that was built into an empty folder, minifies it there, and gives the service worker its list.
pub fn pack(root: &Path, dist: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    let mut minified = Vec::new();
    for path in policy::all_files(root) {
        // The page loads its wasm from a script module; the file itself is for the npm package. Settings are the compiler's.
        if path.ends_with(".wasm") || path.ends_with(".json") {
            continue;
        }
        let copy = dist.join(&path);
        fs::create_dir_all(copy.parent().unwrap_or(dist))?;
        fs::write(&copy, read(root, &path)?)?;
        if is_minified(&path) {
            minified.push(path);
        }
    }
    minify(root, dist, &minified)?;
    fs::write(dist.join(policy::SERVICE_WORKER), offline::service_worker(dist)?)?;
    Ok(())
}

/// Scripts and style sheets that people wrote, and the glue. Modules of bytes have nothing to lose, and the service worker is
/// short and the one script that a visitor may want to read where it runs.
fn is_minified(path: &str) -> bool {
    let of_bytes = path.starts_with("pkg/model") || path.ends_with("-wasm.js");
    (path.ends_with(".js") && path != policy::SERVICE_WORKER && !of_bytes) || path.ends_with(".css")
}

/// esbuild, of the version in the lock file of tests/browser; node, which runs it, does not change what it makes.
fn minifier() -> Result<(PathBuf, PathBuf)> {
    let Some(node) = which(&["node"]).filter(|_| which(&["npm"]).is_some()) else {
        bail!(
            "Node.js (20 or newer) with npm is not here: `dist` minifies the scripts with esbuild, which npm brings.\n\
             On Debian or Ubuntu: sudo apt-get install nodejs npm\n\
             `cargo xtask serve` needs neither and serves the scripts as they are."
        );
    };
    tools::npm_packages()?;
    Ok((node, paths::browser_tests().join("node_modules/esbuild/bin/esbuild")))
}

/// Minifies files of `root` into `dist`, each by itself: names of files stay, and so do the imports between them.
fn minify(root: &Path, dist: &Path, files: &[String]) -> Result<()> {
    let (node, esbuild) = minifier()?;
    let mut minify = command(node, &[]);
    minify.arg(esbuild).args(["--minify", "--charset=utf8", "--target=es2023", "--log-level=warning"]);
    // Without a file of settings: one in a folder above would be found and read.
    minify.args(["--tsconfig-raw={}", "--outbase=.", "--allow-overwrite"]);
    minify.arg(format!("--outdir={}", dist.display())).args(files).current_dir(root);
    run(&mut minify)
}

/// The checksum of the lines in SHA256SUMS for the files that a browser keeps, in the order of their paths: all but the
/// service worker. `www/privacy/file-sums.js` computes the same.
fn sum_of_kept(folder: &Path) -> Result<String> {
    let mut files = offline::kept_files(folder);
    files.sort();
    let mut lines = String::new();
    for path in files {
        let _ = writeln!(lines, "{}  {path}", sha256(&read(folder, &path)?));
    }
    Ok(sha256(lines.as_bytes()))
}

/// A checksum in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_file_closes_the_page_and_opens_its_own_server_to_the_worker_alone() {
        let text = hosts::static_hosts("/");
        let rule = |path: &str| {
            let (_, rest) = text.split_once(&format!("{path}\n")).unwrap();
            rest.split("\n/").next().unwrap().to_owned()
        };
        for path in ["/", "/index.html", "/pkg/*", "/www/*"] {
            let headers = rule(path);
            assert!(headers.starts_with("  Content-Security-Policy: default-src 'none';"), "{path}");
            assert!(headers.contains("connect-src 'none'"), "{path}");
            assert!(
                headers.contains(
                    "\n  Permissions-Policy: microphone=(self), fullscreen=(self), screen-wake-lock=(self), "
                ),
                "{path}"
            );
            assert!(headers.contains("\n  Connection-Allowlist: (response-origin)\n"), "{path}");
        }
        let worker = rule("/worker/*");
        assert!(worker.contains("connect-src 'self'") && worker.contains("\n  Service-Worker-Allowed: /"));
        assert_eq!(text.matches("connect-src 'self'").count(), 1);
    }

    #[test]
    fn a_packed_page_has_small_scripts_under_their_names_and_a_worker_that_lists_them() {
        let folder = std::env::temp_dir().join(format!("undertone-dist-{}", std::process::id()));
        let (root, dist) = (folder.join("root"), folder.join("dist"));
        for (path, text) in [
            ("index.html", "<title>page</title>\n"),
            ("www/app.js", "// A comment.\nimport { long } from './shell/part.js';\n\nlong('æ');\n"),
            ("www/shell/part.js", "export function long(name) {\n  return import(`${name}`);\n}\n"),
            ("www/style/base.css", "/* A comment. */\na {\n  color: red;\n}\n"),
            ("www/tsconfig.json", "{\"compilerOptions\": {\"target\": \"es5\"}}"),
            ("pkg/undertone-wasm.js", "export default \"\u{7f}asm\u{1}\";\n"),
            ("pkg/undertone_bg.wasm", "wasm"),
            (policy::SERVICE_WORKER, "// Kept as it is.\nconst FILES = {};\n"),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        pack(&root, &dist).unwrap();
        let text = |path: &str| fs::read_to_string(dist.join(path)).unwrap();
        assert_eq!(text("www/app.js"), "import{long as o}from\"./shell/part.js\";o(\"\u{e6}\");\n");
        assert!(text("www/shell/part.js").starts_with("export function long("));
        assert_eq!(text("www/style/base.css"), "a{color:red}\n");
        for same in ["index.html", "pkg/undertone-wasm.js"] {
            assert_eq!(text(same), fs::read_to_string(root.join(same)).unwrap());
        }
        let kept =
            ["index.html", "pkg/undertone-wasm.js", "www/app.js", "www/shell/part.js", "www/style/base.css"];
        let lines: String =
            kept.iter().map(|path| format!("{}  {path}\n", sha256(text(path).as_bytes()))).collect();
        assert_eq!(sum_of_kept(&dist).unwrap(), sha256(lines.as_bytes()));
        let worker = text(policy::SERVICE_WORKER);
        assert!(worker.starts_with("// Kept as it is.\nconst FILES = {\n  'index.html': '"), "{worker}");
        assert_eq!(worker, offline::service_worker(&dist).unwrap(), "the list is that of the minified files");
        assert!(worker.contains("'www/shell/part.js': '"));
        let files = policy::all_files(&dist);
        assert!(!files.iter().any(|path| path.ends_with(".json") || path.ends_with(".wasm")), "{files:?}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn checksums_are_sha_256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

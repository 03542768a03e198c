//! The project's one tool: `cargo xtask TASK`. It builds the page, starts it, serves it, runs all tests, measures parity with
//! openSMILE, and packs a static site. `build` and `serve` need Rust alone.

mod bench;
mod build;
mod catalogue;
mod crates;
mod dist;
mod floats;
mod format;
mod fuzz;
mod hosts;
mod layers;
mod load;
mod lock;
mod machine;
mod models;
mod notices;
mod npm;
mod parity;
mod paths;
mod release;
mod reproduce;
mod script_module;
mod serve;
mod shell;
mod start;
mod test;
mod tools;
mod vectors;
mod wav;
mod ways_out;
mod wheel;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask TASK

  serve  [--port N] [--no-build] [--root DIR] [--name NAME]
                                   build the page and serve it on this machine, with the headers of production
                                   (port 8018, or the next free one; 0 takes any); NAME: another name it answers by
  build                            build the page's wasm and scripts into pkg/; with Node.js at hand they are started once,
                                   also by serve and dist, and what does not start is refused
  test   [--quick] [--parity]      everything that must hold; --quick leaves the browser out,
                                   --parity measures parity too (as CI does)
  catalogue                        write the page's catalogue of names, www/engine/catalogue.js, from the code
  format                           rustfmt, and prettier for the page's scripts and styles and their tests
  parity [DIR...] [--rates LIST] [--out FILE.md] [--no-limits]
                                   measure agreement with openSMILE; a DIR with sound files is a corpus, a DIR of
                                   such folders is several; without DIR speech and signals are synthesised.
                                   LIST: 8000,11025,16000,22050,44100,48000,native
  bench  [--long|--page|--conversation|--training] [--out FILE.md]
                                   our times beside those of openSMILE and others, in one run; --long: of 10 min and more;
                                   --page: how fast the page is, in Chromium; --conversation: with half an hour in it;
                                   --training: networks, beside PyTorch;
                                   --out puts the tables between the marks of docs/performance.md
  floats                           compare the vectors' logarithm and power with libm for every positive float
  models [--only NAME] [OPTION...] train the built-in models on the corpora in corpora/, as their cards say; further
                                   options go to `undertone train`
  layers                           compare which folder uses which with docs/architecture.md
  ways-out [ENGINE …] [--write]    try every way out of the page in every browser that is here, at a collector in a network
                                   namespace, and compare with docs/ways-out.json, or write it and the tables of
                                   docs/privacy.md
  vectors                          compare the bits of native and wasm on the test vectors
  reproduce [--release]            build the page twice, in two folders with two homes of cargo, and compare the bytes; --release: all
                                   that a release hands out, archives, crates, npm package and wheel
  fuzz [TARGET...] [--seconds N]   try every parser and the analysis with bytes that reach new code, N seconds each (60), and what was
                                   found in wasm, too; the table goes into docs/robustness.md
  load   [--files N] [--no-page]   much at once, on Linux: 50,000 files through the command line, killed and carried on, 560 MB in one
                                   file, 500 recordings in one page; the table goes into docs/robustness.md
  notices page|npm|cli|wheel       the licences of the packages that the page, the npm package, the command line or the Python
                                   package contains, with their texts
  npm    [--test]                  pack the npm package into target/npm/; --test: and try it in Node.js, with TypeScript, in
                                   bundles by Vite and webpack, in a page, a worker and an AudioWorklet
  wheel  [--test|--bench|--clusters] [--here] [--out FILE.md]
                                   build the Python package egemaps into dist-python/, with Zig for glibc 2.17 and newer; --here: for
                                   this system's own libraries, without Zig; --test: install it and test it, also against opensmile;
                                   --bench: its speed beside opensmile's; --clusters: the examples for many files, with GNU parallel, Ray
                                   and PySpark; --out puts the table between its marks in a document
  crates [--pack|--write]          pack the crates as they would be published, build each from that, and run their examples with the packed
                                   ones; --pack: pack them only; --write: record their public interfaces in docs/api
  dist   [--base /path/|--single-file]
                                   pack the page into dist/, a static site with checksums, and headers for hosts in dist-hosts/,
                                   to be served under a path; or as one file, undertone.html, that opens from a disk
  release cli|page                 archives with version, licences and checksums in release/: the command line for this system
                                   (on Linux one that needs no library), or the page as a site and as one file
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.split_first() {
        Some((&"serve", rest)) => serve::command_line(rest),
        Some((&"build", [])) => build::page(),
        Some((&"test", rest)) => test::command_line(rest),
        Some((&"catalogue", [])) => catalogue::command_line(),
        Some((&"format", [])) => format::command_line(),
        Some((&"parity", rest)) => parity::command_line(rest),
        Some((&"bench", rest)) => bench::command_line(rest),
        Some((&"floats", [])) => floats::command_line(),
        Some((&"models", rest)) => models::command_line(rest),
        Some((&"layers", [])) => layers::command_line(),
        Some((&"ways-out", rest)) => ways_out::command_line(rest),
        Some((&"vectors", [])) => vectors::command_line(),
        Some((&"reproduce", rest)) => reproduce::command_line(rest),
        Some((&"fuzz", rest)) => fuzz::command_line(rest),
        Some((&"load", rest)) => load::command_line(rest),
        Some((&"notices", rest)) => notices::command_line(rest),
        Some((&"npm", [])) => npm::command_line(),
        Some((&"npm", ["--test"])) => test::npm::all(),
        Some((&"wheel", rest)) => wheel::command_line(rest),
        Some((&"crates", rest)) => crates::command_line(rest),
        Some((&"dist", rest)) => dist::command_line(rest),
        Some((&"release", rest)) => release::command_line(rest),
        Some((&("help" | "--help" | "-h"), _)) => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

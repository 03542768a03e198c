//! `cargo xtask bench`: our times beside those of other programs, on the same samples, in turn in one run. Its tables stand in
//! docs/performance.md between marks; the text around them is written by hand.

mod contender;
mod page;
mod statistics;
mod training;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{ask, cargo, command, read, run};
use crate::{build, parity, paths, tools, vectors};
use contender::Contender;
use statistics::{Sample, quartiles, spread, time};

const PYTHON_PEERS: &str = include_str!("peers.py");
const NODE_PEERS: &str = include_str!("peers.mjs");
const PROCESS: &str = include_str!("process.py");
/// What `peers.py` needs beside the packages of `cargo xtask parity`.
const PRAAT: &str = "praat-parselmouth==0.4.7\n";
/// What `peers.mjs` needs.
const NODE_PACKAGES: &str =
    r#"{ "private": true, "dependencies": { "meyda": "5.6.3", "essentia.js": "0.1.3" } }"#;

/// Sounds at 16 kHz: seconds, how often each program is asked, and the share that is a voice.
const LENGTHS: [(u32, usize, &str); 4] = [(1, 21, SPEECH), (5, 15, SPEECH), (60, 5, SPEECH), (60, 5, VOICE)];
const LONG: [(u32, usize, &str); 2] = [(600, 1, SPEECH), (3_600, 1, SPEECH)];
/// Share of every second that is a synthetic voice. The voice has pauses of its own: 57 % of the frames are voiced, about as
/// many as in corpora of acted speech.
const SPEECH: &str = "0.8";
/// The voice alone: more voiced frames, and these take us longest.
const VOICE: &str = "1";
/// Sounds above this are not given to the programs in Node, which take minutes for them.
const LONGEST_IN_NODE_S: u32 = 600;
const RATES_HZ: [u32; 4] = [8_000, 16_000, 44_100, 48_000];
/// Sounds at each of these rates: seconds, and how often each program is asked.
const AT_RATES: (u32, usize) = (5, 7);

/// Whole files as openSMILE's users extract them: one process, and as many threads as it is told.
const OPENSMILE_PROCESS: &str = "\
import sys, opensmile
smile = opensmile.Smile(feature_set=opensmile.FeatureSet.eGeMAPSv02,
                        feature_level=opensmile.FeatureLevel.Functionals,
                        num_workers=int(sys.argv[1]), multiprocessing=False)
print(smile.process_files(sys.argv[2:]).to_csv())
";

/// `cargo xtask bench [--long|--page|--conversation|--training] [--out FILE.md]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (mut out, mut mark, mut words) = (None, "bench", words);
    loop {
        words = match words {
            [] => break,
            ["--out", file, rest @ ..] => {
                out = Some(PathBuf::from(file));
                rest
            }
            ["--long", rest @ ..] => {
                mark = "bench --long";
                rest
            }
            ["--page", rest @ ..] => {
                mark = "bench --page";
                rest
            }
            ["--conversation", rest @ ..] => {
                mark = "bench --conversation";
                rest
            }
            ["--training", rest @ ..] => {
                mark = "bench --training";
                rest
            }
            _ => bail!(
                "bench knows --long, --page, --conversation, --training and --out FILE.md and nothing else"
            ),
        };
    }
    // Before an hour is spent: the place for the tables must be there.
    if let Some(out) = &out {
        between(&read_text(out)?, mark, "")?;
    }
    let text = match mark {
        "bench --page" => page::table("page.mjs")?,
        "bench --conversation" => page::table("conversation.mjs")?,
        "bench --training" => training::table()?,
        "bench --long" => Bench::prepare()?.long_tables()?,
        _ => Bench::prepare()?.tables()?,
    };
    println!("{text}");
    if let Some(out) = &out {
        let text = between(&read_text(out)?, mark, &text)?;
        fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The document with `new` between the marks `<!-- MARK -->` and `<!-- end of MARK -->`.
pub fn between(document: &str, mark: &str, new: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let parts =
        document.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.with_context(|| format!("there is no {begin}… {end}"))?;
    Ok(format!("{before}{begin}\n{}\n\n{end}{after}", new.trim()))
}

/// What the benchmarks need.
struct Bench {
    folder: PathBuf,
    python: PathBuf,
    undertone: PathBuf,
    /// Peers that cannot be timed here, and why.
    missing: Vec<String>,
    contenders: std::cell::RefCell<Contenders>,
}

/// Programs that are asked in turn.
struct Contenders {
    ours: Contender,
    sets: Vec<String>,
    peers: Vec<Contender>,
}

/// The times of one program on one sound.
struct Times {
    title: String,
    samples: Vec<Sample>,
}

impl Times {
    fn cpu(&self) -> [f64; 3] {
        quartiles(self.samples.iter().map(|sample| sample.cpu_s))
    }

    /// The median of the CPU time, as a cell of a table.
    fn cpu_cell(&self) -> String {
        if self.samples.is_empty() { "not possible".to_owned() } else { time(self.cpu()[1]) }
    }

    fn wall(&self) -> [f64; 3] {
        quartiles(self.samples.iter().map(|sample| sample.wall_s))
    }

    fn peak_mb(&self) -> f64 {
        quartiles(self.samples.iter().map(|sample| sample.peak_bytes))[1] * 1e-6
    }
}

impl Bench {
    fn prepare() -> Result<Bench> {
        let folder = paths::target().join("bench");
        fs::create_dir_all(&folder)?;
        let undertone = build::command_line_tool(build::Profile::Release)?;

        let mut ours = Contender::start(&mut cargo(&[
            "bench",
            "--package",
            "egemaps",
            "--bench",
            "timing",
            "--",
            "serve",
        ]))?;
        ours.title = "egemaps".to_owned();
        let sets: Vec<String> = ours.ask(&["sets"])?.split('\t').map(str::to_owned).collect();

        let mut missing = Vec::new();
        let (python, has_praat) =
            match tools::python_packages("bench", &(parity::REQUIREMENTS.to_owned() + PRAAT)) {
                Ok(programs) => (programs.join("python"), true),
                Err(error) => {
                    missing.push(format!("Praat: {error:#}"));
                    (parity::environment()?, false)
                }
            };
        let mut peers =
            vec![Contender::start_peer(&mut command(&python, &["-c", PYTHON_PEERS, "opensmile"]))?];
        fs::write(folder.join("peers.mjs"), NODE_PEERS)?;
        let node_packages = node_packages(&folder);
        let module = vectors::as_module();
        for (name, title) in
            [("ours", "ours, wasm"), ("praat", "Praat"), ("meyda", "Meyda"), ("essentia", "Essentia.js")]
        {
            let packages = if name == "ours" { &module } else { &node_packages };
            let started = match (name, packages) {
                ("praat", _) if !has_praat => continue,
                ("praat", _) => Contender::start_peer(&mut command(&python, &["-c", PYTHON_PEERS, name])),
                (_, Ok(packages)) => {
                    let script = folder.join("peers.mjs");
                    Contender::start_peer(command("node", &[]).arg(script).arg(name).arg(packages))
                        .map(Contender::in_node)
                }
                (_, Err(error)) => Err(anyhow::anyhow!("{error:#}")),
            };
            match started {
                Ok(peer) => peers.push(peer),
                Err(error) => missing.push(format!("{title}: {error:#}")),
            }
        }
        let contenders = Contenders { ours, sets, peers }.into();
        Ok(Bench { folder, python, undertone, missing, contenders })
    }

    /// The WAV file of a sound.
    fn sound(&self, seconds: u32, rate_hz: u32, share: &str) -> Result<PathBuf> {
        let file = self.folder.join(format!("{seconds}s-{rate_hz}-{share}.wav"));
        let name = file.to_string_lossy().into_owned();
        let words = ["make", &rate_hz.to_string(), &seconds.to_string(), &name, share];
        self.contenders.borrow_mut().ours.ask(&words)?;
        Ok(file)
    }

    /// The share of a sound's frames that are voiced.
    fn voiced_share(&self, seconds: u32, share: &str) -> Result<f64> {
        let file = self.sound(seconds, 16_000, share)?;
        let answer = self.contenders.borrow_mut().ours.ask(&["voiced", "16000", &file.to_string_lossy()])?;
        answer.parse().with_context(|| format!("no share: {answer:?}"))
    }

    /// All programs in turn, `rounds` times, after a first time that does not count unless there is but one.
    fn in_process(&self, seconds: u32, rate_hz: u32, rounds: usize, share: &str) -> Result<Vec<Times>> {
        let file = self.sound(seconds, rate_hz, share)?;
        let mut contenders = self.contenders.borrow_mut();
        let Contenders { ours, sets, peers } = &mut *contenders;
        let mut peers: Vec<&mut Contender> =
            peers.iter_mut().filter(|peer| seconds <= LONGEST_IN_NODE_S || !peer.runs_in_node).collect();
        let titles =
            sets.iter().map(|set| format!("ours, {set}")).chain(peers.iter().map(|p| p.title.clone()));
        let mut times: Vec<Times> = titles.map(|title| Times { title, samples: Vec::new() }).collect();
        let first = usize::from(rounds > 1);
        for round in 0..rounds + first {
            eprintln!("{seconds} s at {rate_hz} Hz, round {round}");
            for (i, times) in times.iter_mut().enumerate() {
                let sample = match sets.get(i) {
                    Some(set) => Some(ours.time(rate_hz, &file, &[set])?),
                    // What a peer cannot do stays empty in the table.
                    None => peers[i - sets.len()]
                        .time(rate_hz, &file, &[])
                        .inspect_err(|error| eprintln!("{error:#}"))
                        .ok(),
                };
                times.samples.extend(sample.filter(|_| round >= first));
            }
        }
        Ok(times)
    }

    /// Whole processes in turn, each given its files.
    fn processes(&self, rounds: usize, files: &[PathBuf], jobs: &[usize]) -> Result<Vec<Times>> {
        let script = ["-c", OPENSMILE_PROCESS];
        let mut times: Vec<Times> = Vec::new();
        for round in 0..rounds {
            for (i, jobs) in jobs.iter().enumerate() {
                let count = jobs.to_string();
                for (j, title) in ["`undertone extract`", "Python with `opensmile`"].into_iter().enumerate() {
                    let mut process = command(&self.python, &["-c", PROCESS]);
                    if j == 0 {
                        process.arg(&self.undertone).args(["extract", "--jobs", &count]);
                    } else {
                        process.arg(&self.python).args(script).arg(&count);
                    }
                    let answer = read(process.args(files))?;
                    let sample = Sample::parse(&answer).with_context(|| format!("no times: {answer:?}"))?;
                    if round == 0 {
                        let threads =
                            if *jobs == 1 { "1 thread".to_owned() } else { format!("{jobs} threads") };
                        times.push(Times { title: format!("{title}, {threads}"), samples: Vec::new() });
                    }
                    times[2 * i + j].samples.push(sample);
                }
            }
        }
        Ok(times)
    }

    fn tables(&self) -> Result<String> {
        let load = load();
        let mut text = self.in_process_table(&LENGTHS)?;
        text += "\n### At other rates\n\n";
        text += "CPU time for 5 s of sound, medians.\n\n| program |";
        let mut columns = Vec::new();
        for rate_hz in RATES_HZ {
            text += &format!(" {} kHz |", f64::from(rate_hz) / 1e3);
            columns.push(self.in_process(AT_RATES.0, rate_hz, AT_RATES.1, SPEECH)?);
        }
        text += &format!("\n|---|{}\n", "---|".repeat(RATES_HZ.len()));
        for (row, times) in columns[0].iter().enumerate() {
            let cells: Vec<String> = columns.iter().map(|column| column[row].cpu_cell()).collect();
            text += &format!("| {} | {} |\n", times.title, cells.join(" | "));
        }
        text += "\n### Whole processes\n\nFrom the start of the process to its end, one file of 16 kHz.\n\n";
        for seconds in [1, 60] {
            let file = self.sound(seconds, 16_000, SPEECH)?;
            text += &process_table(&format!("{seconds} s"), &self.processes(9, &[file], &[1])?, 1.0);
        }
        text += "\nForty files of 5 s.\n\n";
        let files = vec![self.sound(5, 16_000, SPEECH)?; 40];
        text += &process_table("40 × 5 s", &self.processes(5, &files, &[1, 2])?, 200.0);
        text += "\n### Stages\n\nCriterion's medians, wall time, one thread.\n\n";
        text += &self.stages()?;
        Ok(self.introduction(&load) + &text)
    }

    fn long_tables(&self) -> Result<String> {
        let load = load();
        let mut text = self.in_process_table(&LONG)?;
        text += "\n### Whole processes\n\nFrom the start of the process to its end, one file of 16 kHz.\n\n";
        for seconds in [600, 3_600] {
            let file = self.sound(seconds, 16_000, SPEECH)?;
            text += &process_table(&format!("{} min", seconds / 60), &self.processes(1, &[file], &[1])?, 1.0);
        }
        text += "\n`undertone` alone, one thread.\n\n";
        let rows = [
            ("extract", 3_600, 16_000),
            ("extract", 10_800, 16_000),
            ("extract --rate 16000", 3_600, 48_000),
            ("extract --llds", 3_600, 16_000),
            ("score", 3_600, 16_000),
        ];
        text += "| command | sound | CPU time | peak memory |\n|---|---|---|---|\n";
        for (words, seconds, rate_hz) in rows {
            let file = self.sound(seconds, rate_hz, SPEECH)?;
            let mut process = command(&self.python, &["-c", PROCESS]);
            process.arg(&self.undertone).args(words.split(' ')).args(["--jobs", "1"]).arg(&file);
            let answer = read(&mut process)?;
            let sample = Sample::parse(&answer).with_context(|| format!("no times: {answer:?}"))?;
            text += &format!(
                "| `{words}` | {} min, {} kHz | {} | {:.0} MB |\n",
                seconds / 60,
                rate_hz / 1_000,
                time(sample.cpu_s),
                sample.peak_bytes * 1e-6
            );
            fs::remove_file(file)?;
        }
        Ok(self.introduction(&load) + &text)
    }

    /// Machine, versions and load, and what could not be measured.
    fn introduction(&self, before: &str) -> String {
        let rust = ask(&mut command("rustc", &["--version"])).unwrap_or_default();
        let node = ask(&mut command("node", &["--version"])).unwrap_or_else(|| "none".to_owned());
        let python = ask(&mut command(&self.python, &["--version"])).unwrap_or_default();
        let mut text = format!(
            "{}; {}, {}, Node {}. Load averages over 1, 5 and 15 minutes: {before} before, {} after.\n\n",
            machine(),
            rust.trim(),
            python.trim(),
            node.trim(),
            load()
        );
        for missing in &self.missing {
            text += &format!("Not measured: {missing}.\n\n");
        }
        text
    }

    fn in_process_table(&self, lengths: &[(u32, usize, &str)]) -> Result<String> {
        let mut text = "\
| sound | program | CPU time: median (quartiles) | wall time | of the sound’s length | openSMILE’s CPU time over it |
|---|---|---|---|---|---|
"
        .to_owned();
        for (seconds, rounds, share) in lengths {
            let all = self.in_process(*seconds, 16_000, *rounds, share)?;
            let voiced = 100.0 * self.voiced_share(*seconds, share)?;
            let sound = format!("{}, {voiced:.0} % voiced", length(*seconds));
            let opensmile = all.iter().find(|times| times.title.starts_with("openSMILE"));
            let opensmile = opensmile.map_or(f64::NAN, |times| times.cpu()[1]);
            for times in all.iter().filter(|times| !times.samples.is_empty()) {
                let cpu = times.cpu();
                text += &format!(
                    "| {sound} | {} | {} | {} | {:.3} % | {:.1} × |\n",
                    times.title,
                    spread(cpu),
                    time(times.wall()[1]),
                    cpu[1] / f64::from(*seconds) * 100.0,
                    opensmile / cpu[1]
                );
            }
        }
        Ok(text)
    }

    /// The stages that `cargo bench` measures.
    fn stages(&self) -> Result<String> {
        run(&mut cargo(&["bench", "--package", "egemaps", "--bench", "extract"]))?;
        run(&mut cargo(&["bench", "--package", "undertone", "--benches"]))?;
        let mut text = "| stage | time |\n|---|---|\n".to_owned();
        for (name, id) in [
            ("both transforms of 500 frames (512 and 1024 points), one frame at a time", "stages/transforms"),
            ("features of 5 s, without LLDs", "stages/without-llds"),
            ("features of 5 s, with LLDs", "stages/with-llds"),
            ("features of 5 s, with all intermediate results", "stages/traced"),
            ("5 s from 48 kHz to 16 kHz", "resample"),
            ("the whole analysis of 5 s: region, level, both extractions, score, attributions", "analyse"),
            ("score and attributions alone", "score-and-reasons"),
        ] {
            text += &format!("| {name} | {} |\n", time(median_s(id)?));
        }
        Ok(text)
    }
}

/// The packages of `peers.mjs`, installed beside it.
fn node_packages(folder: &Path) -> Result<PathBuf> {
    let packages = folder.join("node");
    fs::create_dir_all(&packages)?;
    let list = packages.join("package.json");
    if fs::read_to_string(&list).is_ok_and(|list| list == NODE_PACKAGES) {
        return Ok(packages);
    }
    fs::write(packages.join("package.json.new"), NODE_PACKAGES)?;
    fs::rename(packages.join("package.json.new"), &list)?;
    let installed = run(command(tools::npm()?, &["install", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(&packages));
    if installed.is_err() {
        fs::remove_file(&list)?;
    }
    installed.map(|()| packages)
}

fn length(seconds: u32) -> String {
    if seconds >= 600 { format!("{} min", seconds / 60) } else { format!("{seconds} s") }
}

/// Times of whole processes; `seconds` of sound a second of wall time, if there are more threads than one.
fn process_table(sound: &str, all: &[Times], sound_s: f64) -> String {
    let mut text = "| sound | program | CPU time | wall time: median (quartiles) | peak memory |\n|---|---|---|---|---|\n"
        .to_owned();
    if sound_s > 1.0 {
        text = text
            .replace(" peak memory |\n", " peak memory | sound per second of wall time |\n")
            .replace("---|\n", "---|---|\n");
    }
    for times in all {
        let wall = times.wall();
        text += &format!(
            "| {sound} | {} | {} | {} | {:.0} MB |",
            times.title,
            time(times.cpu()[1]),
            spread(wall),
            times.peak_mb()
        );
        if sound_s > 1.0 {
            text += &format!(" {:.0} s |", sound_s / wall[1]);
        }
        text += "\n";
    }
    text + "\n"
}

/// The processor and its cores, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let named = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    format!("{} with {cores} cores", named.unwrap_or_else(|| std::env::consts::ARCH.to_owned()))
}

/// Load averages over 1, 5 and 15 minutes.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let numbers: Vec<&str> = text.split(' ').take(3).collect();
    if numbers.len() == 3 { numbers.join(", ") } else { "not known".to_owned() }
}

/// Criterion's median of a benchmark, s.
fn median_s(id: &str) -> Result<f64> {
    let file = paths::target().join("criterion").join(id).join("new/estimates.json");
    let text = read_text(&file)?;
    number_after(&text, "\"median\"", "\"point_estimate\":")
        .map(|ns| ns * 1e-9)
        .with_context(|| format!("{} has no median", file.display()))
}

/// The number behind `key`, the first one after `section`.
fn number_after(text: &str, section: &str, key: &str) -> Option<f64> {
    let (_, rest) = text.split_once(section)?;
    let (_, rest) = rest.split_once(key)?;
    rest.split([',', '}']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_number_is_read() {
        let text =
            r#"{"mean":{"point_estimate":1.0},"median":{"confidence":{"x":2},"point_estimate":3.5e6,"e":4}}"#;
        assert_eq!(number_after(text, "\"median\"", "\"point_estimate\":"), Some(3.5e6));
        assert_eq!(number_after(text, "\"slope\"", "\"point_estimate\":"), None);
    }

    #[test]
    fn tables_go_between_their_marks_and_nothing_else_changes() {
        let document = "a\n<!-- bench -->\nold\n<!-- end of bench -->\nb\n<!-- bench --long -->\n<!-- end of bench --long -->\n";
        let changed = between(document, "bench", "new\n").unwrap();
        assert_eq!(changed, document.replace("\nold\n", "\n\nnew\n\n"));
        let again = between(&changed, "bench --long", "| x |").unwrap();
        assert!(
            again.contains("new") && again.ends_with("long -->\n\n| x |\n\n<!-- end of bench --long -->\n")
        );
        assert!(between("nothing", "bench", "new").is_err());
    }

    #[test]
    fn the_document_has_both_marks() {
        let document = read_text(&paths::root().join("docs/performance.md")).unwrap();
        for mark in ["bench", "bench --long"] {
            assert!(between(&document, mark, "").is_ok(), "{mark}");
        }
    }

    #[test]
    fn tables_of_processes_have_as_many_cells_as_their_heads() {
        let samples = vec![Sample { cpu_s: 0.5, wall_s: 1.0, peak_bytes: 2e6 }];
        for sound_s in [1.0, 200.0] {
            let text =
                process_table("5 s", &[Times { title: "x".to_owned(), samples: samples.clone() }], sound_s);
            let cells: Vec<usize> = text.trim().lines().map(|line| line.matches('|').count()).collect();
            assert_eq!(cells, [cells[0]; 3], "{text}");
        }
    }
}

//! `cargo xtask load`: much at once. Eight hours of sound through the command line in one go and as 50,000 files, which have to come to
//! the same features, also when the run is killed and carried on; a file of 560 MB; hundreds of recordings and half an hour of speech in
//! one page. Memory is read from Linux's process table meanwhile. The sound is synthesised.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::between;
use crate::shell::{command, line, read};
use crate::test::browser;
use crate::wav::header;
use crate::{build, paths, tools};

const RATE_HZ: u32 = 16_000;
/// Samples of a file of the many: 50,000 of them last eight hours.
const PIECE: usize = 9_216;
const DOCUMENT: &str = "docs/robustness.md";
const MARK: &str = "load";
/// What the large file has of samples, 8 bits each, and samples a second.
const LARGE: usize = 560_000_000;
const LARGE_RATE_HZ: u32 = 48_000;
/// How much more memory the second half of a run may take than its first quarter, MB.
const MAY_GROW_MB: u64 = 8;
/// So often the process table is read.
const STEP: Duration = Duration::from_millis(20);

/// `cargo xtask load [--files N] [--no-page]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (mut files, mut with_page) = (50_000_usize, true);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--files" => {
                files = words
                    .next()
                    .and_then(|count| count.parse().ok())
                    .filter(|count| *count >= 100)
                    .context("--files takes a number from 100 on")?;
            }
            "--no-page" => with_page = false,
            other => bail!("load does not know {other}"),
        }
    }
    let undertone = build::command_line_tool(build::Profile::Release)?;
    let folder = paths::target().join("load");
    build::empty(&folder)?;
    let mut table = String::from("| what | time | memory | |\n|---|---|---|---|\n");
    let load = Load { undertone, folder: folder.clone() };
    load.many_files(files, &mut table)?;
    let large = load.large_file(&mut table)?;
    if with_page {
        build::page()?;
        tools::npm_packages()?;
        browser::write_settings(build::Profile::Release)?;
        let script = paths::browser_tests().join("load/page.mjs");
        table += &read(command("node", &[]).arg(script).arg(&large).arg(&load.undertone))?;
    }
    println!("{table}");
    if with_page {
        let file = paths::root().join(DOCUMENT);
        fs::write(&file, between(&fs::read_to_string(&file)?, MARK, &table)?)?;
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

struct Load {
    undertone: PathBuf,
    folder: PathBuf,
}

impl Load {
    /// The same sound as one file and as many.
    fn many_files(&self, count: usize, table: &mut String) -> Result<()> {
        eprintln!("$ {count} files, and the same as one");
        let parts = self.folder.join("parts");
        fs::create_dir_all(&parts)?;
        let whole = self.folder.join("whole.wav");
        let mut all = BufWriter::new(File::create(&whole)?);
        all.write_all(&header(RATE_HZ, 16, count * PIECE))?;
        let list = self.folder.join("list.txt");
        let mut names = BufWriter::new(File::create(&list)?);
        for number in 0..count {
            let bytes: Vec<u8> = piece(number, PIECE).into_iter().flat_map(i16::to_le_bytes).collect();
            all.write_all(&bytes)?;
            let path = parts.join(format!("{number:06}.wav"));
            fs::write(&path, [header(RATE_HZ, 16, PIECE).as_slice(), &bytes].concat())?;
            writeln!(names, "{}", path.display())?;
        }
        all.flush()?;
        names.flush()?;
        let hours = format!("{:.2} h", count as f64 * PIECE as f64 / f64::from(RATE_HZ) / 3600.0);

        let mut row = |what: &str, run: &Run, note: &str| run.add_to(table, what, note);
        let one = self.folder.join("one.csv");
        let run = self.run(&["extract", "--output"], &[&one, &whole])?;
        row(&format!("{hours} as one file, `extract`"), &run, "one row of 88 features");

        let windows = self.folder.join("windows.csv");
        let window = format!("{}", PIECE as f64 / f64::from(RATE_HZ));
        let run = self.run(&["extract", "--window", &window, "--output"], &[&windows, &whole])?;
        row("the same, a row for each 0.576 s", &run, &format!("{count} rows"));

        let utterances = self.folder.join("utterances.csv");
        let run = self.run(&["score", "--utterances", "--csv", "--output"], &[&utterances, &whole])?;
        let found = lines(&utterances)?.len() - 1;
        row("the same, `score --utterances`", &run, &format!("{found} utterances"));

        let at_once = self.folder.join("at-once.csv");
        let run = self.run(&["extract", "--output"], &[&at_once, Path::new("--files-from"), &list])?;
        run.is_flat(&format!("{count} files"))?;
        row(
            &format!("{hours} as {count} files, `extract`"),
            &run,
            "the features of each are those of its window, in every digit",
        );
        same_features(&at_once, &windows)?;
        for number in [0, count / 3, count - 1] {
            let alone = self.folder.join("alone.csv");
            self.run(&["extract", "--output"], &[&alone, &parts.join(format!("{number:06}.wav"))])?;
            if lines(&alone)?[1] != lines(&at_once)?[number + 1] {
                bail!("file {number} has other features alone than among {count}");
            }
        }

        let resumed = self.folder.join("resumed.csv");
        let arguments: [&Path; 3] = [&resumed, Path::new("--files-from"), &list];
        let mut rows = Vec::new();
        for part in 1..4 {
            rows.push(self.killed(&["extract", "--resume", "--output"], &arguments, count * part / 4)?);
        }
        let run = self.run(&["extract", "--resume", "--output"], &arguments)?;
        if fs::read(&resumed)? != fs::read(&at_once)? {
            bail!("the table of a run that was killed three times is another one");
        }
        let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
        row(
            &format!("the same, killed (SIGKILL) at {} rows, carried on with `--resume`", rows.join(", ")),
            &run,
            "the last part's time; the table is that of the run in one go, byte for byte",
        );
        Ok(())
    }

    /// A file of 560 MB, of 8 bits a sample. Hands back where it is.
    fn large_file(&self, table: &mut String) -> Result<PathBuf> {
        let large = self.folder.join("large.wav");
        let minute = 60 * LARGE_RATE_HZ as usize;
        let eight: Vec<u8> =
            piece(7, minute).into_iter().map(|v| ((i32::from(v) >> 8) + 128) as u8).collect();
        let mut file = BufWriter::new(File::create(&large)?);
        file.write_all(&header(LARGE_RATE_HZ, 8, LARGE))?;
        let mut left = LARGE;
        while left > 0 {
            let next = left.min(minute);
            file.write_all(&eight[..next])?;
            left -= next;
        }
        file.flush()?;
        let short = self.folder.join("minute.wav");
        fs::write(&short, [header(LARGE_RATE_HZ, 8, minute).as_slice(), &eight].concat())?;
        let [of_part, of_short, of_all] =
            ["part.csv", "short.csv", "all.csv"].map(|name| self.folder.join(name));
        let run = self.run(&["extract", "--output"], &[&of_all, &large])?;
        self.run(&["extract", "--end", "60", "--output"], &[&of_part, &large])?;
        self.run(&["extract", "--output"], &[&of_short, &short])?;
        same_features(&of_part, &of_short)?;
        let hours = LARGE as f64 / f64::from(LARGE_RATE_HZ) / 3600.0;
        run.add_to(
            table,
            &format!("a WAV of 560 MB with 8 bits a sample ({hours:.2} h at 48 kHz), `extract`"),
            "its first minute has the features of a file of a minute",
        );
        Ok(large)
    }

    fn start(&self, words: &[&str], paths: &[&Path]) -> Result<(Child, String)> {
        let mut command = Command::new(&self.undertone);
        command.args(words).args(paths).args(["--quiet"]).stdin(Stdio::null());
        let line = line(&command);
        let child = command.spawn().with_context(|| format!("cannot run {line}"))?;
        Ok((child, line))
    }

    /// Runs the command line to its end, and looks at its memory meanwhile.
    fn run(&self, words: &[&str], paths: &[&Path]) -> Result<Run> {
        let (mut child, line) = self.start(words, paths)?;
        let begin = Instant::now();
        let mut memory = Vec::new();
        let mut peak = 0;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            let table = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            memory.extend(kilobytes(&table, "VmRSS:"));
            peak = kilobytes(&table, "VmHWM:").unwrap_or(0).max(peak);
            std::thread::sleep(STEP);
        };
        if !status.success() {
            bail!("{line} ({status})");
        }
        Ok(Run { wall: begin.elapsed(), memory, peak })
    }

    /// Kills a run when its table has so many rows, and says how many it has then.
    fn killed(&self, words: &[&str], paths: &[&Path], rows: usize) -> Result<usize> {
        let (mut child, line) = self.start(words, paths)?;
        let output = paths.first().context("no output")?;
        let mut seen = 0;
        while seen < rows {
            if child.try_wait()?.is_some() {
                bail!("{line} ended before it could be killed");
            }
            std::thread::sleep(STEP);
            seen = lines(output).map_or(0, |lines| lines.len().saturating_sub(1));
        }
        // On Unix this is SIGKILL.
        child.kill()?;
        child.wait()?;
        Ok(lines(output)?.len() - 1)
    }
}

/// A run that is over.
#[derive(Debug)]
struct Run {
    wall: Duration,
    /// Resident memory, read one after the other, kB.
    memory: Vec<u64>,
    /// The most of it, kB.
    peak: u64,
}

impl Run {
    /// A row of the table, and said aloud.
    fn add_to(&self, table: &mut String, what: &str, note: &str) {
        let seconds = self.wall.as_secs_f64();
        eprintln!("{what}: {seconds:.0} s, {}", self.memory());
        let _ = writeln!(table, "| {what} | {seconds:.0} s | {} | {note} |", self.memory());
    }

    /// The most memory of each quarter, and the peak.
    fn memory(&self) -> String {
        let quarters: Vec<String> = self.quarters().iter().map(|kb| (kb / 1024).to_string()).collect();
        format!("{} MB ({})", self.peak / 1024, quarters.join(", "))
    }

    fn quarters(&self) -> Vec<u64> {
        let length = self.memory.len().div_ceil(4).max(1);
        self.memory.chunks(length).map(|part| part.iter().copied().max().unwrap_or(0)).collect()
    }

    /// Memory that grows with the number of files would be seen.
    fn is_flat(&self, what: &str) -> Result<()> {
        let quarters = self.quarters();
        let (first, last) = (quarters.first().copied().unwrap_or(0), quarters.last().copied().unwrap_or(0));
        if last > first + MAY_GROW_MB * 1024 {
            bail!("{what}: memory grows, {quarters:?} kB");
        }
        Ok(())
    }
}

/// A number of Linux's table of a process.
fn kilobytes(table: &str, name: &str) -> Option<u64> {
    table.lines().find_map(|row| row.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

fn lines(file: &Path) -> Result<Vec<String>> {
    let open = File::open(file).with_context(|| format!("{}", file.display()))?;
    Ok(BufReader::new(open).lines().collect::<Result<_, _>>()?)
}

/// Two tables have the same features, whatever stands in front of them.
fn same_features(one: &Path, other: &Path) -> Result<()> {
    let (one, other) = (lines(one)?, lines(other)?);
    if one.len() != other.len() || one.len() < 2 {
        bail!("{} rows, and {}", one.len(), other.len());
    }
    match one.iter().zip(&other).position(|(a, b)| features(a) != features(b)) {
        Some(row) => bail!("row {row} has other features"),
        None => Ok(()),
    }
}

/// The last 88 cells of a row.
fn features(row: &str) -> Vec<&str> {
    row.rsplitn(89, ',').take(88).collect()
}

/// A syllable or two, with a tone, a strength and a noise that its number decides: pulses that ring out, in whole numbers only.
fn piece(number: usize, length: usize) -> Vec<i16> {
    // Each fifth is a pause, so that the whole has utterances.
    let is_pause = number % 5 == 4;
    let mut random = (number as u32).wrapping_mul(0x9e37_79b9) | 1;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        random
    };
    let period = 60 + next() % 120;
    let strength = 2_000 + (next() % 6_000) as i32;
    let voiced = length as u32 * (50 + next() % 45) / 100;
    let ringing = 6 + next() % 12;
    let (mut at, mut pulse) = (0, 0);
    (0..length as u32)
        .map(|k| {
            let noise = (next() % 64) as i32 - 32;
            if k > voiced || is_pause {
                return noise as i16;
            }
            if at == 0 {
                // The tone falls a little, as in speech.
                at = period + k / 800;
                pulse = strength;
            }
            at -= 1;
            pulse -= pulse / 40;
            let sign = if at / (ringing / 2) % 2 == 0 { 1 } else { -1 };
            (sign * pulse + noise) as i16
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_process_table() {
        let table = "Name:\tundertone\nVmHWM:\t   12345 kB\nVmRSS:\t  678 kB\n";
        assert_eq!(kilobytes(table, "VmRSS:"), Some(678));
        assert_eq!(kilobytes(table, "VmSwap:"), None);
        let run = |memory: &[u64]| Run { wall: STEP, memory: memory.to_vec(), peak: 2_048 };
        assert_eq!(run(&[1_024, 5_000, 2_048, 2_048, 1, 3_072]).memory(), "2 MB (4, 2, 3)");
        run(&[1_000, 1_000, 9_000, 1_000]).is_flat("").unwrap();
        assert!(run(&[1_000, 1_000, 9_000, 12_000]).is_flat("").is_err());
    }

    #[test]
    fn pieces_differ_and_are_voices_within_range() {
        let [one, again, other] = [3, 3, 5].map(|number| piece(number, PIECE));
        assert!(one == again && one != other && one.len() == PIECE);
        assert!(one.iter().all(|v| v.unsigned_abs() < 9_000) && one.iter().any(|v| v.unsigned_abs() > 1_500));
        assert!(piece(4, PIECE).iter().all(|v| v.unsigned_abs() <= 32));
        assert_eq!(header(16_000, 16, 2).len(), 44);
    }

    #[test]
    fn tables_are_compared_by_their_features() {
        let row = |index: &str, last: &str| {
            format!("{index},{},{last}", (0..87).map(|k| k.to_string()).collect::<Vec<_>>().join(","))
        };
        assert_eq!(features(&row("a.wav", "1")), features(&row("b.wav,0 days,1", "1")));
        assert_ne!(features(&row("a.wav", "1")), features(&row("a.wav", "2")));
        let text = fs::read_to_string(paths::root().join(DOCUMENT)).unwrap();
        assert!(between(&text, MARK, "").is_ok());
    }
}

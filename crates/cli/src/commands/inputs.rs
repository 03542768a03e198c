//! Arguments that several commands share: which files, which channel, which segments, what becomes of rows that are there.

pub mod error;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub use self::error::InputError;
use super::error::CommandError;
use crate::io::channels::Channel;
use crate::io::decode::Limits;
use crate::io::inputs::{self, Fault, Input, STANDARD_INPUT};
use crate::io::names::{shown, text};
use crate::io::output::{distinct, refuse};
use crate::io::resume::{self, Done, Form, Standing};
use crate::io::segments::{self, Segments};
use crate::io::sound::{Cut, Job, Windows};
use crate::io::table::{self, Column};
use crate::io::time::Time;
use crate::io::{WriteError, terminal};

/// The shortest window and hop, in seconds.
const SHORTEST_S: f64 = 1e-3;

/// How much of a file is taken.
#[derive(Debug, clap::Args)]
pub(super) struct DecodeArgs {
    /// Refuse files that were cut off, instead of taking what there is of them with a warning
    #[arg(long)]
    strict: bool,
    /// Refuse files with more sound than this: so much comes out of few bytes of a file that was made to do harm
    #[arg(long, value_name = "S", default_value = "86400", value_parser = positive_s)]
    max_duration: f64,
}

impl DecodeArgs {
    pub fn limits(&self) -> Limits {
        Limits { strict: self.strict, max_s: self.max_duration }
    }
}

fn positive_s(text: &str) -> Result<f64, &'static str> {
    let seconds = text.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds > 0.0);
    seconds.ok_or("a number of seconds above 0")
}

/// Which files, and which of their channels.
#[derive(Debug, clap::Args)]
pub(super) struct FileArgs {
    /// Sound files: WAV, AIFF, CAF, AU, FLAC, MP3, AAC (M4A, MP4, MOV), ALAC (M4A, CAF), OGG, Opus, WebM; folders, whose sound files are taken with those of the folders
    /// within; - for standard input
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
    /// List of further files or folders, one a line, or with zero bytes between; - for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Which channel is taken: mean (of all), left, right, a number (1 is the first), or each by itself, with a row for every
    /// channel
    #[arg(long, value_name = "WHICH", default_value = "mean")]
    pub channel: Channel,
    #[command(flatten)]
    pub decoding: DecodeArgs,
}

impl FileArgs {
    /// The files that are meant, in order.
    pub fn inputs(&self) -> Result<Vec<Input>, InputError> {
        let inputs = self.named()?;
        if inputs.is_empty() { Err(InputError::Nothing) } else { Ok(inputs) }
    }

    fn named(&self) -> Result<Vec<Input>, InputError> {
        let mut names = self.files.clone();
        let is_standard = |name: &PathBuf| name.as_os_str() == STANDARD_INPUT;
        if names.iter().chain(&self.files_from).filter(|name| is_standard(name)).count() > 1 {
            return Err(InputError::StandardInputTwice);
        }
        if let Some(list) = &self.files_from {
            let listed = inputs::listed(list);
            names.extend(listed.map_err(|source| InputError::List { path: list.clone(), source })?);
        }
        if names.iter().filter(|name| is_standard(name)).count() > 1 {
            return Err(InputError::StandardInputTwice);
        }
        Ok(inputs::expanded(names))
    }

    /// Files beside sounds that are read.
    pub fn lists(&self) -> impl Iterator<Item = &Path> {
        self.files_from.as_deref().into_iter()
    }
}

/// Which parts of files.
#[derive(Debug, clap::Args)]
pub(super) struct CutArgs {
    /// Where each file is taken from [default: its start]
    #[arg(long, value_name = "S", conflicts_with = "segments")]
    start: Option<Time>,
    /// Where each file is taken to [default: its end]
    #[arg(long, value_name = "S", conflicts_with = "segments")]
    end: Option<Time>,
    /// Table of segments, a row for each: audformat CSV (file, start, end), Audacity labels, Praat TextGrid or RTTM. Without
    /// FILES an audformat table names the files, as seen from the current folder
    #[arg(long, value_name = "TABLE")]
    segments: Option<PathBuf>,
    /// Tier of a TextGrid [default: the first that has intervals]
    #[arg(long, value_name = "NAME", requires = "segments")]
    tier: Option<String>,
    /// A row for each window of this length, in each file or segment; a last window that is not full is left out
    #[arg(long, value_name = "S")]
    window: Option<Time>,
    /// From the start of a window to that of the next [default: --window]
    #[arg(long, value_name = "S", requires = "window")]
    hop: Option<Time>,
    /// Columns that say which sound a row is of [default: file; file,start,end where there are segments or windows]
    #[arg(long, value_enum, value_name = "COLUMNS")]
    index: Option<Index>,
}

/// Columns that say which sound a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Index {
    /// The file's name.
    File,
    /// Also where the row starts and ends, as opensmile-python has it.
    #[value(name = "file,start,end")]
    FileStartEnd,
}

impl CutArgs {
    /// Whether rows have a start and an end.
    pub fn are_indexed(&self) -> Result<bool, InputError> {
        let cut =
            self.start.is_some() || self.end.is_some() || self.segments.is_some() || self.window.is_some();
        match self.index {
            Some(Index::File) if cut => Err(InputError::Index),
            index => Ok(cut || index == Some(Index::FileStartEnd)),
        }
    }

    /// The windows, if there are.
    pub fn windows(&self) -> Result<Option<Windows>, InputError> {
        let Some(length) = self.window else { return Ok(None) };
        let hop = self.hop.unwrap_or(length);
        // Hops of less than a sample would never come to an end.
        if length.seconds() < SHORTEST_S || hop.seconds() < SHORTEST_S {
            return Err(InputError::NoWindow);
        }
        Ok(Some(Windows { length, hop }))
    }

    /// Files beside sounds that are read.
    pub fn tables(&self) -> impl Iterator<Item = &Path> {
        self.segments.as_deref().into_iter()
    }

    /// The files and their segments. `grouped`: those of a file together, also where others lie between in the table.
    pub fn jobs(&self, files: &FileArgs, grouped: bool) -> Result<Vec<Job>, InputError> {
        let Some(table) = &self.segments else {
            let start = self.start.unwrap_or_default();
            if let Some(end) = self.end.filter(|end| *end <= start) {
                return Err(InputError::Backwards { start, end });
            }
            let cuts = vec![Cut { start, end: self.end }];
            let job = |Input { path: file, fault }: Input| Job { file, fault, cuts: cuts.clone() };
            return Ok(files.inputs()?.into_iter().map(job).collect());
        };
        let segments = segments::read(table, self.tier.as_deref())?;
        let inputs = files.named()?;
        match segments {
            Segments::OfOne(cuts) => match <[Input; 1]>::try_from(inputs) {
                Ok([Input { path: file, fault }]) => Ok(vec![Job { file, fault, cuts }]),
                Err(inputs) => Err(InputError::OneFile { count: inputs.len() }),
            },
            Segments::OfFiles(rows) if inputs.is_empty() => Ok(of_table(rows, grouped)),
            Segments::OfFiles(rows) => Ok(of_inputs(inputs, rows, |path, name| {
                path.ends_with(name.strip_prefix("./").unwrap_or(name))
            })),
            Segments::OfStems(_) if inputs.is_empty() => Err(InputError::Nothing),
            Segments::OfStems(rows) => {
                let rows = rows.into_iter().collect();
                Ok(of_inputs(inputs, rows, |path, name| path.file_stem().is_some_and(|stem| stem == name)))
            }
        }
    }
}

/// The jobs of a table that names its files.
fn of_table(rows: Vec<(String, Cut)>, grouped: bool) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (name, cut) in rows {
        let place = places.get(&name).copied().filter(|place| grouped || place + 1 == jobs.len());
        match place {
            Some(place) => jobs[place].cuts.push(cut),
            None => {
                jobs.push(Job { file: PathBuf::from(&name), fault: None, cuts: vec![cut] });
                places.insert(name, jobs.len() - 1);
            }
        }
    }
    jobs
}

/// The jobs of files that are named, with the segments of a table. `is_of` says whether a name in the table is of a file.
fn of_inputs(inputs: Vec<Input>, rows: Vec<(String, Cut)>, is_of: impl Fn(&Path, &str) -> bool) -> Vec<Job> {
    let last = |name: &str| Path::new(name).file_stem().map(text_of).unwrap_or_default();
    let mut by_stem: HashMap<String, Vec<(String, Cut)>> = HashMap::new();
    for (name, cut) in rows {
        // A name without an ending may hold dots; it is found under both.
        let stems = [last(&name), name.clone()];
        let stems = if stems[0] == stems[1] { &stems[..1] } else { &stems[..] };
        for stem in stems {
            by_stem.entry(stem.clone()).or_default().push((name.clone(), cut));
        }
    }
    let job = |Input { path: file, fault }: Input| {
        let found = by_stem.get(&file.file_stem().map(text_of).unwrap_or_default());
        let cuts: Vec<Cut> =
            found.into_iter().flatten().filter(|(name, _)| is_of(&file, name)).map(|(_, cut)| *cut).collect();
        let fault = fault.or(cuts.is_empty().then_some(Fault::NoSegments));
        Job { file, fault, cuts }
    };
    inputs.into_iter().map(job).collect()
}

fn text_of(name: &std::ffi::OsStr) -> String {
    text(Path::new(name))
}

/// Where rows go, and what becomes of those that are there.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// Where to write; .parquet writes Parquet [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write behind the rows that the output has, which must have the same columns. Rows are written as they are finished
    #[arg(long, requires = "output", conflicts_with = "resume")]
    append: bool,
    /// As --append, but leave out files and segments that the output has: a run that was ended goes on where it stood. Begin
    /// it with this option, too
    #[arg(long, requires = "output")]
    resume: bool,
    /// Write a table of what failed: file, what (the file, or which part of it), why
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
}

impl OutputArgs {
    /// Whether rows go behind those that are there.
    pub fn carries_on(&self) -> bool {
        self.append || self.resume
    }

    /// Refuses outputs that are inputs or each other, before anything is written.
    pub fn check<'a>(
        &self,
        jobs: &'a [Job],
        others: impl Iterator<Item = &'a Path> + Clone,
    ) -> Result<(), CommandError> {
        if self.carries_on() && table::is_parquet(self.output.as_deref()) {
            return Err(InputError::NotCarriedOn { form: "Parquet", instead: "CSV" }.into());
        }
        for output in [self.output.as_deref(), self.errors.as_deref()] {
            refuse(output, jobs.iter().map(|job| job.file.as_path()).chain(others.clone()))?;
        }
        if let Some(errors) = self.errors.as_deref() {
            let output = if self.output.is_some() { "--output" } else { "standard output" };
            distinct(&[(output, self.output.as_deref()), ("--errors", Some(errors))])?;
        }
        Ok(())
    }

    /// Opens the table that stands there, if the rows go behind its own, and leaves out what it has. Of files with rows of which nobody
    /// knows how many, `whole_files`, either all are there or none.
    pub fn carry_on(
        &self,
        form: Form<'_>,
        whole_files: bool,
        indexed: bool,
        jobs: &mut Vec<Job>,
    ) -> Result<Option<Standing>, CommandError> {
        let Some(path) = self.output.as_deref().filter(|_| self.carries_on()) else { return Ok(None) };
        let mut standing = resume::open(path, form, whole_files && self.resume)?;
        if self.resume {
            let before = jobs.len();
            leave_out(&mut standing.done, whole_files, indexed, jobs);
            if before > jobs.len() {
                terminal::note(&format!(
                    "undertone: {} of {before} files are in {} already",
                    before - jobs.len(),
                    shown(path)
                ));
            }
        }
        Ok(Some(standing))
    }
}

fn leave_out(done: &mut Done, whole_files: bool, indexed: bool, jobs: &mut Vec<Job>) {
    jobs.retain_mut(|job| {
        if job.fault.is_some() {
            return true;
        }
        let name = text(&job.file);
        if whole_files {
            return !done.has_file(&name);
        }
        job.cuts.retain(|cut| !done.take(&name, indexed.then_some(*cut)));
        !job.cuts.is_empty()
    });
}

/// A CSV table that is carried on, or a new table.
pub(super) fn table(
    path: Option<&Path>,
    standing: Option<Standing>,
    columns: &[Column],
) -> Result<table::Table, WriteError> {
    let Some(standing) = standing else { return table::Table::create(path, columns) };
    let mut table = table::Table::carried_on(standing.output);
    if standing.is_new {
        table.header(columns)?;
    }
    Ok(table)
}

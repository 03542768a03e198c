//! What is said beside the results: files that failed, and what was done with the others without being asked.

use std::path::Path;

use crate::io::batch::Outcome;
use crate::io::channels::{Channel, Difference};
use crate::io::decode::Damage;
use crate::io::lines::Source;
use crate::io::names::{shown, text};
use crate::io::output::Output;
use crate::io::sound::{self, Cut, Facts, Job, Row, Taken};
use crate::io::table::{Cell, Column, Kind, Table};
use crate::io::{FileError, WriteError, terminal};

/// Files that are warned of by name; of more the number is said.
const NAMED: usize = 5;

/// Collects what is said.
pub(super) struct Report {
    errors: Option<Table>,
    channel: Channel,
    /// The rate that files are brought to, in Hz, if that is worth a word.
    rate_hz: Option<u32>,
    files: usize,
    failed: bool,
    resampled: usize,
    mixed: usize,
    differing: usize,
    imperfect: usize,
}

impl Report {
    /// A report; `errors` is where the table of failures goes.
    pub fn new(errors: Option<&Path>, channel: Channel, rate_hz: Option<u32>) -> Result<Report, WriteError> {
        let columns = ["file", "what", "why"].map(|name| Column::new(name, Kind::Text));
        let errors = errors.map(|path| Table::create(Some(path), &columns)).transpose()?;
        Ok(Report {
            errors,
            channel,
            rate_hz,
            files: 0,
            failed: false,
            resampled: 0,
            mixed: 0,
            differing: 0,
            imperfect: 0,
        })
    }

    /// Notes what was taken of a file: reports what failed, and hands on what did not. `indexed`: rows are parts of files, which
    /// are named by their times.
    ///
    /// # Errors
    /// What `hand_on` returns, or [`WriteError`].
    pub fn file<T, E: From<WriteError>>(
        &mut self,
        job: &Job,
        indexed: bool,
        taken: Result<Taken<T>, FileError>,
        mut hand_on: impl FnMut(Found<'_, T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Taken { facts, rows } = match taken {
            Ok(taken) => taken,
            Err(error) => return Ok(self.fail(&job.file, "", &error)?),
        };
        self.read(&job.file, facts);
        for Row { cut, channel, result, .. } in rows {
            let part = sound::part(indexed.then_some(cut), channel);
            match result {
                Ok(value) => hand_on(Found { file: &job.file, part, cut, channel, facts, value })?,
                Err(error) => self.fail(&job.file, &part, &error)?,
            }
        }
        Ok(())
    }

    /// A file, or part of it, failed. `part` is empty for the whole file.
    fn fail(&mut self, file: &Path, part: &str, error: &FileError) -> Result<(), WriteError> {
        self.failed = true;
        if part.is_empty() {
            self.files += 1;
        }
        terminal::message(&format!("{}: {error}", title(file, part)));
        let Some(errors) = &mut self.errors else { return Ok(()) };
        let what = if part.is_empty() { "file" } else { part };
        let cells = [text(file), what.to_owned(), error.to_string()];
        errors.row(cells.into_iter().map(Cell::Text))
    }

    /// A file was read.
    fn read(&mut self, file: &Path, facts: Facts) {
        self.files += 1;
        let Facts { rate_hz, channels, difference, .. } = facts;
        let resampled = self.rate_hz.is_some_and(|to| to != rate_hz);
        let mixed = channels > 1 && self.channel == Channel::Mean;
        self.resampled += usize::from(resampled);
        self.mixed += usize::from(mixed);
        let plural = if channels == 1 { "" } else { "s" };
        terminal::detail(&format!("{}: {rate_hz} Hz, {channels} channel{plural}", shown(file)));
        if let Some(difference) = difference.filter(|_| mixed) {
            self.differing += 1;
            if self.differing <= NAMED {
                terminal::note(&format!("{}: {}", shown(file), advice(difference, channels)));
            }
        }
        let imperfect = imperfect(facts);
        self.imperfect += usize::from(!imperfect.is_empty());
        if self.imperfect <= NAMED {
            for what in imperfect {
                terminal::note(&format!("{}: {what}", shown(file)));
            }
        }
    }

    /// Completes a table, unless every file failed: what stood there is better than a table without rows.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn complete(&self, table: Table) -> Result<(), WriteError> {
        if self.failed && table.is_empty() { table.leave() } else { table.finish() }
    }

    /// The same of lines; `written` is whether there are any.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn complete_lines(&self, output: Output, written: bool) -> Result<(), WriteError> {
        if self.failed && !written && output.replaces() { Ok(()) } else { output.commit() }
    }

    /// Says what was done, and completes the table of failures.
    pub fn finish(self) -> Result<Outcome, WriteError> {
        let Report { files, resampled, mixed, differing, imperfect, .. } = self;
        if differing > NAMED {
            terminal::note(&format!("undertone: so it is with {} further files", differing - NAMED));
        }
        if imperfect > NAMED {
            terminal::note(&format!("undertone: {} further files are cut off or damaged", imperfect - NAMED));
        }
        if let Some(rate_hz) = self.rate_hz.filter(|_| resampled > 0) {
            terminal::note(&format!(
                "undertone: resampled to {rate_hz} Hz: {resampled} of {files} files; --rate native takes them as they are"
            ));
        }
        if mixed > 0 {
            terminal::note(&format!(
                "undertone: the mean of several channels was taken: {mixed} of {files} files; --channel left takes the \
                 first, as opensmile-python does"
            ));
        }
        if let Some(errors) = self.errors {
            errors.finish()?;
        }
        Ok(if self.failed { Outcome::SomeFailed } else { Outcome::Complete })
    }
}

/// What was computed of a file or a part of it.
pub(super) struct Found<'a, T> {
    pub file: &'a Path,
    /// Which part, in words; empty for a whole file.
    part: String,
    pub cut: Cut,
    /// The channel, if each is taken by itself; the first is 1.
    pub channel: Option<usize>,
    pub facts: Facts,
    pub value: T,
}

impl<'a, T> Found<'a, T> {
    /// The same file and channel, with something that was found in another part.
    pub fn with<U>(&self, cut: Cut, value: U) -> Found<'a, U> {
        let part = sound::part(Some(cut), self.channel);
        Found { file: self.file, part, cut, channel: self.channel, facts: self.facts, value }
    }

    /// Which sound it is of, as lines of JSON say it: `file` is its name, `taken` the channel that was asked for.
    pub fn source<'b>(&self, file: &'b str, indexed: bool, taken: Channel) -> Source<'b> {
        let cut = indexed.then_some(self.cut);
        Source { file: Some(file), cut, channel: self.channel, taken, facts: self.facts }
    }

    /// File and part, for people.
    pub fn title(&self) -> String {
        title(self.file, &self.part)
    }

    /// Which sound it is of, in the columns of [`index_columns`].
    pub fn index(&self, indexed: bool) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(text(self.file))];
        if indexed {
            cells.push(Cell::Text(self.cut.start.to_string()));
            cells.push(Cell::Text(self.cut.end.unwrap_or_default().to_string()));
        }
        cells.extend(self.channel.map(|channel| Cell::Integer(channel as i64)));
        cells
    }
}

/// The columns that say which sound a row is of: with `indexed` its times, with `channels` its channel.
pub(super) fn index_columns(indexed: bool, channels: bool) -> Vec<Column> {
    let mut columns = vec![Column::new("file", Kind::Text)];
    if indexed {
        columns.extend(["start", "end"].map(|name| Column::new(name, Kind::Text)));
    }
    if channels {
        columns.push(Column::new("channel", Kind::Integer));
    }
    columns
}

fn title(file: &Path, part: &str) -> String {
    if part.is_empty() { shown(file).to_string() } else { format!("{}, {part}", shown(file)) }
}

/// What was done with a file that is not whole.
pub(super) fn imperfect(facts: Facts) -> Vec<String> {
    let damaged = facts.damage.map(|Damage { at_s, missing_s }| {
        format!(
            "it is damaged at {at_s:.2} s: {missing_s:.3} s in all cannot be read, and silence stands in their place; \
             --strict refuses such files"
        )
    });
    let cut = facts.missing_end.map(|cut_off| {
        format!("it is cut off {cut_off}, and was taken as far as it goes; --strict refuses such files")
    });
    damaged.into_iter().chain(cut).collect()
}

/// What is the matter with a file's channels, and what to do about it.
pub(super) fn advice(difference: Difference, channels: usize) -> String {
    let any = if channels == 2 { "either" } else { "any of them" };
    format!(
        "{}, and their mean says little of {any}: choose one with --channel, or take --channel each",
        difference.words()
    )
}

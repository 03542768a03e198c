//! Scores, explanations and utterances: rows with the columns of the command line's tables, or its lines of JSON.

use std::num::NonZeroUsize;

use pyo3::exceptions::{PyFileNotFoundError, PyValueError};
use pyo3::prelude::*;

use crate::failure::{self, Failure};
use crate::given::{self, Given, Sounds};
use crate::run::{How, Outcome, run};
use undertone::analysis::Analysis;
use undertone::analysis::utterances::{PAUSE_S, PAUSES_S, Spoken};
use undertone::attribution::{self, Explanation, Level, Method};
use undertone::model::{self, Model, Objective};
use undertone_cli::io::channels::Channel;
use undertone_cli::io::decode::Limits;
use undertone_cli::io::lines::{self, Source};
use undertone_cli::io::names;
use undertone_cli::io::prepare::{self, Preparing};
use undertone_cli::io::sound::{Beyond, Cut, Facts, Job, Row, Selection, Taken, Windows};
use undertone_cli::io::table::{Cell, Column};
use undertone_cli::io::utterances::{BYTES_PER_S, Speaking};

/// What Python asks for, the same for all functions of this module.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Wanted {
    model: String,
    /// As on the command line.
    channel: String,
    windows: Option<(u64, u64)>,
    workers: Option<NonZeroUsize>,
    verbose: bool,
    keep_going: bool,
    /// Lines of JSON instead of cells.
    json: bool,
    /// The signal's name, which stands for that of a file.
    name: Option<String>,
    /// Whether lines say where their sound starts and ends.
    indexed: bool,
}

/// A cell of a table.
#[derive(IntoPyObject)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

/// The cells of a row, or a line of JSON.
#[derive(IntoPyObject)]
pub enum Said {
    /// Cells.
    Cells(Vec<Value>),
    /// A line.
    Line(String),
}

/// The sound, its segment, start and end in nanoseconds, and what is said of it; nothing if it failed.
type Line = (usize, usize, i64, i64, Option<Said>);

/// What the functions hand over.
#[derive(IntoPyObject)]
pub struct Handed {
    columns: Vec<String>,
    rows: Vec<Line>,
    failures: Vec<Failure>,
    notes: Vec<(usize, String)>,
}

/// The score of each sound, segment or window.
///
/// # Errors
/// `ValueError` for a model or channel that there is not, `KeyboardInterrupt`.
#[pyfunction]
pub fn score(py: Python<'_>, given: Given, wanted: Wanted) -> PyResult<Handed> {
    let (sounds, model) = (Sounds::from(given), load(&wanted.model)?);
    let how = wanted.how(prepare::BYTES_PER_S, given::windows(wanted.windows))?;
    let outcomes = run(
        py,
        &sounds,
        how,
        |task| Ok(task.take(Preparing::new)?.map(|prepared| Analysis::new(&prepared, &model))),
        |taken| taken.rows.len() * size_of::<Row<Analysis>>(),
        failed,
    )?;
    let mut handed = Handed::new(lines::score_columns());
    for (number, job, outcome) in numbered(&sounds, outcomes) {
        handed.add(number, job, outcome, |row, taken, analysis| {
            if !wanted.json {
                return Ok(vec![(row, cells(lines::score_cells(&analysis)))]);
            }
            let file = wanted.name_of(job);
            let line = lines::score(&wanted.source(file.as_deref(), row, taken, how.selection), &analysis);
            Ok(vec![(row, Said::Line(line.map_err(broken)?))])
        })?;
    }
    Ok(handed)
}

/// What moved the score of each sound or segment, by a method and on a level. `background` are the voices that contributions start
/// from, for the method that has such.
///
/// # Errors
/// `ValueError` for what there is not or does not go together, `KeyboardInterrupt`.
#[pyfunction]
pub fn explain(
    py: Python<'_>,
    given: Given,
    wanted: Wanted,
    method: &str,
    by: Option<&str>,
    background: Vec<String>,
) -> PyResult<Handed> {
    let method = by_name("method", method, &Method::ALL, Method::name)?;
    let level = by.map(|by| by_name("level", by, &Level::ALL, Level::name)).transpose()?;
    let level = level.unwrap_or(method.first_level());
    if !method.levels().contains(&level) {
        let known: Vec<&str> = method.levels().iter().map(|level| level.name()).collect();
        return Err(PyValueError::new_err(format!(
            "the method “{}” gives no contributions of {}: there are {}",
            method.name(),
            level.name(),
            known.join(", ")
        )));
    }
    let (sounds, model) = (Sounds::from(given), load(&wanted.model)?);
    let how = wanted.how(prepare::BYTES_PER_S, None)?;
    let mut voices = Vec::new();
    let jobs = background.iter().map(|file| Job::whole(file.into())).collect();
    let limits = Limits { strict: true, ..how.selection.limits };
    let selection = Selection { channel: Channel::Mean, limits, ..how.selection };
    let of_background = Sounds::Files(jobs);
    let how_background = How { selection, keep_going: false, ..how };
    let prepared = run(py, &of_background, how_background, |task| task.take(Preparing::new), |_| 0, failed)?;
    for (file, outcome) in background.iter().zip(prepared) {
        let refused =
            |error| PyValueError::new_err(format!("background {file}: {}", failure::reason(&error)));
        for row in outcome.map_err(refused)?.rows {
            voices.push(row.result.map_err(refused)?.levelled.functionals);
        }
    }
    let outcomes = run(
        py,
        &sounds,
        how,
        |task| {
            let taken = task.take(Preparing::new)?;
            Ok(taken.map(|prepared| {
                attribution::explain(&model, method, &voices, &prepared.levelled.functionals)
            }))
        },
        |taken| taken.rows.len() * size_of::<Row<Explanation>>(),
        failed,
    )?;
    let names = match level {
        Level::Features => egemaps::catalogue::FEATURES.iter().map(|feature| feature.name).collect(),
        Level::Groups => attribution::groups::Group::ALL.iter().map(|group| group.name()).collect(),
        Level::Families => {
            attribution::groups::FeatureFamily::ALL.iter().map(|family| family.name()).collect::<Vec<_>>()
        }
    };
    let mut handed =
        Handed { columns: Vec::new(), rows: Vec::new(), failures: Vec::new(), notes: Vec::new() };
    handed.columns.extend(["baseline", "activation"].iter().chain(&names).map(|name| (*name).to_owned()));
    for (number, job, outcome) in numbered(&sounds, outcomes) {
        handed.add(number, job, outcome, |row, taken, explanation| {
            let explanation = explanation.map_err(|error| PyValueError::new_err(error.to_string()))?;
            if !wanted.json {
                let shares = explanation.contributions.on(level).unwrap_or_default();
                let scores = [explanation.baseline, explanation.activation];
                let numbers = scores.into_iter().chain(shares.into_iter().map(|(_, value)| value));
                return Ok(vec![(row, cells(numbers.map(Cell::Double)))]);
            }
            let file = wanted.name_of(job);
            let source = wanted.source(file.as_deref(), row, taken, how.selection);
            let line = lines::explanation(&source, &model, &background, &explanation);
            Ok(vec![(row, Said::Line(line.map_err(broken)?))])
        })?;
    }
    Ok(handed)
}

/// The utterances of each sound or segment, with their scores.
///
/// # Errors
/// `ValueError` for what there is not, `KeyboardInterrupt`.
#[pyfunction]
pub fn utterances(py: Python<'_>, given: Given, wanted: Wanted, pause: Option<f64>) -> PyResult<Handed> {
    let pause_s = pause.unwrap_or(PAUSE_S);
    if !PAUSES_S.contains(&pause_s) {
        return Err(PyValueError::new_err(format!(
            "a pause of {pause_s} s: take {} to {} s",
            PAUSES_S.start(),
            PAUSES_S.end()
        )));
    }
    let (sounds, model) = (Sounds::from(given), load(&wanted.model)?);
    let how = wanted.how(BYTES_PER_S, None)?;
    let outcomes = run(
        py,
        &sounds,
        how,
        |task| task.take(|rate_hz| Speaking::new(rate_hz, pause_s, &model)),
        |taken| {
            let count: usize =
                taken.rows.iter().filter_map(|row| row.result.as_ref().ok()).map(Vec::len).sum();
            count * (size_of::<Row<Spoken>>() + size_of::<Analysis>())
        },
        failed,
    )?;
    let mut handed = Handed::new(lines::utterance_columns());
    for (number, job, outcome) in numbered(&sounds, outcomes) {
        handed.add(number, job, outcome, |row, taken, spoken: Vec<Spoken>| {
            let file = wanted.name_of(job);
            let source = wanted.source(file.as_deref(), row, taken, how.selection);
            let said = |spoken: &Spoken| {
                let place = Place { cut: lines::utterance_cut(row.cut, &spoken.utterance), ..row };
                if wanted.json {
                    let line = lines::utterance(&source, row.cut, spoken).map_err(broken)?;
                    Ok((place, Said::Line(line)))
                } else {
                    Ok((place, cells(lines::utterance_cells(spoken).into_iter())))
                }
            };
            spoken.iter().map(said).collect()
        })?;
    }
    Ok(handed)
}

impl Wanted {
    fn how(&self, bytes_per_s: f64, windows: Option<Windows>) -> PyResult<How> {
        let channel = self.channel.parse().map_err(PyValueError::new_err)?;
        let limits = Limits::default();
        let selection = Selection { channel, limits, windows, beyond: Beyond::Clip, bytes_per_s };
        Ok(How { selection, workers: self.workers, verbose: self.verbose, keep_going: self.keep_going })
    }

    fn name_of(&self, job: &Job) -> Option<String> {
        if job.file.as_os_str().is_empty() { self.name.clone() } else { Some(names::text(&job.file)) }
    }

    fn source<'a>(
        &self,
        file: Option<&'a str>,
        place: Place,
        facts: Facts,
        selection: Selection,
    ) -> Source<'a> {
        let cut = self.indexed.then_some(place.cut);
        Source { file, cut, channel: place.channel, taken: selection.channel, facts }
    }
}

/// Which part of a sound a row is of.
#[derive(Debug, Clone, Copy)]
struct Place {
    segment: usize,
    cut: Cut,
    channel: Option<usize>,
}

fn numbered<T>(
    sounds: &Sounds,
    outcomes: Vec<Outcome<T>>,
) -> impl Iterator<Item = (usize, &Job, Outcome<T>)> {
    let jobs = sounds.jobs().iter().enumerate();
    jobs.zip(outcomes).map(|((number, job), outcome)| (number, job, outcome))
}

fn failed<T>(outcome: &Outcome<T>) -> bool {
    outcome.as_ref().map_or(true, |taken| taken.rows.iter().any(|row| row.result.is_err()))
}

impl Handed {
    fn new(columns: Vec<Column>) -> Handed {
        let columns = columns.into_iter().map(|column| column.name).collect();
        Handed { columns, rows: Vec::new(), failures: Vec::new(), notes: Vec::new() }
    }

    /// Adds what a sound gave; `say` makes the rows of each of its segments.
    fn add<T>(
        &mut self,
        number: usize,
        job: &Job,
        outcome: Outcome<T>,
        say: impl Fn(Place, Facts, T) -> PyResult<Vec<(Place, Said)>>,
    ) -> PyResult<()> {
        let Taken { facts, rows } = match outcome {
            Ok(taken) => taken,
            Err(error) => {
                self.failures.push(failure::failure(number, &error));
                for (segment, cut) in job.cuts.iter().enumerate() {
                    self.row(number, Place { segment, cut: *cut, channel: None }, None);
                }
                return Ok(());
            }
        };
        self.notes.extend(failure::notes(number, facts));
        for Row { segment, cut, channel, result } in rows {
            let place = Place { segment, cut, channel };
            match result {
                Ok(value) => {
                    for (place, said) in say(place, facts, value)? {
                        self.row(number, place, Some(said));
                    }
                }
                Err(error) => {
                    self.failures.push(failure::failure(number, &error));
                    self.row(number, place, None);
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, number: usize, Place { segment, cut, .. }: Place, said: Option<Said>) {
        let end = cut.end.unwrap_or(cut.start);
        self.rows.push((number, segment, given::ns(cut.start), given::ns(end), said));
    }
}

fn cells(cells: impl Iterator<Item = Cell>) -> Said {
    let value = |cell| match cell {
        Cell::Text(text) => Value::Text(text),
        Cell::Single(number) => Value::Number(f64::from(number)),
        Cell::Double(number) => Value::Number(number),
        Cell::Integer(number) => Value::Number(number as f64),
    };
    Said::Cells(cells.map(value).collect())
}

fn broken(error: serde_json::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn by_name<T: Copy>(what: &str, name: &str, all: &[T], name_of: fn(T) -> &'static str) -> PyResult<T> {
    all.iter().copied().find(|one| name_of(*one) == name).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|one| name_of(*one)).collect();
        PyValueError::new_err(format!("there is no {what} “{name}”: there are {}", known.join(", ")))
    })
}

/// A built-in model, or a weights file.
fn load(name: &str) -> PyResult<Model> {
    let refused = |error: model::ModelError| PyValueError::new_err(format!("the model {name}: {error}"));
    if let Some(objective) = Objective::from_name(name) {
        return model::built_in(objective).map_err(refused);
    }
    let bytes = std::fs::read(name).map_err(|error| {
        let known = Objective::ALL.map(Objective::name).join(", ");
        PyFileNotFoundError::new_err(format!(
            "there is no model “{name}” and no weights file of that name ({error}): built in are {known}"
        ))
    })?;
    Model::from_bytes(&bytes).map_err(refused)
}

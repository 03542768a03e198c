//! Functionals and low-level descriptors (LLDs) of many sounds, as one table of bytes.

use std::num::{NonZeroU16, NonZeroUsize};

use pyo3::prelude::*;
use pyo3::types::PyByteArray;

use crate::failure::{self, Failure};
use crate::given::{self, Given, Sounds};
use crate::run::{How, Outcome, run};
use egemaps::catalogue::{FEATURE_COUNT, LLD_COUNT};
use undertone_cli::io::FileError;
use undertone_cli::io::channels::Channel;
use undertone_cli::io::decode::Limits;
use undertone_cli::io::extracting::{self, Extracting, Features, Rate};
use undertone_cli::io::sound::{Beyond, Cut, Facts, Job, Row, Selection, Taken};

/// The length of a row of LLDs, as opensmile-python writes it, in seconds.
const FRAME_S: f64 = 0.02;

/// Rows of features. Columns of numbers are their little-endian bytes.
#[derive(Default)]
struct Table {
    /// 32-bit floats, row by row.
    values: Vec<u8>,
    /// 64-bit numbers: the sound, its segment, start and end in nanoseconds.
    places: [Vec<u8>; 4],
    rows: usize,
    /// Rows of which the segment is too short.
    short: Vec<usize>,
    failures: Vec<Failure>,
    notes: Vec<(usize, String)>,
}

/// What [`extract`] hands over: values, the four columns of places, short rows, failures, notes.
type Handed<'py> =
    (Bound<'py, PyByteArray>, Vec<Bound<'py, PyByteArray>>, Vec<usize>, Vec<Failure>, Vec<(usize, String)>);

/// The features of sounds. `channels` are counted from 0, from the last if negative; none for their mean. A failed sound has a row
/// of NaN, and ends the work unless it is to `keep_going`. `expected_hz` is the rate that every sound must have.
///
/// # Errors
/// `KeyboardInterrupt`.
#[pyfunction]
#[pyo3(signature = (given, *, llds, resample, expected_hz, channels, windows, workers, verbose, keep_going))]
#[expect(clippy::too_many_arguments, reason = "Python passes them by name")]
pub fn extract<'py>(
    py: Python<'py>,
    given: Given,
    llds: bool,
    resample: bool,
    expected_hz: Option<u32>,
    channels: Option<Vec<i64>>,
    windows: Option<(u64, u64)>,
    workers: Option<NonZeroUsize>,
    verbose: bool,
    keep_going: bool,
) -> PyResult<Handed<'py>> {
    let sounds = Sounds::from(given);
    let channel = match channels.as_deref() {
        None => Channel::Mean,
        Some([number]) => one(*number).map_or(Channel::Each, Channel::Number),
        Some(_) => Channel::Each,
    };
    let selection = Selection {
        channel,
        limits: Limits::default(),
        windows: given::windows(windows),
        beyond: Beyond::Clip,
        bytes_per_s: extracting::bytes_per_s(llds),
    };
    let rate = if resample { Rate::SixteenKilohertz } else { Rate::Native };
    let picked = match channel {
        Channel::Each => channels,
        Channel::Mean | Channel::Number(_) => None,
    };
    let asked = Asked { picked: picked.as_deref(), expected_hz };
    let outcomes = run(
        py,
        &sounds,
        How { selection, workers, verbose, keep_going },
        |task| task.take(|rate_hz| Extracting::new(rate_hz, rate, llds)),
        |taken| taken.rows.iter().filter_map(|row| row.result.as_ref().ok()).map(Features::bytes).sum(),
        |outcome| match outcome {
            Ok(taken) => {
                let failed = |row: &Row<_>| row.result.as_ref().is_err_and(|error| !failure::is_short(error));
                asked.places(taken.facts).is_err() || taken.rows.iter().any(failed)
            }
            Err(_) => true,
        },
    )?;
    let width = picked.as_ref().map_or(1, Vec::len) * if llds { LLD_COUNT } else { FEATURE_COUNT };
    let table = py.detach(|| {
        let mut table = Table::default();
        for ((number, job), outcome) in sounds.jobs().iter().enumerate().zip(outcomes) {
            table.add(number, job, outcome, asked, width);
        }
        table
    });
    let bytes = |bytes: &[u8]| PyByteArray::new(py, bytes);
    let places = table.places.iter().map(|column| bytes(column)).collect();
    Ok((bytes(&table.values), places, table.short, table.failures, table.notes))
}

/// A channel that is counted from 1, of one that is counted from 0; none if that is negative.
fn one(number: i64) -> Option<NonZeroU16> {
    u16::try_from(number).ok().and_then(|number| number.checked_add(1)).and_then(NonZeroU16::new)
}

/// What is asked of every sound.
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// Channels, if each has been taken by itself.
    picked: Option<&'a [i64]>,
    /// The rate, in Hz.
    expected_hz: Option<u32>,
}

impl Asked<'_> {
    /// Which of the results of a segment are wanted, or why there is none.
    fn places(self, facts: Facts) -> Result<Vec<usize>, String> {
        if let Some(expected) = self.expected_hz.filter(|expected| *expected != facts.rate_hz) {
            return Err(format!(
                "its sampling rate is {} Hz and not the {expected} Hz that were given: take resample=True for 16 kHz",
                facts.rate_hz
            ));
        }
        let Some(picked) = self.picked else { return Ok(vec![0]) };
        let count = facts.channels;
        let place = |channel: &i64| {
            let from_end = if *channel < 0 { count as i64 } else { 0 };
            let place = usize::try_from(channel + from_end).ok().filter(|place| *place < count);
            place.ok_or_else(|| failure::no_channel(*channel, count))
        };
        picked.iter().map(place).collect()
    }
}

impl Table {
    fn add(&mut self, number: usize, job: &Job, outcome: Outcome<Features>, asked: Asked<'_>, width: usize) {
        let empty = |table: &mut Table| {
            for (segment, cut) in job.cuts.iter().enumerate() {
                table.nan(number, segment, *cut, width);
            }
        };
        let Taken { facts, rows } = match outcome {
            Ok(taken) => taken,
            Err(error) => {
                self.failures.push(failure::failure(number, &error));
                return empty(self);
            }
        };
        let places = match asked.places(facts) {
            Ok(places) => places,
            Err(reason) => {
                self.failures.push((number, reason, None));
                return empty(self);
            }
        };
        let count = if asked.picked.is_some() { facts.channels } else { 1 };
        self.notes.extend(failure::notes(number, facts));
        let mut rows = rows.into_iter().peekable();
        while let Some(first) = rows.peek() {
            let (segment, cut) = (first.segment, first.cut);
            let results: Vec<_> = rows.by_ref().take(count).map(|row| row.result).collect();
            self.segment(number, segment, cut, &places, &results, width);
        }
    }

    /// Adds the rows of a segment or window, of which there is a result for each channel.
    fn segment(
        &mut self,
        number: usize,
        segment: usize,
        cut: Cut,
        places: &[usize],
        results: &[Result<Features, FileError>],
        width: usize,
    ) {
        let mut found = Vec::with_capacity(places.len());
        for result in places.iter().filter_map(|place| results.get(*place)) {
            match result {
                Ok(features) => found.push(features),
                Err(error) => {
                    if failure::is_short(error) {
                        self.short.push(self.rows);
                    } else {
                        self.failures.push(failure::failure(number, error));
                    }
                    return self.nan(number, segment, cut, width);
                }
            }
        }
        let (from, to) = span(cut);
        match found.first() {
            Some(Features::Llds { rows, hop_s }) => {
                let count = rows.len();
                for frame in 0..count {
                    let start_s = frame as f64 * hop_s;
                    let start = from + as_pandas(start_s);
                    let end = if frame + 1 == count { to } else { from + as_pandas(start_s + FRAME_S) };
                    self.place(number, segment, [start, end]);
                    for features in &found {
                        if let Features::Llds { rows, .. } = features {
                            self.write(&rows[frame]);
                        }
                    }
                }
            }
            _ => {
                self.place(number, segment, [from, to]);
                for features in &found {
                    if let Features::Functionals(values) = features {
                        self.write(&values[..]);
                    }
                }
            }
        }
    }

    /// A row without values.
    fn nan(&mut self, number: usize, segment: usize, cut: Cut, width: usize) {
        let (from, to) = span(cut);
        self.place(number, segment, [from, to]);
        self.write(&vec![f32::NAN; width]);
    }

    fn place(&mut self, number: usize, segment: usize, [start, end]: [i64; 2]) {
        let numbers = [number as i64, segment as i64, start, end];
        for (column, number) in self.places.iter_mut().zip(numbers) {
            column.extend(number.to_le_bytes());
        }
        self.rows += 1;
    }

    fn write(&mut self, values: &[f32]) {
        self.values.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }
}

/// Seconds as pandas turns them into nanoseconds: the fraction is rounded to nine digits, and what it is in binary cut off.
fn as_pandas(seconds: f64) -> i64 {
    let whole = seconds.trunc();
    let fraction = ((seconds - whole) * 1e9).round() / 1e9;
    whole as i64 * 1_000_000_000 + (fraction * 1e9) as i64
}

/// Start and end in nanoseconds; of a sound whose end nobody knows, the start for both.
fn span(cut: Cut) -> (i64, i64) {
    let end = cut.end.filter(|end| *end >= cut.start).unwrap_or(cut.start);
    (given::ns(cut.start), given::ns(end))
}

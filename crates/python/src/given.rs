//! The sounds that Python hands over: files, or one signal, with their segments.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use undertone_cli::io::sound::{Cut, Job, Windows};
use undertone_cli::io::time::Time;

/// Nanoseconds in a second: what pandas counts in.
const NS_HZ: u32 = 1_000_000_000;

/// A point in a sound, from nanoseconds.
pub fn time(ns: u64) -> Time {
    Time::of_samples(ns, NS_HZ)
}

/// Nanoseconds, as pandas counts them.
pub fn ns(time: Time) -> i64 {
    i64::try_from(time.sample(NS_HZ)).unwrap_or(i64::MAX)
}

/// Start, and end if it is not that of the sound, in nanoseconds.
type Segment = (u64, Option<u64>);

/// Files with their segments; or a signal: its channels one after another, little-endian floats, how many there are, their
/// rate in Hz, its segments.
#[derive(FromPyObject)]
pub enum Given {
    /// Files.
    Files(Vec<(PathBuf, Vec<Segment>)>),
    /// One signal.
    Signal((PyBackedBytes, usize, u32, Vec<Segment>)),
}

/// Sounds to work on.
pub enum Sounds {
    /// Files.
    Files(Vec<Job>),
    /// A signal; its job has no file.
    Signal {
        /// Its channels.
        channels: Vec<Vec<f32>>,
        /// Their rate, in Hz.
        rate_hz: u32,
        /// Its segments.
        job: Job,
    },
}

impl From<Given> for Sounds {
    fn from(given: Given) -> Sounds {
        match given {
            Given::Files(files) => {
                Sounds::Files(files.into_iter().map(|(file, cuts)| job(file, &cuts)).collect())
            }
            Given::Signal((bytes, count, rate_hz, segments)) => {
                let samples: Vec<f32> =
                    bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
                let length = samples.len() / count.max(1);
                let channels = samples.chunks_exact(length.max(1)).map(<[f32]>::to_vec);
                let mut channels: Vec<Vec<f32>> = channels.take(count).collect();
                channels.resize(count, Vec::new());
                Sounds::Signal { channels, rate_hz, job: job(PathBuf::new(), &segments) }
            }
        }
    }
}

impl Sounds {
    /// What is wanted of each.
    pub fn jobs(&self) -> &[Job] {
        match self {
            Sounds::Files(jobs) => jobs,
            Sounds::Signal { job, .. } => std::slice::from_ref(job),
        }
    }
}

fn job(file: PathBuf, segments: &[Segment]) -> Job {
    let cut = |(start, end): &Segment| Cut { start: time(*start), end: end.map(time) };
    Job { cuts: segments.iter().map(cut).collect(), ..Job::whole(file) }
}

/// Length and hop of windows, in nanoseconds.
pub fn windows(given: Option<(u64, u64)>) -> Option<Windows> {
    given.map(|(length, hop)| Windows { length: time(length), hop: time(hop) })
}

//! Computes on all cores without Python's lock, in the order of the sounds, and stops at Ctrl-C.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::given::Sounds;
use undertone_cli::io::FileError;
use undertone_cli::io::batch::{self, Turn};
use undertone_cli::io::sound::{self, Job, Selection, Sink, Taken};
use undertone_cli::io::terminal::{self, Verbosity};

/// How often Python is asked whether somebody wants to stop.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// How sounds are worked on.
#[derive(Clone, Copy)]
pub struct How {
    /// What is taken of each.
    pub selection: Selection,
    /// How many files at once; none for the number of cores.
    pub workers: Option<NonZeroUsize>,
    /// Whether progress is shown.
    pub verbose: bool,
    /// Whether the others are worked on when one has failed.
    pub keep_going: bool,
}

/// A sound that is worked on.
pub struct Task<'a> {
    sounds: &'a Sounds,
    job: &'a Job,
    turn: Option<&'a Turn<'a>>,
    selection: Selection,
    stop: &'a AtomicBool,
}

impl Task<'_> {
    /// Gives its segments to sinks, of which `sink` makes one for the sound's rate.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn take<S: Sink>(
        &self,
        sink: impl Fn(u32) -> Result<S, FileError>,
    ) -> Result<Taken<S::Result>, FileError> {
        let stop = self.stop;
        let sink = |rate_hz| Ok(Stoppable { sink: sink(rate_hz)?, stop });
        match (self.sounds, self.turn) {
            (Sounds::Signal { channels, rate_hz, job }, _) => {
                sound::take_samples(channels, *rate_hz, &job.cuts, self.selection, sink)
            }
            (Sounds::Files(_), Some(turn)) => sound::take(self.job, self.selection, turn, sink),
            (Sounds::Files(_), None) => Err(FileError::Stopped),
        }
    }
}

/// A sink that takes no more once everything is to stop.
struct Stoppable<'a, S> {
    sink: S,
    stop: &'a AtomicBool,
}

impl<S: Sink> Sink for Stoppable<'_, S> {
    type Result = S::Result;

    fn push(&mut self, samples: &[f32]) -> Result<(), FileError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(FileError::Stopped);
        }
        self.sink.push(samples)
    }

    fn finish(self) -> Result<S::Result, FileError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(FileError::Stopped);
        }
        self.sink.finish()
    }
}

/// What a sound gave.
pub type Outcome<T> = Result<Taken<T>, FileError>;

/// Works on all sounds; `fatal` says which outcome ends it, unless it is to keep going. That outcome is the last then.
///
/// # Errors
/// `KeyboardInterrupt`, or whatever a handler of signals raises.
pub fn run<T: Send>(
    py: Python<'_>,
    sounds: &Sounds,
    how: How,
    work: impl Fn(&Task<'_>) -> Outcome<T> + Sync,
    bytes: impl Fn(&Taken<T>) -> usize + Sync,
    fatal: impl Fn(&Outcome<T>) -> bool + Sync,
) -> PyResult<Vec<Outcome<T>>> {
    terminal::set_verbosity(if how.verbose { Verbosity::Usual } else { Verbosity::Quiet });
    let stop = AtomicBool::new(false);
    let selection = how.selection;
    let workers =
        how.workers.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    py.detach(|| {
        std::thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let (stop, work, bytes, fatal) = (&stop, &work, &bytes, &fatal);
            scope.spawn(move || {
                let hand_on = |outcome: Outcome<T>| {
                    let ends = !how.keep_going && fatal(&outcome);
                    // Nobody listens any more only after a panic.
                    let heard = sender.send(outcome).is_ok();
                    if ends || !heard || stop.load(Ordering::Relaxed) { Err(()) } else { Ok(()) }
                };
                let _ = match sounds {
                    Sounds::Signal { job, .. } => {
                        hand_on(work(&Task { sounds, job, turn: None, selection, stop }))
                    }
                    Sounds::Files(jobs) => batch::every_at_once(
                        workers,
                        jobs,
                        |job, turn| {
                            if stop.load(Ordering::Relaxed) {
                                return Err(FileError::Stopped);
                            }
                            work(&Task { sounds, job, turn: Some(turn), selection, stop })
                        },
                        bytes,
                        |_, outcome| hand_on(outcome),
                    ),
                };
            });
            let mut outcomes = Vec::with_capacity(sounds.jobs().len());
            let mut interrupted = None;
            let mut asked = Instant::now();
            loop {
                match receiver.recv_timeout(ASK_EVERY) {
                    Ok(outcome) => outcomes.push(outcome),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if asked.elapsed() >= ASK_EVERY && interrupted.is_none() {
                    interrupted = Python::attach(|py| py.check_signals()).err();
                    stop.fetch_or(interrupted.is_some(), Ordering::Relaxed);
                    asked = Instant::now();
                }
            }
            interrupted.map_or(Ok(outcomes), Err)
        })
    })
}

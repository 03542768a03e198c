//! Many files on all cores: results in the order given, files that fail reported and skipped.
//!
//! Each worker takes the next file as soon as it is free, so a long file does not keep the others waiting. What the files
//! in work and the results that wait for an earlier file take is bounded in bytes (`MAX_BYTES`), not in number.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use indicatif::ProgressBar;

use super::error::FileError;
use super::names::shown;
use super::terminal;

/// Bytes that files in work and waiting results may take. A file that takes more is worked on alone.
const MAX_BYTES: u64 = 1 << 29;

/// Whether all files of a command could be processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of them.
    Complete,
    /// At least one failed and was reported.
    SomeFailed,
}

/// How many files are worked on at once: what `--jobs` says, otherwise the number of cores.
fn jobs() -> usize {
    rayon::current_num_threads()
}

/// What a batch consists of: files, or files and what is wanted of them.
pub trait Item: Sync {
    /// The file.
    fn name(&self) -> &Path;
}

impl Item for PathBuf {
    fn name(&self) -> &Path {
        self
    }
}

/// Runs `work` on every file in parallel and `hand_on` on every result, in the order of `files`. `bytes` says how much
/// memory a result takes beyond its own size.
///
/// A file that fails is reported on standard error and skipped, at its place in the order. A progress bar is shown on
/// standard error when that is a terminal.
///
/// # Errors
/// What `hand_on` returns; that ends the batch.
pub fn each<I: Item, T: Send, E>(
    files: &[I],
    work: impl Fn(&I, &Turn<'_>) -> Result<T, FileError> + Sync,
    bytes: impl Fn(&T) -> usize + Sync,
    hand_on: impl FnMut(&I, T) -> Result<(), E>,
) -> Result<Outcome, E> {
    each_within(MAX_BYTES, jobs(), files, work, bytes, hand_on)
}

fn each_within<I: Item, T: Send, E>(
    max_bytes: u64,
    jobs: usize,
    files: &[I],
    work: impl Fn(&I, &Turn<'_>) -> Result<T, FileError> + Sync,
    bytes: impl Fn(&T) -> usize + Sync,
    mut hand_on: impl FnMut(&I, T) -> Result<(), E>,
) -> Result<Outcome, E> {
    let mut outcome = Outcome::Complete;
    every_within(max_bytes, jobs, files, work, bytes, |file, result| match result {
        Ok(value) => hand_on(file, value),
        Err(error) => {
            outcome = Outcome::SomeFailed;
            terminal::message(&format!("{}: {error}", shown(file.name())));
            Ok(())
        }
    })?;
    Ok(outcome)
}

/// As [`each`], but hands on errors as well and reports none.
///
/// # Errors
/// What `hand_on` returns; that ends the batch.
pub fn every<I: Item, T: Send, E>(
    files: &[I],
    work: impl Fn(&I, &Turn<'_>) -> Result<T, FileError> + Sync,
    bytes: impl Fn(&T) -> usize + Sync,
    hand_on: impl FnMut(&I, Result<T, FileError>) -> Result<(), E>,
) -> Result<(), E> {
    every_within(MAX_BYTES, jobs(), files, work, bytes, hand_on)
}

/// As [`every`], with so many files at once, whatever `--jobs` says.
///
/// # Errors
/// What `hand_on` returns; that ends the batch.
pub fn every_at_once<I: Item, T: Send, E>(
    jobs: NonZeroUsize,
    files: &[I],
    work: impl Fn(&I, &Turn<'_>) -> Result<T, FileError> + Sync,
    bytes: impl Fn(&T) -> usize + Sync,
    hand_on: impl FnMut(&I, Result<T, FileError>) -> Result<(), E>,
) -> Result<(), E> {
    every_within(MAX_BYTES, jobs.get(), files, work, bytes, hand_on)
}

fn every_within<I: Item, T: Send, E>(
    max_bytes: u64,
    jobs: usize,
    files: &[I],
    work: impl Fn(&I, &Turn<'_>) -> Result<T, FileError> + Sync,
    bytes: impl Fn(&T) -> usize + Sync,
    mut hand_on: impl FnMut(&I, Result<T, FileError>) -> Result<(), E>,
) -> Result<(), E> {
    let bar = progress_bar(files.len());
    let queue = Queue::new(max_bytes, files.len());
    let worker = || {
        // A worker that panics must not leave the others waiting; the panic itself goes on when they are joined.
        let _stop = StopOnPanic(&queue);
        while let Some(index) = queue.take() {
            let turn = Turn { queue: &queue, index };
            let result = work(&files[index], &turn);
            bar.inc(1);
            let held = size_of::<Result<T, FileError>>() + result.as_ref().map_or(0, &bytes);
            queue.put(index, result, held as u64);
        }
    };
    std::thread::scope(|scope| {
        // Also when `hand_on` fails or panics: the workers do not go on for nobody.
        let _stop = Stop(&queue);
        for _ in 0..jobs.min(files.len()) {
            scope.spawn(worker);
        }
        for (index, file) in files.iter().enumerate() {
            let Some((result, held)) = queue.result(index) else { break };
            // Hide the bar while results are printed.
            bar.suspend(|| hand_on(file, result))?;
            queue.release(held);
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(())
}

/// The files that are to be worked on, and the results that wait for an earlier file.
struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    max_bytes: u64,
    count: usize,
}

struct State<T> {
    /// The next file to be taken.
    next: usize,
    /// Files that may take up memory, or have ended without.
    admitted: usize,
    /// What each admitted file that is in work takes.
    in_work: BTreeMap<usize, u64>,
    /// What files in work and waiting results take, in bytes.
    held: u64,
    results: BTreeMap<usize, (T, u64)>,
    /// Nobody waits for results any more.
    stopped: bool,
}

impl<T> Queue<T> {
    fn new(max_bytes: u64, count: usize) -> Self {
        let state = State {
            next: 0,
            admitted: 0,
            in_work: BTreeMap::new(),
            held: 0,
            results: BTreeMap::new(),
            stopped: false,
        };
        Self { state: Mutex::new(state), changed: Condvar::new(), max_bytes, count }
    }

    /// The state is consistent between any two statements that could panic, so a poisoned lock is none the worse.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, condition: impl Fn(&State<T>) -> bool) -> MutexGuard<'_, State<T>> {
        let waited = self.changed.wait_while(self.lock(), |state| condition(state));
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<usize> {
        let mut state = self.lock();
        let index = state.next;
        if state.stopped || index == self.count {
            return None;
        }
        state.next += 1;
        Some(index)
    }

    /// Waits until there is room for `bytes`, in the order of the files: otherwise a large file would wait for all others.
    fn admit(&self, index: usize, bytes: u64) -> Result<(), FileError> {
        let mut state = self.wait_while(|state| {
            let room = state.held == 0 || state.held.saturating_add(bytes) <= self.max_bytes;
            !state.stopped && (state.admitted < index || state.admitted == index && !room)
        });
        if state.stopped {
            return Err(FileError::Stopped);
        }
        if state.admitted == index {
            state.admitted += 1;
            state.in_work.insert(index, bytes);
            state.held += bytes;
            self.changed.notify_all();
        }
        Ok(())
    }

    fn put(&self, index: usize, result: T, bytes: u64) {
        // A file that was refused at its header has never asked for room.
        let mut state = self.wait_while(|state| !state.stopped && state.admitted < index);
        state.admitted = state.admitted.max(index + 1);
        let in_work = state.in_work.remove(&index).unwrap_or(0);
        state.held = state.held - in_work + bytes;
        state.results.insert(index, (result, bytes));
        self.changed.notify_all();
    }

    /// Waits for a result. None if a worker has panicked.
    fn result(&self, index: usize) -> Option<(T, u64)> {
        self.wait_while(|state| !state.stopped && !state.results.contains_key(&index)).results.remove(&index)
    }

    fn release(&self, bytes: u64) {
        self.lock().held -= bytes;
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

struct Stop<'a, T>(&'a Queue<T>);

impl<T> Drop for Stop<'_, T> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

struct StopOnPanic<'a, T>(&'a Queue<T>);

impl<T> Drop for StopOnPanic<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// A file's turn to take up memory.
pub struct Turn<'a> {
    queue: &'a dyn Admission,
    index: usize,
}

impl Turn<'_> {
    /// Waits until the file may take up `bytes`. To be called once, before it does.
    ///
    /// # Errors
    /// [`FileError::Stopped`] if the batch has ended meanwhile.
    pub fn begin(&self, bytes: u64) -> Result<(), FileError> {
        self.queue.admit(self.index, bytes)
    }

    /// Whether to go on; to be asked now and then during long work.
    ///
    /// # Errors
    /// [`FileError::Stopped`] if the batch has ended meanwhile.
    pub fn check(&self) -> Result<(), FileError> {
        if self.queue.is_stopped() { Err(FileError::Stopped) } else { Ok(()) }
    }
}

/// A [`Queue`] of any results.
trait Admission: Sync {
    fn admit(&self, index: usize, bytes: u64) -> Result<(), FileError>;
    fn is_stopped(&self) -> bool;
}

impl<T: Send> Admission for Queue<T> {
    fn admit(&self, index: usize, bytes: u64) -> Result<(), FileError> {
        Queue::admit(self, index, bytes)
    }

    fn is_stopped(&self) -> bool {
        self.lock().stopped
    }
}

/// Hidden unless standard error is a terminal, and for a single file.
fn progress_bar(count: usize) -> ProgressBar {
    if count < 2 || terminal::is_quiet() {
        return ProgressBar::hidden();
    }
    terminal::progress_bar("{bar:30} {pos}/{len} files, {eta} left", count, "")
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use undertone::audio::AudioError;

    fn names(count: usize) -> Vec<PathBuf> {
        (0..count).map(|i| PathBuf::from(i.to_string())).collect()
    }

    fn number(file: &Path) -> u64 {
        file.to_str().and_then(|s| s.parse().ok()).unwrap()
    }

    #[test]
    fn batch_keeps_the_order_and_skips_failures_for_any_number_of_jobs() {
        let files = names(500);
        let work = |file: &PathBuf, turn: &Turn<'_>| {
            let i = number(file);
            // Some fail before they ask for room, some afterwards, some do not ask.
            if i % 100 == 50 {
                return Err(AudioError::Empty.into());
            }
            if i % 7 != 3 {
                turn.begin(i % 13)?;
            }
            std::thread::sleep(Duration::from_micros(i * 7919 % 300));
            if i % 100 == 51 { Err(AudioError::Empty.into()) } else { Ok(i) }
        };
        for jobs in 1..=4 {
            for max_bytes in [0, 300, MAX_BYTES] {
                let mut seen = Vec::new();
                let outcome = each_within(
                    max_bytes,
                    jobs,
                    &files,
                    work,
                    |_| 0,
                    |file, i| {
                        assert_eq!(number(file), i);
                        seen.push(i);
                        Ok::<(), Infallible>(())
                    },
                );
                assert!(matches!(outcome, Ok(Outcome::SomeFailed)));
                let expected: Vec<u64> = (0..500).filter(|i| ![50, 51].contains(&(i % 100))).collect();
                assert_eq!(seen, expected, "{jobs} jobs, {max_bytes} bytes");
            }
        }
    }

    /// The first file ends when all others have: it would wait for ever if they waited for it.
    #[test]
    fn batch_goes_on_while_a_long_file_is_in_work() {
        let files = names(300);
        let (sender, receiver) = mpsc::channel();
        let receiver = Mutex::new(receiver);
        let work = |file: &PathBuf, turn: &Turn<'_>| {
            turn.begin(1_000)?;
            let i = number(file);
            if i == 0 {
                let receiver = receiver.lock().unwrap();
                for _ in 1..300 {
                    receiver.recv_timeout(Duration::from_secs(60)).expect("the other files are worked on");
                }
            } else {
                sender.send(()).unwrap();
            }
            Ok(i)
        };
        let mut seen = Vec::new();
        let outcome = each_within(
            MAX_BYTES,
            2,
            &files,
            work,
            |_| 0,
            |_, i| {
                seen.push(i);
                Ok::<(), Infallible>(())
            },
        );
        assert!(matches!(outcome, Ok(Outcome::Complete)));
        assert_eq!(seen, (0..300).collect::<Vec<_>>());
    }

    #[test]
    fn batch_holds_no_more_bytes_than_allowed_and_works_on_larger_files_alone() {
        const MAX: u64 = 1_000_000;
        let files = names(200);
        let (in_work, most, alone) = (AtomicU64::new(0), AtomicU64::new(0), AtomicUsize::new(0));
        let work = |file: &PathBuf, turn: &Turn<'_>| {
            let i = number(file);
            let bytes = if i % 50 == 20 { 3 * MAX } else { i * 7919 % 500_000 };
            turn.begin(bytes)?;
            let now = in_work.fetch_add(bytes, Ordering::SeqCst) + bytes;
            if bytes > MAX {
                assert_eq!(now, bytes);
                alone.fetch_add(1, Ordering::SeqCst);
            } else {
                most.fetch_max(now, Ordering::SeqCst);
            }
            std::thread::sleep(Duration::from_micros(200));
            in_work.fetch_sub(bytes, Ordering::SeqCst);
            Ok(())
        };
        let outcome = each_within(MAX, 8, &files, work, |()| 1_000, |_, ()| Ok::<(), Infallible>(()));
        assert!(matches!(outcome, Ok(Outcome::Complete)));
        let most = most.into_inner();
        assert!((MAX / 2..=MAX).contains(&most), "{most}");
        assert_eq!(alone.into_inner(), 4);
    }

    #[test]
    fn batch_counts_the_results_that_wait_for_an_earlier_file() {
        let files = names(30);
        let (release, third) = (AtomicBool::new(false), AtomicUsize::new(0));
        let work = |file: &PathBuf, turn: &Turn<'_>| {
            turn.begin(1)?;
            match number(file) {
                0 => {
                    // Results of 1 and 2 fill the room, so 3 must not begin before this one ends.
                    std::thread::sleep(Duration::from_millis(50));
                    release.store(true, Ordering::SeqCst);
                }
                3 => third.store(1 + usize::from(release.load(Ordering::SeqCst)), Ordering::SeqCst),
                _ => {}
            }
            Ok(())
        };
        let max_bytes = 1_400_000;
        let outcome = each_within(max_bytes, 2, &files, work, |()| 700_000, |_, ()| Ok::<(), Infallible>(()));
        assert!(matches!(outcome, Ok(Outcome::Complete)));
        assert_eq!(third.into_inner(), 2, "file 3 began while the results of 1 and 2 waited");
    }

    #[test]
    fn batch_ends_soon_when_results_are_not_wanted_any_more() {
        let files = names(1_000);
        let begun = AtomicUsize::new(0);
        let work = |_: &PathBuf, turn: &Turn<'_>| {
            turn.begin(0)?;
            // The first file ends at once, the others never, unless they ask whether to go on.
            if begun.fetch_add(1, Ordering::SeqCst) > 0 {
                loop {
                    turn.check()?;
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
            Ok(())
        };
        assert_eq!(each_within(MAX_BYTES, 3, &files, work, |()| 0, |_, ()| Err("closed")), Err("closed"));
        assert!(begun.into_inner() < 10);
    }

    #[test]
    fn batch_passes_a_panic_on() {
        let files = names(50);
        let work = |file: &PathBuf, turn: &Turn<'_>| {
            turn.begin(1)?;
            assert_ne!(number(file), 20, "a defect");
            Ok(())
        };
        let run = || each_within(MAX_BYTES, 3, &files, work, |()| 0, |_, ()| Ok::<(), Infallible>(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }
}

//! Many files on all cores: results in the order given, files that fail reported and skipped.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::error::FileError;
use super::terminal;

/// Files per core that are processed before their results are handed on; it bounds the memory that results take.
const FILES_PER_CORE: usize = 8;

/// Whether all files of a command could be processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of them.
    Complete,
    /// At least one failed and was reported.
    SomeFailed,
}

/// Runs `work` on every file in parallel and `hand_on` on every result, in the order of `files`.
///
/// A file that fails is reported on standard error and skipped. A progress bar is shown on standard error when that is
/// a terminal.
///
/// # Errors
/// What `hand_on` returns; that ends the batch.
pub fn each<T: Send, E>(
    files: &[PathBuf],
    work: impl Fn(&Path) -> Result<T, FileError> + Sync,
    mut hand_on: impl FnMut(&Path, T) -> Result<(), E>,
) -> Result<Outcome, E> {
    let bar = progress_bar(files.len());
    let mut outcome = Outcome::Complete;
    for chunk in files.chunks(rayon::current_num_threads() * FILES_PER_CORE) {
        let results: Vec<Result<T, FileError>> = chunk
            .par_iter()
            .map(|file| {
                let result = work(file);
                bar.inc(1);
                result
            })
            .collect();
        // Hide the bar while results are printed.
        bar.suspend(|| {
            for (file, result) in chunk.iter().zip(results) {
                match result {
                    Ok(value) => hand_on(file, value)?,
                    Err(error) => {
                        outcome = Outcome::SomeFailed;
                        terminal::message(&format!("{}: {error}", file.display()));
                    }
                }
            }
            Ok::<(), E>(())
        })?;
    }
    bar.finish_and_clear();
    Ok(outcome)
}

/// Hidden unless standard error is a terminal, and for a single file.
fn progress_bar(count: usize) -> ProgressBar {
    if count < 2 {
        return ProgressBar::hidden();
    }
    terminal::progress_bar("{bar:30} {pos}/{len} files, {eta} left", count, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::audio::AudioError;

    #[test]
    fn batch_keeps_the_order_and_skips_failures() {
        let files: Vec<PathBuf> = (0..500).map(|i| PathBuf::from(i.to_string())).collect();
        let number = |file: &Path| file.to_str().and_then(|s| s.parse::<u64>().ok()).unwrap();
        let work = |file: &Path| {
            let i = number(file);
            std::thread::sleep(std::time::Duration::from_micros(i * 7919 % 300));
            if i % 100 == 50 { Err(AudioError::Empty.into()) } else { Ok(i) }
        };
        let mut seen = Vec::new();
        let outcome = each(&files, work, |file, i| {
            assert_eq!(number(file), i);
            seen.push(i);
            Ok::<(), std::convert::Infallible>(())
        });
        assert!(matches!(outcome, Ok(Outcome::SomeFailed)));
        assert_eq!(seen, (0..500).filter(|i| i % 100 != 50).collect::<Vec<_>>());
    }
}

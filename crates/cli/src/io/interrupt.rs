//! Temporary files, which are removed when the program is interrupted.
//!
//! SIGINT and SIGTERM (on Windows Ctrl-C and the like) remove them and end the program as they would have without; a second
//! signal ends it at once. SIGHUP is left alone: under `nohup` it is ignored.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// Those that there are now.
static TEMPORARIES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static HANDLER: Once = Once::new();

fn temporaries() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is removed when this is dropped, or the program interrupted.
#[derive(Debug)]
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// Creates it; `create` must fail if there is one of that name.
    pub fn create(
        path: PathBuf,
        create: impl FnOnce(&PathBuf) -> io::Result<File>,
    ) -> io::Result<(Self, File)> {
        HANDLER.call_once(install);
        // No signal is served between its creation and its place in the list.
        let mut list = temporaries();
        let file = create(&path)?;
        list.push(path.clone());
        Ok((Self(path), file))
    }

    /// Gives it its final name.
    pub fn rename(self, to: &std::path::Path) -> io::Result<()> {
        let mut list = temporaries();
        std::fs::rename(&self.0, to)?;
        list.retain(|path| *path != self.0);
        drop(list);
        std::mem::forget(self);
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let mut list = temporaries();
        list.retain(|path| *path != self.0);
        // If even this fails there is nobody to tell.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn remove_all() {
    for path in temporaries().drain(..) {
        let _ = std::fs::remove_file(path);
    }
}

/// Without a handler a signal leaves a temporary file behind, and that is all.
#[cfg(unix)]
fn install() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    let interrupted = Arc::new(AtomicBool::new(false));
    let signals = [SIGINT, SIGTERM];
    for signal in signals {
        // In this order: the first signal only sets the flag, the second finds it set.
        let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&interrupted));
        let _ = signal_hook::flag::register(signal, Arc::clone(&interrupted));
    }
    let Ok(mut received) = signal_hook::iterator::Signals::new(signals) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = received.forever().next() {
            remove_all();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn install() {
    /// What a shell reports of a program that Ctrl-C has ended.
    const INTERRUPTED: i32 = 130;
    let _ = ctrlc::set_handler(|| {
        remove_all();
        std::process::exit(INTERRUPTED);
    });
}

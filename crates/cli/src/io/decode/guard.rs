//! Runs decoders so that a panic in one is an error of its file, and nothing is printed of it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::error::DecodeError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}
static HOOK: Once = Once::new();

/// What `decode` returns. What it was working on must not be used again if it panicked: the error is [`DecodeError::Failed`].
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                usual(panic);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(decode));
    GUARDED.set(before);
    result.unwrap_or(Err(DecodeError::Failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let empty: Vec<u8> = Vec::new();
        let result = guarded(|| Ok(empty[std::hint::black_box(3)]));
        assert!(matches!(result, Err(DecodeError::Failed)));
        assert!(matches!(guarded(|| Ok(3)), Ok(3)));
        assert!(!GUARDED.get());
    }
}

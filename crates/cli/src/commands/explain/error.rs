//! Why a file cannot be explained as the command line asks.

use undertone::attribution::{Level, Method};

/// Why a file cannot be explained as the command line asks.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// Expected gradients without starts.
    #[error("--method expected needs voices to start from: name recordings with --background FILE")]
    NoBackground,
    /// Starts for a method that has its own.
    #[error(
        "--method {} starts from the average training voice: leave --background out, or use --method expected",
        method.name()
    )]
    UnusedBackground {
        /// The method.
        method: Method,
    },
    /// A level that the method does not give.
    #[error("--method {} gives no contributions of {}: use --by {}", method.name(), level.name(), known(*method))]
    NoSuchLevel {
        /// The method.
        method: Method,
        /// The level.
        level: Level,
    },
    /// A level for JSON, which has them all.
    #[error("--format json holds every level that the method gives: leave --by out")]
    LevelOfJson,
    /// A figure of several channels.
    #[error("--format svg draws one channel: name it with --channel, or use --format json")]
    SeveralChannels,
    /// A figure of several files.
    #[error("--format svg draws one file, not {count}: name one, or use --format json")]
    SeveralFiles {
        /// How many were named.
        count: usize,
    },
}

fn known(method: Method) -> String {
    method.levels().iter().map(|level| level.name()).collect::<Vec<_>>().join(" or ")
}

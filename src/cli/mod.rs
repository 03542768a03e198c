//! The command line: `extract`, `score`, `train`. Native only.

/// Runs the command line of this process and returns its exit status.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}

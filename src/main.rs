//! The command `undertone`; everything it does lives in [`undertone::cli`].
fn main() -> std::process::ExitCode {
    undertone::cli::main()
}

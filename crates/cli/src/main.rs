//! The command `undertone`; everything it does lives in [`undertone_cli`].
fn main() -> std::process::ExitCode {
    undertone_cli::commands::main()
}

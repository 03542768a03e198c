//! The program prints what the library lists; and being tested, it is built with the other tests, where `cargo xtask test` takes it
//! from.

use std::process::Command;

#[test]
fn the_program_prints_a_line_per_vector() {
    let output = Command::new(env!("CARGO_BIN_EXE_undertone-vectors")).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() > 10 && text == undertone_vectors::listing());
}

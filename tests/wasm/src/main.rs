//! Prints the native side of the comparison; `cargo xtask vectors` holds it against the wasm side.
fn main() {
    print!("{}", undertone_vectors::listing());
}

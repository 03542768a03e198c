//! libFuzzer with one of the targets, which the environment names: `UNDERTONE_FUZZ=pcm`.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use undertone_fuzz::{Target, targets};

fuzz_target!(|data: &[u8]| {
    static TARGET: OnceLock<Option<Target>> = OnceLock::new();
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("UNDERTONE_FUZZ").unwrap_or_default();
        targets().into_iter().find(|target| target.name == name)
    });
    match target {
        Some(target) => drop((target.run)(data)),
        None => panic!("UNDERTONE_FUZZ names none of the targets"),
    }
});

//! Features of sound that comes in pieces, as from a microphone: `cargo run --example stream`.

use egemaps::catalogue::FEATURES;
use egemaps::{ExtractError, Extractor};

fn main() -> Result<(), ExtractError> {
    const RATE_HZ: u32 = 48_000;
    let mut extractor = Extractor::new(RATE_HZ)?;
    // Two seconds of a buzz whose pitch rises from 100 Hz on, 20 ms at a time.
    let mut phase = 0.0_f32;
    for piece in 0..100 {
        let hz = 100.0 + piece as f32;
        let samples: Vec<f32> = (0..960)
            .map(|_| {
                phase = (phase + hz / RATE_HZ as f32).fract();
                0.5 - phase
            })
            .collect();
        extractor.push(&samples)?;
    }
    let features = extractor.finish()?;
    for (feature, value) in FEATURES.iter().zip(features.functionals).take(10) {
        println!("{} = {value} {}", feature.name, feature.unit.symbol());
    }
    Ok(())
}

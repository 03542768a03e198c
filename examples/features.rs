//! The 88 eGeMAPSv02 features of one second of sound: `cargo run --example features`.

use undertone::egemaps::{ExtractError, catalogue::FEATURES, extract};

fn main() -> Result<(), ExtractError> {
    // A buzz: one tooth of a saw every 107 samples, 149.5 Hz.
    let samples: Vec<f32> = (0..16_000).map(|k| (k % 107) as f32 / 107.0 - 0.5).collect();
    let features = extract(&samples, 16_000)?;
    for (feature, value) in FEATURES.iter().zip(features.functionals) {
        println!("{:50} {value:12.5} {}", feature.name, feature.unit.symbol());
    }
    println!("{} frames, {:.0} % voiced", features.llds.len(), 100.0 * features.voiced_share());
    Ok(())
}

//! What makes one WAV file sound more activated than another: `cargo run --example explain -- from.wav to.wav`.

use std::error::Error;

use undertone::attribution::{Level, Method, explain};
use undertone::model::{Objective, built_in};
use undertone::{analysis::model_features, audio::pcm, audio::resample::to_16k};

fn main() -> Result<(), Box<dyn Error>> {
    let model = built_in(Objective::MetricAct)?;
    let inputs = |place| -> Result<[f32; 88], Box<dyn Error>> {
        let file = std::env::args().nth(place).ok_or("name two WAV files")?;
        let sound = pcm::read(&std::fs::read(file)?)?;
        Ok(model_features(&to_16k(&sound.samples, sound.rate_hz)?)?)
    };
    let explanation = explain(&model, Method::ExpectedGradients, &[inputs(1)?], &inputs(2)?)?;
    println!("from {:.2} to {:.2}", explanation.baseline, explanation.activation);
    for (group, value) in explanation.contributions.on(Level::Groups).unwrap_or_default() {
        println!("{group:16} {value:+.3}");
    }
    Ok(())
}

//! How activated a WAV file sounds, as JSON: `cargo run --example score -- speech.wav`.

use std::error::Error;

use undertone::audio::pcm;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a WAV file")?;
    let sound = pcm::read(&std::fs::read(&file)?)?;
    if let Some(missing_end) = sound.missing_end {
        eprintln!("warning: {file} is cut off after {missing_end}");
    }
    let analysis = undertone::score(&sound.samples, sound.rate_hz)?;
    let [low, high] = analysis.prediction.interval;
    eprintln!("{file}: {:.2}, range {low:.1} to {high:.1}", analysis.prediction.activation);
    for flag in &analysis.measures.flags {
        eprintln!("warning: {flag}");
    }
    println!("{}", serde_json::to_string_pretty(&analysis)?);
    Ok(())
}

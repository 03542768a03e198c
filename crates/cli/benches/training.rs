//! Times of single trainings, for `cargo xtask bench --training`, which asks this program and PyTorch in turn.
//!
//! Lines come in on standard input, their words separated by tabs; each is answered by a line:
//! * `make FILE` writes the data, row by row: 88 features and the label as little-endian `f32`;
//! * `train FILE SEED` trains metric-act by the recipe of Das et al. on them, and answers with CPU time and wall time, s;
//! * `fit FILE` answers with the correlation of label and mean latent coordinate in the last network.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use egemaps::catalogue::FEATURE_COUNT;
use undertone_cli::data::dataset::{Dataset, Utterance, Variants};
use undertone_cli::data::emotion::Emotion;
use undertone_cli::learn::fit::{FittedNetwork, Recipe, fit};
use undertone_cli::numeric::random::Random;

const UTTERANCES: usize = 5_000;
const SPEAKERS: usize = 50;

fn main() {
    // `cargo bench` and `cargo test --benches` start every benchmark; this one only serves whoever asks.
    if !std::env::args().any(|word| word == "serve") {
        return;
    }
    let mut network = None;
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let answer = match line.split('\t').collect::<Vec<_>>()[..] {
            ["make", file] => {
                std::fs::write(file, made_up()).unwrap();
                file.to_owned()
            }
            ["train", file, seed] => {
                let (data, seed) = (read(file), seed.parse().unwrap());
                let (cpu, wall) = (cpu_s(), Instant::now());
                network = Some(fit(black_box(&data), &Recipe::published(), seed, &|| ()).unwrap());
                format!("{}\t{}", cpu_s() - cpu, wall.elapsed().as_secs_f64())
            }
            ["fit", file] => correlation(network.as_ref().unwrap(), &read(file)).to_string(),
            _ => panic!("{line}"),
        };
        println!("{answer}");
        std::io::stdout().flush().unwrap();
    }
}

/// Standard normal features, of which every eighth follows the label.
fn made_up() -> Vec<u8> {
    let mut random = Random::new(1);
    let mut bytes = Vec::new();
    for _ in 0..UTTERANCES {
        let label = random.between(1.0, 5.0);
        for i in 0..FEATURE_COUNT {
            let told = if i % 8 == 0 { 0.5 * (label - 3.0) } else { 0.0 };
            bytes.extend(((told + random.normal()) as f32).to_le_bytes());
        }
        bytes.extend((label as f32).to_le_bytes());
    }
    bytes
}

fn read(file: &str) -> Dataset {
    let bytes = std::fs::read(file).unwrap();
    let values: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
    let mut data = Dataset::default();
    data.utterances.extend(values.chunks_exact(FEATURE_COUNT + 1).enumerate().map(|(i, row)| Utterance {
        features: row[..FEATURE_COUNT].try_into().unwrap(),
        activation: f64::from(row[FEATURE_COUNT]),
        valence: None,
        emotion: Emotion::Neutral,
        speaker: i % SPEAKERS,
        corpus: 0,
        variants: Variants::default(),
    }));
    data
}

/// Pearson's correlation of label and mean latent coordinate.
fn correlation(network: &FittedNetwork, data: &Dataset) -> f64 {
    let axis: Vec<f64> = network.latents(data).iter().map(|point| (point[0] + point[1]) / 2.0).collect();
    let labels = data.labels();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (axis_mean, label_mean) = (mean(&axis), mean(&labels));
    let (mut aa, mut al, mut ll) = (0.0, 0.0, 0.0);
    for (a, l) in axis.iter().zip(&labels) {
        aa += (a - axis_mean) * (a - axis_mean);
        al += (a - axis_mean) * (l - label_mean);
        ll += (l - label_mean) * (l - label_mean);
    }
    al / (aa * ll).sqrt()
}

/// CPU time of this process, s.
#[cfg(unix)]
fn cpu_s() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

#[cfg(not(unix))]
fn cpu_s() -> f64 {
    f64::NAN
}

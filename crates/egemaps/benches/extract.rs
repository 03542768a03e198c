//! Time of an extraction. `cargo xtask bench` sets it beside openSMILE's.
//!
//! The sounds are also written as 16-bit samples into the folder that `UNDERTONE_BENCH_PCM` names, so that others can be timed
//! on the very same samples.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use egemaps::{Extractor, InstructionSet, quantise_pcm16};
use std::hint::black_box;
use test_signals::Voice;

fn extraction(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10);
    for seconds in [1, 5, 60] {
        let samples = Voice { seconds: f64::from(seconds), ..Voice::default() }.samples();
        if let Some(folder) = std::env::var_os("UNDERTONE_BENCH_PCM") {
            let integers: Vec<i16> = samples.iter().map(|v| quantise_pcm16(*v)).collect();
            let bytes: Vec<u8> = integers.iter().flat_map(|v| v.to_le_bytes()).collect();
            std::fs::write(std::path::Path::new(&folder).join(format!("{seconds}.pcm")), bytes).unwrap();
        }
        group.bench_with_input(BenchmarkId::from_parameter(seconds), &samples, |b, samples| {
            b.iter(|| egemaps::extract(black_box(samples), 16_000).unwrap());
        });
    }
    group.finish();
}

/// The same sound with each instruction set of this processor.
fn instructions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("instructions");
    group.sample_size(10);
    let samples = Voice { seconds: 5.0, ..Voice::default() }.samples();
    for set in InstructionSet::available() {
        group.bench_with_input(BenchmarkId::from_parameter(set.name()), &samples, |b, samples| {
            b.iter(|| {
                let mut extractor = Extractor::with_instructions(16_000, set).unwrap();
                extractor.push(black_box(samples)).unwrap();
                extractor.finish().unwrap()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, extraction, instructions);
criterion_main!(benches);

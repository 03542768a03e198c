//! Time of an extraction, whole and by stages. `cargo xtask bench` puts the stages into docs/performance.md.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use egemaps::fft::RealFft;
use egemaps::{Extractor, InstructionSet};
use std::hint::black_box;
use test_signals::Voice;

const RATE_HZ: u32 = 16_000;

fn run(extractor: Extractor, samples: &[f32]) -> Extractor {
    let mut extractor = extractor;
    extractor.push(black_box(samples)).unwrap();
    extractor
}

fn extraction(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10);
    for seconds in [1, 5, 60] {
        let samples = Voice { seconds: f64::from(seconds), ..Voice::default() }.samples();
        group.bench_with_input(BenchmarkId::from_parameter(seconds), &samples, |b, samples| {
            b.iter(|| egemaps::extract(black_box(samples), RATE_HZ).unwrap());
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
            b.iter(|| run(Extractor::with_instructions(RATE_HZ, set).unwrap(), samples).finish().unwrap());
        });
    }
    group.finish();
}

/// What can be told apart from outside: the transforms alone, and what is kept beside the functionals.
fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(20);
    let samples = Voice { seconds: 5.0, ..Voice::default() }.samples();
    group.bench_function("transforms", |b| {
        let mut ffts = [512, 1024].map(RealFft::new);
        let mut packed = Vec::new();
        b.iter(|| {
            for fft in &mut ffts {
                for _ in 0..500 {
                    fft.forward(black_box(&samples[..fft.len()]), &mut packed);
                }
            }
            packed.len()
        });
    });
    group.bench_function("without-llds", |b| {
        b.iter(|| run(Extractor::new(RATE_HZ).unwrap().without_llds(), &samples).finish().unwrap());
    });
    group.bench_function("with-llds", |b| {
        b.iter(|| run(Extractor::new(RATE_HZ).unwrap(), &samples).finish().unwrap());
    });
    group.bench_function("traced", |b| {
        b.iter(|| run(Extractor::traced(RATE_HZ).unwrap(), &samples).finish_traced().unwrap());
    });
    group.finish();
}

criterion_group!(benches, extraction, instructions, stages);
criterion_main!(benches);

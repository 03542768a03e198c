//! Time of an analysis, stage by stage.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use undertone::analysis::{Analysis, Preparation};
use undertone::audio::resample;
use undertone::model;
use undertone::model::Objective;

/// A voice-like signal: damped pulses with vibrato at 120 to 180 Hz, syllables, pauses, a little noise.
fn voice(rate_hz: u32, seconds: u32) -> Vec<f32> {
    let fs = f64::from(rate_hz);
    let (mut noise, mut phase) = (1i64, 0.0);
    (0..rate_hz * seconds)
        .map(|k| {
            let t = f64::from(k) / fs;
            noise = (1_103_515_245 * noise + 12345) & 0x7FFF_FFFF;
            let hiss = ((noise >> 15) - 32768) as f64 / 32768.0;
            phase += (150.0 + 30.0 * libm::sin(t * 2.0)) / fs;
            phase -= libm::floor(phase);
            let loud = (0.3 + libm::sin(t * 25.0) + libm::sin(t * 1.7)).clamp(0.0, 1.0);
            let tone = libm::exp(-phase * 6.0) * libm::sin(phase * 25.0);
            (0.5 * loud * tone + 0.002 * hiss) as f32
        })
        .collect()
}

fn rest(criterion: &mut Criterion) {
    let model = model::shipped(Objective::MetricAct).expect("the shipped weights load");
    let samples = voice(16_000, 5);
    criterion.bench_function("analyse", |b| {
        b.iter(|| Analysis::new(&Preparation::new(black_box(&samples)).unwrap().finish().unwrap(), &model));
    });
    let prepared = Preparation::new(&samples).unwrap().finish().unwrap();
    criterion.bench_function("score-and-reasons", |b| b.iter(|| Analysis::new(black_box(&prepared), &model)));
    let fast = voice(48_000, 5);
    criterion.bench_function("resample", |b| b.iter(|| resample::to_16k(black_box(&fast), 48_000).unwrap()));
}

criterion_group!(benches, rest);
criterion_main!(benches);

//! Time of an analysis, stage by stage.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use test_signals::Voice;
use undertone::analysis::{Analysis, Preparation};
use undertone::audio::resample;
use undertone::model;
use undertone::model::Objective;

fn rest(criterion: &mut Criterion) {
    let model = model::built_in(Objective::MetricAct).expect("the built-in weights load");
    let samples = Voice { seconds: 5.0, ..Voice::default() }.samples();
    criterion.bench_function("analyse", |b| {
        b.iter(|| Analysis::new(&Preparation::new(black_box(&samples)).unwrap().finish().unwrap(), &model));
    });
    let prepared = Preparation::new(&samples).unwrap().finish().unwrap();
    criterion.bench_function("score-and-reasons", |b| b.iter(|| Analysis::new(black_box(&prepared), &model)));
    let fast = Voice { rate_hz: 48_000, seconds: 5.0, ..Voice::default() }.samples();
    criterion.bench_function("resample", |b| b.iter(|| resample::to_16k(black_box(&fast), 48_000).unwrap()));
}

criterion_group!(benches, rest);
criterion_main!(benches);

//! Time of an extraction. `cargo xtask bench` sets it beside openSMILE's.
//!
//! The sounds are also written as 16-bit samples into the folder that `UNDERTONE_BENCH_PCM` names, so that others can be timed
//! on the very same samples.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use egemaps::quantise_pcm16;
use std::hint::black_box;

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

fn extraction(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10);
    for seconds in [1, 5, 60] {
        let samples = voice(16_000, seconds);
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

criterion_group!(benches, extraction);
criterion_main!(benches);

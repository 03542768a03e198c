//! The extractor against openSMILE's own values for synthetic signals.
//!
//! The specification prints single precision, so values are comparable to rounding. The tolerances allow one or two
//! units in the last place of the largest value of a descriptor (openSMILE's platform logarithm), nothing more.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use egemaps::catalogue;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Golden {
    rate_hz: u32,
    functionals: Vec<f64>,
    llds: Vec<Vec<f64>>,
    samples: Option<Vec<i16>>,
}

fn golden() -> BTreeMap<String, Golden> {
    serde_json::from_str(include_str!("golden/egemaps.json")).unwrap()
}

fn features(golden: &Golden) -> egemaps::Features {
    let samples = golden.samples.clone().unwrap_or_else(|| test_signals::three_tones(golden.rate_hz));
    let samples: Vec<f32> = samples.iter().map(|s| f32::from(*s) / 32768.0).collect();
    egemaps::extract(&samples, golden.rate_hz).unwrap()
}

#[test]
fn functionals_are_those_of_opensmile() {
    for (name, golden) in golden() {
        let features = features(&golden);
        assert_eq!(golden.functionals.len(), features.functionals.len());
        for ((feature, got), wanted) in
            catalogue::FEATURES.iter().zip(features.functionals).zip(&golden.functionals)
        {
            let off = (f64::from(got) - wanted).abs();
            assert!(off <= 1e-6 * wanted.abs(), "{name}: {} is {got}, openSMILE has {wanted}", feature.name);
        }
    }
}

#[test]
fn llds_are_those_of_opensmile_row_by_row() {
    for (name, golden) in golden() {
        let features = features(&golden);
        for (column, wanted) in golden.llds.iter().enumerate() {
            assert_eq!(features.llds.len(), wanted.len(), "{name}: number of rows");
            let scale = wanted.iter().fold(0.0f64, |m, v| m.max(v.abs()));
            for (row, (got, wanted)) in features.llds.iter().zip(wanted).enumerate() {
                assert!(
                    (f64::from(got[column]) - wanted).abs() <= 1e-6 * scale,
                    "{name}: {} row {row} is {}, openSMILE has {wanted}",
                    catalogue::LLD_NAMES[column],
                    got[column]
                );
            }
        }
    }
}

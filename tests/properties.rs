//! What holds from samples to score, whatever comes in: numbers are finite; the score is the same again, on another thread, and beside
//! other work; a gain moves it by less than is stated, and silence before and behind it by nothing.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use std::sync::OnceLock;

use proptest::prelude::*;
use test_signals::Voice;
use undertone::analysis::{Analysis, Preparation};
use undertone::model::Model;

/// What docs/results.md names as the limit for gains of ± 20 dB (level, noise, rooms, telephones).
const GAIN_MOVES_LESS_THAN: f64 = 0.05;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::from_bytes(include_bytes!("../models/metric-act.safetensors")).unwrap())
}

/// Score, interval, place in the map and ranks; the code of the error where there is none.
fn scored(samples: &[f32]) -> Result<Vec<f64>, &'static str> {
    let prepared = Preparation::new(samples).and_then(Preparation::finish).map_err(|error| error.code())?;
    let Analysis { prediction, .. } = Analysis::new(&prepared, model());
    let places = [prediction.interval, prediction.latent, [prediction.score_axis, prediction.other_axis]];
    let ranks = prediction.ranks.iter().flatten();
    Ok([prediction.activation].iter().chain(places.as_flattened()).chain(ranks).copied().collect())
}

/// Voices that differ, in pauses of hiss.
fn voices() -> impl Strategy<Value = Vec<f32>> {
    let voice = (80.0f64..320.0, 0.4f64..1.4, 0.0f64..0.02);
    prop::collection::vec(voice, 1..4).prop_map(|voices| {
        let voice = |(f0_hz, seconds, noise)| {
            let voice = Voice { f0_hz, seconds, noise, ..Voice::default() };
            [voice.samples(), vec![0.0; 3_200]].concat()
        };
        voices.into_iter().flat_map(voice).map(|v| v * 0.09).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_finite_sound_has_finite_numbers_or_a_reason(
        blocks in prop::collection::vec((any::<f32>().prop_filter("finite", |v| v.is_finite()), 0usize..5, 1usize..9_000), 1..6),
    ) {
        let mut noise = 99_i64;
        let mut samples = Vec::new();
        for (level, kind, length) in blocks {
            samples.extend((0..length).map(|k| {
                noise = (1_103_515_245 * noise + 12_345) & 0x7FFF_FFFF;
                level * match kind {
                    0 => 1.0,
                    1 => (noise >> 15) as f32 / 32_768.0 - 1.0,
                    2 => f32::from(u8::from(k.is_multiple_of(97))),
                    3 => if (k / 60).is_multiple_of(2) { 1.0 } else { -1.0 },
                    _ => 0.0,
                }
            }));
        }
        match scored(&samples) {
            Ok(numbers) => prop_assert!(numbers.iter().all(|v| v.is_finite()), "{numbers:?}"),
            Err(code) => prop_assert!(["empty", "too_short", "silent", "no_voice"].contains(&code), "{code}"),
        }
    }

    #[test]
    fn a_score_is_the_same_again_and_on_other_threads(sounds in prop::collection::vec(voices(), 2..4)) {
        let one_by_one: Vec<_> = sounds.iter().map(|samples| scored(samples)).collect();
        let at_once: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = sounds.iter().map(|samples| scope.spawn(|| scored(samples))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        prop_assert_eq!(&one_by_one, &at_once);
        let again: Vec<_> = sounds.iter().rev().map(|samples| scored(samples)).collect();
        prop_assert_eq!(one_by_one, again.into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn gains_move_a_score_by_less_than_is_stated_and_silence_around_it_by_nothing(
        samples in voices(), gain_db in -20.0f64..20.0, before in 0usize..30_000, behind in 0usize..30_000,
    ) {
        let Ok(plain) = scored(&samples) else { return Ok(()) };
        let padded = [vec![0.0; before], samples.clone(), vec![0.0; behind]].concat();
        prop_assert_eq!(&scored(&padded), &Ok(plain.clone()));
        let gain = libm::pow(10.0, gain_db / 20.0);
        let changed: Vec<f32> = samples.iter().map(|v| (f64::from(*v) * gain) as f32).collect();
        let moved = (scored(&changed).unwrap()[0] - plain[0]).abs();
        prop_assert!(moved < GAIN_MOVES_LESS_THAN, "{gain_db:.1} dB move the score by {moved}");
    }
}

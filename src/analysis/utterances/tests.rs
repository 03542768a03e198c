//! Whole sounds, made of a synthetic voice, noises and pauses.

use std::f64::consts::TAU;

use proptest::prelude::*;

use super::*;

fn seconds_of(count: f64) -> usize {
    (count * f64::from(SAMPLE_RATE_HZ)) as usize
}

fn silence(duration_s: f64) -> Vec<f32> {
    vec![0.0; seconds_of(duration_s)]
}

fn voice(duration_s: f64, gain: f32) -> Vec<f32> {
    test_signals::phrase(duration_s, f64::from(gain), SAMPLE_RATE_HZ)
}

/// With hiss all over it.
fn in_hiss(samples: &[f32], gain: f32) -> Vec<f32> {
    samples.iter().zip(test_signals::hiss(samples.len())).map(|(v, noise)| v + gain * noise).collect()
}

fn split(samples: &[f32], chunk: usize) -> Vec<Utterance> {
    let mut splitter = Splitter::new(PAUSE_S);
    let mut found = Vec::new();
    for piece in samples.chunks(chunk) {
        splitter.push(piece);
        let settled = splitter.settled();
        while let Some(utterance) = splitter.next_utterance() {
            found.push(utterance);
        }
        assert!(settled <= splitter.samples);
    }
    found.extend(splitter.finish());
    found
}

/// Voices of given lengths with pauses before each, and where they start and end.
fn conversation(parts: &[(f64, f64)]) -> (Vec<f32>, Vec<[f64; 2]>) {
    let (mut samples, mut spans) = (Vec::new(), Vec::new());
    for (pause_s, voice_s) in parts {
        samples.extend(silence(*pause_s));
        let start = seconds(samples.len());
        samples.extend(voice(*voice_s, 0.5));
        spans.push([start, seconds(samples.len())]);
    }
    samples.extend(silence(1.2));
    (samples, spans)
}

#[test]
fn splitter_finds_each_utterance_where_it_is() {
    let (samples, spans) = conversation(&[(0.7, 2.0), (0.6, 1.6), (2.4, 3.1), (0.9, 1.2), (0.65, 2.2)]);
    for noise in [0.0, 0.002, 0.01] {
        let found = split(&in_hiss(&samples, noise), 1_600);
        assert_eq!(found.len(), spans.len(), "{noise}: {found:?}");
        for (utterance, span) in found.iter().zip(&spans) {
            let [start, end] = utterance.seconds();
            assert!((start - span[0]).abs() < 0.06 && (end - span[1]).abs() < 0.1, "{utterance:?} {span:?}");
            assert!(utterance.voiced_s > 0.5 * utterance.duration_s(), "{utterance:?}");
        }
    }
}

#[test]
fn splitter_says_how_far_speech_stands_above_the_background() {
    let (samples, _) = conversation(&[(0.7, 2.0), (0.8, 2.0), (0.9, 2.0)]);
    let speech = crate::audio::level::active_speech_level(&samples).level_dbfs;
    for noise in [0.003, 0.02] {
        let hiss: Vec<f32> = test_signals::hiss(32_000).iter().map(|v| v * noise).collect();
        let power: f64 = hiss.iter().map(|v| f64::from(v * v)).sum::<f64>() / 32_000.0;
        let expected = speech - power_dbfs(power);
        for utterance in split(&in_hiss(&samples, noise), 1_600) {
            let found = utterance.above_background_db;
            assert!((found - expected).abs() < 2.5, "{noise}: {found}, {expected}");
        }
    }
}

#[test]
fn splitter_finds_nothing_in_hiss_knocks_and_rumble() {
    let rate = f64::from(SAMPLE_RATE_HZ);
    let knock = |hz: f64, fall_s: f64| -> Vec<f32> {
        (0..seconds_of(0.25))
            .map(|k| k as f64 / rate)
            .map(|t| (0.5 * libm::exp(-t / fall_s) * libm::sin(TAU * hz * t)) as f32)
            .collect()
    };
    let rumble: Vec<f32> = (0..seconds_of(2.0))
        .map(|k| k as f64 / rate)
        .map(|t| (0.4 * libm::sin(TAU * (25.0 + 8.0 * t) * t)) as f32)
        .collect();
    let hiss = |gain: f32| -> Vec<f32> { test_signals::hiss(24_000).iter().map(|v| v * gain).collect() };
    let noises = [hiss(0.3), knock(140.0, 0.02), knock(300.0, 0.03), rumble, hiss(0.05), knock(220.0, 0.01)];
    let alone: Vec<f32> = noises.iter().flat_map(|noise| [silence(0.6), noise.clone()].concat()).collect();
    assert_eq!(split(&in_hiss(&alone, 0.002), 1_600), []);
    assert_eq!(split(&alone, 1_600), []);
    // Between utterances they do not count either.
    for noise in noises {
        let samples =
            [silence(1.0), voice(1.5, 0.5), silence(0.8), noise, silence(0.8), voice(1.5, 0.5)].concat();
        assert_eq!(split(&in_hiss(&samples, 0.002), 1_600).len(), 2);
    }
    assert_eq!(split(&silence(3.0), 1_600), []);
    assert_eq!(split(&[], 1_600), []);
}

#[test]
fn splitter_is_not_deafened_by_a_sample_far_beyond_full_scale() {
    let (mut samples, spans) = conversation(&[(0.7, 2.0), (0.8, 2.0), (0.9, 2.0)]);
    let samples = {
        samples[4_000] = 1e38;
        samples[60_000] = f32::INFINITY;
        in_hiss(&samples, 0.002)
    };
    assert_eq!(split(&samples, 1_600).len(), spans.len());
}

#[test]
fn splitter_takes_the_pause_that_is_wanted() {
    let (samples, _) = conversation(&[(0.7, 2.0), (0.42, 2.0), (0.7, 2.0), (1.0, 2.0)]);
    let all = |pause_s| {
        let mut splitter = Splitter::new(pause_s);
        splitter.push(&samples);
        let early = std::iter::from_fn(|| splitter.next_utterance()).count();
        early + splitter.finish().len()
    };
    assert_eq!([0.3, 0.5, 0.8, 1.2].map(all), [4, 3, 2, 1]);
    assert_eq!((all(f64::NAN), all(-1.0), all(99.0)), (all(0.2), all(0.2), 1));
}

#[test]
fn splitter_knows_an_utterance_soon_after_its_end_and_says_that_one_is_open() {
    let (samples, spans) = conversation(&[(1.0, 2.0), (3.5, 2.0)]);
    let mut splitter = Splitter::new(PAUSE_S);
    let (mut known_s, mut open) = (None, None);
    for (at, piece) in samples.chunks(160).enumerate() {
        splitter.push(piece);
        if known_s.is_none() && splitter.next_utterance().is_some() {
            known_s = Some(at as f64 / 100.0);
        }
        if open.is_none() && known_s.is_none() {
            open = splitter.open().map(|start| (at as f64 / 100.0, seconds(start)));
        }
    }
    let (when_s, start_s) = open.unwrap();
    assert!((start_s - spans[0][0]).abs() < 0.06 && when_s < spans[0][0] + 1.9, "{start_s} s at {when_s} s");
    let late_s = known_s.unwrap() - spans[0][1];
    assert!((1.0..2.7).contains(&late_s), "{late_s}");
}

#[test]
fn windows_follow_what_is_long() {
    let utterance = |duration_s: f64| Utterance {
        start: 1_600,
        end: 1_600 + seconds_of(duration_s),
        voiced_s: 1.0,
        above_background_db: 30.0,
    };
    assert_eq!(utterance(8.0).windows().count(), 0);
    let windows: Vec<_> = utterance(9.5).windows().collect();
    assert_eq!(windows.len(), 7);
    assert_eq!(windows[6], 1_600 + 6 * 16_000..1_600 + 9 * 16_000);
    assert_eq!(utterance(2.0).scored(20_000), 0..20_000);
    assert_eq!(utterance(1.0).scored(90_000), 0..19_200);
}

fn parts() -> impl Strategy<Value = Vec<f32>> {
    let part = (0.15f64..1.6, 0.05f64..1.8, 0.05f32..0.9);
    prop::collection::vec(part, 1..4).prop_map(|parts| {
        let part =
            |(pause_s, voice_s, gain): (f64, f64, f32)| [silence(pause_s), voice(voice_s, gain)].concat();
        in_hiss(&parts.into_iter().flat_map(part).collect::<Vec<_>>(), 0.003)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn splitter_does_not_depend_on_chunks(samples in parts(), chunk in 1usize..9_000) {
        prop_assert_eq!(split(&samples, chunk), split(&samples, samples.len().max(1)));
    }

    #[test]
    fn cuts_move_with_digital_silence_before_them(samples in parts(), before in 0usize..20_000) {
        let moved = split(&[vec![0.0; before], samples.clone()].concat(), 4_000);
        let plain: Vec<_> = split(&samples, 4_000)
            .into_iter()
            .map(|utterance| Utterance {
                start: utterance.start + before,
                end: utterance.end + before,
                ..utterance
            })
            .collect();
        prop_assert_eq!(moved, plain);
    }

    #[test]
    fn cuts_stay_with_another_gain(samples in parts(), halvings in 1u32..5) {
        let gain = 1.0 / (1u32 << halvings) as f32;
        let softer: Vec<f32> = samples.iter().map(|v| v * gain).collect();
        // A power of two: not even bits change.
        prop_assert_eq!(split(&softer, 4_000), split(&samples, 4_000));
    }

    #[test]
    fn cuts_of_any_samples_are_in_order_and_inside(
        samples in prop::collection::vec(any::<f32>(), 0..20_000),
    ) {
        let mut last = 0;
        for utterance in split(&samples, 3_000) {
            prop_assert!(last <= utterance.start && utterance.start < utterance.end);
            prop_assert!(utterance.end <= samples.len());
            last = utterance.end;
        }
    }
}

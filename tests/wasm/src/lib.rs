//! The same work, done natively and in wasm: deterministic inputs, and one line with a digest of the result's bits
//! for each. `cargo xtask vectors` builds this package for both, runs both, and compares the lines.
//!
//! Inputs are made with integers only, so that they are the same by construction: what is compared is the code under test and
//! not the generator as well. Therefore the voice is not that of `test_signals`.

use std::fmt::Write as _;

use egemaps::catalogue;
use undertone::attribution::{Level, Method, explain};
use undertone::{audio, model};

/// All lines, `name digest`, one per vector.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn listing() -> String {
    let mut text = String::new();
    for (name, digest) in vectors() {
        let _ = writeln!(text, "{name} {digest:016x}");
    }
    text
}

/// The functionals alone, for the benchmark of wasm; nothing if they cannot be computed.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn functionals(samples: &[f32], rate_hz: u32) -> Vec<f32> {
    let extract = || {
        let mut extractor = egemaps::Extractor::new(rate_hz)?.without_llds();
        extractor.push(samples)?;
        extractor.finish()
    };
    extract().map(|features| features.functionals.to_vec()).unwrap_or_default()
}

fn vectors() -> Vec<(String, u64)> {
    let mut vectors = vec![("catalogue".to_owned(), digest(catalogue::LLD_NAMES.join("\n").bytes()))];
    for rate_hz in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000] {
        extraction(rate_hz, &mut vectors);
    }
    for rate_hz in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000] {
        resampling(rate_hz, &mut vectors);
    }
    scoring(&mut vectors);
    vectors
}

/// The official values at a rate: low-level descriptors, functionals and pitch.
fn extraction(rate_hz: u32, vectors: &mut Vec<(String, u64)>) {
    let samples = samples(rate_hz, 3);
    let mut add = |what: &str, bits: u64| vectors.push((format!("{what}-{rate_hz}"), bits));
    match egemaps::extract(&samples, rate_hz) {
        Ok(features) => {
            add("functionals", bits_of(&features.functionals));
            add("llds", bits_of(features.llds.as_flattened()));
            add("f0", bits_of(&features.f0_hz));
        }
        // Both sides would fail alike, so it is the test below that does not let this name pass.
        Err(error) => add(&format!("extraction-failed-{error}").replace(' ', "-"), 0),
    }
}

/// Our own resampler.
fn resampling(rate_hz: u32, vectors: &mut Vec<(String, u64)>) {
    if let Ok(resampled) = audio::resample::to_16k(&samples(rate_hz, 1), rate_hz) {
        vectors.push((format!("resampled-{rate_hz}"), bits_of(&resampled)));
    }
}

/// The weights file as the page gets it: bytes.
const MODEL: &[u8] = include_bytes!("../../../models/metric-act.safetensors");

/// The built-in model on a voice, and its attributions by every method.
fn scoring(vectors: &mut Vec<(String, u64)>) {
    let (Ok(model), Ok(features)) =
        (model::Model::from_bytes(MODEL), egemaps::extract(&samples(16_000, 3), 16_000))
    else {
        return;
    };
    let evaluation = model.evaluate(&features.functionals);
    let values = [evaluation.latent[0], evaluation.latent[1], evaluation.activation];
    vectors.push(("score".to_owned(), bits_of_doubles(values)));
    let Ok(background) = egemaps::extract(&samples(16_000, 2), 16_000) else { return };
    for method in Method::ALL {
        let background = [background.functionals];
        let background = if method == Method::ExpectedGradients { &background[..] } else { &[] };
        let Ok(explanation) = explain(&model, method, background, &features.functionals) else { return };
        let contributions = Level::ALL.into_iter().filter_map(|level| explanation.contributions.on(level));
        let values = contributions.flatten().map(|(_, value)| value).chain([explanation.baseline]);
        vectors.push((format!("attributions-{}", method.name()), bits_of_doubles(values)));
    }
}

fn samples(rate_hz: u32, seconds: u32) -> Vec<f32> {
    let voice = voice(i64::from(rate_hz), (rate_hz * seconds) as usize, u64::from(rate_hz));
    voice.into_iter().map(|sample| f32::from(sample) / 32_768.0).collect()
}

fn bits_of(values: &[f32]) -> u64 {
    digest(values.iter().flat_map(|value| value.to_bits().to_le_bytes()))
}

fn bits_of_doubles(values: impl IntoIterator<Item = f64>) -> u64 {
    digest(values.into_iter().flat_map(|value| value.to_bits().to_le_bytes()))
}

/// FNV-1a over bytes: not against forgery, only so that any different bit shows.
fn digest(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Something like a voice, in whole numbers: pulses of a slowly moving period ring in two resonances, with noise,
/// and silence at both ends.
fn voice(rate_hz: i64, samples: usize, seed: u64) -> Vec<i16> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::from((state >> 48) as u16) - 32_768
    };
    // Two damped resonances in 14-bit fixed point: y = x + c·y' − d·y''. The numbers are for a pole radius of
    // about .97 at angles that lie near 500 and 1500 Hz at 16 kHz, and scale with the rate only roughly, which
    // is all that is needed.
    let poles = [(31_170, 15_416), (26_400, 15_416)];
    let mut memory = [[0_i64; 2]; 2];
    let mut until_pulse = 0_i64;
    let length = samples as i64;
    (0..length)
        .map(|k| {
            let speaking = k > length / 10 && k < length - length / 10;
            let mut x = noise() / 4_096;
            until_pulse -= 1;
            if speaking && until_pulse <= 0 {
                let hertz = 110 + (k * 60 / length) + noise() / 16_384;
                until_pulse = rate_hz / hertz;
                x += 2_600;
            }
            for (state, (c, d)) in memory.iter_mut().zip(poles) {
                let y = x + ((c * state[0] - d * state[1]) >> 14);
                *state = [y, state[0]];
                x = y / 4;
            }
            x.clamp(-32_768, 32_767) as i16
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vector_has_a_name_of_its_own() {
        let mut names: Vec<String> = vectors().into_iter().map(|(name, _)| name).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn nothing_is_missing() {
        let names: Vec<String> = vectors().into_iter().map(|(name, _)| name).collect();
        assert!(!names.iter().any(|name| name.contains("failed")), "{names:?}");
        assert_eq!(names.len(), 1 + 6 * 3 + 6 + 1 + Method::ALL.len(), "{names:?}");
    }

    #[test]
    fn one_bit_changes_the_digest() {
        assert_ne!(digest([0_u8, 0].into_iter()), digest([0_u8, 1].into_iter()));
    }

    #[test]
    fn the_voice_is_loud_but_not_clipped_and_repeats() {
        let voice = super::voice(16_000, 16_000, 1);
        let peak = voice.iter().map(|s| i32::from(*s).abs()).max().unwrap();
        assert!((3_000..32_767).contains(&peak), "{peak}");
        assert_eq!(voice, super::voice(16_000, 16_000, 1));
        assert_ne!(voice, super::voice(16_000, 16_000, 2));
    }
}

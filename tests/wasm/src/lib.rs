//! The same work, done natively and in wasm: deterministic inputs, and one line with a digest of the result's bits
//! for each. `cargo xtask vectors` builds this package for both, runs both, and compares the lines.
//!
//! Inputs are made with integers only, so that they are the same by construction.

use std::fmt::Write as _;

use undertone::egemaps::catalogue;

/// All lines, `name digest`, one per vector.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn listing() -> String {
    let mut text = String::new();
    for (name, digest) in vectors() {
        let _ = writeln!(text, "{name} {digest:016x}");
    }
    text
}

fn vectors() -> Vec<(String, u64)> {
    let mut vectors = Vec::new();
    let names = catalogue::CONTOUR_NAMES.join("\n");
    vectors.push(("catalogue".to_owned(), digest(names.bytes())));
    vectors
        .push(("voice".to_owned(), digest(voice(16_000, 16_000, 1).into_iter().flat_map(i16::to_le_bytes))));
    vectors
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

//! The 16-bit step: openSMILE's tool chain reads 16-bit files, so every sample becomes an integer first.

/// A sample as the 16-bit integer that the features are computed from: `clamp(trunc(32768 v), −32768, 32767)`.
///
/// ```
/// assert_eq!(egemaps::quantise_pcm16(0.5), 16_384);
/// assert_eq!(egemaps::quantise_pcm16(-0.000_06), -1);
/// assert_eq!(egemaps::quantise_pcm16(1.5), 32_767);
/// ```
///
/// Truncates towards zero, as openSMILE's tool chain does. A sample that came from a 16-bit file gives that
/// file's integer back exactly. NaN gives 0; [`Extractor::push`](crate::Extractor::push) refuses it before.
#[must_use]
pub fn quantise_pcm16(v: f32) -> i16 {
    // Scaling by a power of two is exact, and `as` truncates and saturates.
    (v * 32_768.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantise_pcm16_truncates_towards_zero_and_saturates() {
        let cases = [
            (0.0, 0),
            (0.999 / 32_768.0, 0),
            (-0.999 / 32_768.0, 0),
            (1.5 / 32_768.0, 1),
            (-1.5 / 32_768.0, -1),
            (1.0, 32_767),
            (-1.0, -32_768),
            (7.0, 32_767),
            (-7.0, -32_768),
            (f32::NAN, 0),
        ];
        for (v, expected) in cases {
            assert_eq!(quantise_pcm16(v), expected, "{v}");
        }
    }

    #[test]
    fn quantise_pcm16_returns_every_16_bit_integer() {
        for i in i16::MIN..=i16::MAX {
            assert_eq!(quantise_pcm16(f32::from(i) / 32_768.0), i);
        }
    }

    proptest! {
        #[test]
        fn quantise_pcm16_is_the_documented_formula(v in -2.0f32..2.0) {
            let expected = (v * 32_768.0).trunc().clamp(-32_768.0, 32_767.0);
            prop_assert_eq!(f32::from(quantise_pcm16(v)), expected);
        }
    }
}

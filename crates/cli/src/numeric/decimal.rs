//! Numbers with a fixed number of decimals, as tables and texts show them. What rounds to zero has no sign.

/// `value` with `decimals` digits behind the point.
pub fn fixed(value: f64, decimals: usize) -> String {
    without_sign_of_zero(format!("{value:.decimals$}"))
}

/// The same with its sign also if it is positive.
pub fn signed(value: f64, decimals: usize) -> String {
    without_sign_of_zero(format!("{value:+.decimals$}"))
}

fn without_sign_of_zero(text: String) -> String {
    let digits = text.trim_start_matches(['+', '-']);
    if digits.bytes().all(|b| matches!(b, b'0' | b'.')) { digits.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!([-0.0004, 0.0004, -0.0].map(|v| signed(v, 3)), ["0.000"; 3]);
        assert_eq!([-0.0004, 0.0004, -0.0].map(|v| fixed(v, 3)), ["0.000"; 3]);
        assert_eq!([fixed(-0.4, 0), signed(-0.4, 0)], ["0", "0"]);
        assert_eq!([fixed(-0.0006, 3), signed(-0.0006, 3)], ["-0.001", "-0.001"]);
        assert_eq!([fixed(0.0006, 3), signed(0.0006, 3)], ["0.001", "+0.001"]);
        assert_eq!([fixed(f64::NAN, 2), signed(-10.0, 1)], ["NaN", "-10.0"]);
    }
}

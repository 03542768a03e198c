//! Medians and spread of measured times.

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// CPU time of all threads, s.
    pub cpu_s: f64,
    /// Wall time, s.
    pub wall_s: f64,
    /// Peak of the resident memory, bytes; 0 if it was not measured.
    pub peak_bytes: f64,
}

impl Sample {
    /// Numbers separated by tabs: CPU time, wall time and, for a process, its memory.
    pub fn parse(line: &str) -> Option<Sample> {
        let numbers: Vec<f64> = line.trim().split('\t').map(str::parse).collect::<Result<_, _>>().ok()?;
        match numbers[..] {
            [cpu_s, wall_s] => Some(Sample { cpu_s, wall_s, peak_bytes: 0.0 }),
            [cpu_s, wall_s, peak_bytes] => Some(Sample { cpu_s, wall_s, peak_bytes }),
            _ => None,
        }
    }
}

/// Lower quartile, median and upper quartile, by linear interpolation; zeros of nothing.
pub fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    [0.25, 0.5, 0.75].map(|share| {
        let place = share * sorted.len().saturating_sub(1) as f64;
        let (low, high) = (place.floor() as usize, place.ceil() as usize);
        match (sorted.get(low), sorted.get(high)) {
            (Some(a), Some(b)) => a + (b - a) * (place - low as f64),
            _ => 0.0,
        }
    })
}

/// A time with three significant digits: `12.3 ms`.
pub fn time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s => (s * 1e6, "µs"),
    };
    let decimals = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    format!("{value:.decimals$} {unit}")
}

/// A median with the quartiles beside it.
pub fn spread([low, median, high]: [f64; 3]) -> String {
    format!("{} ({} … {})", time(median), time(low), time(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_sorted_values() {
        assert_eq!(quartiles([5.0, 1.0, 3.0, 2.0, 4.0].into_iter()), [2.0, 3.0, 4.0]);
        assert_eq!(quartiles([1.0, 2.0].into_iter()), [1.25, 1.5, 1.75]);
        assert_eq!(quartiles([7.0].into_iter()), [7.0; 3]);
        assert_eq!(quartiles(std::iter::empty()), [0.0; 3]);
    }

    #[test]
    fn times_have_three_digits() {
        let texts = [1.234e-5, 0.001_234, 0.0567, 0.5678, 12.345, 123.45].map(time);
        assert_eq!(texts, ["12.3 µs", "1.23 ms", "56.7 ms", "568 ms", "12.3 s", "123 s"]);
    }

    #[test]
    fn samples_are_two_or_three_numbers() {
        let two = Sample { cpu_s: 0.5, wall_s: 1.0, peak_bytes: 0.0 };
        assert_eq!(Sample::parse("0.5\t1\n"), Some(two));
        assert_eq!(Sample::parse("0.5\t1\t2048"), Some(Sample { peak_bytes: 2048.0, ..two }));
        assert_eq!(Sample::parse("0.5"), None);
        assert_eq!(Sample::parse("Traceback\t1"), None);
    }
}

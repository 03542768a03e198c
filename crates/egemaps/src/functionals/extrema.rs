//! Significant maxima and minima of a contour, and the slopes between them (specification part 1, 10.3 and 10.4).

use crate::geometry::FUNCTIONALS_HOP_S;

/// Share of the range below which a change does not count.
const RELATIVE_THRESHOLD: f32 = 0.1;
/// Quirk 18: a later peak replaces an earlier one if it is 5 % higher, multiplied (wrong way round below zero).
const REPLACEMENT: f64 = 1.05;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Maximum,
    Minimum,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Extremum {
    kind: Kind,
    at: usize,
    value: f32,
}

/// The final list of extrema of a contour, in time order.
#[derive(Debug)]
pub(super) struct Extrema(Vec<Extremum>);

/// Mean and standard deviation of one direction's slopes, contour units per second.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct SlopeStatistics {
    pub(super) mean: f32,
    pub(super) sd: f32,
}

/// Slopes of both directions. Falling slopes are positive numbers, but for quirks 19 and 20.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Slopes {
    pub(super) rising: SlopeStatistics,
    pub(super) falling: SlopeStatistics,
}

impl Extrema {
    pub(super) fn of(v: &[f32]) -> Extrema {
        let Some(first) = v.first() else { return Extrema(Vec::new()) };
        let (low, high) = v.iter().fold((*first, *first), |(l, h), v| (l.min(*v), h.max(*v)));
        let threshold = RELATIVE_THRESHOLD * (high - low);
        let list = accept(candidates(v), *first, threshold);
        let list = drop_shallow_minima(list, *first, threshold);
        Extrema(keep_most_extreme_of_runs(list))
    }

    pub(super) fn maxima(&self) -> usize {
        self.0.iter().filter(|e| e.kind == Kind::Maximum).count()
    }

    /// Slopes between the extrema of the contour `v` that this list was made from.
    pub(super) fn slopes(&self, v: &[f32]) -> Slopes {
        let (Some(first), Some(last)) = (v.first(), v.last()) else { return Slopes::default() };
        let seconds = |from: usize, to: usize| (to - from) as f32 * FUNCTIONALS_HOP_S;
        let (mut maximum, mut minimum) = ((*first, 0), (*first, 0));
        let (mut rising, mut falling) = (Recorded::default(), Recorded::default());
        let mut rose_last = None;
        for e in &self.0 {
            match e.kind {
                Kind::Minimum => {
                    minimum = (e.value, e.at);
                    if minimum.1 > maximum.1 {
                        falling.list.push((maximum.0 - minimum.0) / seconds(maximum.1, minimum.1));
                        rose_last = Some(false);
                    }
                }
                Kind::Maximum => {
                    maximum = (e.value, e.at);
                    if maximum.1 > minimum.1 {
                        rising.list.push((maximum.0 - minimum.0) / seconds(minimum.1, maximum.1));
                        rose_last = Some(true);
                    }
                }
            }
        }
        let end = v.len() - 1;
        match rose_last {
            // Quirk 19: this falling slope alone has the opposite sign.
            Some(true) if end > maximum.1 => {
                falling.tail = Some((last - maximum.0) / seconds(maximum.1, end))
            }
            Some(false) if end > minimum.1 => {
                rising.tail = Some((last - minimum.0) / seconds(minimum.1, end))
            }
            _ => {}
        }
        if rose_last.is_none() {
            // Quirk 20: without extrema the slope is per frame, not per second.
            let slope = (last - first) / v.len() as f32;
            if slope > 0.0 {
                rising.list.push(slope);
            } else if slope < 0.0 {
                falling.list.push(slope);
            }
        }
        Slopes { rising: rising.statistics(), falling: falling.statistics() }
    }
}

/// Slopes of one direction: those between extrema, and the one to the end of the contour.
#[derive(Debug, Default)]
struct Recorded {
    list: Vec<f32>,
    tail: Option<f32>,
}

impl Recorded {
    /// Quirk 21: the tail counts in the mean and in the number, but not in the sum of squares.
    fn statistics(&self) -> SlopeStatistics {
        let count = self.list.len() + usize::from(self.tail.is_some());
        if count == 0 {
            return SlopeStatistics::default();
        }
        let mean = self.list.iter().chain(&self.tail).fold(0.0f32, |s, v| s + v) / count as f32;
        let squares = self.list.iter().fold(0.0f32, |s, v| s + (v - mean) * (v - mean));
        let variance = if count > 1 { squares / count as f32 } else { squares };
        SlopeStatistics { mean, sd: variance.sqrt() }
    }
}

/// Strict local extrema; the two outermost samples on each side never count.
fn candidates(v: &[f32]) -> Vec<Extremum> {
    (2..v.len().saturating_sub(2))
        .filter_map(|at| {
            let (before, value, after) = (v[at - 1], v[at], v[at + 1]);
            let kind = if value > before && value > after {
                Kind::Maximum
            } else if value < before && value < after {
                Kind::Minimum
            } else {
                return None;
            };
            Some(Extremum { kind, at, value })
        })
        .collect()
}

/// Pass A: which maxima stand out.
fn accept(candidates: Vec<Extremum>, first: f32, threshold: f32) -> Vec<Extremum> {
    let mut list: Vec<Extremum> = Vec::with_capacity(candidates.len());
    let (mut last, mut last_minimum, mut last_maximum) = (first, first, first);
    let mut accepted: Option<usize> = None; // where the last accepted maximum stands in the list
    let mut minimum_seen = false;
    for e in candidates {
        let stands_out = (e.value - last).abs() >= threshold;
        match e.kind {
            Kind::Maximum => {
                let keep = if stands_out {
                    true
                } else if e.value - last_minimum < threshold {
                    last = e.value;
                    continue; // deleted, and `minimum_seen` stays as it is
                } else if f64::from(e.value) > REPLACEMENT * f64::from(last_maximum) {
                    if let Some(old) = accepted.take() {
                        list.remove(old);
                    }
                    true
                } else {
                    minimum_seen
                };
                if keep {
                    last_maximum = e.value;
                    accepted = Some(list.len());
                    list.push(e);
                }
                minimum_seen = false;
            }
            Kind::Minimum => {
                if stands_out {
                    minimum_seen = true;
                    last_minimum = e.value;
                }
                list.push(e);
            }
        }
        last = e.value;
    }
    list
}

/// Pass B: minima that lie too little below the maximum before them go.
fn drop_shallow_minima(list: Vec<Extremum>, first: f32, threshold: f32) -> Vec<Extremum> {
    let mut last_maximum = first;
    list.into_iter()
        .filter(|e| match e.kind {
            Kind::Maximum => {
                last_maximum = e.value;
                true
            }
            Kind::Minimum => last_maximum - e.value >= threshold,
        })
        .collect()
}

/// Pass C: of consecutive extrema of one kind the most extreme stays, the first of equals.
fn keep_most_extreme_of_runs(list: Vec<Extremum>) -> Vec<Extremum> {
    let mut kept: Vec<Extremum> = Vec::with_capacity(list.len());
    for e in list {
        match kept.last_mut() {
            Some(last) if last.kind == e.kind => {
                let more_extreme = match e.kind {
                    Kind::Maximum => e.value > last.value,
                    Kind::Minimum => e.value < last.value,
                };
                if more_extreme {
                    *last = e;
                }
            }
            _ => kept.push(e),
        }
    }
    kept
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The example of part 1, section 10.
    pub(in super::super) const EXAMPLE: [f32; 32] = [
        5.0, 7.0, 9.0, 12.0, 10.0, 8.0, 8.5, 9.0, 11.0, 14.0, 13.0, 12.9, 13.2, 12.0, 9.0, 6.0, 5.5, 6.0,
        7.0, 10.0, 9.8, 10.4, 9.0, 7.0, 4.0, 3.0, 4.0, 6.0, 8.0, 7.5, 7.0, 6.5,
    ];

    #[test]
    fn extrema_of_the_example_are_those_of_the_specification() {
        let list: Vec<_> = Extrema::of(&EXAMPLE).0.iter().map(|e| (e.at, e.value)).collect();
        assert_eq!(list, [(3, 12.0), (5, 8.0), (9, 14.0), (16, 5.5), (19, 10.0), (25, 3.0), (28, 8.0)]);
    }

    #[test]
    fn slopes_of_a_triangle_are_one_rise_and_one_fall() {
        let v: Vec<f32> = (0..21).map(|i| 10.0 - (i as f32 - 10.0).abs()).collect();
        let extrema = Extrema::of(&v);
        assert_eq!(extrema.maxima(), 1);
        let slopes = extrema.slopes(&v);
        assert!((slopes.rising.mean - 100.0).abs() < 1e-3);
        assert!((slopes.falling.mean + 100.0).abs() < 1e-3, "quirk 19: the tail keeps its sign");
    }

    #[test]
    fn slopes_without_extrema_are_per_frame() {
        let v: Vec<f32> = (0..10).map(|i| i as f32).collect();
        let slopes = Extrema::of(&v).slopes(&v);
        assert!((slopes.rising.mean - 0.9).abs() < 1e-6);
        assert_eq!((slopes.rising.sd, slopes.falling), (0.0, SlopeStatistics::default()));
    }

    #[test]
    fn slopes_of_short_and_constant_contours_are_zero() {
        for v in [&[][..], &[1.0], &[2.0, 2.0, 2.0, 2.0, 2.0, 2.0]] {
            assert_eq!(Extrema::of(v).slopes(v), Slopes::default());
        }
    }
}

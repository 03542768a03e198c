//! Three-point smoothers and their behaviour at the end of the input (specification part 1, section 9).
//!
//! openSMILE is a pipeline driven by ticks: at the end of the input its smoothers continue while the pitch tracker still
//! holds frames back. The functions below have the same net effect. Each smoother gives one row more than it gets
//! (quirk 14). K is the number of frames whose pitch was decided before the end of the input.

/// Mean of three neighbours.
pub(super) fn smooth_plain(x: &[f32]) -> Vec<f32> {
    rows(x.len()).map(|(left, centre, right)| (x[centre] + x[left] + x[right]) / 3.0).collect()
}

/// Mean of the non-zero ones among three neighbours; 0 where the centre is 0. `decided` is K.
///
/// For descriptors that need the pitch but not jitter or shimmer (set B). With K = 0 there is no look-ahead.
pub(super) fn smooth_nonzero(x: &[f32], decided: usize) -> Vec<f32> {
    if decided > 0 {
        return rows(x.len()).map(|(l, c, r)| nonzero_mean(x[l], x[c], x[r])).collect();
    }
    rows(x.len())
        .enumerate()
        .map(|(n, (left, centre, _))| {
            let right = if n == 0 { 0.0 } else { x[centre] };
            nonzero_mean(x[left], x[centre], right)
        })
        .collect()
}

/// As [`smooth_nonzero`], for descriptors that are computed together with jitter and shimmer (set C): for this smoother
/// the input ends at frame K (quirk 15), so row K − 1 has no right neighbour and row K repeats frame K − 1.
pub(super) fn smooth_nonzero_early_end(x: &[f32], decided: usize) -> Vec<f32> {
    let mut y: Vec<f32> = rows(x.len()).map(|(l, c, r)| nonzero_mean(x[l], x[c], x[r])).collect();
    if x.len() == 1 {
        y[0] = x[0];
    }
    if decided > 0 && decided < y.len() {
        let last = x[decided - 1];
        let left = x[decided.saturating_sub(2)];
        let right = if decided == 1 { 0.0 } else { last };
        y[decided - 1] = nonzero_mean(left, last, right);
        y[decided] = nonzero_mean(last, last, last);
    }
    y
}

/// Indices (left, centre, right) of the N + 1 rows over N values; the ends repeat.
fn rows(n: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let last = n.saturating_sub(1);
    let count = if n == 0 { 0 } else { n + 1 };
    (0..count)
        .map(move |i| if i == n { (last, last, last) } else { (i.saturating_sub(1), i, (i + 1).min(last)) })
}

fn nonzero_mean(left: f32, centre: f32, right: f32) -> f32 {
    if centre == 0.0 {
        return 0.0;
    }
    let (mut sum, mut count) = (centre, 1.0f32);
    for neighbour in [left, right] {
        if neighbour != 0.0 {
            sum += neighbour;
            count += 1.0;
        }
    }
    sum / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_plain_repeats_the_ends_and_adds_a_row() {
        assert_eq!(smooth_plain(&[3.0, 6.0, 0.0]), [4.0, 3.0, 2.0, 0.0]);
        assert!(smooth_plain(&[]).is_empty());
    }

    #[test]
    fn smooth_nonzero_keeps_zeros_and_leaves_them_out_of_the_mean() {
        assert_eq!(smooth_nonzero(&[2.0, 0.0, 4.0, 8.0], 3), [2.0, 0.0, 6.0, 20.0 / 3.0, 8.0]);
    }

    #[test]
    fn smooth_nonzero_does_not_look_ahead_without_a_decided_frame() {
        assert_eq!(smooth_nonzero(&[3.0, 6.0, 9.0], 0), [3.0, 5.0, 8.0, 9.0]);
    }

    #[test]
    fn smooth_nonzero_early_end_repeats_the_last_decided_frame() {
        let x = [1.0, 2.0, 3.0, 40.0, 50.0];
        // K = 3: row 2 must not see 40, row 3 is frame 2 again, row 4 is normal.
        let y = smooth_nonzero_early_end(&x, 3);
        assert_eq!(y[2], (3.0 + 2.0 + 3.0) / 3.0);
        assert_eq!(y[3], 3.0);
        assert_eq!(y[4], (50.0 + 40.0 + 50.0) / 3.0);
        assert_eq!(y.len(), 6);
        // K = 1: the right neighbour of row 0 counts as absent.
        assert_eq!(smooth_nonzero_early_end(&x, 1)[..2], [1.0, 1.0]);
        assert_eq!(smooth_nonzero_early_end(&[5.0], 0), [5.0, 5.0]);
    }
}

//! Brings the latent plane to the unit of the labels.
//!
//! The two parts of the objective favour different scales of the plane: the metric term a slope of 1 against the label, the
//! reconstruction another one. At the optimum of their sum the slope is below 1, and scores are too near to their mean. The
//! decoder's first layer can undo a factor on the encoder's last layer, so the scale is free: it is chosen such that the
//! slope of the label against the mean latent coordinate is 1.

use ndarray::Array2;

use crate::data::dataset::Dataset;
use undertone::model::Network;

/// Multiplies the encoder's last layer by the slope of the labels against the mean of the two coordinates, and divides the
/// decoder's first layer by it. Leaves the network as it is if the slope is not above 0.
///
/// `rows`: standardised features; `labels`: those that the objective uses; the labelled utterances first.
pub(super) fn rescale_to_labels(network: &mut Network, data: &Dataset, rows: &Array2<f64>, labels: &[f64]) {
    let axis: Vec<f64> = rows
        .rows()
        .into_iter()
        .take(data.len())
        .map(|row| {
            let point = network.encode(&row.to_vec());
            (point[0] + point[1]) / 2.0
        })
        .collect();
    let slope = slope(data, &axis, labels);
    if let (Some(last), Some(first)) = (network.encoder.last_mut(), network.decoder.first_mut()) {
        last.weight *= slope;
        last.bias *= slope;
        first.weight /= slope;
    }
}

/// Slope of the labels against an axis within corpora; 1 where it is not above 0. `axis`, `labels`: one per labelled
/// utterance, more do not matter.
pub(super) fn slope(data: &Dataset, axis: &[f64], labels: &[f64]) -> f64 {
    let corpora: Vec<usize> = data.utterances.iter().map(|u| u.corpus).collect();
    let slope = slope_within(axis, labels, &corpora);
    if slope > 0.0 && slope.is_finite() { slope } else { 1.0 }
}

/// Least-squares slope of `y` against `x`, both less their means in their corpora, all corpora with the same weight. Not a
/// number if `x` is constant in every corpus.
fn slope_within(x: &[f64], y: &[f64], corpora: &[usize]) -> f64 {
    let (mut products, mut squares) = (0.0, 0.0);
    for corpus in 0..=corpora.iter().copied().max().unwrap_or(0) {
        let own = || x.iter().zip(y).zip(corpora).filter(|&(_, c)| *c == corpus).map(|(pair, _)| pair);
        let count = own().count() as f64;
        if count == 0.0 {
            continue;
        }
        let (mut x_mean, mut y_mean) = (0.0, 0.0);
        for (x, y) in own() {
            x_mean += x / count;
            y_mean += y / count;
        }
        for (x, y) in own() {
            products += (x - x_mean) * (y - y_mean) / count;
            squares += (x - x_mean) * (x - x_mean) / count;
        }
    }
    products / squares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use undertone::model::testing;

    #[test]
    fn slope_within_corpora_weighs_small_ones_as_much() {
        // Corpus 0: two points of slope 2; corpus 2: six of slope 1, elsewhere; between them everything else.
        let x = [0.0, 1.0, 100.0, 101.0, 100.0, 101.0, 100.0, 101.0];
        let y = [5.0, 7.0, -3.0, -2.0, -3.0, -2.0, -3.0, -2.0];
        let corpora = [0, 0, 2, 2, 2, 2, 2, 2];
        assert!((slope_within(&x, &y, &corpora) - 1.5).abs() < 1e-12);
        assert!(slope_within(&[1.0; 3], &[1.0, 2.0, 3.0], &[0; 3]).is_nan());
    }

    #[test]
    fn rescale_makes_the_slope_1_and_keeps_the_reconstruction() {
        let data = data::testing::dataset(3, 20, 1);
        let rows = data.standardised(&data.scaler(), 3.0);
        let before = testing::network(4);
        let axis = |network: &Network| -> Vec<f64> {
            let of = |row: Vec<f64>| network.encode(&row).iter().sum::<f64>() / 2.0;
            rows.rows().into_iter().map(|row| of(row.to_vec())).collect()
        };
        // Labels that have something to do with the axis, whatever that is.
        let labels: Vec<f64> =
            axis(&before).iter().zip(data.labels()).map(|(a, l)| 3.0 * a + 0.1 * l).collect();
        let mut after = before.clone();
        rescale_to_labels(&mut after, &data, &rows, &labels);
        let corpora: Vec<usize> = data.utterances.iter().map(|u| u.corpus).collect();
        assert!((slope_within(&axis(&before), &labels, &corpora) - 1.0).abs() > 0.5);
        assert!((slope_within(&axis(&after), &labels, &corpora) - 1.0).abs() < 1e-9);
        for row in rows.rows() {
            let through = |network: &Network| network.decode(&network.encode(&row.to_vec()));
            let (a, b) = (through(&before), through(&after));
            assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-9 * (1.0 + a.abs())));
        }
        // All along one line: no rank has changed.
        let stretch = axis(&after)[0] / axis(&before)[0];
        assert!(axis(&before).iter().zip(axis(&after)).all(|(b, a)| (stretch * b - a).abs() < 1e-9));

        // Labels that run against the axis, or an axis that is none, leave it alone.
        let mut still = before.clone();
        rescale_to_labels(&mut still, &data, &rows, &labels.iter().map(|l| -l).collect::<Vec<_>>());
        assert_eq!(still, before);
    }
}

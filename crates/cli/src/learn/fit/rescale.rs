//! The latent plane in the unit of the labels.
//!
//! The objective's two parts pull at the size of the plane: a metric term that wants a slope of 1 against the label, and a
//! reconstruction that is best at another one. Where they balance the slope is right against neither, and scores are
//! squeezed towards the middle. The decoder takes back whatever the encoder's last layer is stretched by, so the size is
//! free: it is set such that a step of the score is a step of the label.

use ndarray::Array2;

use crate::data::dataset::Dataset;
use undertone::model::Network;

/// Stretches the plane, in the encoder's last layer, by the slope of the labels against the mean of the two coordinates,
/// and takes it back in the decoder's first layer. Leaves the network as it is where there is no such slope above 0.
///
/// `rows`: standardised features; `labels`: what the objective follows; one per utterance of the data.
pub(super) fn to_labels(network: &mut Network, data: &Dataset, rows: &Array2<f64>, labels: &[f64]) {
    let axis: Vec<f64> = rows
        .rows()
        .into_iter()
        .map(|row| {
            let point = network.encode(&row.to_vec());
            (point[0] + point[1]) / 2.0
        })
        .collect();
    let corpora: Vec<usize> = data.utterances.iter().map(|u| u.corpus).collect();
    let slope = slope_within(&axis, labels, &corpora);
    if !(slope > 0.0 && slope.is_finite()) {
        return;
    }
    if let (Some(last), Some(first)) = (network.encoder.last_mut(), network.decoder.first_mut()) {
        last.weight *= slope;
        last.bias *= slope;
        first.weight /= slope;
    }
}

/// Slope of `y` against `x` with the least squared error, both less their means in their corpora, every corpus weighing
/// the same. No number where `x` has no spread in any.
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
    use crate::data::dataset;
    use undertone::model::testing;

    #[test]
    fn the_slope_is_within_corpora_and_small_ones_weigh_as_much() {
        // Corpus 0: two points of slope 2; corpus 2: six of slope 1, elsewhere; between them everything else.
        let x = [0.0, 1.0, 100.0, 101.0, 100.0, 101.0, 100.0, 101.0];
        let y = [5.0, 7.0, -3.0, -2.0, -3.0, -2.0, -3.0, -2.0];
        let corpora = [0, 0, 2, 2, 2, 2, 2, 2];
        assert!((slope_within(&x, &y, &corpora) - 1.5).abs() < 1e-12);
        assert!(slope_within(&[1.0; 3], &[1.0, 2.0, 3.0], &[0; 3]).is_nan());
    }

    #[test]
    fn a_step_becomes_a_step_of_the_label_and_the_reconstruction_stays() {
        let data = dataset::testing::dataset(3, 20, 1);
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
        to_labels(&mut after, &data, &rows, &labels);
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
        to_labels(&mut still, &data, &rows, &labels.iter().map(|l| -l).collect::<Vec<_>>());
        assert_eq!(still, before);
    }
}

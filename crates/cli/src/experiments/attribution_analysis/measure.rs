//! From networks and utterances to |φ| per utterance and group.

use super::{Output, View};
use crate::data::dataset::Dataset;
use crate::data::emotion::Emotion;
use crate::learn::fit::FittedNetwork;
use crate::numeric::statistics::mean_and_deviation;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::attribution::groups::GROUP_COUNT;
use undertone::attribution::{group_sums, path_contributions};
use undertone::model::{LATENT_COUNT, Objective};

/// Weights of the latent coordinates in their mean.
const MEAN_LATENT: [f64; LATENT_COUNT] = [0.5, 0.5];

/// |φ| of one method on one corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodAttributions {
    /// The method.
    pub objective: Objective,
    /// The corpus.
    pub corpus: String,
    /// Whether the networks were trained on it.
    pub is_source: bool,
    /// The acted emotion of every utterance.
    pub emotions: Vec<Emotion>,
    /// |φ| by view, in the order of [`View::ALL`].
    pub views: [Magnitudes; View::ALL.len()],
}

impl MethodAttributions {
    /// |φ| in one view.
    pub fn view(&self, view: View) -> &Magnitudes {
        &self.views[view.index()]
    }
}

/// |φ| of the utterances of a corpus in one view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Magnitudes {
    /// |φ| per utterance and group, averaged over the networks: an utterance counts once, however many networks there
    /// are.
    pub rows: Vec<[f64; GROUP_COUNT]>,
    /// Mean |φ| over utterances and groups, one per network: how much the groups contribute to the output.
    pub amplitudes: Vec<f64>,
}

/// Measures the utterances of one corpus by all networks of one method. `source` is what the networks were trained on.
pub fn measure(
    objective: Objective,
    networks: &[FittedNetwork],
    source: &Dataset,
    (corpus, is_source): (&str, bool),
    data: &Dataset,
) -> MethodAttributions {
    let mut views: [Magnitudes; View::ALL.len()] = std::array::from_fn(|_| Magnitudes {
        rows: vec![[0.0; GROUP_COUNT]; data.len()],
        amplitudes: Vec::new(),
    });
    for network in networks {
        let readouts = [MEAN_LATENT, network.readout];
        let deviations = readouts.map(|readout| output_deviation(network, source, readout));
        let mut sums = [0.0; View::ALL.len()];
        for (row, utterance) in data.utterances.iter().enumerate() {
            let groups = latent_groups(network, &utterance.features);
            for (view, (magnitudes, sum)) in View::ALL.into_iter().zip(views.iter_mut().zip(&mut sums)) {
                let output = view.output as usize;
                // A constant output has no scale to divide by, and all its contributions are 0.
                let unit = if view.normalised && deviations[output] > 0.0 { deviations[output] } else { 1.0 };
                for (group, value) in magnitudes.rows[row].iter_mut().enumerate() {
                    let [a, b] = readouts[output];
                    let phi = (a * groups[0][group] + b * groups[1][group]).abs() / unit;
                    *value += phi / networks.len() as f64;
                    *sum += phi;
                }
            }
        }
        let count = (data.len().max(1) * GROUP_COUNT) as f64;
        for (magnitudes, sum) in views.iter_mut().zip(sums) {
            magnitudes.amplitudes.push(sum / count);
        }
    }
    MethodAttributions {
        objective,
        corpus: corpus.to_owned(),
        is_source,
        emotions: data.utterances.iter().map(|u| u.emotion).collect(),
        views,
    }
}

/// Group sums of the contributions to each latent coordinate. Contributions are linear in the readout, so these two
/// serve every output.
fn latent_groups(
    network: &FittedNetwork,
    features: &[f32; FEATURE_COUNT],
) -> [[f64; GROUP_COUNT]; LATENT_COUNT] {
    let end = network.standardise(features);
    [[1.0, 0.0], [0.0, 1.0]]
        .map(|axis| group_sums(&path_contributions(&network.network, &axis, &[0.0; FEATURE_COUNT], &end)))
}

/// Standard deviation of an output over utterances.
fn output_deviation(network: &FittedNetwork, data: &Dataset, [a, b]: [f64; LATENT_COUNT]) -> f64 {
    let outputs: Vec<f64> = network.latents(data).into_iter().map(|[z1, z2]| a * z1 + b * z2).collect();
    mean_and_deviation(&outputs).1
}

/// Description of the readout that an output uses, for a method.
pub fn describe_readout(objective: Objective, output: Output) -> &'static str {
    match (output, objective) {
        (Output::MeanLatent, _) => "mean of the two latent coordinates",
        (Output::Score, Objective::MetricAct) => "the mean latent coordinate plus a constant",
        (Output::Score, _) => "a least-squares fit of the source’s activation labels on the latent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::dataset;
    use egemaps::catalogue::FEATURES;
    use undertone::attribution::groups::Group;
    use undertone::model::testing as models;

    fn fitted(seed: u64, data: &Dataset) -> FittedNetwork {
        FittedNetwork {
            scaler: data.scaler(),
            limit: 10.0,
            network: models::network(seed),
            readout: [0.9, -0.3],
            offset: 3.0,
        }
    }

    #[test]
    fn measure_averages_magnitudes_of_group_sums_over_networks() {
        let data = dataset(2, 4, 1);
        let networks = [fitted(1, &data), fitted(2, &data)];
        let measured = measure(Objective::MetricVal, &networks, &data, ("x", true), &data);
        let utterance = &data.utterances[5];
        let score = View { output: Output::Score, normalised: false };
        for group in [Group::Loudness, Group::F1] {
            let mut by_hand = 0.0;
            for network in &networks {
                let end = network.standardise(&utterance.features);
                let phi = path_contributions(&network.network, &network.readout, &[0.0; 88], &end);
                let members = (0..FEATURE_COUNT).filter(|&i| Group::of(&FEATURES[i]) == group);
                by_hand += members.map(|i| phi[i]).sum::<f64>().abs() / 2.0;
            }
            assert!((measured.view(score).rows[5][group.index()] - by_hand).abs() < 1e-12);
        }
        // The amplitude is the mean of all magnitudes.
        for view in View::ALL {
            let magnitudes = measured.view(view);
            let mean = magnitudes.rows.iter().flatten().sum::<f64>() / (data.len() * GROUP_COUNT) as f64;
            let amplitude = magnitudes.amplitudes.iter().sum::<f64>() / 2.0;
            assert!((mean - amplitude).abs() < 1e-12);
        }
    }

    #[test]
    fn measure_normalised_does_not_depend_on_the_scale_of_the_latent() {
        let data = dataset(2, 4, 3);
        let small = fitted(1, &data);
        let mut large = small.clone();
        if let Some(last) = large.network.encoder.last_mut() {
            last.weight.mapv_inplace(|w| 8.0 * w);
            last.bias.mapv_inplace(|b| 8.0 * b);
        }
        let amplitude = |network: &FittedNetwork, normalised| {
            let measured =
                measure(Objective::Unsupervised, std::slice::from_ref(network), &data, ("x", true), &data);
            measured.view(View { output: Output::MeanLatent, normalised }).amplitudes[0]
        };
        assert!((amplitude(&large, false) / amplitude(&small, false) - 8.0).abs() < 1e-9);
        assert!((amplitude(&large, true) / amplitude(&small, true) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn measure_of_a_constant_output_is_0() {
        let data = dataset(2, 4, 3);
        let mut network = fitted(1, &data);
        if let Some(last) = network.network.encoder.last_mut() {
            last.weight.fill(0.0);
        }
        let measured = measure(Objective::Unsupervised, &[network], &data, ("x", true), &data);
        assert!(measured.views.iter().all(|m| m.amplitudes == [0.0]));
    }
}

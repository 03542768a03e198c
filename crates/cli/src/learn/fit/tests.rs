//! Tests of training.

use super::*;
use crate::data::dataset::Utterance;
use crate::data::emotion::Emotion;
use crate::data::testing;
use crate::numeric::statistics::spearman;

fn trained(data: &Dataset, recipe: &Recipe, seed: u64) -> FittedNetwork {
    fit(data, recipe, seed, &|| ()).unwrap()
}

/// Every objective in both architectures.
fn every(recipe: &Recipe) -> Vec<Recipe> {
    let architectures = [Architecture::Dae, Architecture::Vae];
    let of =
        |architecture| Objective::ALL.map(|objective| Recipe { objective, architecture, ..recipe.clone() });
    architectures.into_iter().flat_map(of).collect()
}

#[test]
fn fit_gives_the_same_bits_for_a_seed_and_others_for_another() {
    let data = testing::with_augmentations(testing::dataset(3, 10, 1), 2);
    for recipe in every(&Recipe { epochs: 3, batch_size: 16, ..Recipe::shipped() }) {
        let one = trained(&data, &recipe, 1);
        assert_eq!(trained(&data, &recipe, 1), one);
        assert_ne!(trained(&data, &recipe, 2).network, one.network);
        // Weights are `f32` values, as in a weights file.
        assert!(one.network.encoder[0].weight.iter().all(|&w| f64::from(w as f32) == w));
    }
}

#[test]
fn fit_learns_what_is_in_the_data_by_both_recipes() {
    let (train, test) = (testing::dataset(6, 25, 1), testing::dataset(6, 25, 2));
    for recipe in [Recipe::published(), Recipe::shipped()] {
        let recipe = Recipe { epochs: 40, batch_size: 16, ..recipe };
        let rho = spearman(&trained(&train, &recipe, 1).predict(&test), &test.labels()).unwrap();
        assert!(rho > 0.7, "{rho}");
    }
}

#[test]
fn fit_learns_the_target_labels_for_every_metric_objective_and_architecture() {
    // Valence runs against activation, and a third of the features tells the emotions apart.
    let told = |mut data: Dataset| {
        for u in &mut data.utterances {
            u.valence = Some(6.0 - u.activation);
            let side = if u.emotion == Emotion::Anger { 1.0 } else { -1.0 };
            (30..60).for_each(|i| u.features[i] += side * (i as f32 + 1.0));
        }
        data
    };
    let (train, test) = (told(testing::dataset(6, 25, 1)), told(testing::dataset(6, 25, 2)));
    let labels = test.labels();
    for recipe in every(&Recipe { epochs: 40, batch_size: 16, ..Recipe::published() }) {
        let fitted = trained(&train, &recipe, 1);
        let axis: Vec<f64> = fitted.latents(&test).iter().map(|z| (z[0] + z[1]) / 2.0).collect();
        let (axis, score) =
            (spearman(&axis, &labels).unwrap(), spearman(&fitted.predict(&test), &labels).unwrap());
        let what =
            format!("{:?} {:?}: axis {axis:.3}, score {score:.3}", recipe.objective, recipe.architecture);
        match recipe.objective {
            // The score of this objective is its axis.
            Objective::MetricAct => assert!(axis > 0.7 && axis == score, "{what}"),
            // The readout reverses the sign.
            Objective::MetricVal => assert!(axis < -0.7 && score > 0.7, "{what}"),
            // Emotions split at activation 3, and the readout finds them.
            Objective::MetricCluster => assert!(score > 0.6, "{what}"),
            // Trained without labels, the latent may or may not follow activation.
            Objective::Unsupervised => (),
        }
    }
}

#[test]
fn fit_makes_the_mean_score_of_the_training_data_their_mean_label() {
    let data = testing::dataset(3, 20, 1);
    for recipe in every(&Recipe { epochs: 2, ..Recipe::published() }) {
        let fitted = trained(&data, &recipe, 1);
        let sum = |values: Vec<f64>| values.iter().sum::<f64>();
        assert!((sum(fitted.predict(&data)) - sum(data.labels())).abs() < 1e-9);
        assert_eq!(fitted.readout == [0.5, 0.5], recipe.objective == Objective::MetricAct);
    }
}

#[test]
fn fit_gives_other_networks_for_the_released_term_and_the_logarithm_where_there_is_a_metric_term() {
    let data = testing::dataset(3, 20, 1);
    for recipe in every(&Recipe { epochs: 2, ..Recipe::published() }) {
        let plain = trained(&data, &recipe, 1);
        let released = trained(&data, &Recipe { as_released: true, ..recipe.clone() }, 1);
        assert_eq!(released != plain, recipe.objective == Objective::MetricCluster, "{recipe:?}");
        let logarithm = trained(&data, &Recipe { logarithm: true, ..recipe.clone() }, 1);
        assert_eq!(logarithm != plain, recipe.objective != Objective::Unsupervised, "{recipe:?}");
    }
}

#[test]
fn fit_of_a_vae_ignores_the_input_noise_and_of_a_dae_does_not() {
    let data = testing::dataset(3, 20, 1);
    for architecture in [Architecture::Dae, Architecture::Vae] {
        // More epochs than cycles, so that β is above 0 in some.
        let recipe = Recipe { architecture, epochs: 6, ..Recipe::published() };
        let still = Recipe { noise: 0.0, ..recipe.clone() };
        assert_eq!(
            trained(&data, &recipe, 1) == trained(&data, &still, 1),
            architecture == Architecture::Vae
        );
        // β is the VAE's alone.
        let free = Recipe { beta: 0.0, ..recipe.clone() };
        assert_eq!(trained(&data, &recipe, 1) == trained(&data, &free, 1), architecture == Architecture::Dae);
    }
}

#[test]
fn fit_by_the_shipped_recipe_rescales_to_a_slope_of_1() {
    let mut data = testing::with_augmentations(testing::dataset(4, 20, 1), 2);
    data.utterances.iter_mut().for_each(|u| u.valence = Some(6.0 - u.activation));
    // Slope of label against the mean of the coordinates, within corpora.
    let slope = |fitted: &FittedNetwork, label: &dyn Fn(&Utterance) -> f64| {
        let (mut products, mut squares) = (0.0, 0.0);
        for corpus in 0..2 {
            let part = data.filter(|u| u.corpus == corpus);
            let axis: Vec<f64> = fitted.latents(&part).iter().map(|z| (z[0] + z[1]) / 2.0).collect();
            let labels: Vec<f64> = part.utterances.iter().map(label).collect();
            let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
            let (a, l) = (mean(&axis), mean(&labels));
            products += axis.iter().zip(&labels).map(|(x, y)| (x - a) * (y - l)).sum::<f64>();
            squares += axis.iter().map(|x| (x - a) * (x - a)).sum::<f64>();
        }
        products / squares
    };
    let valence = |u: &Utterance| u.valence.unwrap();
    let single = Recipe { line: None, precision: Precision::Single, ..Recipe::shipped() };
    // With the line, to what 16 bits hold.
    let shipped = trained(&data, &Recipe { epochs: 15, batch_size: 16, ..Recipe::shipped() }, 1);
    assert!((slope(&shipped, &|u| u.activation) - 1.0).abs() < 2e-3);
    for recipe in every(&Recipe { epochs: 15, batch_size: 16, ..single }) {
        let (fitted, raw) =
            (trained(&data, &recipe, 1), trained(&data, &Recipe { rescale: false, ..recipe.clone() }, 1));
        let what = format!("{:?} {:?}", recipe.objective, recipe.architecture);
        let slopes = match recipe.objective {
            Objective::MetricAct => [slope(&fitted, &|u| u.activation), slope(&raw, &|u| u.activation)],
            Objective::MetricVal => [slope(&fitted, &valence), slope(&raw, &valence)],
            _ => {
                assert_eq!(fitted, raw, "{what}");
                continue;
            }
        };
        // To what 24 bits hold; and it was rescaled by the slope that the plane had.
        assert!((slopes[0] - 1.0).abs() < 1e-5 && (slopes[1] - 1.0).abs() > 1e-3, "{what}: {slopes:?}");
        let last = |fitted: &FittedNetwork| fitted.network.encoder[3].weight[[0, 0]];
        assert!((last(&fitted) / last(&raw) / slopes[1] - 1.0).abs() < 1e-5, "{what}: {slopes:?}");
        let rho =
            |a: &FittedNetwork, b: &FittedNetwork| spearman(&a.predict(&data), &b.predict(&data)).unwrap();
        assert!(rho(&fitted, &raw) > 0.999_99, "{what}");
    }
}

#[test]
fn fit_with_an_initial_bias_starts_with_active_units() {
    let data = testing::dataset(2, 10, 1);
    // Share of the pairs of an utterance and a hidden unit in which the unit is open, per hidden layer, over 20 starts.
    let open = |initial_bias| {
        let mut shares = [0.0; 3];
        for seed in 0..20 {
            let recipe = Recipe { epochs: 0, rescale: false, initial_bias, ..Recipe::shipped() };
            let fitted = trained(&data, &recipe, seed);
            for u in &data.utterances {
                let mut values = fitted.standardise(&u.features).to_vec();
                for (share, layer) in shares.iter_mut().zip(&fitted.network.encoder) {
                    values = layer.forward(&values);
                    let open = values.iter().filter(|v| **v > 0.0).count();
                    *share += open as f64 / (20 * values.len() * data.len()) as f64;
                }
            }
        }
        shares
    };
    // A layer adds weights of variance 1/(3n) times its n inputs to a bias about 4. Inputs of mean square 1 spread it by
    // 1/√3: no unit closes at seven deviations. They are about 4 then, and spread the next layer by √(16.3/3): 95.6 % are
    // above 0. Those have a mean square of 21.5: 93.2 % in the third. Four deviations of the mean over 20 starts of
    // 20 and 10 units are 0.04 and 0.07.
    let opened = open(4.0);
    for (share, (expected, within)) in opened.iter().zip([(1.0, 1e-9), (0.956, 0.04), (0.932, 0.07)]) {
        assert!((share - expected).abs() < within, "{opened:?}");
    }
    // Without, signs are even: half are open; four deviations of 20 starts of 10 units are 0.14.
    let usual = open(0.0);
    assert!(usual.iter().all(|share| (share - 0.5).abs() < 0.14), "{usual:?}");
}

#[test]
fn fit_with_augmentation_changes_the_network_and_nothing_else() {
    let data = testing::dataset(3, 10, 1);
    let augmented = testing::with_augmentations(data.clone(), 2);
    let recipe = Recipe { epochs: 2, batch_size: 16, ..Recipe::shipped() };
    let (without, with) = (trained(&data, &recipe, 1), trained(&augmented, &recipe, 1));
    assert_ne!(with.network, without.network);
    assert_eq!(with.scaler, without.scaler);
    // The published recipe does not use them.
    let plain = Recipe { epochs: 2, batch_size: 16, ..Recipe::published() };
    assert_eq!(trained(&data, &plain, 1), trained(&augmented, &plain, 1));
    let mut broken = augmented;
    broken.utterances[4].variants.augmented[1][6] = f32::NAN;
    assert_eq!(
        fit(&broken, &recipe, 1, &|| ()).err(),
        Some(FitError::Features { bad: 1, utterances: 60, first: 4, feature: 6 })
    );
}

#[test]
fn fit_refuses_unfit_data_with_counts() {
    let data = testing::dataset(3, 10, 1);
    let error = |change: &dyn Fn(&mut Dataset), objective| {
        let mut data = data.clone();
        change(&mut data);
        fit(&data, &Recipe { objective, epochs: 1, ..Recipe::published() }, 1, &|| ()).err()
    };
    for objective in Objective::ALL {
        let is_val = objective == Objective::MetricVal;
        let is_cluster = objective == Objective::MetricCluster;
        assert_eq!(error(&|d| d.utterances.clear(), objective), Some(FitError::Empty));
        let broken = |d: &mut Dataset| {
            d.utterances[5].features[7] = f32::NAN;
            d.utterances[9].features[2] = f32::INFINITY;
        };
        let found = error(&broken, objective).unwrap();
        assert_eq!(found, FitError::Features { bad: 2, utterances: 60, first: 5, feature: 7 });
        assert!(found.to_string().starts_with("2 of 60 utterances"), "{found}");
        assert_eq!(
            error(&|d| d.utterances[3].activation = f64::NAN, objective),
            Some(FitError::LabelNotFinite { label: Label::Activation, bad: 1, utterances: 60 })
        );
        assert_eq!(
            error(&|d| d.utterances.iter_mut().for_each(|u| u.activation = 2.8), objective),
            Some(FitError::ConstantLabels { label: Label::Activation, value: 2.8 })
        );
        assert_eq!(
            error(&|d| d.utterances[8..11].iter_mut().for_each(|u| u.valence = None), objective),
            is_val.then_some(FitError::NoValence { missing: 3, utterances: 60 })
        );
        assert_eq!(
            error(&|d| d.utterances.iter_mut().for_each(|u| u.valence = Some(3.0)), objective),
            is_val.then_some(FitError::ConstantLabels { label: Label::Valence, value: 3.0 })
        );
        assert_eq!(
            error(&|d| d.utterances.iter_mut().for_each(|u| u.emotion = Emotion::Fear), objective),
            is_cluster.then_some(FitError::OneEmotion { emotion: Emotion::Fear, utterances: 60 })
        );
    }
}

#[test]
fn fit_reports_divergence_as_an_error() {
    let data = testing::dataset(3, 10, 1);
    for recipe in every(&Recipe { learning_rate: 1e200, epochs: 3, batch_size: 16, ..Recipe::published() }) {
        assert!(matches!(fit(&data, &recipe, 1, &|| ()), Err(FitError::Diverged { epoch: 1..=2 })));
    }
}

fn with_readings() -> Dataset {
    testing::with_augmentations(testing::with_readings(testing::dataset(5, 12, 1), 8, 3), 2)
}

#[test]
fn fit_puts_the_line_into_the_network_with_its_share() {
    let data = with_readings();
    let recipe = Recipe { epochs: 5, batch_size: 32, precision: Precision::Single, ..Recipe::shipped() };
    let line = recipe.line.unwrap();
    let share = |share: f64| {
        let recipe = Recipe { line: Some(LineInNetwork { share, ..line }), ..recipe.clone() };
        trained(&data, &recipe, 1).predict(&data)
    };
    let (network, half, line_only) = (share(0.0), share(0.5), share(1.0));
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    // Both and their mean in label units: the mean is rescaled, because it has less spread than either.
    let between: Vec<f64> = network.iter().zip(&line_only).map(|(a, b)| (a + b) / 2.0).collect();
    let slope = rescale::slope(&data, &between, &data.labels());
    assert!(slope > 1.0 && slope < 1.5, "{slope}");
    let middle = mean(&data.labels());
    for (a, b) in between.iter().zip(&half) {
        assert!((slope * (a - mean(&between)) - (b - middle)).abs() < 1e-4, "{a} {b}");
    }
    assert!((mean(&half) - middle).abs() < 1e-9);
    let scaler = data.scaler();
    let expected = LineSums::new(&data, &scaler, recipe.limit, line.settings.reading).fit(&line.settings);
    let z = data.standardised(&scaler, recipe.limit);
    let scores: Vec<f64> = z.rows().into_iter().map(|row| expected.predict(row.iter().copied())).collect();
    assert!(spearman(&scores, &line_only).unwrap() > 0.999_99);
    let corpora = |values: &[f64]| rescale::slope(&data, values, &data.labels());
    assert!((corpora(&line_only) - 1.0).abs() < 1e-4 && (corpora(&network) - 1.0).abs() < 1e-4);
}

#[test]
fn fit_trains_the_decoder_for_the_latents_with_the_line() {
    let data = with_readings();
    let recipe = Recipe { epochs: 20, batch_size: 32, precision: Precision::Single, ..Recipe::shipped() };
    let fitted = trained(&data, &recipe, 1);
    let error = |fitted: &FittedNetwork| {
        let of = |u: &Utterance| {
            let z = fitted.standardise(&u.features);
            let decoded = fitted.network.decode(&fitted.latent(&z));
            z.iter().zip(&decoded).map(|(a, b)| (a - b) * (a - b)).sum::<f64>()
        };
        data.utterances.iter().map(of).sum::<f64>()
    };
    // As the decoder was for the network without its line.
    let line = recipe.line.map(|line| LineInNetwork { share: 0.0, ..line });
    let mut before = trained(&data, &Recipe { line, ..recipe.clone() }, 1);
    before.network.encoder = fitted.network.encoder.clone();
    assert!(error(&fitted) < error(&before), "{} {}", error(&fitted), error(&before));
}

#[test]
fn fit_by_the_shipped_recipe_has_weights_of_16_bits_and_a_line_for_metric_act_only() {
    let data = with_readings();
    for recipe in every(&Recipe { epochs: 2, batch_size: 32, ..Recipe::shipped() }) {
        let fitted = trained(&data, &recipe, 1);
        let mut rounded = fitted.network.clone();
        Network::round_to_f16(&mut rounded.encoder);
        Network::round_to_f16(&mut rounded.decoder);
        assert_eq!(rounded, fitted.network, "{recipe:?}");
        // The unit with the line passes its value on by a weight of 1 and nothing else.
        let passes = fitted.network.encoder[1].weight.row(19).iter().filter(|w| **w != 0.0).count() == 1;
        assert_eq!(passes, recipe.objective == Objective::MetricAct, "{recipe:?}");
        assert_eq!(trained(&data, &recipe, 1), fitted);
    }
}

#[test]
fn fit_leaves_readings_out_by_the_published_recipe() {
    let data = with_readings();
    let recipe = Recipe { epochs: 2, ..Recipe::published() };
    assert_eq!(trained(&data, &recipe, 1), trained(&data.without_readings(), &recipe, 1));
    assert_ne!(
        trained(&data, &Recipe { epochs: 2, ..Recipe::shipped() }, 1).scaler,
        trained(&data.without_readings(), &Recipe { epochs: 2, ..Recipe::shipped() }, 1).scaler
    );
}

#[test]
fn fit_refuses_readings_that_are_no_numbers() {
    let mut data = with_readings();
    data.readings[2].variants.augmented[1][7] = f32::NAN;
    let expected = FitError::Features { bad: 1, utterances: 144, first: 122, feature: 7 };
    assert_eq!(check(&data, &Recipe::shipped()), Err(expected));
}

use super::*;
use crate::data::dataset::testing;
use crate::data::emotion::Emotion;
use crate::numeric::statistics::spearman;

fn trained(data: &Dataset, recipe: &Recipe, seed: u64) -> Fitted {
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
fn a_seed_gives_the_same_bits_and_another_gives_others() {
    let data = testing::with_versions(testing::dataset(3, 10, 1), 2);
    for recipe in every(&Recipe { epochs: 3, batch: 16, ..Recipe::shipped() }) {
        let one = trained(&data, &recipe, 1);
        assert_eq!(trained(&data, &recipe, 1), one);
        assert_ne!(trained(&data, &recipe, 2).network, one.network);
        // Weights are what a file can hold.
        assert!(one.network.encoder[0].weight.iter().all(|&w| f64::from(w as f32) == w));
    }
}

#[test]
fn both_recipes_learn_what_is_in_the_data() {
    let (train, test) = (testing::dataset(6, 25, 1), testing::dataset(6, 25, 2));
    for recipe in [Recipe::plain(), Recipe::shipped()] {
        let recipe = Recipe { epochs: 40, batch: 16, ..recipe };
        let rho = spearman(&trained(&train, &recipe, 1).predict(&test), &test.labels()).unwrap();
        assert!(rho > 0.7, "{rho}");
    }
}

#[test]
fn metric_objectives_of_both_families_learn_what_they_follow() {
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
    for recipe in every(&Recipe { epochs: 40, batch: 16, ..Recipe::plain() }) {
        let fitted = trained(&train, &recipe, 1);
        let axis: Vec<f64> = fitted.latents(&test).iter().map(|z| (z[0] + z[1]) / 2.0).collect();
        let (axis, score) =
            (spearman(&axis, &labels).unwrap(), spearman(&fitted.predict(&test), &labels).unwrap());
        let what =
            format!("{:?} {:?}: axis {axis:.3}, score {score:.3}", recipe.objective, recipe.architecture);
        match recipe.objective {
            // The score of this objective is its axis.
            Objective::MetricAct => assert!(axis > 0.7 && axis == score, "{what}"),
            // The readout turns it round.
            Objective::MetricVal => assert!(axis < -0.7 && score > 0.7, "{what}"),
            // Emotions split at activation 3, and the readout finds them.
            Objective::MetricCluster => assert!(score > 0.6, "{what}"),
            // Asked nothing about activation, the latent may or may not hold it.
            Objective::Unsupervised => (),
        }
    }
}

#[test]
fn the_mean_score_of_the_training_data_is_their_mean_label() {
    let data = testing::dataset(3, 20, 1);
    for recipe in every(&Recipe { epochs: 2, ..Recipe::plain() }) {
        let fitted = trained(&data, &recipe, 1);
        let sum = |values: Vec<f64>| values.iter().sum::<f64>();
        assert!((sum(fitted.predict(&data)) - sum(data.labels())).abs() < 1e-9);
        assert_eq!(fitted.readout == [0.5, 0.5], recipe.objective == Objective::MetricAct);
    }
}

#[test]
fn the_released_term_and_the_logarithm_make_other_networks_where_there_is_a_metric_term() {
    let data = testing::dataset(3, 20, 1);
    for recipe in every(&Recipe { epochs: 2, ..Recipe::plain() }) {
        let plain = trained(&data, &recipe, 1);
        let released = trained(&data, &Recipe { as_released: true, ..recipe.clone() }, 1);
        assert_eq!(released != plain, recipe.objective == Objective::MetricCluster, "{recipe:?}");
        let logarithm = trained(&data, &Recipe { logarithm: true, ..recipe.clone() }, 1);
        assert_eq!(logarithm != plain, recipe.objective != Objective::Unsupervised, "{recipe:?}");
    }
}

#[test]
fn a_vae_ignores_the_input_noise_and_a_dae_does_not() {
    let data = testing::dataset(3, 20, 1);
    for architecture in [Architecture::Dae, Architecture::Vae] {
        // More epochs than cycles, so that β is above 0 in some.
        let recipe = Recipe { architecture, epochs: 6, ..Recipe::plain() };
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
fn a_step_of_a_shipped_score_is_a_step_of_the_label() {
    let mut data = testing::with_versions(testing::dataset(4, 20, 1), 2);
    data.utterances.iter_mut().for_each(|u| u.valence = Some(6.0 - u.activation));
    // Slope of label against the mean of the coordinates, within corpora.
    let slope = |fitted: &Fitted, label: &dyn Fn(&Utterance) -> f64| {
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
    for recipe in every(&Recipe { epochs: 15, batch: 16, ..Recipe::shipped() }) {
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
        let last = |fitted: &Fitted| fitted.network.encoder[3].weight[[0, 0]];
        assert!((last(&fitted) / last(&raw) / slopes[1] - 1.0).abs() < 1e-5, "{what}: {slopes:?}");
        let rho = |a: &Fitted, b: &Fitted| spearman(&a.predict(&data), &b.predict(&data)).unwrap();
        assert!(rho(&fitted, &raw) > 0.999_99, "{what}");
    }
}

#[test]
fn an_open_encoder_starts_with_its_units_open() {
    let data = testing::dataset(2, 10, 1);
    // Share of the pairs of an utterance and a hidden unit in which the unit is open, per hidden layer, over 20 starts.
    let open = |open_bias| {
        let mut shares = [0.0; 3];
        for seed in 0..20 {
            let recipe = Recipe { epochs: 0, rescale: false, open_bias, ..Recipe::shipped() };
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
fn versions_move_the_network_and_nothing_else() {
    let data = testing::dataset(3, 10, 1);
    let versions = testing::with_versions(data.clone(), 2);
    let recipe = Recipe { epochs: 2, batch: 16, ..Recipe::shipped() };
    let (without, with) = (trained(&data, &recipe, 1), trained(&versions, &recipe, 1));
    assert_ne!(with.network, without.network);
    assert_eq!(with.scaler, without.scaler);
    // The study's training knows nothing of them.
    let plain = Recipe { epochs: 2, batch: 16, ..Recipe::plain() };
    assert_eq!(trained(&data, &plain, 1), trained(&versions, &plain, 1));
    let mut broken = versions;
    broken.utterances[4].renditions.versions[1][6] = f32::NAN;
    assert_eq!(
        fit(&broken, &recipe, 1, &|| ()).err(),
        Some(FitError::Features { bad: 1, utterances: 60, first: 4, feature: 6 })
    );
}

#[test]
fn data_that_cannot_teach_are_refused_with_counts() {
    let data = testing::dataset(3, 10, 1);
    let error = |change: &dyn Fn(&mut Dataset), objective| {
        let mut data = data.clone();
        change(&mut data);
        fit(&data, &Recipe { objective, epochs: 1, ..Recipe::plain() }, 1, &|| ()).err()
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
fn a_rate_that_blows_the_weights_up_is_an_error_and_no_network() {
    let data = testing::dataset(3, 10, 1);
    for recipe in every(&Recipe { rate: 1e200, epochs: 3, batch: 16, ..Recipe::plain() }) {
        assert!(matches!(fit(&data, &recipe, 1, &|| ()), Err(FitError::Diverged { epoch: 1..=2 })));
    }
}

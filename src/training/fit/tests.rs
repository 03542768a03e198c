use super::*;
use crate::training::corpora::Emotion;
use crate::training::dataset::testing;
use crate::training::statistics::spearman;

fn trained(data: &Dataset, recipe: &Recipe, seed: u64) -> Fitted {
    fit(data, recipe, seed, &|| ()).unwrap()
}

/// Every objective in both families.
fn every(recipe: &Recipe) -> Vec<Recipe> {
    let families = [Family::Dae, Family::Vae];
    let of = |family| Objective::ALL.map(|objective| Recipe { objective, family, ..recipe.clone() });
    families.into_iter().flat_map(of).collect()
}

#[test]
fn a_seed_gives_the_same_bits_and_another_gives_others() {
    let data = testing::dataset(3, 10, 1);
    for recipe in every(&Recipe { epochs: 3, batch: 16, averaged_epochs: 2, ..Recipe::shipped() }) {
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
        let what = format!("{:?} {:?}: axis {axis:.3}, score {score:.3}", recipe.objective, recipe.family);
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
    for family in [Family::Dae, Family::Vae] {
        // More epochs than cycles, so that β is above 0 in some.
        let recipe = Recipe { family, epochs: 6, ..Recipe::plain() };
        let still = Recipe { noise: 0.0, ..recipe.clone() };
        assert_eq!(trained(&data, &recipe, 1) == trained(&data, &still, 1), family == Family::Vae);
        // β is the VAE's alone.
        let free = Recipe { beta: 0.0, ..recipe.clone() };
        assert_eq!(trained(&data, &recipe, 1) == trained(&data, &free, 1), family == Family::Dae);
    }
}

#[test]
fn averaged_weights_are_the_mean_over_the_last_epochs() {
    let data = testing::dataset(3, 10, 1);
    let rows = data.standardised(&data.scaler(), 10.0);
    let weights = |averaged_epochs| {
        let recipe = Recipe { epochs: 4, averaged_epochs, ..Recipe::plain() };
        train(&data, &rows, &recipe, 1, &|| ()).unwrap()
    };
    assert_eq!(weights(0), weights(1));
    // The schedule reaches 0 after the last epoch, so a shorter training is another one: watch the running mean itself.
    let (mut mean, mut seen) = (None, Vec::new());
    for (i, seed) in (1..=3).enumerate() {
        let model = Autoencoder::initial(Family::Dae, &mut Random::new(seed));
        seen.push(model.network.encoder[1].bias[4]);
        average(&mut mean, &model, i + 1);
    }
    let expected = seen.iter().sum::<f64>() / 3.0;
    assert!((mean.unwrap().network.encoder[1].bias[4] - expected).abs() < 1e-15);
    // More epochs than there are: all of them.
    assert_eq!(weights(4), weights(9));
    assert_ne!(weights(4), weights(3));
    assert_ne!(weights(2), weights(1));
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

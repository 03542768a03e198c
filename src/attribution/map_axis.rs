//! Contributions along the map's horizontal axis, as the page's reasons have them.

use super::{Attribution, attribute, attribute_from, between};
use crate::model::{MapAxis, MapProjection, Model};
use egemaps::catalogue::FEATURE_COUNT;

/// Contributions to the difference between two voices, given by their 88 model features; the start is the average
/// training voice unless another one is given.
///
/// They run along the score, also where that is only a line fitted afterwards. A model that was trained on valence has
/// its own direction, and its contributions run along that: `baseline` and `activation` are then places on the map's
/// horizontal axis instead of scores.
pub fn attribute_along_map_axis(
    model: &Model,
    projection: &MapProjection,
    start: Option<&[f32; FEATURE_COUNT]>,
    features: &[f32; FEATURE_COUNT],
) -> Attribution {
    match (projection.axis, start) {
        (MapAxis::Valence, _) => {
            let start = start.map_or([0.0; FEATURE_COUNT], |start| model.standardise(start).z);
            let place = |latent: &[f64; 2]| projection.place(*latent)[0];
            between(model, &projection.across, place, &start, &model.standardise(features).z)
        }
        (MapAxis::Score | MapAxis::Free, None) => attribute(model, features),
        (MapAxis::Score | MapAxis::Free, Some(start)) => attribute_from(model, start, features),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Objective, testing};

    fn trained_on(objective: Objective) -> Model {
        let model = testing::model(11);
        let mut info = model.info().clone();
        info.objective = objective;
        if objective != Objective::MetricAct {
            // A readout that was fitted afterwards has a direction of its own.
            info.readout = [0.7, -0.2];
        }
        Model::from_parts(
            info,
            model.scaler().clone(),
            model.network().clone(),
            model.training_voices().clone(),
            model.quantiles().clone(),
        )
        .unwrap()
    }

    #[test]
    fn map_axis_contributions_run_along_the_score_but_for_valence() {
        for objective in [Objective::MetricAct, Objective::MetricCluster, Objective::Unsupervised] {
            let model = trained_on(objective);
            let projection = MapProjection::of(&model);
            let [one, two] = [3, 5].map(|seed| testing::features(&model, seed));
            let along = |start| attribute_along_map_axis(&model, &projection, start, &two);
            assert_eq!(along(None), attribute(&model, &two));
            assert_eq!(along(Some(&one)), attribute_from(&model, &one, &two));
        }
    }

    #[test]
    fn map_axis_contributions_of_valence_add_up_to_the_distance_across_the_map() {
        let model = trained_on(Objective::MetricVal);
        let projection = MapProjection::of(&model);
        let [one, two] = [3, 5].map(|seed| testing::features(&model, seed));
        let along = |start| attribute_along_map_axis(&model, &projection, start, &two);
        let across = |features| projection.place(model.evaluate(features).latent)[0];
        let found = along(Some(&one));
        assert_eq!((found.baseline, found.activation), (across(&one), across(&two)));
        let sum: f64 = found.contributions.features.iter().sum();
        assert!((sum - (across(&two) - across(&one))).abs() < 1e-10 && sum.abs() > 1e-3, "{sum}");
        // The average voice lies at the middle mark.
        assert!((along(None).baseline - 3.0).abs() < 1e-12);
        assert_ne!(found.contributions, attribute_from(&model, &one, &two).contributions);
    }
}

//! The built-in models, one for each objective; their weights are in `models/`.

use super::error::ModelError;
use super::evaluate::Model;
use super::info::Objective;

/// A built-in model, trained on Emo-DB, BanglaSER and the calm reading of speechocean762 only. The command line's and the
/// page's choice is metric-act.
///
/// Not in the browser build: the page hands the bytes over.
///
/// # Errors
/// Only if the file was damaged before the build; a test holds that all of them load.
pub fn built_in(objective: Objective) -> Result<Model, ModelError> {
    Model::from_bytes(built_in_bytes(objective))
}

/// Bytes of the weights file that [`built_in`] reads.
pub const fn built_in_bytes(objective: Objective) -> &'static [u8] {
    match objective {
        Objective::Unsupervised => include_bytes!("../../models/unsupervised.safetensors"),
        Objective::MetricCluster => include_bytes!("../../models/metric-cluster.safetensors"),
        Objective::MetricAct => include_bytes!("../../models/metric-act.safetensors"),
        Objective::MetricVal => include_bytes!("../../models/metric-val.safetensors"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egemaps::catalogue::FEATURE_COUNT;

    #[test]
    fn built_in_models_are_the_files_in_models_each_with_its_card() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let mut expected: Vec<String> = Objective::ALL
            .iter()
            .flat_map(|objective| {
                ["md", "safetensors"].map(|ending| format!("{}.{ending}", objective.name()))
            })
            .collect();
        expected.sort();
        assert_eq!(files, expected);
    }

    #[test]
    fn built_in_models_have_their_objective_and_score_the_average_voice_as_their_baseline() {
        for objective in Objective::ALL {
            let model = built_in(objective).unwrap();
            assert_eq!(model.info().objective, objective);
            assert!(model.to_bytes().unwrap() == built_in_bytes(objective), "{objective:?}: written anew");
            let mean: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
            let evaluation = model.evaluate(&mean);
            assert_eq!(evaluation.activation, model.baseline());
            assert!(evaluation.limited.is_empty());
            assert!(!evaluation.unlike_reference);
            assert!((1.0..5.0).contains(&evaluation.activation), "{}", evaluation.activation);
            // Only corpora whose licence allows it.
            let corpora: Vec<&str> = model.info().corpora.iter().map(|c| c.id.as_str()).collect();
            assert_eq!(corpora, ["emodb", "bangla-ser", "speechocean762"]);
            // Calm reading has no place among the training voices.
            assert_eq!(model.training_voices().len(), 535 + 1466);
        }
        let architectures = Objective::ALL.map(|objective| built_in(objective).unwrap().info().architecture);
        assert_eq!(architectures, [architectures[0]; 4]);
    }
}

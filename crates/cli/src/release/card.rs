//! The model card: what a weights file is, says and must not be used for, written from the file itself.

use super::test_result::{TestResult, test_result_table};
use crate::data::augment::Version;
use crate::learn::fit::Recipe;
use crate::learn::loss::CYCLES;
use crate::release::final_model::Shipment;
use crate::release::held_out::{FOLDS, HeldOut, Unheard};
use undertone::model::{Architecture, ModelInfo, Objective};

/// The model card in Markdown. `command` reproduces the file; `test_results`: corpora that were not trained on.
pub fn card(shipment: &Shipment, recipe: &Recipe, command: &str, test_results: &[TestResult]) -> String {
    let info = shipment.model.info();
    let made = &info.provenance;
    let (interval, novelty) = (&info.interval, &info.novelty);
    let mut text = format!(
        "# Model card: {}\n\n\
         How activated a voice sounds, 1 (calm) to 5 (excited), from 88 eGeMAPSv02 functionals. Written by \
         `undertone train`; the figures are those of this very file.\n\n\
         SHA-256 `{}` · {} · trained {} by version {} at commit `{}` · seed {}\n\n\
         ## Data\n\
         | corpus | language | licence | labels | utterances | speakers |\n|---|---|---|---|---|---|\n",
        info.objective.name(),
        info.hash,
        info.catalogue,
        made.date,
        made.version,
        made.commit,
        made.seed
    );
    for c in &info.corpora {
        text += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            c.name,
            c.language,
            c.licence,
            c.labels.name(),
            c.utterances,
            c.speakers
        );
    }
    text += &format!(
        "\n`human`: people rated these utterances (1 to 5). `category`: the mean human rating of the acted emotion \
         over the rated corpora stands in (anger 4.2, fear and happiness 3.6, surprise 3.3, disgust and neutral 2.8, \
         calm and sadness 2.2, boredom 2.1).{}\n\n\
         Sound: mono, 16 kHz, cut to the speech, brought to one active speech level; then the features.\n\n\
         ## Recipe “{}”\n\
         Objective: {}; architecture: {}. {}\n\n{}\n\n{}\n\n",
        if info.objective == Objective::MetricVal {
            " Valence labels come from the same people, or stand in for the same reason (happiness 3.4, calm, neutral \
             and surprise 3.0, boredom 2.7, disgust and sadness 2.2, fear 2.1, anger 2.0)."
        } else {
            ""
        },
        made.name,
        info.objective.name(),
        info.architecture.name(),
        what_the_loss_does(recipe),
        training(recipe, shipment.with_versions, info.corpora.iter().map(|c| c.utterances).sum()),
        readout(info),
    );
    text += "## Figures\n";
    text += &held_out_table(&shipment.held_out);
    text += &format!(
        "\nInterval: score {:+.2} … {:+.2}, aimed at {:.0} % of labels; {} ({} residuals).\n\n\
         Novelty: an utterance counts as unlike the reference if its reconstruction error exceeds {:.3} or its distance \
         {:.3}: set so that {:.0} % of the utterances of held-out speakers stay below each.\n\n",
        interval.lower,
        interval.upper,
        100.0 * interval.level,
        interval.method,
        interval.residuals,
        novelty.reconstruction_error,
        novelty.feature_distance,
        100.0 * novelty.quantile,
    );
    if !test_results.is_empty() {
        text += "Corpora and languages that it has never heard:\n\n";
        text += &test_result_table(test_results);
        text += &format!(
            "\nSo the interval holds {} of the labels here, not the {:.0} % that it was aimed at: these are the figures \
             to expect of it on speech of another kind.\n\n",
            coverage_range(test_results),
            100.0 * interval.level
        );
    }
    text += &format!(
        "## Limits\n\
         - Acted speech of adults in quiet rooms; everyday speech is subtler. Few languages, few speakers.\n\
         - It hears how a voice sounds, not what a person feels; people differ, and a score compares best with other \
         scores of the same person.\n\
         - The features depend on room, microphone and codec; the level is evened out, noise and echo are not.\n\
         - Where labels are `category`, all utterances of an emotion have the same label: what is finer is not \
         measured.\n\n\
         ## Intended use\n\
         Description, teaching, research on voices. Not for diagnosis, not for grading or monitoring people, not for \
         decisions about pupils, employees or applicants (the EU AI Act, Art. 5(1)(f), forbids inferring emotions at \
         work and in education).\n\n\
         ## Reproduce\n```\n{command}\n```\n\
         The same data, program and seed give the same bytes on every machine.\n"
    );
    text
}

/// One sentence on what is minimised.
fn what_the_loss_does(recipe: &Recipe) -> String {
    let base = match recipe.architecture {
        Architecture::Dae => {
            "The network learns to restore the features from two coordinates, although its input carries noise"
        }
        Architecture::Vae => {
            "The network learns to restore the features from a random point of a two-dimensional normal distribution \
             that is kept near the standard one"
        }
    };
    let metric = match (recipe.objective, recipe.as_released) {
        (Objective::Unsupervised, _) => "; no label is shown to it",
        (Objective::MetricCluster, false) => {
            ", while the distances of utterances from the mean of their emotion shall be small against the distances \
             between these means"
        }
        (Objective::MetricCluster, true) => {
            ", while the distances of utterances from the mean of their emotion shall be small against the roots of \
             the distances between these means (as in the study's released code, which shrinks the plane)"
        }
        (Objective::MetricAct, _) => {
            ", while the mean of the two coordinates shall equal the activation label plus a constant (closed form of \
             the study's sum over pairs)"
        }
        (Objective::MetricVal, _) => {
            ", while the mean of the two coordinates shall equal the valence label plus a constant (closed form of \
             the study's sum over pairs)"
        }
    };
    let logarithm = match (recipe.objective, recipe.logarithm) {
        (Objective::Unsupervised, _) => "",
        (_, true) => "; the logarithm of the sum is minimised",
        (_, false) => "; no logarithm",
    };
    format!("{base}{metric}{logarithm}.")
}

/// The numbers of the recipe. `with_versions`: how many of the utterances had degraded versions.
fn training(recipe: &Recipe, with_versions: usize, utterances: usize) -> String {
    let architecture = match recipe.architecture {
        Architecture::Dae => format!(
            "Denoising autoencoder 88 → 40 → 20 → 10 → 2 → 10 → 20 → 40 → 88 (9,310 parameters), noise of {} standard \
             deviations on the input",
            recipe.noise
        ),
        Architecture::Vae => format!(
            "Variational autoencoder 88 → 40 → 20 → 10 → 2 → 10 → 20 → 40 → 88 (9,332 parameters in training; the \
             file keeps the 9,310 without the head for the variances), no noise on the input, weight of the \
             divergence rising to {} in {CYCLES} cycles; the metric term and the score look at the mean of the latent \
             distribution",
            recipe.beta
        ),
    };
    format!(
        "{architecture}; mean squared reconstruction error; Adam, learning rate {} falling to 0 along a half cosine, batches \
         of {}, {} epochs; standardised features limited to ± {}. {}",
        recipe.rate,
        recipe.batch,
        recipe.epochs,
        recipe.limit,
        additions(recipe, with_versions, utterances).join(" "),
    )
}

/// What the recipe adds to the study's training, in sentences.
fn additions(recipe: &Recipe, with_versions: usize, utterances: usize) -> Vec<String> {
    let mut added = Vec::new();
    if recipe.clean_share < 1.0 && with_versions > 0 {
        added.push(format!(
            "{with_versions} of {utterances} utterances were also made into degraded versions ({}: speed, microphone, \
             room, noise, talkers of these corpora in the background, telephone band; a version that left no voice \
             counts as the recording as it is). Of these, {:.0} % of the inputs are recordings as they are, the others \
             one of the versions; what is to be restored is always the recording as it is.",
            Version::ALL.map(Version::name).join(", "),
            100.0 * recipe.clean_share
        ));
    } else {
        added.push("No degraded versions.".to_owned());
    }
    added.push(if recipe.speaker_shift > 0.0 {
        format!(
            "Every utterance, input and target alike, is shifted by a random share, up to {}, of the way from its \
             speaker's mean to a random one's.",
            recipe.speaker_shift
        )
    } else {
        "No speaker shifts.".to_owned()
    });
    if recipe.open_bias != 0.0 {
        added.push(format!(
            "The biases of the encoder's hidden layers start {} higher than usual, so that it starts linear.",
            recipe.open_bias
        ));
    }
    if recipe.rescale && matches!(recipe.objective, Objective::MetricAct | Objective::MetricVal) {
        added.push(
            "In the end the plane is rescaled so that a step along its axis is a step of the label; the reconstruction \
             and all ranks stay as they are."
                .to_owned(),
        );
    }
    added
}

/// How the score is read from the latent coordinates.
fn readout(info: &ModelInfo) -> String {
    let ([a, b], offset) = (info.readout, info.offset);
    let added = |value: f64| format!("{} {:.4}", if value < 0.0 { '−' } else { '+' }, value.abs());
    if info.objective == Objective::MetricAct {
        return format!("Score = mean of the two latent coordinates {}.", added(offset));
    }
    format!(
        "Score = {a:.4}·z₁ {}·z₂ {}: this objective defines no axis for activation, so the score is the line through \
         the latent coordinates with the least squared error to the activation labels of the training utterances.",
        added(b),
        added(offset)
    )
}

/// How the training corpora were judged by networks that had not heard them.
fn held_out_table(rows: &[HeldOut]) -> String {
    let mut text = format!(
        "Inside the training corpora, by networks of the same recipe that had not heard the speakers ({FOLDS} \
         speaker-grouped folds) or nothing of the corpus (trained on the other training corpora):\n\n\
         | corpus | Spearman, unheard speakers | labels inside | Spearman, unheard corpus | labels inside |\n\
         |---|---|---|---|---|\n"
    );
    let rho = |unheard: &Unheard| unheard.spearman.map_or_else(|| "–".to_owned(), |rho| format!("{rho:.3}"));
    let share = |unheard: &Unheard| format!("{:.1} %", 100.0 * unheard.coverage);
    for row in rows {
        let whole = |of: &dyn Fn(&Unheard) -> String| row.whole.as_ref().map_or_else(|| "–".to_owned(), of);
        text += &format!(
            "| {} | {} | {} | {} | {} |\n",
            row.corpus,
            rho(&row.speakers),
            share(&row.speakers),
            whole(&rho),
            whole(&share)
        );
    }
    text += "\nLabels are never counted against an interval that they made: for unheard speakers it comes from the \
             residuals of the other folds, for an unheard corpus from those of the other corpora; both differ a little \
             from the interval below, which comes from all. Shares are counted on the recordings as they are; the interval \
             also holds degraded ones, where they could be made, and corpora of which nothing had been heard, so it is \
             wider than these rows need. Voices of who was not heard may be among the talkers in the background of others' \
             versions.\n";
    text
}

/// The least and the greatest share of labels inside the interval.
fn coverage_range(test_results: &[TestResult]) -> String {
    let shares = || test_results.iter().map(|j| 100.0 * j.coverage);
    let (low, high) = (shares().fold(f64::INFINITY, f64::min), shares().fold(0.0, f64::max));
    if format!("{low:.0}") == format!("{high:.0}") {
        format!("{low:.0} %")
    } else {
        format!("{low:.0} to {high:.0} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::corpora::Corpus;
    use crate::release::final_model::testing::{corpora, recipe, shipped, try_ship};
    use undertone::model::LabelOrigin;

    #[test]
    fn the_card_carries_the_file_s_own_figures() {
        let shipment = shipped(&corpora(4, 10), 1);
        let recipe = Recipe::plain();
        let text = card(&shipment, &recipe, "undertone train --table x.csv", &[]);
        let info = shipment.model.info();
        for part in [
            info.hash.as_str(),
            "Corpus 1 | none | CC0-1.0 | human | 40 | 4",
            "no logarithm",
            "undertone train --table x.csv",
            &format!("{:+.2}", info.interval.upper),
            &format!("{:.4}", info.offset),
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains("never heard"));
        assert!(text.contains(&info.interval.method));
        let whole = 100.0 * shipment.held_out[1].whole.unwrap().coverage;
        assert!(
            text.lines().any(|l| l.starts_with("| c1 |") && l.ends_with(&format!("| {whole:.1} % |"))),
            "{text}"
        );

        let test_result = |coverage| TestResult {
            test: "unheard".into(),
            labels: LabelOrigin::Human,
            utterances: 9,
            spearman: 0.5,
            bias: 0.1,
            coverage,
            unlike_reference: 0.0,
        };
        let text = card(&shipment, &recipe, "", &[test_result(0.547), test_result(0.612)]);
        assert!(text.contains("holds 55 to 61 % of the labels here"), "{text}");
    }

    #[test]
    fn the_card_says_of_the_recipe_what_was_done_and_no_more() {
        let mut corpora = corpora(5, 4);
        let recipe = Recipe { epochs: 2, ..Recipe::shipped() };
        let text = |corpora: &[Corpus], recipe: &Recipe| {
            card(&try_ship(corpora, recipe, 1).unwrap(), recipe, "", &[])
        };
        // No sound at hand: no versions, whatever the recipe asks for.
        assert!(text(&corpora, &recipe).contains("No degraded versions."));
        for row in &mut corpora[0].rows {
            row.renditions.versions = vec![row.features];
        }
        let whole = text(&corpora, &recipe);
        for part in [
            "20 of 40 utterances were also made",
            "30 % of the inputs",
            "up to 1.7, of the way",
            "start 4 higher",
            "rescaled",
        ] {
            assert!(whole.contains(part), "{part} is missing in\n{whole}");
        }
        let plain = text(&corpora, &Recipe { epochs: 2, ..Recipe::plain() });
        assert!(plain.contains("No degraded versions. No speaker shifts.\n"), "{plain}");
        assert!(!plain.contains("rescaled") && !plain.contains("starts linear"));
        let free = Recipe { objective: Objective::Unsupervised, ..recipe };
        assert!(!text(&corpora, &free).contains("rescaled"));
    }

    #[test]
    fn the_card_names_objective_family_and_readout_and_says_what_the_loss_does() {
        let corpora = corpora(5, 4);
        for (objective, architecture, as_released, parts) in [
            (
                Objective::MetricAct,
                Architecture::Dae,
                false,
                ["equal the activation label", "Score = mean of the two"],
            ),
            (Objective::MetricVal, Architecture::Vae, false, ["equal the valence label", "9,332 parameters"]),
            (
                Objective::MetricCluster,
                Architecture::Dae,
                true,
                ["roots of the distances", "the logarithm of the sum"],
            ),
            (Objective::MetricCluster, Architecture::Dae, false, ["against the distances", "no logarithm"]),
            (
                Objective::Unsupervised,
                Architecture::Vae,
                true,
                ["no label is shown to it.", "least squared error"],
            ),
        ] {
            let recipe = Recipe {
                objective,
                architecture,
                as_released,
                logarithm: as_released,
                epochs: 2,
                ..recipe()
            };
            let shipment = try_ship(&corpora, &recipe, 1).unwrap();
            let text = card(&shipment, &recipe, "", &[]);
            let named = format!("Objective: {}; architecture: {}.", objective.name(), architecture.name());
            let title = format!("# Model card: {}\n", objective.name());
            for part in parts.into_iter().chain([named.as_str(), title.as_str(), "No degraded versions."]) {
                assert!(text.contains(part), "{part} is missing in\n{text}");
            }
            assert_eq!(text.contains("Valence labels"), objective == Objective::MetricVal);
            assert_eq!(text.contains("z₁"), objective != Objective::MetricAct);
        }
    }
}

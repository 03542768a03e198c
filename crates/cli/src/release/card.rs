//! The model card: data, training, results, limits and intended use of a weights file, written from the file itself.

use super::final_model::FinalModel;
use super::held_out::{CHILD_YEARS, FOLDS, HeldOut, HeldOutResult, ReadingResult};
use super::scored_takes::{interval_table, order_table};
use super::takes::LOUD_NOISE_SNR_DB;
use super::test_result::{TestResult, test_result_table};
use super::{half_widths, order};
use crate::data::augment::Augmentation;
use crate::data::emotion::Emotion;
use crate::learn::fit::{Precision, Recipe, ShiftBy};
use crate::learn::loss::ANNEALING_CYCLES;
use crate::numeric::decimal::{fixed, signed};
use undertone::model::{Architecture, LabelOrigin, ModelInfo, Objective};

/// The model card in Markdown. `command` reproduces the file; `test_results`: results on test corpora.
pub fn card(trained: &FinalModel, recipe: &Recipe, command: &str, test_results: &[TestResult]) -> String {
    let info = trained.model.info();
    let made = &info.provenance;
    let (interval, novelty) = (&info.interval, &info.novelty);
    let mut text = format!(
        "# Model card: {}\n\n\
         Activation (arousal) of a voice, 1 (calm) to 5 (excited), from 88 eGeMAPSv02 functionals. Written by \
         `undertone train`; all figures are of this file.\n\n\
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
        "\n`human`: people rated these utterances (1 to 5). `category`: the label is the mean human rating of the acted \
         emotion over the rated corpora (anger 4.2, fear and happiness 3.6, surprise 3.3, disgust and neutral 2.8, \
         calm and sadness 2.2, boredom 2.1).{}{}\n\n\
         Sound: mono, 16 kHz, cut to the speech, brought to one active speech level; then the features.\n\n\
         ## Recipe “{}”\n\
         Objective: {}; architecture: {}. {}\n\n{}\n\n{}\n\n",
        if info.objective == Objective::MetricVal {
            " Valence labels come from the same people, or are means per emotion in the same way (happiness 3.4, calm, \
             neutral and surprise 3.0, boredom 2.7, disgust and sadness 2.2, fear 2.1, anger 2.0)."
        } else {
            ""
        },
        assumed(recipe, info),
        made.name,
        info.objective.name(),
        info.architecture.name(),
        what_the_loss_does(recipe),
        training(recipe, trained.augmented_utterances, info),
        readout(info),
    );
    text += "## Figures\n";
    text += &held_out_table(&trained.held_out);
    text += &reading_sentence(&trained.reading);
    text += &format!(
        "\nInterval: score {} … {}, calibrated to cover {:.0} % of labels; {} ({} residuals).\n\n\
         Novelty: an utterance counts as unlike the training voices if its reconstruction error exceeds {:.3} or its distance \
         {:.3}: set so that {:.0} % of the utterances of held-out speakers stay below each.\n\n",
        signed(interval.lower, 2),
        signed(interval.upper, 2),
        100.0 * interval.level,
        interval.method,
        interval.residuals,
        novelty.reconstruction_error,
        novelty.feature_distance,
        100.0 * novelty.quantile,
    );
    text += &calibration(trained);
    if !test_results.is_empty() {
        text += "Test corpora, not trained on:\n\n";
        text += &test_result_table(test_results);
        text += &format!(
            "\nThe interval covers {} of the labels here, not the {:.0} % that it was calibrated to cover: expect these \
             figures on speech unlike the training corpora.\n\n",
            coverage_range(test_results),
            100.0 * interval.level
        );
    }
    text += &format!(
        "## Limits\n\
         - Acted speech of adults in quiet rooms; everyday speech is subtler. Few languages, few speakers.\n\
         - It measures how a voice sounds, not what a person feels; people differ, and a score compares best with other \
         scores of the same person.\n\
         - The features depend on room, microphone and codec; the level is normalised, noise and echo are not removed.\n\
         - Where labels are `category`, all utterances of an emotion have the same label: differences within an emotion \
         are not measured.\n\n\
         ## Intended use\n\
         Description, teaching, research on voices. Not for diagnosis, not for grading or monitoring people, not for \
         decisions about pupils, employees or applicants (the EU AI Act, Art. 5(1)(f), forbids inferring emotions at \
         work and in education).\n\n\
         ## Reproduce\n```\n{command}\n```\n\
         The same data, program and seed give the same bytes on every machine.\n"
    );
    text
}

/// Number of readings.
fn readings(info: &ModelInfo) -> usize {
    info.corpora.iter().filter(|c| c.labels == LabelOrigin::Reading).map(|c| c.utterances as usize).sum()
}

/// What is assumed of calm reading.
fn assumed(recipe: &Recipe, info: &ModelInfo) -> String {
    let Some(reading) = recipe.reading.filter(|_| readings(info) > 0) else { return String::new() };
    let network = match info.objective {
        Objective::Unsupervised => "none: this objective uses no labels".to_owned(),
        Objective::MetricCluster => "the emotion neutral".to_owned(),
        Objective::MetricAct => format!("activation {}", reading.activation),
        Objective::MetricVal => format!("the valence of neutral speech, {:.1}", Emotion::Neutral.valence()),
    };
    let line = match recipe.line.filter(|_| info.objective.has_own_score()).map(|line| line.settings.reading)
    {
        Some(Some(activation)) if activation == reading.activation => String::new(),
        Some(Some(activation)) => format!(" (its line: {activation})"),
        Some(None) => " (its line does not use it)".to_owned(),
        None => String::new(),
    };
    format!(
        " `reading`: calm reading, which nobody rated. The network is trained on it with an assumed label, {network}{line}; \
         it makes no interval and no held-out figure of the other corpora."
    )
}

/// The half-widths by duration and background, and the order of two recordings, where the file has them.
fn calibration(trained: &FinalModel) -> String {
    let info = trained.model.info();
    let mut text = String::new();
    if let Some(widths) = &info.interval.half_widths {
        text += &format!(
            "Where duration of the speech and background are known, the interval is as wide as they make it: noisy is less \
             than {} dB between speech and background; between these durations the half-width is interpolated. Clean: from \
             recordings as they are (at 3 s) and crops of them; noisy: from recordings and crops in noise, also louder than \
             above ({} dB SNR). Every corpus has the same weight. No rooms, no telephones.\n\n{}\n",
            widths.noisy_below_snr_db,
            LOUD_NOISE_SNR_DB,
            half_widths::table(widths)
        );
    }
    if !trained.intervals.is_empty() {
        text += &format!(
            "Labels inside in each training corpus, by half-widths that the other ones made; here recordings in rooms and through \
             a telephone band count as clean:\n\n{}\n",
            interval_table(&trained.intervals)
        );
    }
    if let Some(order) = &info.order {
        text += &format!(
            "Order: how often the higher of two scores of one voice has the higher label; {} ({} pairs, {} speakers). Where \
             labels are `category`, that is how often the acted emotions come in the order of their mean ratings.\n\n{}\n",
            order.method,
            order.pairs,
            order.speakers,
            order::table(order)
        );
    }
    if !trained.orders.is_empty() {
        text += &format!(
            "Predicted by an order that the other training corpora made, and observed, every speaker weighing the same:\n\n{}\n",
            order_table(&trained.orders)
        );
    }
    text
}

/// One sentence on what is minimised.
fn what_the_loss_does(recipe: &Recipe) -> String {
    let base = match recipe.architecture {
        Architecture::Dae => {
            "The network learns to reconstruct the features from two coordinates, with noise on its input"
        }
        Architecture::Vae => {
            "The network learns to reconstruct the features from a sample of a two-dimensional normal distribution that is \
             kept near the standard one"
        }
    };
    let metric = match (recipe.objective, recipe.as_released) {
        (Objective::Unsupervised, _) => "; no labels are used",
        (Objective::MetricCluster, false) => {
            ", while the distances of utterances from the mean of their emotion shall be small against the distances \
             between these means"
        }
        (Objective::MetricCluster, true) => {
            ", while the distances of utterances from the mean of their emotion shall be small against the roots of \
             the distances between these means (as in the code released with Das, Lønfeldt et al. 2022, which shrinks the plane)"
        }
        (Objective::MetricAct, _) => {
            ", while the mean of the two coordinates shall equal the activation label plus a constant (closed form \
             of the sum over pairs of Das, Lønfeldt et al. 2022)"
        }
        (Objective::MetricVal, _) => {
            ", while the mean of the two coordinates shall equal the valence label plus a constant (closed form \
             of the sum over pairs of Das, Lønfeldt et al. 2022)"
        }
    };
    let logarithm = match (recipe.objective, recipe.logarithm) {
        (Objective::Unsupervised, _) => "",
        (_, true) => "; the logarithm of the sum is minimised",
        (_, false) => "; no logarithm",
    };
    format!("{base}{metric}{logarithm}.")
}

/// The hyper-parameters. `augmented`: how many of the utterances had degraded versions.
fn training(recipe: &Recipe, augmented: usize, info: &ModelInfo) -> String {
    let architecture = match recipe.architecture {
        Architecture::Dae => format!(
            "Denoising autoencoder 88 → 40 → 20 → 10 → 2 → 10 → 20 → 40 → 88 (9,310 parameters), noise of {} standard \
             deviations on the input",
            recipe.noise
        ),
        Architecture::Vae => format!(
            "Variational autoencoder 88 → 40 → 20 → 10 → 2 → 10 → 20 → 40 → 88 (9,332 parameters in training; the \
             file keeps the 9,310 without the head for the variances), no noise on the input, weight of the \
             divergence rising to {} in {ANNEALING_CYCLES} cycles; the metric term and the score look at the mean of the latent \
             distribution",
            recipe.beta
        ),
    };
    format!(
        "{architecture}; mean squared reconstruction error; Adam, learning rate {} falling to 0 along a half cosine, batches \
         of {}, {} epochs; standardised features limited to ± {}. {}",
        recipe.learning_rate,
        recipe.batch_size,
        recipe.epochs,
        recipe.limit,
        additions(recipe, augmented, info).join(" "),
    )
}

/// What the recipe adds to the training published by Das et al., in sentences.
fn additions(recipe: &Recipe, augmented: usize, info: &ModelInfo) -> Vec<String> {
    let utterances: u32 = info.corpora.iter().map(|c| c.utterances).sum();
    let reading = recipe.reading.filter(|_| readings(info) > 0);
    let mut added = Vec::new();
    if reading.is_some() {
        added.push(format!(
            "Rows are drawn with replacement: {}, a reading {:.2} times as often as a labelled utterance in the mean.",
            match recipe.corpus_exponent {
                1.0 => "labelled utterances all alike".to_owned(),
                0.0 => "labelled corpora equally often".to_owned(),
                exponent => format!("labelled corpora by their size to the power of {exponent}"),
            },
            recipe.reading_weight()
        ));
    }
    if recipe.clean_share < 1.0 && augmented > 0 {
        added.push(format!(
            "Augmentation: {augmented} of {utterances} utterances also have degraded versions ({}: speed, microphone, room, \
             noise, speech of these corpora in the background, telephone band; a version without voice is replaced by the \
             recording as it is). Of these, {:.0} % of the inputs are recordings as they are, the others one of the \
             versions; the reconstruction target is always the recording as it is.",
            Augmentation::ALL.map(Augmentation::name).join(", "),
            100.0 * recipe.clean_share
        ));
    } else {
        added.push("No degraded versions.".to_owned());
    }
    added.push(if recipe.speaker_shift > 0.0 && reading.is_some() && recipe.shift_by == ShiftBy::Readers {
        format!(
            "Every utterance, input and target alike, is shifted by a random share, up to {}, of the difference of the means \
             of two random readers.",
            recipe.speaker_shift
        )
    } else if recipe.speaker_shift > 0.0 {
        format!(
            "Every utterance, input and target alike, is shifted by a random share, up to {}, of the way from its \
             speaker's mean to a random one's.",
            recipe.speaker_shift
        )
    } else {
        "No speaker shifts.".to_owned()
    });
    if recipe.initial_bias != 0.0 {
        added.push(format!(
            "The initial biases of the encoder's hidden layers are {} higher than usual, so that the encoder starts linear.",
            recipe.initial_bias
        ));
    }
    if recipe.rescale && matches!(recipe.objective, Objective::MetricAct | Objective::MetricVal) {
        added.push(
            "After training the latent plane is rescaled so that the slope of the label against its axis is 1; \
             reconstruction and ranks do not change."
                .to_owned(),
        );
    }
    if let Some(line) = recipe.line.filter(|_| recipe.objective.has_own_score()) {
        let settings = &line.settings;
        added.push(format!(
            "One unit of each hidden layer of the encoder (39-19-9 are trained as above) carries a line, that is ridge regression \
             on the features (penalty {}, weight of the change by degraded versions {}{}), in label units; the mean of the two \
             coordinates is {} of the line and {} of the network. The decoder is then trained further with the encoder fixed.",
            settings.alpha,
            settings.channel,
            if settings.gains { ", features weighted by their correlation with the label within speakers" } else { "" },
            line.share,
            1.0 - line.share
        ));
    } else if recipe.line.is_some() {
        added.push("No line: it follows activation, and this objective has no axis for it.".to_owned());
    }
    if recipe.precision == Precision::Half {
        added.push(
            "All weights are rounded to 16 bits (IEEE half precision) before anything else is made of the network.".to_owned(),
        );
    }
    added
}

/// How the score is read from the latent coordinates.
fn readout(info: &ModelInfo) -> String {
    let ([a, b], offset) = (info.readout, info.offset);
    let added = |value: f64| format!("{} {:.4}", if value < 0.0 { '−' } else { '+' }, value.abs());
    if info.objective.has_own_score() {
        return format!("Score = mean of the two latent coordinates {}.", added(offset));
    }
    format!(
        "Score = {a:.4}·z₁ {}·z₂ {}: this objective defines no axis for activation, so the score is the least-squares fit \
         of the latent coordinates to the activation labels of the training utterances.",
        added(b),
        added(offset)
    )
}

/// Results on the training corpora by networks that held them out.
fn held_out_table(rows: &[HeldOut]) -> String {
    let mut text = format!(
        "Within the training corpora, by networks of the same recipe that held out the speakers ({FOLDS} \
         speaker-grouped folds) or the whole corpus (trained on the other training corpora):\n\n\
         | corpus | Spearman, unseen speakers | labels inside | Spearman, unseen corpus | labels inside |\n\
         |---|---|---|---|---|\n"
    );
    let rho = |result: &HeldOutResult| result.spearman.map_or_else(|| "–".to_owned(), |rho| fixed(rho, 3));
    let share = |result: &HeldOutResult| format!("{:.1} %", 100.0 * result.coverage);
    for row in rows {
        let corpus = |of: &dyn Fn(&HeldOutResult) -> String| {
            row.unseen_corpus.as_ref().map_or_else(|| "–".to_owned(), of)
        };
        text += &format!(
            "| {} | {} | {} | {} | {} |\n",
            row.corpus,
            rho(&row.unseen_speakers),
            share(&row.unseen_speakers),
            corpus(&rho),
            corpus(&share)
        );
    }
    text += "\nLabels are never counted against an interval that they made: for unseen speakers it comes from the \
             residuals of the other folds, for an unseen corpus from those of the other corpora; both differ a little \
             from the interval below, which comes from all. Shares are counted on the recordings as they are; the interval \
             also covers recordings under conditions, where there is sound, and held-out corpora, so it is wider than these \
             rows need. Speech of held-out speakers may be in the background of the degraded versions of other \
             utterances.\n";
    text
}

/// Results on calm reading by age; empty where there are not both children and adults.
fn reading_sentence(result: &ReadingResult) -> String {
    let (children, adults) = (&result.children, &result.adults);
    if children.readings == 0 || adults.readings == 0 {
        return String::new();
    }
    format!(
        "\nCalm reading by readers held out in the same folds: children up to {CHILD_YEARS} years ({} readings) score {} above \
         adults ({} readings) in the mean, though both read calmly; {:.1} % of the children's and {:.1} % of the adults' \
         readings count as unlike the training voices.\n",
        children.readings,
        signed(children.score - adults.score, 2),
        adults.readings,
        100.0 * children.unlike,
        100.0 * adults.unlike
    )
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
    use crate::data::testing::{corpora, reading_corpus};
    use crate::release::testing::{recipe, trained, try_train};
    use undertone::model::LabelOrigin;

    #[test]
    fn card_has_the_figures_of_its_file() {
        let final_model = trained(&corpora(4, 10), 1);
        let recipe = Recipe::published();
        let text = card(&final_model, &recipe, "undertone train --table x.csv", &[]);
        let info = final_model.model.info();
        for part in [
            info.hash.as_str(),
            "Corpus 1 | none | CC0-1.0 | human | 40 | 4",
            "no logarithm",
            "undertone train --table x.csv",
            &signed(info.interval.upper, 2),
            &format!("{:.4}", info.offset),
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains("Test corpora"));
        assert!(text.contains(&info.interval.method));
        let coverage = 100.0 * final_model.held_out[1].unseen_corpus.unwrap().coverage;
        assert!(
            text.lines().any(|l| l.starts_with("| c1 |") && l.ends_with(&format!("| {coverage:.1} % |"))),
            "{text}"
        );

        let test_result = |coverage| TestResult {
            test: "unseen".into(),
            labels: LabelOrigin::Human,
            utterances: 9,
            trained_on: 0,
            spearman: 0.5,
            bias: 0.1,
            coverage,
            unlike_reference: 0.0,
        };
        let text = card(&final_model, &recipe, "", &[test_result(0.547), test_result(0.612)]);
        assert!(text.contains("covers 55 to 61 % of the labels here"), "{text}");
    }

    #[test]
    fn card_describes_the_recipe_and_no_more() {
        let mut corpora = corpora(5, 4);
        let recipe = Recipe { epochs: 2, ..Recipe::shipped() };
        let text = |corpora: &[Corpus], recipe: &Recipe| {
            card(&try_train(corpora, recipe, 1).unwrap(), recipe, "", &[])
        };
        // No sound at hand: no versions, whatever the recipe asks for.
        assert!(text(&corpora, &recipe).contains("No degraded versions."));
        for row in &mut corpora[0].rows {
            row.variants.augmented = vec![row.features];
        }
        let whole = text(&corpora, &recipe);
        for part in [
            "20 of 40 utterances also have degraded versions",
            "30 % of the inputs",
            "up to 1.7, of the way",
            "are 4 higher",
            "rescaled",
        ] {
            assert!(whole.contains(part), "{part} is missing in\n{whole}");
        }
        let plain = text(&corpora, &Recipe { epochs: 2, ..Recipe::published() });
        assert!(plain.contains("No degraded versions. No speaker shifts.\n"), "{plain}");
        assert!(!plain.contains("rescaled") && !plain.contains("starts linear"));
        assert!(!plain.contains("reading") && !plain.contains("line"), "{plain}");
        let free = Recipe { objective: Objective::Unsupervised, ..recipe.clone() };
        let unsupervised = text(&corpora, &free);
        assert!(!unsupervised.contains("rescaled") && unsupervised.contains("No line"));

        // With calm reading: what is assumed of it, how it is used, and the children's bias.
        corpora.push(reading_corpus(10, 2));
        let whole = text(&corpora, &recipe);
        for part in [
            "| Corpus 2 | none | CC0-1.0 | reading | 20 | 10 |",
            "assumed label, activation 2.5; it makes",
            "20 of 60 utterances also have degraded versions",
            "labelled corpora equally often, a reading 1.00 times as often",
            "of the difference of the means of two random readers",
            "penalty 100, weight of the change by degraded versions 0.7, features weighted",
            "is 0.5 of the line and 0.5 of the network",
            "rounded to 16 bits",
            "children up to 12 years (10 readings) score",
        ] {
            assert!(whole.contains(part), "{part} is missing in\n{whole}");
        }
        assert!(!whole.contains("| c2 |"), "{whole}");
        let valence = text(&corpora, &Recipe { objective: Objective::MetricVal, ..recipe });
        assert!(valence.contains("the valence of neutral speech, 3.0; it makes no interval"), "{valence}");
    }

    #[test]
    fn card_names_objective_architecture_and_readout_and_describes_the_loss() {
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
            (Objective::Unsupervised, Architecture::Vae, true, ["no labels are used.", "least-squares fit"]),
        ] {
            let recipe = Recipe {
                objective,
                architecture,
                as_released,
                logarithm: as_released,
                epochs: 2,
                ..recipe()
            };
            let final_model = try_train(&corpora, &recipe, 1).unwrap();
            let text = card(&final_model, &recipe, "", &[]);
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

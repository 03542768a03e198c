//! The model card: what a weights file is, says and must not be used for, written from the file itself.

use super::fit::Recipe;
use super::ship::{FOLDS, HeldOut, Shipment, Unheard};
use super::zero_shot::{Judgement, judgement_table};

/// The model card in Markdown. `command` reproduces the file; `judgements`: corpora that were not trained on.
pub fn card(shipment: &Shipment, recipe: &Recipe, command: &str, judgements: &[Judgement]) -> String {
    let info = shipment.model.info();
    let made = &info.provenance;
    let (interval, novelty) = (&info.interval, &info.novelty);
    let mut text = format!(
        "# Model card: metric-act\n\n\
         How activated a voice sounds, 1 (calm) to 5 (excited), from 88 eGeMAPSv02 functionals. Written by \
         `undertone train`; the figures are those of this very file.\n\n\
         SHA-256 `{}` · {} · trained {} by version {} at commit `{}` · seed {}\n\n\
         ## Data\n\
         | corpus | language | licence | labels | utterances | speakers |\n|---|---|---|---|---|---|\n",
        info.hash, info.catalogue, made.date, made.version, made.commit, made.seed
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
         calm and sadness 2.2, boredom 2.1).\n\n\
         Sound: mono, 16 kHz, cut to the speech, brought to one active speech level; then the features.\n\n\
         ## Recipe “{}”\n\
         Denoising autoencoder 88 → 40 → 20 → 10 → 2 → 10 → 20 → 40 → 88; mean squared reconstruction error plus the \
         metric-act term in closed form{}; Adam, learning rate {} falling to 0 along a half cosine, batches of {}, {} \
         epochs, weight decay {}; noise of {} standard deviations on the input; standardised features limited to \
         ± {}; {}; {}.\n\n\
         Score = mean of the two latent coordinates + {:.4}.\n\n",
        made.name,
        if recipe.logarithm { ", logarithm of the sum" } else { ", no logarithm" },
        recipe.rate,
        recipe.batch,
        recipe.epochs,
        recipe.decay,
        recipe.noise,
        recipe.limit,
        if recipe.speaker_shift > 0.0 {
            "every utterance shifted by a random share of the way from its speaker's mean to another's"
        } else {
            "no speaker shifts"
        },
        if recipe.mix { "mixed with a random other utterance, labels alike" } else { "not mixed" },
        info.offset,
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
    if !judgements.is_empty() {
        text += "Corpora and languages that it has never heard:\n\n";
        text += &judgement_table(judgements);
        text += &format!(
            "\nSo the interval holds {} of the labels here, not the {:.0} % that it was aimed at: these are the figures \
             to expect of it on speech of another kind.\n\n",
            coverage_range(judgements),
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
             from the interval below, which comes from all.\n";
    text
}

/// The least and the greatest share of labels inside the interval.
fn coverage_range(judgements: &[Judgement]) -> String {
    let shares = || judgements.iter().map(|j| 100.0 * j.coverage);
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
    use crate::model::LabelOrigin;
    use crate::training::ship::testing::{corpora, shipped};

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

        let judgement = |coverage| Judgement {
            test: "unheard".into(),
            labels: LabelOrigin::Human,
            utterances: 9,
            spearman: 0.5,
            bias: 0.1,
            coverage,
            unlike_reference: 0.0,
        };
        let text = card(&shipment, &recipe, "", &[judgement(0.547), judgement(0.612)]);
        assert!(text.contains("holds 55 to 61 % of the labels here"), "{text}");
    }
}

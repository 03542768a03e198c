//! The model card: what a weights file is, says and must not be used for, written from the file itself.

use super::fit::Recipe;
use super::ship::{FOLDS, Shipment};
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
    text += &format!(
        "## Figures\n\
         Speakers that the network had not heard ({FOLDS} speaker-grouped folds inside the training corpora):\n\n\
         | corpus | Spearman | labels inside the interval |\n|---|---|---|\n"
    );
    for h in &shipment.held_out {
        let rho = h.spearman.map_or_else(|| "–".to_owned(), |rho| format!("{rho:.3}"));
        text += &format!("| {} | {rho} | {:.1} % |\n", h.corpus, 100.0 * h.coverage);
    }
    text += &format!(
        "\nInterval: score {:+.2} … {:+.2}, meant to hold {:.0} % of labels; {} ({} residuals).\n\n\
         Novelty: an utterance counts as unlike the reference if its reconstruction error exceeds {:.3} or its distance \
         {:.3}; {:.0} % of held-out speech stays below each.\n\n",
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
        text += "\nThe true share inside the interval on speech of another kind is the one of this table, not the \
                 nominal one.\n\n";
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

#[cfg(test)]
mod tests {
    use super::*;
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
    }
}

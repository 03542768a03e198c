//! `undertone compare`: which of two recordings of one voice sounds more activated, and how often listeners hear it so.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::error::CommandError;
use super::inputs::DecodeArgs;
use super::report::imperfect;
use super::score::advice;
use super::weights::{Weights, load, score_note, weights_help};
use crate::io::batch::{self, Outcome};
use crate::io::names::{shown, text};
use crate::io::output::Output;
use crate::io::prepare::prepare;
use crate::io::sound::Facts;
use crate::io::{FileError, terminal};
use undertone::analysis::{Measures, ModelSummary, Prediction, SCHEMA};
use undertone::audio::checks::Flag;
use undertone::model::{Model, OrderVerdict};

/// Says which of two recordings of the same voice sounds more activated, and how often listeners would hear them in this
/// order.
///
/// Most of what makes a score uncertain is the same for all recordings of a voice, so their order is much surer than either
/// score. The command cannot tell whether both are the same voice: it assumes so. Between voices it says nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The first recording: WAV, AIFF, CAF, AU, FLAC, MP3, AAC (M4A, MP4, MOV), ALAC (M4A, CAF), OGG, Opus, WebM
    #[arg(value_name = "A")]
    first: PathBuf,
    /// The second recording, of the same voice
    #[arg(value_name = "B")]
    second: PathBuf,
    /// A JSON object instead of text
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", help = weights_help())]
    model: Weights,
    #[command(flatten)]
    decoding: DecodeArgs,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if the weights cannot be read or the output cannot be written. A recording that fails is reported and
/// shows in the [`Outcome`]; then nothing is compared.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let model = load(&args.model)?;
    let mut output = Output::open(None)?;
    let files = [args.first.clone(), args.second.clone()];
    let mut recordings = [None, None];
    let mut places = 0..recordings.len();
    let outcome = batch::each(
        &files,
        // An error is a result here: the recording keeps its place.
        |file, turn| {
            let prepared = prepare(file, args.decoding.limits(), turn);
            Ok(prepared.map(|(prepared, facts)| (scored(&model, &Measures::new(&prepared)), facts)))
        },
        |_| 0,
        |file, result: Result<(Scored, Facts), FileError>| {
            if let Some(place) = places.next() {
                let file = text(file);
                recordings[place] = Some(match result {
                    Ok((scored, facts)) => {
                        for what in imperfect(facts) {
                            terminal::note(&format!("{}: {what}", shown(&file)));
                        }
                        Recording { file, scored: Some(scored), error: None }
                    }
                    Err(error) => Recording { file, scored: None, error: Some(error.to_string()) },
                });
            }
            Ok::<(), CommandError>(())
        },
    )?;
    let [Some(first), Some(second)] = recordings else { return Ok(outcome) };
    let comparison = Comparison::new(&model, [first, second]);
    let text =
        if args.json { serde_json::to_string(&comparison)? + "\n" } else { comparison.in_words(&model) };
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(|error| output.failure(error))?;
    output.commit()?;
    let failed = comparison.recordings.iter().any(|recording| recording.scored.is_none());
    Ok(if failed { Outcome::SomeFailed } else { outcome })
}

/// What is known of a recording that has a score.
#[derive(Debug, Clone, Serialize)]
struct Scored {
    activation: f64,
    interval: [f64; 2],
    active_speech_s: f64,
    flags: Vec<Flag>,
}

fn scored(model: &Model, measures: &Measures) -> Scored {
    let signal = &measures.signal;
    let prediction = Prediction::new(&measures.model_features, Some(&signal.into()), model);
    Scored {
        activation: prediction.activation,
        interval: prediction.interval,
        active_speech_s: signal.active_speech_s,
        flags: undertone::audio::checks::flags(signal, prediction.unlike_reference),
    }
}

/// One of the two recordings: a score, or why it has none.
#[derive(Debug, Clone, Serialize)]
struct Recording {
    file: String,
    #[serde(flatten)]
    scored: Option<Scored>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Both recordings and their order; `docs/schema/comparison.json` describes it.
#[derive(Debug, Clone, Serialize)]
struct Comparison {
    schema: u32,
    version: &'static str,
    model: ModelSummary,
    assumes: &'static str,
    recordings: [Recording; 2],
    order: Option<Found>,
}

/// The order of two recordings that both have a score.
#[derive(Debug, Clone, Copy, Serialize)]
struct Found {
    /// 0 or 1: which has the higher score; `None` if the scores are equal.
    higher: Option<usize>,
    /// Score of the second less that of the first.
    difference: f64,
    /// `None` if the weights file does not know.
    probability: Option<f64>,
    verdict: Option<OrderVerdict>,
}

impl Comparison {
    fn new(model: &Model, recordings: [Recording; 2]) -> Comparison {
        let order = match &recordings {
            [Recording { scored: Some(first), .. }, Recording { scored: Some(second), .. }] => {
                let difference = second.activation - first.activation;
                let shorter_s = first.active_speech_s.min(second.active_speech_s);
                let estimate = model
                    .info()
                    .order
                    .as_ref()
                    .map(|order| order.estimate(first.activation, second.activation, shorter_s));
                Some(Found {
                    higher: (difference != 0.0).then_some(usize::from(difference > 0.0)),
                    difference,
                    probability: estimate.map(|estimate| estimate.probability),
                    verdict: estimate.map(|estimate| estimate.verdict),
                })
            }
            _ => None,
        };
        Comparison {
            schema: SCHEMA,
            version: undertone::VERSION,
            model: ModelSummary::of(model),
            assumes: "same_voice",
            recordings,
            order,
        }
    }

    /// The result as text: the sentence first, then each recording.
    fn in_words(&self, model: &Model) -> String {
        let mut text = format!("{}\n", self.sentence());
        // Writing to a string cannot fail.
        if self.order.is_some() {
            let _ = writeln!(
                text,
                "This assumes that both are the same voice: of different voices scores tell much less."
            );
        }
        if let Some(note) = score_note(model.info().objective) {
            let _ = writeln!(text, "{note}");
        }
        for Recording { file, scored, error } in &self.recordings {
            let _ = writeln!(text, "\n{}", shown(file));
            if let Some(Scored { activation, interval: [low, high], active_speech_s, flags }) = scored {
                let _ = writeln!(
                    text,
                    "  activation {activation:.2} (range {low:.1} … {high:.1}), {active_speech_s:.1} s of speech"
                );
                for flag in flags {
                    let _ = writeln!(text, "  warning    {flag}: {}", advice(*flag));
                }
            }
            if let Some(error) = error {
                let _ = writeln!(text, "  no score   {error}");
            }
        }
        text
    }

    /// Which one sounds more activated, in a sentence.
    fn sentence(&self) -> String {
        let [first, second] = &self.recordings;
        let (first, second) = (shown(&first.file), shown(&second.file));
        let Some(found) = self.order else {
            return "Nothing is compared: both recordings need a score.".to_owned();
        };
        let (higher, lower) = if found.higher == Some(0) { (&first, &second) } else { (&second, &first) };
        let distance = found.difference.abs();
        match found.probability.zip(found.verdict) {
            None if found.higher.is_none() => format!("{first} and {second} have the same score."),
            None => format!(
                "{higher} has a score {distance:.2} above that of {lower}; how often listeners would hear it in this order, \
                 this weights file does not know: train it again."
            ),
            Some((_, OrderVerdict::Alike)) if found.higher.is_none() => {
                format!("{first} and {second} sound alike: they have the same score.")
            }
            Some((probability, OrderVerdict::Alike)) => format!(
                "{first} and {second} sound alike: of 100 such pairs of one voice, listeners heard only {} in the order of the \
                 scores.",
                of_100(probability)
            ),
            Some((probability, verdict)) => format!(
                "{higher} sounds {} activated than {lower}: of 100 such pairs of one voice, listeners heard {} in this order.",
                if verdict == OrderVerdict::Much { "much more" } else { "more" },
                of_100(probability)
            ),
        }
    }
}

/// How many of 100; never all of them, which no calibration could say.
fn of_100(probability: f64) -> String {
    let count = (100.0 * probability).round();
    if count > 99.0 { "more than 99".to_owned() } else { format!("{count:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use undertone::model::{Objective, Order, built_in};

    fn recording(file: &str, activation: f64, speech_s: f64, flags: &[Flag]) -> Recording {
        let interval = [activation - 0.9, activation + 0.9];
        let scored = Scored { activation, interval, active_speech_s: speech_s, flags: flags.to_vec() };
        Recording { file: file.into(), scored: Some(scored), error: None }
    }

    /// The built-in model with a slope of 1 per second of speech.
    fn calibrated() -> Model {
        let model = built_in(Objective::MetricAct).unwrap();
        let mut info = model.info().clone();
        info.order = Some(Order {
            speech_s: [1.0, 2.0, 4.0],
            slopes: [1.0, 2.0, 4.0],
            speakers: 1,
            pairs: 1,
            method: "made up".into(),
        });
        Model::from_parts(
            info,
            model.scaler().clone(),
            model.network().clone(),
            model.training_voices().clone(),
            model.quantiles().clone(),
        )
        .unwrap()
    }

    fn said(model: &Model, one: Recording, other: Recording) -> String {
        Comparison::new(model, [one, other]).in_words(model)
    }

    #[test]
    fn sentence_names_the_more_activated_one_and_how_often_it_is_heard_so() {
        let model = calibrated();
        let a = recording("a.wav", 3.0, 4.0, &[]);
        let text = said(&model, a.clone(), recording("b.wav", 4.0, 9.0, &[]));
        // 1 / (1 + e^−4) = 0.982.
        assert!(
            text.starts_with(
                "b.wav sounds much more activated than a.wav: of 100 such pairs of one voice, listeners heard 98 in this order.\n\
                 This assumes that both are the same voice"
            ),
            "{text}"
        );
        // The shorter one counts, whichever it is: 1 / (1 + e^−2) = 0.881.
        let text = said(&model, recording("b.wav", 4.0, 2.0, &[]), a.clone());
        assert!(text.starts_with("b.wav sounds more activated than a.wav: of 100"), "{text}");
        assert!(text.contains("listeners heard 88 in this order"), "{text}");
        let text = said(&model, a.clone(), recording("b.wav", -1.0, 9.0, &[]));
        assert!(text.starts_with("a.wav sounds much more activated than b.wav"), "{text}");
        assert!(text.contains("listeners heard more than 99 in this order"), "{text}");
    }

    #[test]
    fn near_scores_are_alike_and_equal_ones_are_called_the_same() {
        let model = calibrated();
        let a = recording("a.wav", 3.0, 4.0, &[]);
        let text = said(&model, a.clone(), recording("b.wav", 3.1, 4.0, &[]));
        assert!(
            text.starts_with(
                "a.wav and b.wav sound alike: of 100 such pairs of one voice, listeners heard only 60 in the order of the scores."
            ),
            "{text}"
        );
        let text = said(&model, a.clone(), recording("b.wav", 3.0, 4.0, &[]));
        assert!(text.starts_with("a.wav and b.wav sound alike: they have the same score."), "{text}");
    }

    #[test]
    fn weights_without_a_calibration_give_no_probability() {
        let model = calibrated();
        let mut info = model.info().clone();
        info.order = None;
        let plain = Model::from_parts(
            info,
            model.scaler().clone(),
            model.network().clone(),
            model.training_voices().clone(),
            model.quantiles().clone(),
        )
        .unwrap();
        let a = recording("a.wav", 3.0, 4.0, &[]);
        let text = said(&plain, recording("b.wav", 3.5, 4.0, &[]), a.clone());
        assert!(text.starts_with("b.wav has a score 0.50 above that of a.wav; how often"), "{text}");
        assert!(text.contains("train it again"), "{text}");
        let text = said(&plain, a.clone(), a.clone());
        assert!(text.starts_with("a.wav and a.wav have the same score."), "{text}");
        let found = Comparison::new(&plain, [a.clone(), a]).order.unwrap();
        assert_eq!((found.higher, found.probability, found.verdict), (None, None, None));
    }

    #[test]
    fn flags_and_errors_of_each_recording_stay_visible() {
        let model = calibrated();
        let short = recording("short.wav", 3.0, 0.4, &[Flag::Short, Flag::Noisy]);
        let text = said(&model, short.clone(), recording("b.wav", 4.0, 2.0, &[]));
        assert!(
            text.contains("\nshort.wav\n  activation 3.00 (range 2.1 … 3.9), 0.4 s of speech\n"),
            "{text}"
        );
        assert!(text.contains("  warning    short: ") && text.contains("  warning    noisy: "), "{text}");
        let broken = Recording { file: "c.wav".into(), scored: None, error: Some("silent".into()) };
        let text = said(&model, short, broken);
        assert!(text.starts_with("Nothing is compared: both recordings need a score.\n"), "{text}");
        assert!(text.contains("\nc.wav\n  no score   silent\n") && !text.contains("same voice"), "{text}");
    }

    #[test]
    fn models_without_a_score_of_their_own_say_so() {
        let model = built_in(Objective::MetricVal).unwrap();
        let a = recording("a.wav", 3.0, 4.0, &[]);
        assert!(said(&model, a.clone(), a).contains("not taught a score"));
    }
}

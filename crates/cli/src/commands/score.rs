//! `undertone score`: how activated each file sounds, and why.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::error::CommandError;
use super::weights::{Weights, load, score_note, weights_help};
use crate::io::batch::{self, Outcome};
use crate::io::output::Output;
use crate::io::prepare::prepare;
use undertone::analysis::{Analysis, Prediction};
use undertone::attribution::groups::Group;
use undertone::audio::checks::Flag;

/// How many groups are named in the text, of those that raise the score and of those that lower it.
const NAMED_GROUPS: usize = 3;
/// Contributions that would be printed as 0.00 are not named.
const LEAST_NAMED: f64 = 0.005;

/// Scores how activated each file sounds, 1 calm … 5 excited, and says which features moved the score.
///
/// The speech is found, brought to one level and scored, exactly as in the page.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sound files: WAV, FLAC, MP3, OGG (Vorbis), M4A (AAC)
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// One JSON object per line instead of text
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", help = weights_help())]
    model: Weights,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if the weights cannot be read or the output cannot be written. Files that fail are
/// reported and show in the [`Outcome`].
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let model = load(&args.model)?;
    let mut output = Output::open(None)?;
    let outcome = batch::each(
        &args.files,
        |file, turn| Ok(Analysis::new(&prepare(file, turn)?, &model)),
        |_| 0,
        |file, analysis| {
            let name = file.to_string_lossy();
            let text = if args.json {
                serde_json::to_string(&Line { file: &name, analysis: &analysis })?
            } else {
                in_words(&name, &analysis)
            };
            writeln!(output, "{text}")
                .and_then(|()| output.flush())
                .map_err(|error| output.failure(error))?;
            Ok::<(), CommandError>(())
        },
    )?;
    output.commit()?;
    Ok(outcome)
}

/// A line of JSON; `docs/schema/analysis.json` describes it.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    analysis: &'a Analysis,
}

/// The result as text.
fn in_words(file: &str, Analysis { measures, prediction }: &Analysis) -> String {
    let Prediction { activation, baseline, interval: [low, high], contributions, .. } = prediction;
    let [start, end] = measures.region;
    let mut groups: Vec<(&str, f64)> =
        Group::ALL.iter().map(|group| (group.name(), contributions.groups[group.index()])).collect();
    groups.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = |groups: &mut dyn Iterator<Item = &(&str, f64)>| {
        let parts: Vec<String> = groups
            .filter(|(_, v)| v.abs() >= LEAST_NAMED)
            .take(NAMED_GROUPS)
            .map(|(name, v)| format!("{name} {v:+.2}"))
            .collect();
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    };
    let up = named(&mut groups.iter().filter(|(_, v)| *v > 0.0));
    let down = named(&mut groups.iter().rev().filter(|(_, v)| *v < 0.0));
    let share = 100.0 * prediction.model.interval_level;

    let mut text = format!("{file}\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  activation {activation:.2} on a scale of 1 calm … 5 excited");
    if let Some(note) = score_note(prediction.model.objective) {
        let _ = writeln!(text, "             {note}");
    }
    let _ = writeln!(
        text,
        "             range {low:.1} … {high:.1}, calibrated to cover {share:.0} % of ratings of unseen voices (see the model card)"
    );
    let _ = writeln!(text, "  speech     {start:.2} … {end:.2} s");
    let _ = writeln!(text, "  because    the average voice has {baseline:.2}; up: {up}; down: {down}");
    for (i, flag) in measures.flags.iter().enumerate() {
        let label = if i == 0 { "warning" } else { "" };
        let _ = writeln!(text, "  {label:9}  {flag}: {}", advice(*flag));
    }
    text
}

/// What a flag means, and what to do about it.
pub(super) fn advice(flag: Flag) -> &'static str {
    match flag {
        Flag::Short => {
            "less than a second of speech; the score depends on the word, two or three seconds say more"
        }
        Flag::TooQuiet => "the speech is very soft; record nearer to the microphone",
        Flag::Clipped => "the sound was too loud for the microphone; record with less gain",
        Flag::Noisy => "much of the sound is not the voice; record in a quieter room",
        Flag::Reverberant => {
            "the room sounds on after the voice; record nearer to the microphone or in a room with curtains and carpets"
        }
        Flag::TelephoneBand => {
            "nothing above 4 kHz, as over a telephone; scores are less exact then, record with a microphone"
        }
        Flag::NotSpoken => {
            "sounds like laughing, crying, singing or calling; the score is made for speech, take it lightly"
        }
        Flag::LittleVoice => "hardly any frame has a pitch; a whisper has none to measure",
        Flag::UnlikeReference => "unlike the voices that the model learned from; take the score lightly",
    }
}

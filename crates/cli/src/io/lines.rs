//! Results as lines of JSON and as cells of a table: the same from the command line and from Python.
//!
//! `docs/schema/` describes the lines.

use serde::Serialize;

use super::channels::{Channel, Difference};
use super::decode::{CutOff, Damage};
use super::sound::{Cut, Facts};
use super::table::{Cell, Column, Kind};
use super::time::Time;
use egemaps::catalogue::CATALOGUE_VERSION;
use undertone::analysis::utterances::{Certainty, Spoken, Utterance, Window};
use undertone::analysis::{Analysis, ModelSummary, SCHEMA};
use undertone::attribution::Explanation;
use undertone::attribution::groups::Group;
use undertone::audio::{SAMPLE_RATE_HZ, seconds};
use undertone::model::Model;

/// Which sound a line is of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file's name, if it is a file.
    pub file: Option<&'a str>,
    /// Which part of it, if it is a part.
    pub cut: Option<Cut>,
    /// The channel, if each is taken by itself; the first is 1.
    pub channel: Option<usize>,
    /// Which channel was asked for.
    pub taken: Channel,
    /// What the file is like.
    pub facts: Facts,
}

impl Source<'_> {
    fn channels(&self) -> Option<ChannelSummary> {
        let taken = self.channel.map_or(self.taken.to_string(), |channel| channel.to_string());
        let Facts { channels: count, difference, .. } = self.facts;
        (count > 1).then_some(ChannelSummary { count, taken, difference })
    }
}

/// What is said of a file with several channels.
#[derive(Serialize)]
struct ChannelSummary {
    count: usize,
    taken: String,
    difference: Option<Difference>,
}

/// How a line of a sound or of a part of it begins.
#[derive(Serialize)]
struct Beginning<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<ChannelSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_off: Option<CutOff>,
    #[serde(skip_serializing_if = "Option::is_none")]
    damaged: Option<Damage>,
}

impl<'a> Beginning<'a> {
    fn of(source: &Source<'a>, cut: Option<Cut>) -> Beginning<'a> {
        Beginning {
            file: source.file,
            start: cut.map(|cut| cut.start.seconds()),
            end: cut.and_then(|cut| cut.end).map(Time::seconds),
            channel: source.channel,
            channels: source.channels(),
            cut_off: source.facts.missing_end,
            damaged: source.facts.damage,
        }
    }
}

#[derive(Serialize)]
struct ScoreLine<'a> {
    #[serde(flatten)]
    beginning: Beginning<'a>,
    #[serde(flatten)]
    analysis: &'a Analysis,
}

/// A score as a line of JSON; `docs/schema/analysis.json` describes it.
///
/// # Errors
/// None that is known: all keys are text, and numbers that JSON does not have become `null`.
pub fn score(source: &Source<'_>, analysis: &Analysis) -> Result<String, serde_json::Error> {
    serde_json::to_string(&ScoreLine { beginning: Beginning::of(source, source.cut), analysis })
}

/// The columns of [`score_cells`].
#[must_use]
pub fn score_columns() -> Vec<Column> {
    let mut columns = doubles(&["activation", "low", "high"]);
    columns.push(Column::new("flags", Kind::Text));
    columns.extend(group_columns());
    columns
}

fn doubles(names: &[&str]) -> Vec<Column> {
    names.iter().map(|name| Column::new(name, Kind::Double)).collect()
}

fn group_columns() -> impl Iterator<Item = Column> {
    Group::ALL.iter().map(|group| Column::new(group.name(), Kind::Double))
}

/// What a table says of a score.
pub fn score_cells(Analysis { measures, prediction }: &Analysis) -> impl Iterator<Item = Cell> {
    let [low, high] = prediction.interval;
    let flags: Vec<String> = measures.flags.iter().map(ToString::to_string).collect();
    let scores = [prediction.activation, low, high].map(Cell::Double);
    let groups = Group::ALL.iter().map(|group| Cell::Double(prediction.contributions.groups[group.index()]));
    scores.into_iter().chain([Cell::Text(flags.join(" "))]).chain(groups)
}

/// Where an utterance is in its file: `part` is the part of the file that was cut into utterances.
#[must_use]
pub fn utterance_cut(part: Cut, utterance: &Utterance) -> Cut {
    let time = |sample: usize| part.start.after(1, Time::of_samples(sample as u64, SAMPLE_RATE_HZ));
    Cut { start: time(utterance.start), end: Some(time(utterance.end)) }
}

/// The columns of [`utterance_cells`].
#[must_use]
pub fn utterance_columns() -> Vec<Column> {
    let mut columns = doubles(&["activation", "low", "high"]);
    columns.extend(["certainty", "reasons"].map(|name| Column::new(name, Kind::Text)));
    columns.extend(doubles(&["voiced_s", "above_background_db"]));
    columns.extend(group_columns());
    columns
}

/// What a table says of an utterance; numbers that it does not have are NaN.
#[must_use]
pub fn utterance_cells(spoken: &Spoken) -> Vec<Cell> {
    let [scores, groups] = match &spoken.analysis {
        Some(analysis) => {
            let mut scores: Vec<Cell> = score_cells(analysis).collect();
            // Flags are among the reasons.
            let groups = scores.split_off(4);
            scores.truncate(3);
            [scores, groups]
        }
        None => [3, Group::ALL.len()].map(|count| vec![Cell::Double(f64::NAN); count]),
    };
    let said = [Cell::Text(spoken.certainty.name().to_owned()), Cell::Text(reasons(spoken).join(" "))];
    let measured = [spoken.utterance.voiced_s, spoken.utterance.above_background_db].map(Cell::Double);
    scores.into_iter().chain(said).chain(measured).chain(groups).collect()
}

/// Why the score of an utterance is not sure.
#[must_use]
pub fn reasons(spoken: &Spoken) -> Vec<&'static str> {
    spoken.doubts.iter().map(|doubt| doubt.name()).collect()
}

#[derive(Serialize)]
struct UtteranceLine<'a> {
    #[serde(flatten)]
    beginning: Beginning<'a>,
    certainty: Certainty,
    reasons: Vec<&'static str>,
    voiced_s: f64,
    above_background_db: f64,
    /// Start and end of what `analysis` is of.
    scored: [f64; 2],
    windows: Vec<WindowLine>,
    analysis: Option<&'a Analysis>,
}

#[derive(Serialize)]
struct WindowLine {
    start: f64,
    end: f64,
    activation: Option<f64>,
}

/// An utterance of `part`, a part of the source's file, as a line of JSON; `docs/schema/utterance.json` describes it.
///
/// # Errors
/// None that is known, as of [`score`].
pub fn utterance(source: &Source<'_>, part: Cut, spoken: &Spoken) -> Result<String, serde_json::Error> {
    let from_s = part.start.seconds();
    let place = utterance_cut(part, &spoken.utterance);
    let window = |Window { place, activation }: &Window| WindowLine {
        start: from_s + seconds(place.start),
        end: from_s + seconds(place.end),
        activation: *activation,
    };
    serde_json::to_string(&UtteranceLine {
        beginning: Beginning::of(source, Some(place)),
        certainty: spoken.certainty,
        reasons: reasons(spoken),
        voiced_s: spoken.utterance.voiced_s,
        above_background_db: spoken.utterance.above_background_db,
        scored: [spoken.scored.start, spoken.scored.end].map(|sample| from_s + seconds(sample)),
        windows: spoken.windows.iter().map(window).collect(),
        analysis: spoken.analysis.as_deref(),
    })
}

#[derive(Serialize)]
struct ExplanationLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<ChannelSummary>,
    schema: u32,
    version: &'a str,
    catalogue: &'a str,
    model: ModelSummary,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    background: &'a [String],
    #[serde(flatten)]
    explanation: &'a Explanation,
}

/// What moved a score, as a line of JSON; `docs/schema/explanation.json` describes it. `background` names the voices that
/// contributions start from, if they start from voices.
///
/// # Errors
/// None that is known, as of [`score`].
pub fn explanation(
    source: &Source<'_>,
    model: &Model,
    background: &[String],
    explanation: &Explanation,
) -> Result<String, serde_json::Error> {
    serde_json::to_string(&ExplanationLine {
        file: source.file,
        channel: source.channel,
        channels: source.channels(),
        schema: SCHEMA,
        version: undertone::VERSION,
        catalogue: CATALOGUE_VERSION,
        model: ModelSummary::of(model),
        background,
        explanation,
    })
}

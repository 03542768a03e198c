//! The tables of the attribution analysis (CSV).

use super::View;
use super::classes::{ClassTable, Contrast, SIGNIFICANCE};
use super::measure::MethodAttributions;
use crate::io::names::guarded;
use crate::io::table::{csv_writer, quoted};
use undertone::attribution::groups::Group;
use undertone::model::Objective;

/// A number with six decimals.
fn number(value: f64) -> String {
    format!("{value:.6}")
}

fn probability(value: Option<f64>) -> String {
    value.map_or_else(String::new, |p| format!("{p:.4e}"))
}

/// The columns that every table begins with: method, view and corpus of a row.
const KEY_COLUMNS: [&str; 5] = ["method", "output", "scale", "corpus", "role"];

fn key(objective: Objective, view: View, corpus: &str, is_source: bool) -> Vec<String> {
    let scale = if view.normalised { "normalised" } else { "raw" };
    let role = if is_source { "source" } else { "target" };
    let [method, output, scale, role] =
        [objective.name(), view.output.name(), scale, role].map(str::to_owned);
    vec![method, output, scale, guarded(corpus.to_owned()), role]
}

/// Rows as CSV: the columns of [`KEY_COLUMNS`], then those of `header`.
fn csv(header: &[&str], rows: impl IntoIterator<Item = (Vec<String>, Vec<String>)>) -> csv::Result<Vec<u8>> {
    let mut writer = csv_writer(Vec::new());
    writer.write_record(KEY_COLUMNS.iter().chain(header))?;
    for (key, row) in rows {
        writer.write_record(key.into_iter().chain(row).map(quoted))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Mean |φ| per method, view, corpus, group and emotion, with the test over the emotions.
///
/// # Errors
/// If a row cannot be written; a defect of this program.
pub fn classes_csv(tables: &[ClassTable]) -> csv::Result<Vec<u8>> {
    let header = ["group", "emotion", "utterances", "mean_abs_phi", "h", "p", "p_holm", "significant"];
    let rows = tables.iter().flat_map(|table| {
        table.groups.iter().zip(Group::ALL).flat_map(move |(row, group)| {
            table.emotions.iter().zip(&row.means).map(move |((emotion, count), mean)| {
                (
                    key(table.objective, table.view, &table.corpus, table.is_source),
                    vec![
                        group.name().to_owned(),
                        emotion.name().to_owned(),
                        count.to_string(),
                        number(*mean),
                        row.h.map_or_else(String::new, number),
                        probability(row.p),
                        probability(row.p_holm),
                        row.is_significant().to_string(),
                    ],
                )
            })
        })
    });
    csv(&header, rows)
}

/// Emotions against neutral speech, group by group.
///
/// # Errors
/// As [`classes_csv`].
pub fn contrasts_csv(contrasts: &[Contrast]) -> csv::Result<Vec<u8>> {
    let header = [
        "emotion",
        "group",
        "mean_abs_phi_neutral",
        "mean_abs_phi_emotion",
        "cliffs_delta",
        "p",
        "p_holm",
        "significant",
    ];
    let rows = contrasts.iter().flat_map(|contrast| {
        contrast.groups.iter().zip(Group::ALL).map(move |(row, group)| {
            (
                key(contrast.objective, contrast.view, &contrast.corpus, contrast.is_source),
                vec![
                    contrast.emotion.name().to_owned(),
                    group.name().to_owned(),
                    number(row.neutral),
                    number(row.emotion),
                    number(row.cliffs_delta),
                    probability(row.p),
                    probability(row.p_holm),
                    row.p_holm.is_some_and(|p| p < SIGNIFICANCE).to_string(),
                ],
            )
        })
    });
    csv(&header, rows)
}

/// Amplitude per method, view, corpus and network.
///
/// # Errors
/// As [`classes_csv`].
pub fn amplitudes_csv(measured: &[MethodAttributions], seeds: &[u64]) -> csv::Result<Vec<u8>> {
    let header = ["seed", "mean_abs_phi"];
    let rows = measured.iter().flat_map(|m| {
        View::ALL.into_iter().flat_map(move |view| {
            m.view(view).amplitudes.iter().zip(seeds).map(move |(amplitude, seed)| {
                (key(m.objective, view, &m.corpus, m.is_source), vec![seed.to_string(), number(*amplitude)])
            })
        })
    });
    csv(&header, rows)
}

#[cfg(test)]
mod tests {
    use super::super::classes::{class_table, contrast};
    use super::super::testing::measured;
    use super::*;
    use crate::data::emotion::Emotion;

    #[test]
    fn tables_have_every_row_with_as_many_cells_as_the_header() {
        let counts = [(Emotion::Anger, 9), (Emotion::Neutral, 9)];
        let mut data = measured(Objective::MetricAct, &counts, |_, group| 1.0 + group as f64);
        data.corpus = "a, \"b\"".to_owned();
        let tables = View::ALL.map(|view| class_table(&data, view));
        let contrasts: Vec<_> =
            View::ALL.into_iter().filter_map(|view| contrast(&data, view, Emotion::Anger)).collect();
        let files = [
            (classes_csv(&tables).unwrap(), 4 * 27 * 2),
            (contrasts_csv(&contrasts).unwrap(), 4 * 27),
            (amplitudes_csv(&[data], &[1, 2, 3, 4, 5]).unwrap(), 4 * 5),
        ];
        for (bytes, expected) in files {
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let corpus = reader.headers().unwrap().iter().position(|h| h == "corpus").unwrap();
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), expected);
            assert!(rows.iter().all(|row| &row[corpus] == "a, \"b\""));
        }
    }
}

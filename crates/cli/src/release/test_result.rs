//! Evaluation of a weights file on test corpora.

use undertone::model::{LabelOrigin, Model};

use crate::data::corpora::Corpus;
use crate::numeric::decimal::{fixed, signed};
use crate::numeric::statistics::spearman;

/// Results of one weights file on a test corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Test corpus.
    pub test: String,
    /// Where the labels come from.
    pub labels: LabelOrigin,
    /// Utterances.
    pub utterances: usize,
    /// Utterances that the model was trained on; 0 as well where the file does not say.
    pub trained_on: usize,
    /// Rank correlation of score and label.
    pub spearman: f64,
    /// Mean of score − label.
    pub bias: f64,
    /// Share of labels inside the interval.
    pub coverage: f64,
    /// Share of utterances flagged as unlike the training voices.
    pub unlike_reference: f64,
}

/// Evaluates a weights file on a test corpus.
pub fn evaluate(model: &Model, test: &Corpus) -> TestResult {
    let (mut scores, mut labels) = (Vec::new(), Vec::new());
    let (mut bias, mut inside, mut unlike) = (0.0, 0usize, 0usize);
    for row in &test.rows {
        let e = model.evaluate(&row.features);
        scores.push(e.activation);
        labels.push(row.activation);
        bias += e.activation - row.activation;
        inside += usize::from((e.interval[0]..=e.interval[1]).contains(&row.activation));
        unlike += usize::from(e.unlike_reference);
    }
    let count = test.rows.len().max(1) as f64;
    TestResult {
        test: test.id.clone(),
        labels: test.origin(),
        utterances: test.rows.len(),
        trained_on: test.rows.iter().filter(|row| model.trained_on().contains(&row.features)).count(),
        spearman: spearman(&scores, &labels).unwrap_or(0.0),
        bias: bias / count,
        coverage: inside as f64 / count,
        unlike_reference: unlike as f64 / count,
    }
}

/// The table of one weights file in Markdown.
pub fn test_result_table(rows: &[TestResult]) -> String {
    let mut text = String::from(
        "| tested on | labels | n | Spearman | mean of score − label | labels inside the interval | unlike the training voices |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let mark = |row: &TestResult| if row.trained_on > 0 { " †" } else { "" };
    for row in rows {
        text += &format!(
            "| {}{} | {} | {} | {} | {} | {:.1} % | {:.1} % |\n",
            row.test,
            mark(row),
            row.labels.name(),
            row.utterances,
            fixed(row.spearman, 3),
            signed(row.bias, 2),
            100.0 * row.coverage,
            100.0 * row.unlike_reference,
        );
    }
    let trained_on = |row: &TestResult| format!("{} of {} of {}", row.trained_on, row.utterances, row.test);
    let known: Vec<String> = rows.iter().filter(|row| row.trained_on > 0).map(trained_on).collect();
    if !known.is_empty() {
        text += &format!(
            "\n† The model was trained on these recordings ({}): the row says how well it fits them, not how well it follows \
             labels of new ones.\n",
            known.join(", ")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::corpora;
    use crate::release::testing::trained;

    #[test]
    fn rows_of_recordings_that_were_trained_on_are_marked() {
        let all = corpora(6, 12);
        let model = trained(&all[..1], 1).model;
        let mut mixed = all[1].clone();
        mixed.id = "mixed".to_owned();
        mixed.rows[3].features = all[0].rows[5].features;
        let results: Vec<TestResult> =
            [&all[0], &all[1], &mixed].iter().map(|corpus| evaluate(&model, corpus)).collect();
        assert_eq!(results.iter().map(|r| r.trained_on).collect::<Vec<_>>(), [72, 0, 1]);
        let text = test_result_table(&results);
        assert!(
            text.contains("| c0 † |") && text.contains("| c1 | ") && text.contains("| mixed † |"),
            "{text}"
        );
        assert!(text.contains("(72 of 72 of c0, 1 of 72 of mixed)"), "{text}");
        assert!(!test_result_table(&results[1..2]).contains('†'));
    }
}

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
    for row in rows {
        text += &format!(
            "| {} | {} | {} | {} | {} | {:.1} % | {:.1} % |\n",
            row.test,
            row.labels.name(),
            row.utterances,
            fixed(row.spearman, 3),
            signed(row.bias, 2),
            100.0 * row.coverage,
            100.0 * row.unlike_reference,
        );
    }
    text
}

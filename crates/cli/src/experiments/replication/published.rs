//! The values published by Das et al. (2022), to compare with.
//!
//! Das, Lønfeldt, Pagsberg, Clemmensen: “Zero-shot Cross-lingual Speech Emotion Recognition: A Study of Loss Functions and
//! Feature Importance”, SPSC 2022; R² of activation: “Continuous Metric Learning For Transferable Speech Emotion
//! Recognition and Embedding Across Low-resource Languages”, NLDL 2022 (arXiv 2203.14867). The source is IEMOCAP
//! throughout; the columns “Transfer” and “Supervised” are not defined there; they are compared with our readouts of these
//! names.

use super::summary::Measure;
use undertone::model::Objective;

/// What to cite, in the report.
pub const CITATION: &str = "Das, Lønfeldt, Pagsberg, Clemmensen: *Zero-shot Cross-lingual Speech Emotion Recognition: A \
    Study of Loss Functions and Feature Importance*, SPSC 2022; R²: the same authors' *Continuous Metric Learning For \
    Transferable Speech Emotion Recognition and Embedding Across Low-resource Languages*, NLDL 2022 (arXiv 2203.14867)";

/// Corpora of Das et al. by our names; the first is their source, on which their values are in domain.
pub const CORPORA: [&str; 6] = ["iemocap", "emodb", "savee", "cafe", "urdu", "aesd"];

/// Mean and, where it is given, deviation.
type Value = Option<(f64, Option<f64>)>;

const fn f(mean: f64, deviation: f64) -> Value {
    Some((mean, Some(deviation)))
}

const fn m(mean: f64) -> Value {
    Some((mean, None))
}

/// Values per corpus of [`CORPORA`] for one measure and objective; `None` where none is published.
pub fn published_values(measure: Measure, objective: Objective) -> Option<[Value; 6]> {
    use Objective::{MetricAct, MetricCluster, MetricVal, Unsupervised};
    let values = match (measure, objective) {
        (Measure::Transfer, Unsupervised) => {
            [f(0.26, 0.17), f(0.31, 0.22), None, f(0.24, 0.14), f(0.12, 0.10), f(0.18, 0.11)]
        }
        (Measure::Transfer, MetricCluster) => {
            [f(0.19, 0.14), f(0.23, 0.16), None, f(0.12, 0.08), f(0.07, 0.06), f(0.12, 0.06)]
        }
        (Measure::Transfer, MetricAct) => {
            [f(0.76, 0.05), f(0.53, 0.08), None, f(0.35, 0.04), f(0.38, 0.05), f(0.31, 0.01)]
        }
        (Measure::Transfer, MetricVal) => {
            [f(0.29, 0.11), f(-0.05, 0.03), None, f(0.31, 0.09), f(0.03, 0.08), f(0.01, 0.05)]
        }
        (Measure::Supervised, Unsupervised) => {
            [f(0.26, 0.17), f(0.31, 0.22), None, f(0.24, 0.14), f(0.10, 0.07), f(0.16, 0.09)]
        }
        (Measure::Supervised, MetricCluster) => {
            [f(0.19, 0.14), f(0.28, 0.19), None, f(0.07, 0.04), f(0.09, 0.07), f(0.11, 0.05)]
        }
        (Measure::Supervised, MetricAct) => {
            [f(0.76, 0.05), f(0.61, 0.04), None, f(0.39, 0.03), f(0.39, 0.05), f(0.31, 0.01)]
        }
        (Measure::Supervised, MetricVal) => {
            [f(0.29, 0.11), f(0.27, 0.24), None, f(0.32, 0.10), f(0.07, 0.10), f(0.14, 0.10)]
        }
        (Measure::Accuracy, Unsupervised) => [m(0.45), m(0.39), m(0.46), m(0.25), m(0.31), m(0.17)],
        (Measure::Accuracy, MetricCluster) => [m(0.57), m(0.47), m(0.45), m(0.33), m(0.32), m(0.31)],
        (Measure::Accuracy, MetricAct) => [m(0.49), m(0.44), m(0.43), m(0.26), m(0.33), m(0.24)],
        (Measure::Accuracy, MetricVal) => [m(0.52), m(0.45), m(0.47), m(0.31), m(0.31), m(0.25)],
        (Measure::R2Activation, Unsupervised) => [m(0.41), m(0.63), None, m(0.41), m(0.28), m(0.30)],
        (Measure::R2Activation, MetricAct) => [m(0.49), m(0.63), None, m(0.46), m(0.32), m(0.31)],
        (Measure::R2Activation, MetricVal) => [m(0.39), m(0.61), None, m(0.43), m(0.38), m(0.27)],
        _ => return None,
    };
    Some(values)
}

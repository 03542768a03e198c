//! How well half-widths and order hold in each training corpus when the other ones make them.

use super::scored_takes::{IntervalCell, OrderCell, ScoredTake, interval_cells, order_cells, pairs};
use super::{half_widths, order};

/// Both kinds of cells for each corpus, by half-widths and an order that the other corpora make; empty for a single corpus.
/// `is_rated`: whether people rated
/// the recordings of each corpus. `by_corpus`: takes scored by networks that held the corpus out; `by_speaker`: by networks that held the speaker out.
pub(super) fn cross_fitted(
    ids: &[&str],
    is_rated: &[bool],
    by_corpus: &[ScoredTake],
    by_speaker: &[ScoredTake],
) -> (Vec<IntervalCell>, Vec<OrderCell>) {
    let (mut intervals, mut orders) = (Vec::new(), Vec::new());
    for (index, id) in ids.iter().enumerate() {
        let own = |scored: &[ScoredTake]| -> Vec<ScoredTake> {
            scored.iter().copied().filter(|take| take.corpus == index).collect()
        };
        // A corpus without labels, such as calm reading, has no takes.
        if own(by_corpus).is_empty() {
            continue;
        }
        if let Some(widths) = half_widths::calibrate(by_corpus, |take| take.corpus != index) {
            let own = own(by_corpus);
            intervals.extend(interval_cells(id, &own, |c| widths.at(c), half_widths::is_noisy));
        }
        if let Some(order) =
            order::calibrate(by_speaker, |take| take.corpus != index, |take| is_rated[take.corpus])
        {
            orders.extend(order_cells(id, &pairs(&own(by_speaker)), &order));
        }
    }
    (intervals, orders)
}

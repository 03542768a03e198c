//! Does the runs of a plan that are not stored yet.

use rayon::prelude::*;

use super::check::check;
use super::corpora::Corpora;
use super::error::ReplicationError;
use super::plan::{Plan, Run};
use super::run::{RunResult, do_run};
use super::run_store::{Fingerprints, RunStore};

/// Does every run of the plan that is not stored yet, on all cores, and returns all results in the plan's order. `tick` is
/// called with 1 after every epoch, and with all epochs of a run that is stored.
///
/// # Errors
/// [`ReplicationError`].
pub fn replicate(
    corpora: &Corpora,
    plan: &Plan,
    store: &RunStore,
    tick: &(dyn Fn(usize) + Sync),
) -> Result<Vec<(Run, RunResult)>, ReplicationError> {
    check(corpora, plan)?;
    let fingerprints = Fingerprints::new(corpora, plan)?;
    plan.runs()
        .into_par_iter()
        .map(|run| {
            let print = fingerprints.of(&run, plan);
            if let Some(stored) = store.get(&print) {
                tick(run.epochs(plan));
                return Ok((run, stored));
            }
            let result = do_run(corpora, plan, &run, &|| tick(1))?;
            store.put(&print, &result)?;
            Ok((run, result))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn replicate_does_not_repeat_stored_runs_and_gives_the_same_results() {
        let (corpora, plan) = (testing::corpora(6, 12), testing::plan());
        let folder = tempfile::tempdir().unwrap();
        let store = RunStore::open(folder.path()).unwrap();
        let ticks = AtomicUsize::new(0);
        let calls = AtomicUsize::new(0);
        let tick = |epochs| {
            ticks.fetch_add(epochs, Ordering::Relaxed);
            calls.fetch_add(1, Ordering::Relaxed);
        };
        let first = replicate(&corpora, &plan, &store, &tick).unwrap();
        // Four objectives and the baselines, three folds.
        assert_eq!(first.len(), 15);
        assert_eq!(ticks.swap(0, Ordering::Relaxed), plan.epochs());
        calls.store(0, Ordering::Relaxed);
        assert_eq!(replicate(&corpora, &plan, &store, &tick).unwrap(), first);
        assert_eq!(ticks.load(Ordering::Relaxed), plan.epochs());
        assert_eq!(calls.load(Ordering::Relaxed), 15, "nothing is trained");

        // A change to the data finds nothing of it.
        let mut changed = corpora.clone();
        changed.targets[0].data.utterances[0].features[0] += 1.0;
        calls.store(0, Ordering::Relaxed);
        replicate(&changed, &plan, &store, &tick).unwrap();
        assert!(calls.load(Ordering::Relaxed) > 15);
    }
}

//! Everything that an extraction looks up and that depends on the sampling rate alone: computed once, shared by all.

use std::sync::{Arc, Mutex, PoisonError};

use super::error::ExtractError;
use super::fft::FftTables;
use super::formants::FormantAnalyser;
use super::geometry::Geometry;
use super::harmonics::HarmonicAnalyser;
use super::loudness_mfcc::MelBank;
use super::pitch::CandidateAnalyser;
use super::spectral::BalanceAnalyser;

/// Sampling rates whose tables are kept. A rate's take about half a megabyte and a millisecond.
const KEPT: usize = 4;

/// The tables of the rates that were used last, the latest first.
static LATEST: Mutex<Vec<Arc<Tables>>> = Mutex::new(Vec::new());

/// The tables of one sampling rate.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) geometry: Geometry,
    pub(super) short_fft: FftTables,
    pub(super) long_fft: FftTables,
    pub(super) mel: MelBank,
    pub(super) balance: BalanceAnalyser,
    pub(super) formants: FormantAnalyser,
    pub(super) candidates: CandidateAnalyser,
    pub(super) harmonics: HarmonicAnalyser,
}

impl Tables {
    /// The tables at `rate_hz`.
    pub(super) fn at(rate_hz: u32) -> Result<Arc<Tables>, ExtractError> {
        // A thread that panicked cannot have left half a table behind.
        let mut latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
        let known = latest.iter().position(|tables| tables.geometry.rate_hz == rate_hz);
        let tables = match known {
            Some(place) => latest.remove(place),
            None => Arc::new(Tables::new(rate_hz)?),
        };
        latest.truncate(KEPT - 1);
        latest.insert(0, Arc::clone(&tables));
        Ok(tables)
    }

    fn new(rate_hz: u32) -> Result<Tables, ExtractError> {
        let geometry = Geometry::new(rate_hz)?;
        Ok(Tables {
            short_fft: FftTables::new(geometry.short.fft_length),
            long_fft: FftTables::new(geometry.long.fft_length),
            mel: MelBank::new(&geometry.short),
            balance: BalanceAnalyser::new(&geometry.short),
            formants: FormantAnalyser::new(&geometry),
            candidates: CandidateAnalyser::new(&geometry.long),
            harmonics: HarmonicAnalyser::new(&geometry.long),
            geometry,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_shared_and_few_are_kept() {
        let first = Tables::at(16_000).unwrap();
        assert!(Arc::ptr_eq(&first, &Tables::at(16_000).unwrap()));
        for rate_hz in [8_000, 11_025, 22_050, 44_100, 48_000] {
            assert_eq!(Tables::at(rate_hz).unwrap().geometry.rate_hz, rate_hz);
        }
        assert!(LATEST.lock().unwrap().len() <= KEPT);
        assert!(Tables::at(7_999).is_err());
    }
}

//! Any samples: features, utterances, scores.

use std::sync::OnceLock;

use egemaps::{Extractor, Features};
use undertone::analysis::utterances::{PAUSE_S, Splitter, Utterance};
use undertone::analysis::{Analysis, Preparation};
use undertone::audio::resample::to_16k;
use undertone::model::Model;

use crate::digest::Digest;
use crate::signal::{self, Signal};

/// The features: the same in one go, in chunks, and beside another extraction; without LLDs; finite.
pub fn extractor(bytes: &[u8]) -> u64 {
    let Some(Signal { rate_hz, samples, chunks }) = signal::of(bytes, 24_000) else { return 0 };
    let whole = egemaps::extract(&samples, rate_hz);
    let parts = (|| {
        let mut extractor = Extractor::new(rate_hz)?;
        let mut other = Extractor::new(rate_hz)?.without_llds();
        for chunk in chunks.of(&samples) {
            extractor.push(chunk)?;
            other.push(chunk)?;
            let _ = extractor.provisional_f0_hz(0);
        }
        let (features, lean) = (extractor.finish()?, other.finish()?);
        assert_eq!(bits(&features.functionals), bits(&lean.functionals));
        Ok::<Features, egemaps::ExtractError>(features)
    })();
    let mut digest = Digest::default();
    match (whole, parts) {
        (Ok(whole), Ok(parts)) => {
            digest.finite("functional", &whole.functionals).finite("LLD", whole.llds.as_flattened());
            assert_eq!(bits(&whole.functionals), bits(&parts.functionals));
            assert_eq!(bits(whole.llds.as_flattened()), bits(parts.llds.as_flattened()));
        }
        (Err(whole), Err(parts)) => {
            // Where a sample is not finite, chunks before it have been taken.
            if samples.iter().all(|v| v.is_finite()) {
                assert_eq!(whole, parts);
            }
            digest.bytes(whole.to_string().bytes());
        }
        (whole, parts) => panic!("in one go {:?}, in chunks {:?}", whole.err(), parts.err()),
    }
    digest.value()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// Utterances: the same in one go and in chunks, in order, within the sound.
pub fn splitter(bytes: &[u8]) -> u64 {
    let Some(Signal { samples, chunks, .. }) = signal::of(bytes, 160_000) else { return 0 };
    let cut = |chunks: &[&[f32]]| {
        let mut splitter = Splitter::new(PAUSE_S);
        let mut found = Vec::new();
        for chunk in chunks {
            splitter.push(chunk);
            let settled = splitter.settled();
            while let Some(utterance) = splitter.next_utterance() {
                found.push(utterance);
            }
            assert!(settled <= samples.len());
        }
        found.extend(splitter.finish());
        found
    };
    let whole = cut(&[&samples]);
    assert_eq!(whole, cut(&chunks.of(&samples)));
    let mut digest = Digest::default();
    let mut before = 0;
    for Utterance { start, end, voiced_s, above_background_db } in whole {
        assert!(before <= start && start < end && end <= samples.len(), "{start} to {end} after {before}");
        // Speech may lie a little below what is quiet around it; nothing but that it is finite and at most 100 is said.
        assert!(
            voiced_s > 0.0 && above_background_db.is_finite() && above_background_db <= 100.0,
            "{voiced_s}, {above_background_db}"
        );
        before = end;
        digest.number(start as u64).number(end as u64).number(above_background_db.to_bits());
    }
    digest.value()
}

/// One utterance from its samples to score and attributions: finite, step by step as at once.
pub fn analysis(bytes: &[u8]) -> u64 {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    let weights = include_bytes!("../../../models/metric-act.safetensors");
    let Some(model) = MODEL.get_or_init(|| Model::from_bytes(weights).ok()) else {
        panic!("the built-in model cannot be read")
    };
    let Some(Signal { rate_hz, samples, .. }) = signal::of(bytes, 60_000) else { return 0 };
    let mut digest = Digest::default();
    let analysed = (|| {
        let samples = to_16k(&samples, rate_hz).map_err(|error| error.to_string())?;
        let mut steps = Preparation::new(&samples).map_err(|error| error.to_string())?;
        let mut share = 0.0;
        while share < 1.0 {
            let next = steps.step().map_err(|error| error.to_string())?;
            assert!(next > share || next == 1.0, "{next} after {share}");
            share = next;
        }
        let prepared = steps.finish().map_err(|error| error.to_string())?;
        let at_once =
            Preparation::new(&samples).and_then(Preparation::finish).map_err(|error| error.to_string())?;
        assert_eq!(bits(&prepared.levelled.functionals), bits(&at_once.levelled.functionals));
        assert_eq!(prepared.region, at_once.region);
        assert!(prepared.region.start < prepared.region.end && prepared.region.end <= samples.len());
        Ok::<Analysis, String>(Analysis::new(&prepared, model))
    })();
    match analysed {
        Ok(analysis) => {
            let score = analysis.prediction.activation;
            assert!(score.is_finite(), "{score}");
            digest.number(score.to_bits());
        }
        Err(error) => {
            digest.bytes(error.bytes());
        }
    }
    digest.value()
}

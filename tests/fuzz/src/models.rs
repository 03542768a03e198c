//! Weights files and packed models.

use egemaps::catalogue::FEATURE_COUNT;
use undertone::attribution::attribute;
use undertone::model::Model;

use crate::digest::Digest;

/// A weights file.
pub fn weights(bytes: &[u8]) -> u64 {
    of(Model::from_bytes(bytes))
}

/// What all models share, and one model, with a zero byte between that the first one names the place of.
pub fn packed(bytes: &[u8]) -> u64 {
    let Some((place, rest)) = bytes.split_first_chunk::<4>() else { return 0 };
    let (shared, own) = rest.split_at((u32::from_le_bytes(*place) as usize).min(rest.len()));
    of(Model::from_packed(shared, own))
}

fn of(model: Result<Model, undertone::model::ModelError>) -> u64 {
    let mut digest = Digest::default();
    match model {
        Ok(model) => {
            // Weights may be of any size, so what comes out may be infinite; it must come out.
            let features = [0.5; FEATURE_COUNT];
            digest.bytes(format!("{:?}", model.evaluate(&features)).bytes());
            digest.bytes(format!("{:?}", attribute(&model, &features)).bytes());
            let again = model.to_bytes().and_then(|bytes| Model::from_bytes(&bytes));
            assert!(again.is_ok(), "a model that was read is not read again: {:?}", again.err());
        }
        Err(error) => {
            digest.bytes(error.to_string().bytes());
        }
    }
    digest.value()
}

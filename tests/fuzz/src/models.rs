//! Weights files and packed models.

use egemaps::catalogue::FEATURE_COUNT;
use undertone::attribution::attribute;
use undertone::model::Model;

use crate::digest::Digest;

/// A weights file.
pub fn weights(bytes: &[u8]) -> u64 {
    of(Model::from_bytes(bytes))
}

/// Bytes of a checksum in a packed model, and of what its files begin with.
const CHECKSUM: usize = 8;
const KIND: usize = 4;

/// What all models share, and one model; the first four bytes say where that begins. As they are, and with the checksums that they
/// should have: without those hardly any change would get further than a checksum.
pub fn packed(bytes: &[u8]) -> u64 {
    let Some((place, rest)) = bytes.split_first_chunk::<4>() else { return 0 };
    let (shared, own) = rest.split_at((u32::from_le_bytes(*place) as usize).min(rest.len()));
    let as_they_are = of(Model::from_packed(shared, own));
    let (mut shared, mut own) = (shared.to_vec(), own.to_vec());
    let sum = summed(&mut shared);
    if let Some(place) = own.get_mut(KIND..KIND + CHECKSUM) {
        place.copy_from_slice(&sum);
    }
    summed(&mut own);
    as_they_are.rotate_left(1) ^ of(Model::from_packed(&shared, &own))
}

/// Ends a file with its checksum, FNV-1a, and returns that.
fn summed(file: &mut [u8]) -> [u8; CHECKSUM] {
    let Some((content, end)) = file.split_last_chunk_mut::<CHECKSUM>() else { return [0; CHECKSUM] };
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in content {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    *end = sum.to_le_bytes();
    *end
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::seeds;

    #[test]
    fn packed_models_are_also_read_with_the_checksums_that_they_should_have() {
        let mut bytes = seeds::seeds("packed", Path::new("")).unwrap().remove(0);
        let place = 4 + u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
        let read = |bytes: &[u8]| of(Model::from_packed(&bytes[4..place], &bytes[place..]));
        let whole = read(&bytes);
        assert_eq!(packed(&bytes), whole.rotate_left(1) ^ whole);
        // Each of the three sums.
        let last = bytes.len() - 1;
        for at in [place - 1, place + KIND, last] {
            bytes[at] ^= 1;
            let broken = read(&bytes);
            assert_ne!(broken, whole);
            assert_eq!(packed(&bytes), broken.rotate_left(1) ^ whole, "{at}");
        }
    }
}

//! Tests of the reader, on files that are assembled here.

mod adpcm;
mod containers;
mod damaged;
mod lengths;
mod writers;

use super::*;

fn samples(bytes: &[u8]) -> Vec<f32> {
    read(bytes).unwrap().samples
}

//! A file of uncompressed sound that is read in pieces.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::audio::pcm::{Decoder, Header, PcmError};

/// Where the sound lies in a file and how it is stored.
#[wasm_bindgen]
#[derive(Debug)]
pub struct WavFile {
    pub(super) header: Header,
    pub(super) decoder: Decoder,
}

#[wasm_bindgen]
impl WavFile {
    /// Reads the header of a file of `length` bytes from its beginning; undefined if the header goes on after that. Throws the
    /// reader's errors.
    pub fn read(head: &[u8], length: usize) -> Result<Option<WavFile>, JsValue> {
        let Some(header) = Header::parse(head, length as u64)? else { return Ok(None) };
        if let Some(missing_end) = header.missing_end() {
            return Err(PcmError::Truncated(missing_end).into());
        }
        Ok(Some(WavFile { decoder: header.decoder(), header }))
    }

    /// Sampling rate, Hz.
    #[wasm_bindgen(getter, js_name = rateHz)]
    pub fn rate_hz(&self) -> u32 {
        self.header.rate_hz()
    }

    /// Samples of each channel.
    #[wasm_bindgen(getter)]
    pub fn frames(&self) -> usize {
        usize::try_from(self.header.frames()).unwrap_or(usize::MAX)
    }

    /// Where frames from `first` to before `end` lie in the file: their first byte, and the one after their last.
    pub fn place(&self, first: usize, end: usize) -> Vec<u32> {
        let bytes = self.header.bytes(first as u64..end as u64);
        [bytes.start, bytes.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX)).to_vec()
    }
}

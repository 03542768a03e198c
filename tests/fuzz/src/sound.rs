//! Sound files of the readers that page and command line share.

use undertone::audio::resample::to_16k;
use undertone::audio::sound_file::SoundFile;
use undertone::audio::{pcm, sniff};

use crate::digest::Digest;

/// Longer sounds are not resampled: it takes too long.
const MOST_SAMPLES: usize = 20_000;

/// What kind of file the bytes are.
pub fn sniffed(bytes: &[u8]) -> u64 {
    let found = sniff::sniff(bytes);
    if let Some(rate_hz) = found.rate_hz {
        assert!((1_000..=768_000).contains(&rate_hz), "{found:?}");
    }
    let id3 = sniff::id3_bytes(bytes).unwrap_or(0);
    Digest::default().bytes(format!("{found:?}").bytes()).number(id3 as u64).value()
}

/// Uncompressed sound, the whole file at hand.
pub fn pcm(bytes: &[u8]) -> u64 {
    let mut digest = Digest::default();
    match pcm::read(bytes) {
        Ok(sound) => {
            assert!(sound.rate_hz > 0 && sound.channels > 0, "{sound:?}");
            digest.finite("sample", &sound.samples).number(sound.rate_hz.into());
            if sound.samples.len() <= MOST_SAMPLES
                && let Ok(resampled) = to_16k(&sound.samples, sound.rate_hz)
                && sound.samples.iter().all(|v| v.abs() < 1e30)
            {
                digest.finite("resampled", &resampled);
            }
        }
        Err(error) => {
            digest.bytes(error.to_string().bytes());
        }
    }
    digest.value()
}

/// The reader that asks for its bytes, of any file; the head first, as the page hands it over. The first byte says how long that is.
pub fn sound_file(bytes: &[u8]) -> u64 {
    let Some((first, file)) = bytes.split_first() else { return 0 };
    let mut digest = Digest::default();
    let head = (usize::from(*first) * 8).min(file.len());
    let mut samples = Vec::new();
    let result = (|| {
        let mut sound = SoundFile::open(&file[..head], file.len() as u64)?;
        let mut turns = 0;
        loop {
            while sound.next(&mut samples)? {}
            let Some(wanted) = sound.wanted() else {
                assert!(sound.rate_hz() > 0);
                return Ok(());
            };
            assert!(wanted.start < wanted.end, "{wanted:?}");
            let part = file.get(wanted.start as usize..(wanted.end as usize).min(file.len()));
            sound.push(part.unwrap_or_default())?;
            turns += 1;
            assert!(turns <= file.len() + 8, "it asks for ever");
        }
    })();
    let error: Result<(), undertone::audio::sound_file::ReadError> = result;
    if let Err(error) = error {
        digest.bytes(error.code().bytes());
    }
    digest.finite("sample", &samples).value()
}

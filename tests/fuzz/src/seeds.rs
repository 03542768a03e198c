//! What the targets begin with: whole files of every kind that is read, models, tables, sounds.

use std::path::Path;

use undertone::audio::wav;

use crate::mutate::Random;

/// Seeds of a target. `root` is the repository's top level.
///
/// # Errors
/// If the files of the tests or the models cannot be read.
pub fn seeds(target: &str, root: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    Ok(match target {
        "sniff" | "decode" => [sounds(root)?, made()].concat(),
        "pcm" => made(),
        "sound-file" => {
            let flac = std::fs::read(root.join("tests/fixtures/voice.flac"))?;
            let files = made().into_iter().chain([flac, flac_of_zeros()]);
            files.flat_map(|file| [1, 8, 255].map(|head| [&[head], file.as_slice()].concat())).collect()
        }
        "weights" => vec![std::fs::read(root.join("models/metric-act.safetensors"))?],
        "packed" => packed(),
        "segments" => texts(&SEGMENTS),
        "table" => texts(&TABLES),
        "joined-tables" => {
            TABLES.map(|table| [table.as_bytes(), b"\0", TABLES[0].as_bytes()].concat()).to_vec()
        }
        _ => programs(),
    })
}

/// Recorded files of the tests.
fn sounds(root: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(root.join("tests/fixtures"))?.flatten().map(|e| e.path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("voice.")));
    paths.sort();
    paths.iter().map(std::fs::read).collect()
}

/// Short files of the uncompressed kinds.
fn made() -> Vec<Vec<u8>> {
    let samples: Vec<f32> = (0..200).map(|k| ((k % 40) as f32 - 20.0) / 40.0).collect();
    let wave = wav::write_f32(&samples, 16_000);
    let pcm: Vec<u8> = samples.iter().flat_map(|v| ((v * 32_767.0) as i16).to_be_bytes()).collect();
    let mut aiff = b"FORM\0\0\0\0AIFFCOMM\0\0\0\x12\0\x01\0\0\0\xc8\0\x10\x40\x0c\xfa\0\0\0\0\0\0\0SSND\0\0\x01\x98\0\0\0\0\0\0\0\0".to_vec();
    aiff.extend_from_slice(&pcm);
    let mut au = b".snd\0\0\0\x18\0\0\x01\x90\0\0\0\x03\0\0\x3e\x80\0\0\0\x01".to_vec();
    au.extend_from_slice(&pcm);
    let mut caf = b"caff\0\x01\0\0desc\0\0\0\0\0\0\0\x20\x40\xcf\x40\0\0\0\0\0lpcm\0\0\0\0\0\0\0\x02\0\0\0\x01\0\0\0\x01\0\0\0\x10data\0\0\0\0\0\0\x01\x94\0\0\0\0".to_vec();
    caf.extend_from_slice(&pcm);
    // A-law, µ-law, and the two ADPCM: the same header with another format.
    let coded = [6_u16, 7, 2, 0x11].map(|format| {
        let mut file = wave.clone();
        file[20..22].copy_from_slice(&format.to_le_bytes());
        file[32..36].copy_from_slice(&[64, 0, 4, 0]);
        file
    });
    [wave, aiff, au, caf].into_iter().chain(coded).collect()
}

/// A FLAC file of no known length that goes on with zeros in its first frame, beyond where the 192 samples of that would end.
fn flac_of_zeros() -> Vec<u8> {
    let info = b"fLaC\x80\0\0\x22\0\xc0\0\xc0\0\0\0\0\0\0\x03\xe8\0\xf0\0\0\0\0";
    [&info[..], &[0; 16], b"\xff\xf8\x15\x08\0\x40\x10\0", &[0; 4_000]].concat()
}

/// Models as the page gets them.
fn packed() -> Vec<Vec<u8>> {
    use undertone::model::{Model, Objective, built_in, pack};
    let models: Vec<Model> =
        Objective::ALL.into_iter().filter_map(|objective| built_in(objective).ok()).collect();
    let Ok(packed) = pack(&models) else { return Vec::new() };
    let own = packed.own.first().cloned().unwrap_or_default();
    vec![[&(packed.shared.len() as u32).to_le_bytes()[..], &packed.shared, &own].concat()]
}

/// Stretches of sound, as `signal` reads them.
fn programs() -> Vec<Vec<u8>> {
    let mut random = Random::new(7);
    (0..16).map(|k| (0..8 + 4 * k).map(|_| random.below(256) as u8).collect()).collect()
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const SEGMENTS: [&str; 5] = [
    "file,start,end\na.wav,0 days 00:00:00.5,0 days 00:00:01\nb.wav,0.25,\n",
    "0.5\t1.25\tfirst\n2\t3\tsecond\n",
    "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 2\ntiers? <exists>\nsize = 1\nitem []:\n    item [1]:\n        class = \"IntervalTier\"\n        name = \"words\"\n        xmin = 0\n        xmax = 2\n        intervals: size = 2\n        intervals [1]:\n            xmin = 0\n            xmax = 1\n            text = \"one\"\n        intervals [2]:\n            xmin = 1\n            xmax = 2\n            text = \"\"\n",
    "File type = \"ooTextFile\"\n\"TextGrid\"\n0\n2\n<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n2\n1\n0\n2\n\"one\"\n",
    "SPEAKER a 1 0.50 1.25 <NA> <NA> anna <NA> <NA>\n",
];

const TABLES: [&str; 4] = [
    "file,speaker,emotion,activation\na.wav,01,anger,4.5\nb.wav,02,neutral,2\n",
    "file;start;end;activation\n\"a,b.wav\";0,5;1,25;3,5\n",
    "file,F0semitoneFrom27.5Hz_sma3nz_amean,activation\na.wav,30.5,1e308\n",
    "\u{feff}file,activation\r\na.wav,NaN\r\n",
];

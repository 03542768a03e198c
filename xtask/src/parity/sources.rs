//! The sounds that parity is measured on: folders of recordings, or speech and signals made here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{command, run};
use crate::{paths, tools};

/// A set of sounds that one table is made of.
pub struct Set {
    /// Its name in the tables.
    pub name: String,
    /// Its sounds, in order.
    pub sounds: Vec<PathBuf>,
}

/// Sentences for the synthesiser, by voice. Every language of the built-in models' corpora and of the page is there.
const SENTENCES: [(&str, [&str; 3]); 8] = [
    (
        "en-gb",
        [
            "The lamp in the hall is still on.",
            "Why did nobody tell me about the boat?",
            "Seven, eight, nine.",
        ],
    ),
    ("en-us", ["We could leave before the rain starts.", "That is the best news this year!", "Maybe."]),
    ("da", ["Der ligger en avis på bordet.", "Hvorfor kom I ikke allerede i går?", "Det regner igen."]),
    (
        "de",
        ["Der Schlüssel liegt unter der Matte.", "Das darf doch nicht wahr sein!", "Gleich, nach dem Essen."],
    ),
    ("bn", ["আমি কাল সকালে বাজারে যাব।", "তুমি কোথায় থাকো?", "আজ আকাশ পরিষ্কার।"]),
    ("fr-fr", ["Il y a du pain sur la table.", "Tu viens avec nous demain ?", "Quelle belle surprise !"]),
    ("es", ["El tren sale a las ocho.", "¿Dónde está la llave de la casa?", "No lo sé."]),
    ("sv", ["Boken ligger på bordet.", "Kommer du i morgon?", "Det var roligt att höra!"]),
];

/// Speed (words per minute), pitch (0–99), loudness (0–200), voice variant: from drowsy to excited.
const MANNERS: [(&str, &str, &str, &str); 6] = [
    ("175", "50", "100", ""),
    ("120", "25", "60", "+m3"),
    ("230", "75", "150", "+f2"),
    ("150", "90", "100", "+f4"),
    ("200", "10", "180", "+m7"),
    ("140", "55", "30", "+croak"),
];

/// Folders as sets: a folder with sounds is one, a folder of such folders is several.
pub fn folders(folders: &[&str]) -> Result<Vec<Set>> {
    let mut sets = Vec::new();
    for folder in folders {
        let folder = Path::new(folder);
        let before = sets.len();
        add_folder(folder, &mut sets)?;
        for entry in sorted(folder)? {
            if entry.is_dir() {
                add_folder(&entry, &mut sets)?;
            }
        }
        if sets.len() == before {
            bail!("{} holds no WAV or FLAC file", folder.display());
        }
    }
    Ok(sets)
}

fn add_folder(folder: &Path, sets: &mut Vec<Set>) -> Result<()> {
    let is_sound = |file: &PathBuf| {
        let kind = file.extension().unwrap_or_default().to_ascii_lowercase();
        file.is_file() && (kind == "wav" || kind == "flac")
    };
    let sounds: Vec<PathBuf> = sorted(folder)?.into_iter().filter(is_sound).collect();
    if !sounds.is_empty() {
        let name = folder.canonicalize()?.file_name().unwrap_or_default().to_string_lossy().into_owned();
        sets.push(Set { name, sounds });
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path().canonicalize()?)).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Speech by espeak-ng at its own 22.05 kHz, and synthetic signals.
pub fn made(python: &Path, script: &Path) -> Result<Vec<Set>> {
    let folder = paths::target().join("parity/sources");
    let (speech, signals) = (folder.join("speech"), folder.join("signals"));
    for stale in [&speech, &signals] {
        if stale.exists() {
            fs::remove_dir_all(stale)?;
        }
        fs::create_dir_all(stale)?;
    }
    let espeak = tools::espeak()?;
    for (voice, sentences) in SENTENCES {
        for (number, (speed, pitch, loudness, variant)) in MANNERS.iter().enumerate() {
            speak(
                &espeak,
                sentences[number % sentences.len()],
                &[&format!("{voice}{variant}"), speed, pitch, loudness],
                &speech.join(format!("{voice}-{number}.wav")),
            )?;
        }
    }
    run(command(python, &[]).arg(script).arg("signals").arg(&signals))?;
    let set = |name: &str, folder: &Path| -> Result<Set> {
        Ok(Set { name: name.to_owned(), sounds: sorted(folder)? })
    };
    Ok(vec![set("speech", &speech)?, set("signals", &signals)?])
}

/// One sentence to one file; the manner is voice, speed, pitch, loudness.
fn speak(espeak: &Path, sentence: &str, manner: &[&str; 4], file: &Path) -> Result<()> {
    let [voice, speed, pitch, loudness] = manner;
    let mut speak = command(espeak, &["-v", voice, "-s", speed, "-p", pitch, "-a", loudness]);
    let status = speak.arg("-w").arg(file).arg(sentence).status()?;
    if !status.success() || !file.is_file() {
        bail!("espeak-ng does not speak {voice}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_corpora_is_one_set_each() {
        let root = std::env::temp_dir().join(format!("undertone-sets-{}", std::process::id()));
        for (folder, name) in [("b", "2.wav"), ("b", "1.FLAC"), ("a", "x.wav"), ("notes", "read.txt")] {
            fs::create_dir_all(root.join(folder)).unwrap();
            fs::write(root.join(folder).join(name), "").unwrap();
        }
        let sets = folders(&[root.to_str().unwrap()]).unwrap();
        let names: Vec<(String, usize)> =
            sets.iter().map(|set| (set.name.clone(), set.sounds.len())).collect();
        assert_eq!(names, [("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert!(sets[1].sounds[0].ends_with("1.FLAC"));
        assert!(folders(&[root.join("notes").to_str().unwrap()]).is_err());
        fs::remove_dir_all(root).unwrap();
    }
}

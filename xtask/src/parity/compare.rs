//! Compares our tables with openSMILE's, for one set of sounds at one rate.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Lines, Read};
use std::iter::Peekable;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::stats::{Agreement, Frames, agreement};

/// Number of contours in a frame.
const CONTOURS: usize = 25;
/// Columns before the first contour in our table: file, frame, time.
const COLUMNS_BEFORE: usize = 3;

/// One set at one rate.
pub struct Cell {
    /// The set's name.
    pub set: String,
    /// The rate, as asked for.
    pub rate: String,
    /// Sounds compared.
    pub sounds: usize,
    /// Their names, in order.
    pub names: Vec<String>,
    /// Sounds that we gave no row for.
    pub missing: Vec<String>,
    /// Sounds with another number of frames than openSMILE's.
    pub other_length: Vec<String>,
    /// Agreement per functional.
    pub features: Vec<(String, Agreement)>,
    /// Agreement per contour.
    pub contours: Vec<(String, Frames)>,
}

impl Cell {
    /// What does not keep the limits, one sentence each.
    pub fn complaints(&self) -> Vec<String> {
        let here = format!("{} at {}", self.set, self.rate);
        let mut found = Vec::new();
        let mut list = |what: &str, names: &[String]| {
            if let Some(first) = names.first() {
                found.push(format!("{here}: {} sounds {what}, {first} first", names.len()));
            }
        };
        list("without a row of ours", &self.missing);
        list("with another number of frames", &self.other_length);
        for (name, agreement) in &self.features {
            if !agreement.keeps_the_limit() {
                let worst = self.names.get(agreement.worst).map_or("", String::as_str);
                found.push(format!(
                    "{here}: {name} has concordance {:.7}, farthest off in {worst}",
                    agreement.concordance
                ));
            }
            if agreement.ours_not_numbers > 0 {
                found.push(format!("{here}: {name} is no number {} times", agreement.ours_not_numbers));
            }
        }
        for (name, frames) in &self.contours {
            if frames.not_numbers > 0 {
                found.push(format!("{here}: contour {name} is no number in {} frames", frames.not_numbers));
            }
        }
        found
    }

    /// The feature with the lowest concordance.
    pub fn worst_feature(&self) -> Option<&(String, Agreement)> {
        self.features.iter().min_by(|a, b| a.1.concordance.total_cmp(&b.1.concordance))
    }
}

/// The names of the prepared sounds, in order.
pub fn sounds(place: &Path) -> Result<Vec<String>> {
    Ok(index(place)?.into_iter().map(|(name, _)| name).collect())
}

/// Names and openSMILE's numbers of frames.
fn index(place: &Path) -> Result<Vec<(String, usize)>> {
    let text = fs::read_to_string(place.join("index.csv")).context("openSMILE's side wrote no index")?;
    let rows = text.lines().skip(1).map(|row| {
        let columns: Vec<&str> = row.split(',').collect();
        let [name, _, _, frames] = columns[..] else { bail!("index.csv: {row}") };
        Ok((name.to_owned(), frames.parse()?))
    });
    rows.collect()
}

/// Compares the tables in a folder.
pub fn cell(set: &str, rate: &str, place: &Path) -> Result<Cell> {
    let index = index(place)?;
    let opensmile = Table::read(&place.join("functionals.csv"))?;
    let ours = Table::read(&place.join("ours.csv"))?;
    if ours.columns != opensmile.columns {
        bail!("the columns differ from openSMILE's names: {:?}", ours.columns);
    }
    let (mut names, mut missing, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for (name, _) in &index {
        match (ours.rows.get(name), opensmile.rows.get(name)) {
            (Some(a), Some(b)) => {
                names.push(name.clone());
                pairs.push((a, b));
            }
            _ => missing.push(name.clone()),
        }
    }
    let features = opensmile.columns.iter().enumerate().map(|(k, name)| {
        let ours: Vec<f64> = pairs.iter().map(|(a, _)| a[k]).collect();
        let theirs: Vec<f64> = pairs.iter().map(|(_, b)| b[k]).collect();
        (name.clone(), agreement(&ours, &theirs))
    });
    let features = features.collect();
    let mut cell = Cell {
        set: set.to_owned(),
        rate: rate.to_owned(),
        sounds: index.len(),
        names,
        missing,
        other_length: Vec::new(),
        features,
        contours: Vec::new(),
    };
    contours(place, &index, &mut cell)?;
    Ok(cell)
}

/// A table with the sound's name first and a number in every other column.
struct Table {
    columns: Vec<String>,
    rows: HashMap<String, Vec<f64>>,
}

impl Table {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut lines = text.lines();
        let columns: Vec<String> =
            lines.next().unwrap_or_default().split(',').skip(1).map(str::to_owned).collect();
        let mut rows = HashMap::new();
        for line in lines {
            let (name, values) =
                line.split_once(',').with_context(|| format!("{}: {line}", file.display()))?;
            let values: Vec<f64> = values.split(',').map(number).collect();
            if values.len() != columns.len() {
                bail!("{}: {name} has {} values, not {}", file.display(), values.len(), columns.len());
            }
            rows.insert(name.to_owned(), values);
        }
        Ok(Self { columns, rows })
    }
}

/// A number as written; whatever is none counts as "not a number", which the comparison counts.
fn number(text: &str) -> f64 {
    text.trim().parse().unwrap_or(f64::NAN)
}

/// Goes through both contour tables side by side: they can be larger than memory.
fn contours(place: &Path, index: &[(String, usize)], cell: &mut Cell) -> Result<()> {
    let ours = File::open(place.join("ours-contours.csv")).context("our contours were not written")?;
    let mut ours = BufReader::new(ours).lines();
    let header = ours.next().context("our contours are empty")??;
    cell.contours =
        header.split(',').skip(COLUMNS_BEFORE).map(|name| (name.to_owned(), Frames::default())).collect();
    if cell.contours.len() != CONTOURS {
        bail!("our contours have {} columns, not {CONTOURS}", cell.contours.len());
    }
    let mut ours = ours.peekable();
    let mut opensmile = BufReader::new(File::open(place.join("contours.f32"))?);
    for (name, frames) in index {
        let rows = rows_of(&mut ours, name)?;
        if rows.len() != *frames && !cell.missing.contains(name) {
            cell.other_length.push(name.clone());
        }
        for k in 0..*frames {
            let theirs = frame(&mut opensmile)?;
            let Some(row) = rows.get(k) else { continue };
            for ((value, their), (_, frames)) in row.iter().zip(theirs).zip(&mut cell.contours) {
                frames.add(*value, f64::from(their));
            }
        }
    }
    Ok(())
}

/// Our rows of one sound, if it comes next.
fn rows_of(lines: &mut Peekable<Lines<impl BufRead>>, name: &str) -> Result<Vec<Vec<f64>>> {
    let mut rows = Vec::new();
    let of_sound = |line: &std::io::Result<String>| {
        line.as_ref().map_or(true, |line| line.split(',').next() == Some(name))
    };
    while let Some(line) = lines.next_if(of_sound) {
        rows.push(line?.split(',').skip(COLUMNS_BEFORE).map(number).collect());
    }
    Ok(rows)
}

/// openSMILE's next frame.
fn frame(reader: &mut impl Read) -> Result<[f32; CONTOURS]> {
    let mut bytes = [0; CONTOURS * 4];
    match reader.read_exact(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => bail!("openSMILE's contours end early"),
        other => other?,
    }
    let mut values = [0.0; CONTOURS];
    for (value, bytes) in values.iter_mut().zip(bytes.chunks_exact(4)) {
        *value = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sounds of two frames; ours lacks the first, and has a frame too many of the second.
    fn example(folder: &str) -> std::path::PathBuf {
        let place = std::env::temp_dir().join(format!("undertone-{folder}-{}", std::process::id()));
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("index.csv"), "file,samples,rate_hz,frames\na.wav,1,8000,2\nb.wav,1,8000,2\n")
            .unwrap();
        fs::write(place.join("functionals.csv"), "file,x,y\na.wav,1,2\nb.wav,3,4\n").unwrap();
        fs::write(place.join("ours.csv"), "file,x,y\nb.wav,3,nan\n").unwrap();
        let header: Vec<String> = (0..CONTOURS).map(|k| format!("c{k}")).collect();
        let row = |value: f32| vec![value.to_string(); CONTOURS].join(",");
        let text = format!(
            "file,frame,time,{}\nb.wav,0,0.00,{}\nb.wav,1,0.01,{}\nb.wav,2,0.02,{}\n",
            header.join(","),
            row(1.0),
            row(2.1),
            row(3.0)
        );
        fs::write(place.join("ours-contours.csv"), text).unwrap();
        let values = [9.0_f32, 9.0, 1.0, 2.0].map(|value| [value; CONTOURS]).concat();
        fs::write(
            place.join("contours.f32"),
            values.into_iter().flat_map(f32::to_le_bytes).collect::<Vec<_>>(),
        )
        .unwrap();
        place
    }

    #[test]
    fn a_missing_sound_another_length_and_a_nan_are_complained_about() {
        let place = example("cell");
        let cell = cell("set", "8000", &place).unwrap();
        assert_eq!((cell.sounds, cell.missing.as_slice()), (2, ["a.wav".to_owned()].as_slice()));
        assert_eq!(cell.other_length, ["b.wav"]);
        assert_eq!(cell.features[0].1.concordance, 1.0);
        assert_eq!(cell.features[1].1.ours_not_numbers, 1);
        assert_eq!(cell.contours[24].1, Frames { total: 2, close: 1, near: 1, not_numbers: 0 });
        let complaints = cell.complaints().join("\n");
        assert!(complaints.contains("1 sounds without a row of ours, a.wav first"), "{complaints}");
        assert!(complaints.contains("1 sounds with another number of frames, b.wav first"), "{complaints}");
        assert!(complaints.contains("y has concordance 0.0000000"), "{complaints}");
        assert!(complaints.contains("y is no number 1 times"), "{complaints}");
        fs::remove_dir_all(place).unwrap();
    }

    #[test]
    fn other_columns_than_opensmiles_are_an_error() {
        let place = example("columns");
        fs::write(place.join("ours.csv"), "file,y,x\nb.wav,3,4\n").unwrap();
        assert!(cell("set", "8000", &place).is_err());
        fs::remove_dir_all(place).unwrap();
    }
}

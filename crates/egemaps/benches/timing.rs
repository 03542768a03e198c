//! Times of single extractions, for `cargo xtask bench`, which asks this program and others in turn.
//!
//! Lines come in on standard input, their words separated by tabs; each is answered by a line:
//! * `make RATE SECONDS FILE SHARE` writes a WAV file of a synthetic voice, of which SHARE of every second is a voice and the
//!   rest noise, as of a fricative, and a pause; after 60 s it begins anew;
//! * `voiced RATE FILE` answers with the share of frames that are voiced;
//! * `sets` names the instruction sets of this processor;
//! * `time RATE FILE SET` extracts the functionals of a WAV file as `make` writes it, and answers with CPU time and wall
//!   time, s.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use egemaps::{Extractor, InstructionSet};
use test_signals::Voice;

const HEADER_BYTES: usize = 44;

fn main() {
    // `cargo bench` and `cargo test --benches` start every benchmark; this one only serves whoever asks.
    if !std::env::args().any(|word| word == "serve") {
        return;
    }
    let mut last = (String::new(), Vec::new());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let answer = match line.split('\t').collect::<Vec<_>>()[..] {
            ["make", rate_hz, seconds, file, share] => {
                let sound = wav(rate_hz.parse().unwrap(), seconds.parse().unwrap(), share.parse().unwrap());
                std::fs::write(file, sound).unwrap();
                file.to_owned()
            }
            ["voiced", rate_hz, file] => {
                let features = egemaps::extract(&samples(file), rate_hz.parse().unwrap()).unwrap();
                let voiced = features.f0_hz.iter().filter(|f0| **f0 > 0.0).count();
                (voiced as f64 / features.f0_hz.len() as f64).to_string()
            }
            ["sets"] => {
                InstructionSet::available().iter().map(|set| set.name()).collect::<Vec<_>>().join("\t")
            }
            ["time", rate_hz, file, set] => {
                if last.0 != file {
                    last = (file.to_owned(), samples(file));
                }
                time(rate_hz.parse().unwrap(), &last.1, set)
            }
            _ => panic!("{line}"),
        };
        println!("{answer}");
        std::io::stdout().flush().unwrap();
    }
}

fn time(rate_hz: u32, samples: &[f32], set: &str) -> String {
    let set = InstructionSet::available()
        .into_iter()
        .find(|available| available.name() == set)
        .expect("an available set");
    let (cpu, wall) = (cpu_s(), Instant::now());
    let mut extractor = Extractor::with_instructions(rate_hz, set).unwrap().without_llds();
    for piece in samples.chunks(16 * 1024) {
        extractor.push(black_box(piece)).unwrap();
    }
    black_box(extractor.finish().unwrap());
    format!("{}\t{}", cpu_s() - cpu, wall.elapsed().as_secs_f64())
}

/// CPU time of this process, s.
#[cfg(unix)]
fn cpu_s() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

#[cfg(not(unix))]
fn cpu_s() -> f64 {
    f64::NAN
}

/// Of every second, `share` is a voice; of the rest, two thirds are noise and the last third a pause.
fn wav(rate_hz: u32, seconds: f64, share: f64) -> Vec<u8> {
    let of = |voice: Voice| Voice { rate_hz, seconds: seconds.min(60.0), ..voice }.integers();
    let voice = of(Voice::default());
    let noise = of(Voice { level: 0.0, noise: 0.03, ..Voice::default() });
    let pause = of(Voice { level: 0.0, ..Voice::default() });
    let at = |k: usize| {
        let phase = (k as f64 / f64::from(rate_hz)).fract();
        if phase < share {
            voice[k]
        } else if phase < 1.0 - (1.0 - share) / 3.0 {
            noise[k]
        } else {
            pause[k]
        }
    };
    let minute: Vec<i16> = (0..voice.len()).map(at).collect();
    let count = (seconds * f64::from(rate_hz)) as usize;
    let bytes = u32::try_from(2 * count).unwrap();
    let mut file = Vec::with_capacity(HEADER_BYTES + 2 * count);
    file.extend(b"RIFF");
    file.extend((bytes + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend([1, 0, 1, 0]);
    file.extend(rate_hz.to_le_bytes());
    file.extend((2 * rate_hz).to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(minute.iter().cycle().take(count).flat_map(|v| v.to_le_bytes()));
    file
}

fn samples(file: &str) -> Vec<f32> {
    let bytes = std::fs::read(file).unwrap();
    let integers = bytes[HEADER_BYTES..].as_chunks::<2>().0.iter();
    integers.map(|b| f32::from(i16::from_le_bytes(*b)) / 32_768.0).collect()
}

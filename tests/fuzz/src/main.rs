//! `undertone-fuzz TARGET FOLDER`: what a target makes of each file, a line for each: its name and the digest.
//! `undertone-fuzz --seeds TARGET FOLDER`: writes the target's seeds. `undertone-fuzz --targets`: their names and lengths.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::path::Path;

    use undertone_fuzz::{EVERYWHERE, run, seeds, targets};

    let words: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--targets"] => {
            for target in targets() {
                let everywhere = EVERYWHERE.iter().any(|other| other.name == target.name);
                println!(
                    "{} {} {}",
                    target.name,
                    target.longest,
                    if everywhere { "everywhere" } else { "native" }
                );
            }
        }
        ["--seeds", target, folder] => {
            std::fs::create_dir_all(folder)?;
            for (k, seed) in seeds::seeds(target, &root)?.iter().enumerate() {
                std::fs::write(Path::new(folder).join(format!("seed-{k}")), seed)?;
            }
        }
        [target, folder] => {
            let mut files: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
            files.sort();
            for file in files {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                println!("{name} {:016x}", run(target, &std::fs::read(&file)?));
            }
        }
        _ => eprintln!("undertone-fuzz TARGET FOLDER | --seeds TARGET FOLDER | --targets"),
    }
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {}

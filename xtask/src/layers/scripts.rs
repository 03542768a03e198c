//! Which script imports which.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;

use super::Edges;

/// The imports of all scripts in some folders. `pkg/`, which is built, is no file of ours: an import of it is an edge to
/// `pkg` itself.
pub fn edges(root: &Path, folders: &[&str]) -> Result<Edges> {
    let mut edges = Edges::new();
    for folder in folders {
        for file in files(&root.join(folder))? {
            let name = from_top(root, &file);
            let text = fs::read_to_string(&file)?;
            let folder = Path::new(&name).parent().unwrap_or(Path::new("")).to_path_buf();
            let others: BTreeSet<String> =
                imports(&text).iter().map(|other| resolve(&folder, other)).collect();
            edges.insert(name, others);
        }
    }
    Ok(edges)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "js") {
            found.push(path);
        }
    }
    Ok(found)
}

fn from_top(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// The relative addresses that a script imports, types in comments left out.
fn imports(text: &str) -> Vec<String> {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let quoted = |start: &str| -> Vec<String> {
        code.split(start)
            .skip(1)
            .filter_map(|after| {
                let after = after.trim_start().strip_prefix('\'')?;
                let (address, _) = after.split_once('\'')?;
                address.starts_with('.').then(|| address.to_owned())
            })
            .collect()
    };
    ["from ", "import ", "import("].iter().flat_map(|start| quoted(start)).collect()
}

/// An address as seen from the top level.
fn resolve(folder: &Path, address: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in folder.join(address).components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    if parts.first().is_some_and(|first| first == "pkg") { "pkg".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_read_and_types_are_not() {
        let text = "/** @type {import('./no.js').T} */\nimport { a } from './a.js';\nimport {\n  b,\n} from '../b.js';\n\
                    import './c.js';\nconst d = await import('../../pkg/d.js');\nimport e from 'node:fs';\n";
        assert_eq!(imports(text), ["./a.js", "../b.js", "./c.js", "../../pkg/d.js"]);
        assert_eq!(resolve(Path::new("www/x"), "../b.js"), "www/b.js");
        assert_eq!(resolve(Path::new("www/x"), "../../pkg/d.js"), "pkg");
    }
}

//! Reads the table of layers in `docs/architecture.md`.

use anyhow::{Result, bail};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Folder or file, from the repository's top level, without a slash at the end.
    pub path: String,
    /// What it is for.
    pub what: String,
    /// Modules that it may use.
    pub may_use: Vec<String>,
}

/// Head of the table, in any document that has one.
const HEAD: [&str; 3] = ["layer", "what", "may use"];

/// The layers of all tables with this head. Names stand in backticks; a row without one uses nothing of ours.
pub fn read(text: &str) -> Result<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let Some(cells) = cells(line) else {
            inside = false;
            continue;
        };
        match cells.as_slice() {
            [layer, what, may_use] if [layer.as_str(), what, may_use] == HEAD => inside = true,
            [layer, what, may_use] if inside && !layer.starts_with("---") => {
                let [path] = names(layer)
                    .try_into()
                    .map_err(|_| anyhow::anyhow!("no single layer in the row {line}"))?;
                layers.push(Layer { path, what: what.clone(), may_use: names(may_use) });
            }
            _ => {}
        }
    }
    if layers.is_empty() {
        bail!("there is no table | {} |", HEAD.join(" | "));
    }
    let unknown = layers
        .iter()
        .flat_map(|layer| &layer.may_use)
        .find(|name| layers.iter().all(|layer| layer.path != **name));
    if let Some(name) = unknown {
        bail!("the layer `{name}` has no row of its own");
    }
    Ok(layers)
}

/// The cells of a table's line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// Names in backticks, without a slash at their ends.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches('/').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_rows_become_layers() {
        let text = "| other | table |\n|---|---|\n| `no` | layer |\n\n| layer | what | may use |\n|---|---|---|\n\
                    | `src/a/` | first | nothing of ours |\n| `src/b/` | second | `src/a/`, `src/a` |\n\nText `x`.\n";
        let layers = read(text).unwrap();
        assert_eq!(layers.len(), 2);
        assert_eq!((layers[0].path.as_str(), layers[0].may_use.len()), ("src/a", 0));
        assert_eq!(layers[1].may_use, ["src/a", "src/a"]);
    }

    #[test]
    fn a_table_with_an_unknown_layer_is_refused() {
        let text = "| layer | what | may use |\n|---|---|---|\n| `a` | first | `c` |\n";
        assert!(read(text).unwrap_err().to_string().contains("`c`"));
        assert!(read("no table").is_err());
    }
}

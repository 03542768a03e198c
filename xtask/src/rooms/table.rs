//! Reads the table of rooms in `docs/architecture.md`.

use anyhow::{Result, bail};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Folder or file, from the repository's top level, without a slash at the end.
    pub path: String,
    /// What it is for.
    pub what: String,
    /// Rooms that it may use.
    pub may_use: Vec<String>,
}

/// Head of the table, in any document that has one.
const HEAD: [&str; 3] = ["room", "what", "may use"];

/// The rooms of all tables with this head. Names stand in backticks; a row without one uses nothing of ours.
pub fn read(text: &str) -> Result<Vec<Room>> {
    let mut rooms: Vec<Room> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let Some(cells) = cells(line) else {
            inside = false;
            continue;
        };
        match cells.as_slice() {
            [room, what, may_use] if [room.as_str(), what, may_use] == HEAD => inside = true,
            [room, what, may_use] if inside && !room.starts_with("---") => {
                let [path] = names(room)
                    .try_into()
                    .map_err(|_| anyhow::anyhow!("no single room in the row {line}"))?;
                rooms.push(Room { path, what: what.clone(), may_use: names(may_use) });
            }
            _ => {}
        }
    }
    if rooms.is_empty() {
        bail!("there is no table | {} |", HEAD.join(" | "));
    }
    let unknown =
        rooms.iter().flat_map(|room| &room.may_use).find(|name| rooms.iter().all(|room| room.path != **name));
    if let Some(name) = unknown {
        bail!("the room `{name}` has no row of its own");
    }
    Ok(rooms)
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
    fn table_rows_become_rooms() {
        let text = "| other | table |\n|---|---|\n| `no` | room |\n\n| room | what | may use |\n|---|---|---|\n\
                    | `src/a/` | first | nothing of ours |\n| `src/b/` | second | `src/a/`, `src/a` |\n\nText `x`.\n";
        let rooms = read(text).unwrap();
        assert_eq!(rooms.len(), 2);
        assert_eq!((rooms[0].path.as_str(), rooms[0].may_use.len()), ("src/a", 0));
        assert_eq!(rooms[1].may_use, ["src/a", "src/a"]);
    }

    #[test]
    fn table_with_an_unknown_room_is_refused() {
        let text = "| room | what | may use |\n|---|---|---|\n| `a` | first | `c` |\n";
        assert!(read(text).unwrap_err().to_string().contains("`c`"));
        assert!(read("no table").is_err());
    }
}

//! Which Rust file uses which, from the paths that stand in the code.
//!
//! `use` declarations are resolved, re-exports followed, and every other path that begins with `crate`, `self`, `super` or
//! the name of one of our crates counts too, also within macros. Tests do not count: what is behind `#[cfg(test)]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, UseTree};

use super::Edges;

/// A module's path: the crate, then the modules.
type ModulePath = Vec<String>;

/// A path that stands in a module, as written.
struct Mention {
    module: ModulePath,
    path: Vec<String>,
}

/// What the reader knows of all crates.
#[derive(Default)]
struct Sources {
    /// The file of every module; inline modules have that of the module around them.
    files: BTreeMap<ModulePath, String>,
    /// Per module, the names that it re-exports, with the paths behind them as written there.
    exports: BTreeMap<ModulePath, Vec<(String, Vec<String>)>>,
    mentions: Vec<Mention>,
}

/// All edges, and for every file the files of the modules around it.
pub fn edges(root: &Path, crates: &[(&str, &str)]) -> Result<(Edges, Edges)> {
    let mut sources = Sources::default();
    let mut edges = Edges::new();
    let mut families = Edges::new();
    for (name, folder) in crates {
        let folder = root.join(folder);
        let (library, program) = (folder.join("lib.rs"), folder.join("main.rs"));
        if library.is_file() {
            sources.read_file(root, &library, &folder, vec![(*name).to_owned()])?;
        }
        if program.is_file() {
            // Beside a library, the program is a crate of its own that uses the library by its name.
            let own_name = if library.is_file() { format!("{name} (program)") } else { (*name).to_owned() };
            sources.read_file(root, &program, &folder, vec![own_name])?;
        }
    }
    let names: Vec<&str> = crates.iter().map(|(name, _)| *name).collect();
    for (module, file) in &sources.files {
        edges.entry(file.clone()).or_default();
        let around = (1..module.len()).filter_map(|length| sources.files.get(&module[..length])).cloned();
        families.entry(file.clone()).or_default().extend(around.filter(|other| other != file));
    }
    for Mention { module, path } in &sources.mentions {
        let Some(file) = sources.files.get(module) else { continue };
        if let Some(other) = sources.file_behind(&names, module, path)
            && other != file
        {
            edges.entry(file.clone()).or_default().insert(other.clone());
        }
    }
    Ok((edges, families))
}

impl Sources {
    /// Reads a file and the files of its modules. `folder` is where those lie.
    fn read_file(&mut self, root: &Path, file: &Path, folder: &Path, module: ModulePath) -> Result<()> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let syntax = syn::parse_file(&text).with_context(|| format!("cannot parse {}", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        self.read_items(root, &name, folder, &module, &syntax.items)
    }

    fn read_items(
        &mut self,
        root: &Path,
        file: &str,
        folder: &Path,
        module: &ModulePath,
        items: &[Item],
    ) -> Result<()> {
        self.files.entry(module.clone()).or_insert_with(|| file.to_owned());
        for item in items {
            if is_test(item) {
                continue;
            }
            match item {
                Item::Mod(inner) => {
                    let mut path = module.clone();
                    path.push(inner.ident.to_string());
                    let within = folder.join(inner.ident.to_string());
                    match &inner.content {
                        Some((_, items)) => self.read_items(root, file, &within, &path, items)?,
                        None => self.read_file(
                            root,
                            &module_file(folder, &inner.ident.to_string()),
                            &within,
                            path,
                        )?,
                    }
                }
                Item::Use(declaration) => {
                    let mut leaves = Vec::new();
                    use_leaves(&declaration.tree, &mut Vec::new(), &mut leaves);
                    for (name, path) in leaves {
                        let exports = self.exports.entry(module.clone()).or_default();
                        exports.push((name, path.clone()));
                        self.mentions.push(Mention { module: module.clone(), path });
                    }
                }
                other => paths_within(other.to_token_stream(), &mut |path| {
                    self.mentions.push(Mention { module: module.clone(), path });
                }),
            }
        }
        Ok(())
    }

    /// The file in which what a path names is defined; `None` if that is not ours.
    fn file_behind(&self, crates: &[&str], module: &ModulePath, path: &[String]) -> Option<&String> {
        self.resolve(crates, module, path, 0).and_then(|module| self.files.get(&module))
    }

    /// The module in which what a path names is defined.
    fn resolve(
        &self,
        crates: &[&str],
        module: &ModulePath,
        path: &[String],
        depth: usize,
    ) -> Option<ModulePath> {
        // Re-exports that lead back to themselves do not compile; this only bounds the search.
        if depth > 16 {
            return None;
        }
        let (mut at, mut rest): (ModulePath, &[String]) = match path.first()?.as_str() {
            "crate" => (module[..1].to_vec(), &path[1..]),
            "self" => (module.clone(), &path[1..]),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                (module.get(..module.len().checked_sub(ups)?)?.to_vec(), &path[ups..])
            }
            name if crates.contains(&name) && !self.has_child(module, name) => {
                (vec![name.to_owned()], &path[1..])
            }
            name if self.has_child(module, name) => (module.clone(), path),
            _ => return None,
        };
        while let Some((name, after)) = rest.split_first() {
            let mut inner = at.clone();
            inner.push(name.clone());
            if self.files.contains_key(&inner) {
                (at, rest) = (inner, after);
                continue;
            }
            let exported = self.exports.get(&at).into_iter().flatten().find(|(export, _)| export == name);
            return match exported {
                Some((_, behind)) => {
                    let whole: Vec<String> = behind.iter().chain(after).cloned().collect();
                    self.resolve(crates, &at, &whole, depth + 1).or(Some(at))
                }
                None => Some(at),
            };
        }
        Some(at)
    }

    fn has_child(&self, module: &ModulePath, name: &str) -> bool {
        let mut inner = module.clone();
        inner.push(name.to_owned());
        self.files.contains_key(&inner)
    }
}

/// The file of a module that is declared in another one.
fn module_file(folder: &Path, name: &str) -> PathBuf {
    let flat = folder.join(format!("{name}.rs"));
    if flat.is_file() { flat } else { folder.join(name).join("mod.rs") }
}

/// Whether an item is compiled for tests only.
fn is_test(item: &Item) -> bool {
    let attributes = match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        text.starts_with("#[cfg(") && text.contains("test") && !text.contains("not(test") || text == "#[test]"
    })
}

/// The names that a `use` brings in, each with its whole path. A glob brings in the module itself.
fn use_leaves(tree: &UseTree, before: &mut Vec<String>, leaves: &mut Vec<(String, Vec<String>)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            use_leaves(&path.tree, before, leaves);
            before.pop();
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            if name == "self" {
                leaves.push((before.last().cloned().unwrap_or_default(), before.clone()));
            } else {
                leaves.push((name.clone(), before.iter().cloned().chain([name]).collect()));
            }
        }
        UseTree::Rename(rename) => {
            let path = before.iter().cloned().chain([rename.ident.to_string()]).collect();
            leaves.push((rename.rename.to_string(), path));
        }
        UseTree::Glob(_) => leaves.push(("*".to_owned(), before.clone())),
        UseTree::Group(group) => {
            for tree in &group.items {
                use_leaves(tree, before, leaves);
            }
        }
    }
}

/// Calls `found` with every path of two and more names.
fn paths_within(tokens: TokenStream, found: &mut impl FnMut(Vec<String>)) {
    let mut path: Vec<String> = Vec::new();
    let mut colons = 0;
    let mut end = |path: &mut Vec<String>| {
        if path.len() > 1 {
            found(std::mem::take(path));
        }
        path.clear();
    };
    let mut groups = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    end(&mut path);
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                end(&mut path);
                colons = 0;
                groups.push(group.stream());
            }
            _ => {
                end(&mut path);
                colons = 0;
            }
        }
    }
    end(&mut path);
    for group in groups {
        paths_within(group, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges of a made-up crate, `a/mod.rs` and so on.
    fn edges_of(files: &[(&str, &str)]) -> Vec<String> {
        let root = std::env::temp_dir().join(format!(
            "modules-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        for (name, text) in files {
            let file = root.join("src").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let (edges, _) = edges(&root, &[("ours", "src")]).unwrap();
        fs::remove_dir_all(&root).unwrap();
        let pairs =
            edges.iter().flat_map(|(file, others)| others.iter().map(move |other| format!("{file} {other}")));
        pairs.map(|pair| pair.replace("src/", "")).collect()
    }

    #[test]
    fn paths_in_use_in_code_and_in_macros_are_edges() {
        let found = edges_of(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\n"),
            ("a.rs", "use crate::b::Thing;\nfn f() { vec![crate::c::g::<u8>(1)]; }\n"),
            ("b.rs", "pub struct Thing;\n"),
            ("c.rs", "pub fn g<T>(t: T) {}\n"),
        ]);
        assert_eq!(found, ["a.rs b.rs", "a.rs c.rs"]);
    }

    #[test]
    fn a_program_beside_a_library_is_a_crate_of_its_own() {
        let found = edges_of(&[
            ("lib.rs", "pub mod a;\n"),
            ("main.rs", "fn main() { ours::a::run() }\n"),
            ("a.rs", "pub fn run() {}\n"),
        ]);
        assert_eq!(found, ["main.rs a.rs"]);
    }

    #[test]
    fn re_exports_are_followed_and_tests_do_not_count() {
        let found = edges_of(&[
            ("lib.rs", "pub mod a;\npub mod m;\n"),
            (
                "a.rs",
                "use crate::m::{self, Deep as D};\n#[cfg(test)]\nmod tests { use crate::m::other::X; }\n",
            ),
            ("m/mod.rs", "pub mod deep;\npub mod other;\npub use deep::Deep;\n"),
            ("m/deep.rs", "use super::other::X;\npub struct Deep;\n"),
            ("m/other.rs", "pub struct X;\n"),
        ]);
        assert_eq!(found, ["a.rs m/deep.rs", "a.rs m/mod.rs", "m/deep.rs m/other.rs", "m/mod.rs m/deep.rs"]);
    }
}

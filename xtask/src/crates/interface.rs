//! The public interface of a crate, as Rust without bodies, documentation and private parts: a text to check in, so that a change of
//! the interface stands in the diff of a commit.
//!
//! It is read from the sources as they stand: what `pub use` takes out of a private module stands where it is taken to, as in rustdoc; items
//! behind `#[cfg]` stand there with their condition. Of traits that are implemented only the fact is listed. What macros make is not
//! expanded: the call stands there, with what it is given. What a compiler would have to work out (automatic traits, what
//! `impl Trait` hides) is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, Meta, Signature, TraitItem, Type, UseTree, Visibility,
};

/// A module's path: `crate`, then the names.
type ModulePath = Vec<String>;

/// A module as it is declared.
struct Module {
    public: bool,
    attributes: String,
    items: Vec<Item>,
}

/// A name that a `use` brings into a module.
struct Import {
    name: String,
    path: Vec<String>,
}

struct Crate {
    modules: BTreeMap<ModulePath, Module>,
    imports: BTreeMap<ModulePath, Vec<Import>>,
}

/// The interface of the crate whose `lib.rs` lies in a folder, formatted.
pub fn of(folder: &Path) -> Result<String> {
    let mut found = Crate { modules: BTreeMap::new(), imports: BTreeMap::new() };
    let top = vec!["crate".to_owned()];
    found.read(&folder.join("lib.rs"), folder, top.clone(), true, String::new())?;
    let mut text = String::new();
    found.write(&top, &mut text);
    formatted(&text)
}

impl Crate {
    /// Reads a file and those of its modules, which lie in `folder`.
    fn read(
        &mut self,
        file: &Path,
        folder: &Path,
        path: ModulePath,
        public: bool,
        attributes: String,
    ) -> Result<()> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let syntax = syn::parse_file(&text).with_context(|| format!("cannot parse {}", file.display()))?;
        self.take(syntax.items, folder, path, public, attributes)
    }

    fn take(
        &mut self,
        items: Vec<Item>,
        folder: &Path,
        path: ModulePath,
        public: bool,
        attributes: String,
    ) -> Result<()> {
        let mut kept = Vec::new();
        for item in items {
            if is_hidden(attributes_of(&item)) {
                continue;
            }
            match item {
                Item::Mod(mut inner) => {
                    let name = inner.ident.to_string();
                    let (within, path) =
                        (folder.join(&name), [path.as_slice(), std::slice::from_ref(&name)].concat());
                    let (public, attributes) = (is_public(&inner.vis), kept_attributes(&inner.attrs));
                    match inner.content.take() {
                        Some((_, items)) => self.take(items, &within, path, public, attributes)?,
                        None => {
                            let flat = folder.join(format!("{name}.rs"));
                            let file = if flat.is_file() { flat } else { within.join("mod.rs") };
                            self.read(&file, &within, path, public, attributes)?;
                        }
                    }
                    kept.push(Item::Mod(inner));
                }
                Item::Use(item) => {
                    let imports = self.imports.entry(path.clone()).or_default();
                    leaves(&item.tree, &mut Vec::new(), imports);
                    kept.push(Item::Use(item));
                }
                other => kept.push(other),
            }
        }
        self.modules.insert(path, Module { public, attributes, items: kept });
        Ok(())
    }

    /// Whether a module can be named from outside.
    fn is_open(&self, path: &[String]) -> bool {
        (2..=path.len()).all(|length| self.modules.get(&path[..length]).is_some_and(|module| module.public))
    }

    /// Writes a module's public items.
    fn write(&self, path: &[String], text: &mut String) {
        let Some(module) = self.modules.get(path) else { return };
        for item in &module.items {
            match item {
                Item::Mod(inner) if is_public(&inner.vis) => {
                    let within = [path, &[inner.ident.to_string()]].concat();
                    let attributes = self.modules.get(&within).map_or("", |module| &module.attributes);
                    let _ = writeln!(text, "{attributes} pub mod {} {{", inner.ident);
                    self.write(&within, text);
                    text.push_str("}\n");
                }
                Item::Use(item) if is_public(&item.vis) => {
                    let mut imports = Vec::new();
                    leaves(&item.tree, &mut Vec::new(), &mut imports);
                    for import in imports {
                        self.write_import(path, &import, &kept_attributes(&item.attrs), text);
                    }
                }
                other => self.write_item(path, other, None, text),
            }
        }
    }

    /// What a `pub use` takes out of a private module stands here; anything else stays a `pub use`.
    fn write_import(&self, module: &[String], import: &Import, attributes: &str, text: &mut String) {
        let whole = import.path.join("::");
        if import.name == "*" {
            match self.module_named(module, &import.path) {
                Some(behind) if !self.is_open(&behind) => self.write(&behind, text),
                _ => {
                    let _ = writeln!(text, "{attributes} pub use {whole}::*;");
                }
            }
            return;
        }
        match self.item_named(module, &import.path, 0) {
            Some((behind, name)) if !self.is_open(&behind) => {
                let items = self.modules.get(&behind).map_or(&[][..], |module| &module.items);
                for item in items.iter().filter(|item| name_of(item).as_ref() == Some(&name)) {
                    self.write_item(&behind, item, Some(&import.name), text);
                }
            }
            found => {
                let renamed = import.path.last().filter(|name| **name != import.name);
                let name = renamed.map(|_| format!(" as {}", import.name)).unwrap_or_default();
                let _ = writeln!(text, "{attributes} pub use {whole}{name};");
                // Not found, in a module of ours: a macro makes it.
                let within = import.path.split_last().map_or(&[][..], |(_, within)| within);
                if let (None, Some(behind)) = (found, self.module_named(module, within))
                    && !self.is_open(&behind)
                {
                    let items = self.modules.get(&behind).map_or(&[][..], |module| &module.items);
                    for call in items.iter().filter_map(call) {
                        if !text.contains(&call) {
                            *text += &call;
                        }
                    }
                }
            }
        }
    }

    /// Writes one item of a module, if it is public, with what is implemented for it.
    fn write_item(&self, module: &[String], item: &Item, rename: Option<&str>, text: &mut String) {
        let attributes = kept_attributes(attributes_of(item));
        let name = name_of(item).unwrap_or_default();
        let renamed = rename.unwrap_or(&name);
        match item {
            Item::Fn(item) if is_public(&item.vis) => {
                let _ = writeln!(text, "{attributes} pub {};", signature(&item.sig, Some(renamed)));
            }
            Item::Const(item) if is_public(&item.vis) => {
                let _ = writeln!(text, "{attributes} pub const {renamed}: {};", tokens(&item.ty));
            }
            Item::Static(item) if is_public(&item.vis) => {
                let _ = writeln!(text, "{attributes} pub static {renamed}: {};", tokens(&item.ty));
            }
            Item::Type(item) if is_public(&item.vis) => {
                let (generics, ty) = (tokens(&item.generics), tokens(&item.ty));
                let _ = writeln!(text, "{attributes} pub type {renamed} {generics} = {ty};");
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let (before, bounds) = (tokens(&item.generics), tokens(&item.generics.where_clause));
                let _ = match &item.fields {
                    Fields::Named(_) => {
                        writeln!(
                            text,
                            "{attributes} pub struct {renamed} {before} {bounds} {}",
                            fields(&item.fields, false)
                        )
                    }
                    _ => writeln!(
                        text,
                        "{attributes} pub struct {renamed} {before} {} {bounds};",
                        fields(&item.fields, false)
                    ),
                };
                self.write_impls(module, &name, renamed, text);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let _ = writeln!(text, "{attributes} pub enum {renamed} {} {{", tokens(&item.generics));
                for variant in item.variants.iter().filter(|variant| !is_hidden(&variant.attrs)) {
                    let value =
                        variant.discriminant.as_ref().map(|(_, value)| format!(" = {}", tokens(value)));
                    let (name, held) = (&variant.ident, fields(&variant.fields, true));
                    let attributes = kept_attributes(&variant.attrs);
                    let _ = writeln!(text, "{attributes} {name} {held}{},", value.unwrap_or_default());
                }
                text.push_str("}\n");
                self.write_impls(module, &name, renamed, text);
            }
            Item::Trait(item) if is_public(&item.vis) => {
                let _ = write!(text, "{attributes} pub trait {renamed} {}", tokens(&item.generics));
                if !item.supertraits.is_empty() {
                    let _ = write!(text, ": {}", tokens(&item.supertraits));
                }
                let _ = writeln!(text, " {} {{", tokens(&item.generics.where_clause));
                for item in &item.items {
                    let _ = match item {
                        TraitItem::Fn(item) => {
                            let provided = if item.default.is_some() { " // provided" } else { "" };
                            writeln!(text, "{};{provided}", signature(&item.sig, None))
                        }
                        TraitItem::Const(item) => {
                            writeln!(text, "const {}: {};", item.ident, tokens(&item.ty))
                        }
                        TraitItem::Type(item) => writeln!(text, "{}", tokens(item)),
                        _ => Ok(()),
                    };
                }
                text.push_str("}\n");
                self.write_impls(module, &name, renamed, text);
            }
            Item::Macro(_) if call(item).is_some() => text.extend(call(item)),
            Item::Macro(item) if item.attrs.iter().any(|one| one.path().is_ident("macro_export")) => {
                let _ = writeln!(text, "macro_rules! {name} {{ () => {{}}; }}");
            }
            _ => {}
        }
    }

    /// What the crate implements for a type, or for a type of its own by a trait that it defines.
    fn write_impls(&self, module: &[String], name: &str, renamed: &str, text: &mut String) {
        let target = (module.to_vec(), name.to_owned());
        let mut traits = BTreeSet::new();
        for (path, within) in &self.modules {
            for item in &within.items {
                let Item::Impl(item) = item else { continue };
                let Type::Path(ty) = &*item.self_ty else { continue };
                let names: Vec<String> =
                    ty.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                if self.item_named(path, &names, 0).as_ref() != Some(&target) {
                    continue;
                }
                match &item.trait_ {
                    Some((of, _)) => {
                        let (generics, of) = (tokens(&item.generics), tokens(of));
                        let ty = tokens(&item.self_ty).replacen(name, renamed, 1);
                        let attributes = kept_attributes(&item.attrs);
                        traits.insert(format!("{attributes} impl {generics} {of} for {ty} {{}}\n"));
                    }
                    None => inherent(item, renamed, name, text),
                }
            }
        }
        text.extend(traits);
    }

    /// The module that a path names, seen from a module.
    fn module_named(&self, module: &[String], path: &[String]) -> Option<ModulePath> {
        let (mut at, rest) = self.begin(module, path)?;
        for name in rest {
            at.push(name.clone());
            self.modules.get(&at)?;
        }
        Some(at)
    }

    /// Where a path begins: at the top, here, above, or in a module within this one.
    fn begin<'a>(&self, module: &[String], path: &'a [String]) -> Option<(ModulePath, &'a [String])> {
        let ups = path.iter().take_while(|name| *name == "super").count();
        match path.first()?.as_str() {
            "crate" => Some((vec!["crate".to_owned()], &path[1..])),
            "self" => Some((module.to_vec(), &path[1..])),
            "super" => Some((module.get(..module.len().checked_sub(ups)?)?.to_vec(), &path[ups..])),
            _ => Some((module.to_vec(), path)),
        }
    }

    /// The module that an item is defined in, and its name there, for a path seen from a module.
    fn item_named(&self, module: &[String], path: &[String], depth: usize) -> Option<(ModulePath, String)> {
        // Re-exports that lead back to themselves do not compile; this only bounds the search.
        if depth > 16 {
            return None;
        }
        let (mut at, mut rest) = self.begin(module, path)?;
        while let [name, more, ..] = rest {
            let inner = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.modules.contains_key(&inner) {
                (at, rest) = (inner, &rest[1..]);
                continue;
            }
            // A module under another name, or a path that leads out of the crate.
            let import = self.imports.get(&at)?.iter().find(|import| import.name == *name)?;
            let whole = [import.path.as_slice(), std::slice::from_ref(more), &rest[2..]].concat();
            return self.item_named(&at, &whole, depth + 1);
        }
        let name = rest.first()?;
        let within = self.modules.get(&at)?;
        if within.items.iter().any(|item| name_of(item).as_ref() == Some(name)) {
            return Some((at, name.clone()));
        }
        let imports = self.imports.get(&at)?;
        let import = imports.iter().find(|import| import.name == *name);
        match import {
            Some(import) if import.path != path => self.item_named(&at, &import.path, depth + 1),
            _ => imports.iter().filter(|import| import.name == "*").find_map(|import| {
                self.item_named(
                    &at,
                    &[import.path.as_slice(), std::slice::from_ref(name)].concat(),
                    depth + 1,
                )
            }),
        }
    }
}

/// Writes the public items of an inherent implementation.
fn inherent(item: &ItemImpl, renamed: &str, name: &str, text: &mut String) {
    let mut inside = String::new();
    for item in &item.items {
        match item {
            ImplItem::Fn(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                let attributes = kept_attributes(&item.attrs);
                let _ = writeln!(inside, "{attributes} pub {};", signature(&item.sig, None));
            }
            ImplItem::Const(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                let _ = writeln!(inside, "pub const {}: {};", item.ident, tokens(&item.ty));
            }
            _ => {}
        }
    }
    if !inside.is_empty() {
        let ty = tokens(&item.self_ty).replacen(name, renamed, 1);
        let (generics, bounds) = (tokens(&item.generics), tokens(&item.generics.where_clause));
        let attributes = kept_attributes(&item.attrs);
        let _ = writeln!(text, "{attributes} impl {generics} {ty} {bounds} {{\n{inside}}}");
    }
}

/// A macro that is called among the items, with what it is given but the documentation, a line each.
fn call(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else { return None };
    if item.ident.is_some() {
        return None;
    }
    Some(format!("{}! {{\n{}}}\n", tokens(&item.mac.path), given(item.mac.tokens.clone())))
}

/// What a macro is given, without documentation; what commas and semicolons end has a line of its own.
fn given(stream: TokenStream) -> String {
    let mut text = String::new();
    let mut rest = stream.into_iter().peekable();
    while let Some(token) = rest.next() {
        let next = rest.peek().map(ToString::to_string).unwrap_or_default();
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{\n", "}\n"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text += &format!("{open}{}{close}", given(group.stream()));
            }
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if next.replace(' ', "").starts_with("[doc=") {
                    rest.next();
                } else {
                    text.push('#');
                }
            }
            TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => {
                text += &format!("{mark}\n");
            }
            // The first half of `::`, `->` and the like.
            TokenTree::Punct(mark) if mark.spacing() == Spacing::Joint => text.push(mark.as_char()),
            other => text += &format!("{other} "),
        }
    }
    text
}

/// Fields in their brackets; of a struct only the public ones, and that there are others.
fn fields(fields: &Fields, all: bool) -> String {
    let shown = |field: &syn::Field| {
        let public = all || is_public(&field.vis);
        let visibility = if all { "" } else { "pub " };
        match (&field.ident, public) {
            (Some(name), true) => format!("{visibility}{name}: {},\n", tokens(&field.ty)),
            (Some(_), false) => String::new(),
            (None, true) => format!("{visibility}{}, ", tokens(&field.ty)),
            (None, false) => "_, ".to_owned(),
        }
    };
    let inside: String = fields.iter().map(shown).collect();
    match fields {
        Fields::Named(_) => {
            let private = !all && fields.iter().any(|field| !is_public(&field.vis));
            format!("{{\n{inside}{}}}", if private { "// private fields\n" } else { "" })
        }
        Fields::Unnamed(_) => format!("({inside})"),
        Fields::Unit => String::new(),
    }
}

/// A function's head, under another name where it was taken to one.
fn signature(signature: &Signature, renamed: Option<&str>) -> String {
    let mut head = signature.clone();
    if let Some(name) = renamed {
        head.ident = syn::Ident::new(name, head.ident.span());
    }
    tokens(&head)
}

fn tokens(part: &impl ToTokens) -> String {
    part.to_token_stream().to_string()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether something is for tests alone, or kept out of the documentation.
fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = tokens(attribute).replace(' ', "");
        text.starts_with("#[cfg(test)") || text.starts_with("#[cfg(all(test") || text == "#[doc(hidden)]"
    })
}

/// The attributes that a user of the crate notices.
fn kept_attributes(attributes: &[Attribute]) -> String {
    let kept = |attribute: &&Attribute| {
        let name = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "cfg" | "deprecated" | "derive" | "must_use" | "non_exhaustive" | "repr" => true,
            "cfg_attr" => {
                matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().contains("derive"))
            }
            _ => false,
        }
    };
    attributes.iter().filter(kept).map(|attribute| tokens(attribute) + "\n").collect()
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        _ => return None,
    })
}

/// The names that a `use` brings in, each with its whole path.
fn leaves(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<Import>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            leaves(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            let name = before.last().cloned().unwrap_or_default();
            found.push(Import { name, path: before.clone() });
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            found.push(Import { name: name.clone(), path: [before.as_slice(), &[name]].concat() });
        }
        UseTree::Rename(rename) => {
            let path = [before.as_slice(), &[rename.ident.to_string()]].concat();
            found.push(Import { name: rename.rename.to_string(), path });
        }
        UseTree::Glob(_) => found.push(Import { name: "*".to_owned(), path: before.clone() }),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, found);
            }
        }
    }
}

/// The text as rustfmt writes it.
fn formatted(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--config-path"]).arg(crate::paths::root().join("rustfmt.toml"));
    let mut child =
        rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot run rustfmt")?;
    child.stdin.take().context("rustfmt takes no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("rustfmt does not take the interface");
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The interface of a made-up crate, its lines without indentation.
    fn interface(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("interface-{name}-{}", std::process::id()));
        for (name, text) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let text = of(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn what_is_public_is_listed_where_it_can_be_named() {
        let found = interface(
            "public",
            &[
                ("lib.rs", "//! D.\nmod a;\npub mod b;\npub use a::{One as First, Two};\npub use b::free;\n"),
                (
                    "a.rs",
                    "/// D.\n#[derive(Debug)]\npub struct One { pub x: u8, y: u8 }\nimpl One {\n/// D.\n#[must_use]\n\
                     pub fn get(&self) -> u8 { self.y }\nfn own(&self) {}\n}\npub enum Two { A(u8), B { c: u8 } }\n\
                     impl std::fmt::Display for Two { fn fmt(&self) {} }\npub struct Unseen;\n",
                ),
                (
                    "b/mod.rs",
                    "pub fn free<T: Copy>(t: T) -> T where T: Eq { t }\nfn hidden() {}\npub(crate) fn ours() {}\n\
                     #[cfg(test)]\nmod tests {}\n#[cfg(unix)]\npub const N: usize = 3;\n",
                ),
            ],
        );
        assert_eq!(
            found,
            [
                "pub mod b {",
                "pub fn free<T: Copy>(t: T) -> T",
                "where",
                "T: Eq;",
                "#[cfg(unix)]",
                "pub const N: usize;",
                "}",
                "#[derive(Debug)]",
                "pub struct First {",
                "pub x: u8,",
                "// private fields",
                "}",
                "impl First {",
                "#[must_use]",
                "pub fn get(&self) -> u8;",
                "}",
                "pub enum Two {",
                "A(u8),",
                "B { c: u8 },",
                "}",
                "impl std::fmt::Display for Two {}",
                "pub use b::free;",
            ]
        );
    }

    #[test]
    fn traits_and_what_macros_make_are_listed() {
        let found = interface(
            "traits",
            &[
                (
                    "lib.rs",
                    "mod m;\npub use m::Made;\npub trait T: Copy { const N: u8; fn f(&self) -> u8 { 1 } fn g(); }\n",
                ),
                (
                    "m.rs",
                    "macro_rules! make { ($($n:ident,)+) => { pub enum Made { $($n,)+ } } }\nmake! {\n/// D.\nA,\nB,\n}\n",
                ),
            ],
        );
        assert_eq!(
            found,
            [
                "pub use m::Made;",
                "make! {",
                "A ,",
                "B ,",
                "}",
                "pub trait T: Copy {",
                "const N: u8;",
                "fn f(&self) -> u8; // provided",
                "fn g();",
                "}",
            ]
        );
    }
}

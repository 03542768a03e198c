//! Reads `Cargo.lock`, and what `Cargo.toml` says of all crates.

/// The version of a package in a lock file.
pub fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut rows = lock.lines().skip_while(|row| *row != name).skip(1);
    rows.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// What the manifest of the workspace says of all crates under a name, such as `version`.
pub fn of_all_crates(manifest: &str, name: &str) -> Option<String> {
    let (_, package) = manifest.split_once("\n[workspace.package]\n")?;
    let rows = package.lines().take_while(|row| !row.starts_with('['));
    let value = rows.filter_map(|row| row.strip_prefix(name)).find_map(|rest| rest.strip_prefix(" = \""))?;
    Some(value.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_all_crates_stands_in_its_own_table() {
        let manifest = "[package]\nversion = \"0.1.0\"\n\n[workspace.package]\nversion = \"1.2.3\"\nrust-version = \"1.95\"\n\n[x]\nname = \"y\"\n";
        assert_eq!(of_all_crates(manifest, "version").as_deref(), Some("1.2.3"));
        assert_eq!(of_all_crates(manifest, "rust-version").as_deref(), Some("1.95"));
        assert_eq!(of_all_crates(manifest, "name"), None);
        assert_eq!(of_all_crates("[package]\nversion = \"1\"\n", "version"), None);
    }

    #[test]
    fn finds_the_version_of_exactly_the_package_asked_for() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n";
        assert_eq!(locked(lock, "a"), Some("1.0.0"));
        assert_eq!(locked(lock, "a-b"), Some("2.0.0"));
        assert_eq!(locked(lock, "b"), None);
    }
}

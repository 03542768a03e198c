//! Reads `Cargo.lock`.

/// The version of a package in a lock file.
pub fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut rows = lock.lines().skip_while(|row| *row != name).skip(1);
    rows.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_of_exactly_the_package_asked_for() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n";
        assert_eq!(locked(lock, "a"), Some("1.0.0"));
        assert_eq!(locked(lock, "a-b"), Some("2.0.0"));
        assert_eq!(locked(lock, "b"), None);
    }
}

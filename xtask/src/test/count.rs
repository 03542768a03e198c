//! Counting tests from what the runners print.

use std::fmt;
use std::ops::AddAssign;

/// Tests by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Ran and held.
    pub passed: usize,
    /// Ran and did not hold.
    pub failed: usize,
    /// Did not run.
    pub skipped: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// From cargo's `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`, one per test program.
pub fn cargo(text: &str) -> Count {
    let mut count = Count::default();
    for row in text.lines().filter_map(|row| row.strip_prefix("test result: ")) {
        for part in row.split(['.', ';']) {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => count.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => count.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => count.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
    count
}

/// From node's closing lines in TAP: `# pass 3`, `# fail 0`, `# skipped 1`.
pub fn node(text: &str) -> Count {
    let number = |what: &str| {
        let mut found =
            text.lines().filter_map(|row| row.strip_prefix("# ")?.strip_prefix(what)?.trim().parse().ok());
        found.next_back().unwrap_or(0)
    };
    Count {
        passed: number("pass "),
        failed: number("fail ") + number("cancelled "),
        skipped: number("skipped ") + number("todo "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_cargos_programs() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                    test result: FAILED. 7 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(cargo(text), Count { passed: 9, failed: 1, skipped: 3 });
        assert_eq!(cargo("no tests here"), Count::default());
    }

    #[test]
    fn reads_nodes_closing_lines() {
        let text = "TAP version 13\n# Subtest: pass 9\n1..3\n# tests 6\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 12\n";
        assert_eq!(node(text), Count { passed: 3, failed: 2, skipped: 1 });
    }

    #[test]
    fn prints_the_line_that_is_read_as_a_result() {
        assert_eq!(Count { passed: 12, failed: 0, skipped: 0 }.to_string(), "12 passed, 0 failed");
        assert_eq!(Count { passed: 1, failed: 2, skipped: 3 }.to_string(), "1 passed, 2 failed, 3 skipped");
    }
}

//! Versions of libraries, and ranges of them.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A version such as `1.0.2q`, `3.0.13` or `3.5.0-beta1`, in the order in which they appeared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LibraryVersion {
    numbers: Vec<u32>,
    letters: String,
    /// What follows a hyphen; such a version comes before the one without.
    before: Option<String>,
}

/// A text that is no version, or no range of versions.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not {1}")]
pub struct NotAVersion(String, &'static str);

impl FromStr for LibraryVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let wrong = || NotAVersion(text.to_owned(), "a version such as 1.0.2q or 3.0.13");
        let (release, before) = text.split_once('-').map_or((text, None), |(release, before)| (release, Some(before.to_owned())));
        let digits = release.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let numbers: Result<Vec<u32>, _> = digits.split('.').map(str::parse).collect();
        Ok(Self { numbers: numbers.map_err(|_| wrong())?, letters: release[digits.len()..].to_owned(), before })
    }
}

impl Ord for LibraryVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        // letters go a, b, ... z, za, zb
        let letters = |v: &Self| (v.letters.len(), v.letters.clone());
        let numbers = self.numbers.cmp(&other.numbers).then_with(|| letters(self).cmp(&letters(other)));
        numbers.then_with(|| match (&self.before, &other.before) {
            (None, None) => Ordering::Equal,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(two)) => one.cmp(two),
        })
    }
}

impl PartialOrd for LibraryVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Versions from one to another, both included; either end can be open. One version alone is a range as well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Range {
    from: Option<LibraryVersion>,
    to: Option<LibraryVersion>,
    text: String,
}

impl Range {
    /// Whether a version is in it. What is no version is only in the range that is open at both ends.
    #[must_use]
    pub fn contains(&self, version: &str) -> bool {
        match version.parse::<LibraryVersion>() {
            Ok(version) => self.from.as_ref().is_none_or(|from| *from <= version) && self.to.as_ref().is_none_or(|to| version <= *to),
            Err(_) => self.from.is_none() && self.to.is_none(),
        }
    }
}

impl FromStr for Range {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let end = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let (from, to): (Option<LibraryVersion>, _) = (end(from)?, end(to)?);
        match (&from, &to) {
            (None, None) if !text.contains("..") => Err(NotAVersion(text.to_owned(), "a range such as 3.0.0..3.0.13")),
            (Some(first), Some(last)) if last < first => Err(NotAVersion(text.to_owned(), "a range: it ends before it begins")),
            _ => Ok(Self { from, to, text: text.to_owned() }),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::{LibraryVersion, Range};

    #[test]
    fn versions_in_the_order_of_their_release() {
        let ascending =
            ["0.9.8zh", "1.0.2", "1.0.2a", "1.0.2q", "1.0.2za", "1.1.0", "1.1.1g", "1.1.1w", "3.0.0-beta1", "3.0.0", "3.0.13", "3.0.22"];
        let versions: Vec<LibraryVersion> = ascending.iter().map(|text| text.parse().expect("a version")).collect();
        assert!(versions.is_sorted_by(|one, next| one < next));
    }

    #[track_caller]
    fn contains(range: &str, version: &str) -> bool {
        range.parse::<Range>().expect("a range").contains(version)
    }

    #[test]
    fn ranges_include_both_ends() {
        assert!(contains("3.0.0..3.0.13", "3.0.0") && contains("3.0.0..3.0.13", "3.0.13"));
        assert!(!contains("3.0.0..3.0.13", "3.0.14") && !contains("3.0.0..3.0.13", "1.1.1w"));
        assert!(contains("1.1.1..", "3.5.0") && contains("..1.1.1w", "1.0.2q") && contains("3.0.2", "3.0.2"));
        assert!(contains("..", "unversioned") && !contains("3.0.0..", "unversioned"));
    }

    #[test]
    fn what_is_no_range() {
        for text in ["", "three", "3.0.13..3.0.0", "3..x"] {
            assert!(text.parse::<Range>().is_err(), "{text}");
        }
    }
}

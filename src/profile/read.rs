//! Reading `divergences.toml`: whatever is unknown, missing or misspelt is refused with its line.

use std::path::PathBuf;

use serde::Deserialize;
use sessck_model::{Deviation, clauses};
use toml::Spanned;

use super::version::Range;
use super::{Divergence, ProfileError};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    divergence: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    family: String,
    versions: Vec<Spanned<String>>,
    clauses: Vec<Spanned<String>>,
    reason: String,
    source: String,
    witness: Option<PathBuf>,
}

/// The entries of a file of this name.
pub(super) fn divergences(name: &str, text: &str) -> Result<Vec<Divergence>, ProfileError> {
    let malformed = |line, reason| ProfileError::Malformed { file: name.to_owned(), line, reason };
    let line = |at: usize| 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        malformed(line(at), error.message().to_owned())
    })?;
    let wrong = |field: &Spanned<String>, reason: String| malformed(line(field.span().start), reason);
    file.divergence.into_iter().map(|entry| entry.checked(&wrong)).collect()
}

impl Entry {
    fn checked(self, wrong: &dyn Fn(&Spanned<String>, String) -> ProfileError) -> Result<Divergence, ProfileError> {
        let id = &self.id;
        let deviation = by_id(id.as_ref()).ok_or_else(|| wrong(id, format!("there is no deviation `{}`", id.as_ref())))?;
        let versions: Result<Vec<Range>, ProfileError> =
            self.versions.iter().map(|range| range.as_ref().parse().map_err(|error| wrong(range, format!("{error}")))).collect();
        let versions = versions?;
        if versions.is_empty() {
            return Err(wrong(id, format!("`{}` names no versions", id.as_ref())));
        }
        let clause = |name: &Spanned<String>| {
            let clause = clauses::by_id(name.as_ref());
            clause.map(|clause| clause.id).ok_or_else(|| wrong(name, format!("there is no clause `{}`", name.as_ref())))
        };
        let clauses = self.clauses.iter().map(clause).collect::<Result<Vec<&'static str>, ProfileError>>()?;
        Ok(Divergence {
            deviation,
            family: self.family,
            versions,
            clauses,
            reason: self.reason,
            source: self.source,
            witness: self.witness,
        })
    }
}

/// The deviation of this id.
pub(super) fn by_id(id: &str) -> Option<Deviation> {
    Deviation::ALL.iter().copied().find(|deviation| deviation.id() == id)
}

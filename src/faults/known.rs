//! What libraries are known to do wrong when something fails (`traces/faults.toml`).

use std::path::PathBuf;

use serde::Deserialize;

use super::Signature;
use crate::profile::{ProfileError, Range};

/// The list that comes with this program.
const EMBEDDED: &str = include_str!("../../traces/faults.toml");
/// What it is called in messages.
const EMBEDDED_NAME: &str = "traces/faults.toml";

/// One entry of `faults.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownFault {
    /// Its name.
    pub id: String,
    /// Which family of libraries.
    pub family: String,
    /// Which versions of it, at least one range.
    pub versions: Vec<Range>,
    /// What fails or comes between: `allocation`, `byte`, or `remove callback calls flush`.
    pub faults: Vec<String>,
    /// The calls in which it fails.
    pub calls: Vec<String>,
    /// The library's source files in which the allocation is asked for; none for any.
    pub sites: Vec<String>,
    /// What comes of it.
    pub symptoms: Vec<String>,
    /// Why it is taken for a mistake of the library, and not for one of ours.
    pub reason: String,
    /// Where it can be read up, and on what it was seen.
    pub source: String,
    /// A trace that shows it.
    pub witness: Option<PathBuf>,
}

/// All entries.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownFaults(pub Vec<KnownFault>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    family: String,
    versions: Vec<String>,
    faults: Vec<String>,
    calls: Vec<String>,
    #[serde(default)]
    sites: Vec<String>,
    symptoms: Vec<String>,
    reason: String,
    source: String,
    witness: Option<PathBuf>,
}

impl KnownFaults {
    /// The list that comes with this program.
    ///
    /// # Errors
    /// Where the list is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, ProfileError> {
        Self::parse(EMBEDDED_NAME, EMBEDDED)
    }

    fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let malformed = |at: usize, reason: String| {
            let line = 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
            ProfileError::Malformed { file: name.to_owned(), line, reason }
        };
        let file: File =
            toml::from_str(text).map_err(|error| malformed(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let known = |entry: Entry| {
            let Entry { id, family, versions, faults, calls, sites, symptoms, reason, source, witness } = entry;
            let at = text.find(&format!("\"{id}\"")).unwrap_or(0);
            let versions = versions.iter().map(|range| range.parse().map_err(|error| malformed(at, format!("{error}"))));
            let versions = versions.collect::<Result<Vec<Range>, ProfileError>>()?;
            if versions.is_empty() || calls.is_empty() || symptoms.is_empty() {
                return Err(malformed(at, format!("`{id}` names no versions, calls or symptoms")));
            }
            Ok(KnownFault { id, family, versions, faults, calls, sites, symptoms, reason, source, witness })
        };
        file.fault.into_iter().map(known).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// The entry that knows of this finding on this library.
    #[must_use]
    pub fn entry(&self, signature: &Signature, family: &str, version: &str) -> Option<&KnownFault> {
        self.0.iter().find(|entry| entry.knows(signature, family, version))
    }
}

impl KnownFault {
    fn knows(&self, signature: &Signature, family: &str, version: &str) -> bool {
        let Signature { fault, call, site, symptom } = signature;
        let library = self.family == family && self.versions.iter().any(|range| range.contains(version));
        let place = self.faults.contains(fault) && self.calls.iter().any(|known| known == call);
        let site = self.sites.is_empty() || self.sites.contains(site);
        library && place && site && self.symptoms.contains(symptom)
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownFaults, Signature};

    #[test]
    fn the_list_that_comes_along_can_be_read() {
        KnownFaults::embedded().expect("it is well-formed");
    }

    #[test]
    fn an_entry_does_not_hide_another_symptom_site_or_version() {
        let text = r#"
            [[fault]]
            id = "x"
            family = "openssl"
            versions = ["3.0.0..3.0.22"]
            faults = ["allocation"]
            calls = ["SSL_CTX_add_session"]
            sites = ["crypto/lhash/lhash.c"]
            symptoms = ["nothing-left"]
            reason = ""
            source = ""
        "#;
        let known = KnownFaults::parse("here", text).expect("it is well-formed");
        let this = Signature {
            fault: "allocation".to_owned(),
            call: "SSL_CTX_add_session",
            site: "crypto/lhash/lhash.c".to_owned(),
            symptom: "nothing-left".to_owned(),
        };
        assert!(known.entry(&this, "openssl", "3.0.22").is_some());
        assert!(known.entry(&this, "openssl", "3.1.0").is_none());
        assert!(known.entry(&Signature { symptom: "counts-add-up".to_owned(), ..this.clone() }, "openssl", "3.0.22").is_none());
        assert!(known.entry(&Signature { site: "ssl/ssl_sess.c".to_owned(), ..this.clone() }, "openssl", "3.0.22").is_none());
        assert!(known.entry(&Signature { call: "complete", ..this }, "openssl", "3.0.22").is_none());
    }
}

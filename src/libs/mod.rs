//! Which implementations there are: the one that comes with this program, and every libssl of this machine.

mod search;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::adapter::isolate::IsolatedLibrary;
use crate::adapter::native::{self, Native};
use crate::implementation::{Identity, Implementation, Lack, Trouble};

pub use self::search::LIBRARIES_VARIABLE;

/// How long a library may take to say who it is.
const DEADLINE: Duration = Duration::from_secs(20);

/// Where a library is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// In this program.
    Embedded,
    /// In this file, without symbolic links.
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("embedded"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// A library that can be driven.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Library {
    /// Unique on this machine: `native`, `openssl-3.0.22`, or `openssl-3.0.22-2` for another one of that version. Libraries of equal
    /// version are told apart by the order of their paths.
    pub name: String,
    /// `3.0.22`.
    pub version: String,
    /// Where it is.
    pub place: Place,
    /// `native`, `openssl`, `libressl`, `boringssl`, `aws-lc`, `wolfssl`.
    pub family: String,
    /// What it cannot show or do.
    pub lacks: Vec<Lack>,
}

impl Library {
    /// The one that comes with this program.
    #[must_use]
    pub fn embedded() -> Self {
        let identity = native::identity();
        library(identity.name.clone(), Place::Embedded, identity)
    }

    /// Its file; none where it is in this program.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::Embedded => None,
            Place::File(path) => Some(path),
        }
    }

    /// What it is asked for by, in a command that makes it run again.
    #[must_use]
    pub fn asked_by(&self) -> String {
        self.file().map_or_else(|| self.name.clone(), |path| path.display().to_string())
    }

    /// Starts it, shown under its name: what is in a file in a child of this executable.
    ///
    /// # Errors
    /// What the library or the child says, or how that ended.
    pub fn start(&self, child_exe: &Path, deadline: Duration) -> Result<Box<dyn Implementation>, Trouble> {
        match &self.place {
            Place::Embedded => Ok(Box::new(Native::start()?)),
            Place::File(path) => Ok(Box::new(IsolatedLibrary::start(child_exe, path, deadline)?.named(&self.name))),
        }
    }
}

/// A file that is named like a libssl and cannot be driven.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unusable {
    /// The file, without symbolic links.
    pub path: PathBuf,
    /// Why.
    pub reason: Trouble,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The libraries that can be driven: the embedded one first, then those in files, in order of name and of path.
    pub libraries: Vec<Library>,
    /// The others.
    pub unusable: Vec<Unusable>,
}

/// Looks where the dynamic loader looks and in the directories of [`LIBRARIES_VARIABLE`]. Each library is asked who it is in a
/// child process of this executable.
#[must_use]
pub fn discover(child_exe: &Path) -> Found {
    let mut found = Found::default();
    let mut known = Vec::new();
    for path in search::candidates() {
        match identify(child_exe, &path) {
            Ok(identity) => known.push((path, identity)),
            Err(reason) => found.unusable.push(Unusable { path, reason }),
        }
    }
    found.libraries = std::iter::once(Library::embedded()).chain(named(known)).collect();
    found
}

impl Found {
    /// Whether there is any libssl among them.
    #[must_use]
    pub fn has_libssl(&self) -> bool {
        self.libraries.iter().any(|library| library.file().is_some())
    }
}

/// The library of this name among those discovered, or the one at this path.
///
/// # Errors
/// [`Trouble::Unopenable`] for what is neither, else what the library itself makes impossible.
pub fn resolve(child_exe: &Path, name_or_path: &str) -> Result<Library, Trouble> {
    if name_or_path == native::NAME {
        return Ok(Library::embedded());
    }
    let path = Path::new(name_or_path);
    if name_or_path.contains('/') || path.is_file() {
        let unopenable = |error: std::io::Error| Trouble::Unopenable { path: name_or_path.to_owned(), reason: error.to_string() };
        let path = path.canonicalize().map_err(unopenable)?;
        let identity = identify(child_exe, &path)?;
        return Ok(library(identity.name.clone(), Place::File(path), identity));
    }
    let found = discover(child_exe);
    let names: Vec<&str> = found.libraries.iter().map(|library| library.name.as_str()).collect();
    let reason = format!("there are {}", names.join(", "));
    let wanted = found.libraries.into_iter().find(|library| library.name == name_or_path);
    wanted.ok_or_else(|| Trouble::Unopenable { path: name_or_path.to_owned(), reason })
}

fn identify(child_exe: &Path, path: &Path) -> Result<Identity, Trouble> {
    IsolatedLibrary::start(child_exe, path, DEADLINE).map(|library| library.identity().clone())
}

/// Gives names that are unique, in order of path.
fn named(mut known: Vec<(PathBuf, Identity)>) -> Vec<Library> {
    known.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut libraries: Vec<Library> = Vec::new();
    for (path, identity) in known {
        let count = seen.entry(identity.name.clone()).or_default();
        *count += 1;
        let name = if *count == 1 { identity.name.clone() } else { format!("{}-{count}", identity.name) };
        libraries.push(library(name, Place::File(path), identity));
    }
    libraries.sort_by(|one, other| one.name.cmp(&other.name));
    libraries
}

fn library(name: String, place: Place, identity: Identity) -> Library {
    Library { name, version: identity.version, place, family: identity.family, lacks: identity.lacks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_of_equal_version_are_numbered_by_path() {
        let identity = |version: &str| Identity {
            name: format!("openssl-{version}"),
            version: version.to_owned(),
            family: "openssl".to_owned(),
            lacks: Vec::new(),
        };
        let known = vec![
            (PathBuf::from("/b"), identity("3.0.2")),
            (PathBuf::from("/a"), identity("3.0.2")),
            (PathBuf::from("/c"), identity("1.1.1w")),
        ];
        let names: Vec<String> = named(known).into_iter().map(|it| format!("{} {}", it.name, it.place)).collect();
        assert_eq!(names, ["openssl-1.1.1w /c", "openssl-3.0.2 /a", "openssl-3.0.2-2 /b"]);
    }
}

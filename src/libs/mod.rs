//! Which implementations there are: the one that comes with this program, and every libssl of this machine.

mod search;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::adapter::half::Half;
use crate::adapter::isolate::IsolatedLibrary;
use crate::adapter::native::{self, Native};
use crate::adapter::pair::{self, BETWEEN, Pair};
use crate::implementation::{Identity, Implementation, Lack, Trouble};

pub use self::search::LIBRARIES_VARIABLE;

/// How long a library may take to say who it is.
const DEADLINE: Duration = Duration::from_secs(20);

/// Where a library is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// In this program.
    Embedded,
    /// In this program, and wrong in these ways.
    #[cfg(feature = "faults")]
    Faulty(Vec<crate::native::Fault>),
    /// In this file, without symbolic links.
    File(PathBuf),
    /// Two libraries: clients are of the first, servers of the second.
    Pair(Box<Library>, Box<Library>),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("embedded"),
            Self::File(path) => path.display().fmt(f),
            #[cfg(feature = "faults")]
            Self::Faulty(_) => f.write_str("embedded, with faults"),
            Self::Pair(client, server) => write!(f, "{}{BETWEEN}{}", client.place, server.place),
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
            Place::Embedded | Place::Pair(..) => None,
            #[cfg(feature = "faults")]
            Place::Faulty(_) => None,
            Place::File(path) => Some(path),
        }
    }

    /// What it is asked for by, in a command that makes it run again.
    #[must_use]
    pub fn asked_by(&self) -> String {
        match &self.place {
            Place::Embedded => self.name.clone(),
            #[cfg(feature = "faults")]
            Place::Faulty(_) => self.name.clone(),
            Place::File(path) => path.display().to_string(),
            Place::Pair(client, server) => format!("{}{BETWEEN}{}", client.asked_by(), server.asked_by()),
        }
    }

    /// Starts it, shown under its name: what is in a file in a child of this executable.
    ///
    /// # Errors
    /// What the library or the child says, or how that ended.
    pub fn start(&self, child_exe: &Path, deadline: Duration) -> Result<Box<dyn Implementation>, Trouble> {
        match &self.place {
            Place::Embedded => Ok(Box::new(Native::start()?)),
            #[cfg(feature = "faults")]
            Place::Faulty(faults) => Ok(Box::new(Native::start_with(faults)?)),
            Place::File(path) => Ok(Box::new(IsolatedLibrary::start(child_exe, path, deadline)?.named(&self.name))),
            Place::Pair(client, server) => {
                Ok(Box::new(Pair::new(client.start_half(child_exe, deadline)?, server.start_half(child_exe, deadline)?)))
            }
        }
    }

    /// The same as one half of a pair.
    fn start_half(&self, child_exe: &Path, deadline: Duration) -> Result<Box<dyn Half>, Trouble> {
        match &self.place {
            Place::Embedded => Ok(Box::new(Native::start()?)),
            #[cfg(feature = "faults")]
            Place::Faulty(faults) => Ok(Box::new(Native::start_with(faults)?)),
            Place::File(path) => Ok(Box::new(IsolatedLibrary::start(child_exe, path, deadline)?.named(&self.name))),
            Place::Pair(..) => Err(Trouble::Harness(format!("{} is a pair, and not half of one", self.name))),
        }
    }

    /// Clients of this library, servers of another.
    #[must_use]
    pub fn paired(self, server: Self) -> Self {
        let of =
            |it: &Self| Identity { name: it.name.clone(), version: it.version.clone(), family: it.family.clone(), lacks: it.lacks.clone() };
        let identity = pair::identity(&of(&self), &of(&server));
        library(identity.name.clone(), Place::Pair(Box::new(self), Box::new(server)), identity)
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

/// The embedded library with these faults, `evicts-at-size+never-evicts`.
#[cfg(feature = "faults")]
fn faulty(names: &str) -> Result<Library, Trouble> {
    use crate::native::Fault;
    let by_name = |name: &str| {
        let known = || Fault::ALL.iter().map(|fault| fault.id()).collect::<Vec<_>>().join(", ");
        let unknown = || faultless(names, format!("there is no fault `{name}`; there are {}", known()));
        Fault::ALL.iter().copied().find(|fault| fault.id() == name).ok_or_else(unknown)
    };
    let faults: Vec<Fault> = names.split('+').map(by_name).collect::<Result<_, _>>()?;
    let identity = native::identity_with(&faults);
    Ok(library(identity.name.clone(), Place::Faulty(faults), identity))
}

/// A normal build has no faults.
#[cfg(not(feature = "faults"))]
fn faulty(names: &str) -> Result<Library, Trouble> {
    Err(faultless(names, "this build has no faults: `cargo build --release --features faults` makes one that has".to_owned()))
}

fn faultless(names: &str, reason: String) -> Trouble {
    Trouble::Unopenable { path: format!("{}+{names}", native::NAME), reason }
}

/// The library of this name among those discovered, or the one at this path. Two with a colon between them are a pair: clients are of
/// the first, servers of the second. `native+evicts-at-size` is the embedded one with that fault, in a build that has faults.
///
/// # Errors
/// [`Trouble::Unopenable`] for what is neither, else what the library itself makes impossible.
pub fn resolve(child_exe: &Path, name_or_path: &str) -> Result<Library, Trouble> {
    if name_or_path == native::NAME {
        return Ok(Library::embedded());
    }
    if let Some((client, server)) = name_or_path.split_once(BETWEEN).filter(|_| !Path::new(name_or_path).is_file()) {
        return Ok(resolve(child_exe, client)?.paired(resolve(child_exe, server)?));
    }
    if let Some(faults) = name_or_path.strip_prefix(native::NAME).and_then(|rest| rest.strip_prefix('+')) {
        return faulty(faults);
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

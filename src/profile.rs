//! Which departures of which library are known (`traces/divergences.toml`), and profiles by name.

mod read;
mod version;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sessck_model::{Deviation, Profile, Side};

use crate::adapter::pair::BETWEEN;
use crate::implementation::Identity;

pub use self::version::{LibraryVersion, NotAVersion, Range};

/// The list that comes with this program.
const EMBEDDED: &str = include_str!("../traces/divergences.toml");
/// What the embedded list is called in messages.
const EMBEDDED_NAME: &str = "traces/divergences.toml";

/// Before a deviation that only clients have.
const CLIENT: &str = "client:";
/// Before a deviation that only servers have.
const SERVER: &str = "server:";

/// One known departure of a library: an entry of `divergences.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divergence {
    /// How it departs.
    pub deviation: Deviation,
    /// Which family of libraries.
    pub family: String,
    /// Which versions of it, at least one range.
    pub versions: Vec<Range>,
    /// The clauses that it breaks.
    pub clauses: Vec<&'static str>,
    /// Why it is taken for a departure of the library, and not for a mistake of ours.
    pub reason: String,
    /// Where it can be read up.
    pub source: String,
    /// A trace that shows it: `traces/evicts-at-size/..ndjson`.
    pub witness: Option<PathBuf>,
}

impl Divergence {
    /// Whether the entry is about this library.
    #[must_use]
    pub fn concerns(&self, family: &str, version: &str) -> bool {
        self.family == family && self.versions.iter().any(|range| range.contains(version))
    }
}

/// Why there is no such profile, or no list of divergences.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The file cannot be read.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The file does not say what it must.
    #[error("{file}:{line}: {reason}")]
    Malformed {
        /// Which file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// No base of that name.
    #[error(
        "there is no profile `{0}`: say `page`, `auto` or a library such as `openssl-3.0.22`, and `+` with a deviation as often as you like"
    )]
    UnknownProfile(String),
    /// No deviation of that id.
    #[error("there is no deviation `{0}`")]
    UnknownDeviation(String),
}

/// Which profile is asked for: `page`, `auto`, `openssl-3.0.22`, each with `+deviation` as often as wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    base: Base,
    /// With the end that has it, where only one has.
    with: Vec<(Option<Side>, Deviation)>,
    text: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Base {
    Page,
    Auto,
    Library { family: String, version: String },
}

impl Wanted {
    /// The library's own.
    #[must_use]
    pub fn auto() -> Self {
        Self { base: Base::Auto, with: Vec::new(), text: "auto".to_owned() }
    }

    /// What the pages say.
    #[must_use]
    pub fn page() -> Self {
        Self { base: Base::Page, with: Vec::new(), text: "page".to_owned() }
    }

    /// As it was asked for.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl FromStr for Wanted {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        let mut parts = text.split('+');
        let base = match parts.next().unwrap_or_default() {
            "page" => Base::Page,
            "auto" => Base::Auto,
            name => {
                let library = name.rsplit_once('-').filter(|(_, version)| version.parse::<LibraryVersion>().is_ok());
                let (family, version) = library.ok_or_else(|| ProfileError::UnknownProfile(name.to_owned()))?;
                Base::Library { family: family.to_owned(), version: version.to_owned() }
            }
        };
        let deviation = |text: &str| {
            let (end, id) = match (text.strip_prefix(CLIENT), text.strip_prefix(SERVER)) {
                (Some(id), _) => (Some(Side::Client), id),
                (None, Some(id)) => (Some(Side::Server), id),
                (None, None) => (None, text),
            };
            read::by_id(id).map(|deviation| (end, deviation)).ok_or_else(|| ProfileError::UnknownDeviation(text.to_owned()))
        };
        let with = parts.map(deviation).collect::<Result<_, _>>()?;
        Ok(Self { base, with, text: text.to_owned() })
    }
}

/// All known departures.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Profiles {
    /// The entries, in the order of the file.
    pub divergences: Vec<Divergence>,
}

impl Profiles {
    /// The list that comes with this program.
    ///
    /// # Errors
    /// Where the list is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, ProfileError> {
        Self::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// The list in a file.
    ///
    /// # Errors
    /// Where it cannot be read or is malformed.
    pub fn read(path: &Path) -> Result<Self, ProfileError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&file, &text),
            Err(reason) => Err(ProfileError::Unreadable { file, reason }),
        }
    }

    /// The list in this text; `name` is for messages.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        read::divergences(name, text).map(|divergences| Self { divergences })
    }

    /// The libraries that are known to break a clause: family, versions, deviation.
    #[must_use]
    pub fn breaking(&self, clause: &str) -> Vec<String> {
        let entries = self.divergences.iter().filter(|entry| entry.clauses.contains(&clause));
        let text = |entry: &Divergence| {
            let versions: Vec<String> = entry.versions.iter().map(ToString::to_string).collect();
            format!("{} {} ({})", entry.family, versions.join(", "), entry.deviation.id())
        };
        entries.map(text).collect()
    }

    /// The entries about a library, or about either of a pair.
    pub fn concerning<'a>(&'a self, family: &'a str, version: &'a str) -> impl Iterator<Item = &'a Divergence> {
        let ends = [ends(family).0, ends(family).1].into_iter().zip([ends(version).0, ends(version).1]);
        self.divergences.iter().filter(move |entry| ends.clone().any(|(family, version)| entry.concerns(family, version)))
    }

    /// What is known of a library of this family and version. Of a pair (`openssl:native` and `3.0.22:0.1.0`) clients depart as the first
    /// does, and servers as the second.
    #[must_use]
    pub fn for_version(&self, family: &str, version: &str) -> Profile {
        let of = |family: &str, version: &str| self.concerning(family, version).map(|entry| entry.deviation).collect();
        Profile::of_pair(of(ends(family).0, ends(version).0), of(ends(family).1, ends(version).1))
    }

    /// What is known of this implementation.
    #[must_use]
    pub fn for_implementation(&self, identity: &Identity) -> Profile {
        self.for_version(&identity.family, &identity.version)
    }

    /// The profile that is wanted, where an implementation of this family and version is at hand; without one `auto` is `page`.
    #[must_use]
    pub fn wanted(&self, wanted: &Wanted, at_hand: Option<(&str, &str)>) -> Profile {
        let base = match (&wanted.base, at_hand) {
            (Base::Page, _) | (Base::Auto, None) => Profile::PAGE,
            (Base::Auto, Some((family, version))) => self.for_version(family, version),
            (Base::Library { family, version }, _) => self.for_version(family, version),
        };
        wanted.with.iter().fold(base, |profile, (end, deviation)| match end {
            Some(side) => profile.with_at(*side, *deviation),
            None => profile.with(*deviation),
        })
    }
}

/// The parts of a pair's text; what is no pair's is both.
fn ends(text: &str) -> (&str, &str) {
    text.split_once(BETWEEN).unwrap_or((text, text))
}

/// How a profile is written: `page`, or `page+` and its deviations; those of one end alone have its name before them.
#[must_use]
pub fn text(profile: &Profile) -> String {
    let [client, server] = [Side::Client, Side::Server];
    profile.iter().fold("page".to_owned(), |text, deviation| {
        let end = match (profile.has_at(client, deviation), profile.has_at(server, deviation)) {
            (true, false) => CLIENT,
            (false, true) => SERVER,
            (true, true) | (false, false) => "",
        };
        text + "+" + end + deviation.id()
    })
}

#[cfg(test)]
mod tests;

//! What a clause is: one sentence of a page, and a judge that looks at single steps.

use crate::{Deviation, Transition};

/// How binding a sentence is, and on whom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Force {
    /// The library has to.
    Must,
    /// The library ought to.
    Should,
    /// The library is free to, and programs have to live with it.
    May,
    /// The application has to: an obligation.
    Caller,
}

/// Whether the clause is checked, and if not, why not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// Judged in every step.
    Checked,
    /// It cannot be broken in this model, for this reason. A judge still counts where it is met.
    ByConstruction(&'static str),
    /// No black box shows it, for this reason.
    NotObservable(&'static str),
    /// No page says it; it is here for this reason.
    NotSpecified(&'static str),
}

/// Where a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Source {
    /// The page, section 3: `SSL_get_session`.
    pub page: &'static str,
    /// The section of it: `NOTES`.
    pub section: &'static str,
    /// The paragraph of the section, from 1.
    pub paragraph: u8,
}

/// The version of the pages that the catalogue was read from.
pub const PAGES_VERSION: &str = "OpenSSL 3.0.22";

/// One sentence of the pages.
#[derive(Clone, Copy)]
pub struct Clause {
    /// Its name, the same in traces, reports and file names.
    pub id: &'static str,
    /// How binding it is.
    pub force: Force,
    /// Where it stands.
    pub source: Source,
    /// What it says, in our words.
    pub statement: &'static str,
    /// Where the text leaves something open: how it is read here, and why.
    pub reading: Option<&'static str>,
    /// Whether it is checked.
    pub status: Status,
    /// A deviation that breaks it; every checked clause has one.
    pub mutant: Option<Deviation>,
    /// Looks at one step.
    pub judge: fn(&Transition<'_>) -> Judgement,
}

impl std::fmt::Debug for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clause").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a clause says of one step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Judgement {
    /// It is not concerned.
    Silent,
    /// It is concerned, and kept. This is what counts as reached.
    Holds,
    /// It is concerned, and broken.
    Broken,
}

impl Judgement {
    /// `Holds` or `Broken`.
    #[must_use]
    pub fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Broken }
    }

    /// Broken if any is, else held if any is, else silent.
    #[must_use]
    pub fn all(judgements: impl IntoIterator<Item = Self>) -> Self {
        judgements.into_iter().max().unwrap_or(Self::Silent)
    }
}

//! Reports: who broke what, with causes in order; as text, JSON, JUnit and SARIF.

mod build;
mod causes;
pub mod junit;
pub mod sarif;
mod text;
mod words;

use serde_json::{Value, json};
use sessck_model::{Clause, Deviation};

pub(crate) use build::obligation;
pub use build::{misuse, of_run, violation};
pub use text::{colored, plain};

/// What is reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// The library broke a guarantee.
    Violation,
    /// The application broke an obligation.
    Misuse,
    /// The library crashed or hung.
    Crash,
    /// We cannot tell: the harness failed, or the case cannot be run here.
    Inconclusive,
}

impl Kind {
    /// As in reports and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Misuse => "misuse",
            Self::Crash => "crash",
            Self::Inconclusive => "inconclusive",
        }
    }

    /// Who is to blame: `library`, `application` or `sessck`.
    #[must_use]
    pub fn blame(self) -> &'static str {
        match self {
            Self::Violation | Self::Crash => "library",
            Self::Misuse => "application",
            Self::Inconclusive => "sessck",
        }
    }
}

/// One step that led to what is reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause {
    /// Its number, from 1.
    pub step: usize,
    /// The call in C.
    pub text: String,
    /// What it has to do with it: `s0 borrowed here`.
    pub here: String,
}

/// A finding, ready to be told.
#[derive(Clone, Debug)]
pub struct Report {
    /// What it is.
    pub kind: Kind,
    /// The clause that is broken, where one names it.
    pub clause: Option<&'static Clause>,
    /// Other clauses that the same step breaks.
    pub also: Vec<&'static str>,
    /// Who did it: `openssl-3.0.22`, or `the application`.
    pub by: String,
    /// What led to it, in order; the last is the step itself.
    pub causes: Vec<Cause>,
    /// What the model says.
    pub expected: Vec<String>,
    /// What was seen.
    pub observed: Vec<String>,
    /// Single deviations that would explain it.
    pub explained_by: Vec<Deviation>,
    /// The command that shows it again.
    pub reproduce: Option<String>,
}

impl Report {
    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let causes: Vec<Value> = self.causes.iter().map(|c| json!({"step": c.step, "call": c.text, "here": c.here})).collect();
        json!({
            "kind": self.kind.word(),
            "blame": self.kind.blame(),
            "clause": self.clause.map(|clause| clause.id),
            "also": self.also,
            "by": self.by,
            "steps": causes,
            "expected": self.expected,
            "observed": self.observed,
            "explained_by": self.explained_by.iter().map(|deviation| deviation.id()).collect::<Vec<_>>(),
            "reproduce": self.reproduce,
            "text": plain(self),
        })
    }
}

//! What a command answers, and how it fails.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::implementation::Trouble;
use crate::profile::ProfileError;
use crate::report::{junit, sarif};
use crate::trace::TraceError;

/// How a command ends; the numbers stay the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Exit {
    /// Nothing unexplained.
    Clean,
    /// An implementation that was asked for by name is missing.
    Missing,
    /// It cannot be told.
    Inconclusive,
    /// An unexplained violation, a misuse, a leak or a stale entry.
    Findings,
    /// The command line or a file is wrong.
    Usage,
    /// A mistake of ours.
    Internal,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Inconclusive => 3,
            Self::Missing => 4,
            Self::Internal => 70,
        })
    }

    /// In one word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Findings => "findings",
            Self::Usage => "usage",
            Self::Inconclusive => "inconclusive",
            Self::Missing => "missing",
            Self::Internal => "internal",
        }
    }
}

/// Why a command gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for what there is not.
    #[error("{0}")]
    Usage(String),
    /// No such profile, or the list of divergences is malformed.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A trace cannot be read.
    #[error("cannot read {}: {reason}", .path.display())]
    Trace {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: TraceError,
    },
    /// A library cannot be used.
    #[error("cannot use {name}: {reason}")]
    Library {
        /// As it was asked for.
        name: String,
        /// Why.
        reason: Trouble,
    },
    /// A file cannot be written.
    #[error("cannot write to {}: {reason}", .path.display())]
    Write {
        /// Which file or directory.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// A mistake of ours.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Failure {
    /// How the program ends with it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Profile(_) | Self::Write { .. } => Exit::Usage,
            Self::Trace { reason, .. } if reason.wrong.is_inconclusive() => Exit::Inconclusive,
            Self::Trace { .. } => Exit::Usage,
            Self::Library { reason, .. } => match reason {
                Trouble::Unopenable { .. } | Trouble::LacksSymbol { .. } => Exit::Missing,
                Trouble::Crashed(_) | Trouble::Hung(_) => Exit::Findings,
                Trouble::Gone(_) | Trouble::Cannot(_) => Exit::Inconclusive,
                Trouble::Harness(_) => Exit::Internal,
            },
            Self::Internal(_) => Exit::Internal,
        }
    }

    /// As JSON: an object with `error`.
    #[must_use]
    pub fn json(&self) -> Value {
        let kind = match self {
            Self::Usage(_) => "usage",
            Self::Profile(_) => "profile",
            Self::Trace { reason, .. } => reason.wrong.name(),
            Self::Library { reason, .. } => match reason {
                Trouble::Crashed(_) => "crashed",
                Trouble::Hung(_) => "hung",
                Trouble::Gone(_) => "gone",
                Trouble::Unopenable { .. } => "unopenable",
                Trouble::LacksSymbol { .. } => "lacks-symbol",
                Trouble::Cannot(_) => "cannot",
                Trouble::Harness(_) => "harness",
            },
            Self::Write { .. } => "write",
            Self::Internal(_) => "internal",
        };
        json!({"error": {"kind": kind, "message": self.to_string(), "exit": self.exit().word()}})
    }
}

/// An answer in every form.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How the program ends.
    pub exit: Exit,
    /// For people; colours are taken out where they are not wanted.
    pub human: String,
    /// For programs.
    pub json: Value,
    /// For continuous integration, where the command has findings.
    pub findings: Option<Findings>,
    /// As Markdown, where the command writes that.
    pub markdown: Option<String>,
}

/// What continuous integration wants to know.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Everything that was tested.
    pub cases: Vec<junit::Case>,
    /// Everything that is wrong.
    pub entries: Vec<sarif::Entry>,
}

impl Findings {
    /// As JUnit's XML.
    #[must_use]
    pub fn junit(&self) -> String {
        junit::document("sessck", &self.cases)
    }

    /// As SARIF.
    #[must_use]
    pub fn sarif(&self) -> Value {
        sarif::document(&self.entries)
    }

    /// Takes others in.
    pub fn extend(&mut self, other: Self) {
        self.cases.extend(other.cases);
        self.entries.extend(other.entries);
    }
}

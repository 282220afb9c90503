//! What can fail, or come between, in the middle of a call.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Observation;

/// A callback of the session cache.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Callback {
    /// The new-session callback.
    New,
    /// The remove-session callback.
    Remove,
    /// The get-session callback.
    Get,
}

/// What a callback does on its own context, besides answering.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// `SSL_CTX_flush_sessions` at the end of time, so that all are due.
    Flush,
    /// `SSL_CTX_add_session` of the session that it is about.
    Add,
    /// `SSL_CTX_remove_session` of the session that it is about.
    Remove,
    /// `SSL_SESSION_free` of a reference that the application owns to the session that it is about.
    Free,
}

impl Callback {
    /// As in traces.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Remove => "remove",
            Self::Get => "get",
        }
    }
}

impl Act {
    /// As in traces.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Flush => "flush",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Free => "free",
        }
    }
}

/// Something that fails, or comes between, in the middle of one call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallFault {
    /// The allocation of this number, from 1; others succeed.
    Allocation(u32),
    /// The transport at the byte of this number, from 1, of all that the connections of the call read and write; what comes before it
    /// passes, and nothing after it on that connection.
    Byte(u32),
    /// A callback calls back: each time this callback runs in the call it does this besides, save while it is doing so.
    Callback(Callback, Act),
}

impl CallFault {
    /// Whether something fails; otherwise a callback calls back.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Self::Allocation(_) | Self::Byte(_) => true,
            Self::Callback(..) => false,
        }
    }
}

impl fmt::Display for CallFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allocation(number) => write!(f, "allocation {number} fails"),
            Self::Byte(number) => write!(f, "the transport fails at byte {number}"),
            Self::Callback(callback, act) => write!(f, "the {} callback calls {}", callback.word(), act.word()),
        }
    }
}

/// What a child says before the source file in which an allocation failed.
pub const FAILED_IN: &str = "an allocation failed in ";

/// What a call showed in which something was to fail. Whether it came to that stands in the events.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Faulted {
    /// What it showed.
    pub saw: Observation,
    /// How many allocations, or bytes, there were in the call.
    pub passed: u32,
    /// The library's source file in which the allocation that failed was asked for, where it tells.
    pub site: Option<String>,
}

//! What can fail in the middle of a call.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Observation;

/// Something that fails in the middle of one call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallFault {
    /// The allocation of this number, from 1; others succeed.
    Allocation(u32),
    /// The transport at the byte of this number, from 1, of all that the connections of the call read and write; what comes before it
    /// passes, and nothing after it on that connection.
    Byte(u32),
}

impl fmt::Display for CallFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allocation(number) => write!(f, "allocation {number} fails"),
            Self::Byte(number) => write!(f, "the transport fails at byte {number}"),
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

//! What a finding is known by: what failed, in which call, where in the library, and what came of it.

use std::fmt;

use sessck_model::Call;

use crate::implementation::{CallFault, Trouble};
use crate::run::{Ending, Run};
use crate::trace::call::name;

/// What a finding is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Signature {
    /// What failed: `allocation` or `byte`.
    pub fault: &'static str,
    /// The call in which it failed, as in traces.
    pub call: &'static str,
    /// The library's source file in which the allocation was asked for; empty where that is not told.
    pub site: String,
    /// What came of it: the invariants that broke, or `crash in SSL_CTX_free`.
    pub symptom: String,
}

impl Signature {
    /// Of a run that ended badly.
    #[must_use]
    pub fn of(run: &Run, call: &Call, fault: CallFault) -> Option<Self> {
        let symptom = match &run.ending {
            Ending::Agrees => return None,
            Ending::Violation(violation) => violation.also.first().copied().or(violation.clause).unwrap_or("no clause names it").to_owned(),
            Ending::Trouble(call, Trouble::Crashed(_)) => format!("crash in {}", name(call)),
            Ending::Trouble(call, Trouble::Hung(_)) => format!("hang in {}", name(call)),
            Ending::Trouble(_, trouble) => format!("inconclusive: {trouble}"),
            Ending::Unbound(_, why) => format!("inconclusive: {why}"),
        };
        let site = run.faulted.as_ref().and_then(|passed| passed.site.as_deref()).unwrap_or_default();
        // libraries are built in different places of their source tree
        let site = site.trim_start_matches("../").to_owned();
        Some(Self { fault: kind(fault), call: name(call), site, symptom })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, call, site, symptom } = self;
        write!(f, "{fault} in {call}{}{site}: {symptom}", if site.is_empty() { "" } else { ", " })
    }
}

/// What failed, in one word.
pub(super) fn kind(fault: CallFault) -> &'static str {
    match fault {
        CallFault::Allocation(_) => "allocation",
        CallFault::Byte(_) => "byte",
    }
}

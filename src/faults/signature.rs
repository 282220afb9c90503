//! What a finding is known by: what failed, in which call, where in the library, and what came of it.

use std::fmt;

use sessck_model::Call;

use super::Disturbance;
use crate::implementation::{CallFault, FAILED_IN, Trouble};
use crate::run::{BALANCE, Ending, Run};
use crate::trace::call::name;

/// What a finding is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Signature {
    /// What failed: `allocation`, `byte`, or `remove callback calls flush`.
    pub fault: String,
    /// The call in which it failed, as in traces.
    pub call: &'static str,
    /// The library's source file in which the allocation was asked for; empty where that is not told.
    pub site: String,
    /// What came of it: the invariants that broke, or `crash in SSL_CTX_free`.
    pub symptom: String,
}

impl Signature {
    /// Whether the library never came back.
    #[must_use]
    pub fn is_hang(&self) -> bool {
        self.symptom.starts_with("hang ")
    }

    /// Of a run that ended badly.
    #[must_use]
    pub fn of(run: &Run, call: &Call, disturbance: Disturbance) -> Option<Self> {
        let symptom = match &run.ending {
            Ending::Agrees => return None,
            Ending::Violation(violation) => {
                let invariant = violation.also.first().copied().filter(|_| violation.clause == Some(BALANCE));
                invariant.or(violation.clause).unwrap_or("no clause names it").to_owned()
            }
            Ending::Trouble(call, Trouble::Crashed(_)) => format!("crash in {}", name(call)),
            Ending::Trouble(call, Trouble::Hung(_)) => format!("hang in {}", name(call)),
            Ending::Trouble(_, trouble) => format!("inconclusive: {trouble}"),
            Ending::Unbound(_, why) => format!("inconclusive: {why}"),
        };
        let told = run.faulted.as_ref().and_then(|passed| passed.site.as_deref());
        let site = told.or_else(|| last_words(&run.ending)).unwrap_or_default();
        // libraries are built in different places of their source tree
        let site = site.trim_start_matches("../").to_owned();
        Some(Self { fault: kind(disturbance), call: name(call), site, symptom })
    }
}

/// The site that a library told before it crashed in the very call.
fn last_words(ending: &Ending) -> Option<&str> {
    let Ending::Trouble(_, Trouble::Crashed(how)) = ending else { return None };
    how.split_once(FAILED_IN).map(|(_, site)| site)
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, call, site, symptom } = self;
        write!(f, "{fault} in {call}{}{site}: {symptom}", if site.is_empty() { "" } else { ", " })
    }
}

/// What failed, in one word.
pub(super) fn kind(disturbance: Disturbance) -> String {
    match disturbance {
        Disturbance::Failure(CallFault::Allocation(_)) => "allocation".to_owned(),
        Disturbance::Failure(CallFault::Byte(_)) => "byte".to_owned(),
        Disturbance::CallsBack(callback, act) => format!("{} callback calls {}", callback.word(), act.word()),
    }
}

//! One step: a call, and the choices that the pages leave to the library in it.

use crate::{Call, ConnId, CtxId, SessId};

macro_rules! choices {
    ($($(#[$doc:meta])+ $name:ident,)*) => {
        /// What the pages leave to the library in one call. Fields that a call does not ask about stay at their default.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct Choice {
            $($(#[$doc])+ pub $name: bool,)*
        }

        impl Choice {
            /// How to take each choice that is open.
            pub(crate) fn takes(&self) -> impl Iterator<Item = fn(&mut Self)> {
                let all: &[(bool, fn(&mut Self))] = &[$((self.$name, |choice| choice.$name = true),)*];
                smallvec::SmallVec::<[_; 8]>::from_iter(all.iter().filter(|(open, _)| *open).map(|(_, take)| *take)).into_iter()
            }
        }
    };
}

choices! {
    /// A server in TLS 1.3 sends a ticket after a resumption ("never more than one").
    ticket_after_resumption,
    /// Sessions that travel in a stateless TLS 1.3 ticket are also kept in the server's internal cache.
    stateless_stored,
    /// A client takes the TLS 1.3 session that it has just resumed out of use.
    used_session_retired,
    /// The remove callback runs also for a session that is taken out of use without having been in the cache.
    uncached_announced,
    /// A session that a server looked up in its own cache and found expired, or that belongs elsewhere, leaves the cache.
    misfit_dropped,
    /// The end or the failure of the transport counts as a fatal error at once, not only when the connection is freed or cleared.
    end_is_fatal,
    /// A fatal error after this end has shut down leaves the session, closed and good by then, as it is.
    closed_session_spared,
    /// A server whose cache mode does not cover servers still finds what was added by hand.
    looks_while_off,
    /// A server that asks for another ClientHello has looked up what the first one proposed.
    looked_up_before_retry,
    /// A server that never resumes in a renegotiation gives its new session an id where it gives tickets otherwise.
    renegotiated_by_id,
    /// Such a server gives no ticket.
    ticket_withheld,
    /// A client is told the id of a session that the not-resumable callback forbade to resume.
    forbidden_named,
}

/// One step: a call, and how the library used its latitude in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Action {
    /// What was done to the library.
    pub call: Call,
    /// What the library chose.
    pub choice: Choice,
}

impl From<Call> for Action {
    fn from(call: Call) -> Self {
        Self { call, choice: Choice::default() }
    }
}

impl Action {
    /// The same action about other objects, see [`Call::map_names`].
    #[must_use]
    pub fn map_names(self, x: impl Fn(CtxId) -> CtxId, c: impl Fn(ConnId) -> ConnId, s: impl Fn(SessId) -> SessId) -> Self {
        Self { call: self.call.map_names(x, c, s), choice: self.choice }
    }
}

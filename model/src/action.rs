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
    /// `SSL_dup` copies the shutdown state.
    dup_copies_shutdown,
    /// `SSL_copy_session_id` leaves the session as it was.
    copy_without_session,
    /// `SSL_copy_session_id` leaves the session id context as it was.
    copy_without_id_context,
    /// A connection that is moved to another context keeps its session id context.
    switch_keeps_id_context,
    /// Whether a TLS 1.2 server gives an id goes by the cache mode of the context that it was moved to.
    id_by_current_context,
    /// The server-name callback runs although the client sent no name.
    unnamed_asked,
    /// Where a connection was moved to a context without a server-name callback, that of the context it was made from still runs.
    first_context_asked,
    /// Quiet shutdown succeeds before the handshake completed, too.
    quiet_before_open,
    /// SSL_shutdown that finds the peer's close_notify still missing answers 0 once more, not -1.
    waiting_answers_zero,
    /// SSL_shutdown that finds application data unread counts that as a fatal error.
    unread_is_fatal,
    /// Tickets that a server was asked for go out when it next reads, not only when it writes.
    asked_sent_when_reading,
    /// A statistic counts where the page leaves it in doubt.
    doubt_counted,
    /// Statistics count a handshake as good after which a server could not make its tickets, or one that renegotiates.
    good_in_doubt_counted,
    /// What a server does that was moved to another context is counted there, and not at the one that it was made from.
    counted_where_moved,
    /// The contexts of clients on which a handshake completes or a session is established are flushed.
    clients_flushed,
    /// The contexts of servers on which a handshake completes or a session is established are flushed.
    servers_flushed,
    /// A client does not offer a session whose time is still to come.
    future_not_offered,
    /// A timeout below 0 is refused.
    negative_refused,
    /// An encoding keeps the mark of the session, so that what is decoded cannot be resumed either.
    mark_encoded,
    /// A session that was negotiated but has no identity counts as not valid, and has no encoding.
    nameless_invalid,
    /// Two sessions without an identity have the same one: the later replaces the earlier in a cache.
    nameless_alike,
    /// A handshake in which the application gave the server a session that is not the one proposed fails.
    stranger_fatal,
    /// A server that asks for another ClientHello has looked up what the first one proposed.
    looked_up_before_retry,
    /// A server that never resumes in a renegotiation gives its new session an id where it gives tickets otherwise.
    renegotiated_by_id,
    /// Such a server gives no ticket.
    ticket_withheld,
    /// Whatever a server-name callback does, the start of a handshake counts where the server was before.
    counted_before_name,
    /// A renegotiation that begins counts as a handshake that begins.
    renegotiation_counted,
    /// A client is told the id of a session that the not-resumable callback forbade to resume.
    forbidden_named,
    /// A TLS 1.3 server lets the session of its last handshake go before it looks for what is proposed.
    kept_let_go,
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

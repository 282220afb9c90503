//! Switchable faults: departures from the pages, for trying out whoever checks this library. A normal build has none of them.

use super::connection::Connection;
use super::session::Session;
use super::settings::Version;

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)*) => {
        /// One way to be wrong.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[cfg_attr(not(feature = "faults"), expect(unreachable_pub, reason = "with the feature it is reachable"))]
        pub enum Fault {
            $($(#[doc = $doc])+ $name,)*
        }

        #[cfg(feature = "faults")]
        impl Fault {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }
        }
    };
}

faults! {
    /// The cache makes room before it is full: it stays below its size, unless that is 1.
    EvictsAtSize = "evicts-at-size",
    /// Nothing is dropped for size.
    NeverEvicts = "never-evicts",
    /// The remove callback does not run for a session that another of the same identity displaces.
    DisplacedSilently = "displaced-silently",
    /// The remove callback does not run for sessions that a flush takes out.
    FlushedSilently = "flushed-silently",
    /// A flush takes out every session.
    FlushTakesAll = "flush-takes-all",
    /// A flush takes out one expired session at the most.
    FlushStopsEarly = "flush-stops-early",
    /// Removing does not mark.
    RemoveDoesNotMark = "remove-does-not-mark",
    /// A session that the new-session callback refused stays in the internal cache.
    RefusedStaysCached = "refused-stays-cached",
    /// Freeing a context does not run the remove callback.
    ContextFreeSilent = "context-free-silent",
    /// An unclean end leaves the session in the cache.
    UncleanStaysCached = "unclean-stays-cached",
    /// An unclean end does not mark the session.
    UncleanNotMarked = "unclean-not-marked",
    /// An unclean end leaves the sessions alone that the connection established before its current one.
    UncleanSparesEarlier = "unclean-spares-earlier",
    /// A server stores although it was told not to.
    StoreIgnoresFlag = "store-ignores-flag",
    /// `SSL_set_shutdown` only adds.
    SetShutdownOnlyAdds = "set-shutdown-only-adds",
    /// Nothing is counted.
    StatisticsStandStill = "statistics-stand-still",
    /// An end is clean only where the peer's close_notify came, too.
    SentNeedsReceived = "sent-needs-received",
    /// The peer's close_notify makes the end clean.
    ReceivedIsEnough = "received-is-enough",
    /// An end that counts as the peer's close takes back that this end has shut down.
    IgnoredEndClearsSent = "ignored-end-clears-sent",
    /// The new-session callback runs for the first session of a connection only.
    NewCallbackOnce = "new-callback-once",
    /// The get callback is asked only where the cache mode covers servers.
    GetCallbackOnlyWhileCaching = "get-callback-only-while-caching",
    /// The sessions of a context whose timeout is below 0 have a timeout of 0.
    NegativeTimeoutIsZero = "negative-timeout-is-zero",
    /// A server resumes expired sessions.
    ServerIgnoresExpiry = "server-ignores-expiry",
    /// Session id contexts are not compared.
    SidCtxIgnored = "sid-ctx-ignored",
    /// A proposal that cannot be resumed is a fatal error.
    MisfitIsFatal = "misfit-is-fatal",
    /// Anti-replay leaves the session in the cache.
    AntiReplayKeeps = "anti-replay-keeps",
    /// A ticket's new session inherits the mark of the one it was made from.
    TicketInheritsMark = "ticket-inherits-mark",
    /// After a resumption as many tickets are sent as after a full handshake.
    ResumptionSendsAll = "resumption-sends-all",
    /// A stateless ticket for a session whose timeout is 0 is a fatal error.
    TimelessTicketFatal = "timeless-ticket-fatal",
    /// Where the decrypt callback aborts a TLS 1.3 handshake the session that was in the ticket is never given back.
    TicketAbortLeaks = "ticket-abort-leaks",
}

impl Connection {
    /// Whether it is to be wrong in this way.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.home.cache().has(fault)
    }

    /// The timeout that a new session has.
    pub(super) fn given_timeout(&self) -> i64 {
        let timeout_s = self.home.timeout();
        if self.has(Fault::NegativeTimeoutIsZero) { timeout_s.max(0) } else { timeout_s }
    }

    /// The decrypt callback aborts: what was opened is not needed any more.
    pub(super) fn forget_aborted(&self, opened: Option<Session>) {
        if self.version() == Version::Tls13 && self.has(Fault::TicketAbortLeaks) {
            std::mem::forget(opened);
        }
    }
}

/// The faults of a context. Without the feature there are none, and asking costs nothing.
#[derive(Debug, Default)]
pub(super) struct Faults {
    #[cfg(feature = "faults")]
    on: std::sync::atomic::AtomicU64,
}

impl Faults {
    /// Whether this one is switched on.
    #[cfg(feature = "faults")]
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.on.load(std::sync::atomic::Ordering::Relaxed) & (1 << fault as u64) != 0
    }

    /// Whether this one is switched on: never.
    #[cfg(not(feature = "faults"))]
    #[expect(clippy::unused_self, reason = "with the feature it looks")]
    pub(super) const fn has(&self, _fault: Fault) -> bool {
        false
    }

    #[cfg(feature = "faults")]
    pub(super) fn switch_on(&self, fault: Fault) {
        self.on.fetch_or(1 << fault as u64, std::sync::atomic::Ordering::Relaxed);
    }
}

#[cfg(not(feature = "faults"))]
const _: () = assert!(size_of::<Faults>() == 0, "a normal build has none");

//! The register of every way to depart from the pages: each is one named branch of one operation.
//!
//! Operations read deviations, clauses never do. Real libraries' departures, mutants for our own tests and the switchable
//! faults of our own implementation stand side by side.

macro_rules! deviations {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)*) => {
        /// One way to depart from the pages.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Deviation {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Deviation {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in profiles, `divergences.toml` and reports.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// What it does, in one sentence.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+),)*
                }
            }
        }
    };
}

deviations! {
    // getters
    /// The getters answer NULL once this end has shut down.
    GettersForgetAfterShutdown = "getters-forget-after-shutdown",
    /// get0 counts a reference.
    Get0Counts = "get0-counts",
    /// get1 does not count a reference.
    Get1DoesNotCount = "get1-does-not-count",
    /// The getters make a session where there is none.
    EmptyGetterMakesSession = "empty-getter-makes-session",
    /// A TLS 1.3 client has no session object before the first ticket.
    NoEarlyObject = "no-early-object",
    /// The object that a TLS 1.3 client has before its first ticket can be resumed.
    EarlyObjectResumable = "early-object-resumable",
    /// A TLS 1.3 client's getters stay with the first ticket.
    ClientKeepsFirstTicket = "client-keeps-first-ticket",
    /// A TLS 1.3 server's getters stay with the first ticket.
    ServerKeepsFirstTicket = "server-keeps-first-ticket",
    /// After a TLS 1.2 handshake the client's session has no identity.
    Tls12SessionWithoutIdentity = "tls12-session-without-identity",

    // callbacks
    /// The new-session callback runs at the end of a TLS 1.3 client's handshake, before any ticket.
    NewCallbackEarly = "new-callback-early",
    /// The new-session callback runs for the first session of a connection only.
    NewCallbackOnce = "new-callback-once",
    /// The new-session callback runs whatever the cache mode.
    NewCallbackInAnyMode = "new-callback-in-any-mode",
    /// The new-session callback is given no reference.
    NewCallbackWithoutReference = "new-callback-without-reference",
    /// A session that the new-session callback refused stays in the internal cache.
    RefusedStaysCached = "refused-stays-cached",
    /// The remove callback does not run for a session that another of the same identity displaces.
    DisplacedSilently = "displaced-silently",
    /// The remove callback does not run for sessions that a flush takes out.
    FlushedSilently = "flushed-silently",
    /// The remove callback runs after the cache's reference was given back.
    RemoveCallbackAfterRelease = "remove-callback-after-release",
    /// The get callback is asked only where the cache mode covers servers.
    GetCallbackOnlyWhileCaching = "get-callback-only-while-caching",
    /// The get callback is never asked.
    GetCallbackNeverAsked = "get-callback-never-asked",
    /// The get callback is asked before the internal cache.
    GetCallbackFirst = "get-callback-first",
    /// The library takes no reference where the get callback wrote 1 to copy or nothing.
    GetCallbackNotCopied = "get-callback-not-copied",

    // cache
    /// The preset cache mode is off.
    PresetModeOff = "preset-mode-off",
    /// The preset cache size is no limit.
    PresetSizeUnlimited = "preset-size-unlimited",
    /// The preset timeout is 7200 seconds.
    PresetTimeoutTwoHours = "preset-timeout-two-hours",
    /// Sessions are stored although the mode is off.
    OffStillStores = "off-still-stores",
    /// What the get callback finds is copied into the cache although the mode is off.
    OffCopiesFound = "off-copies-found",
    /// Client sessions are not stored.
    ClientNeverStores = "client-never-stores",
    /// A client without a session proposes one from its cache.
    ClientPicksFromCache = "client-picks-from-cache",
    /// What is added to one context is linked in the oldest context of that side.
    CacheShared = "cache-shared",
    /// A server looks inside although it was told not to.
    LookupIgnoresFlag = "lookup-ignores-flag",
    /// A server stores although it was told not to.
    StoreIgnoresFlag = "store-ignores-flag",
    /// The cache makes room before it is full: it stays below its size, unless that is 1.
    EvictsAtSize = "evicts-at-size",
    /// What expires first is dropped first, whenever it was added.
    EvictsByExpiry = "evicts-by-expiry",
    /// The latest addition but one is dropped first.
    EvictsFromFront = "evicts-from-front",
    /// Nothing is dropped for size.
    NeverEvicts = "never-evicts",
    /// A cached session that lost its identity is neither removed nor dropped for size, and what comes after it is not dropped either.
    RemovalNeedsIdentity = "removal-needs-identity",
    /// Adding does not count a reference.
    AddDoesNotCount = "add-does-not-count",
    /// Adding the same object again counts once more.
    AddAgainCounts = "add-again-counts",
    /// Adding the same object again moves it to the front.
    AddAgainMovesUp = "add-again-moves-up",
    /// A displaced session's reference is not given back.
    DisplacedKeepsReference = "displaced-keeps-reference",
    /// A session of the same identity is added beside the old one.
    SameIdentityTwice = "same-identity-twice",
    /// Removing does not give the reference back.
    RemoveKeepsReference = "remove-keeps-reference",
    /// Removing does not mark.
    RemoveDoesNotMark = "remove-does-not-mark",
    /// Removing one object takes out another of the same identity.
    RemoveTakesTwin = "remove-takes-twin",
    /// A flush takes out one expired session at the most.
    FlushStopsEarly = "flush-stops-early",
    /// A flush takes out every session.
    FlushTakesAll = "flush-takes-all",
    /// A flush gives back one reference too many of a session that a connection uses.
    FlushFreesUsed = "flush-frees-used",
    /// sess_number answers 0 where storing is switched off.
    NumberOnlyOfStored = "number-only-of-stored",
    /// Freeing a context does not run the remove callback.
    ContextFreeSilent = "context-free-silent",
    /// Freeing a context does not give the cache's references back.
    ContextFreeKeepsReferences = "context-free-keeps-references",
    /// Freeing the application's last reference frees the context although connections live.
    ContextFreeImmediate = "context-free-immediate",

    // time
    /// A context's new timeout is also given to the sessions in its cache.
    TimeoutRetroactive = "timeout-retroactive",
    /// A server resumes expired sessions.
    ServerIgnoresExpiry = "server-ignores-expiry",
    /// A client proposes its session although that is expired, and resumes it if the server agrees.
    ClientIgnoresExpiry = "client-ignores-expiry",

    // sessions
    /// A new session has two references.
    NewSessionCountsTwice = "new-session-counts-twice",
    /// up_ref does not count.
    UpRefDoesNotCount = "up-ref-does-not-count",
    /// Freeing a session does not lower its count.
    FreeKeepsReference = "free-keeps-reference",
    /// A duplicate is linked where the original is.
    DupIsLinked = "dup-is-linked",
    /// A duplicate believes that the original's cache owns it.
    DupKeepsOwner = "dup-keeps-owner",
    /// Decoding gives a session with two references.
    DecodedCountsTwice = "decoded-counts-twice",
    /// is_resumable does not ask for the mark.
    ResumableIgnoresMark = "resumable-ignores-mark",
    /// A client proposes a session that is marked.
    ClientOffersMarked = "client-offers-marked",

    // attaching
    /// set_session does not count.
    SetSessionDoesNotCount = "set-session-does-not-count",
    /// set_session does not give the session before back.
    SetSessionKeepsOld = "set-session-keeps-old",
    /// set_session leaves the session of an open connection alone.
    SetSessionSparesOpen = "set-session-spares-open",
    /// A proposed session that is not resumed is not given back.
    DeclinedKeepsReference = "declined-keeps-reference",
    /// A client says reused wherever it proposed.
    ReusedWhereProposed = "reused-where-proposed",
    /// Session id contexts are not compared.
    SidCtxIgnored = "sid-ctx-ignored",
    /// A client fails fatally where it resumes a session that was made in another session id context of its own.
    ClientSidCtxFatal = "client-sid-ctx-fatal",
    /// A proposal that cannot be resumed is a fatal error.
    MisfitIsFatal = "misfit-is-fatal",
    /// A failed handshake keeps a reference to the session.
    FailureKeepsReference = "failure-keeps-reference",

    // ending
    /// An unclean end leaves the session in the cache.
    UncleanStaysCached = "unclean-stays-cached",
    /// An unclean end does not mark the session.
    UncleanNotMarked = "unclean-not-marked",
    /// Freeing a connection in mid-handshake costs its session.
    UncleanInHandshake = "unclean-in-handshake",
    /// Clearing leaves a connection as it was.
    ClearKeepsPhase = "clear-keeps-phase",
    /// A TLS 1.3 server that is cleared and used again takes its old session for resumed; the handshake fails.
    ClearedServerStuck = "cleared-server-stuck",
    /// Clearing an open connection leaves its session alone.
    ClearSparesOpen = "clear-spares-open",
    /// Clearing drops the session of a connection that was closed cleanly.
    ClearDropsClosed = "clear-drops-closed",
    /// Freeing a connection does not give its session back.
    ConnectionFreeKeepsReference = "connection-free-keeps-reference",
    /// Shutting down does not set the sent state where the alert cannot be sent.
    ShutdownNeedsDelivery = "shutdown-needs-delivery",
    /// An end is clean only where the peer's close_notify came, too.
    SentNeedsReceived = "sent-needs-received",
    /// Reading clears the sent state.
    ReadClearsSent = "read-clears-sent",
    /// The peer's close_notify makes the end clean.
    ReceivedIsEnough = "received-is-enough",
    /// set_shutdown only adds.
    SetShutdownOnlyAdds = "set-shutdown-only-adds",
    /// The transport's end counts as a clean end.
    EndIsClean = "end-is-clean",

    // tickets
    /// One ticket is sent after a full handshake where two are preset.
    PresetOneTicket = "preset-one-ticket",
    /// After a resumption as many tickets are sent as after a full handshake.
    ResumptionSendsAll = "resumption-sends-all",
    /// NO_TICKET is ignored.
    NoTicketIgnored = "no-ticket-ignored",
    /// Tickets are stateless although early data is allowed.
    EarlyDataStateless = "early-data-stateless",
    /// Anti-replay leaves the session in the cache.
    AntiReplayKeeps = "anti-replay-keeps",
    /// A ticket's new session inherits the mark of the one it was made from.
    TicketInheritsMark = "ticket-inherits-mark",
    /// Resuming a marked session erases its identity, in the cache as well.
    MarkedLosesIdentity = "marked-loses-identity",

    // further handshakes
    /// A connection that is freed or cleared in a renegotiation leaves its session alone.
    RenegotiatingSpared = "renegotiating-spared",
    /// Clearing a connection that renegotiates, or was to, fails half-way.
    ClearFailsInRenegotiation = "clear-fails-in-renegotiation",
    /// SSL_renegotiate on a client proposes the session of the connection.
    RenegotiationResumes = "renegotiation-resumes",
    /// SSL_renegotiate_abbreviated on a client proposes nothing.
    AbbreviatedIsFull = "abbreviated-is-full",
    /// A client that its server asks to renegotiate proposes nothing.
    RequestIsFull = "request-is-full",
    /// A client goes on where its server does not renegotiate.
    NoRenegotiationIgnored = "no-renegotiation-ignored",
    /// A server renegotiates with any client that begins it.
    ClientRenegotiationAllowed = "client-renegotiation-allowed",
    /// A server that is told never to resume in a renegotiation does.
    AlwaysFullIgnored = "always-full-ignored",
    /// A server that is told never to resume in a renegotiation does where it asked by SSL_renegotiate_abbreviated.
    AbbreviatedRequestResumes = "abbreviated-request-resumes",
    /// SSL_renegotiate says 1 in TLS 1.3.
    Tls13Renegotiates = "tls13-renegotiates",
    /// No tickets follow a certificate that came after the handshake.
    AuthenticationSendsNothing = "authentication-sends-nothing",
    /// A certificate is asked for although the client did not say that it could be.
    AuthenticationWithoutConsent = "authentication-without-consent",
    /// A TLS 1.3 server that asked for a certificate after a handshake fails its next full one.
    ClearKeepsChallenge = "clear-keeps-challenge",
    /// What the not-resumable callback answers is ignored.
    NotResumableIgnored = "not-resumable-ignored",
}

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

    /// A session that is added is dropped for size itself.
    DropsWhatIsAdded = "drops-what-is-added",
    /// A smaller size drops sessions as soon as it is set.
    ShrinksAtOnce = "shrinks-at-once",
    /// What the get callback finds is not copied into the cache.
    FoundNotCopied = "found-not-copied",
    /// The library flushes on its own although it was told not to.
    AutoClearIgnoresFlag = "auto-clear-ignores-flag",
    /// The update-time flag makes a session younger when it is added, and not when it is resumed.
    UpdateTimeOnlyWhenAdded = "update-time-only-when-added",

    // statistics
    /// Nothing is counted.
    StatisticsStandStill = "statistics-stand-still",
    /// A handshake that starts is counted as completed as well.
    StartedCountsAsGood = "started-counts-as-good",
    /// A client counts a session that it proposed in vain as missed.
    ClientCountsMisses = "client-counts-misses",
    /// A client that was moved to another context counts an accept there, and one less where it was made.
    MovedClientCountsAccepts = "moved-client-counts-accepts",
    /// A session that is found expired is counted as a hit.
    ExpiredCountsAsHit = "expired-counts-as-hit",

    // time
    /// Setting a session's time answers with that time.
    SetTimeReturnsTime = "set-time-returns-time",
    /// A context's timeout of 0 stands for the preset.
    ZeroTimeoutIsPreset = "zero-timeout-is-preset",
    /// The sessions of a context whose timeout is below 0 have a timeout of 0.
    NegativeTimeoutIsZero = "negative-timeout-is-zero",
    /// Timeouts are kept in unsigned nanoseconds, in 64 bits: one below 0 becomes hundreds of years.
    TimesInNanoseconds = "times-in-nanoseconds",
    /// The lifetime hint is what 32 bits hold of the timeout, whether or not the protocol allows it.
    HintWraps = "hint-wraps",
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
    /// What the remove callback calls while sessions are dropped for size or flushed does nothing and answers 0.
    CallbackLockedOut = "callback-locked-out",
    /// A session that was never negotiated has an encoding.
    EncodesInvalid = "encodes-invalid",
    /// A decoded session is as old as its decoding.
    DecodingRestartsTime = "decoding-restarts-time",
    /// Reading a session from PEM gives it two references.
    PemCountsTwice = "pem-counts-twice",
    /// Decoding what is cut off leaves a session behind that nobody owns.
    CutDecodingLeaks = "cut-decoding-leaks",
    /// Decoding into an existing object leaves its time and timeout as they were.
    ReuseKeepsTime = "reuse-keeps-time",
    /// Where decoding into an existing object fails, that object is neither freed nor taken from the caller.
    FailedReuseKeepsObject = "failed-reuse-keeps-object",
    /// set1_id says 1 and leaves the id as it is.
    SetIdIgnored = "set-id-ignored",
    /// An id that is too long is taken all the same.
    LongIdTaken = "long-id-taken",
    /// get_id says that a session has no id.
    GetIdEmpty = "get-id-empty",
    /// A server resumes a session that is marked, where it finds it in its internal cache.
    CachedMarkIgnored = "cached-mark-ignored",
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
    /// A server that verifies its peers and has no session id context neither stores nor announces its sessions.
    VerifyPeerUnstored = "verify-peer-unstored",
    /// A duplicate of a connection that has not begun has no session.
    DupForgetsSession = "dup-forgets-session",
    /// A connection that has begun is duplicated, too.
    DupOfStartedIsNew = "dup-of-started-is-new",
    /// The server-name callback runs before it is decided whether the connection resumes, and what it sets counts.
    ServerNameFirst = "server-name-first",
    /// The sessions of a connection that was moved to another context are that context's.
    SwitchMovesSessions = "switch-moves-sessions",

    // ending
    /// An unclean end leaves the session in the cache.
    UncleanStaysCached = "unclean-stays-cached",
    /// An unclean end does not mark the session.
    UncleanNotMarked = "unclean-not-marked",
    /// An unclean end leaves the sessions alone that the connection established before its current one.
    UncleanSparesEarlier = "unclean-spares-earlier",
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
    /// The end of the transport is an error although it was to count as the peer's close.
    IgnoredEndIsError = "ignored-end-is-error",
    /// An end that counts as the peer's close takes back that this end has shut down.
    IgnoredEndClearsSent = "ignored-end-clears-sent",
    /// The first SSL_shutdown answers 1 before the peer's close_notify came.
    ShutdownAnswersEarly = "shutdown-answers-early",
    /// New connections do not take over that their context is quiet.
    ContextQuietIgnored = "context-quiet-ignored",
    /// What is written after shutting down is sent.
    WritesAfterShutdown = "writes-after-shutdown",
    /// Nothing can be written once the peer's close_notify came.
    ReceivedStopsWriting = "received-stops-writing",
    /// A write that the transport does not take for now counts as a fatal error.
    BlockedIsFatal = "blocked-is-fatal",

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

    // ticket callbacks
    /// The ticket key callback is not asked.
    TicketKeyNotAsked = "ticket-key-not-asked",
    /// A ticket whose keys the key callback cannot find is a fatal error.
    TicketKeyMissingFatal = "ticket-key-missing-fatal",
    /// An error of the key callback is taken for keys that cannot be found.
    TicketKeyFailureIgnored = "ticket-key-failure-ignored",
    /// Where the key callback has no keys to seal with an empty ticket is sent, on which a TLS 1.3 client fails.
    EmptyTicketSent = "empty-ticket-sent",
    /// Where the key callback has no keys to seal with a TLS 1.3 server shows the session of the ticket that it did not send.
    UnsentTicketShown = "unsent-ticket-shown",
    /// A ticket that is used or passed over is renewed although the callback said otherwise.
    TicketUseRenews = "ticket-use-renews",
    /// A ticket is not renewed although a callback said so.
    TicketRenewalForgotten = "ticket-renewal-forgotten",
    /// A ticket that is to be ignored and renewed is used.
    TicketIgnoreUses = "ticket-ignore-uses",
    /// A decrypt callback that aborts leads to a full handshake.
    TicketAbortIgnored = "ticket-abort-ignored",
    /// Where the decrypt callback aborts a TLS 1.3 handshake the session that was in the ticket is never given back.
    TicketAbortLeaks = "ticket-abort-leaks",
    /// A generate callback that returns 0 does not end the connection.
    GenerateStopIgnored = "generate-stop-ignored",
    /// A stateless ticket for a session whose timeout is 0 is a fatal error.
    TimelessTicketFatal = "timeless-ticket-fatal",
    /// A session whose timeout is 0 is good for 3 seconds when it is decoded.
    DecodedTimelessGetsThree = "decoded-timeless-gets-three",
    /// A TLS 1.2 client neither stores nor announces the session of a ticket that was renewed while it resumed.
    RenewedNotEstablished = "renewed-not-established",

    // tickets that are asked for
    /// A ticket that is asked for is sent at once.
    AskedSentAtOnce = "asked-sent-at-once",
    /// However often a ticket is asked for, one is sent.
    RequestsCountOnce = "requests-count-once",
    /// A connection that was asked for a ticket counts as in its handshake: it cannot be shut down, and its end costs no session.
    AskedCountsAsHandshake = "asked-counts-as-handshake",
    /// What was asked for on the connection before SSL_clear is sent on the next, and spoils the tickets of that one's handshake.
    ClearedKeepsRequests = "cleared-keeps-requests",
    /// Asking for a ticket also brings those that a callback held back after the handshake.
    AskedBringsWithheld = "asked-brings-withheld",
    /// SSL_set_num_tickets does nothing.
    ConnectionNumTicketsIgnored = "connection-num-tickets-ignored",
    /// SSL_OP_NO_ANTI_REPLAY does nothing.
    NoAntiReplayIgnored = "no-anti-replay-ignored",

    /// SSL_shutdown answers 1 where the peer's answer to a close_notify is a fatal alert.
    AlertAnswersShutdown = "alert-answers-shutdown",

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

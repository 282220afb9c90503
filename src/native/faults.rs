//! Switchable faults: departures from the pages, for trying out whoever checks this library. A normal build has none of them.

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
    /// The cache makes room before it is full.
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
    /// A session that the new-session callback refused stays in the cache.
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
    /// Setting the shutdown state only adds.
    SetShutdownOnlyAdds = "set-shutdown-only-adds",
    /// Nothing is counted.
    StatisticsStandStill = "statistics-stand-still",
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

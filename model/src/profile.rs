//! Profiles: sets of deviations; and the obligations that can be trusted to be kept.

use crate::{Deviation, Side};

/// Words of 64 deviations each.
const WORDS: usize = Deviation::ALL.len().div_ceil(64);

/// The word and the bit of a deviation.
fn place(deviation: Deviation) -> (usize, u64) {
    (deviation as usize / 64, 1 << (deviation as usize % 64))
}

/// An obligation of the application that can be switched off, to see what it is there for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Obligation {
    /// `get0-borrow`.
    Borrow,
    /// `free-only-own`.
    FreeOnlyOwn,
    /// `free-once`.
    FreeOnce,
    /// `one-context`.
    OneContext,
    /// `context-free-own`.
    ContextFreeOwn,
    /// `no-shutdown-after-fatal`.
    NoShutdownAfterFatal,
    /// `connection-free-own`.
    ConnectionFreeOwn,
    /// `free-indirect`.
    FreeIndirect,
    /// `sid-ctx-verify-peer`.
    SidCtxVerifyPeer,
    /// `sid-ctx-in-time`.
    SidCtxInTime,
    /// `ticket-cb-use-only-on-success`.
    TicketUse,
    /// `get-cb-copy-owned`.
    GetCallbackOwned,
    /// `d2i-reuse-new`.
    ReuseNew,
    /// `cached-id-stays`.
    CachedIdStays,
}

impl Obligation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Borrow,
        Self::FreeOnlyOwn,
        Self::FreeOnce,
        Self::OneContext,
        Self::ContextFreeOwn,
        Self::NoShutdownAfterFatal,
        Self::CachedIdStays,
        Self::ConnectionFreeOwn,
        Self::FreeIndirect,
        Self::GetCallbackOwned,
        Self::ReuseNew,
        Self::SidCtxInTime,
        Self::SidCtxVerifyPeer,
        Self::TicketUse,
    ];

    /// The clause that states it.
    #[must_use]
    pub fn clause(self) -> &'static str {
        match self {
            Self::Borrow => "get0-borrow",
            Self::FreeOnlyOwn => "free-only-own",
            Self::FreeOnce => "free-once",
            Self::OneContext => "one-context",
            Self::ContextFreeOwn => "context-free-own",
            Self::NoShutdownAfterFatal => "no-shutdown-after-fatal",
            Self::ConnectionFreeOwn => "connection-free-own",
            Self::FreeIndirect => "free-indirect",
            Self::SidCtxVerifyPeer => "sid-ctx-verify-peer",
            Self::SidCtxInTime => "sid-ctx-in-time",
            Self::TicketUse => "ticket-cb-use-only-on-success",
            Self::GetCallbackOwned => "get-cb-copy-owned",
            Self::ReuseNew => "d2i-reuse-new",
            Self::CachedIdStays => "cached-id-stays",
        }
    }
}

/// Some deviations, a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
struct Set([u64; WORDS]);

impl Set {
    fn has(self, deviation: Deviation) -> bool {
        let (word, bit) = place(deviation);
        self.0[word] & bit != 0
    }

    fn with(mut self, deviation: Deviation) -> Self {
        let (word, bit) = place(deviation);
        self.0[word] |= bit;
        self
    }

    fn without(mut self, deviation: Deviation) -> Self {
        let (word, bit) = place(deviation);
        self.0[word] &= !bit;
        self
    }
}

/// A set of deviations, and at most one obligation that is not enforced. The empty one is `page`.
///
/// Clients and servers have a set each, since they can be of two libraries. Where one library is at both ends the two are the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Profile {
    client: Set,
    server: Set,
    trusting: Option<Obligation>,
}

impl Profile {
    /// What the pages say, and nothing else.
    pub const PAGE: Self = Self { client: Set([0; WORDS]), server: Set([0; WORDS]), trusting: None };

    /// Clients depart as one library does, servers as another.
    #[must_use]
    pub fn of_pair(client: Self, server: Self) -> Self {
        Self { client: client.client, server: server.server, trusting: client.trusting.or(server.trusting) }
    }

    /// This profile with one deviation more, at both ends.
    #[must_use]
    pub fn with(self, deviation: Deviation) -> Self {
        Self { client: self.client.with(deviation), server: self.server.with(deviation), ..self }
    }

    /// This profile with one deviation more, at one end.
    #[must_use]
    pub fn with_at(self, side: Side, deviation: Deviation) -> Self {
        match side {
            Side::Client => Self { client: self.client.with(deviation), ..self },
            Side::Server => Self { server: self.server.with(deviation), ..self },
        }
    }

    /// This profile with one deviation less.
    #[must_use]
    pub fn without(self, deviation: Deviation) -> Self {
        Self { client: self.client.without(deviation), server: self.server.without(deviation), ..self }
    }

    /// This profile with an obligation that is trusted to be kept, and not enforced.
    #[must_use]
    pub fn trusting(self, obligation: Obligation) -> Self {
        Self { trusting: Some(obligation), ..self }
    }

    /// Whether it departs in this way, at either end.
    #[must_use]
    pub fn has(&self, deviation: Deviation) -> bool {
        self.client.has(deviation) || self.server.has(deviation)
    }

    /// Whether it departs in this way at this end.
    #[must_use]
    pub fn has_at(&self, side: Side, deviation: Deviation) -> bool {
        match side {
            Side::Client => self.client.has(deviation),
            Side::Server => self.server.has(deviation),
        }
    }

    /// Whether this obligation is not enforced.
    #[must_use]
    pub fn trusts(&self, obligation: Obligation) -> bool {
        self.trusting == Some(obligation)
    }

    /// The obligation that is not enforced, if any.
    #[must_use]
    pub fn trusted(&self) -> Option<Obligation> {
        self.trusting
    }

    /// The deviations in it, at either end, in the order of the register.
    pub fn iter(&self) -> impl Iterator<Item = Deviation> + '_ {
        Deviation::ALL.iter().copied().filter(|d| self.has(*d))
    }
}

impl FromIterator<Deviation> for Profile {
    fn from_iter<I: IntoIterator<Item = Deviation>>(deviations: I) -> Self {
        deviations.into_iter().fold(Self::PAGE, Self::with)
    }
}

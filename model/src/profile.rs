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

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0, X1};
    use crate::{Call, Counter, CtxId, Deviation, Profile, Side, Version};

    fn story(side: Side, deviation: Deviation, version: Version) -> Story {
        Story::under(Profile::PAGE.with_at(side, deviation)).contexts(version)
    }

    fn counted(story: &Story, id: CtxId) -> u32 {
        let counters = story.state.contexts.get(id).map(|x| x.counters).unwrap_or_default();
        Counter::ALL.iter().map(|counter| counters.of(*counter)).sum()
    }

    #[test]
    fn each_context_departs_as_its_own_end() {
        let timeouts = |side| {
            let story = story(side, Deviation::PresetTimeoutTwoHours, Version::Tls12);
            [X0, X1].map(|id| story.state.contexts.get(id).map(|x| x.timeout))
        };
        assert_eq!(timeouts(Side::Client), [Some(7200), Some(crate::TIMEOUT_PRESET_S)]);
        assert_eq!(timeouts(Side::Server), [Some(crate::TIMEOUT_PRESET_S), Some(7200)]);
    }

    #[test]
    fn the_ends_take_turns_in_a_handshake() {
        for version in [Version::Tls12, Version::Tls13] {
            let counts = |side| {
                let story = story(side, Deviation::StatisticsStandStill, version).pair().handshake(C0);
                [counted(&story, X0), counted(&story, X1)]
            };
            assert_eq!(counts(Side::Client), [0, 2]);
            assert_eq!(counts(Side::Server), [2, 0]);
        }
    }

    #[test]
    fn a_session_departs_as_its_own_end() {
        let answers = |side| {
            let (story, session) = Story::under(Profile::PAGE.with_at(side, Deviation::SetTimeReturnsTime)).held();
            story.call(Call::SessionSetTime(session, 990)).outcome
        };
        assert_eq!(answers(Side::Client), crate::Outcome::Number(990));
        assert_eq!(answers(Side::Server), crate::Outcome::Number(1));
    }

    #[test]
    fn a_pair_takes_the_clients_of_the_one_and_the_servers_of_the_other() {
        let of = |deviation| Profile::PAGE.with(deviation);
        let pair = Profile::of_pair(of(Deviation::EvictsAtSize), of(Deviation::NeverEvicts));
        assert!(pair.has_at(Side::Client, Deviation::EvictsAtSize) && pair.has_at(Side::Server, Deviation::NeverEvicts));
        assert!(!pair.has_at(Side::Server, Deviation::EvictsAtSize) && !pair.has_at(Side::Client, Deviation::NeverEvicts));
        assert_eq!(Profile::of_pair(pair, pair), pair);
    }
}

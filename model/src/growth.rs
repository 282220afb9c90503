//! How the statistics of contexts grew in a transition.

use std::ops::RangeInclusive;

use crate::{Call, ConnId, Connection, Counter, CtxId, Effect, Item, Judgement, Phase, Side, Transition};

impl Transition<'_> {
    /// Whether a statistic grew in every context by as much as `expected` says. Where the page leaves a doubt that is a range.
    #[must_use]
    pub fn grew(&self, counter: Counter, expected: impl Fn(CtxId) -> RangeInclusive<u32>) -> Judgement {
        Judgement::all(self.journal.contexts.iter().map(|(id, before)| {
            let (Some(before), Some(now)) = (before, self.context(*id)) else { return Judgement::Silent };
            let grown = now.counters.of(counter).wrapping_sub(before.counters.of(counter));
            let expected = expected(*id);
            if grown == 0 && *expected.start() == 0 { Judgement::Silent } else { Judgement::of(expected.contains(&grown)) }
        }))
    }

    /// Whether a connection was made from this context, which is of this side.
    #[must_use]
    pub fn is_end(&self, connection: ConnId, context: CtxId, side: Side) -> bool {
        self.made_from(connection) == Some(context) && self.context(context).is_some_and(|x| x.side == side)
    }

    /// How many handshakes the connections of this context began, if it is of this side.
    #[must_use]
    pub fn started(&self, context: CtxId, side: Side) -> u32 {
        let begins = |id: &ConnId| self.was_connection(*id).is_some_and(|c| c.phase == Phase::Idle) && self.is_end(*id, context, side);
        let ends: [Option<ConnId>; 2] = match self.call() {
            // both ends are called, whatever the transport carries
            Call::Hello(client) => [Some(client), self.was_connection(client).and_then(|c| c.peer)],
            Call::ForeignHello(server, _) => [Some(server), None],
            _ => [None, None],
        };
        u32::try_from(ends.iter().flatten().filter(|id| begins(id)).count()).unwrap_or(u32::MAX)
    }

    /// How many renegotiations can have begun on the connections of this context, if it is of this side.
    #[must_use]
    pub fn renegotiations(&self, context: CtxId, side: Side) -> u32 {
        let begun = |(id, was): &&(ConnId, Option<Connection>)| {
            let is_end = self.is_end(*id, context, side) && self.connection(*id).is_some_and(Connection::renegotiates);
            is_end && was.as_ref().is_some_and(|c| !c.renegotiates())
        };
        let heard = |(id, was): &&(ConnId, Option<Connection>)| {
            let hello = |i: &Item| matches!(i, Item::Hello(_) | Item::Request);
            self.is_end(*id, context, side) && was.as_ref().is_some_and(|c| c.inbox.iter().any(hello))
        };
        let may = self.journal.connections.iter().filter(|c| begun(c) || (self.is_renegotiation() && heard(c))).count();
        u32::try_from(may).unwrap_or(u32::MAX)
    }

    /// Whether what completes in this step is a renegotiation: a first handshake does so in calls of its own.
    #[must_use]
    pub fn is_renegotiation(&self) -> bool {
        matches!(self.call(), Call::Read(_) | Call::Shutdown(_))
    }

    /// Whether a handshake completed or a session was established on a connection of this context.
    #[must_use]
    pub fn has_grown(&self, context: CtxId) -> bool {
        self.effects().iter().filter_map(crate::time::progress).any(|connection| self.made_from(connection) == Some(context))
    }

    /// How many effects are of this kind.
    #[must_use]
    pub fn number_of(&self, kind: impl Fn(&Effect) -> bool) -> u32 {
        u32::try_from(self.effects().iter().filter(|e| kind(e)).count()).unwrap_or(u32::MAX)
    }
}

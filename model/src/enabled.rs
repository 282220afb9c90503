//! Which calls are worth trying in a state: the letters of an alphabet with every object that they can be about, without those that
//! cannot do anything.

use std::cell::Cell;

use smallvec::SmallVec;

use crate::world::{ANY_CONNECTION, ANY_CONTEXT, ANY_SESSION, CLIENT, CLIENT_CONTEXT, SERVER, SERVER_CONTEXT};
use crate::{About, Call, ConnId, Connection, CtxId, Opt, Phase, SessId, Side, State, Tickets, Wire};

/// Whether the application may make this call: cheaper than asking the step, which has the last word.
pub(crate) fn is_rightful(state: &State, call: &Call) -> bool {
    let owned = |s: SessId| state.sessions.get(s).is_some_and(|s| s.owned > 0);
    let owned_context = |x: CtxId| state.contexts.get(x).is_some_and(|x| x.owned > 0);
    match (call, call.about()) {
        (Call::SessionFree(s), _) => owned(*s),
        (Call::SessionForget(_), _) => false,
        // what a client far away proposes is not the application's doing
        (Call::ForeignHello(..), _) => true,
        (_, About::Session(s) | About::ContextSession(_, s) | About::ConnectionSession(_, s)) => state.reachable(s),
        (_, About::Sessions(s, t)) => state.reachable(s) && state.reachable(t),
        (_, About::Context(x) | About::NewConnection(_, x) | About::ConnectionContext(_, x)) => owned_context(x),
        (_, About::Contexts(x, y)) => owned_context(x) && owned_context(y),
        (_, About::Nothing | About::NewContext(_) | About::Connection(_) | About::Pair(..) | About::Connections(..)) => true,
    }
}

/// Whether the call can do anything here. Settings that are set already, reads of nothing and the like cannot.
pub(crate) fn fits(state: &State, call: &Call) -> bool {
    match call.about() {
        About::Connection(c) => state.connections.get(c).is_some_and(|c| fits_connection(c, call)),
        About::Context(x) => state.contexts.get(x).is_some_and(|context| match *call {
            Call::SetCacheMode(_, mode) => context.mode != mode,
            Call::SetCacheSize(_, size) => context.size != size,
            Call::SetTimeout(_, timeout_s) => context.timeout != timeout_s,
            Call::SetNumTickets(_, number) => context.num_tickets != number,
            Call::SetOption(_, Opt::NoTicket) => context.tickets != Tickets::Stateful,
            Call::ClearOption(_, Opt::NoTicket) => context.tickets != Tickets::Stateless,
            Call::SetEarlyData(_, early_data) => context.early_data != early_data,
            Call::SetSessionIdContext(_, sid_ctx) => context.sid_ctx != sid_ctx,
            Call::SetNewCallback(_, callback) => context.new_callback != callback,
            Call::SetRemoveCallback(_, callback) => context.remove_callback != callback,
            Call::SetGetCallback(_, callback) => context.get_callback != callback,
            Call::SetOption(_, Opt::ClientRenegotiation) => !context.renegotiation.by_client,
            Call::ClearOption(_, Opt::ClientRenegotiation) => context.renegotiation.by_client,
            Call::SetOption(_, Opt::NoResumptionOnRenegotiation) => !context.renegotiation.always_full,
            Call::ClearOption(_, Opt::NoResumptionOnRenegotiation) => context.renegotiation.always_full,
            Call::SetGroups(_, groups) => context.groups != groups,
            Call::SetNotResumableCallback(_, callback) => context.not_resumable != callback,
            _ => true,
        }),
        About::Session(s) => state.sessions.get(s).is_some_and(|session| match *call {
            Call::SessionSetTime(_, time) => session.time != time,
            Call::SessionSetTimeout(_, timeout_s) => session.timeout != timeout_s,
            _ => true,
        }),
        About::Pair(c, d) => {
            let idle = |c: ConnId| state.connections.get(c).is_some_and(|c| c.phase == Phase::Idle && c.wire == Wire::None);
            idle(c) && idle(d)
        }
        About::ConnectionSession(c, s) => state.connections.get(c).is_some_and(|c| match call {
            Call::ForeignHello(..) => c.phase == Phase::Idle && c.foreign,
            _ => c.session != Some(s),
        }),
        About::Nothing | About::NewContext(_) | About::ContextSession(..) | About::NewConnection(..) => true,
        About::Contexts(..) | About::Connections(..) | About::ConnectionContext(..) | About::Sessions(..) => true,
    }
}

fn fits_connection(c: &Connection, call: &Call) -> bool {
    match *call {
        Call::Hello(_) => c.phase == Phase::Idle && c.wire != Wire::None,
        Call::Complete(_) => c.phase == Phase::Hello && !c.again,
        Call::Renegotiate(_) | Call::RenegotiateAbbreviated(_) => c.is_open() && !c.again && c.inbox.is_empty() && c.wire == Wire::Whole,
        Call::SetPostHandshakeAuth(_) => c.phase == Phase::Idle && !c.consents,
        Call::VerifyPostHandshake(_) => c.is_open() && c.sid_ctx != 0,
        Call::Read(_) => (c.phase == Phase::Open || c.renegotiates()) && (!c.inbox.is_empty() || c.wire != Wire::Whole),
        Call::SetShutdown(_, shutdown) => c.shutdown != shutdown,
        Call::SetQuietShutdown(_, quiet) => c.quiet != quiet,
        Call::SetConnectionEarlyData(_, early_data) => c.early_data != early_data,
        Call::SetSession(_, None) => c.session.is_some(),
        Call::Clear(_) => c.phase != Phase::Idle || c.wire != Wire::None,
        Call::Corrupt(_) | Call::Cut(_) | Call::Break(_) => c.wire == Wire::Whole,
        Call::JoinForeign(_) => c.phase == Phase::Idle && c.wire == Wire::None,
        Call::ForeignHello(..) | Call::ForeignSends(..) | Call::ForeignTicket(..) => c.foreign && c.wire == Wire::Whole,
        _ => true,
    }
}

/// A letter with every object that it can be about.
pub(crate) fn instances(state: &State, letter: Call, mut found: impl FnMut(Call)) {
    let contexts = |wanted: CtxId| {
        state.contexts.iter().filter(move |(id, x)| match wanted {
            ANY_CONTEXT => true,
            CLIENT_CONTEXT => x.side == Side::Client,
            SERVER_CONTEXT => x.side == Side::Server,
            CtxId(_) => *id == wanted,
        })
    };
    let side = |context: CtxId| state.contexts.get(context).map(|x| x.side);
    let connections = |wanted: ConnId| {
        state.connections.iter().filter(move |(id, c)| match wanted {
            ANY_CONNECTION => true,
            CLIENT => side(c.context) == Some(Side::Client),
            SERVER => side(c.context) == Some(Side::Server),
            ConnId(_) => *id == wanted,
        })
    };
    let sessions = || state.sessions.ids();
    let mut put = |x: CtxId, c: ConnId, s: SessId| found(letter.map_names(|_| x, |_| c, |_| s));
    match letter.about() {
        About::Nothing => put(ANY_CONTEXT, ANY_CONNECTION, ANY_SESSION),
        About::NewContext(_) => put(CtxId(free_number(state.contexts.ids().map(|x| x.0))), ANY_CONNECTION, ANY_SESSION),
        About::Context(x) => contexts(x).for_each(|(x, _)| put(x, ANY_CONNECTION, ANY_SESSION)),
        About::ContextSession(x, _) => {
            for (x, _) in contexts(x) {
                sessions().for_each(|s| put(x, ANY_CONNECTION, s));
            }
        }
        About::NewConnection(_, x) => {
            let new = ConnId(free_number(state.connections.ids().map(|c| c.0)));
            contexts(x).for_each(|(x, _)| put(x, new, ANY_SESSION));
        }
        About::Connection(c) => connections(c).for_each(|(c, _)| put(ANY_CONTEXT, c, ANY_SESSION)),
        About::Pair(c, d) => {
            for (c, _) in connections(c).filter(|(_, c)| side(c.context) == Some(Side::Client)) {
                connections(d).filter(|(_, d)| side(d.context) == Some(Side::Server)).for_each(|(d, _)| found(Call::Join(c, d)));
            }
        }
        About::ConnectionSession(c, _) => {
            for (c, _) in connections(c) {
                sessions().for_each(|s| put(ANY_CONTEXT, c, s));
            }
        }
        About::ConnectionContext(c, x) => {
            for (c, _) in connections(c) {
                contexts(x).for_each(|(x, _)| put(x, c, ANY_SESSION));
            }
        }
        About::Session(_) => sessions().for_each(|s| put(ANY_CONTEXT, ANY_CONNECTION, s)),
        About::Contexts(x, y) => pairs(contexts(x).map(|(x, _)| x), contexts(y).map(|(y, _)| y), |pair| {
            found(letter.map_names(|_| pair.next(), |c| c, |s| s));
        }),
        About::Connections(c, d) => pairs(connections(c).map(|(c, _)| c), connections(d).map(|(d, _)| d), |pair| {
            found(letter.map_names(|x| x, |_| pair.next(), |s| s));
        }),
        About::Sessions(..) => pairs(sessions(), sessions(), |pair| found(letter.map_names(|x| x, |c| c, |_| pair.next()))),
    }
}

/// Two different objects of a kind, in the order in which a call names them.
struct Two<T>(Cell<T>, T);

impl<T: Copy> Two<T> {
    fn next(&self) -> T {
        self.0.replace(self.1)
    }
}

/// Every two that differ.
fn pairs<T: Copy + PartialEq>(first: impl Iterator<Item = T>, second: impl Iterator<Item = T>, mut put: impl FnMut(&Two<T>)) {
    let second: SmallVec<[T; 8]> = second.collect();
    for a in first {
        second.iter().filter(|b| **b != a).for_each(|b| put(&Two(Cell::new(a), *b)));
    }
}

/// The lowest number that is not taken.
fn free_number(taken: impl Iterator<Item = u32>) -> u32 {
    taken.zip(0..).take_while(|(number, place)| number == place).count().try_into().unwrap_or(u32::MAX)
}

//! Which calls are worth trying in a state: the letters of an alphabet with every object that they can be about, without those that
//! cannot do anything.

use std::cell::Cell;

use smallvec::SmallVec;

use crate::world::{ANY_CONNECTION, ANY_CONTEXT, ANY_SESSION, CLIENT, CLIENT_CONTEXT, SERVER, SERVER_CONTEXT};
use crate::{About, AntiReplay, Call, ConnId, Connection, CtxId, Eof, Opt, Outlet, Phase, SessId, Side, State, Tickets, Wire};

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
        (_, About::Nothing | About::NewContext(_) | About::Connection(_) | About::Duplicate(..)) => true,
        (_, About::Pair(..) | About::Connections(..)) => true,
    }
}

/// Whether the call can do anything here. Settings that are set already, reads of nothing and the like cannot.
pub(crate) fn fits(state: &State, call: &Call) -> bool {
    match call.about() {
        About::Connection(c) => match state.connections.get(c) {
            Some(c) => fits_connection(c, call),
            None => matches!(call, Call::ConnectionFree(_)),
        },
        About::Context(x) => state.contexts.get(x).is_some_and(|context| match *call {
            Call::SetCacheMode(_, mode) => context.mode != mode,
            Call::SetCacheSize(_, size) => context.size != size,
            Call::SetTimeout(_, timeout_s) => context.timeout != timeout_s,
            Call::SetNumTickets(_, number) => context.num_tickets != number,
            Call::SetOption(_, Opt::NoTicket) => context.tickets != Tickets::Stateful,
            Call::ClearOption(_, Opt::NoTicket) => context.tickets != Tickets::Stateless,
            Call::SetOption(_, Opt::IgnoreUnexpectedEof) => context.eof != Eof::Close,
            Call::ClearOption(_, Opt::IgnoreUnexpectedEof) => context.eof != Eof::Error,
            Call::SetContextQuietShutdown(_, quiet) => context.quiet != quiet,
            Call::SetOption(_, Opt::NoAntiReplay) => context.anti_replay != AntiReplay::Off,
            Call::ClearOption(_, Opt::NoAntiReplay) => context.anti_replay != AntiReplay::On,
            Call::SetTicketKeyCallback(_, sealing, opening) => context.ticket_key != Some((sealing, opening)),
            Call::SetTicketCallbacks(_, generate, decrypt) => (context.ticket_generate, context.ticket_decrypt) != (generate, decrypt),
            Call::SetEarlyData(_, early_data) => context.early_data != early_data,
            Call::SetSessionIdContext(_, sid_ctx) => context.sid_ctx != sid_ctx,
            Call::SetNewCallback(_, callback) => context.new_callback != callback,
            Call::SetRemoveCallback(_, callback) => context.remove_callback != callback,
            Call::SetGetCallback(_, callback) => context.get_callback != callback,
            Call::SetActs(_, callback, act) => context.acts != act.map(|act| (callback, act)),
            Call::SetVerify(_, verify) => context.verify != verify,
            Call::SetServerNameCallback(_, callback) => context.server_name != callback,
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
        About::ConnectionContext(c, x) => state.connections.get(c).is_some_and(|c| c.current_context() != x),
        About::Duplicate(..) | About::Contexts(..) | About::Connections(..) | About::Sessions(..) => true,
    }
}

fn fits_connection(c: &Connection, call: &Call) -> bool {
    match *call {
        Call::Hello(_) => c.phase == Phase::Idle && c.wire != Wire::None,
        Call::Complete(_) => c.phase == Phase::Hello && !c.again,
        Call::Renegotiate(_) | Call::RenegotiateAbbreviated(_) => c.is_open() && !c.again && c.inbox.is_empty() && c.wire == Wire::Whole,
        Call::SetPostHandshakeAuth(_) => c.phase == Phase::Idle && !c.consents,
        Call::VerifyPostHandshake(_) => c.is_open() && c.sid_ctx != 0,
        Call::Read(_) => (c.phase == Phase::Open || c.renegotiates()) && (!c.inbox.is_empty() || c.wire != Wire::Whole || c.asked > 0),
        Call::SetShutdown(_, shutdown) => c.shutdown != shutdown,
        Call::SetQuietShutdown(_, quiet) => c.quiet != quiet,
        Call::SetConnectionEarlyData(_, early_data) => c.early_data != early_data,
        Call::SetConnectionNumTickets(_, number) => c.num_tickets != number && c.phase == Phase::Idle,
        Call::AskTicket(_) => c.pending() < 2,
        Call::Write(_) | Call::HandshakeAgain(_) => c.phase == Phase::Open,
        Call::SetSession(_, None) => c.session.is_some(),
        Call::SetConnectionSessionIdContext(_, sid_ctx) => c.sid_ctx != sid_ctx,
        Call::SetHostName(_, name) => c.host_name != name && c.phase == Phase::Idle,
        Call::Clear(_) => c.phase != Phase::Idle || c.wire != Wire::None,
        Call::Block(_) => c.phase == Phase::Open && matches!(c.wire, Wire::Whole | Wire::Cut) && c.outlet == Outlet::Free,
        Call::Unblock(_) => c.outlet == Outlet::Blocked,
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
        About::NewConnection(_, x) => contexts(x).for_each(|(x, _)| put(x, unused_connection(state), ANY_SESSION)),
        About::Duplicate(_, c) => connections(c).for_each(|(c, _)| found(Call::ConnectionDup(unused_connection(state), c))),
        About::Connection(c) => {
            connections(c).map(|(c, _)| c).chain(gone(state, letter)).for_each(|c| put(ANY_CONTEXT, c, ANY_SESSION));
        }
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

fn unused_connection(state: &State) -> ConnId {
    ConnId(free_number(state.connections.ids().map(|c| c.0)))
}

/// The connections that are gone and could be freed once more.
fn gone(state: &State, letter: Call) -> impl Iterator<Item = ConnId> {
    let freed_again = matches!(letter, Call::ConnectionFree(_));
    state.gone.iter().filter(move |_| freed_again).map(|gone| gone.connection)
}

/// The lowest number that is not taken.
fn free_number(taken: impl Iterator<Item = u32>) -> u32 {
    taken.zip(0..).take_while(|(number, place)| number == place).count().try_into().unwrap_or(u32::MAX)
}

//! From moves to calls: roles are resolved against a state, in the model's names.

use std::collections::VecDeque;

use sessck_model::{Call, ConnId, CtxId, Eof, Opt, Outlet, Phase, SessId, Side, State, Unsent, Version, Wire};

use super::attach::names_host;
use super::{Move, OnConnection, OnContext, OnSession, Pick, Script, ending, further, tickets};

/// One thing that is still to be made a call of, once the calls before it have been made.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    Call(Call),
    /// The session to be attached is picked when the client exists.
    Offer(ConnId, Pick),
    Move(Move),
    /// Everything that is still held is given back.
    Finish,
}

/// How far a new pair of connections goes.
#[derive(Clone, Copy, Debug)]
struct After {
    depth: u8,
    reads: bool,
    num_tickets: Option<u32>,
    takes: u8,
}

/// Goes through a script and gives its calls one by one. Calls whose roles nobody fills are left out and counted.
#[derive(Clone, Debug)]
pub struct Resolver {
    pending: VecDeque<Pending>,
    next_connection: u32,
    ends_cleanly: bool,
    /// Moves that found no object to act on.
    pub skipped: u32,
}

impl Resolver {
    /// At the start of a script.
    #[must_use]
    pub fn new(script: &Script) -> Self {
        let mut pending: VecDeque<Pending> = VecDeque::new();
        for (number, setup) in (0..).zip(&script.contexts) {
            pending.extend(setup.calls(CtxId(number), script.version).into_iter().map(Pending::Call));
        }
        pending.extend(script.moves.iter().cloned().map(Pending::Move));
        pending.push_back(Pending::Finish);
        Self { pending, next_connection: 0, ends_cleanly: script.ends_cleanly, skipped: 0 }
    }

    /// Whether the script itself is done and what is left is given back.
    #[must_use]
    pub fn is_finishing(&self) -> bool {
        matches!(self.pending.front(), Some(Pending::Finish))
    }

    /// The next call; `None` at the end.
    pub fn next(&mut self, state: &State) -> Option<Call> {
        while let Some(pending) = self.pending.pop_front() {
            match pending {
                Pending::Call(call) => return Some(call),
                Pending::Offer(client, pick) => {
                    let context = state.connections.get(client).map(|c| c.context);
                    match context.and_then(|context| session_for(state, context, pick)) {
                        Some(session) => return Some(Call::SetSession(client, Some(session))),
                        None => self.skipped += 1,
                    }
                }
                Pending::Move(this) => self.expand(&this, state),
                Pending::Finish => {
                    let call = last_call(state, self.ends_cleanly);
                    if call.is_some() {
                        self.pending.push_front(Pending::Finish);
                    }
                    return call;
                }
            }
        }
        None
    }

    /// Puts the calls of a move first in line.
    fn expand(&mut self, this: &Move, state: &State) {
        let calls = match this {
            Move::Connect { client, server, offer, depth, reads, num_tickets, takes } => {
                let after = After { depth: *depth, reads: *reads, num_tickets: *num_tickets, takes: *takes };
                self.connect(state, [*client, *server], *offer, after)
            }
            Move::Rejoin(pick) => self.rejoin(state, *pick),
            Move::Hello(pick) => one(connection(state, *pick, |c| c.phase == Phase::Idle && c.wire == Wire::Whole), Call::Hello),
            Move::Complete(pick) => one(connection(state, *pick, |c| c.phase == Phase::Hello), Call::Complete),
            Move::OnConnection(pick, OnConnection::Take(what)) => self.taking(state, *pick, what),
            Move::OnConnection(pick, what) => on_connection(state, *pick, what),
            Move::End { connection: pick, cleanly, both, clears } => end(state, *pick, *cleanly, *both, *clears),
            Move::Ending(pick, ending) => ending::calls(state, *pick, ending).into_iter().map(Pending::Call).collect(),
            Move::OnSession(pick, what) => on_session(state, *pick, what),
            Move::OnContext(pick, what) => on_context(state, *pick, what),
            Move::Ask(asking) => tickets::ask(state, asking).into_iter().map(Pending::Call).collect(),
            Move::Again(again) => further::calls(state, *again).into_iter().map(Pending::Call).collect(),
            Move::Reuse { connection, shuts } => further::reuse(state, *connection, *shuts).into_iter().map(Pending::Call).collect(),
            Move::SessionNew => vec![Pending::Call(Call::SessionNew)],
            Move::FreeNull => vec![Pending::Call(Call::SessionFreeNull)],
            Move::Advance(seconds) => vec![Pending::Call(Call::Advance(*seconds))],
        };
        if calls.is_empty() {
            self.skipped += 1;
        }
        for call in calls.into_iter().rev() {
            self.pending.push_front(call);
        }
    }

    pub(super) fn connection_name(&mut self) -> ConnId {
        self.next_connection += 1;
        ConnId(self.next_connection - 1)
    }

    fn connect(&mut self, state: &State, ends: [Pick; 2], offer: Option<Pick>, after: After) -> Vec<Pending> {
        let After { depth, reads, num_tickets, takes } = after;
        let [client, server] = ends;
        let (Some(x), Some(y)) = (owned_context(state, client, Side::Client), owned_context(state, server, Side::Server)) else {
            return Vec::new();
        };
        let (c, s) = (self.connection_name(), self.connection_name());
        // where the server could ask for a certificate after the handshake, most clients say that it may
        let asks = state.contexts.get(y).is_some_and(|y| y.version == Version::Tls13 && y.sid_ctx != 0);
        let mut calls = vec![Pending::Call(Call::ConnectionNew(c, x)), Pending::Call(Call::ConnectionNew(s, y))];
        calls.extend((asks && !client.is_multiple_of(4)).then_some(Pending::Call(Call::SetPostHandshakeAuth(c))));
        calls.push(Pending::Call(Call::Join(c, s)));
        calls.extend(names_host(state, y, c, client).map(Pending::Call));
        calls.extend(num_tickets.map(|number| Pending::Call(Call::SetConnectionNumTickets(s, number))));
        calls.extend(offer.map(|pick| Pending::Offer(c, pick)));
        calls.extend((depth > 0).then_some(Pending::Call(Call::Hello(c))));
        calls.extend((depth > 1).then_some(Pending::Call(Call::Complete(c))));
        calls.extend((depth > 1 && reads).then_some(Pending::Call(Call::Read(c))));
        calls.extend((depth > 1 && takes & 1 != 0).then_some(Pending::Call(Call::Get1(c))));
        calls.extend((depth > 1 && takes & 2 != 0).then_some(Pending::Call(Call::Get1(s))));
        calls
    }

    fn rejoin(&mut self, state: &State, pick: Pick) -> Vec<Pending> {
        let Some(idle) = connection(state, pick, |c| c.phase == Phase::Idle && c.wire == Wire::None) else { return Vec::new() };
        let side = |id: ConnId| state.connections.get(id).and_then(|c| state.contexts.get(c.context)).map(|x| x.side);
        let wanted = if side(idle) == Some(Side::Client) { Side::Server } else { Side::Client };
        let other = state.connections.iter().find(|(id, c)| side(*id) == Some(wanted) && c.phase == Phase::Idle && c.wire == Wire::None);
        let mut calls = Vec::new();
        let other = match other {
            Some((id, _)) => id,
            None => {
                let Some(context) = owned_context(state, pick, wanted) else { return Vec::new() };
                let id = self.connection_name();
                calls.push(Pending::Call(Call::ConnectionNew(id, context)));
                id
            }
        };
        let (client, server) = if wanted == Side::Server { (idle, other) } else { (other, idle) };
        calls.push(Pending::Call(Call::Join(client, server)));
        calls.push(Pending::Call(Call::Hello(client)));
        calls.push(Pending::Call(Call::Complete(client)));
        calls
    }
}

fn one<T>(found: Option<T>, call: impl FnOnce(T) -> Call) -> Vec<Pending> {
    found.map(|id| Pending::Call(call(id))).into_iter().collect()
}

pub(super) fn nth<T>(mut all: impl Iterator<Item = T> + Clone, pick: Pick) -> Option<T> {
    let number = all.clone().count();
    if number == 0 { None } else { all.nth(usize::from(pick) % number) }
}

pub(super) fn connection(state: &State, pick: Pick, fits: impl Fn(&sessck_model::Connection) -> bool + Clone) -> Option<ConnId> {
    nth(state.connections.iter().filter(|(_, c)| fits(c)).map(|(id, _)| id).collect::<Vec<_>>().into_iter(), pick)
}

pub(super) fn owned_context(state: &State, pick: Pick, side: Side) -> Option<CtxId> {
    nth(state.contexts.iter().filter(|(_, x)| x.side == side && x.owned > 0).map(|(id, _)| id).collect::<Vec<_>>().into_iter(), pick)
}

/// A session that the application may use with this context: three times in four one that can be resumed, if there is one.
fn session_for(state: &State, context: CtxId, pick: Pick) -> Option<SessId> {
    let fits = |id: SessId, s: &sessck_model::Session| {
        state.reachable(id) && !s.orphaned && s.context.is_none_or(|first| first == context) && suits(state, context, s)
    };
    let all: Vec<(SessId, bool)> = state.sessions.iter().filter(|(id, s)| fits(*id, s)).map(|(id, s)| (id, s.is_resumable())).collect();
    let resumable = nth(all.iter().filter(|(_, resumable)| *resumable), pick / 4).filter(|_| !pick.is_multiple_of(4));
    resumable.or_else(|| nth(all.iter(), pick / 4)).map(|(id, _)| *id)
}

/// Whether a session is of use at the end that this context makes.
fn suits(state: &State, context: CtxId, session: &sessck_model::Session) -> bool {
    session.side.is_none_or(|side| state.contexts.get(context).is_some_and(|x| x.side == side))
}

fn on_connection(state: &State, pick: Pick, what: &OnConnection) -> Vec<Pending> {
    let suits = |c: &sessck_model::Connection| match what {
        OnConnection::Read => (c.phase == Phase::Open || c.renegotiates()) && !c.error && c.wire != Wire::None,
        OnConnection::Shutdown => may_shut_down(c),
        OnConnection::Write => c.phase == Phase::Open && !c.error && c.wire != Wire::None,
        OnConnection::Block => c.phase == Phase::Open && c.outlet == Outlet::Free && matches!(c.wire, Wire::Whole | Wire::Cut),
        OnConnection::Unblock => c.outlet == Outlet::Blocked,
        OnConnection::Corrupt | OnConnection::Cut | OnConnection::Break => c.phase != Phase::Failed && c.wire == Wire::Whole,
        OnConnection::EarlyData(_) | OnConnection::NumTickets(_) => {
            c.phase == Phase::Idle && state.contexts.get(c.context).is_some_and(|x| x.side == Side::Server)
        }
        OnConnection::SetSession(_) => state.contexts.get(c.context).is_some_and(|x| x.side == Side::Client),
        OnConnection::SetShutdown(_) | OnConnection::Quiet(_) | OnConnection::Clear | OnConnection::UpRef => true,
        OnConnection::Free | OnConnection::Get0 | OnConnection::Get1 => true,
        OnConnection::Take(_) => false,
    };
    let Some(id) = connection(state, pick, suits) else { return Vec::new() };
    let call = match what {
        OnConnection::Read => Call::Read(id),
        OnConnection::Shutdown => Call::Shutdown(id),
        OnConnection::SetShutdown(state) => Call::SetShutdown(id, *state),
        OnConnection::Quiet(quiet) => Call::SetQuietShutdown(id, *quiet),
        OnConnection::Clear => Call::Clear(id),
        OnConnection::UpRef => Call::ConnectionUpRef(id),
        OnConnection::Free => Call::ConnectionFree(id),
        OnConnection::SetSession(None) => Call::SetSession(id, None),
        OnConnection::SetSession(Some(pick)) => return vec![Pending::Offer(id, *pick)],
        OnConnection::Get0 => Call::Get0(id),
        OnConnection::Get1 => Call::Get1(id),
        OnConnection::EarlyData(early_data) => Call::SetConnectionEarlyData(id, *early_data),
        OnConnection::Write => Call::Write(id),
        OnConnection::Block => Call::Block(id),
        OnConnection::Unblock => Call::Unblock(id),
        OnConnection::NumTickets(number) => Call::SetConnectionNumTickets(id, *number),
        OnConnection::Corrupt => Call::Corrupt(id),
        OnConnection::Cut => Call::Cut(id),
        OnConnection::Break => Call::Break(id),
        OnConnection::Take(_) => return Vec::new(),
    };
    vec![Pending::Call(call)]
}

/// Whether the pages let this connection shut down.
pub(super) fn may_shut_down(c: &sessck_model::Connection) -> bool {
    let carried = c.phase != Phase::Open || c.wire != Wire::None;
    !c.error && c.phase != Phase::Failed && carried && c.unsent != Some(Unsent::Data)
}

fn end(state: &State, pick: Pick, cleanly: bool, both: bool, clears: bool) -> Vec<Pending> {
    let Some(id) = connection(state, pick, |_| true) else { return Vec::new() };
    let peer = state.connections.get(id).and_then(|c| c.peer).filter(|_| both);
    let may = |id: ConnId| state.connections.get(id).is_some_and(|c| c.phase == Phase::Open && may_shut_down(c) && !c.shutdown.sent);
    let mut calls = Vec::new();
    for id in [Some(id), peer].into_iter().flatten() {
        calls.extend((cleanly && may(id)).then_some(Call::Shutdown(id)));
    }
    for id in [Some(id), peer].into_iter().flatten() {
        calls.extend((cleanly && may(id)).then_some(Call::Read(id)));
        calls.push(if clears { Call::Clear(id) } else { Call::ConnectionFree(id) });
    }
    calls.into_iter().map(Pending::Call).collect()
}

fn on_session(state: &State, pick: Pick, what: &OnSession) -> Vec<Pending> {
    if let Some(calls) = super::copies::on_session(state, pick, what) {
        return calls;
    }
    let fits = |id: SessId, s: &sessck_model::Session| match what {
        OnSession::Free => s.owned > 0,
        OnSession::Add => state.reachable(id) && s.is_resumable() && !s.orphaned,
        OnSession::Remove | OnSession::Decode => state.reachable(id) && s.identity.is_some() && !s.orphaned,
        OnSession::UpRef | OnSession::Dup | OnSession::Use | OnSession::IsResumable => state.reachable(id),
        OnSession::SetTime(_) | OnSession::SetTimeout(_) => state.reachable(id) && s.identity.is_some(),
        _ => state.reachable(id),
    };
    let fitting: Vec<SessId> = state.sessions.iter().rev().filter(|(id, s)| fits(*id, s)).map(|(id, _)| id).collect();
    // the newest are acted on most
    let Some(id) = nth(fitting.iter().take(if pick.is_multiple_of(3) { fitting.len() } else { 2 }), pick / 3).copied() else {
        return Vec::new();
    };
    let suiting = |x: &CtxId| state.sessions.get(id).is_some_and(|s| suits(state, *x, s));
    let home = state.sessions.get(id).and_then(|s| s.context).or_else(|| any_context(state, pick, suiting));
    one(Some(id), |id| match (what, home) {
        (OnSession::Add, Some(x)) => Call::AddSession(x, id),
        (OnSession::Remove, Some(x)) => Call::RemoveSession(x, id),
        (OnSession::Free, _) => Call::SessionFree(id),
        (OnSession::UpRef, _) => Call::SessionUpRef(id),
        (OnSession::Dup, _) => Call::SessionDup(id),
        (OnSession::Decode, _) => Call::SessionDecode(id),
        (OnSession::SetTime(offset), _) => Call::SessionSetTime(id, i64::from(state.now) + i64::from(*offset)),
        (OnSession::SetTimeout(timeout), _) => Call::SessionSetTimeout(id, *timeout),
        (OnSession::IsResumable, _) => Call::SessionIsResumable(id),
        (_, _) => Call::SessionUse(id),
    })
}

pub(super) fn any_context(state: &State, pick: Pick, fits: impl Fn(&CtxId) -> bool) -> Option<CtxId> {
    nth(state.contexts.iter().filter(|(id, x)| x.owned > 0 && fits(id)).map(|(id, _)| id).collect::<Vec<_>>().into_iter(), pick)
}

fn on_context(state: &State, pick: Pick, what: &OnContext) -> Vec<Pending> {
    let servers = matches!(what, OnContext::TicketKeyCallback(_) | OnContext::TicketCallbacks(..));
    let suits = |x: &CtxId| !servers || state.contexts.get(*x).is_some_and(|x| x.side == Side::Server);
    one(any_context(state, pick, suits), |id| match what {
        OnContext::Mode(mode) => Call::SetCacheMode(id, *mode),
        OnContext::Size(size) => Call::SetCacheSize(id, *size),
        OnContext::Timeout(timeout) => Call::SetTimeout(id, *timeout),
        OnContext::NewCallback(callback) => Call::SetNewCallback(id, *callback),
        OnContext::RemoveCallback(callback) => Call::SetRemoveCallback(id, *callback),
        OnContext::GetCallback(callback) => Call::SetGetCallback(id, *callback),
        OnContext::TicketKeyCallback((sealing, opening)) => Call::SetTicketKeyCallback(id, *sealing, *opening),
        OnContext::TicketCallbacks(generate, decrypt) => Call::SetTicketCallbacks(id, *generate, *decrypt),
        OnContext::SessionIdContext(sid_ctx) => Call::SetSessionIdContext(id, *sid_ctx),
        OnContext::Quiet(quiet) => Call::SetContextQuietShutdown(id, *quiet),
        OnContext::Eof(Eof::Close) => Call::SetOption(id, Opt::IgnoreUnexpectedEof),
        OnContext::Eof(Eof::Error) => Call::ClearOption(id, Opt::IgnoreUnexpectedEof),
        OnContext::Number => Call::CacheNumber(id),
        OnContext::Flush(offset) => Call::FlushSessions(id, state.now.saturating_add_signed(*offset).max(1)),
        OnContext::UpRef => Call::ContextUpRef(id),
        OnContext::Free => Call::ContextFree(id),
    })
}

/// What is still held at the end of a script, one call at a time: connections, then sessions, then contexts.
fn last_call(state: &State, cleanly: bool) -> Option<Call> {
    if let Some((id, c)) = state.connections.iter().next() {
        let shuts_down = cleanly && c.phase == Phase::Open && may_shut_down(c) && !c.shutdown.sent && c.asked == 0;
        return Some(if shuts_down { Call::Shutdown(id) } else { Call::ConnectionFree(id) });
    }
    if let Some((id, _)) = state.sessions.iter().find(|(_, s)| s.owned > 0) {
        return Some(Call::SessionFree(id));
    }
    state.contexts.iter().find(|(_, x)| x.owned > 0).map(|(id, _)| Call::ContextFree(id))
}

//! Where the pages say "may": the choices that a library has in one call.

mod hosts;

use smallvec::SmallVec;

use self::hosts::{aborts, hosts, server_name};

use crate::{
    Act, Call, Choice, ConnId, Connection, Context, CtxId, Deviation, Eof, GetCallback, Groups, Item, NotResumableCallback, Origin, Phase,
    Profile, Proposal, Quiet, RemoveCallback, Renewal, SealAnswer, ServerNameCallback, SessId, Session, ShutdownState, Side, State,
    Tickets, Version, Wire,
};

/// The ways in which the pages let a library carry out `call` here: at least one.
pub(crate) fn choices(state: &State, call: &Call, profile: &Profile) -> SmallVec<[Choice; 2]> {
    // which choices are open here
    let mut open = Choice::default();
    match *call {
        Call::Hello(c) => hello(state, c, &mut open),
        Call::ForeignHello(c, s) => proposed(state, c, s.and_then(|s| state.sessions.get(s)).and_then(proposal), &mut open),
        Call::Renegotiate(c) | Call::RenegotiateAbbreviated(c) => renegotiating(state, c, &mut open),
        Call::Complete(c) => complete(state, c, profile, &mut open),
        Call::Read(c) => {
            asked(state, c, &mut open);
            open.asked_sent_when_reading = state.connections.get(c).is_some_and(|connection| connection.asked > 0);
            reading(state, c, &mut open);
        }
        Call::Shutdown(c) => shutting_down(state, c, &mut open),
        Call::Write(c) | Call::HandshakeAgain(c) => {
            asked(state, c, &mut open);
            if state.connections.get(c).is_some_and(|connection| connection.wire == Wire::Broken) {
                reading(state, c, &mut open);
            }
        }
        Call::ConnectionFree(c) if state.connections.get(c).is_some_and(|connection| connection.count > 1) => {}
        Call::ConnectionFree(c) | Call::Clear(c) | Call::SetSession(c, _) => ending(state, c, &mut open),
        Call::ConnectionDup(_, c) => open.dup_copies_shutdown = state.connections.get(c).is_some_and(shutdown_copied),
        Call::CopySessionId(to, from) => copying(state, to, from, &mut open),
        Call::SetContext(c, x) => open.switch_keeps_id_context = id_contexts_differ(state, c, x),
        Call::AddSession(x, s) => added(state, x, s, &mut open),
        Call::SessionDecode(s) | Call::SessionDecodeAs(s, _) | Call::SessionDecodeInto(_, s, _) => encoding(state, s, &mut open),
        Call::RemoveSession(x, s) => {
            open.uncached_announced = state.contexts.get(x).is_some_and(|context| announces_uncached(state, context, s));
        }
        Call::SessionSetTimeout(_, timeout_s) => open.negative_refused = timeout_s < 0,
        _ => {}
    }
    open.uncached_announced |= state.contexts.iter().any(|(_, x)| removes_again(x));
    products(&open)
}

/// Whether a callback of this context removes what may be in the cache no more.
fn removes_again(context: &Context) -> bool {
    context.remove_callback == RemoveCallback::Set && matches!(context.acts, Some((_, Act::Remove)))
}

/// Every way to take or leave the choices that are open.
fn products(open: &Choice) -> SmallVec<[Choice; 2]> {
    let mut all: SmallVec<[Choice; 2]> = SmallVec::new();
    all.push(Choice::default());
    for take in open.takes() {
        for at in 0..all.len() {
            let mut choice = all[at];
            take(&mut choice);
            all.push(choice);
        }
    }
    all
}

fn ends(state: &State, c: ConnId) -> Option<(&Connection, &Context)> {
    let connection = state.connections.get(c)?;
    Some((connection, state.contexts.get(connection.context)?))
}

fn announces_uncached(state: &State, context: &Context, session: SessId) -> bool {
    let known = state.sessions.get(session).is_some_and(|s| s.identity.is_some());
    context.remove_callback == RemoveCallback::Set && known && !context.holds(session)
}

fn ending(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    let ends_now = matches!(connection.phase, Phase::Open | Phase::Hello);
    let mut costs = connection.session.into_iter().chain(connection.earlier.iter().copied());
    if ends_now && costs.any(|s| announces_uncached(state, context, s)) {
        open.uncached_announced = true;
    }
}

fn reading(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    faults(connection, context, open);
    further(state, c, open);
    clearing(state, connection.context, context, open);
}

fn shutting_down(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    if matches!(connection.phase, Phase::Idle | Phase::Hello) {
        open.quiet_before_open = connection.quiet == Quiet::On;
        return;
    }
    if connection.quiet == Quiet::On || !connection.shutdown.sent || connection.shutdown.received {
        return;
    }
    open.waiting_answers_zero = true;
    faults(connection, context, open);
    further(state, c, open);
    if connection.inbox.contains(&Item::Data) {
        open.unread_is_fatal = true;
        open.closed_session_spared |= connection.session.is_some();
        open.uncached_announced |= context.remove_callback == RemoveCallback::Set;
    }
}

/// What a fault on the way to a connection leaves open.
fn faults(connection: &Connection, context: &Context, open: &mut Choice) {
    let ended = connection.wire == Wire::Broken || (connection.eof == Eof::Error && connection.inbox.contains(&Item::End));
    let failed = ended || connection.inbox.iter().any(|i| matches!(i, Item::Alert | Item::Garbage | Item::NoRenegotiation));
    if ended {
        open.end_is_fatal = true;
    }
    if failed && connection.shutdown.sent && connection.session.is_some() {
        open.closed_session_spared = true;
    }
    if failed && context.remove_callback == RemoveCallback::Set {
        open.uncached_announced = true;
    }
}

/// What the tickets that a server was asked for leave open.
fn asked(state: &State, c: ConnId, open: &mut Choice) {
    let Some((server, context)) = ends(state, c).filter(|(server, _)| server.pending() > 0) else { return };
    if !server.is_stateful() && context.mode.server && !context.mode.no_store {
        open.stateless_stored = true;
    }
    open.uncached_announced |= (may_fail(context) || is_timeless(state, server)) && context.remove_callback == RemoveCallback::Set;
}

/// Whether a callback can end a TLS 1.3 server's handshake where its tickets are made.
fn tickets_can_fail(server: &Connection, context: &Context) -> bool {
    may_fail(context) && server.phase == Phase::Hello && context.version == Version::Tls13
}

/// Whether a connection's session is over at once: a library may be unable to seal it.
fn is_timeless(state: &State, connection: &Connection) -> bool {
    connection.session.and_then(|s| state.sessions.get(s)).is_some_and(|s| s.timeout == 0)
}

/// Whether a callback can end a connection where a ticket is made.
fn may_fail(context: &Context) -> bool {
    context.ticket_generate.is_some() || context.ticket_key.is_some_and(|(sealing, _)| sealing == SealAnswer::Fail)
}

/// What an addition to a cache leaves open: whether those without an identity have the same.
fn added(state: &State, x: CtxId, s: SessId, open: &mut Choice) {
    let nameless = |s: SessId| state.sessions.get(s).is_some_and(|s| s.identity.is_none());
    let others = state.contexts.get(x).is_some_and(|x| x.cache.iter().any(|other| *other != s && nameless(*other)));
    open.nameless_alike = nameless(s) && others;
}

/// What an encoding leaves open.
fn encoding(state: &State, s: SessId, open: &mut Choice) {
    let Some(session) = state.sessions.get(s).filter(|s| s.origin != Origin::Empty) else { return };
    open.mark_encoded = session.marked;
    open.nameless_invalid = session.identity.is_none();
}

fn hello(state: &State, c: ConnId, open: &mut Choice) {
    let Some((client, context)) = ends(state, c) else { return };
    faults(client, context, open);
    let Some(peer) = client.peer else { return };
    offering(state, client, open);
    let offered = client.session.and_then(|s| state.sessions.get(s)).and_then(proposal);
    proposed(state, peer, offered, open);
    let Some((server, context)) = ends(state, peer) else { return };
    faults(server, context, open);
    if server.groups == Groups::Other && context.version == Version::Tls13 {
        let asks = server.not_resumable != NotResumableCallback::Unset || hosts(state, server).any(|x| x != ServerNameCallback::Unset);
        open.looked_up_before_retry = offered.is_some() || server.session.is_some() || asks;
    }
}

/// What a client may leave out of its ClientHello.
fn offering(state: &State, client: &Connection, open: &mut Choice) {
    let offered = client.session.and_then(|s| state.sessions.get(s));
    open.future_not_offered |= offered.is_some_and(|s| s.time > state.now.into());
}

/// What a session would be proposed by.
fn proposal(session: &Session) -> Option<Proposal> {
    session.identity.map(|identity| Proposal { identity, real: session.real().unwrap_or(identity), ticket: session.ticket })
}

/// A renegotiation that this end begins.
fn renegotiating(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    if context.side == Side::Client && context.version == Version::Tls12 {
        open.renegotiation_counted = true;
        offering(state, connection, open);
    }
}

/// What a further handshake leaves open where its messages are read.
fn further(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    let always_full = connection.renegotiation.always_full && connection.tickets == Tickets::Stateless;
    let announces = context.remove_callback == RemoveCallback::Set;
    for item in &connection.inbox {
        match item {
            Item::Flight(flight) if connection.renegotiates() => {
                open.ticket_withheld |= always_full && context.side == Side::Server;
                open.good_in_doubt_counted = true;
                open.counted_where_moved |= connection.switched.is_some();
                open.uncached_announced |= announces;
                open.used_session_retired |= flight.resumed && flight.offer.is_some() && context.mode.client;
            }
            Item::Hello(proposal) => {
                open.renegotiated_by_id |= always_full && state.contexts.iter().any(|(_, x)| x.side == Side::Server && x.mode.server);
                open.renegotiation_counted = true;
                proposed(state, c, *proposal, open);
            }
            Item::Request => renegotiating(state, c, open),
            Item::Certificate => {
                tickets(connection, context, open);
                open.uncached_announced |= announces && (may_fail(context) || is_timeless(state, connection));
            }
            _ => {}
        }
    }
}

/// What a server may do with a proposal.
fn proposed(state: &State, server: ConnId, offered: Option<Proposal>, open: &mut Choice) {
    let Some((server, context)) = ends(state, server) else { return };
    if let Some(Proposal { identity, real, .. }) = offered {
        let found = |s: &crate::Session| s.identity == Some(identity) && s.context == Some(server.context);
        let unfit = |s: &crate::Session| s.is_expired(state.now) || s.sid_ctx != server.sid_ctx || s.marked || s.version != context.version;
        let any = context.get_callback == GetCallback::Any;
        let found = |s: &crate::Session| found(s) || (any && s.identity.is_some());
        let inside = context.cache.iter().filter_map(|s| state.sessions.get(*s)).any(found);
        if inside && !context.mode.server {
            open.looks_while_off = true;
        }
        if state.sessions.iter().any(|(_, s)| found(s) && unfit(s)) {
            open.misfit_dropped = true;
        }
        let foreign_and_expired = |s: &crate::Session| s.is_expired(state.now) && s.sid_ctx != server.sid_ctx;
        let given_in_vain = |s: &crate::Session| s.marked && s.owned > 0 && context.get_callback != GetCallback::Unset;
        let doubtful = |s: &crate::Session| found(s) && (foreign_and_expired(s) || given_in_vain(s));
        open.doubt_counted |= context.mode.no_lookup || state.sessions.iter().any(|(_, s)| doubtful(s));
        let ticket = offered.and_then(|p| p.ticket);
        open.doubt_counted |= ticket.is_some_and(|t| i64::from(state.now) > t.time.saturating_add(t.timeout));
        open.stranger_fatal = state.sessions.iter().any(|(_, s)| found(s) && (s.identity, s.real()) != (Some(identity), Some(real)));
    }
    server_name(state, server, open);
    open.kept_let_go = server.session.is_some() && context.version == Version::Tls13;
    if server.not_resumable == NotResumableCallback::Forbid && context.version == Version::Tls12 {
        open.forbidden_named = state.contexts.iter().any(|(_, x)| x.side == Side::Server && x.mode.server);
    }
    let has_something = offered.is_some() || server.session.is_some() || aborts(state, server) || may_fail(context);
    if has_something && context.remove_callback == RemoveCallback::Set {
        open.uncached_announced = true;
    }
}

fn complete(state: &State, c: ConnId, profile: &Profile, open: &mut Choice) {
    let Some((client, context)) = ends(state, c) else { return };
    // the answer is on its way to the client, whether or not the server is still there
    let retried = client.proposed && client.inbox.contains(&Item::Retry);
    let resumed = retried || client.inbox.iter().any(|item| matches!(item, Item::Flight(flight) if flight.resumed));
    if context.side == Side::Server {
        first_tickets(client, context, open);
        faults(client, context, open);
        open.good_in_doubt_counted |= tickets_can_fail(client, context);
        open.counted_where_moved = client.switched.is_some();
        return;
    }
    let announces = |x: &Context| x.remove_callback == RemoveCallback::Set;
    let mut announced = announces(context);
    if let Some((server, server_context)) = client.peer.and_then(|p| ends(state, p)) {
        first_tickets(server, server_context, open);
        if let (Some(peer), true) = (client.peer, client.inbox.contains(&Item::Retry)) {
            offering(state, client, open);
            let offered = client.session.filter(|_| client.proposed).and_then(|s| state.sessions.get(s)).and_then(proposal);
            proposed(state, peer, offered, open);
            open.ticket_after_resumption |= retried && server.num_tickets > 0;
            // its session is not made yet
            open.good_in_doubt_counted |= profile.has_at(Side::Server, Deviation::TimelessTicketFatal);
        }
        faults(server, server_context, open);
        clearing(state, server.context, server_context, open);
        announced |= announces(server_context);
        open.uncached_announced |= may_fail(server_context) && (announces(context) || announces(server_context));
        let unsealable = is_timeless(state, server);
        open.uncached_announced |= unsealable && announced && profile.has_at(Side::Server, Deviation::TimelessTicketFatal);
        open.counted_where_moved |= server.switched.is_some();
        open.good_in_doubt_counted |=
            tickets_can_fail(server, server_context) || (unsealable && profile.has_at(Side::Server, Deviation::TimelessTicketFatal));
    }
    // what a library takes for a resumption fails at the client, and then at the server
    let doomed = client.inbox.iter().any(|item| matches!(item, Item::Flight(flight) if flight.doomed));
    open.uncached_announced |= announced && (doomed || (resumed && profile.has_at(Side::Client, Deviation::ClientSidCtxFatal)));
    let renewed = client.inbox.iter().any(|item| matches!(item, Item::Flight(flight) if flight.resumed && flight.offer.is_some()));
    let uses = resumed && (context.version == Version::Tls13 || renewed) && context.mode.client && client.phase == Phase::Hello;
    if uses {
        open.used_session_retired = true;
        if client.session.is_some_and(|s| announces_uncached(state, context, s)) {
            open.uncached_announced = true;
        }
    }
    faults(client, context, open);
    clearing(state, client.context, context, open);
}

/// What there is for a library to flush that looks now and then.
fn clearing(state: &State, id: CtxId, context: &Context, open: &mut Choice) {
    let expired = |s: &crate::Session| s.is_expired(state.now);
    let cached = || context.cache.iter().filter_map(|s| state.sessions.get(*s)).any(expired);
    // what is over at once is cached and flushed in one step
    let over = || context.timeout < 0 || state.sessions.iter().any(|(_, s)| s.context == Some(id) && s.timeout < 0);
    if !context.mode.no_auto_clear && context.mode.covers(context.side) && (cached() || over()) {
        match context.side {
            Side::Client => open.clients_flushed = true,
            Side::Server => open.servers_flushed = true,
        }
    }
}

/// What the tickets that follow the first handshake leave open.
fn first_tickets(server: &Connection, context: &Context, open: &mut Choice) {
    if server.phase == Phase::Hello {
        tickets(server, context, open);
    }
}

fn tickets(server: &Connection, context: &Context, open: &mut Choice) {
    if context.version != Version::Tls13 || server.num_tickets == 0 {
        return;
    }
    if server.reused && server.renewal == Renewal::Preset {
        open.ticket_after_resumption = true;
    }
    if !server.is_stateful() && context.mode.server && !context.mode.no_store {
        open.stateless_stored = true;
    }
}

fn shutdown_copied(c: &Connection) -> bool {
    c.phase == Phase::Idle && c.shutdown != ShutdownState::default()
}

fn copying(state: &State, to: ConnId, from: ConnId, open: &mut Choice) {
    let (Some((to, context)), Some(from)) = (ends(state, to), state.connections.get(from)) else { return };
    let same = to.session == from.session && !to.is_open();
    open.copy_without_session = !same;
    open.copy_without_id_context = to.sid_ctx != from.sid_ctx;
    let ends_now = to.phase == Phase::Open && to.session.is_some_and(|s| announces_uncached(state, context, s));
    open.uncached_announced = ends_now;
}

/// Whether a connection that is moved to a context could take over another session id context.
fn id_contexts_differ(state: &State, c: ConnId, x: CtxId) -> bool {
    state.connections.get(c).zip(state.contexts.get(x)).is_some_and(|(c, x)| c.sid_ctx != x.sid_ctx)
}

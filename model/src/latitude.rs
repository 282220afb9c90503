//! Where the pages say "may": the choices that a library has in one call.

use smallvec::SmallVec;

use crate::{
    Call, Choice, ConnId, Connection, Context, Deviation, Groups, Ident, Item, NotResumableCallback, Phase, Profile, RemoveCallback,
    SessId, Side, State, Tickets, Version, Wire,
};

/// The ways in which the pages let a library carry out `call` here: at least one.
pub(crate) fn choices(state: &State, call: &Call, profile: &Profile) -> SmallVec<[Choice; 2]> {
    // which choices are open here
    let mut open = Choice::default();
    match *call {
        Call::Hello(c) => hello(state, c, &mut open),
        Call::ForeignHello(c, s) => proposed(state, c, s.and_then(|s| state.sessions.get(s)).and_then(|s| s.identity), &mut open),
        Call::Complete(c) => complete(state, c, profile, &mut open),
        Call::Read(c) | Call::Shutdown(c) => reading(state, c, &mut open),
        Call::ConnectionFree(c) if state.connections.get(c).is_some_and(|connection| connection.count > 1) => {}
        Call::ConnectionFree(c) | Call::Clear(c) | Call::SetSession(c, _) => ending(state, c, &mut open),
        Call::RemoveSession(x, s) => {
            open.uncached_announced = state.contexts.get(x).is_some_and(|context| announces_uncached(state, context, s));
        }
        _ => {}
    }
    products(&open)
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
    if ends_now && connection.session.is_some_and(|s| announces_uncached(state, context, s)) {
        open.uncached_announced = true;
    }
}

fn reading(state: &State, c: ConnId, open: &mut Choice) {
    let Some((connection, context)) = ends(state, c) else { return };
    faults(connection, context, open);
    let always_full = connection.renegotiation.always_full && connection.tickets == Tickets::Stateless;
    for item in &connection.inbox {
        match item {
            Item::Flight(_) => open.ticket_withheld |= always_full && connection.renegotiates() && context.side == Side::Server,
            Item::Hello(_) if always_full && context.mode.server => open.renegotiated_by_id = true,
            _ => {}
        }
        match item {
            Item::Hello(proposal) => proposed(state, c, proposal.map(|p| p.identity), open),
            Item::Certificate => tickets(connection, context, open),
            _ => {}
        }
    }
}

/// What a fault on the way to a connection leaves open.
fn faults(connection: &Connection, context: &Context, open: &mut Choice) {
    let ended = connection.wire == Wire::Broken || connection.inbox.contains(&Item::End);
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

fn hello(state: &State, c: ConnId, open: &mut Choice) {
    let Some((client, _)) = ends(state, c) else { return };
    let Some(server) = client.peer else { return };
    let identity = client.session.and_then(|s| state.sessions.get(s)).and_then(|s| s.identity);
    proposed(state, server, identity, open);
    let Some((server, context)) = ends(state, server) else { return };
    if server.groups == Groups::Other && context.version == Version::Tls13 {
        let asks = server.not_resumable != NotResumableCallback::Unset;
        open.looked_up_before_retry = identity.is_some() || asks;
    }
}

/// What a server may do with a proposal.
fn proposed(state: &State, server: ConnId, identity: Option<Ident>, open: &mut Choice) {
    let Some((server, context)) = ends(state, server) else { return };
    if let Some(identity) = identity {
        let found = |s: &crate::Session| s.identity == Some(identity) && s.context == Some(server.context);
        let unfit = |s: &crate::Session| s.is_expired(state.now) || s.sid_ctx != server.sid_ctx;
        let inside = context.cache.iter().filter_map(|s| state.sessions.get(*s)).any(found);
        if inside && !context.mode.server {
            open.looks_while_off = true;
        }
        if state.sessions.iter().any(|(_, s)| found(s) && unfit(s)) {
            open.misfit_dropped = true;
        }
    }
    if server.not_resumable == NotResumableCallback::Forbid && context.version == Version::Tls12 {
        open.forbidden_named = context.mode.server && server.tickets == Tickets::Stateful;
    }
    let has_something = identity.is_some() || server.session.is_some();
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
        tickets(client, context, open);
        faults(client, context, open);
        return;
    }
    let announces = |x: &Context| x.remove_callback == RemoveCallback::Set;
    let mut announced = announces(context);
    if let Some((server, server_context)) = client.peer.and_then(|p| ends(state, p)) {
        tickets(server, server_context, open);
        if client.inbox.contains(&Item::Retry) {
            let identity = client.session.filter(|_| client.proposed).and_then(|s| state.sessions.get(s)).and_then(|s| s.identity);
            proposed(state, client.peer.unwrap_or(c), identity, open);
            open.ticket_after_resumption |= retried && server.num_tickets > 0;
        }
        faults(server, server_context, open);
        announced |= announces(server_context);
    }
    open.uncached_announced |= resumed && announced && profile.has(Deviation::ClientSidCtxFatal);
    let uses = resumed && context.version == Version::Tls13 && context.mode.client && client.phase == Phase::Hello;
    if uses {
        open.used_session_retired = true;
        if client.session.is_some_and(|s| announces_uncached(state, context, s)) {
            open.uncached_announced = true;
        }
    }
    faults(client, context, open);
}

fn tickets(server: &Connection, context: &Context, open: &mut Choice) {
    if context.version != Version::Tls13 || !matches!(server.phase, Phase::Hello | Phase::Open) || server.num_tickets == 0 {
        return;
    }
    if server.reused {
        open.ticket_after_resumption = true;
    }
    if !server.is_stateful() && context.mode.server && !context.mode.no_store {
        open.stateless_stored = true;
    }
}

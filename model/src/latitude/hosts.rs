//! What moving connections between contexts leaves open, by server name.

use crate::{Choice, Connection, CtxId, HostName, ServerNameCallback, Side, State, Tickets};

/// The contexts whose server-name callback could run on this server: the one that configures it, then the one that it was made from.
pub(super) fn hosts(state: &State, server: &Connection) -> impl Iterator<Item = ServerNameCallback> {
    let contexts = [Some(server.current_context()), server.switched.map(|_| server.context)];
    let callbacks = contexts.map(|x| x.and_then(|x| state.contexts.get(x)).map_or(ServerNameCallback::Unset, |x| x.server_name));
    callbacks.into_iter()
}

/// Whether a server-name callback could end the handshake.
pub(super) fn aborts(state: &State, server: &Connection) -> bool {
    hosts(state, server).any(|callback| callback == ServerNameCallback::Abort)
}

/// What a server-name callback leaves open.
pub(super) fn server_name(state: &State, server: &Connection, open: &mut Choice) {
    let is_set = |callback| callback != ServerNameCallback::Unset;
    let mut callbacks = hosts(state, server).map(is_set);
    let (current, first) = (callbacks.next() == Some(true), callbacks.next() == Some(true));
    let named = server.peer.and_then(|c| state.connections.get(c)).is_some_and(|c| c.host_name == HostName::Sent);
    open.unnamed_asked = !named && (current || first);
    let moves = hosts(state, server).any(|callback| callback == ServerNameCallback::Switch);
    open.counted_where_moved = moves || server.switched.is_some();
    open.counted_before_name = moves && server.switched.is_some();
    open.first_context_asked = !current && first;
    let mode = |x: CtxId| state.contexts.get(x).map(|x| x.mode.server);
    let apart = state.contexts.iter().any(|(_, x)| x.side == Side::Server && Some(x.mode.server) != mode(server.context));
    // where a callback holds tickets back, sessions go by id as well
    let held_back = state.contexts.get(server.context).is_some_and(|x| x.ticket_decrypt.is_some());
    let by_id = server.tickets == Tickets::Stateful || held_back || server.renegotiation.always_full;
    open.id_by_current_context = (moves || server.switched.is_some()) && by_id && apart;
    open.switch_keeps_id_context =
        moves && state.contexts.iter().any(|(id, x)| id != server.current_context() && x.sid_ctx != server.sid_ctx);
}

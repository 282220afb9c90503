//! What scripts do with virtual hosts, session id contexts and connections that take after others.

use proptest::prelude::*;
use sessck_model::{Call, ConnId, CtxId, HostName, Phase, ServerNameCallback, Side, State, Verify, Wire};

use super::resolve::{Pending, Resolver, connection, nth, owned_context};
use super::{Move, Pick};

/// How a server's context is set up for virtual hosts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hosting {
    /// Whether it asks for certificates.
    pub verify: Verify,
    /// Whether it has a session id context of its own if it does.
    pub anchored: bool,
    /// What its server-name callback does.
    pub server_name: ServerNameCallback,
}

/// What a connection takes from elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "named as the calls they become")]
pub enum Taking {
    Dup,
    IdContext(u8),
    CopySessionId(Pick),
    SetContext(Pick),
    /// A session is attached to a server, which is then used.
    ServerSession(Pick),
}

pub(super) fn hosting() -> impl Strategy<Value = Hosting> {
    let server_name = prop_oneof![
        32 => Just(ServerNameCallback::Unset),
        2 => Just(ServerNameCallback::Accept),
        1 => Just(ServerNameCallback::Refuse),
        1 => Just(ServerNameCallback::Abort),
        8 => Just(ServerNameCallback::Switch),
    ];
    let verify = prop_oneof![14 => Just(Verify::None), 1 => Just(Verify::Peer)];
    let anchored = prop::bool::weighted(0.7);
    (verify, anchored, server_name).prop_map(|(verify, anchored, server_name)| Hosting { verify, anchored, server_name })
}

pub(super) fn taking() -> impl Strategy<Value = Taking> {
    prop_oneof![
        5 => Just(Taking::Dup),
        2 => (0_u8..=2).prop_map(Taking::IdContext),
        2 => any::<u8>().prop_map(Taking::CopySessionId),
        2 => any::<u8>().prop_map(Taking::SetContext),
        3 => any::<u8>().prop_map(Taking::ServerSession),
    ]
}

impl Hosting {
    /// The calls that set a server's context up so.
    pub(super) fn calls(&self, id: CtxId) -> Vec<Call> {
        let mut calls = Vec::new();
        if self.verify == Verify::Peer {
            calls.push(Call::SetVerify(id, self.verify));
            calls.extend(self.anchored.then_some(Call::SetSessionIdContext(id, 1)));
        }
        calls.extend((self.server_name != ServerNameCallback::Unset).then_some(Call::SetServerNameCallback(id, self.server_name)));
        calls
    }
}

impl Resolver {
    /// What a connection takes from elsewhere.
    pub(super) fn taking(&mut self, state: &State, pick: Pick, what: &Taking) -> Vec<Pending> {
        match what {
            Taking::Dup => self.duplicate(state, pick),
            Taking::IdContext(sid_ctx) => {
                one(connection(state, pick, |c| is_of(state, c, Side::Server)), |c| Call::SetConnectionSessionIdContext(c, *sid_ctx))
            }
            Taking::CopySessionId(from) => copy_session_id(state, pick, *from),
            Taking::SetContext(to) => set_context(state, pick, *to),
            Taking::ServerSession(session) => self.offer_to_server(state, pick, *session),
        }
    }

    /// A handshake of a server that has a session attached.
    fn offer_to_server(&mut self, state: &State, pick: Pick, session: Pick) -> Vec<Pending> {
        let (client, server) = (owned_context(state, pick, Side::Client), owned_context(state, pick, Side::Server));
        let (Some(x), Some(y)) = (client, server) else { return Vec::new() };
        let (c, s) = (self.connection_name(), self.connection_name());
        let made = [Call::ConnectionNew(c, x), Call::ConnectionNew(s, y), Call::Join(c, s)].map(Pending::Call);
        let goes_on = [Call::Hello(c), Call::Complete(c)].map(Pending::Call);
        made.into_iter().chain([Pending::Offer(s, session)]).chain(goes_on).collect()
    }

    /// Every second time of one that has not begun, if there is one; the duplicate is put to use.
    fn duplicate(&mut self, state: &State, pick: Pick) -> Vec<Pending> {
        let idle = connection(state, pick / 2, |c| c.phase == Phase::Idle && c.wire == Wire::None).filter(|_| pick.is_multiple_of(2));
        let Some(of) = idle.or_else(|| connection(state, pick / 2, |_| true)) else { return Vec::new() };
        let new = self.connection_name();
        vec![Pending::Call(Call::ConnectionDup(new, of)), Pending::Move(Move::Rejoin(pick))]
    }
}

/// Whether a new client of this server sends a host name: three times in four where somebody asks for it.
pub(super) fn names_host(state: &State, server: CtxId, client: ConnId, pick: Pick) -> Option<Call> {
    let asked = state.contexts.get(server).is_some_and(|x| x.server_name != ServerNameCallback::Unset);
    (asked && !pick.is_multiple_of(4)).then_some(Call::SetHostName(client, HostName::Sent))
}

fn one(found: Option<ConnId>, call: impl FnOnce(ConnId) -> Call) -> Vec<Pending> {
    found.map(|id| Pending::Call(call(id))).into_iter().collect()
}

fn is_of(state: &State, c: &sessck_model::Connection, side: Side) -> bool {
    state.contexts.get(c.context).is_some_and(|x| x.side == side)
}

/// Between two connections of one context.
fn copy_session_id(state: &State, to: Pick, from: Pick) -> Vec<Pending> {
    let Some(to) = connection(state, to, |c| c.phase != Phase::Hello) else { return Vec::new() };
    let home = state.connections.get(to).map(|c| c.context);
    let fits = |(id, c): &(ConnId, &sessck_model::Connection)| *id != to && Some(c.context) == home && c.phase != Phase::Hello;
    let others: Vec<ConnId> = state.connections.iter().filter(fits).map(|(id, _)| id).collect();
    one(nth(others.into_iter(), from), |from| Call::CopySessionId(to, from))
}

/// To a context of the same side and version.
fn set_context(state: &State, pick: Pick, to: Pick) -> Vec<Pending> {
    let Some(id) = connection(state, pick, |c| c.phase != Phase::Hello) else { return Vec::new() };
    let Some(c) = state.connections.get(id) else { return Vec::new() };
    let kind = |x: &sessck_model::Context| (x.side, x.version);
    let home = state.contexts.get(c.context).map(kind);
    let fits =
        |(x, context): &(CtxId, &sessck_model::Context)| *x != c.current_context() && context.owned > 0 && Some(kind(context)) == home;
    let others: Vec<CtxId> = state.contexts.iter().filter(fits).map(|(x, _)| x).collect();
    nth(others.into_iter(), to).map(|x| Pending::Call(Call::SetContext(id, x))).into_iter().collect()
}
